"""Horizontal bars: values side by side, bounds as whiskers, zero wherever it has to be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from knowledge.charts.canvas import INK, MARGIN, SOFT, WIDTH, Canvas
from knowledge.charts.inks import ink
from knowledge.charts.lettering import Style, width, wrapped
from knowledge.charts.scale import TINY, Scale
from knowledge.charts.sketch import Bar, Rows, Tone

_ROOM = WIDTH - 2 * MARGIN
_BESIDE = 0.36
"""Part of the width that names may take where they stand beside the bars."""
_GAP = 14
_ARROW = 46
_FEWEST, _LEAST = 220, 60
"""Pixels that the bars want beside their names, and that they get however long the words."""


_STACKED = 8
"""Up to so many rows can have their names above them."""
_HEAD = Style(32, bold=True)
_SIZES: tuple[tuple[float, int, int, int, int], ...] = (
    (3, 38, 92, 30, 3),
    (6, 34, 60, 28, 3),
    (12, 32, 42, 26, 3),
    (24, 28, 28, 18, 2),
    (math.inf, 26, 22, 14, 2),
)
"""Up to how many rows: size of type, thickness of bars, space between them, lines of a name."""


@dataclass(frozen=True, slots=True)
class _Frame:
    style: Style
    number: Style
    thick: int
    space: int
    lines: int
    mirrored: bool
    """True if every bar goes to the left: names then stand where the bars begin."""
    scale: Scale
    beside: bool
    """True if names stand beside the bars; they stand above them otherwise."""

    def left(self, bar: Bar) -> bool:
        """True if a bar goes to the left."""
        return self.mirrored or (bar.value is not None and bar.value < 0)


def draw(canvas: Canvas, block: Rows, top: float) -> float:
    """Draw the rows from `top` downwards; returns where they end."""
    frame = _frame(block)
    y = top
    if block.head:
        y = canvas.lines(MARGIN, y, wrapped(block.head, _HEAD, _ROOM, 2), _HEAD) + 18
    zero = frame.scale(0)
    for at, bar in enumerate(block.bars):
        if at in block.skips:
            for dot in range(3):
                canvas.dot(MARGIN + 12 + dot * 22, y + frame.space / 2, 4, SOFT)
            y += frame.space + 14
        bar_top, bottom = _name(canvas, bar, frame, y)
        _bar(canvas, bar, frame, bar_top)
        if any(one.value is not None and one.value < 0 for one in block.bars):
            canvas.box(zero - 1.5, bar_top - 8, zero + 1.5, bar_top + frame.thick + 8, INK)
        y = bottom + frame.space
    return y - frame.space


def _frame(block: Rows) -> _Frame:
    """Type, thickness and scale that suit the number of rows and the length of their names."""
    bars, count = block.bars, len(block.bars)
    mirrored = all(_reach(bar)[1] <= 0 for bar in bars) and any(bar.value for bar in bars)
    # Below another block the rows are the smaller matter.
    most = max(count, _STACKED + 1) if block.head else count
    _, size, thick, space, lines = next(row for row in _SIZES if most <= row[0])
    style, number = Style(size), Style(size, bold=True)
    names = [wrapped(bar.name, style, _ROOM * _BESIDE, lines) for bar in bars]
    gutter = 20 + max(width(line, style) for name in names for line in name)
    left, right = MARGIN + gutter * (not mirrored), WIDTH - MARGIN - gutter * mirrored
    scale = _scale(bars, number, (left, right), mirrored=mirrored)
    short = max(width(bar.name, style) for bar in bars) <= _ROOM * _BESIDE
    if count > _STACKED or (short and abs(scale.end - scale.start) >= _FEWEST):
        return _Frame(style, number, thick, space, lines, mirrored, scale, beside=True)
    scale = _scale(bars, number, (MARGIN, WIDTH - MARGIN), mirrored=mirrored)
    return _Frame(style, number, thick * 4 // 5, space, lines, mirrored, scale, beside=False)


def _name(canvas: Canvas, bar: Bar, frame: _Frame, top: float) -> tuple[float, float]:
    """Write a row's name; returns where its bar begins and where the row ends."""
    style = frame.style
    lines = wrapped(bar.name, style, _ROOM * (_BESIDE if frame.beside else 1), frame.lines, even=not frame.beside)
    if not frame.beside:
        # A name begins where its bar does, as far as there is room.
        room = max(width(line, style) for line in lines)
        zero = frame.scale(0)
        left = frame.left(bar)
        x = max(zero, MARGIN + room) if left else min(zero, WIDTH - MARGIN - room)
        for at, line in enumerate(lines):
            canvas.text(x, top + at * style.line + style.rise, line, style, anchor="r" if left else "l")
        start = top + len(lines) * style.line + 6
        return start, start + frame.thick
    height = max(frame.thick, len(lines) * style.line)
    x = frame.scale(0) + 20 if frame.mirrored else MARGIN
    canvas.lines(x, top + (height - len(lines) * style.line) / 2 - 2, lines, style)
    start = top + (height - frame.thick) / 2
    return start, top + height


