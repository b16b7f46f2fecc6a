"""What a picture shows, fully worded and before anything is drawn: a value that can be compared and hashed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

STYLE = 1
"""To be raised with every change of looks: pictures that were sent before are then not used again."""


class Tone(StrEnum):
    """What part a bar plays."""

    PLAIN = "plain"
    MAIN = "main"
    """What the title speaks of."""
    OTHER = "other"
    """What somebody else says of the same."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its bounds; without a value it is a gap."""

    name: str
    """In full, for the caption and for horizontal bars."""
    value: float | None
    text: str
    """The value as it is printed beside the bar."""
    low: float | None = None
    """The bounds, both or none: where they are worth a whisker."""
    high: float | None = None
    more: bool = False
    """True if the truth can be anything above: the source said "more than"."""
    less: bool = False
    tone: Tone = Tone.PLAIN
    provisional: bool = False
    tick: str = ""
    """Under a vertical bar: the month, the quarter, the year."""
    group: str = ""
    """What several ticks share, a line lower: the year."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Values over time. `ticks` are the gridlines with their words; they span all the values."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    joined: bool = False
    """A line instead of bars, broken at every gap."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Values side by side as horizontal bars."""

    bars: tuple[Bar, ...]
    head: str = ""
    """A line above, where the picture holds more than these."""
    skips: tuple[int, ...] = ()
    """Before which bars some are left out."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a whole, in percent."""

    percent: float
    part: tuple[str, ...]
    """Lines that tell what the part is; the first is the strongest."""
    whole: tuple[str, ...]


Block: TypeAlias = "Columns | Rows | Strip"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the shape of an answer gives for a sketch; the rest is the same for all."""

    axis: str
    """What is measured, and in which unit."""
    blocks: tuple[Block, ...]
    lists: tuple[tuple[str, tuple[Bar, ...]], ...]
    """The numbers for the caption, each list with its unit."""
    title: str = ""
    """Where the first sentence of the answer does not give it."""


class Mark(StrEnum):
    """The sample that stands before a note."""

    NONE = ""
    HATCH = "hatch"
    OUTLINE = "outline"
    WHISKER = "whisker"
    ARROW = "arrow"
    RING = "ring"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Note:
    """A line below that explains a mark."""

    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture before it is drawn."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    source: str
    caption: str = field(compare=False)
    """What is sent beside the picture; it is not in it."""

    @property
    def key(self) -> str:
        """A stable hash of everything that the picture shows."""
        shown = (STYLE, self.title, self.subtitle, self.blocks, self.notes, self.source)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
