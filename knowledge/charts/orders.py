"""The plan of an order of size: its table, with the place that was asked for."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Arg, Phrase, say
from knowledge.charts.printed import Printed, settled
from knowledge.charts.sketch import Bar, Plan, Rows, Tone
from knowledge.charts.told import PLAIN_TEXT, argument, axis, provisional, worded
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.wording import Wording

_LEAST = 2


def plan(answer: Answer, wording: Wording) -> Plan | None:
    """A bar for each row of the table; None where the places have no amounts."""
    table = answer.table.rows if answer.table else ()
    rows = [(row[0], amount) for row in table if (amount := argument(row[1], Quantity))]
    place = _asked(answer)
    strong = place - 1 if place else 0
    skips: tuple[int, ...] = ()
    if place > len(rows):
        found = _beyond(answer, place)
        if found:
            rows.append(found)
            strong, skips = len(rows) - 1, (len(rows) - 1,) if place > len(rows) else ()
    if len(rows) < _LEAST or len({amount.unit for _, amount in rows}) > 1:
        return None
    printed = Printed.of((amount for _, amount in rows), wording)
    signed = any(figure.measure == "growth" for figure in answer.figures)
    newest = provisional(answer)
    bars: list[Bar] = []
    for at, (label, amount) in enumerate(rows):
        name = wording.arg(label, "").translate(PLAIN_TEXT)
        bar = printed.bar(name, amount, tone=Tone.MAIN if at == strong else Tone.PLAIN, signed=signed)
        bars.append(replace(bar, provisional=_period(label) in newest))
    unit = worded(wording, printed.unit_key)
    return Plan(
        _axis(answer, unit, wording, growth=signed), (Rows(settled(bars), skips=skips),), ((unit, tuple(bars)),)
    )


def _asked(answer: Answer) -> int:
    """The place that the first sentence speaks of, from 1; 0 where it is about the first."""
    place = dict(answer.lead[0].args).get("place")
    return int(place.value) if isinstance(place, Quantity) else 0


def _beyond(answer: Answer, place: int) -> tuple[Arg, Quantity] | None:
    """The one that was asked for, where the table ends before it."""
    args = dict(answer.lead[0].args)
    name, amount = args.get("name"), args.get("value")
    if name is None or not isinstance(amount, Quantity):
        return None
    return say("cell.ranked", n=place, name=name), amount


def _period(label: Arg) -> Period | None:
    name = dict(label.args).get("name") if isinstance(label, Phrase) else None
    return name if isinstance(name, Period) else None


def _axis(answer: Answer, unit: str, wording: Wording, *, growth: bool) -> str:
    if growth:
        return worded(wording, "chart.axis.growth", unit=unit)
    if any(figure.measure == "share" for figure in answer.figures):
        return worded(wording, "chart.axis.share", unit=unit)
    return axis(answer.figures, unit, wording)
