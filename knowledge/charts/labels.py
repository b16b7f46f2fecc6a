"""Where the numbers of a chart stand when not every value can carry one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.charts.canvas import Box, Point
from knowledge.charts.sketch import Bar, Tone


def told(bars: Sequence[Bar]) -> list[int]:
    """Which bars carry their number: those of the title, the last, the first and the least, in this order."""
    known = [at for at, bar in enumerate(bars) if bar.value is not None]
    main = [at for at in known if bars[at].tone is Tone.MAIN]
    least = min(known, key=lambda at: bars[at].value or 0.0)
    return list(dict.fromkeys((*main[:3], known[-1], known[0], least)))


@dataclass(slots=True)
class Places:
    """Finds room for labels in a frame: off the lines, and off each other."""

    frame: Box
    lines: Sequence[tuple[Point, Point]] = ()
    taken: list[Box] = field(default_factory=list)

    def take(self, boxes: Iterable[Box]) -> Box | None:
        """The first of some boxes that is free, which it then is no more."""
        found = next((box for box in boxes if self._free(box)), None)
        if found:
            self.taken.append(found)
        return found

    def _free(self, box: Box) -> bool:
        left, top, right, bottom = self.frame
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        return not any(_meet(box, other) for other in self.taken) and not any(
            _crosses(line, box) for line in self.lines
        )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """True if a straight line touches a box (clipped as Liang and Barsky do)."""
    (x, y), (end_x, end_y) = line
    first, last = 0.0, 1.0
    for start, way, low, high in ((x, end_x - x, box[0], box[2]), (y, end_y - y, box[1], box[3])):
        if not way:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / way, (high - start) / way))
        first, last = max(first, near), min(last, far)
    return first <= last
