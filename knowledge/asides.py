"""Explanations in brackets right behind a name: "TEI (engine maker)" asks for nothing but TEI."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.draft import is_name
from knowledge.parse import Parse
from knowledge.pieces import Piece
from knowledge.text import Token

_ASIDE = re.compile(r"\(([^()]*)\)")


def without_asides(parsed: Parse, described: Callable[[str], frozenset[str]]) -> Parse:
    """The text without the brackets that only say what the name before them is.

    `described` gives the folded words that describe an entity. What else stands in brackets stays: it may narrow
    what is asked.
    """
    if "(" not in parsed.text:
        return parsed
    dropped: list[Piece] = []
    for found in _ASIDE.finditer(parsed.text):
        inside = [piece for piece in parsed.pieces if _within(parsed, piece, found)]
        named = [piece for piece in parsed.pieces if parsed.tokens[piece.last].end <= found.start()][-1:]
        if not inside or not named or not is_name(named[0]) or _dated(parsed, found):
            continue
        makes = any("who_made" in piece.ids("cue") for piece in inside)
        plain = [piece for piece in inside if not _small(piece) and not (makes and _trade(piece))]
        words = {token.fold for piece in plain for token in _tokens(parsed, piece)}
        if any(words <= described(meaning.id) for meaning in named[0].meanings):
            dropped += inside
    return (
        replace(parsed, pieces=tuple(piece for piece in parsed.pieces if piece not in dropped)) if dropped else parsed
    )


def _within(parsed: Parse, piece: Piece, found: re.Match[str]) -> bool:
    return found.start() < parsed.tokens[piece.first].start and parsed.tokens[piece.last].end < found.end()


def _dated(parsed: Parse, found: re.Match[str]) -> bool:
    return any(found.start() <= parsed.tokens[period.first].start < found.end() for period in parsed.periods)


def _small(piece: Piece) -> bool:
    return bool(piece.meanings) and all(meaning.kind == "filler" for meaning in piece.meanings)


def _trade(piece: Piece) -> bool:
    """True for what a maker makes: "the drone maker"."""
    return "who_made" in piece.ids("cue") or bool(piece.ids("class"))


def _tokens(parsed: Parse, piece: Piece) -> tuple[Token, ...]:
    return parsed.tokens[piece.first : piece.last + 1]
