"""Answer → picture, as a newspaper would print it. The library that draws is loaded with the first picture.

What is shown is settled first (`sketch`: it asks the store for names, and belongs into the thread that owns it),
then drawn (`paint`: any thread). A picture that was sent before is found again by its key, without drawing.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answer import Answer
from knowledge.charts.plan import sketch
from knowledge.charts.sketch import Sketch
from knowledge.wording import Wording

__all__ = ["Picture", "Sketch", "draw", "paint", "sketch"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn answer."""

    png: bytes
    width: int
    height: int
    caption: str
    """Finding, numbers and source as plain text, short enough to stand beside the picture in Telegram."""
    key: str
    """The same for the same picture, in this process or another."""


def draw(answer: Answer, wording: Wording) -> Picture | None:
    """The picture of an answer; None where a picture would say nothing."""
    found = sketch(answer, wording)
    return paint(found) if found else None


def paint(found: Sketch) -> Picture:
    """Draw what was settled; the same bytes every time."""
    from knowledge.charts.canvas import WIDTH  # noqa: PLC0415 - who asks for no picture loads no library
    from knowledge.charts.paint import paint as painted  # noqa: PLC0415

    png, height = painted(found)
    return Picture(png, WIDTH, height, found.caption, found.key)
