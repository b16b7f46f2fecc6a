"""Words that leave something out, or hold a text to what it names: "except automotive", "only defence".

Where the names that are left out stand right beside such a word, they can be taken off a whole or passed over in an
order; any other use of these words stays what nothing here can answer. The words are [roles] of the language's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.parse import Parse
from knowledge.pieces import Meaning, Piece
from knowledge.question import Kind

WHOLES = frozenset((Kind.LEVEL, Kind.SUM, Kind.CHANGE, Kind.RANK))
"""Kinds of question that something can be left out of."""
_NAMED = ("product", "country", "company")
_INTENDED = frozenset(("planned", "alleged"))
"""What a deal can be said to be no more than ("only planned")."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the words of leaving out say, as indices of pieces."""

    names: frozenset[int] = frozenset()
    """Names that are left out."""
    words: frozenset[int] = frozenset()
    """The words that say so, and small words among the names."""


_NOTHING = Bounds()
_SMALL = (Meaning("filler", ""),)


def bounds(parsed: Parse, lexicon: Lexicon, kind: Kind, figures: frozenset[Kind]) -> Bounds:
    """What a text leaves out or holds itself to, read as one kind of question; `figures` are the kinds of figures."""
    at = [index for index, piece in enumerate(parsed.pieces) if piece.ids("outside")]
    if not at:
        return _NOTHING
    before, behind, narrow = (lexicon.roles.get(role, frozenset()) for role in ("leaving_out", "left_behind", "only"))
    names: set[int] = set()
    words: set[int] = set()
    for index in at:
        said = _said(parsed, index)
        if kind in WHOLES and said in before and (found := _names(parsed, index, lexicon)):
            names.update(found)
            words.update(range(index, max(found) + 1))
        elif kind in WHOLES and said in behind and index and _is_named(parsed.pieces[index - 1]):
            names.add(index - 1)
            words.update((index - 1, index))
        elif said in narrow and _narrows(parsed, index, lexicon, kind, figures):
            words.add(index)
    return Bounds(frozenset(names), frozenset(words - names))


def _said(parsed: Parse, index: int) -> str:
    piece = parsed.pieces[index]
    return " ".join(token.fold for token in parsed.tokens[piece.first : piece.last + 1])


def _is_named(piece: Piece) -> bool:
    return any(meaning.kind in _NAMED for meaning in piece.meanings)


def _names(parsed: Parse, index: int, lexicon: Lexicon) -> list[int]:
    """The names right behind a word: one, or a list that ends as lists do ("steel, carpets and leather")."""
    between = lexicon.roles.get("destination", frozenset()) | lexicon.roles.get("skipped", frozenset())
    listing = lexicon.roles.get("listing", frozenset())
    found: list[int] = []
    closed, at = False, index
    for step in range(index + 1, len(parsed.pieces)):
        piece = parsed.pieces[step]
        gap = parsed.tokens[parsed.pieces[at].last + 1 : piece.first]
        if gap or not (_is_named(piece) or _said(parsed, step) in between | listing):
            break
        if found and step == found[-1] + 1 and _is_named(piece) and not _comma(parsed, found[-1], step):
            break
        if closed and found and _is_named(piece):
            found.append(step)
            break
        if _is_named(piece):
            found.append(step)
        elif found and _said(parsed, step) in listing:
            closed = True
        elif found:
            break
        at = step
    return found if closed else found[:1]


def _comma(parsed: Parse, first: int, second: int) -> bool:
    start = parsed.tokens[parsed.pieces[first].last].end
    return "," in parsed.text[start : parsed.tokens[parsed.pieces[second].first].start]


def _narrows(parsed: Parse, index: int, lexicon: Lexicon, kind: Kind, figures: frozenset[Kind]) -> bool:
    """True where "only" says no more than the name, the time or the hedge right beside it."""
    piece = parsed.pieces[index]
    skipped = lexicon.roles.get("skipped", frozenset())
    if piece.first and parsed.tokens[piece.first - 1].fold in skipped:
        # "The only buyer" is another question.
        return False
    first, last = piece.first - 1, piece.last + 1
    small = {other.first for other in parsed.pieces if other.first == other.last and other.meanings == _SMALL}
    ends = (last, last + 1) if last in small else (last,)
    beside: Sequence[Piece] = [other for other in parsed.pieces if other.first in ends or other.last == first]
    if kind is Kind.PROCUREMENT:
        return any(_INTENDED & set(other.ids("cue")) for other in beside)
    dated = any(found.first in ends or found.last == first for found in parsed.periods)
    return kind in figures - {Kind.RANK} and (dated or any(map(_is_named, beside)))
