"""Text to Question: every kind of reading, ranked by one documented function, or a typed "not understood"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.asides import without_asides
from knowledge.doubts import Doubts
from knowledge.draft import FIGURES, Draft, draft, is_name
from knowledge.follow_up import carry
from knowledge.grammar import Grammar
from knowledge.parse import Parse, parse
from knowledge.question import Kind, NotUnderstood, Question, Reading
from knowledge.ranking import Ranking, cues
from knowledge.topics import Topics
from knowledge.whens import Past, resolve

_SHOWN = 4
"""Readings that are always worked out, to show what lost and by how much."""
_SHORT = 5
_COURTESY = frozenset(("thanks", "bye", "hello"))
"""Words that end or open a conversation, and ask nothing."""

_ASKING = frozenset(("share", "percent", "change", "up", "down", "times", "money", "count", "when", "source", "series"))
"""Words that ask for something even beside a courtesy ("thanks! and its share?")."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text was read as, and the readings that lost."""

    outcome: Question | NotUnderstood
    readings: tuple[Reading, ...]
    parse: Parse
    alone: bool = False
    """True if the text leans on no conversation, whatever was said before."""


class Reader:
    """Reads questions in one language."""

    def __init__(self, grammar: Grammar, topics: Topics) -> None:
        self._grammar = grammar
        self._topics = topics
        self._ranking = Ranking(grammar)
        self._as_known = tuple(grammar.lexicon.roles.get("as_known", ()))
        self._by_then = tuple(grammar.lexicon.roles.get("by_then", ()))
        self._doubts = Doubts(grammar, topics)

    def read(self, text: str, today: date, past: Past | None = None) -> Understanding:
        """The best reading of a text, or why there is none."""
        parsed = without_asides(parse(text, self._grammar, today), self._topics.described)
        alone = not self._goes_on(parsed)
        if alone:
            past = None
        kinds = tuple(self._ranking.weights)
        readings = self._readings(parsed, kinds, today, past)
        if readings[0][0].question.kind is Kind.SOURCE:
            readings = self._readings(parsed, kinds, today, past, every=True)
            readings = [(self._behind(readings), readings[0][1]), *readings[1:]]
        best, made = readings[0]
        outcome = self._doubts.about(parsed, made, best, past) or best.question
        return Understanding(outcome, tuple(reading for reading, _ in readings), parsed, alone)

    def take_apart(self, text: str, today: date) -> Parse:
        """The text by this language's words, no meaning chosen."""
        return parse(text, self._grammar, today)

    def read_as(self, parsed: Parse, kinds: tuple[Kind, ...], today: date, past: Past | None) -> Question | None:
        """The best reading of a statement as one of some kinds; None if it is about something outside the store.

        Prose has words that no question has: only those that name another measure or flow stand in the way.
        """
        for reading, made in self._readings(parsed, kinds, today, past, every=True):
            question = replace(reading.question, topic=(), amount=None, number=None)
            about = question.products or question.systems
            if about and not any(piece.ids("outside") for piece in made.left) and not self._topics.wrong_side(question):
                return question
        return None

    def _readings(
        self, parsed: Parse, kinds: Iterable[Kind], today: date, past: Past | None, *, every: bool = False
    ) -> list[tuple[Reading, Draft]]:
        """The likely readings, best first.

        What a text names bounds the score of each kind from above, but for a conversation to lean on: kinds that
        cannot win any more are not worked out.
        """
        out: list[tuple[Reading, Draft]] = []
        best = 0.0
        for kind in sorted(kinds, key=lambda kind: -self._ranking.bound(kind, parsed)):
            if not every and past is None and len(out) >= _SHOWN and self._ranking.bound(kind, parsed) < best:
                break
            made = draft(parsed, kind, self._ranking.weights[kind], self._grammar.lexicon, self._topics)
            question = self._question(made, parsed, today, past)
            evidence = [*self._ranking.weigh(made, parsed), *self._ranking.lean(made, question, past)]
            reading = Reading(question, sum(weight for _, weight in evidence), tuple(evidence))
            out.append((reading, made))
            best = max(best, reading.score)
        return sorted(out, key=lambda pair: -pair[0].score)

    def _behind(self, readings: list[tuple[Reading, Draft]]) -> Reading:
        """A question for a source, with the figure or deal behind it read as the best other kind would."""
        asked = readings[0][0]
        if asked.question.before_kind:
            return asked
        for other, _ in readings[1:]:
            if other.question.kind in FIGURES or other.question.kind is Kind.PROCUREMENT:
                behind = replace(other.question, kind=Kind.SOURCE, before_kind=other.question.kind)
                if behind.products or behind.systems:
                    return replace(asked, question=behind)
        return asked

    @staticmethod
    def _goes_on(parsed: Parse) -> bool:
        """True if a text leans on the one before: it says so, or is short, or names nothing to ask about."""
        found_cues = cues(parsed)
        if (
            found_cues & _COURTESY
            and not found_cues & _ASKING
            and not parsed.periods
            and not any(map(is_name, parsed.pieces))
        ):
            return False
        if found_cues & {"follow", "that"} or any(found.relative for found in parsed.periods):
            return True
        content = [piece for piece in parsed.pieces if not any(meaning.kind == "filler" for meaning in piece.meanings)]
        subject = any(piece.ids("product") or piece.ids("company") for piece in parsed.pieces)
        return len(content) <= _SHORT and not (subject and parsed.periods)

    def _question(self, made: Draft, parsed: Parse, today: date, past: Past | None) -> Question:
        """The reading as a question, with what the conversation fills in."""
        product_slots = tuple(made.named.get("product", ()))
        question = Question(
            text=parsed.text,
            language=parsed.language,
            kind=made.kind,
            products=product_slots,
            partners=tuple(made.importers),
            exporter=made.exporters[0] if made.exporters else None,
            regions=tuple(made.named.get("region", ())),
            systems=(
                *made.named.get("system", ()),
                *(replace(slot, value=f"class:{slot.value}") for slot in made.named.get("class", ())),
            ),
            companies=tuple(made.named.get("company", ())),
            people=(*made.named.get("person", ()), *made.named.get("organisation", ())),
            conflicts=tuple(made.named.get("conflict", ())),
            aspects=frozenset(made.cues),
            topic=tuple(made.topic),
            number=made.number,
            place=made.place,
            amount=made.amount,
            unit=made.unit,
            left_out=tuple(made.left_out),
        )
        as_known = self._as_known if made.kind in FIGURES else ()
        by_then = self._by_then if made.kind is Kind.PROCUREMENT else ()
        question = resolve(question, parsed.periods, parsed.tokens, past, today, as_known=as_known, by_then=by_then)
        if past:
            question = carry(question, past)
        return self._topics.settle(question)
