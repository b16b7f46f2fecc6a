"""Values over time: vertical bars, or a line where there are too many; gaps stay gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from knowledge.charts.canvas import BAND, GRID, INK, MARGIN, SOFT, WIDTH, Canvas, Point
from knowledge.charts.inks import ACCENT, ink
from knowledge.charts.labels import Places, told
from knowledge.charts.lettering import Style, width
from knowledge.charts.scale import Scale
from knowledge.charts.sketch import Bar, Columns, Tone

_HEIGHT = 470
_WIDEST = 150
_DIRECT = 16
"""Up to so many bars each can carry its own number."""
_SIZES = (34, 32, 30, 28, 26)
_ARROW = 34
_ABOVE = 48
"""Room for numbers above and below the values."""
_DENSE = 30
_TICK, _GROUP, _NUMBER = Style(28), Style(28, bold=True), Style(30, bold=True)


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    pitch: float
    y: Scale
    direct: Style | None
    """The type of the numbers at the bars; None where an axis tells the size."""

    def middle(self, at: int) -> float:
        """The middle of a column."""
        return self.left + (at + 0.5) * self.pitch

    @property
    def half(self) -> float:
        """Half of a bar's width."""
        return min(self.pitch * 0.39, _WIDEST / 2)


def draw(canvas: Canvas, block: Columns, top: float) -> float:
    """Draw the columns from `top` downwards; returns where their axis ends."""
    frame = _frame(block, top + _ABOVE + _ARROW * any(bar.more for bar in block.bars))
    for at, bar in enumerate(block.bars):
        if bar.value is None:
            left = frame.left + at * frame.pitch
            # Where bars carry their numbers, a high band would be taken for one.
            top = frame.y(0) - 46 if frame.direct else frame.y.end
            canvas.box(left, top, left + frame.pitch, frame.y(0) if frame.direct else frame.y.start, BAND)
    if not frame.direct:
        for value, words in block.ticks:
            y = frame.y(value)
            canvas.box(frame.left, y - 1, WIDTH - MARGIN, y + 1, GRID)
            canvas.text(frame.left - 14, y + 10, words, _TICK, fill=SOFT, anchor="r")
    for at, bar in enumerate(block.bars):
        if not block.joined:
            _bar(canvas, bar, frame, at)
    zero = frame.y(0)
    canvas.box(frame.left, zero - 1.5, WIDTH - MARGIN, zero + 1.5, INK)
    below = _ABOVE if any(bar.value is not None and bar.value < 0 for bar in block.bars) else 12
    if block.joined:
        _line(canvas, block, frame, below)
    elif frame.direct:
        _every_number(canvas, block.bars, frame, frame.direct)
    else:
        _some_numbers(canvas, block.bars, frame)
    return _axis(canvas, block.bars, frame, frame.y.start + below)


def _frame(block: Columns, top: float) -> _Frame:
    room = WIDTH - 2 * MARGIN
    known = [bar for bar in block.bars if bar.value is not None]
    highs = [value for bar in known for value in (0.0, bar.value, bar.high) if value is not None]
    lows = [value for bar in known for value in (0.0, bar.value, bar.low) if value is not None]
    direct = None
    if not block.joined and len(block.bars) <= _DIRECT:
        pitch = room / len(block.bars)
        styles = (Style(size, bold=True) for size in _SIZES)
        direct = next((style for style in styles if all(width(bar.text, style) <= pitch - 8 for bar in known)), None)
    if direct:
        y = Scale(min(lows), max(highs) if max(highs) > min(lows) else 1.0, top + _HEIGHT, top)
        return _Frame(MARGIN, room / len(block.bars), y, direct)
    gutter = max(width(words, _TICK) for _, words in block.ticks) + 18
    y = Scale(block.ticks[0][0], block.ticks[-1][0], top + _HEIGHT, top)
    return _Frame(MARGIN + gutter, (room - gutter) / len(block.bars), y, None)


def _bar(canvas: Canvas, bar: Bar, frame: _Frame, at: int) -> None:
    if bar.value is None:
        return
    colours = ink(bar)
    zero, end = frame.y(0), frame.y(bar.value)
    end = max(end, zero + 3) if bar.value < 0 else min(end, zero - 3)
    middle = frame.middle(at)
    edges = (middle - frame.half, min(zero, end), middle + frame.half, max(zero, end))
    if bar.provisional:
        canvas.hatched(edges, colours.fill, colours.light)
    else:
        canvas.box(*edges, colours.fill)
    if bar.low is not None and bar.high is not None:
        canvas.whisker((middle, frame.y(bar.low)), (middle, frame.y(bar.high)), min(frame.half * 0.5, 12))
    elif bar.more:
        canvas.arrow((middle, end), (middle, end - _ARROW + 6))


