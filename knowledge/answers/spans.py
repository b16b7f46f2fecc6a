"""The periods of a question, made concrete by what the data reach: "latest", "so far", "since", none at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.answer import Phrase, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow
from knowledge.answers.gaps import country, product
from knowledge.period import Period
from knowledge.question import Anchor, Kind, Origin, Question, Slot, When


@dataclass(frozen=True, slots=True)
class Span:
    """A concrete period; `said` tells what was assumed, taken over or cut to get it."""

    period: Period
    said: tuple[Phrase, ...] = ()
    anchor: bool = False
    """True where the data chose it ("latest")."""


def flows(question: Question) -> tuple[Flow, ...]:
    """Every flow that a question names: each product to each partner."""
    exporter = question.exporter.value if question.exporter else "TUR"
    attributed = question.attributed.value if question.attributed else ""
    partners = [slot.value for slot in question.partners] or ["WLD"]
    return tuple(Flow(slot.value, partner, exporter, attributed) for slot in question.products for partner in partners)


def spans(view: View, question: Question, flow: Flow) -> tuple[Span, ...]:
    """The question's periods for one flow; the newest known where it names none. Empty if nothing is known."""
    newest = view.store.newest(flow.product, flow.partner, flow.exporter)
    oldest = view.store.oldest(flow.product, flow.partner, flow.exporter)
    if not question.periods:
        return (Span(newest, (say("taken.newest", period=newest),), anchor=True),) if newest else ()
    found = [_span(slot, newest, oldest) for slot in question.periods]
    return _joined(question, _alike(question, tuple(span for span in found if span)))


def _alike(question: Question, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same months of every year: a year so far that was cut to what is known is not set against more months."""
    asked = [slot.value.period for slot in question.periods]
    if len(found) != len(asked):
        return found
    out = list(found)
    for whole, cut in zip(asked, found, strict=True):
        if whole is None or cut.period == whole or cut.period.start != whole.start:
            continue
        for at, other in enumerate(out):
            years = (other.period.start - whole.start) % 12 == 0 and len(other.period) == len(whole)
            if years and other.period != whole:
                start = other.period.start
                out[at] = replace(other, period=Period(start, start + len(cut.period) - 1))
    return tuple(out)


def _joined(question: Question, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """Months or quarters in a row that are asked for together, as one period: "June, July and August"."""
    if question.kind not in (Kind.LEVEL, Kind.SUM) or len(found) < 2:
        return found
    ordered = sorted(found, key=lambda span: span.period)
    in_a_row = all(after.period.start == before.period.end + 1 for before, after in pairwise(ordered))
    short = all(span.period.kind in ("month", "quarter") for span in ordered)
    one_year = ordered[0].period.first_year == ordered[-1].period.last_year
    if not (in_a_row and short and one_year and ordered == list(found)):
        return found
    said = tuple(phrase for span in found for phrase in span.said)
    return (Span(Period(ordered[0].period.start, ordered[-1].period.end), said),)


def _span(slot: Slot[When], newest: Period | None, oldest: Period | None) -> Span | None:
    when = slot.value
    if when.anchor is Anchor.LATEST:
        return Span(_latest(newest, when.grain), anchor=True) if newest else None
    if when.anchor is Anchor.ALL or when.period is None:
        return Span(Period(oldest.start, newest.end), anchor=True) if newest and oldest else None
    period = when.period
    said: tuple[Phrase, ...] = ()
    if when.grain in ("to_date", "since") and newest and period.start <= newest.end < period.end:
        period = Period(period.start, newest.end)
        said = (say("taken.until", period=newest),)
    if when.grain == "until" and oldest and period.start < oldest.start <= period.end:
        period = Period(oldest.start, period.end)
        said = (say("taken.from", period=oldest),)
    if when.grain == "vague":
        said = (say("taken.vague", period=period),)
    if slot.origin is Origin.ASSUMED:
        said = (say("taken.year", period=period),)
    return Span(period, said)


def _latest(newest: Period, grain: str) -> Period:
    """The newest whole quarter, half or year that is over by the newest month; else the newest period itself."""
    sizes = {"quarter": 3, "half": 6, "year": 12}
    size = sizes.get(grain)
    if not size or len(newest) >= size:
        return newest
    end = (newest.end + 1) // size * size - 1
    return Period(end - size + 1, end)


def taken_over(question: Question, *found: Span) -> tuple[Phrase, ...]:
    """What the answer must say aloud: slots from the conversation, slots assumed, periods cut."""
    parts: list[Phrase] = []
    carried: list[Phrase] = []
    for slot in question.products:
        if slot.origin is Origin.CARRIED:
            carried.append(say("taken.name", name=product(slot.value)))
        elif slot.origin is Origin.ASSUMED:
            parts.append(say("taken.product", product=product(slot.value)))
    carried += [
        say("taken.name", name=country(slot.value)) for slot in question.partners if slot.origin is Origin.CARRIED
    ]
    carried += [
        say("taken.period", period=span.period)
        for slot, span in zip(question.periods, found, strict=False)
        if slot.origin is Origin.CARRIED
    ]
    if carried:
        parts.insert(0, say("taken.carried", slots=tuple(carried)))
    near = [
        say("taken.near", words=slot.words, name=name)
        for slots, name_of in ((question.products, product), (question.partners, country))
        for slot in slots
        if slot.near
        for name in (name_of(slot.value),)
    ]
    return (*near, *parts, *(phrase for span in found for phrase in span.said))
