"""How much: the value of a flow in a period, with the year before and everyone who says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, say
from knowledge.answers import published, regions, release, revision, without
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, as_worded, find, sources_of
from knowledge.answers.gaps import ask_level, country, declined, last_by_partner, no_figure, product
from knowledge.answers.spans import Span, flows, spans, taken_over
from knowledge.answers.telling import lead, told
from knowledge.facts import WORLD, Day, Source
from knowledge.period import Period
from knowledge.question import Name, Question
from knowledge.reconcile import Voice, in_order

_OTHERS = 3
"""Disagreeing values that are told; more than that is noise to a reader."""
_TIMES = 3
"""From here on a multiple says more than a percentage."""
_SPEAKS_OF_VALUES = ("total", "group", "sector", "part", "company")


def answer(question: Question, view: View) -> Answer:
    """The figure asked for; for several at once, each and their sum."""
    if question.left_out:
        return without.level(question, view)
    if question.regions:
        return regions.answer(question, view)
    if "target" in question.aspects:
        return published.answer(question, view, ("target",))
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    shown = view.store.product(asked[0].product)
    if shown and shown.level not in _SPEAKS_OF_VALUES:
        return published.answer(question, view, ("share", "rank"))
    if "revised" in question.aspects and not question.periods and not question.known_at:
        return release.answer(question, view)
    if any(slot.value.day for slot in question.periods):
        return declined(question.kind, say("gap.day"), suggestions=_months(asked[0], question))
    found = [(flow, span) for flow in asked for span in spans(view, question, flow)]
    if not found:
        return no_figure(view, question, asked[0], None)
    if len(found) > 1:
        return _beside(question, view, [(flow, span.period) for flow, span in found], tuple(span for _, span in found))
    return _single(question, view, *found[0])


def _beside(question: Question, view: View, items: Sequence[tuple[Flow, Period]], found: tuple[Span, ...]) -> Answer:
    """Each of several figures by itself: nobody asked for their sum."""
    known: list[Known] = []
    for flow, period in items:
        one = find(view, flow, period)
        if one is None:
            return no_figure(view, question, flow, period)
        known.append(one)
    leads = tuple(lead(view, one) for one in known)
    sources = in_order(source for one in known for source in one.sources(view)[:2])
    return Answer(
        Status.ANSWERED,
        question.kind,
        leads,
        figures=tuple(one.figure(view) for one in known),
        sources=sources,
        taken_over=taken_over(question, *found[:1]),
        suggestions=tuple(ask_level(flow, period) for flow, period in items[:2]),
    )


def _single(question: Question, view: View, flow: Flow, span: Span) -> Answer:
    """One flow in one period: by whom it was asked for, else by others and said so, else as a share."""
    if question.known_at:
        return revision.as_known(question, view, flow, span)
    known = find(view, flow, span.period)
    if known and "revised" in question.aspects:
        return revision.was_revised(question, view, known, span)
    said = taken_over(question, span)
    if known is None and flow.attributed:
        known = find(view, replace(flow, attributed=""), span.period)
        if known:
            who = Name("organisation", flow.attributed)
            said = (*said, say("taken.not_by", who=who, period=span.period))
    if known:
        return one(question, view, known, said)
    if find(view, flow, span.period, "share"):
        return published.answer(question, view, ("share",))
    return no_figure(view, question, flow, span.period)


def one(question: Question, view: View, known: Known, said: tuple[Phrase, ...] = ()) -> Answer:
    """The answer that tells one known figure."""
    figures = [known.figure(view)]
    sources: list[Source] = list(known.sources(view))
    details: list[Phrase] = []
    before = find(view, known.flow, known.period.year_earlier()) if len(known.period) <= 12 else None
    if before and before.quantity.value > 0:
        details.append(_against(known, before))
        words = find(view, known.flow, known.period, "ratio_yoy")
        if words and known.quantity.value / before.quantity.value >= _TIMES:
            report = as_worded(words.reports)
            details.append(say("ratio.words", times=report.quantity, source=view.store.source(report.source_id)))
            sources += sources_of(view, (report,))
        figures.append(before.figure(view))
        sources += before.sources(view)[:1]
    for voice in known.others[:_OTHERS]:
        details.append(told(view, voice, known.who if known.series else ""))
        sources += sources_of(view, voice.reports[:1])
        figures.append(_other(view, known, voice))
    unique = in_order(sources)
    return Answer(
        Status.ANSWERED,
        question.kind,
        (lead(view, known),),
        tuple(details),
        caveats=caveats(view, known),
        figures=tuple(figures),
        sources=unique,
        taken_over=said,
        suggestions=_next(view, known),
    )


def caveats(view: View, known: Known) -> tuple[Phrase, ...]:
    """What a reader must know to quote the figure."""
    out: list[Phrase] = []
    if known.flow.partner != WORLD:
        last = last_by_partner(view, known.flow)
        if last:
            out.append(say("caveat.by_partner", period=last))
    months = view.store.months(known.flow.product, known.period, partner=known.flow.partner) if known.series else []
    earlier = view.store.earlier([month.observation_id for month in months])
    if earlier:
        revised = {month.period: month.quantity.value for month in months}
        first = {old.period: old for old in earlier}  # the newest comes first, so that the oldest stays
        old_value = sum(first[month].quantity.value if month in first else value for month, value in revised.items())
        before = replace(known.quantity, value=old_value, low=None, high=None)
        if round(old_value / 1e5) != round(known.quantity.value / 1e5):
            date = Day(view.store.source(earlier[-1].source_id).published)
            out.append(say("caveat.revised", value=before, now=known.quantity, date=date))
    newest = view.store.newest(known.flow.product, known.flow.partner, known.flow.exporter)
    if known.series and newest and known.period.end == newest.end:
        out.append(say("caveat.newest", period=newest))
    return tuple(out)


def _against(known: Known, before: Known) -> Phrase:
    """The comparison with the same months a year earlier."""
    args: dict[str, Arg] = {"base": before.quantity, "period": before.period}
    if known.quantity.value / before.quantity.value >= _TIMES:
        times = known.quantity.ratio(before.quantity)
        return say("level.times", times=times, now=known.quantity, **args)
    change = known.quantity.growth(before.quantity)
    if abs(change.value) < 0.05:
        return say("level.same", **args)
    return say("level.up" if change.value > 0 else "level.down", change=change, **args)


def _other(view: View, known: Known, voice: Voice) -> Figure:
    return Figure(
        voice.lead.quantity,
        "value",
        sources_of(view, voice.reports),
        known.flow.exporter,
        known.flow.partner,
        known.flow.product,
        known.period,
    )


def _next(view: View, known: Known) -> tuple[Phrase, ...]:
    """Questions that would follow."""
    earlier = known.period.year_earlier()
    out = [ask_level(known.flow, earlier)] if find(view, known.flow, earlier) else []
    if known.flow.partner != WORLD and find(view, Flow(known.flow.product), known.period):
        out.append(
            say(
                "ask.share",
                partner=country(known.flow.partner),
                product=product(known.flow.product),
                period=known.period,
            )
        )
    elif known.period.kind in ("year", "quarter", "half") and known.series:
        out.append(
            say("ask.series", product=product(known.flow.product), period=Period(known.period.start, known.period.end))
        )
    return tuple(out)


def _months(flow: Flow, question: Question) -> tuple[Phrase, ...]:
    return tuple(ask_level(flow, slot.value.period) for slot in question.periods if slot.value.period)
