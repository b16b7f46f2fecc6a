"""Verdicts on claims, as an answer: a sentence for each claim, the figures they were set against, the sources."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.gaps import country, product
from knowledge.claims import Verdict
from knowledge.facts import WORLD
from knowledge.reconcile import in_order

_QUOTED = 160
"""Characters of a sentence that are quoted back."""


def answer(found: Sequence[Verdict]) -> Answer:
    """The verdicts in the order of the text; without any claim, that there is none to check."""
    if not found:
        return Answer(Status.DECLINED, None, (say("verdict.none"),))
    told = tuple(_tell(verdict) for verdict in found)
    checked = [verdict for verdict in found if verdict.figure]
    if not checked:
        return Answer(Status.DECLINED, None, told[:1], told[1:])
    figures = tuple(verdict.figure for verdict in checked if verdict.figure)
    sources = in_order(source for figure in figures for source in figure.sources[:2])
    return Answer(Status.ANSWERED, None, told[:1], told[1:], figures=figures, sources=sources)


def _tell(verdict: Verdict) -> Phrase:
    sentence = verdict.sentence if len(verdict.sentence) <= _QUOTED else verdict.sentence[: _QUOTED - 1] + "…"
    if verdict.figure is None:
        return say(f"verdict.{verdict.finding}", sentence=sentence)
    figure = verdict.figure
    known = say("verdict.known", value=figure.quantity, of=_about(verdict))
    source = figure.sources[0]
    return say(f"verdict.{verdict.finding}", sentence=sentence, known=known, source=source)


def _about(verdict: Verdict) -> Phrase:
    """What the figure is of."""
    figure = verdict.figure
    if figure is None or not figure.product or figure.period is None:
        return say("verdict.of_deal")
    if figure.partner in ("", WORLD):
        return say("verdict.of", product=product(figure.product), period=figure.period)
    return say(
        "verdict.of_partner", product=product(figure.product), partner=country(figure.partner), period=figure.period
    )
