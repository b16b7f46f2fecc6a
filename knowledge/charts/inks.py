"""The colours of bars: told apart by lightness as well, so that they hold in print and for colour-blind readers."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.charts.sketch import Bar, Tone


class Ink(NamedTuple):
    """The colour of a bar, and what stands between its slanted lines where it is hatched."""

    fill: str
    light: str


ACCENT = "#0d5c80"
_UP = {
    Tone.PLAIN: Ink("#9db6c4", "#eef1f0"),
    Tone.MAIN: Ink(ACCENT, "#dfe9ec"),
    Tone.OTHER: Ink("#7f8b94", "#f3f1ea"),
}
_DOWN = {
    Tone.PLAIN: Ink("#d9a58a", "#f7ece3"),
    Tone.MAIN: Ink("#b04a26", "#f3dfd3"),
    Tone.OTHER: Ink("#b99f92", "#f6efe8"),
}


def ink(bar: Bar) -> Ink:
    """The colours of a bar, by what it stands for and by its sign."""
    return (_DOWN if bar.value is not None and bar.value < 0 else _UP)[bar.tone]
