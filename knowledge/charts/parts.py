"""The plans of a part of a whole, and of figures that are only ever quoted."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Figure
from knowledge.charts import side_by_side
from knowledge.charts.printed import Printed, settled
from knowledge.charts.sketch import Bar, Plan, Rows, Strip, Tone
from knowledge.charts.told import argument, worded
from knowledge.facts import WORLD, Source
from knowledge.quantity import Quantity
from knowledge.question import Name
from knowledge.wording import Wording


def plan(answer: Answer, wording: Wording) -> Plan | None:
    """The part in the whole with the amounts of both; the shares that were published below."""
    share, *rest = answer.figures
    amounts = [figure for figure in rest if figure.measure == "value"]
    if not _drawable(share) or len(amounts) < 2:
        return None
    part, whole = amounts[:2]
    printed = Printed.of([share.quantity], wording)
    name = Name("country", part.partner) if part.partner != whole.partner else Name("product", part.product)
    lines = (
        printed.text(share.quantity),
        worded(wording, "chart.row.part", name=name, value=part.quantity),
    )
    told = worded(wording, "chart.row.whole", product=Name("product", whole.product), value=whole.quantity)
    strip = Strip(share.quantity.value, lines, (told,))
    bars = [printed.bar(worded(wording, "chart.row.derived"), share.quantity, tone=Tone.MAIN)]
    for detail in answer.details:
        source, said = argument(detail, Source), argument(detail, Quantity)
        if detail.key == "share.published" and source and said:
            bars.append(printed.bar(wording.arg(source, "start"), said))
    unit = worded(wording, "chart.unit.percent")
    strip_bar = Bar(wording.arg(name, "start"), share.quantity.value, lines[0])
    axis = worded(wording, "chart.axis.part", exporter=Name("country", share.exporter), unit=unit)
    numbers = ("", (strip_bar, *_sums(amounts, wording)))
    if len(bars) == 1:
        return Plan(axis, (strip,), (numbers,))
    head = worded(wording, "chart.axis.shares", unit=unit)
    return Plan(axis, (strip, Rows(settled(bars), head)), (numbers, (head, tuple(bars))))


def published(answer: Answer, wording: Wording) -> Plan | None:
    """A share as a part of a hundred; targets and rates where sources differ; nothing for a place or one number."""
    lead = answer.figures[0]
    if lead.measure == "target":
        return side_by_side.plan(answer, wording, "target")
    if lead.measure == "growth_yoy":
        return side_by_side.rates(answer, wording, "growth_yoy")
    if not _drawable(lead):
        return None
    printed = Printed.of([lead.quantity], wording)
    text = printed.text(lead.quantity)
    strip = Strip(lead.quantity.value, (text,), (worded(wording, "chart.row.whole_percent"),))
    unit = worded(wording, "chart.unit.percent")
    axis = worded(wording, "chart.axis.share", unit=unit)
    others = side_by_side.rates(answer, wording, "share")
    if others is None:
        return Plan(axis, (strip,), ())
    head = worded(wording, "chart.axis.by_source", unit=unit)
    rows = tuple(replace(block, head=head) for block in others.blocks if isinstance(block, Rows))
    return Plan(axis, (strip, *rows), tuple((head, bars) for _, bars in others.lists))


def _drawable(figure: Figure) -> bool:
    return figure.measure == "share" and figure.quantity.unit == "percent" and 0 <= figure.quantity.value <= 100


def _sums(amounts: list[Figure], wording: Wording) -> list[Bar]:
    """The amounts for the caption."""
    out = []
    for figure in amounts[:2]:
        name = Name("product", figure.product) if figure.partner == WORLD else Name("country", figure.partner)
        out.append(Bar(wording.arg(name, "start"), None, wording.arg(figure.quantity, "")))
    return out
