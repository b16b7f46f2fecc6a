"""Citations of an answer's sources, as APA 7 writes them, with the day of retrieval: the figures are revised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from handlers.markup import Block, Run, one_line, paragraph
from handlers.phrases import Phrases

if TYPE_CHECKING:
    from knowledge.facts import Source

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATA = ("official_statistics", "database")
_COPIED = 256
"""Characters that a button can copy."""
_MOST = 10


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: the sources of an answer, and the answer."""

    sources: Sequence[Source]
    question: str
    today: date
    link: str
    """Leads to the answer's receipt."""


def page(cited: Cited, words: Phrases) -> tuple[list[Block], InlineKeyboardMarkup]:
    """The citations in full, each to be copied by a tap, and a short one on a button."""
    full = [apa(source, cited.today) for source in cited.sources[:_MOST]]
    full.append(own(cited))
    blocks = [paragraph(words("cite_title")), *(Block((Run(text),), table=True) for text in full)]
    if len(cited.sources) > _MOST:
        blocks.append(paragraph(words("sources_more", count=len(cited.sources) - _MOST)))
    button = InlineKeyboardButton(words("button_copy"), copy_text=CopyTextButton(short(cited)))
    return blocks, InlineKeyboardMarkup([[button]])


def apa(source: Source, today: date) -> str:
    """One source in full."""
    kind = " [Data set]" if source.kind in _DATA else ""
    title = one_line(source.title).rstrip(".")
    text = f"{one_line(source.publisher).rstrip('.')}. ({_dated(source.published)}). {title}{kind}."
    return f"{text} Retrieved {_day(today)}, from {source.url}" if source.url else text


def own(cited: Cited) -> str:
    """The answer itself."""
    asked = one_line(cited.question).rstrip(".")
    year, month, day = cited.today.year, _MONTHS[cited.today.month - 1], cited.today.day
    return f"Waybill. ({year}, {month} {day}). {asked} [Answer of a Telegram bot]. {cited.link}"


def short(cited: Cited) -> str:
    """The first source and the answer in at most 256 characters."""
    first = cited.sources[0]
    head, tail = f"{one_line(first.publisher)} ({first.published[:4] or 'n.d.'}). ", f". {cited.link}"
    head = _cut(head, _COPIED - len(tail))
    return head + _cut(one_line(first.title).rstrip("."), _COPIED - len(head) - len(tail)) + tail


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(room - 1, 0)].rstrip()}…"[:room]


def _dated(published: str) -> str:
    """A date as APA has it: "2022, April 5"; as precise as it is known."""
    if not published:
        return "n.d."
    year, *rest = published.split("-")
    if not rest:
        return year
    return f"{year}, {_MONTHS[int(rest[0]) - 1]}{f' {int(rest[1])}' if len(rest) > 1 else ''}"


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