def _line(canvas: Canvas, block: Columns, frame: _Frame, below: float) -> None:
    """Straight lines between neighbours that are known; dashed to a provisional value."""
    points = [
        (frame.middle(at), frame.y(bar.value)) if bar.value is not None else None for at, bar in enumerate(block.bars)
    ]
    lines: list[tuple[Point, Point]] = []
    for at, (start, end) in enumerate(pairwise(points), 1):
        if start and end:
            lines.append((start, end))
            if block.bars[at].provisional:
                canvas.dashed(start, end, ACCENT, 6)
            else:
                canvas.line([start, end], ACCENT, 6)
    for bar, point in zip(block.bars, points, strict=True):
        if point:
            radius = 12 if bar.tone is Tone.MAIN else 8 if len(points) <= _DENSE else 6
            (canvas.ring if bar.provisional else canvas.dot)(*point, radius, ACCENT)
    lines += [(point, point) for point in points if point]
    places = Places((frame.left, frame.y.end - _ABOVE, WIDTH - MARGIN, frame.y.start + below), lines)
    for at in told(block.bars):
        point, text = points[at], block.bars[at].text
        if point:
            half, (x, y) = width(text, _NUMBER) / 2 + 6, point
            # Above, below, and then to the sides, lower and higher.
            spots = [(shift, rise) for rise in (-36, 36) for shift in (0, -half, half, -half - 14, half + 14)]
            spots += [(way * (half + 20), rise) for rise in (0, -24, 24, -60, 60) for way in (-1, 1)]
            boxes = ((x + dx - half, y + dy - 16, x + dx + half, y + dy + 16) for dx, dy in spots)
            box = places.take(boxes)
            if box:
                canvas.text((box[0] + box[2]) / 2, box[3] - 5, text, _NUMBER, anchor="m")


def _top(bar: Bar, frame: _Frame) -> float:
    """Where a bar with its whisker and arrow ends, upwards."""
    assert bar.value is not None  # noqa: S101 - only of known bars
    end = min(frame.y(bar.value), frame.y(0) - 3 * (bar.value >= 0))
    if bar.high is not None:
        return min(end, frame.y(bar.high))
    return end - _ARROW * bar.more


def _bottom(bar: Bar, frame: _Frame) -> float:
    assert bar.value is not None  # noqa: S101 - only of known bars
    end = max(frame.y(bar.value), frame.y(0) + 3 * (bar.value < 0))
    return end if bar.low is None else max(end, frame.y(bar.low))


def _every_number(canvas: Canvas, bars: tuple[Bar, ...], frame: _Frame, style: Style) -> None:
    for at, bar in enumerate(bars):
        y = frame.y(0) - 12
        if bar.value is not None:
            y = _bottom(bar, frame) + style.size if bar.value < 0 else _top(bar, frame) - 10
        canvas.text(frame.middle(at), y, bar.text, style, fill=SOFT if bar.value is None else INK, anchor="m")


def _some_numbers(canvas: Canvas, bars: tuple[Bar, ...], frame: _Frame) -> None:
    places = Places((frame.left - 6, frame.y.end - _ABOVE, WIDTH - MARGIN + 6, frame.y.start + _ABOVE))
    for at in told(bars):
        bar = bars[at]
        half = width(bar.text, _NUMBER) / 2 + 6
        middle = min(max(frame.middle(at), frame.left + half - 6), WIDTH - MARGIN - half + 6)
        under = [
            other
            for place, other in enumerate(bars)
            if other.value is not None and abs(frame.middle(place) - middle) <= half + frame.half
        ]
        down = bar.value is not None and bar.value < 0
        edge = max(_bottom(other, frame) for other in under) + 32 if down else min(_top(o, frame) for o in under) - 8
        if places.take([(middle - half, edge - 28, middle + half, edge + 4)]) is None:
            continue
        if not down and _top(bar, frame) - edge > 40:
            canvas.line([(frame.middle(at), edge + 8), (frame.middle(at), _top(bar, frame) - 4)], SOFT, 2)
        canvas.text(middle, edge, bar.text, _NUMBER, anchor="m")


def _axis(canvas: Canvas, bars: tuple[Bar, ...], frame: _Frame, top: float) -> float:
    """The ticks, as many as fit, and a line lower what several of them share."""
    widest = max(width(bar.tick, _TICK) for bar in bars)
    every = 1
    # Where some are left out, the last may have to move inwards.
    while every * frame.pitch < widest + (6 if widest < frame.pitch else 30):
        every += 1
    grouped = any(bar.group for bar in bars)
    # Ticks are counted from the newest, which readers look for first.
    shown = [at for at in range(len(bars)) if (len(bars) - 1 - at) % every == 0 and (every == 1 or not grouped)]
    y = top + _TICK.rise
    for at in shown:
        half = width(bars[at].tick, _TICK) / 2
        middle = min(max(frame.middle(at), MARGIN + half), WIDTH - MARGIN - half)
        canvas.text(middle, y, bars[at].tick, _TICK, fill=SOFT, anchor="m")
    if shown:
        y += _TICK.line
    if not grouped:
        return y
    ends = 0.0
    for first, last in _runs(bars):
        left, right = frame.left + first * frame.pitch, frame.left + (last + 1) * frame.pitch
        if first:
            canvas.box(left - 1, frame.y(0) + 4, left + 1, y - _TICK.size * 0.2, GRID)
        room = width(bars[first].group, _GROUP) / 2
        middle = min(max((left + right) / 2, MARGIN + room), WIDTH - MARGIN - room)
        if middle - room > ends + 10 or not ends:
            canvas.text(middle, y + 4, bars[first].group, _GROUP, fill=SOFT, anchor="m")
            ends = middle + room
    return y + _GROUP.line * 0.4


def _runs(bars: tuple[Bar, ...]) -> list[tuple[int, int]]:
    """First and last of each run of bars that share a group."""
    runs: list[tuple[int, int]] = []
    for at, bar in enumerate(bars):
        if runs and bars[runs[-1][0]].group == bar.group:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
