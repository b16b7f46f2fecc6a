"""Numbers as a picture prints them: one unit for all of them, and no more digits than it takes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.charts.scale import places, ticks
from knowledge.charts.sketch import Bar, Tone
from knowledge.quantity import Quantity
from knowledge.wording import Wording

_SCALES = (("billion", 1e9, 1e10), ("million", 1e6, 1e5), ("thousand", 1e3, 1e3), ("whole", 1.0, 0.0))
"""A unit of money, its size, and the greatest value from which it serves."""
_DIGITS = 4
_SEEN = 0.015
"""Part of the longest bar from which the bounds of a value are worth a whisker."""


@dataclass(frozen=True)
class Printed:
    """One unit for some quantities, and how many decimals they need."""

    wording: Wording
    unit: str
    """`percent` or a currency."""
    scale: str
    size: float
    decimals: int

    @classmethod
    def of(cls, quantities: Iterable[Quantity], wording: Wording) -> Printed:
        """What suits the quantities, which are of one unit."""
        known = list(quantities)
        top = max(abs(one.value) for one in known)
        if known[0].unit == "percent":
            return cls(wording, "percent", "", 1.0, 0 if top >= 1000 else 1)
        scale, size = next((name, size) for name, size, least in _SCALES if top >= least)
        digits = math.floor(math.log10(top / size)) + 1 if top else 1
        if scale == "whole":
            return cls(wording, known[0].unit, scale, size, 0)
        return cls(wording, known[0].unit, scale, size, min(2, max(0, _DIGITS - max(1, digits))))

    @property
    def unit_key(self) -> str:
        """The phrase that names the unit."""
        return f"chart.unit.{self.unit}" + (f"_{self.scale}" if self.scale else "")

    def text(self, quantity: Quantity, *, signed: bool = False) -> str:
        """A quantity in the unit, with its hedge."""
        value = quantity.value / self.size
        count = self.decimals
        if value and abs(value) < 10**-count:
            count = min(6, 1 - math.floor(math.log10(abs(value))))
        if quantity.step:
            count = min(count, max(0, -math.floor(math.log10(quantity.step / self.size) + 1e-9)))
        text = self._number(round(value, count) + 0.0, count)
        if signed and value > 0:
            text = f"+{text}"
        if quantity.qualifier in ("exact", "unknown") or not quantity.step:
            return text
        return self.wording.phrases.fill(f"hedge.{quantity.qualifier}", {"value": text}, self.wording.arg)

    def bar(
        self, name: str, quantity: Quantity | None, *, tone: Tone = Tone.PLAIN, signed: bool = False, gap: str = ""
    ) -> Bar:
        """A quantity as a bar; a gap where there is none."""
        if quantity is None:
            return Bar(name, None, gap)
        low, high = quantity.low, quantity.high
        return Bar(
            name, quantity.value / self.size, self.text(quantity, signed=signed),
            None if low is None else low / self.size, None if high is None else high / self.size,
            more=high is None and low is not None, less=low is None and high is not None, tone=tone,
        )  # fmt: skip

    def ticks(self, bars: Iterable[Bar]) -> tuple[tuple[float, str], ...]:
        """Gridlines that span the bars with their bounds, worded."""
        ends = [end for bar in bars for end in (bar.value, bar.low, bar.high) if end is not None]
        values = ticks(ends)
        count = places(values[1] - values[0])
        return tuple((value, self._number(value, count)) for value in values)

    def _number(self, value: float, count: int) -> str:
        step = 10.0**-count
        text = self.wording.figures.quantity(Quantity(value, value, value, "ratio", "exact", step))
        if self.unit != "percent":
            return text
        shown = Quantity(value, value, value, "percent", "exact", step)
        return self.wording.figures.quantity(shown)


def finite(quantities: Iterable[Quantity]) -> bool:
    """True if every value and bound is a number that can be drawn."""
    return all(end is None or math.isfinite(end) for one in quantities for end in (one.value, one.low, one.high))


def settled(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """The bars with bounds only where they are wide enough to be seen."""
    known = list(bars)
    top = max((abs(end) for bar in known for end in (bar.value, bar.low, bar.high) if end is not None), default=0.0)
    return tuple(
        bar
        if bar.low is not None and bar.high is not None and bar.high - bar.low > top * _SEEN
        else replace(bar, low=None, high=None)
        for bar in known
    )
