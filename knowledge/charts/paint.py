"""Sketch to picture: headline, blocks, notes and source, one below the other."""

from __future__ import annotations

import math

from knowledge.charts import columns, rows, strip
from knowledge.charts.canvas import BACK, BAND, MARGIN, SOFT, WIDTH, Canvas
from knowledge.charts.inks import ACCENT
from knowledge.charts.lettering import Style, wrapped
from knowledge.charts.sketch import Block, Columns, Mark, Note, Rows, Sketch

LEAST = 720
"""The least height in pixels: flatter pictures look lost in a chat."""
_TITLES = ((54, 3), (46, 4), (40, 7))
"""Sizes of a headline, and the lines up to which it may have them."""
_SUBTITLE, _NOTE, _SOURCE = Style(32), Style(28), Style(26)
_ROOM = WIDTH - 2 * MARGIN
_SAMPLE = 46


def paint(sketch: Sketch) -> tuple[bytes, int]:
    """The PNG and its height."""
    canvas, height = laid_out(sketch)
    return canvas.png(height), height


def laid_out(sketch: Sketch) -> tuple[Canvas, int]:
    """Everything in its place, and the height that it takes."""
    canvas = Canvas()
    canvas.box(MARGIN, 0, MARGIN + 88, 14, ACCENT)
    y = _title(canvas, sketch.title, MARGIN - 4)
    if sketch.subtitle:
        y = canvas.lines(MARGIN, y + 8, wrapped(sketch.subtitle, _SUBTITLE, _ROOM, 3), _SUBTITLE, fill=SOFT)
    for block in sketch.blocks:
        y = _block(canvas, block, y + 34)
    y += 26
    for note in sketch.notes:
        y = _note(canvas, note, y)
    source = wrapped(sketch.source, _SOURCE, _ROOM, 3)
    end = y + 12 + len(source) * _SOURCE.line + MARGIN - 16
    height = max(LEAST, math.ceil(end))
    canvas.lines(MARGIN, height - (end - y - 12), source, _SOURCE, fill=SOFT)
    return canvas, height


def _title(canvas: Canvas, text: str, top: float) -> float:
    for size, most in _TITLES:
        style = Style(size, bold=True)
        if len(wrapped(text, style, _ROOM, most + 1)) <= most:
            break
    return canvas.lines(MARGIN, top, wrapped(text, style, _ROOM, most, even=True), style)


def _block(canvas: Canvas, block: Block, top: float) -> float:
    if isinstance(block, Columns):
        return columns.draw(canvas, block, top)
    return rows.draw(canvas, block, top) if isinstance(block, Rows) else strip.draw(canvas, block, top)


def _note(canvas: Canvas, note: Note, top: float) -> float:
    indent = (_SAMPLE + 14) * bool(note.mark)
    middle = top + _NOTE.line / 2
    right = MARGIN + _SAMPLE
    match note.mark:
        case Mark.HATCH:
            canvas.hatched((MARGIN, middle - 13, right, middle + 13), "#7f99a8", BACK)
        case Mark.WHISKER:
            canvas.whisker((MARGIN + 3, middle), (right - 3, middle), 9)
        case Mark.OUTLINE:
            canvas.outlined((MARGIN, middle - 13, right, middle + 13), "#7f8b94")
        case Mark.BAND:
            canvas.box(MARGIN, middle - 15, right, middle + 15, BAND)
            canvas.box(MARGIN + 16, middle - 2, right - 16, middle + 1, SOFT)
        case Mark.RING:
            canvas.dashed((MARGIN, middle), (right - 8, middle), ACCENT, 6)
            canvas.ring(right - 8, middle, 8, ACCENT)
        case Mark.ARROW:
            canvas.arrow((MARGIN, middle), (right, middle))
    return canvas.lines(MARGIN + indent, top, wrapped(note.text, _NOTE, _ROOM - indent, 3), _NOTE, fill=SOFT) + 4
