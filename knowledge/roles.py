"""Who sells and who buys: the side of the trade that each country of a text is on.

Evidence, strongest first: the case of the name (`knowledge.case_roles`), the word right before it or the ending on
it ("to Ukraine", "from Turkey", "Ukrayna'ya"), the other country's side, and where the name stands towards a verb of
selling or of buying.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.case_roles import by_case
from knowledge.lexicon import Lexicon
from knowledge.pieces import Piece
from knowledge.text import Token

_OUT, _IN = ("export", "sell"), ("buy", "import", "order")
_PARTS = ("versus", "share", "together", "more", "most", "top")
_DEALS = ("contract", "delivery", "donation", "money", "cancellation")
_COMPARING = ("more", "times", "how_much_more")
_HANDED = ("delivery", "donation", *_OUT)
"""What is done to a receiver who is marked as one ("to Canada")."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The countries of a text by side; `neither` where nothing tells."""

    exporters: tuple[Piece, ...] = ()
    importers: tuple[Piece, ...] = ()


def sides(text: Sequence[Token], pieces: Sequence[Piece], lexicon: Lexicon, home: str) -> Sides:
    """Put every country on its side. `home` is the exporter that the store speaks of."""
    countries = [piece for piece in pieces if piece.ids("country")]
    cased = by_case(text, pieces, lexicon, home)
    marked = {id(piece): cased.get(id(piece)) or _marked(text, piece, lexicon, pieces) for piece in countries}
    marked |= _listed(text, countries, marked, lexicon)
    for piece in countries:
        if home not in piece.ids("country") and _compared(piece, pieces):
            marked[id(piece)] = ""
    homes = [piece for piece in countries if home in piece.ids("country")]
    others = [piece for piece in countries if home not in piece.ids("country")]
    exporters = [piece for piece in countries if marked[id(piece)] == "origin"]
    importers = [piece for piece in countries if marked[id(piece)] == "destination"]
    settled = {id(piece) for piece in (*exporters, *importers)}
    for piece in homes:
        if id(piece) in settled:
            continue
        seller_named = any(home not in other.ids("country") for other in exporters)
        seller_named = seller_named or _handed_to(text, piece, others, lexicon)
        buys = (_buys(piece, pieces) and (not others or not _adjective(piece, pieces))) or _supplied(piece, pieces)
        if seller_named or (not exporters and buys):
            importers.append(piece)
        else:
            exporters.append(piece)
        settled.add(id(piece))
    for piece in others:
        if id(piece) in settled:
            continue
        if exporters:
            importers.append(piece)
        elif (
            any(home in other.ids("country") for other in importers)
            or _sells(piece, pieces)
            or _gives(text, piece, lexicon)
            or _goods_of(text, piece, pieces, importers, lexicon)
        ):
            exporters.append(piece)
        else:
            importers.append(piece)
        settled.add(id(piece))
    return Sides(tuple(exporters), tuple(importers))


def _marked(text: Sequence[Token], piece: Piece, lexicon: Lexicon, pieces: Sequence[Piece]) -> str:
    """`origin`, `destination` or nothing, by the ending or the words right before."""
    for role, words in lexicon.roles.items():
        if piece.suffix and piece.suffix in words and role.endswith("_endings"):
            return role.removesuffix("_endings")
    if _adjective(piece, pieces):
        # "for Turkish defence exports": the word before belongs to the exports, not to the country.
        return ""
    for at in (piece.first - 1, piece.first - 2):
        if at < 0:
            break
        word = text[at].fold
        if word in lexicon.roles.get("agent", ()):
            return "destination" if _cue_between(pieces, piece, (*_IN, "combat")) else "origin"
        for role in ("destination", "origin"):
            if word in lexicon.roles.get(role, ()):
                earned = {token.fold for token in text[:at]} & lexicon.roles.get("earning", frozenset())
                return "destination" if earned else role
        if word not in lexicon.roles.get("skipped", ()):
            break
    return ""


