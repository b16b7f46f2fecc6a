"""How well a reading fits: the one function that ranks readings, and what it is made of.

In order of weight: the kind's own words and the slots it lives on (`language/kinds.toml`), every word that it
cannot account for, likeness to an example wording of the kind (rapidfuzz, slots masked), and staying with the
kind of the question before where the text goes on from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import Indel

from knowledge.draft import Draft, is_name
from knowledge.grammar import Grammar
from knowledge.language import read
from knowledge.parse import Parse, parse
from knowledge.question import Anchor, Kind, Origin, Question, Slot
from knowledge.whens import Past

LEFT_OVER = 1.5
"""What a word that a reading cannot account for costs."""
LIKENESS = 1.2
"""What full likeness to an example wording is worth."""
GOES_ON = 2.0
"""What it is worth to stay with the kind of the question before, where the text goes on from it."""
INHERITED = 0.6
"""A slot from the conversation weighs this much of one in the text."""

_SAYING = frozenset(("said", "role", "according"))
_SPEAKERS = frozenset(("person", "organisation", "company", "region"))
_COMPARED = frozenset(("product", "partner", "company", "system"))
_ORDERS = frozenset(
    ("most", "least", "top", "record", "fastest", "slowest", "who_bought", "by_partner", "by_sector", "first_of_all")
)
"""Words of which an order has one."""

Evidence = list[tuple[str, float]]


class Ranking:
    """The evidence table and the example wordings of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self.weights: dict[Kind, dict[str, float]] = {Kind(kind): dict(row) for kind, row in read("kinds").items()}
        self._gains = {
            kind: (row.get("base", 0.0) + LIKENESS, {mark: weight for mark, weight in row.items() if weight > 0})
            for kind, row in self.weights.items()
        }
        self._grammar = grammar
        self._examples = self._learn(grammar.lexicon.table.get("examples", {}))

    def bound(self, kind: Kind, parsed: Parse) -> float:
        """What a reading as `kind` can score at the most, before any work is put into it."""
        base, gains = self._gains[kind]
        return base + sum([gains[mark] for mark in _marks_of(parsed) if mark in gains])

    def weigh(self, made: Draft, parsed: Parse) -> Evidence:
        """What the text itself says for and against a kind."""
        weights = self.weights[made.kind]
        evidence: Evidence = [("base", weights.get("base", 0.0))]
        evidence += [(cue, weights[cue]) for cue in sorted(made.cues) if weights[cue]]
        evidence += [(name, weights[name]) for name in _features(made, parsed) if weights.get(name)]
        evidence += [(f"left over: {piece.words}", -LEFT_OVER) for piece in made.left]
        marks = _signature(parsed)
        alike = (Indel.normalized_similarity(marks, example) for example in self._examples.get(made.kind, ()))
        evidence.append(("like an example", max(alike, default=0.0) * LIKENESS))
        return evidence

    def lean(self, made: Draft, question: Question, past: Past | None) -> Evidence:
        """What the conversation adds; and what a deal needs to be one."""
        evidence: Evidence = []
        if past:
            weights = self.weights[made.kind]
            own = _features(made, None)
            carried = sorted(name for name in _filled(question) if name not in own)
            evidence += [(f"carried {name}", weights[name] * INHERITED) for name in carried if weights.get(name, 0) > 0]
            if made.kind is past.question.kind:
                evidence.append(("goes on", GOES_ON))
        if made.kind is Kind.RANK and not question.aspects & _ORDERS and (made.place or 1) < 2:
            evidence.append(("names no order", -LEFT_OVER * 2))
        spoken = made.cues & _SAYING or _features(made, None).keys() & _SPEAKERS
        if made.kind is Kind.STATEMENT and not spoken and not question.people:
            evidence.append(("names no speaker", -LEFT_OVER * 2))
        counted = made.kind is Kind.COMPARE and made.number is not None
        of_several = counted or (made.kind is Kind.SUM and "together" in made.cues)
        if of_several and past and past.before and not _names(made, _COMPARED):
            evidence.append(("of those before", LEFT_OVER * 2.5))
        if made.kind is Kind.COMPARE and past and made.cues & {"versus", "more"} and made.cues & {"that", "follow"}:
            evidence.append(("against what was spoken of", LEFT_OVER))
        if made.kind is Kind.PROCUREMENT and not _about_deals(question):
            evidence.append(("names no deal", -LEFT_OVER * 2))
        return evidence

    def _learn(self, examples: Mapping[str, Iterable[str]]) -> dict[Kind, list[tuple[str, ...]]]:
        """The example wordings as sorted marks, each once."""
        return {
            Kind(kind): sorted({self._marks(wording) for wording in wordings}) for kind, wordings in examples.items()
        }

    def _marks(self, wording: str) -> tuple[str, ...]:
        """An example's marks: its own words as cues, `{partner}` and the like as what they stand for."""
        words = wording.replace("{", " {").split()
        slots = [word[1 : word.index("}")] for word in words if word.startswith("{") and "}" in word]
        rest = " ".join(word for word in words if not word.startswith("{"))
        return tuple(sorted([*slots, *cues(parse(rest, self._grammar, date(2000, 1, 1)))]))


