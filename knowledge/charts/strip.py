"""A part of a whole: one bar of a hundred percent."""

from __future__ import annotations

from knowledge.charts.canvas import MARGIN, SOFT, WIDTH, Canvas
from knowledge.charts.inks import ACCENT
from knowledge.charts.lettering import Style, width, wrapped
from knowledge.charts.sketch import Strip

_THICK = 104
_REST = "#d5dee2"
_BIG, _LINE = Style(56, bold=True), Style(32)
_ROOM = WIDTH - 2 * MARGIN


def draw(canvas: Canvas, block: Strip, top: float) -> float:
    """Draw the strip from `top` downwards; returns where its words end."""
    edge = MARGIN + max(6.0, _ROOM * min(block.percent, 100) / 100)
    share, *rest = block.part
    y = canvas.lines(MARGIN, top, wrapped(share, _BIG, _ROOM, 1), _BIG, fill=ACCENT)
    for line in rest:
        y = canvas.lines(MARGIN, y, wrapped(line, _LINE, _ROOM, 2), _LINE)
    y += 14
    canvas.box(MARGIN, y, WIDTH - MARGIN, y + _THICK, _REST)
    canvas.box(MARGIN, y, edge, y + _THICK, ACCENT)
    y += _THICK + 12
    for line in block.whole:
        for part in wrapped(line, _LINE, _ROOM, 2):
            canvas.text(WIDTH - MARGIN - width(part, _LINE), y + _LINE.rise, part, _LINE, fill=SOFT)
            y += _LINE.line
    return y
