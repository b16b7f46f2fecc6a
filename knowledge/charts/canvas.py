"""A sheet to draw on: shapes and lines of text are collected, and become a PNG once its height is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

from knowledge.charts.lettering import Style, face, plain

WIDTH = 1080
MARGIN = 56
BACK = "#fbf9f4"
INK = "#1a1e23"
SOFT = "#565d66"
GRID = "#ddd8cb"
BAND = "#f0ece1"
_FINE = 4
"""Slanted and round shapes are drawn this many times larger and reduced: their edges come out smooth."""

Box = tuple[float, float, float, float]
Point = tuple[float, float]


class Text(NamedTuple):
    """A line of text; `anchor` is l, m or r for the side of `x` on which it stands, `y` its baseline."""

    x: int
    y: int
    text: str
    style: Style
    fill: str
    anchor: str

    def box(self) -> Box:
        """The pixels that its ink can touch."""
        left, top, right, bottom = face(self.style).getbbox(self.text, anchor=f"{self.anchor}s")
        return self.x + left, self.y + top, self.x + right, self.y + bottom


class _Shape(NamedTuple):
    kind: str
    points: tuple[Point, ...]
    fill: str
    thick: float = 0
    back: str = ""


@dataclass(slots=True)
class Canvas:
    """Collects what is drawn, in pixels from the upper left."""

    texts: list[Text] = field(default_factory=list)
    _shapes: list[_Shape] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, style: Style, *, fill: str = INK, anchor: str = "l") -> None:
        """One line of text on the baseline `y`."""
        shown = plain(text)
        if shown:
            self.texts.append(Text(round(x), round(y), shown, style, fill, anchor))

    def lines(self, x: float, top: float, lines: list[str], style: Style, *, fill: str = INK) -> float:
        """Lines of text from `top` downwards; returns where they end."""
        for at, line in enumerate(lines):
            self.text(x, top + at * style.line + style.rise, line, style, fill=fill)
        return top + len(lines) * style.line

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A filled rectangle."""
        self._shapes.append(_Shape("box", ((left, top), (right, bottom)), fill))

    def hatched(self, box: Box, fill: str, back: str) -> None:
        """A rectangle (left, top, right, bottom) with an outline and slanted lines."""
        self._shapes.append(_Shape("hatch", (box[:2], box[2:]), fill, 4, back))

    def outlined(self, box: Box, fill: str) -> None:
        """An empty rectangle."""
        self._shapes.append(_Shape("outline", (box[:2], box[2:]), fill, 5))

    def line(self, points: list[Point], fill: str, thick: float) -> None:
        """A run of straight lines."""
        self._shapes.append(_Shape("line", tuple(points), fill, thick))

    def dashed(self, start: Point, end: Point, fill: str, thick: float, dash: float = 12) -> None:
        """A dashed straight line."""
        length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
        count = max(1, round(length / dash / 2 - 0.5))
        unit = 1 / (2 * count + 1)
        for at in range(count + 1):
            ends = [
                (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
                for part in (2 * at * unit, (2 * at + 1) * unit)
            ]
            self.line(ends, fill, thick)

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle."""
        self._shapes.append(_Shape("dot", ((x, y),), fill, radius))

    def ring(self, x: float, y: float, radius: float, fill: str) -> None:
        """A hollow circle."""
        self.dot(x, y, radius, fill)
        self.dot(x, y, radius * 0.55, BACK)

    def shape(self, points: list[Point], fill: str) -> None:
        """A filled polygon."""
        self._shapes.append(_Shape("shape", tuple(points), fill))

    def whisker(self, start: Point, end: Point, cap: float) -> None:
        """A thin level or upright line with caps, that can be seen on dark bars as well."""
        across = (0.0, cap) if start[1] == end[1] else (cap, 0.0)
        for thick, fill in ((8, BACK), (3, INK)):
            self.line([start, end], fill, thick)
            for x, y in (start, end):
                self.line([(x - across[0], y - across[1]), (x + across[0], y + across[1])], fill, thick)

    def arrow(self, start: Point, tip: Point) -> None:
        """A thin level or upright arrow."""
        way = ((tip[0] > start[0]) - (tip[0] < start[0]), (tip[1] > start[1]) - (tip[1] < start[1]))
        foot = (tip[0] - 14 * way[0], tip[1] - 14 * way[1])
        self.line([start, foot], INK, 3)
        side = (8 * way[1], 8 * way[0])
        self.shape([tip, (foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1])], INK)

    def png(self, height: int) -> bytes:
        """The picture; the same for the same calls."""
        picture = Image.new("RGB", (WIDTH, height), BACK)
        pen = ImageDraw.Draw(picture)
        for shape in self._shapes:
            _draw(picture, pen, shape)
        for text in self.texts:
            pen.text((text.x, text.y), text.text, text.fill, face(text.style), anchor=f"{text.anchor}s")
        file = BytesIO()
        picture.save(file, "PNG", compress_level=6)
        return file.getvalue()


def _draw(picture: Image.Image, pen: ImageDraw.ImageDraw, shape: _Shape) -> None:
    """What is level or upright is drawn on whole pixels, everything else with smooth edges."""
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    half = shape.thick / 2
    match shape.kind:
        case "box":
            _fill(pen, (xs[0], ys[0], xs[1], ys[1]), shape.fill)
        case "outline":
            left, top, right, bottom = map(round, (xs[0], ys[0], xs[1], ys[1]))
            pen.rectangle((left, top, right - 1, bottom - 1), outline=shape.fill, width=round(shape.thick))
        case "line" if min(xs) == max(xs):
            _fill(pen, (xs[0] - half, min(ys), xs[0] + half, max(ys)), shape.fill)
        case "line" if min(ys) == max(ys):
            _fill(pen, (min(xs), ys[0] - half, max(xs), ys[0] + half), shape.fill)
        case "hatch":
            _hatch(picture, pen, shape)
        case _:
            _smooth(picture, shape)


def _fill(pen: ImageDraw.ImageDraw, box: Box, fill: str) -> None:
    left, top = round(box[0]), round(box[1])
    pen.rectangle((left, top, max(left, round(box[2]) - 1), max(top, round(box[3]) - 1)), fill)


def _smooth(picture: Image.Image, shape: _Shape) -> None:
    """Draw a shape several times larger and reduce it."""
    reach = math.ceil(shape.thick) + 1
    left = math.floor(min(x for x, _ in shape.points)) - reach
    top = math.floor(min(y for _, y in shape.points)) - reach
    right = math.ceil(max(x for x, _ in shape.points)) + reach
    bottom = math.ceil(max(y for _, y in shape.points)) + reach
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE))
    pen = ImageDraw.Draw(mask)
    points = [(round((x - left) * _FINE), round((y - top) * _FINE)) for x, y in shape.points]
    thick = round(shape.thick * _FINE)
    if shape.kind == "line":
        pen.line(points, 255, thick, "curve")
    elif shape.kind == "dot":
        pen.circle(points[0], thick, 255)
    else:
        pen.polygon(points, 255)
    small = mask.reduce(_FINE)
    picture.paste(shape.fill, (left, top, right, bottom), small)


def _hatch(picture: Image.Image, pen: ImageDraw.ImageDraw, shape: _Shape) -> None:
    (left, top), (right, bottom) = ((round(x), round(y)) for x, y in shape.points)
    size = (max(1, right - left), max(1, bottom - top))
    wide, tall = (end * _FINE for end in size)
    mask = Image.new("L", (wide, tall))
    stripes = ImageDraw.Draw(mask)
    edge = round(shape.thick * _FINE)
    for at in range(-tall, wide, edge * 4):
        stripes.line(((at, tall), (at + tall, 0)), 255, round(edge * 1.5))
    box = (left, top, left + size[0], top + size[1])
    picture.paste(shape.back, box)
    picture.paste(shape.fill, box, mask.reduce(_FINE))
    pen.rectangle((left, top, box[2] - 1, box[3] - 1), outline=shape.fill, width=min(round(shape.thick), *size))
