"""Growth: in percent or money, against a year earlier or the period that the question names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.answer import Answer, Figure, Phrase, Status, say
from knowledge.answers import compare, published, without
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, derived, find, sources_of
from knowledge.answers.gaps import ask_level, country, no_figure, product
from knowledge.answers.pairs import Pair, pair
from knowledge.answers.spans import flows
from knowledge.answers.telling import told
from knowledge.facts import WORLD, Observation, Source
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.question import Question
from knowledge.reconcile import in_order

_OTHERS = 3
_WIDE = 0.2
"""Width in percent points from which the rounding of the figures is worth a sentence."""


def answer(question: Question, view: View) -> Answer:
    """The change, derived or as published, whichever is the surer; the other one beside it."""
    asked = flows(question)
    counted = view.store.product(asked[0].product) if asked else None
    if counted and counted.level == "index":
        return published.answer(question, view, ("growth_yoy",))
    if question.left_out:
        return without.change(question, view)
    found = pair(question, view)
    if isinstance(found, Answer):
        return found
    if not found.over_time or (len(question.periods) > 2 and len(flows(question)) == 1):
        return compare.answer(question, view)
    if question.periods and len(found.span.period) > 12 and len(question.periods) == 1:
        found = _ends(view, found)
    quoted = _published(view, found)
    change = _derived(found)
    if change is None and quoted is None:
        flow, period = found.flow, found.span.period
        if found.now is not None:
            period = found.base_period if isinstance(found, _Ends) else period.year_earlier()
        return no_figure(view, question, flow, period)
    if quoted and (change is None or not _surer(change, quoted, found)):
        return _as_published(question, view, found, quoted, change)
    if change is None or found.now is None or found.base is None:
        return no_figure(view, question, found.flow, found.span.period)
    return _as_derived(question, view, Both(found, found.now, found.base, change), quoted)


class _Ends(Pair):
    """A pair made of the first and the last year of one long span."""

    @property
    def base_period(self) -> Period:
        return Period.year(self.span.period.first_year)


def _ends(view: View, found: Pair) -> Pair:
    span = found.span.period
    years = span.split("year")
    if len(years) < 2:
        return found
    now, base = find(view, found.flow, years[-1]), find(view, found.flow, years[0])
    return _Ends(now, base, found.flow, replace(found.span, period=years[-1]), over_time=True, said=found.said)


def _published(view: View, found: Pair) -> Known | None:
    base = found.base.period if found.base else found.span.period.year_earlier()
    if not found.over_time or base != found.span.period.year_earlier():
        return None
    return find(view, found.flow, found.span.period, "growth_yoy")


def _derived(found: Pair) -> Quantity | None:
    if found.now is None or found.base is None or found.base.quantity.value <= 0:
        return None
    return found.now.quantity.growth(found.base.quantity)


def _surer(derived: Quantity, published: Known, found: Pair) -> bool:
    """True if the derived change is at least as narrowly bounded as the published one."""
    if found.now and found.base and found.now.series and found.base.series:
        return True
    return derived.spread <= published.quantity.spread


@dataclass(frozen=True, slots=True)
class Both:
    """A pair of which both figures are known, with the change between them."""

    pair: Pair
    now: Known
    base: Known
    change: Quantity


def _as_derived(question: Question, view: View, both: Both, published: Known | None) -> Answer:
    found, now, base, change = both.pair, both.now, both.base, both.change
    sources: list[Source] = [*now.sources(view)[:3], *base.sources(view)[:2]]
    difference = now.quantity - base.quantity
    percent = derived(change, "growth", now, sources, f"({_million(now)} ÷ {_million(base)} − 1) × 100")
    money = derived(difference, "change", now, sources, f"{_million(now)} − {_million(base)}")
    figures = [money, percent] if question.unit in ("USD", "EUR") else [percent, money]
    details: list[Phrase] = [
        say("change.sum", now=now.quantity, base=base.quantity, change=change, difference=difference)
    ]
    if change.spread * abs(change.value) > _WIDE and change.low is not None:
        details.append(say("change.bounds", change=change))
    for reports in _quoted(published, change):
        key = "change.published_same" if reports[0].quantity.may_equal(change) else "change.published_other"
        details.append(say(key, change=reports[0].quantity, source=view.store.source(reports[0].source_id)))
        sources += sources_of(view, reports[:1])
        figures.append(_figure(view, found, reports[0].quantity, reports))
    figures += [now.figure(view), base.figure(view)]
    return Answer(
        Status.ANSWERED,
        question.kind,
        (_lead(found, change, now.flow, now.period, base),),
        tuple(details),
        figures=tuple(figures),
        sources=in_order(sources),
        taken_over=found.said,
        suggestions=(ask_level(now.flow, now.period), ask_level(now.flow, base.period)),
    )


def _quoted(published: Known | None, change: Quantity) -> list[tuple[Observation, ...]]:
    """The published rates worth telling: one that says the same, and those that do not."""
    if published is None:
        return []
    voices = [published.reports, *(voice.reports for voice in published.others)]
    same = [reports for reports in voices if reports[0].quantity.may_equal(change)]
    return [*same[:1], *[reports for reports in voices if reports not in same][:_OTHERS]]


def _as_published(question: Question, view: View, found: Pair, published: Known, change: Quantity | None) -> Answer:
    sources: list[Source] = list(published.sources(view)[:4])
    flow = published.flow
    figures = [_figure(view, found, published.quantity, published.reports)]
    details: list[Phrase] = []
    if change is not None and found.now and found.base:
        details.append(say("change.from_levels", now=found.now.quantity, base=found.base.quantity, change=change))
        figures += [found.now.figure(view), found.base.figure(view)]
        sources += [*found.now.sources(view)[:1], *found.base.sources(view)[:1]]
    elif found.now:
        details.append(say("change.level", value=found.now.quantity))
        figures.append(found.now.figure(view))
        sources += found.now.sources(view)[:1]
    for voice in published.others[:_OTHERS]:
        details.append(told(view, voice))
        sources += sources_of(view, voice.reports[:1])
        figures.append(_figure(view, found, voice.lead.quantity, voice.reports))
    return Answer(
        Status.ANSWERED,
        question.kind,
        (_lead(found, published.quantity, flow, published.period, None),),
        tuple(details),
        figures=tuple(figures),
        sources=in_order(sources),
        taken_over=found.said,
        suggestions=(ask_level(flow, published.period),) if found.now else (),
    )


def _lead(found: Pair, change: Quantity, flow: Flow, period: Period, base: Known | None) -> Phrase:
    """The sentence with the change; `base` is what it is against, None for the same period a year earlier."""
    key = "change.down" if change.value < 0 else "change.up"
    return say(
        key if found.over_time else "change.apart",
        change=change,
        product=product(flow.product),
        to=say("phrase.nothing") if flow.partner == WORLD else say("phrase.to", partner=country(flow.partner)),
        period=period,
        base=base.period if base else period.year_earlier(),
        other=product(base.flow.product if base else flow.product),
        exporter=country(flow.exporter),
    )


def _figure(view: View, found: Pair, quantity: Quantity, reports: tuple[Observation, ...]) -> Figure:
    flow = found.flow
    return Figure(
        quantity, "growth", sources_of(view, reports), flow.exporter, flow.partner, flow.product, found.span.period
    )


def _million(known: Known) -> str:
    return f"{known.quantity.value / 1e6:,.1f}"
