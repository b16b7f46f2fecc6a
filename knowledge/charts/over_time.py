"""A series as columns or as a line: every period has its place, also those without a figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from babel.dates import get_month_names

from knowledge.charts.printed import Printed, settled
from knowledge.charts.sketch import Columns, Tone
from knowledge.charts.told import worded
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.wording import Wording

_LINE = 12
"""From more years than this on, a line is read more easily than bars."""
_NARROW = 14
"""From more months than this on, a letter stands for each."""


def columns(
    values: Mapping[Period, Quantity | None], newest: Collection[Period], strong: Period | None, printed: Printed
) -> Columns:
    """The picture of a series; `strong` is the period that the title speaks of."""
    wording = printed.wording
    gap = worded(wording, "chart.cell.gap")
    bars = []
    for period, quantity in values.items():
        tone = Tone.MAIN if period == strong else Tone.PLAIN
        bar = printed.bar(wording.arg(period, "short"), quantity, tone=tone, gap=gap)
        tick, group = _tick(period, len(values), wording)
        bars.append(replace(bar, provisional=period in newest, tick=tick, group=group))
    years = all(period.kind == "year" for period in values)
    shown = settled(bars)
    return Columns(shown, printed.ticks(shown), joined=years and len(bars) > _LINE)


def _tick(period: Period, count: int, wording: Wording) -> tuple[str, str]:
    """What stands under a column: the month, quarter or half, and the year a line lower."""
    year = str(period.first_year)
    match period.kind:
        case "month":
            names = get_month_names(
                "narrow" if count > _NARROW else "abbreviated", "stand-alone", wording.phrases.locale
            )
            return str(names[period.first_month]), year
        case "quarter":
            return wording.phrases.fill("chart.tick.quarter", {"n": period.last_month // 3}, wording.arg), year
        case "half":
            return wording.phrases.fill("chart.tick.half", {"n": period.last_month // 6}, wording.arg), year
        case "year":
            return year, ""
    return wording.arg(period, "short"), ""
