"""The slots that a text fills when it is read as one kind of question, and what is left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from knowledge.leaving_out import bounds
from knowledge.lexicon import NAMES, Lexicon
from knowledge.parse import Parse
from knowledge.pieces import Meaning, Piece
from knowledge.question import LISTED, Kind, Name, Slot
from knowledge.roles import sides
from knowledge.topics import Topics

_FIGURES = ("product", "country", "region", "company", "organisation")
_DEALS = ("system", "class", "country", "company", "product", "organisation", "conflict", "person", "region")
_TALK = ("person", "organisation", "company", "country", "region", "system", "class", "product", "conflict")
_THINGS = ("system", "company", "organisation", "person", "conflict", "product", "class", "country", "region")
FIGURES = frozenset((Kind.LEVEL, Kind.CHANGE, Kind.RATIO, Kind.SHARE, Kind.RANK, Kind.SERIES, Kind.SUM, Kind.COMPARE))
"""Kinds that a figure answers: of these no word may be passed over."""
_SEVERAL = frozenset((Kind.SUM, Kind.COMPARE))
_COURTESY = frozenset(("hello", "thanks", "bye"))
_LONGEST_ORDER = 100
_COUNTED = FIGURES - {Kind.RANK}
"""Kinds in which a bare number is something that was not understood: a year mistyped, a day, a code."""
_NEVER_SAID = (("opinion",), ("forecast",), ("weather",))
"""Topics outside the store that not even a statement can be asked for."""
_SHORT = 2
"""A stray word of so few letters is no topic: "Kirpi IV" is not a Kirpi."""
PREFERENCE: dict[Kind, tuple[str, ...]] = {
    Kind.PROCUREMENT: _DEALS,
    Kind.STATEMENT: _TALK,
    Kind.DEFINITION: _THINGS,
    Kind.SOURCE: (*_THINGS[:1], *_FIGURES, *_THINGS[3:]),
    Kind.COVERAGE: (*_FIGURES, "system", "class", "person", "conflict"),
}
"""Which meaning of a name a kind of question prefers, and which it can take at all; figures otherwise."""


@dataclass(slots=True)
class Draft:
    """The slots of one reading while it is being made; turned into a frozen Question at the end."""

    kind: Kind
    named: dict[str, list[Slot[str]]] = field(default_factory=dict)
    """By kind of name; each id once, in order."""
    exporters: list[Slot[str]] = field(default_factory=list)
    importers: list[Slot[str]] = field(default_factory=list)
    cues: set[str] = field(default_factory=set)
    number: int | None = None
    place: int | None = None
    amount: float | None = None
    unit: str = ""
    left_out: list[Slot[Name]] = field(default_factory=list)
    """Names that the text leaves out ("except automotive")."""
    left: list[Piece] = field(default_factory=list)
    """Words that this kind of question cannot account for."""
    topic: list[str] = field(default_factory=list)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids named of a kind."""
        return tuple(slot.value for slot in self.named.get(kind, ()))

    def features(self) -> dict[str, int]:
        """What the text names, as counted by the evidence table."""
        counts = {kind: len(slots) for kind, slots in self.named.items() if kind != "country"}
        counts["partner"] = len(self.importers)
        plural = {"product": "products", "partner": "partners", "company": "companies", "system": "systems"}
        out = {kind: 1 for kind, count in counts.items() if count}
        out |= {plural[kind]: 1 for kind, count in counts.items() if count > 1 and kind in plural}
        if self.number is not None:
            out["number"] = 1
        if self.amount is not None:
            out["quoted"] = 1
        if self.unit:
            out["unit"] = 1
        return out


