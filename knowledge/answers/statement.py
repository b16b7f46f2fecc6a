"""Who said what; a number or a price that somebody gave of a deal is told as a report of the deal."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Status
from knowledge.answers import procurement, published, said
from knowledge.answers.choice import measures
from knowledge.answers.desk_view import View
from knowledge.question import Kind, Question


def answer(question: Question, view: View) -> Answer:
    """The statements that fit; figures of deals from the reports that quote the speaker, where there are any."""
    if measures(question) and question.systems and question.people:
        deal = procurement.told(replace(question, kind=Kind.PROCUREMENT), view)
        if deal.status is Status.ANSWERED and deal.figures:
            return replace(deal, kind=Kind.STATEMENT)
    if "target" in question.aspects and "said" not in question.aspects and question.people and question.products:
        # "The target that he named": what is published of it in his name.
        named = replace(question, kind=Kind.LEVEL, attributed=question.people[0], people=())
        target = published.answer(named, view, ("target",))
        if target.status is Status.ANSWERED:
            return replace(target, kind=Kind.STATEMENT)
    return said.answer(question, view)
