"""The plans of amounts side by side: levels with the year before, comparisons, ratios, sums; rates of change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Figure
from knowledge.charts.printed import Printed, settled
from knowledge.charts.sketch import Bar, Block, Plan, Rows, Tone
from knowledge.charts.told import about, axis, names, provisional, worded
from knowledge.wording import Wording

_LEAST = 2
_RATES = 5


def plan(answer: Answer, wording: Wording, measure: str = "value") -> Plan | None:
    """A bar for each amount that the answer gives; None for fewer than two."""
    figures = _amounts(answer, measure)
    if len(figures) < _LEAST:
        return None
    key = answer.lead[0].key
    order = _order(key, figures)
    figures = [figures[at] for at in order]
    printed = Printed.of((figure.quantity for figure in figures), wording)
    strong = about(_strong(key, len(answer.lead), figures, order))
    newest = provisional(answer)
    # Two figures for one thing that print alike cannot be told apart in a picture.
    seen: dict[object, Figure] = {}
    for figure in figures:
        seen.setdefault((about(figure), printed.text(figure.quantity)), figure)
    figures = list(seen.values())
    if len(figures) < _LEAST:
        return None
    told: set[object] = set()
    bars: list[Bar] = []
    for figure, name in zip(figures, names(figures, wording), strict=True):
        tone = Tone.MAIN if about(figure) == strong or key.startswith("sum.") else Tone.PLAIN
        tone = Tone.OTHER if about(figure) in told else tone
        told.add(about(figure))
        bars.append(replace(printed.bar(name, figure.quantity, tone=tone), provisional=figure.period in newest))
    unit = worded(wording, printed.unit_key)
    title = ""
    if len(answer.lead) > 1:
        title = worded(wording, "chart.title.several", first=bars[0].name, value=figures[0].quantity)
    return Plan(axis(figures, unit, wording), (Rows(settled(bars)),), ((unit, tuple(bars)),), title)


def change(answer: Answer, wording: Wording) -> Plan | None:
    """The amounts before and after, and the published rates where they differ from what the amounts make."""
    amounts = plan(answer, wording)
    found = rates(answer, wording, "growth")
    if amounts is None:
        return found
    if found is None:
        return amounts
    head = worded(wording, "chart.axis.rates", unit=worded(wording, "chart.unit.percent"))
    blocks = tuple(replace(block, head=head) for block in found.blocks if isinstance(block, Rows))
    return replace(amounts, blocks=(*amounts.blocks, *blocks), lists=(*amounts.lists, *found.lists))


def rates(answer: Answer, wording: Wording, measure: str) -> Plan | None:
    """What different sources give as a rate or a share, around zero; None where they do not differ."""
    figures = [figure for figure in answer.figures if figure.measure == measure and figure.quantity.unit == "percent"]
    first = figures[0].quantity if figures else None
    if first is None or all(figure.quantity.may_equal(first) for figure in figures):
        return None
    figures = figures[:_RATES]
    printed = Printed.of((figure.quantity for figure in figures), wording)
    bars = []
    for at, figure in enumerate(figures):
        name = worded(wording, "chart.row.derived") if figure.derived else wording.arg(figure.sources[0], "start")
        bars.append(printed.bar(name, figure.quantity, tone=Tone.PLAIN if at else Tone.MAIN, signed=measure != "share"))
    unit = worded(wording, printed.unit_key)
    key = {"share": "chart.axis.share", "growth": "chart.axis.growth"}.get(measure, "chart.axis.change")
    block: Block = Rows(settled(bars))
    return Plan(worded(wording, key, unit=unit), (block,), ((unit, tuple(bars)),))


def _amounts(answer: Answer, measure: str) -> list[Figure]:
    """The amounts of one unit, each once, without the sum that they make."""
    found = [figure for figure in answer.figures if figure.measure == measure]
    if answer.lead[0].key.startswith("sum.") and found and found[0].derived:
        found = found[1:]
    return list({(about(f), f.quantity): f for f in found if f.quantity.unit == found[0].quantity.unit}.values())


def _order(key: str, figures: Sequence[Figure]) -> list[int]:
    """Times in their order; the parts of a sum as they were asked for; everything else by size."""
    places = list(range(len(figures)))
    if key.startswith("sum."):
        return places
    one_flow = len({(figure.product, figure.partner) for figure in figures}) == 1
    if one_flow and len({figure.period for figure in figures}) > 1 and not key.startswith("compare."):
        return sorted(places, key=lambda at: (_end(figures[at]), at))
    # What others say of one thing stays behind it.
    leading = {about(figures[at]): figures[at].quantity.value for at in reversed(places)}
    return sorted(places, key=lambda at: (-leading[about(figures[at])], at))


def _end(figure: Figure) -> int:
    return figure.period.end if figure.period else 0


def _strong(key: str, sentences: int, figures: Sequence[Figure], order: Sequence[int]) -> Figure:
    """The amount that the title speaks of: the largest of several, else the first that the answer gives."""
    if sentences > 1 or key.startswith("compare."):
        return figures[0]
    return figures[order.index(0)]