def _reach(bar: Bar) -> tuple[float, float]:
    """The least and the greatest value that a row has to show."""
    known = [value for value in (bar.value, bar.low, bar.high) if value is not None and abs(value) >= TINY]
    return min((0.0, *known)), max((0.0, *known))


def _scale(bars: tuple[Bar, ...], number: Style, ends: tuple[float, float], *, mirrored: bool) -> Scale:
    """As large as the words at the ends of the bars leave room for."""
    left, right = ends
    ahead, behind = [(0.0, 0.0)], [(0.0, 0.0)]
    for bar in bars:
        low, high = _reach(bar)
        words = width(bar.text, number) + _GAP + 1
        down = mirrored or (bar.value is not None and bar.value < 0)
        ahead.append((high, _ARROW * bar.more + words * (not down)))
        behind.append((low, _ARROW * bar.less + words * down))
    span = max(high for high, _ in ahead) - min(low for low, _ in behind) or 1.0
    room = [
        (right - left - extra - other) / (high - low) for high, extra in ahead for low, other in behind if high > low
    ]
    pixels = max(min(room, default=right - left), _LEAST / span)
    zero = max(left + extra - low * pixels for low, extra in behind)
    return Scale(0.0, span, zero, zero + span * pixels)


def _bar(canvas: Canvas, bar: Bar, frame: _Frame, top: float) -> None:
    scale, bottom = frame.scale, top + frame.thick
    baseline = (top + bottom) / 2 + frame.number.size * 0.35
    if bar.value is None:
        canvas.text(scale(0) + _GAP, baseline, bar.text, frame.number, fill=SOFT)
        return
    colours = ink(bar)
    zero, end = scale(0), scale(bar.value)
    # A value too small to be seen still is one.
    end = min(end, zero - 3) if frame.left(bar) else max(end, zero + 3)
    edges = (min(zero, end), top, max(zero, end), bottom)
    if bar.provisional:
        canvas.hatched(edges, colours.fill, colours.light)
    elif bar.tone is Tone.OTHER:
        canvas.outlined(edges, colours.fill)
    else:
        canvas.box(*edges, colours.fill)
    middle = (top + bottom) / 2
    start, stop = min(zero, end), max(zero, end)
    if bar.low is not None and bar.high is not None:
        canvas.whisker((scale(bar.low), middle), (scale(bar.high), middle), min(frame.thick * 0.24, 16))
        start, stop = min(start, scale(bar.low)), max(stop, scale(bar.high))
    if bar.more:
        canvas.arrow((stop, middle), (stop + _ARROW - 6, middle))
        stop += _ARROW
    if bar.less:
        canvas.arrow((end, middle), (end - _ARROW + 6, middle))
        start = min(start, end - _ARROW)
    anchor, x = ("r", start - _GAP) if frame.left(bar) else ("l", stop + _GAP)
    canvas.text(x, baseline, bar.text, frame.number, anchor=anchor)
