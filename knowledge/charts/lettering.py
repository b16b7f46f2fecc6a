"""Type for pictures: the shipped faces, how wide a text runs, and where its lines break."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

from PIL import ImageFont

ELLIPSIS = "…"
_FILES = {False: "FiraSans-Regular.ttf", True: "FiraSans-SemiBold.ttf"}
_MISSING = "\uffff"
"""A character that no face has."""
_SWAP = str.maketrans({"\u202f": "\xa0", "\u2009": "\xa0", "\u2007": "\xa0", "\u2011": "-", "\t": " ", "\n": " "})
_GLUE = re.compile(r"(?<![\d.,])(?!\d{4} )([$€£₺]?\d[\d.,\xa0]*) (?=[^\W\d])| (?=\d{4}\b)")
"""A number and the word behind it stay on one line, and a year with the word before it."""
_here = threading.local()
"""Faces by thread: FreeType's are not to be shared."""


class Style(NamedTuple):
    """A size of type in pixels, and its weight."""

    size: int
    bold: bool = False

    @property
    def line(self) -> int:
        """From one baseline to the next."""
        return round(self.size * 1.24)

    @property
    def rise(self) -> int:
        """From the top of a line to its baseline."""
        return round(self.size * 0.96)


def face(style: Style) -> ImageFont.FreeTypeFont:
    """The face of a style, loaded once a thread."""
    known: dict[Style, ImageFont.FreeTypeFont] = _here.__dict__.setdefault("faces", {})
    if style not in known:
        known[style] = ImageFont.truetype(BytesIO(_content(_FILES[style.bold])), style.size)
    return known[style]


def width(text: str, style: Style) -> float:
    """How far a line of text runs."""
    return face(style).getlength(text)


def plain(text: str) -> str:
    """Text of facts as the faces can show it: one line, composed letters, no marks that steer the layout."""
    text = unicodedata.normalize("NFC", text).translate(_SWAP)
    return " ".join("".join(_shown(letter) for letter in text).split(" ")).strip(" ")


def wrapped(text: str, style: Style, room: float, most: int, *, even: bool = False) -> list[str]:
    """The text in at most `most` lines that fit into `room`; what does not fit ends in an ellipsis.

    `even` makes the lines of like width, as a headline wants them.
    """
    words = _words(plain(text), style, room)
    lines = _greedy(words, style, room)
    if even and 1 < len(lines) <= most:
        low, high = max(width(word, style) for word in words), room
        while high - low > style.size / 4:
            middle = (low + high) / 2
            if len(_greedy(words, style, middle)) == len(lines):
                high = middle
            else:
                low = middle
        lines = _greedy(words, style, high)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), style, room)]
    return [line.replace("\xa0", " ") for line in lines]


def _words(text: str, style: Style, room: float) -> list[str]:
    out: list[str] = []
    for word in _GLUE.sub(_glued, text).split(" "):
        rest = word
        while rest and width(rest, style) > room:
            cut = len(rest)
            while cut > 1 and width(rest[:cut], style) > room:
                cut -= max(1, cut // 8)
            out.append(rest[:cut])
            rest = rest[cut:]
        if rest:
            out.append(rest)
    return out


def _glued(found: re.Match[str]) -> str:
    return f"{found[1] or ''}\xa0"


def _greedy(words: list[str], style: Style, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", style) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(text: str, style: Style, room: float) -> str:
    words = text.split(" ")
    while len(words) > 1 and width(" ".join(words) + ELLIPSIS, style) > room:
        words.pop()
    text = " ".join(words)
    while text and width(text + ELLIPSIS, style) > room:
        text = text[:-1]
    return text + ELLIPSIS


@lru_cache(2)
def _content(name: str) -> bytes:
    return files("knowledge").joinpath("data", "fonts", name).read_bytes()


@lru_cache(4096)
def _shown(letter: str) -> str:
    if unicodedata.category(letter)[0] in "CM":
        return ""
    if letter in " \xa0" or _has(letter):
        return letter
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base != letter and _has(base) else "?"


def _has(letter: str) -> bool:
    style = Style(26)
    return bytes(face(style).getmask(letter)) != bytes(face(style).getmask(_MISSING))
