"""A flow over time, by month, quarter or year, as a small table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find
from knowledge.answers.gaps import ask_level, country, declined, no_figure, product
from knowledge.answers.spans import Span, flows, spans, taken_over
from knowledge.facts import WORLD, Source
from knowledge.period import Period
from knowledge.quantity import total
from knowledge.question import Anchor, Question
from knowledge.reconcile import in_order

GRAINS = {
    "by_month": "month",
    "month": "month",
    "by_quarter": "quarter",
    "quarter": "quarter",
    "by_year": "year",
    "year": "year",
}
_MOST = 40
"""Rows of a table that anyone reads in a chat."""


def answer(question: Question, view: View) -> Answer:
    """The table, gaps marked; what is highest and lowest is said first."""
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    flow = asked[0]
    span = _span(view, question, flow)
    if span is None:
        return no_figure(view, question, flow, None)
    grain = _grain(question, span.period)
    every = span.period.split(grain)
    parts = every[-_MOST:] or (span.period,)
    if len(every) > len(parts):
        span = replace(span, said=(*span.said, say("series.cut", n=len(parts), period=span.period)))
    known = {part: find(view, flow, part) for part in parts}
    found = {part: one for part, one in known.items() if one}
    if not found:
        if find(view, flow, span.period):
            lead = say("gap.no_parts", product=product(flow.product), grain=say(f"grain.{grain}"), period=span.period)
            return declined(question.kind, lead, suggestions=(ask_level(flow, span.period),))
        return no_figure(view, question, flow, span.period)
    return _table(question, view, flow, span, _Parts(parts, found))


def _span(view: View, question: Question, flow: Flow) -> Span | None:
    named = spans(view, question, flow)
    whole = not question.periods or any(slot.value.anchor is Anchor.ALL for slot in question.periods)
    if whole:
        oldest, newest = view.store.oldest(flow.product, flow.partner), view.store.newest(flow.product, flow.partner)
        return Span(Period(oldest.start, newest.end)) if oldest and newest else None
    if not named:
        return None
    if len(named) > 1:
        return Span(Period(min(s.period.start for s in named), max(s.period.end for s in named)), named[0].said)
    span = named[0]
    newest = view.store.newest(flow.product, flow.partner)
    if newest and span.period.start <= newest.end < span.period.end and flow.partner == WORLD:
        return Span(Period(span.period.start, newest.end), (*span.said, say("taken.until", period=newest)))
    return span


def _grain(question: Question, span: Period) -> str:
    asked = [grain for cue, grain in GRAINS.items() if cue in question.aspects]
    # "Monthly figures for the year": the finer grain is the one that is wanted.
    fitting = [grain for grain in asked if len(span.split(grain)) > 1]
    if fitting:
        return fitting[0]
    return "year" if len(span) > 24 and len(span.split("year")) > 1 else "month" if len(span) <= 18 else "quarter"


@dataclass(frozen=True, slots=True)
class _Parts:
    every: tuple[Period, ...]
    known: dict[Period, Known]


def _table(question: Question, view: View, flow: Flow, span: Span, cut: _Parts) -> Answer:
    parts, found = cut.every, cut.known
    rows: list[tuple[Arg, ...]] = []
    figures: list[Figure] = []
    sources: list[Source] = []
    for part in parts:
        one = found.get(part)
        if one is None:
            rows.append((say("cell.period", period=part), say("cell.none"), say("cell.none")))
            continue
        before = found.get(part.year_earlier()) or find(view, flow, part.year_earlier())
        growth: Arg = say("cell.none")
        if before and before.quantity.value > 0:
            growth = say("cell.growth", change=one.quantity.growth(before.quantity))
        rows.append((say("cell.period", period=part), say("cell.million", value=one.quantity), growth))
        figures.append(one.figure(view))
        sources += one.sources(view)[:1]
    unique = in_order(sources)
    top = max(found.values(), key=lambda one: one.quantity.value)
    low = min(found.values(), key=lambda one: one.quantity.value)
    details: list[Phrase] = []
    if len(found) == len(parts) and sum(map(len, parts)) == len(span.period) and len(parts) > 1:
        whole = total(found[part].quantity for part in parts)
        figures.insert(
            0,
            Figure(
                whole,
                "value",
                unique,
                flow.exporter,
                flow.partner,
                flow.product,
                span.period,
                derived=True,
                formula=" + ".join(f"{found[part].quantity.value / 1e6:,.1f}" for part in parts),
            ),
        )
        details.append(say("series.total", value=whole))
    missing = tuple(part for part in parts if part not in found)
    if missing:
        details.append(say("series.missing", periods=missing[:6], n=len(missing)))
    args: dict[str, Arg] = {
        "product": product(flow.product),
        "partner": country(flow.partner),
        "exporter": country(flow.exporter),
        "period": Period(parts[0].start, parts[-1].end),
        "top": top.quantity,
        "top_period": top.period,
        "low": low.quantity,
        "low_period": low.period,
    }
    key = "series.lead" if flow.partner == WORLD else "series.lead_partner"
    head = (say("table.period"), say("table.million"), say("table.year_earlier"))
    return Answer(
        Status.ANSWERED,
        question.kind,
        (say(key, **args),),
        tuple(details),
        table=Table(head, tuple(rows)),
        figures=tuple(figures),
        sources=unique,
        taken_over=taken_over(question, span),
    )
