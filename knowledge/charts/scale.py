"""Axes: round steps that span some values, and numbers onto pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

TINY = 1e-9
"""What is less cannot be told from zero in any unit that is printed."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(values: Iterable[float], most: int = 5) -> tuple[float, ...]:
    """Round numbers from at most the least value (or 0) to at least the greatest (or 0), about `most` of them."""
    known = (0.0, *values)
    low, high = min(known), max(known)
    if high - low < TINY:
        high = 1.0
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(at * step, max(0, 3 - math.floor(math.log10(step)))) + 0.0 for at in range(first, last + 1))


def places(step: float) -> int:
    """Decimals that tell the multiples of a step apart."""
    for count in range(7):
        if abs(round(step, count) - step) < 1e-9 * step:
            return count
    return 6


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps `low` to the pixel `start` and `high` to the pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)
