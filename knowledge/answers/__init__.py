"""One module per kind of question, and the one table that lists them.

Every answerer has the same shape: a question and what it may look at, to an answer. It never guesses: what
it cannot know it declines with `knowledge.answers.gaps`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.answer import Answer
from knowledge.answers import (
    change,
    compare,
    coverage,
    customs,
    definition,
    gaps,
    level,
    rank,
    ratio,
    refusals,
    regions,
    register,
    release,
    series,
    share,
    source,
    statement,
    sum,  # noqa: A004 - the kind of question is called so
    talk,
    unlike,
)
from knowledge.answers import verdict as verdicts
from knowledge.answers.desk_view import View
from knowledge.claims import Verdict
from knowledge.question import Kind, NotUnderstood, Question

Answerer = Callable[[Question, View], Answer]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of question: who answers it; its help line and example are phrases under the kind's name."""

    kind: Kind
    answer: Answerer


def _source(question: Question, view: View) -> Answer:
    return source.answer(question, view, ANSWERERS)


TABLE: tuple[Row, ...] = (
    Row(Kind.LEVEL, level.answer),
    Row(Kind.CHANGE, change.answer),
    Row(Kind.RATIO, ratio.answer),
    Row(Kind.SHARE, share.answer),
    Row(Kind.RANK, rank.answer),
    Row(Kind.SERIES, series.answer),
    Row(Kind.SUM, sum.answer),
    Row(Kind.COMPARE, compare.answer),
    Row(Kind.PROCUREMENT, register.answer),
    Row(Kind.STATEMENT, statement.answer),
    Row(Kind.DEFINITION, definition.answer),
    Row(Kind.SOURCE, _source),
    Row(Kind.COVERAGE, coverage.answer),
    Row(Kind.RELEASE, release.answer),
    Row(Kind.HELP, talk.help_answer),
    Row(Kind.SMALLTALK, talk.small_talk),
)
ANSWERERS: dict[Kind, Answerer] = {row.kind: row.answer for row in TABLE}


def answer(outcome: Question | NotUnderstood, view: View) -> Answer:
    """The answer to what a text was read as."""
    if isinstance(outcome, NotUnderstood):
        known = register.instead(outcome, view) or customs.instead(outcome, view)
        return known or refusals.answer(outcome, view)
    if told := regions.refused(outcome) or unlike.refused(outcome, view) or customs.first(outcome, view):
        return told
    found = customs.after(outcome, ANSWERERS[outcome.kind](outcome, view), view)
    return gaps.other_currency(outcome, found) or found


def verdict(found: Sequence[Verdict]) -> Answer:
    """The answer to a text whose claims were checked."""
    return verdicts.answer(found)