def draft(parse: Parse, kind: Kind, weights: Mapping[str, float], lexicon: Lexicon, topics: Topics) -> Draft:
    """Read a parsed text as one kind of question. `weights` is the kind's row of the evidence table."""
    out = Draft(kind)
    chosen: dict[int, Meaning] = {}
    without = bounds(parse, lexicon, kind, FIGURES)
    for at, piece in enumerate(parse.pieces):
        before = parse.pieces[at - 1] if at else None
        if at in without.words or at in without.names:
            if at in without.names and (name := _name(piece, _FIGURES, weights)):
                out.left_out.append(Slot(Name(name.kind, name.id), piece.words, near=bool(piece.near)))
            continue
        of_name = before and "sectors" in piece.ids("cue") and _joined(before, piece)
        if of_name or _sets_target(out, parse, piece, topics):
            # "The HVAC sector": the word belongs to the name.
            continue
        name = _take(out, parse, piece, weights, lexicon)
        if name:
            chosen[id(piece)] = name
        if kind is Kind.PROCUREMENT and name and name.kind == "product" and name.id not in topics.dealt:
            # "Which NATO countries bought": no report is about a product of the export figures.
            out.left.append(piece)
        if kind is not Kind.SHARE and name and name.kind == "product":
            last = next(
                (
                    other
                    for other in reversed(parse.pieces[:at])
                    if id(other) in chosen and chosen[id(other)].kind == "product"
                ),
                None,
            )
            if last and _clash(last, piece, chosen, topics) and not parse.joined(last, piece, lexicon):
                out.left.append(piece)
        _unit(out, piece)
    _listed(out, parse, chosen, lexicon)
    _sides(out, parse, chosen, lexicon, topics.home)
    _numbers(out, parse)
    return out


def _unit(out: Draft, piece: Piece) -> None:
    for unit in piece.ids("unit"):
        # "How many billions" asks for money as well.
        out.unit = unit if unit in ("USD", "EUR", "GBP") else out.unit or "USD"


def _sets_target(out: Draft, parse: Parse, piece: Piece, topics: Topics) -> bool:
    """Put in who set the target that is asked for: "which target did Erdogan name"."""
    setter = next((one for one in piece.ids("person") if one in topics.attributed), "")
    if not setter or out.kind is not Kind.LEVEL or not any("target" in other.ids("cue") for other in parse.pieces):
        return False
    _put(out.named.setdefault("person", []), Slot(setter, piece.words, near=bool(piece.near)))
    return True


def _take(out: Draft, parse: Parse, piece: Piece, weights: Mapping[str, float], lexicon: Lexicon) -> Meaning | None:
    """Put one piece where it belongs: a slot, the kind's own words, the topic, or what is left over."""
    kind = out.kind
    cues = piece.ids("cue")
    owned = [cue for cue in cues if cue in weights]
    spoken_for = any(weights[cue] >= 0 or kind not in FIGURES for cue in owned)
    name = _name(piece, _preferred(out), weights)
    outside = piece.ids("outside")
    strict = kind is not Kind.STATEMENT or outside[:1] in _NEVER_SAID
    if (
        outside[:1] == ("negation",)
        and kind not in FIGURES
        and any("why" in other.ids("cue") for other in parse.pieces)
    ):
        # "Why is there no ...": the reason for what is not.
        return None
    if outside and strict and not name and not any(weights[cue] > 0 for cue in owned):
        out.left.append(piece)
        return None
    out.cues.update(owned)
    if name and kind is Kind.RANK and name.kind == "product" and any(weights[cue] > 0.5 for cue in owned):
        # "Which industry exported the most": in an order the word names what is ordered.
        return None
    if name and not (spoken_for and kind in (Kind.HELP, Kind.SMALLTALK)):
        if name.kind != "country":
            role = "whole" if parse.follows(piece, lexicon.roles.get("inside", frozenset())) else ""
            _put(out.named.setdefault(name.kind, []), Slot(name.id, piece.words, near=bool(piece.near), role=role))
        return name
    if kind is Kind.PROCUREMENT and piece.ids("region"):
        # Which countries of a region bought is not told by a note that happens to name it.
        out.left.append(piece)
        return None
    if kind in (Kind.STATEMENT, Kind.PROCUREMENT) and not spoken_for and piece.ids("topic"):
        # The notes are English: the language's file tells by which of their words to look.
        out.topic.append(piece.ids("topic")[0])
        return None
    if not spoken_for and not _harmless(piece, kind):
        words = parse.tokens[piece.first : piece.last + 1]
        stray = len(words) == 1 and len(words[0].fold) > _SHORT and not cues
        if kind in (Kind.STATEMENT, Kind.PROCUREMENT) and stray:
            # Only the notes of the facts can tell whether they are about it.
            out.topic.append(words[0].fold)
        else:
            out.left.append(piece)
    return None


def _preferred(out: Draft) -> tuple[str, ...]:
    """The kinds of name that a reading prefers; where the one who speaks is named, "Bayraktars" are drones."""
    prefer = PREFERENCE.get(out.kind, _FIGURES)
    spoken = out.kind is Kind.STATEMENT and out.named.get("person")
    return ("system", *prefer) if spoken else prefer


