"""A text taken apart: tokens put right, periods, known phrases, numbers and amounts. No meaning is chosen yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.dates import Found, find_periods
from knowledge.facts import TOTAL
from knowledge.grammar import Grammar
from knowledge.lexicon import Lexicon
from knowledge.numerals import Numerals
from knowledge.pieces import Meaning, Piece
from knowledge.text import Token, tokens

LIMIT = 1_000
"""Characters of a text that are read; nobody asks in more, and noise must stay cheap."""
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that the text names: `unit` is a currency or percent; empty for a bare count."""

    piece: Piece
    value: float
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Parse:
    """What a text is made of. Each is itself alone: what is remembered of one need not look into all its parts."""

    text: str
    language: str
    tokens: tuple[Token, ...]
    periods: tuple[Found, ...]
    pieces: tuple[Piece, ...]
    """All else, in order; amounts are pieces of kind `number` or `amount`."""
    amounts: tuple[Amount, ...]
    doubtful: tuple[tuple[Piece, tuple[str, ...]], ...]
    """Unknown words that are near several known ones, with these."""

    def joined(self, first: Piece, second: Piece, lexicon: Lexicon) -> bool:
        """True if two pieces are parts of a list or are set against each other: a comma, "and", "than" between them."""
        between = self.text[self.tokens[first.last].end : self.tokens[second.first].start]
        words = {token.fold for token in self.tokens[first.last + 1 : second.first]}
        return bool(words & lexicon.roles.get("joining", frozenset()) or set(between) & set(",;:/&+?!.-–"))

    def follows(self, piece: Piece, words: frozenset[str]) -> bool:
        """True if one of some words stands right before a piece, an article between them or not."""
        return any(at >= 0 and self.tokens[at].fold in words for at in (piece.first - 1, piece.first - 2))

    @property
    def unknown(self) -> tuple[Piece, ...]:
        """Words that are nothing at all."""
        return tuple(piece for piece in self.pieces if not piece.meanings)


def parse(text: str, grammar: Grammar, today: date) -> Parse:
    """Take a text apart by one language's words."""
    text = text[:LIMIT]
    raw = tokens(text)
    put_right: list[Token] = []
    near: dict[int, str] = {}
    several: dict[int, tuple[str, ...]] = {}
    for index, token in enumerate(raw):
        if spelt := grammar.respelt(token.fold):
            put_right.append(replace(token, fold=spelt))
            continue
        if grammar.knows(token.fold):
            put_right.append(token)
            continue
        found = grammar.near(token.fold)
        if len(found) == 1 or len({grammar.lexicon.look_up([word])[0] for word in found}) == 1:
            near[index] = found[0]
            put_right.append(replace(token, fold=found[0]))
        else:
            if found:
                several[index] = found
            put_right.append(token)
    periods = tuple(
        found
        for found in find_periods(put_right, grammar.dates, today, text)
        if not _designates(put_right, found, grammar.lexicon)
    )
    taken = [False] * len(put_right)
    for found_period in periods:
        for index in range(found_period.first, found_period.last + 1):
            taken[index] = True
    pieces = grammar.lexicon.pieces(put_right, taken)
    pieces = _divided(text, put_right, pieces)
    pieces, amounts = _amounts(put_right, _designations(text, put_right, pieces), grammar.lexicon.numerals)
    pieces = [
        replace(piece, near=" ".join(near[at] for at in range(piece.first, piece.last + 1) if at in near))
        if any(at in near for at in range(piece.first, piece.last + 1))
        else piece
        for piece in pieces
    ]
    doubtful = tuple((piece, several[piece.first]) for piece in pieces if not piece.meanings and piece.first in several)
    return Parse(text, grammar.lexicon.language, tuple(put_right), periods, tuple(pieces), amounts, doubtful)


def _divided(raw: str, text: Sequence[Token], pieces: list[Piece]) -> list[Piece]:
    """A stroke before or behind the whole of all goods divides by it: "automotive / total exports"."""
    out: list[Piece] = []
    for piece in pieces:
        before = out[-1] if out else piece
        stroke = raw[text[before.last].end : text[piece.first].start].strip() == "/"
        named = {*before.ids("product"), *piece.ids("product")}
        if stroke and TOTAL in named and len(named) > 1:
            piece = replace(piece, meanings=(*piece.meanings, Meaning("cue", "divided")))  # noqa: PLW2901 - marked
        out.append(piece)
    return out


