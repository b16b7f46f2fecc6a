"""Periods that need a second one: "a year earlier", "the same period of 2024", "in the first quarter" of which year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.dates import Found, with_year
from knowledge.period import Period
from knowledge.question import Anchor, Kind, Origin, Question, Slot, When
from knowledge.text import Token

_WORDS_BEFORE = 4
"""How far before a period the words that make it a day of knowledge can begin."""
_SIZES = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_FROM_TO = frozenset((Kind.CHANGE, Kind.RATIO, Kind.COMPARE))
"""Kinds that set the two ends of a range against each other."""


@dataclass(frozen=True, slots=True)
class Past:
    """The conversation so far, as far as the next question can lean on it."""

    question: Question
    before: Question | None = None
    """The question before that."""


def resolve(
    question: Question,
    found: Sequence[Found],
    tokens: Sequence[Token],
    past: Past | None,
    today: date,
    *,
    as_known: Sequence[str] = (),
) -> Question:
    """The question with its periods; relative ones are worked out from this text, then from the conversation."""
    found, known_at = _as_known(found, tokens, as_known)
    if known_at:
        question = replace(question, known_at=known_at)
    slots: list[Slot[When]] = []
    # "YTD 2026": the year only says which one.
    running = [part.when.period for part in found if part.when.grain == "to_date" and part.when.period]
    found = [
        part
        for part in found
        if not (part.when.grain == "year" and any(part.when.period and span in part.when.period for span in running))
    ]
    absolute = [part.when.period for part in found if part.when.period and not part.relative and not part.needs_year]
    carried = _last_period(past)
    reference = absolute[0] if absolute else carried
    for part in found:
        words = _words(tokens, question.text, part)
        if part.when.anchor and (absolute or (not part.when.grain and len(found) > 1)):
            # "August 2026, current figure": the named period is the one that is meant.
            continue
        if part.needs_year and part.part == (1, 12) and any(other.when.anchor for other in found):
            # "Latest full year": the anchor, with the year as its grain.
            slots.append(Slot(When(None, Anchor.LATEST, grain="year"), words))
        elif part.needs_year and part.part:
            year, origin = _year_for(part, absolute, carried, today)
            slots.append(Slot(with_year(part, year), words, origin))
        elif part.ends and question.kind in _FROM_TO and _apart(part):
            slots += [Slot(end, words) for end in part.ends]
        elif part.relative:
            when = _relative(part, reference) or _by_clock(part, today)
            if when:
                slots.append(Slot(when, words, Origin.ASKED if absolute else Origin.CARRIED))
        elif all(slot.value != part.when for slot in slots):
            slots.append(Slot(part.when, words))
    if found and any(part.relative for part in found) and not absolute and carried:
        return replace(question, periods=tuple(slots), related=(Slot(When(carried), "", Origin.CARRIED),))
    return replace(question, periods=tuple(slots))


def _as_known(found: Sequence[Found], tokens: Sequence[Token], phrases: Sequence[str]) -> tuple[list[Found], str]:
    """The periods that are asked about, and the day of the one that says as of when ("as known in May 2022")."""
    kept: list[Found] = []
    day = ""
    for part in found:
        words = " ".join(token.fold for token in tokens[max(0, part.first - _WORDS_BEFORE) : part.last + 1])
        period = part.when.period
        if period and any(f" {phrase} " in f" {words} " for phrase in phrases):
            day = part.when.day or f"{period.last_year:04}-{period.last_month:02}-31"
        else:
            kept.append(part)
    return kept, day


def _relative(part: Found, reference: Period | None) -> When | None:
    if reference is None:
        return None
    match way := part.relative:
        case "year_earlier":
            return When(reference.year_earlier())
        case "previous" | "next":
            return When(_beside(reference, _SIZES.get(part.when.grain, len(reference)), 1 if way == "next" else -1))
        case "shifted":
            return When(reference.shifted(part.shift))
        case "same" if part.when.period:
            return When(reference.shifted(12 * (part.when.period.first_year - reference.first_year)))
        case "that" if part.when.grain == "year":
            return When(Period.year(reference.first_year))
    return When(reference)


def _beside(reference: Period, size: int, way: int) -> Period:
    """The period of a size right before or behind another; next year is the same months of it."""
    if size == len(reference) or size == _SIZES["year"]:
        return reference.shifted(way * size)
    start = reference.start // size * size - size if way < 0 else (reference.end // size + 1) * size
    return Period(start, start + size - 1)


def _apart(part: Found) -> bool:
    """True for ends of different years: "grew from January to June" tells of these months together."""
    first, last = (end.period for end in part.ends)
    return part.when.period is None or bool(first and last and first.first_year != last.last_year)


def _by_clock(part: Found, today: date) -> When:
    """With nothing before it "next year" is the clock's; anything else stays open, and is asked back."""
    if part.relative in ("next", "previous") and part.when.grain in _SIZES:
        size = _SIZES[part.when.grain]
        start = (today.year * 12 + today.month - 1) // size * size + (size if part.relative == "next" else -size)
        return When(Period(start, start + size - 1), grain=part.when.grain)
    return When(None)


def _year_for(part: Found, absolute: Sequence[Period], carried: Period | None, today: date) -> tuple[int, Origin]:
    """The year of a period named without one: of its neighbour, of the conversation, else the newest that is over."""
    if absolute:
        return absolute[0].first_year, Origin.ASKED
    if carried:
        return carried.first_year, Origin.CARRIED
    last_month = part.part[1] if part.part else 12
    return today.year if last_month < today.month else today.year - 1, Origin.ASSUMED


def _last_period(past: Past | None) -> Period | None:
    if past is None:
        return None
    return next((slot.value.period for slot in past.question.periods if slot.value.period), None)


def _words(tokens: Sequence[Token], text: str, part: Found) -> str:
    """The words of the text that named a period."""
    return text[tokens[part.first].start : tokens[part.last].end]
