"""Figures as they were known on another day, and whether they have been revised since."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find, sources_of
from knowledge.answers.gaps import ask_level, declined, no_figure
from knowledge.answers.spans import Span, taken_over
from knowledge.answers.telling import lead
from knowledge.facts import Day, Observation
from knowledge.period import Period
from knowledge.question import Question
from knowledge.reconcile import authority, in_order

_FINE = 1e-3
"""Rounding step, as a part of the figure, up to which a report can show a revision."""


def as_known(question: Question, view: View, flow: Flow, span: Span) -> Answer:
    """The figure as it was known on the day that the question names, with what it is now."""
    then = View(view.store.as_of(question.known_at), view.today)
    known = find(then, flow, span.period)
    now = find(view, flow, span.period)
    day = Day(question.known_at[:7])
    if known is None:
        if now is None:
            return no_figure(view, question, flow, span.period)
        since = Day(_since(view, now)[: len(day.code)])
        lead_then = say("revision.not_known", day=day, period=span.period, since=since)
        return declined(question.kind, lead_then, suggestions=(ask_level(flow, span.period),))
    details: list[Phrase] = []
    sources = list(known.sources(then)[:3])
    figures = [known.figure(then)]
    if now and not now.quantity.may_equal(known.quantity):
        change = now.quantity.growth(known.quantity)
        details.append(say("revision.now", value=now.quantity, change=change))
        figures.append(now.figure(view))
        sources += now.sources(view)[:2]
    elif now:
        details.append(say("revision.same"))
    return Answer(
        Status.ANSWERED,
        question.kind,
        (say("revision.as_known", day=day), lead(then, known)),
        tuple(details),
        figures=tuple(figures),
        sources=in_order(sources),
        taken_over=taken_over(question, span),
    )


def was_revised(question: Question, view: View, known: Known, span: Span) -> Answer:
    """Whether a figure was published differently before, and how."""
    first = _first(view, known)
    said = taken_over(question, span)
    sources = list(known.sources(view)[:2])
    if first is None or first.quantity.may_equal(known.quantity):
        return Answer(
            Status.ANSWERED,
            question.kind,
            (say("revision.no"), lead(view, known)),
            figures=(known.figure(view),),
            sources=in_order(sources),
            taken_over=said,
        )
    source = view.store.source(first.source_id)
    before = replace(known, quantity=first.quantity, reports=(first,), formula="")
    change = known.quantity.growth(first.quantity)
    return Answer(
        Status.ANSWERED,
        question.kind,
        (
            say("revision.yes", before=first.quantity, now=known.quantity, change=change, source=source,
                date=Day(source.published)),
        ),
        (lead(view, known),),
        figures=(known.figure(view), before.figure(view)),
        sources=in_order([*sources, *sources_of(view, (first,))]),
        taken_over=said,
    )  # fmt: skip


def _since(view: View, known: Known) -> str:
    """From which day on the store has a figure; of a sum, the figures of all its months."""
    first: dict[Period, str] = {}
    for report in (*known.reports, *view.store.earlier([report.observation_id for report in known.reports])):
        first[report.period] = min(report.known_from, first.get(report.period, report.known_from))
    return max(first.values())


def _first(view: View, known: Known) -> Observation | None:
    """The earliest report of the same figure by the same body: an older vintage, else what the press had then."""
    flow = known.flow
    months = view.store.months(flow.product, known.period, partner=flow.partner, exporter=flow.exporter)
    older = view.store.earlier([month.observation_id for month in months])
    published = view.store.observations(
        product=flow.product, partner=flow.partner, exporter=flow.exporter, period=known.period
    )
    precise = [report for report in published if report.attributed_to == known.who and _is_precise(report)]
    if older and len(known.period) == 1:
        precise.append(older[-1])
    return min(precise, key=lambda report: (report.known_from, report.quantity.step), default=None)


def _is_precise(report: Observation) -> bool:
    """True if a report is exact enough to tell a revision from its rounding."""
    quantity = report.quantity
    return not authority(report) and quantity.qualifier == "exact" and quantity.step <= abs(quantity.value) * _FINE
