"""The words that go with a picture: its finding, its numbers and its source again, for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.charts.sketch import Columns, Note, Plan
from knowledge.charts.told import worded
from knowledge.wording import Wording

LONGEST = 1024
"""UTF-16 units: as much as Telegram takes beside a picture."""
_TITLE = 320
_NOTES, _LINES = 110, 3


def caption(sketched: Plan, title: str, notes: Sequence[Note], source: str, wording: Wording) -> str:
    """Title, numbers, notes and source, a line each; as many numbers as there is room for."""
    tail = [clipped(note.text, _NOTES) for note in notes[:_LINES]] + ([clipped(source, _TITLE)] if source else [])
    out = [clipped(title, _TITLE)]
    left = LONGEST - length("\n".join([*out, *tail])) - 1
    over_time = any(isinstance(block, Columns) for block in sketched.blocks)
    for unit, bars in sketched.lists:
        items = [worded(wording, "chart.caption.item", name=bar.name, value=bar.text) for bar in bars]
        line = _numbers(unit, items, left, wording, over_time=over_time)
        if line:
            out.append(line)
            left -= length(line) + 1
    return "\n".join([*out, *tail])


def length(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def clipped(text: str, most: int) -> str:
    """The text, or as many of its words as fit."""
    while length(text) > most:
        text = text.rstrip("…").rpartition(" ")[0] or text[: most // 2]
        text = f"{text}…"
    return text


def _numbers(unit: str, items: Sequence[str], room: int, wording: Wording, *, over_time: bool) -> str:
    """Numbers in a line. Where not all fit, the newest are kept of a series, and the first of everything else."""
    for count in range(len(items), 0, -1):
        shown = list(items[-count:] if over_time else items[:count])
        if count < len(items):
            shown.append(worded(wording, "chart.caption.more", n=len(items) - count))
        text = " · ".join(shown)
        line = worded(wording, "chart.caption.list", unit=unit, items=text) if unit else text
        if length(line) <= room:
            return line
    return ""
