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
_QUOTED = 0.0005
"""Part of a figure by which one that quotes it may be off."""


def answer(question: Question, view: View, others: Mapping[Kind, Answerer]) -> Answer:
    """The sources of what the question is about."""
    kind = _kind(question)
    deal = bool(question.systems or question.companies) and kind in (None, Kind.PROCUREMENT)
    quoted = None if deal else _quoted(question, view)
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
    if kind is None and _says_which(question):
        return declined(question.kind, say("gap.what"))
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
    """The reports that print the very figure, or the very place in an order, that the question quotes."""
    place = question.amount is None and "top" in question.aspects and not question.follows
    value = question.number if place else question.amount
    if value is None:
        return None
    home = question.exporter.value if question.exporter else "TUR"
    anything = (Flow("major-arms", exporter=home) if place else Flow("defence-aerospace", ""),)
    reports = [
        report
        for flow in flows(question) or anything
        for report in view.store.observations(
            product=flow.product,
            partner=flow.partner or None,
            exporter=flow.exporter,
            measure="rank" if place else None,
            values=_close(value),
        )
        if question.unit in ("", report.quantity.unit)
    ]
    when = {slot.value.period for slot in question.periods if slot.value.period}
    reports = [report for report in reports if not when or report.period in when]
    exact = [report for report in reports if report.quantity.value == value]
    reports = exact or reports
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


def _close(quoted: float) -> tuple[float, float]:
    """The least and the most of which a quoted figure can be a form with fewer digits ("961 million")."""
    slack = _QUOTED * abs(quoted)
    return quoted - slack, quoted + slack


def _kind(question: Question) -> Kind | None:
    """The kind of the question whose sources are wanted."""
    if question.before_kind and question.before_kind is not Kind.SOURCE:
        return question.before_kind
    if question.systems or (question.companies and not question.products):
        return Kind.PROCUREMENT
    if question.products or question.partners:
        return Kind.LEVEL
    return None


def _says_which(question: Question) -> bool:
    """True if one figure or deal is meant, though not which: the sources of all of them are no answer then."""
    quoted = question.amount is not None or question.number is not None
    return quoted or bool(question.partners or question.conflicts or question.regions or question.topic)


def _all(question: Question, view: View) -> Answer:
    """No figure is meant: whose figures the store holds."""
    newest = view.store.newest("all-goods")
    found = [view.store.source(month.source_id) for month in view.store.months("all-goods", newest)] if newest else []
    if not found:
        return declined(question.kind, say("gap.what"))
    return Answer(Status.ANSWERED, Kind.SOURCE, (say("source.all", n=view.store.source_count()),), sources=tuple(found))
