"""Periods that need a second one: "a year earlier", "the same period of 2024", "in the first quarter" of which year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.dates import EARLIEST, Found, with_year
from knowledge.period import Period
from knowledge.question import Anchor, Kind, Origin, Question, Slot, When
from knowledge.text import Token

_WORDS_BEFORE = 4
"""How far before a period the words that make it a day of knowledge can begin."""
_SIZES = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
_FROM_TO = frozenset((Kind.CHANGE, Kind.RATIO, Kind.COMPARE))
"""Kinds that set the two ends of a range against each other."""


@dataclass(frozen=True, slots=True)
class Past:
    """The conversation so far, as far as the next question can lean on it."""

    question: Question
    before: Question | None = None
    """The question before that."""
    earlier: tuple[Question, ...] = ()
    """The ones before these two, the latest first."""
    told: Period | None = None
    """The period that the last question was answered for, where it named none ("the newest")."""

    def chain(self) -> tuple[Question, ...]:
        """The questions so far, as far as they are remembered, the latest first."""
        return (self.question, *((self.before,) if self.before else ()), *self.earlier)


def resolve(
    question: Question,
    found: Sequence[Found],
    tokens: Sequence[Token],
    past: Past | None,
    today: date,
    *,
    as_known: Sequence[str] = (),
    by_then: Sequence[str] = (),
) -> Question:
    """The question with its periods; relative ones are worked out from this text, then from the conversation.

    `as_known` are the phrases before a day of knowledge, `by_then` those before a day until which is meant.
    """
    found, known_at = _as_known(found, tokens, as_known)
    if by_then:
        found = [_until(part, tokens, by_then) for part in found]
    if len(found) > 1:
        found = _year_until(found)
    if known_at:
        question = replace(question, known_at=known_at)
    # "YTD 2026": the year only says which one.
    running = [part.when.period for part in found if part.when.grain == "to_date" and part.when.period]
    found = [
        part
        for part in found
        if not (part.when.grain == "year" and any(part.when.period and span in part.when.period for span in running))
    ]
    absolute = [part.when.period for part in found if part.when.period and not part.relative and not part.needs_year]
    scene = _Scene(question, tuple(found), tuple(absolute), _last_period(past), tokens, today)
    slots: list[Slot[When]] = []
    for part in found:
        # "Q1 exports in 2022" names one period in two places.
        slots += [slot for slot in scene.slots(part) if all(slot.value != other.value for other in slots)]
    if found and any(part.relative for part in found) and not absolute and scene.carried:
        return replace(question, periods=tuple(slots), related=(Slot(When(scene.carried), "", Origin.CARRIED),))
    return replace(question, periods=tuple(slots))


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the periods of one text are worked out from."""

    question: Question
    found: tuple[Found, ...]
    absolute: tuple[Period, ...]
    """Those of the text that need no other."""
    carried: Period | None
    """The last one of the conversation."""
    tokens: Sequence[Token]
    today: date

    def slots(self, part: Found) -> list[Slot[When]]:
        """What one expression comes to: none where another one says more, two for a change between two ends."""
        words = _words(self.tokens, self.question.text, part)
        if part.when.anchor and (self.absolute or (not part.when.grain and len(self.found) > 1)):
            # "August 2026, current figure": the named period is the one that is meant.
            return []
        if part.needs_year and part.part == (1, 12) and any(other.when.anchor for other in self.found):
            # "Latest full year": the anchor, with the year as its grain.
            return [Slot(When(None, Anchor.LATEST, grain="year"), words)]
        if part.needs_year and part.part:
            year, origin = _year_for(part, self.absolute, self.carried, self.today)
            return [Slot(with_year(part, year), words, origin)]
        if part.apart and self.question.kind is Kind.SHARE and not self.question.partners:
            # "How much of 2025's exports came in December": a part of a year, or a share in a month of it?
            return [Slot(When(None), words)]
        if part.ends and self.question.kind in _FROM_TO and _apart(part):
            return [Slot(end, words) for end in part.ends]
        if part.relative:
            when = _relative(part, self.absolute[0] if self.absolute else self.carried) or _by_clock(part, self.today)
            return [Slot(when, words, Origin.ASKED if self.absolute else Origin.CARRIED)]
        first, last = (end.period for end in part.ends or (part.when, part.when))
        if part.when.period is None and first and last:
            return [Slot(When(Period(last.start, first.end), grain=part.when.grain), words)]
        return [Slot(part.when, words)]


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


def _until(part: Found, tokens: Sequence[Token], phrases: Sequence[str]) -> Found:
    """The time up to a period, where a phrase before it says so ("delivered by April 2023")."""
    period = part.when.period
    words = " ".join(token.fold for token in tokens[max(0, part.first - _WORDS_BEFORE) : part.first])
    if not period or part.when.grain in ("until", "since") or not f" {words}".endswith(tuple(f" {w}" for w in phrases)):
        return part
    return replace(part, when=When(Period(EARLIEST * 12, period.end), grain="until"))


def _year_until(found: list[Found]) -> list[Found]:
    """The first months of a year, where its start and an end are said apart ("until October, from its start")."""
    until = next((part for part in found if part.when.grain == "until"), None)
    running = next((part for part in found if part.when.grain == "to_date"), None)
    if not until or not running or not until.when.period:
        return found
    end = until.when.period.end
    joined = replace(until, when=When(Period(end // 12 * 12, end), grain="span"))
    return [joined if part is until else part for part in found if part is not running]


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
    return next((slot.value.period for slot in past.question.periods if slot.value.period), past.told)


def _words(tokens: Sequence[Token], text: str, part: Found) -> str:
    """The words of the text that named a period."""
    return text[tokens[part.first].start : tokens[part.last].end]
