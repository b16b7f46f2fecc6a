"""Which part of a longer time fell into a shorter one: "how much of 2025 came in December"."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, derived, find
from knowledge.answers.gaps import ask_level, country, no_figure, product
from knowledge.answers.spans import Span, taken_over
from knowledge.facts import WORLD
from knowledge.period import Period
from knowledge.question import Question
from knowledge.reconcile import in_order


def nested(question: Question, found: Sequence[Span]) -> tuple[Period, Period] | None:
    """The shorter and the longer time; None where no two lie in each other, or another whole is named."""
    periods = sorted({span.period for span in found}, key=len)
    if "of_year" in question.aspects and len(periods) == 1 and len(periods[0]) < len(Period.year(0)):
        periods.append(Period.year(periods[0].last_year))
    if len(question.products) > 1 or question.partners or len(periods) != 2 or periods[0] not in periods[1]:
        return None
    return periods[0], periods[1]


def answer(question: Question, view: View, flow: Flow, times: tuple[Period, Period], said: Sequence[Span]) -> Answer:
    """The amount of the shorter time over that of the longer one."""
    short, long = (find(view, flow, period) for period in times)
    if short is None or long is None:
        return no_figure(view, question, flow, times[0] if short is None else times[1])
    share = short.quantity.share(long.quantity)
    sources = in_order([*short.sources(view)[:2], *long.sources(view)[:2]])
    formula = f"{short.quantity.value / 1e6:,.1f} ÷ {long.quantity.value / 1e6:,.1f} × 100"
    to: Phrase = say("phrase.nothing") if flow.partner == WORLD else say("phrase.to", partner=country(flow.partner))
    lead = say(
        "share.portion",
        share=share,
        exporter=country(flow.exporter),
        product=product(flow.product),
        to=to,
        whole=long.period,
        part=short.period,
    )
    return Answer(
        Status.ANSWERED,
        question.kind,
        (lead,),
        (say("share.sum", part=short.quantity, whole=long.quantity, share=share),),
        figures=(derived(share, "share", short, sources, formula), short.figure(view), long.figure(view)),
        sources=sources,
        taken_over=taken_over(question, *said),
        suggestions=(ask_level(flow, short.period), ask_level(flow, long.period)),
    )
