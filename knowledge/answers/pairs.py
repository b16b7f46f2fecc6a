"""Two figures to set against each other: which they are, from what the question names."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answer import Answer, Phrase, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find
from knowledge.answers.gaps import declined, no_figure
from knowledge.answers.spans import Span, flows, spans, taken_over
from knowledge.question import Question


@dataclass(frozen=True, slots=True)
class Pair:
    """`now` is set against `base`; the same flow at two times, or two flows at one time."""

    now: Known | None
    base: Known | None
    flow: Flow
    span: Span
    over_time: bool
    said: tuple[Phrase, ...]


def pair(question: Question, view: View) -> Pair | Answer:
    """The pair that a question is about, or the answer that says what is missing."""
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    if len(asked) > 1:
        found = spans(view, question, asked[0])
        if not found:
            return no_figure(view, question, asked[0], None)
        span = found[-1]
        first, second = (find(view, flow, span.period) for flow in asked[:2])
        for flow, known in zip(asked, (first, second), strict=False):
            if known is None:
                return no_figure(view, question, flow, span.period)
        return Pair(first, second, asked[0], span, over_time=False, said=taken_over(question, span))
    flow = asked[0]
    found = spans(view, question, flow)
    if not found:
        return no_figure(view, question, flow, None)
    said = taken_over(question, *found)
    ordered = sorted(found, key=lambda span: (span.period.start, span.period.end))
    now = ordered[-1]
    base = ordered[0] if len(ordered) > 1 else Span(now.period.year_earlier())
    return Pair(find(view, flow, now.period), find(view, flow, base.period), flow, now, over_time=True, said=said)