def _listed(
    text: Sequence[Token], countries: Sequence[Piece], marked: Mapping[int, str], lexicon: Lexicon
) -> dict[int, str]:
    """The sides of names in a list whose one ending stands at its end: "Azerbaycan ve BAE'ye"."""
    listing = lexicon.roles.get("listing", frozenset())
    out: dict[int, str] = {}
    for before, piece in reversed(tuple(pairwise(countries))):
        between = {token.fold for token in text[before.last + 1 : piece.first]}
        side = out.get(id(piece)) or (marked[id(piece)] if piece.suffix else "")
        if side and not before.suffix and not marked[id(before)] and between and between <= listing:
            out[id(before)] = side
    return out


def _compared(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True if the name is what something is set against: the ending of "from" is that of "than" as well."""
    follows = next((other for other in pieces if other.first == piece.last + 1), None)
    return bool(piece.suffix and follows and set(_COMPARING) & set(follows.ids("cue")))


def _adjective(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True if the name stands right before goods or a word of selling ("Turkish defence exports")."""
    follows = [other for other in pieces if other.first == piece.last + 1]
    return any(
        other.ids("product") or other.ids("system") or other.ids("class") or set(_OUT) & set(other.ids("cue"))
        for other in follows
    )


def _cue_between(pieces: Sequence[Piece], piece: Piece, cues: tuple[str, ...]) -> bool:
    return any(other.last < piece.first and set(other.ids("cue")) & set(cues) for other in pieces)


def _first(pieces: Sequence[Piece], cues: tuple[str, ...]) -> int | None:
    return next((piece.first for piece in pieces if set(piece.ids("cue")) & set(cues)), None)


def _buys(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True if the name is what a verb of buying, and no verb of selling, follows."""
    buying = _first([other for other in pieces if other.first > piece.last], _IN)
    selling = _first(pieces, _OUT)
    return buying is not None and (selling is None or selling > buying)


def _gives(text: Sequence[Token], piece: Piece, lexicon: Lexicon) -> bool:
    """True if the name is what a verb of giving follows: "did Germany deliver", not "Poland was delivered"."""
    before = text[piece.first - 1].fold if piece.first else ""
    if before in lexicon.roles.get("passive", ()) or before in lexicon.roles.get("benefit", ()):
        return False
    following = [token.fold for token in text[piece.last + 1 : piece.last + 3]]
    giving, helping = (lexicon.roles.get(role, frozenset()) for role in ("giving", "helping"))
    return bool(following) and (following[0] in giving or (following[0] in helping and following[-1] in giving))


def _handed_to(text: Sequence[Token], piece: Piece, others: Sequence[Piece], lexicon: Lexicon) -> bool:
    """True if the name stands right behind a verb of giving with its giver before it: "did Germany give Turkey"."""
    verb = piece.first - 1
    if verb < 1 or text[verb].fold not in lexicon.roles.get("giving", ()):
        return False
    helping = lexicon.roles.get("helping", frozenset())
    givers = [other for other in others if other.last < verb]
    return any(all(token.fold in helping for token in text[other.last + 1 : verb]) for other in givers)


def _goods_of(
    text: Sequence[Token], piece: Piece, pieces: Sequence[Piece], importers: Sequence[Piece], lexicon: Lexicon
) -> bool:
    """True if the name tells whose goods these are: "German tanks to Canada", "buyers of French frigates"."""
    handed = any(set(_HANDED) & set(other.ids("cue")) for other in pieces)
    ahead = any(piece.first < other.first for other in importers)
    if not _adjective(piece, pieces):
        return handed and ahead and not _buys(piece, pieces)
    buyers = any({"buyers", "who_bought"} & set(other.ids("cue")) for other in pieces if other.first < piece.first)
    meant = lexicon.roles.get("benefit", frozenset())
    others = [other for other in pieces if other.ids("country") and other.first > piece.last]
    return ahead or buyers or any(text[other.first - 1].fold in meant for other in others)


def _supplied(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True if its suppliers are asked about ("Turkey's suppliers"), not suppliers that are its own ("Turkish ones")."""
    sellers = [other for other in pieces if "who_sold" in other.ids("cue")]
    return any(piece.suffix or other.last < piece.first for other in sellers) and not _adjective(piece, pieces)


def _sells(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """True if a verb or noun of selling comes after the name and none of buying in between."""
    selling = _first([other for other in pieces if other.first > piece.last], _OUT)
    buying = _first(pieces, (*_IN, *_DEALS, *_PARTS, "buyers"))
    return selling is not None and buying is None
