"""A number with its bounds, and arithmetic that carries the bounds through.

A source that prints 59.1 million speaks of anything from 59.05 to 59.15; one that says "more than 20"
sets no upper bound. Sums, ratios, growth and shares work on the whole interval, so that a derived figure
never looks surer than what it was made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

_TRIFLE = 1e-3
"""Relative difference below which one step of rounding is no disagreement."""
QUALIFIERS = ("exact", "about", "more_than", "at_least", "less_than", "up_to", "nearly", "unknown")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in `unit` (USD, EUR, GBP, percent, ratio, rank, items), somewhere from `low` to `high`."""

    value: float
    low: float | None
    """The least it can be; None where nothing bounds it."""
    high: float | None
    """The most it can be; None where nothing bounds it."""
    unit: str
    qualifier: str = "exact"
    """What the source says of it, one of QUALIFIERS."""
    step: float = 0.0
    """The step that the source rounded to; 0 for a count or a derived figure."""

    @classmethod
    def reported(cls, value: float, unit: str, step: float = 0.0, qualifier: str = "exact") -> Quantity:
        """What a source printed: bounds follow from its rounding step and from its own words."""
        low: float | None
        high: float | None
        low, high = value - step / 2, value + step / 2
        match qualifier:
            case "more_than" | "at_least":
                low, high = value, None
            case "less_than" | "up_to":
                low, high = (None if unit == "percent" else 0.0), value
            case "nearly":
                # For a fall ("nearly 85 percent down") the truth lies towards zero.
                low, high = (value - step, value) if value >= 0 else (value, value + step)
            case "about":
                low, high = value - step, value + step
            case "unknown":
                low, high = None, None
        return cls(value, low, high, unit, qualifier, step)

    @property
    def open(self) -> bool:
        """True if one side is unbounded."""
        return self.low is None or self.high is None

    @property
    def spread(self) -> float:
        """Width of the interval relative to the value; infinite where a side is open."""
        if self.low is None or self.high is None:
            return float("inf")
        return (self.high - self.low) / abs(self.value) if self.value else 0.0

    def may_equal(self, other: Quantity) -> bool:
        """True if both can be the same number, each given its rounding.

        The press truncates as often as it rounds: a coarser figure is given half a step more on each side.
        """
        slack = 1e-9 * max(abs(self.value), abs(other.value))
        if self.step != other.step:
            slack += max(self.step, other.step) / 2
        elif self.step and self.qualifier == other.qualifier == "exact":
            # 961,072 and 961,073 thousand are one figure; 10 and 11 billion are two.
            return abs(self.value - other.value) <= min(self.step * 1.01, abs(self.value) * _TRIFLE)
        low = max(_or(self.low, float("-inf")), _or(other.low, float("-inf")))
        high = min(_or(self.high, float("inf")), _or(other.high, float("inf")))
        return low <= high + slack

    def __add__(self, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            raise ValueError(f"cannot add {other.unit} to {self.unit}")
        return _derived(
            self.value + other.value,
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.unit,
        )

    def __neg__(self) -> Quantity:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return replace(self, value=-self.value, low=low, high=high)

    def __sub__(self, other: Quantity) -> Quantity:
        return self + -other

    def ratio(self, base: Quantity) -> Quantity:
        """How many times `base` this is. Both must be positive; raises ValueError otherwise."""
        if self.unit != base.unit:
            raise ValueError(f"cannot divide {self.unit} by {base.unit}")
        if base.value <= 0 or self.value < 0:
            raise ValueError("a ratio needs a positive base")
        low = None if self.low is None or base.high is None else max(self.low, 0) / base.high
        high = None if self.high is None or base.low is None or base.low <= 0 else self.high / base.low
        return _derived(self.value / base.value, low, high, "ratio")

    def growth(self, base: Quantity) -> Quantity:
        """The change from `base` to this, in percent."""
        times = self.ratio(base)
        return _derived(
            (times.value - 1) * 100,
            None if times.low is None else (times.low - 1) * 100,
            None if times.high is None else (times.high - 1) * 100,
            "percent",
        )

    def share(self, whole: Quantity) -> Quantity:
        """This as a part of `whole`, in percent."""
        times = self.ratio(whole)
        return _derived(
            times.value * 100,
            None if times.low is None else times.low * 100,
            None if times.high is None else times.high * 100,
            "percent",
        )


def total(parts: Iterable[Quantity]) -> Quantity:
    """The sum of one or more quantities of one unit."""
    return reduce(Quantity.__add__, parts)


def _derived(value: float, low: float | None, high: float | None, unit: str) -> Quantity:
    """A computed quantity. An open side is what its qualifier says; otherwise it is exact within bounds."""
    qualifier = "exact"
    if low is None and high is None:
        qualifier = "unknown"
    elif high is None:
        qualifier = "more_than"
    elif low is None:
        qualifier = "less_than"
    return Quantity(value, low, high, unit, qualifier)


def _or(bound: float | None, default: float) -> float:
    return default if bound is None else bound