def _designates(text: Sequence[Token], found: Found, lexicon: Lexicon) -> bool:
    """True if what looks like a year or a day is part of a model's name: "Mirage 2000", "APR-1"."""
    spans = [(found.first, found.last)]
    if found.first == found.last:
        spans = [(at, at + 1) for at in (found.first - 1, found.first) if 0 <= at < len(text) - 1]
    phrases = [[token.fold for token in text[first : last + 1]] for first, last in spans]
    return any(meaning.kind == "system" for phrase in phrases for meaning in lexicon.look_up(phrase)[0])


def _amounts(text: Sequence[Token], pieces: list[Piece], numerals: Numerals) -> tuple[list[Piece], tuple[Amount, ...]]:
    """Join numbers with the signs, scales and units around them ("$ 59.1 million", "16", "30 percent")."""
    out: list[Piece] = []
    amounts: list[Amount] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        unit = _SIGNS.get(text[piece.first].fold, "") if piece.first == piece.last else ""
        start = at
        if unit and at + 1 < len(pieces) and numerals.value(text[pieces[at + 1].first].fold) is not None:
            at += 1
        single = pieces[at].first == pieces[at].last and not pieces[at].ids("place")
        value = numerals.value(text[pieces[at].first].fold) if single else None
        if value is None:
            out.append(piece)
            at = start + 1
            continue
        if not unit and at + 2 < len(pieces) and (ahead := _unit_ahead(text, pieces, at, numerals)):
            # "16.8 or 14.8 percent": the unit is said once.
            joined = Piece(piece.first, piece.last, (Meaning("amount", f"{value:g}"),), piece.words)
            out.append(joined)
            amounts.append(Amount(joined, value * ahead[0], ahead[1]))
            at += 1
            continue
        if out and start == at and "percent" in out[-1].ids("cue") and out[-1].last + 1 == piece.first:
            # "%59,1": some languages say what it is first.
            unit = "percent"
        end = at
        while end + 1 < len(pieces) and pieces[end + 1].first == pieces[end].last + 1:
            following = pieces[end + 1]
            known = following.ids("unit")
            scale = next((_SCALES[name] for name in known if name in _SCALES), None)
            money = next((name for name in known if name not in _SCALES), None)
            if scale:
                value *= scale
                unit = unit or "USD"
            elif money:
                unit = money
            elif "percent" in following.ids("cue"):
                unit = "percent"
            else:
                break
            end += 1
        words = " ".join(token.text for token in text[pieces[start].first : pieces[end].last + 1])
        joined = Piece(
            pieces[start].first, pieces[end].last, (Meaning("amount" if unit else "number", f"{value:g}"),), words
        )
        out.append(joined)
        amounts.append(Amount(joined, value, unit))
        at = end + 1
    return out, tuple(amounts)


def _unit_ahead(
    text: Sequence[Token], pieces: Sequence[Piece], at: int, numerals: Numerals
) -> tuple[float, str] | None:
    """Scale and unit of the number behind a small word ("or", "to"); None if there is no such number."""
    between, other = pieces[at + 1], pieces[at + 2]
    plain = any(meaning.kind == "filler" for meaning in between.meanings)
    if not plain and "versus" not in between.ids("cue"):
        return None
    if other.first != other.last or numerals.value(text[other.first].fold) is None:
        return None
    scale, unit = 1.0, ""
    for following in pieces[at + 3 : at + 5]:
        for name in following.ids("unit"):
            scale, unit = (_SCALES[name], unit or "USD") if name in _SCALES else (scale, name)
        if "percent" in following.ids("cue"):
            unit = "percent"
        if not following.ids("unit") and not unit:
            break
    return (scale, unit) if unit else None


def _designations(raw: str, text: Sequence[Token], pieces: list[Piece]) -> list[Piece]:
    """Join what a hyphen ties to a designation without making a known one: "Anka-7" is another thing than Anka."""
    out: list[Piece] = []
    for piece in pieces:
        tied = out and out[-1].last + 1 == piece.first and raw[text[out[-1].last].end : text[piece.first].start] == "-"
        stray = not piece.meanings or bool(piece.ids("number"))
        if tied and stray and out[-1].ids("system"):
            out[-1] = replace(out[-1], last=piece.last, meanings=(), words=f"{out[-1].words}-{piece.words}")
        else:
            out.append(piece)
    return out
