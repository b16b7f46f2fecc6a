"""Why the best reading of a text must not be answered: each reason a typed value with the words that gave it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from knowledge.draft import FIGURES, Draft
from knowledge.grammar import Grammar
from knowledge.parse import Parse
from knowledge.question import Kind, Name, NotUnderstood, Origin, Question, Reading, Slot, Trouble
from knowledge.topics import Topics
from knowledge.whens import Past

FLOOR = 1.0
"""A best reading below this is no reading: the desk asks back."""
BACKWARDS = "backwards"
"""The grain of a period whose end is said before its beginning."""
_ASKING = frozenset(("amount", "export", "sell", "buy", "import", "target", "latest", "total", "number_of", "abroad"))
"""Words that ask for an amount or name a trade."""
_IN_MONEY = frozenset((Kind.LEVEL, Kind.SUM, Kind.CHANGE, Kind.SHARE))
"""Kinds that "in dollars?" turns into another question."""
_ORDERED = frozenset(
    ("top", "most", "least", "record", "fastest", "slowest", "export", "sell", "buyers", "who_bought", "sectors",
     "by_sector", "by_partner", "companies")
)  # fmt: skip
"""Words that say what is put in order, or by what."""
_SAYING = frozenset(("said", "role", "according"))
_TURNS = frozenset(("revised", "agree", "by_month", "by_quarter", "by_year", "least", "most", "fastest", "slowest"))
"""Words that make another question of the same slots."""


class Doubts:
    """Judges readings in one language."""

    def __init__(self, grammar: Grammar, topics: Topics) -> None:
        self._grammar = grammar
        self._topics = topics

    def about(self, parsed: Parse, made: Draft, best: Reading, past: Past | None) -> NotUnderstood | None:
        """The first reason not to answer the best reading; None if there is none."""
        blank = NotUnderstood(parsed.text, parsed.language, Trouble.INCOMPLETE, partial=best.question)
        if made.left:
            return self._near_miss(parsed, made, blank) or _left_over(made, blank)
        turned = tuple(slot.words for slot in best.question.periods if slot.value.grain == BACKWARDS)
        if turned:
            return replace(blank, concept=BACKWARDS, words=turned)
        if best.score < FLOOR or _is_open(best.question, past):
            return blank
        if sized := _compares_systems(best.question, parsed):
            return replace(blank, trouble=Trouble.OTHER_MEASURE, words=sized, concept="specification")
        return self._beyond(parsed, best.question, blank) if best.question.kind in FIGURES else None

    def _near_miss(self, parsed: Parse, made: Draft, blank: NotUnderstood) -> NotUnderstood | None:
        """A word that is near several names."""
        for piece, several in parsed.doubtful:
            choices = tuple(
                dict.fromkeys(
                    Name(meaning.kind, meaning.id)
                    for word in several
                    for meaning in self._grammar.lexicon.look_up([word])[0]
                    if meaning.kind not in ("cue", "filler")
                )
            )
            if piece in made.left and choices:
                return replace(blank, trouble=Trouble.NEAR_MISS, words=(piece.words,), choices=choices)
        return None

    def _beyond(self, parsed: Parse, question: Question, blank: NotUnderstood) -> NotUnderstood | None:
        """A word that needs another product, or a side of the trade that the store does not have."""
        unbound = self._topics.unbound(question)
        if unbound:
            words = tuple(piece.words for piece in parsed.pieces if unbound.cue in piece.ids("cue"))
            return replace(blank, trouble=Trouble.OTHER_MEASURE, words=words, concept=unbound.concept)
        wrong_side = self._topics.wrong_side(question)
        if wrong_side:
            bought = tuple(piece.words for piece in parsed.pieces if "import" in piece.ids("cue"))
            words = bought or (wrong_side.words,)
            return replace(blank, trouble=Trouble.OTHER_MEASURE, words=words, concept="other_flow")
        return None


def _left_over(made: Draft, blank: NotUnderstood) -> NotUnderstood:
    """The words that the reading could not account for; those of a known other measure first."""
    known = [piece for piece in made.left if piece.ids("outside")]
    words = tuple(piece.words for piece in known or made.left)
    if known:
        return replace(blank, trouble=Trouble.OTHER_MEASURE, words=words, concept=known[0].ids("outside")[0])
    return replace(blank, trouble=Trouble.UNKNOWN_WORD, words=words)


def _is_open(question: Question, past: Past | None) -> bool:
    """True if a question lacks what it takes to be one, or only repeats the one before it."""
    if any(slot.value.period is None and slot.value.anchor is None for slot in question.periods):
        return True
    if question.kind is Kind.LEVEL and (not _asks(question) or ("paid" in question.aspects and not question.periods)):
        return True
    if question.kind is Kind.RANK and not question.products and _of_country(question):
        return True
    if question.kind is Kind.STATEMENT and question.aspects & _SAYING == {"role"} and "before" in question.aspects:
        # "Who was head of SSB before Gorgun" asks for nobody's words.
        return True
    return past is not None and _says_nothing_new(question, past.question)


def _compares_systems(question: Question, parsed: Parse) -> tuple[str, ...]:
    """The words that set two systems against each other ("bigger than"): no report measures them."""
    several = question.kind is Kind.PROCUREMENT and len(question.systems) > 1 and "more" in question.aspects
    if not several or question.aspects & {"count", "money", "buy", "order", "buyers", "who_bought"}:
        return ()
    return tuple(piece.words for piece in parsed.pieces if "more" in piece.ids("cue"))


def _of_country(question: Question) -> bool:
    """True for "where does Turkey rank": in which order is not said."""
    named = question.exporter is not None and question.exporter.origin is Origin.ASKED
    return named and question.aspects & _ORDERED == {"top"}


def _asks(question: Question) -> bool:
    """True if a text says more than a name: an amount, a trade, a period, or a product by itself."""
    slots: tuple[Slot[Any], ...] = (*question.products, *question.periods)
    named = any(slot.origin is Origin.ASKED for slot in slots)
    return bool(question.aspects & _ASKING or named or question.follows)


def _says_nothing_new(question: Question, before: Question) -> bool:
    """True if a follow-up comes to the very question before it: what it adds was not understood."""
    if not question.follows or question.kind not in FIGURES or (question.aspects - before.aspects) & _TURNS:
        return False
    if question.unit and question.unit != before.unit and question.kind in _IN_MONEY:
        return False
    return _core(question) == _core(before)


def _core(question: Question) -> tuple[object, ...]:
    slots = (
        question.products,
        question.partners,
        question.periods,
        question.systems,
        question.companies,
        question.people,
        question.left_out,
    )
    who = question.attributed.value if question.attributed else ""
    return (question.kind, question.number, who, *(tuple(slot.value for slot in found) for found in slots))
