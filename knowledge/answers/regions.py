"""Figures for a part of the world: never added up from partners, only what someone said of the whole of it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers import statement
from knowledge.answers.desk_view import View
from knowledge.answers.gaps import declined
from knowledge.draft import FIGURES
from knowledge.question import Kind, Name, Question


def answer(question: Question, view: View) -> Answer:
    """What statements give for the region in the period; declined if none does."""
    found = statement.answer(replace(question, kind=Kind.STATEMENT), view)
    if found.status is Status.ANSWERED:
        return replace(found, kind=question.kind, caveats=(*found.caveats, say("caveat.region")))
    return _unknown(question, found.suggestions)


def refused(question: Question) -> Answer | None:
    """The refusal where more is asked of a region than how much: a share, an order, a change. None for all else."""
    return _unknown(question) if question.regions and question.kind in FIGURES - {Kind.LEVEL} else None


def _unknown(question: Question, suggestions: tuple[Phrase, ...] = ()) -> Answer:
    region = Name("region", question.regions[0].value)
    return declined(question.kind, say("gap.region", region=region), suggestions=suggestions)
