"""Plain answers → Telegram's HTML, in parts that Telegram takes.

A page is blocks of runs: a run is text in one style. Only `_tags` writes HTML, and it escapes what it is given, so
nothing that a fact or a user says can become a tag. Pages are cut between blocks where that is possible, else between
sentences, lines, words, and only then inside a word; always between runs, so no tag is ever cut.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from knowledge.phrases import BOLD, PLAIN
from knowledge.wording import Worded, aligned

MOST_VISIBLE = 4096
"""UTF-16 units of text that one message may show; never laxer than Telegram's own count."""
MOST_RAW = 30_000
"""Bytes of markup that one message may have (Telegram's limit is 32,768)."""
MOST_ENTITIES = 100
"""Styled runs in one message; Telegram drops what comes behind."""
_LONGEST_LINK = 2048
_GAP = "\n\n"
_BREAKS = (re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\n+"), re.compile(r"\s+"))
"""Where a text may be cut, best first: behind a sentence, at a line's end, between words."""
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Controls that Telegram refuses or drops, marks that turn the reading direction around, halves of characters."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """Address that the text leads to; anything but http and https is left out."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table in letters of one width."""

    runs: tuple[Run, ...]
    table: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one message shows."""

    html: str
    plain: str
    """The same without any markup."""


@lru_cache(maxsize=512)
def page(worded: Worded) -> tuple[Block, ...]:
    """An answer as blocks, in reading order."""
    blocks = [*(Block(_runs(text, italic=True)) for text in worded.taken_over), paragraph(worded.lead)]
    blocks += map(paragraph, worded.details)
    if worded.table:
        blocks.append(table(worded.table))
    blocks += map(paragraph, worded.caveats)
    if worded.sources:
        lines = [(Run(f"[{line.number}] "), Run(line.text, link=line.url)) for line in worded.sources]
        listed = chain.from_iterable((Run(" · "), *line) if place else line for place, line in enumerate(lines))
        more = (Run(f" · {worded.more}"),) if worded.more else ()
        blocks.append(Block((Run(f"{worded.sources_label}: "), *listed, *more)))
    return tuple(blocks)


def paragraph(text: str) -> Block:
    """A paragraph of wording, with its marks for bold."""
    return Block(_runs(text))


def table(rows: Iterable[tuple[str, ...]]) -> Block:
    """A table whose first row is its head, in columns."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    return Block((Run(aligned(cells)),), table=True)


def render(blocks: Iterable[Block]) -> tuple[Part, ...]:
    """The blocks as messages that Telegram takes, none empty; as few as their limits allow without cutting blocks."""
    parts: list[list[_Piece]] = []
    used = _Size()
    for piece in chain.from_iterable(map(_pieces, blocks)):
        if parts and (used + _GAP_SIZE + piece.size).fits():
            parts[-1].append(piece)
            used = used + _GAP_SIZE + piece.size
        else:
            parts.append([piece])
            used = piece.size
    return tuple(
        Part(_GAP.join(piece.html for piece in part), _GAP.join(piece.plain for piece in part)) for part in parts
    )


def clean(text: str) -> str:
    """The text without what Telegram refuses or what could disturb the text around it."""
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    """The text as a cell of a table or a button's label: clean, in one line, without marks."""
    return " ".join(clean(text).translate(_NO_MARKS).split())


def _runs(text: str, *, italic: bool = False) -> tuple[Run, ...]:
    """The runs of a text with marks for bold; a mark without its counterpart does no harm."""
    runs, bold = [], False
    for piece in re.split(f"([{BOLD}{PLAIN}])", text):
        if piece in (BOLD, PLAIN):
            bold = piece == BOLD
        elif piece:
            runs.append(Run(piece, bold=bold, italic=italic))
    return tuple(runs)


_NO_MARKS = str.maketrans("", "", BOLD + PLAIN)


@dataclass(frozen=True, slots=True)
class _Size:
    """What a piece uses up of each limit."""

    visible: int = 0
    raw: int = 0
    entities: int = 0

    def __add__(self, other: _Size) -> _Size:
        return _Size(self.visible + other.visible, self.raw + other.raw, self.entities + other.entities)

    def fits(self) -> bool:
        return self.visible <= MOST_VISIBLE and self.raw <= MOST_RAW and self.entities <= MOST_ENTITIES


_GAP_SIZE = _Size(len(_GAP), len(_GAP))


def _size(block: Block) -> _Size:
    visible = sum(len(run.text.encode("utf-16-le")) // 2 for run in block.runs)
    entities = sum(run.bold + run.italic + bool(run.link) for run in block.runs) + block.table
    return _Size(visible, len(_html(block).encode()), entities)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or a part of one, that fits a message."""

    html: str
    plain: str
    size: _Size


@lru_cache(maxsize=2048)
def _pieces(block: Block) -> tuple[_Piece, ...]:
    """The block made ready; the same ones come again and again."""
    return tuple(_Piece(_html(part), _plain(part), _size(part)) for part in _fitting(block))


def _fitting(block: Block) -> Iterator[Block]:
    """The block without what Telegram refuses, cut into as few as fit a message each; nothing if it is blank."""
    runs = tuple(replace(run, text=clean(run.text), link=_address(run.link)) for run in block.runs)
    waiting = [replace(block, runs=tuple(run for run in runs if run.text))]
    while waiting:
        first = _trim(waiting.pop())
        if not any(run.text.strip() for run in first.runs):
            continue
        if _size(first).fits():
            yield first
        else:
            waiting.extend(reversed(_halves(first)))


def _trim(block: Block) -> Block:
    """Without blank space at the ends, which Telegram takes away itself; a table keeps its first line's indent."""
    runs = list(block.runs)
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    while runs and not runs[0].text.strip():
        runs.pop(0)
    if not runs:
        return replace(block, runs=())
    runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    first = runs[0].text
    runs[0] = replace(runs[0], text=first.lstrip("\r\n") if block.table else first.lstrip())
    return replace(block, runs=tuple(runs))


def _halves(block: Block) -> tuple[Block, Block]:
    """The longest head that fits and is at least half of what could fit, and the rest."""
    runs: list[Run] = []
    for place, run in enumerate(block.runs):
        if not _size(replace(block, runs=(*runs, run))).fits():
            cut = _cut(block, tuple(runs), run)
            head = (*runs, replace(run, text=run.text[:cut]))
            rest = (replace(run, text=run.text[cut:]), *block.runs[place + 1 :])
            return replace(block, runs=head), replace(block, runs=rest)
        runs.append(run)
    raise AssertionError("a block that fits is not cut")


def _cut(block: Block, before: tuple[Run, ...], run: Run) -> int:
    """Where to cut the run that no longer fits; 0: before it."""
    low, high = 0, len(run.text)
    while low < high:
        middle = (low + high + 1) // 2
        if _size(replace(block, runs=(*before, replace(run, text=run.text[:middle])))).fits():
            low = middle
        else:
            high = middle - 1
    for pattern in _BREAKS[1:] if block.table else _BREAKS:
        places = [found.start() for found in pattern.finditer(run.text, low // 2, low + 1) if 0 < found.start() <= low]
        if places:
            return places[-1]
    return 0 if before else low


def _address(link: str) -> str:
    """The address if it can be followed; the text stays where it cannot."""
    return link if len(link) <= _LONGEST_LINK and re.match(r"https?://[^\s/]", link) else ""


def _plain(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def _html(block: Block) -> str:
    inner = "".join(map(_tags, block.runs))
    return f"<pre>{inner}</pre>" if block.table else inner


def _tags(run: Run) -> str:
    """The only place where markup is made."""
    inner = html.escape(run.text, quote=False)
    for name, on in (("i", run.italic), ("b", run.bold)):
        if on:
            inner = f"<{name}>{inner}</{name}>"
    return f'<a href="{html.escape(run.link)}">{inner}</a>' if run.link else inner
