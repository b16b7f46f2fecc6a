"""The figure for one flow in one period: from the official months where all are there, else as published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.answer import Figure
from knowledge.answers.desk_view import View
from knowledge.facts import WORLD, Observation, Source
from knowledge.period import Period
from knowledge.quantity import Quantity, total
from knowledge.reconcile import Voice, in_order, reconcile

SEVERAL = "several"
"""Whom a sum quotes whose parts are by different bodies."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What is counted: goods from an exporter to a partner."""

    product: str
    partner: str = WORLD
    exporter: str = "TUR"
    attributed: str = ""
    """Entity id of the one whose figure alone is wanted; empty for anyone's."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the store can vouch for."""

    flow: Flow
    period: Period
    measure: str
    quantity: Quantity
    who: str
    """Whom the sources quote: TIM, SSB, ..."""
    reports: tuple[Observation, ...]
    """Who says so, best first; for a sum, its parts."""
    others: tuple[Voice, ...] = ()
    """Values that cannot be the same number."""
    formula: str = ""
    """The sum that made it; empty for a published figure."""
    series: bool = False
    """True if it comes from the official monthly series."""

    def sources(self, view: View) -> tuple[Source, ...]:
        """The sources of the figure, each once."""
        return sources_of(view, self.reports)

    def figure(self, view: View) -> Figure:
        """The figure as an answer carries it."""
        return Figure(
            self.quantity, self.measure, self.sources(view), self.flow.exporter, self.flow.partner, self.flow.product,
            self.period, derived=bool(self.formula), formula=self.formula,
        )  # fmt: skip


def derived(quantity: Quantity, measure: str, of: Known, sources: Iterable[Source], formula: str) -> Figure:
    """A figure worked out here: what it is about is what `of` is about."""
    return Figure(
        quantity,
        measure,
        tuple(dict.fromkeys(sources)),
        of.flow.exporter,
        of.flow.partner,
        of.flow.product,
        of.period,
        derived=True,
        formula=formula,
    )


def sources_of(view: View, reports: Iterable[Observation]) -> tuple[Source, ...]:
    """The sources of some observations, each once, copies of one text behind the others."""
    return in_order(view.store.source(report.source_id) for report in reports)


def find(view: View, flow: Flow, period: Period, measure: str = "value") -> Known | None:
    """The figure of a period, or None where the store cannot give all of it."""
    published = view.store.observations(
        product=flow.product, partner=flow.partner, exporter=flow.exporter, measure=measure, period=period,
        attributed_to=flow.attributed or None,
    )  # fmt: skip
    months: Sequence[Observation] = ()
    if measure == "value":
        months = view.store.months(flow.product, period, partner=flow.partner, exporter=flow.exporter)
    found = _settled(view, flow, period, published, months, measure=measure)
    if found is None and measure == "value" and len(period) > 1:
        return tiled(view, flow, period, months)
    return found


def by_partner(view: View, flow: Flow, period: Period) -> dict[str, Known]:
    """Country code → what `find` gives for that partner of a flow, for every partner that it gives something for.

    A handful of queries, however many partners there are.
    """
    published, months = defaultdict[str, list[Observation]](list), defaultdict[str, list[Observation]](list)
    for report in view.store.observations(product=flow.product, exporter=flow.exporter, period=period):
        published[report.partner].append(report)
    for month in view.store.months(flow.product, period, partner=None, exporter=flow.exporter):
        months[month.partner].append(month)
    found: dict[str, Known] = {}
    for code in sorted(code for code, *_ in view.store.partners(flow.product, flow.exporter)):
        own = replace(flow, partner=code)
        known = _settled(view, own, period, published[code], months[code])
        if known is None and len(period) > 1:
            known = tiled(view, own, period, months[code])
        if known:
            found[code] = known
    return found