def cues(parsed: Parse) -> frozenset[str]:
    """The intents' own words that stand in a text."""
    return frozenset(meaning.id for piece in parsed.pieces for meaning in piece.meanings if meaning.kind == "cue")


def _features(made: Draft, parsed: Parse | None) -> dict[str, int]:
    """What a draft and its text name, by the names of the evidence table."""
    features = made.features()
    if parsed is None:
        return features
    if parsed.periods:
        features["period"] = 1
        if len(parsed.periods) > 1:
            features["periods"] = 1
    if _bare(parsed):
        features["bare"] = 1
    if any(found.when.anchor is Anchor.ALL for found in parsed.periods):
        features["all_time"] = 1
    bought = made.cues & {"buy", "order"} and not made.cues & {"amount", "count"}
    if features.get("company") and features.get("partner"):
        features["seller_and_buyer"] = 1
    if "what" in made.cues and bought and not set(made.ids("product")) - {"defence-aerospace"}:
        features["what_buy"] = 1
    if _asks_for_dealers(made.cues, features):
        features["dealers_of"] = 1
    return features


def _names(made: Draft, kinds: frozenset[str]) -> bool:
    return bool(_features(made, None).keys() & kinds)


def _asks_for_dealers(found: set[str], features: Mapping[str, int]) -> bool:
    """True if a text asks who buys or sells arms of a kind, or who sells any to somebody."""
    arms = bool(features.get("class") or features.get("system"))
    if "who_sold" in found:
        return arms or bool(features.get("partner"))
    ranked = found & {"most", "top"} and found & {"export", "sell", "buyers"}
    return arms and bool("who_bought" in found or ranked)


@lru_cache(maxsize=4)
def _marks_of(parsed: Parse) -> frozenset[str]:
    """Every cue and feature that some reading of a text can have."""
    kinds = {meaning.kind for piece in parsed.pieces for meaning in piece.meanings}
    names = {"partner" if kind == "country" else kind for kind in kinds}
    plural = {f"{name}s" for name in names} | {"companies"}
    rest = {"period", "periods", "all_time"} if parsed.periods else set()
    rest |= {"quoted", "number"} if parsed.amounts else set()
    rest |= {"bare"} if _bare(parsed) else set()
    return frozenset(cues(parsed) | names | plural | rest | {"what_buy", "dealers_of", "seller_and_buyer"})


@lru_cache(maxsize=4)
def _signature(parsed: Parse) -> tuple[str, ...]:
    """The text with its slots masked: the marks that are compared with those of the examples."""
    marks = set(cues(parsed))
    for piece in parsed.pieces:
        kinds = [meaning.kind for meaning in piece.meanings if meaning.kind not in ("cue", "filler", "outside")]
        if kinds:
            marks.add("partner" if kinds[0] == "country" else kinds[0])
    return tuple(sorted([*marks, *(["period"] * len(parsed.periods))]))


def _bare(parsed: Parse) -> bool:
    """True if a text is a name and nothing else."""
    if parsed.periods or sum(map(is_name, parsed.pieces)) != 1:
        return False
    return all(is_name(piece) or any(meaning.kind == "filler" for meaning in piece.meanings) for piece in parsed.pieces)


def _about_deals(question: Question) -> bool:
    """True if a question names someone or something that deals are known by."""
    named = question.systems or question.companies or question.partners or question.conflicts or question.people
    # A topic must stand in a report, or the question is declined: it can be the name of a single ship.
    return bool(named or question.topic)


def _filled(question: Question) -> frozenset[str]:
    """The features that a question has, by the names of the evidence table."""
    slots: dict[str, tuple[Slot[str], ...]] = {
        "product": question.products,
        "partner": question.partners,
        "region": question.regions,
        "system": question.systems,
        "company": question.companies,
        "person": question.people,
    }
    out = {name for name, found in slots.items() if any(slot.origin is not Origin.ASSUMED for slot in found)}
    return frozenset(out | ({"period"} if question.periods else set()))
