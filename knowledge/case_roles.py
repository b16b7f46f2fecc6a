"""Which side of the trade a country is on, in a language whose cases tell: «продала Україні», «експорт України».

The words that matter are the [roles] of the language's file. A preposition may be bound to a case ("в acc"): «в
Україну» is where something goes, «в Україні» is only a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.declension import NOMINATIVE
from knowledge.lexicon import Lexicon
from knowledge.pieces import Piece
from knowledge.text import Token

_OUT = frozenset(("export", "sell", "delivery", "donation"))
"""Verbs of which the seller is the subject."""
_IN = frozenset(("buy", "import", "order"))
_OWNED = frozenset(("export", "sell"))
_BY_BUYER = frozenset((
    "buy", "import", "order", "contract", "delivery", "donation", "share", "money", "cancellation", "buyers",
))  # fmt: skip
"""Nouns of which the owner is the buyer («замовлення Польщі»)."""
_DEALS = frozenset(("contract", "agree", "coproduction", "versus", "status"))
_FARTHEST = 2
"""Words that may stand between two names of one list."""


def by_case(text: Sequence[Token], pieces: Sequence[Piece], lexicon: Lexicon, home: str) -> Mapping[int, str]:
    """`origin` or `destination` for the countries whose case tells, by the id of the piece."""
    found = [_Country(piece, lexicon.cases(_fold(text, piece))) for piece in pieces if piece.ids("country")]
    if not any(country.cases for country in found):
        return {}
    scene = _Scene(text, pieces, lexicon, home, tuple(found))
    out: dict[int, str] = {}
    before: _Country | None = None
    for country in found:
        if before and scene.listed(before, country):
            role = out.get(id(before.piece), "")
        else:
            role = scene.role(country) if country.cases else ""
        if role:
            out[id(country.piece)] = role
        before = country
    return out


def _fold(text: Sequence[Token], piece: Piece) -> str:
    return " ".join(token.fold for token in text[piece.first : piece.last + 1])


@dataclass(frozen=True, slots=True)
class _Country:
    piece: Piece
    cases: frozenset[str]
    """None for an adjective ("турецький")."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """A text with its countries."""

    text: Sequence[Token]
    pieces: Sequence[Piece]
    lexicon: Lexicon
    home: str
    countries: tuple[_Country, ...]

    def role(self, country: _Country) -> str:
        at = country.piece.first - 1
        while at >= 0 and self.text[at].fold in self._words("skipped"):
            at -= 1
        word = self.text[at].fold if at >= 0 else ""
        if word in self._words("aside"):
            return ""
        if self._governs("with", word, country) and (
            not self._governs("origin", word, country) or self._cues_at(at - 1) & _DEALS
        ):
            return "destination"
        if self._governs("place", word, country):
            # "У США" can be of whom something is bought, and to whom it is sold: the cases of some names tell nothing.
            return self._at(country)
        for role in ("origin", "destination"):
            if self._governs(role, word, country):
                return role
        return self._bare(country)

    def listed(self, before: _Country, country: _Country) -> bool:
        """True for two names of one list: what is true of the first is true of the second."""
        between = [token.fold for token in self.text[before.piece.last + 1 : country.piece.first]]
        if between:
            return len(between) <= _FARTHEST and all(word in self._words("listing") for word in between)
        return bool(before.cases & country.cases) and before.piece.last + 1 == country.piece.first

    def _words(self, role: str) -> frozenset[str]:
        return self.lexicon.roles.get(role, frozenset())

    def _governs(self, role: str, word: str, country: _Country) -> bool:
        words = self._words(role)
        return word in words or any(f"{word} {case}" in words for case in country.cases)

    def _at(self, country: _Country) -> str:
        """A place: of what is bought there the seller, else the buyer; of the home country the other way round."""
        buying = any(_IN - {"import"} & set(piece.ids("cue")) for piece in self.pieces)
        if self.home in country.piece.ids("country"):
            return "destination" if any("import" in piece.ids("cue") for piece in self.pieces) else "origin"
        subject = self._subject()
        return "origin" if buying and subject and subject is not country else "destination"

    def _bare(self, country: _Country) -> str:
        """A name without a preposition, by its case alone."""
        cases = country.cases
        if NOMINATIVE in cases:
            if self._subject() is country:
                return self._acting()
            return self._owner(country) if len(cases) > 2 and not self._home_named(country) else ""
        if "gen" in cases:
            return self._owner(country)
        if "ins" in cases:
            buying = any(_IN & set(piece.ids("cue")) for piece in self.pieces)
            selling = any(_OUT & set(piece.ids("cue")) for piece in self.pieces)
            return "destination" if buying else "origin" if selling else ""
        return "destination"

    def _owner(self, country: _Country) -> str:
        """Whose something is, by what it is: the exports are the seller's, the orders the buyer's."""
        for piece in reversed([piece for piece in self.pieces if piece.last < country.piece.first]):
            cues = set(piece.ids("cue"))
            if cues & _OWNED:
                # «продажі Азербайджану» can be to it or by it: the former is meant more often.
                given = "dat" in country.cases and ("export" not in cues or self._home_named(country))
                return "destination" if given else "origin"
            if cues & _BY_BUYER:
                owned = self.home in country.piece.ids("country") and not cues & _IN
                return "" if owned else "destination"
        return ""

    def _home_named(self, country: _Country) -> bool:
        return any(self.home in other.piece.ids("country") for other in self.countries if other is not country)

    def _subject(self) -> _Country | None:
        """Who does what the verb says: the name in the nominative, the plainest one of several."""
        standing = [
            country
            for country in self.countries
            if NOMINATIVE in country.cases and not self._prepositional(country) and self._acting()
        ]
        return min(standing, key=lambda country: len(country.cases), default=None)

    def _prepositional(self, country: _Country) -> bool:
        word = self.text[country.piece.first - 1].fold if country.piece.first else ""
        roles = ("with", "origin", "place", "destination")
        return word in self._words("aside") or any(self._governs(role, word, country) for role in roles)

    def _acting(self) -> str:
        """The side of the one who acts, by the first verb in the text."""
        stems = tuple(self._words("acts"))
        for piece in self.pieces:
            cues = set(piece.ids("cue"))
            if any(token.fold.startswith(stems) for token in self.text[piece.first : piece.last + 1]):
                if cues & _IN:
                    return "destination"
                if cues & _OUT:
                    return "origin"
        return ""

    def _cues_at(self, at: int) -> set[str]:
        return {cue for piece in self.pieces if piece.first <= at <= piece.last for cue in piece.ids("cue")}