def _settled(
    view: View,
    flow: Flow,
    period: Period,
    published: Sequence[Observation],
    months: Sequence[Observation],
    *,
    measure: str = "value",
) -> Known | None:
    """The figure by what is published of exactly this period and by the official months in it."""
    # One body's own series, never one month by it and the next by the press.
    summed = _months(view, flow, period, months)
    if summed and _is_own(flow, summed, published):
        return _beside(view, summed, [report for report in published if report not in summed.reports])
    found = reconcile(published, view.store.source)
    if not found:
        return None
    lead = found.lead
    return Known(flow, period, measure, lead.lead.quantity, lead.lead.attributed_to, lead.reports, found.others)


def _is_own(flow: Flow, summed: Known, published: Sequence[Observation]) -> bool:
    """False where the one whose figure is wanted gave one for this very period, and the series is somebody else's."""
    return not flow.attributed or not published or any(report.attributed_to == summed.who for report in published)


def _months(view: View, flow: Flow, period: Period, months: Sequence[Observation]) -> Known | None:
    """The sum of the official months, if every one of the period is there."""
    if len(months) != len(period) or (flow.attributed and not _quotes(view, flow, months[-1])):
        return None
    newest = sorted(months, key=lambda month: month.known_from, reverse=True)
    reports = tuple({month.source_id: month for month in newest}.values())
    quantity = total(month.quantity for month in months)
    formula = _plus(months) if len(months) > 1 else ""
    return Known(flow, period, "value", quantity, months[-1].attributed_to, reports, (), formula, series=True)


def _quotes(view: View, flow: Flow, month: Observation) -> bool:
    return bool(
        view.store.observations(
            product=flow.product, partner=flow.partner, exporter=flow.exporter, period=month.period,
            attributed_to=flow.attributed,
        )
    )  # fmt: skip


def _beside(view: View, summed: Known, published: list[Observation]) -> Known:
    """The official sum, with what was published of the same period sorted into same and other."""
    found = reconcile(published, view.store.source)
    if not found:
        return summed
    voices = (found.lead, *found.others)
    same = tuple(
        report for voice in voices if voice.lead.quantity.may_equal(summed.quantity) for report in voice.reports
    )
    others = tuple(voice for voice in voices if not voice.lead.quantity.may_equal(summed.quantity))
    return replace(summed, reports=(*summed.reports, *same), others=others)


def tiled(view: View, flow: Flow, period: Period, months: Sequence[Observation]) -> Known | None:
    """The sum of published years, halves, quarters or months that make up the period without a gap."""
    published = defaultdict[Period, list[Observation]](list)
    for report in view.store.observations(
        product=flow.product, partner=flow.partner, exporter=flow.exporter, within=period,
        attributed_to=flow.attributed or None,
    ):  # fmt: skip
        published[report.period].append(report)
    return _tiles(view, flow, period, published, months) if published else None


def _tiles(
    view: View,
    flow: Flow,
    period: Period,
    published: Mapping[Period, Sequence[Observation]],
    months: Sequence[Observation],
) -> Known | None:
    for kind in ("year", "half", "quarter", "month"):
        parts = period.split(kind)
        if len(parts) < 2 or sum(map(len, parts)) != len(period):
            continue
        known: list[Known] = []
        for part in parts:
            inside = [month for month in months if month.period in part]
            one = _settled(view, flow, part, published.get(part, ()), inside)
            if one is None and len(part) > 1:
                one = _tiles(view, flow, part, published, inside)
            if one is None:
                break
            known.append(one)
        else:
            reports = tuple(report for part in known for report in part.reports[:1])
            who = known[0].who if len({part.who for part in known}) == 1 else SEVERAL
            return Known(
                flow, period, "value", total(part.quantity for part in known), who, reports,
                formula=" + ".join(_million(part.quantity) for part in known),
            )  # fmt: skip
    return None


def as_worded(reports: Sequence[Observation]) -> Observation:
    """The report whose wording most share: what the press as a whole wrote, with its hedge."""
    counts = Counter((report.quantity.value, report.quantity.qualifier) for report in reports)
    return max(reports, key=lambda report: counts[report.quantity.value, report.quantity.qualifier])


def _plus(months: Sequence[Observation]) -> str:
    return " + ".join(_million(month.quantity) for month in months)


def _million(quantity: Quantity) -> str:
    return f"{quantity.value / 1e6:,.1f}"
