"""The plan of a series: its table, each period in its place."""

from __future__ import annotations

from knowledge.answer import Answer, Phrase
from knowledge.charts.over_time import columns
from knowledge.charts.printed import Printed
from knowledge.charts.sketch import Plan
from knowledge.charts.told import argument, axis, provisional, worded
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.wording import Wording

_LEAST = 2


def plan(answer: Answer, wording: Wording) -> Plan | None:
    """Columns of every period of the table; None for fewer than two known ones."""
    values: dict[Period, Quantity | None] = {}
    for row in answer.table.rows if answer.table else ():
        period = argument(row[0], Period)
        if period is not None and isinstance(row[1], Phrase):
            values[period] = argument(row[1], Quantity)
    known = [quantity for quantity in values.values() if quantity]
    if len(known) < _LEAST or len({quantity.unit for quantity in known}) > 1:
        return None
    printed = Printed.of(known, wording)
    top = dict(answer.lead[0].args).get("top_period")
    block = columns(values, provisional(answer), top if isinstance(top, Period) else None, printed)
    unit = worded(wording, printed.unit_key)
    kinds = {period.kind for period in values}
    grain = worded(wording, f"chart.grain.{kinds.pop() if len(kinds) == 1 else 'span'}")
    words = axis(answer.figures, worded(wording, "chart.axis.grain", grain=grain, unit=unit), wording)
    return Plan(words, (block,), ((unit, block.bars),))
