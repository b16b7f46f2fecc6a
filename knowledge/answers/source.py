"""Where a figure is from: the question behind it is answered again, and its sources are told in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from knowledge.answer import Answer, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known
from knowledge.answers.gaps import declined
from knowledge.answers.spans import flows
from knowledge.answers.telling import by
from knowledge.quantity import Quantity
from knowledge.question import Kind, Question
from knowledge.reconcile import reconcile

Answerer = Callable[[Question, View], Answer]
_SHOWN = 4


def answer(question: Question, view: View, others: Mapping[Kind, Answerer]) -> Answer:
    """The sources of what the question is about."""
    kind = _kind(question)
    quoted = _quoted(question, view) if question.amount is not None else None
    if quoted:
        return quoted
    if (
        question.amount is not None
        and kind is not Kind.PROCUREMENT
        and question.unit != "percent"
        and not question.follows
    ):
        value = Quantity.reported(question.amount, question.unit or "USD")
        return declined(question.kind, say("gap.amount", value=value))
    if kind is None:
        return _all(question, view)
    found = others[kind](replace(question, kind=kind), view)
    if found.status is not Status.ANSWERED or not found.sources:
        return found
    named = found.sources[:_SHOWN]
    lead = say(
        "source.are",
        sources=tuple(say("source.one", source=source, title=source.title) for source in named),
        n=len(named),
    )
    return replace(found, kind=Kind.SOURCE, lead=(lead, *found.lead), details=(), table=None)


def _quoted(question: Question, view: View) -> Answer | None:
    """The reports that print the very figure that the question quotes."""
    asked = flows(question) or (Flow("defence-aerospace", ""),)
    reports = [
        report
        for flow in asked
        for report in view.store.observations(
            product=flow.product, partner=flow.partner or None, exporter=flow.exporter, measure=None
        )
        if report.quantity.value == question.amount
    ]
    if not reports:
        return None
    found = reconcile(reports, view.store.source)
    if found is None:
        return None
    lead = found.lead.lead
    known = Known(
        Flow(lead.product, lead.partner, lead.exporter),
        lead.period,
        lead.measure,
        lead.quantity,
        lead.attributed_to,
        found.lead.reports,
    )
    sources = known.sources(view)
    named = tuple(say("source.one", source=source, title=source.title) for source in sources[:_SHOWN])
    return Answer(
        Status.ANSWERED,
        Kind.SOURCE,
        (
            say("source.are", sources=named, n=len(named)),
            say("source.by", by=by(view, known), value=known.quantity, period=known.period),
        ),
        figures=(known.figure(view),),
        sources=sources,
    )


def _kind(question: Question) -> Kind | None:
    """The kind of the question whose sources are wanted."""
    if question.before_kind and question.before_kind is not Kind.SOURCE:
        return question.before_kind
    if question.systems:
        return Kind.PROCUREMENT
    if question.products or question.partners:
        return Kind.LEVEL
    return None


def _all(question: Question, view: View) -> Answer:
    """No figure is meant: whose figures the store holds."""
    newest = view.store.newest("all-goods")
    found = [view.store.source(month.source_id) for month in view.store.months("all-goods", newest)] if newest else []
    if not found:
        return declined(question.kind, say("gap.what"))
    return Answer(Status.ANSWERED, Kind.SOURCE, (say("source.all", n=view.store.source_count()),), sources=tuple(found))
