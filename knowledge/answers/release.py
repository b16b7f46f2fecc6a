"""When the official figures come out, what is late, and what the newest of them revised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.answer import Answer, Arg, Figure, Status, Table, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow
from knowledge.answers.gaps import ask_level, declined, product
from knowledge.calendar import release
from knowledge.facts import TOTAL, WORLD, Day, Observation, Source
from knowledge.period import Period
from knowledge.question import Kind, Origin, Question
from knowledge.store import OFFICIAL

_AHEAD = 2
"""Months after the newest one whose dates are told."""
_NEAR = 6
"""Months after the newest one that are near."""
_SHOWN = 8
"""Revised figures that are listed."""
_LEVELS = ("total", "sector")


def answer(question: Question, view: View) -> Answer:
    """What was revised, where that is asked; else when what is asked about comes out, or came."""
    if "revised" in question.aspects:
        return _revised(question, view)
    identity = question.products[0].value if question.products else TOTAL
    newest = view.store.newest(identity)
    months = view.store.months(identity, newest) if newest else []
    if newest is None or not months:
        lead = say("release.unknown", product=product(identity))
        return declined(question.kind, lead, suggestions=(say("ask.release"),))
    sources = _cited(view, months)
    period = _asked(question, newest)
    if period and period.end <= newest.end:
        since = max(month.known_from for month in view.store.months(identity, period) or months)
        leads = [say("release.out", period=period, date=Day(since))]
    else:
        leads = [say("release.newest", period=newest, date=Day(sources[0].published))]
        for month in _coming(newest, period):
            due = release(OFFICIAL, month, newest, view.today)
            if due:
                leads.append(say("gap.late" if due.late else "gap.due", period=month, date=Day(due.due.isoformat())))
    return Answer(
        Status.ANSWERED,
        Kind.RELEASE,
        tuple(leads),
        (say("release.rule"),),
        sources=sources,
        suggestions=(ask_level(Flow(identity), newest), say("ask.revised")),
    )


def _asked(question: Question, newest: Period | None) -> Period | None:
    """The period that is asked about, if it is one.

    Of a month without a year the dates take the last one; who asks when it is due means the next, if that is near.
    """
    slot = question.periods[0] if question.periods else None
    period = slot.value.period if slot else None
    if slot is None or period is None:
        return None
    coming = period.shifted(12)
    if newest and slot.origin is Origin.ASSUMED and newest.end < coming.start <= newest.end + _NEAR:
        return coming
    return period


def _coming(newest: Period, asked: Period | None) -> list[Period]:
    """The months to tell dates of: the last one that is asked about, else those after the newest."""
    if asked:
        return [Period(asked.end, asked.end)]
    return [newest.shifted(number) for number in range(1, _AHEAD + 1)]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure and what it was before."""

    now: Observation
    before: Observation

    @property
    def by(self) -> float:
        """How much it moved, either way."""
        return abs(self.now.quantity.value - self.before.quantity.value)

    def change(self) -> Arg:
        """In percent of what it was; a dash where it was nothing."""
        if not self.before.quantity.value:
            return say("cell.none")
        return say("cell.growth", change=self.now.quantity.growth(self.before.quantity))


def _revised(question: Question, view: View) -> Answer:
    """The months that the newest publication changed: those of all goods in a sentence, the largest in a table."""
    products = tuple(slot.value for slot in question.products) or _products(view)
    pairs = [pair for identity in products for pair in _pairs(view, identity)]
    asked = _asked(question, None)
    if asked:
        pairs = [pair for pair in pairs if asked.start <= pair.now.period.start and pair.now.period.end <= asked.end]
    if not pairs:
        lead = say("release.nothing_of", period=asked) if asked else say("release.nothing")
        return declined(question.kind, lead, suggestions=(say("ask.revised"),) if asked else ())
    newest = max(pair.now.known_from for pair in pairs)
    pairs = sorted((pair for pair in pairs if pair.now.known_from == newest), key=lambda pair: -pair.by)
    sources = _cited(view, [pairs[0].now, pairs[0].before])
    first, last = min(pair.now.period for pair in pairs), max(pair.now.period for pair in pairs)
    leads = [
        say("release.revised", source=sources[0], date=Day(sources[0].published), n=len(pairs), first=first, last=last)
    ]  # fmt: skip
    shown = pairs[:_SHOWN]
    rows = tuple(
        (
            say("cell.start", label=product(pair.now.product)),
            say("cell.period", period=pair.now.period),
            say("cell.million", value=pair.before.quantity),
            say("cell.million", value=pair.now.quantity),
            pair.change(),
        )
        for pair in shown
    )
    head = tuple(say(f"table.{name}") for name in ("what", "period", "before", "now", "change"))
    return Answer(
        Status.ANSWERED,
        Kind.RELEASE,
        tuple(leads),
        (say("release.largest", n=len(shown)),) if len(pairs) > len(shown) else (),
        table=Table(head, rows),
        figures=tuple(_figure(view, one) for pair in shown for one in (pair.now, pair.before)),
        sources=sources,
        suggestions=(say("ask.release"),),
    )


def _products(view: View) -> tuple[str, ...]:
    return tuple(found.product_id for level in _LEVELS for found in view.store.products(level))


def _pairs(view: View, identity: str) -> Iterable[_Pair]:
    newest, oldest = view.store.newest(identity), view.store.oldest(identity)
    if not newest or not oldest:
        return
    months = view.store.months(identity, Period(oldest.start, newest.end))
    before: dict[Period, Observation] = {}
    for old in view.store.earlier([month.observation_id for month in months]):
        before.setdefault(old.period, old)  # the newest of them comes first
    for month in months:
        if month.period in before:
            yield _Pair(month, before[month.period])


def _figure(view: View, one: Observation) -> Figure:
    return Figure(
        one.quantity, one.measure, (view.store.source(one.source_id),), one.exporter, WORLD, one.product, one.period
    )


def _cited(view: View, months: Iterable[Observation]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(view.store.source(month.source_id) for month in months))