def _numbers(out: Draft, parse: Parse) -> None:
    """The count, the amount and the place in an order that a text names."""
    for amount in parse.amounts:
        if amount.unit:
            out.amount = amount.value
        elif amount.value == int(amount.value):
            out.number = int(amount.value)
    spelled = (piece.ids("number")[0] for piece in parse.pieces if piece.ids("number") and not _pronoun(piece, parse))
    if out.number is None:
        out.number = next((int(number) for number in spelled if number.isdigit()), None)
    if out.kind is Kind.RANK:
        out.place = next((int(piece.ids("place")[0]) for piece in parse.pieces if piece.ids("place")), None)


def _pronoun(piece: Piece, parse: Parse) -> bool:
    """True for the "one" of "the first one", which counts nothing."""
    following = next((other for other in parse.pieces if other.first == piece.last + 1), None)
    return piece.ids("number") == ("1",) and piece.words.isalpha() and (following is None or not is_name(following))


def _name(piece: Piece, prefer: tuple[str, ...], weights: Mapping[str, float]) -> Meaning | None:
    """The meaning of a name that the kind prefers; none where the word is better read as a plain word."""
    for kind in prefer:
        if kind == "country" or kind in weights:
            for meaning in piece.meanings:
                if meaning.kind == kind:
                    return meaning
    return None


def _harmless(piece: Piece, kind: Kind) -> bool:
    """True for words that need no account: fillers, numbers, units; places in an order where there is one."""
    free = {"filler", "unit", "amount"}
    if set(piece.ids("cue")) & _COURTESY:
        return True
    if kind is Kind.RANK:
        free |= {"place"}
        if all(number.isdigit() and int(number) <= _LONGEST_ORDER for number in piece.ids("number")):
            free.add("number")
    elif kind not in _COUNTED or (kind in _SEVERAL and all(number in "2345" for number in piece.ids("number"))):
        # "The two", "all three": how many are set against each other or added.
        free.add("number")
    return any(meaning.kind in free for meaning in piece.meanings)


def _clash(before: Piece, piece: Piece, chosen: Mapping[int, Meaning], topics: Topics) -> bool:
    """True for two products side by side of which neither is part of the other: "military steel" is no list."""
    first, second = chosen.get(id(before)), chosen.get(id(piece))
    if not first or not second or (first.kind, second.kind) != ("product", "product") or first.id == second.id:
        return False
    return not topics.nested(first.id, second.id)


def _joined(before: Piece, piece: Piece) -> bool:
    """True if a word stands right behind the name of a product."""
    return bool(before.ids("product")) and before.last + 1 == piece.first


def _listed(out: Draft, parse: Parse, chosen: Mapping[int, Meaning], lexicon: Lexicon) -> None:
    """Mark the products and persons that the text sets side by side ("steel and total exports"): each is meant."""
    words = lexicon.roles.get("listing", frozenset())
    for kind in ("product", "person"):
        if len(out.named.get(kind, ())) < 2:
            continue
        named = [piece for piece in parse.pieces if chosen.get(id(piece), Meaning("", "")).kind == kind]
        for before, piece in pairwise(named):
            gap = {token.fold for token in parse.tokens[before.last + 1 : piece.first]}
            comma = not gap and "," in parse.text[parse.tokens[before.last].end : parse.tokens[piece.first].start]
            if comma or (gap and gap <= words):
                ids = {chosen[id(before)].id, chosen[id(piece)].id}
                slots = out.named[kind]
                slots[:] = [replace(slot, role=slot.role or LISTED) if slot.value in ids else slot for slot in slots]


def _sides(out: Draft, parse: Parse, chosen: Mapping[int, Meaning], lexicon: Lexicon, home: str) -> None:
    countries = [piece for piece in parse.pieces if chosen.get(id(piece), Meaning("", "")).kind == "country"]
    if not countries:
        return
    others = [piece for piece in parse.pieces if not piece.ids("country") or id(piece) in chosen]
    found = sides(parse.tokens, others, lexicon, home)
    for pieces, slots in ((found.exporters, out.exporters), (found.importers, out.importers)):
        for piece in pieces:
            if id(piece) in chosen and chosen[id(piece)].kind == "country":
                _put(slots, Slot(chosen[id(piece)].id, piece.words, near=bool(piece.near)))


def _put(slots: list[Slot[str]], slot: Slot[str]) -> None:
    if all(other.value != slot.value for other in slots):
        slots.append(slot)


def is_name(piece: Piece) -> bool:
    """True if the piece can be a name."""
    return any(meaning.kind in NAMES for meaning in piece.meanings)
