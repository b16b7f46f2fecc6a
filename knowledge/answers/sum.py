"""Several figures added together, with the sum shown; never over a gap."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Answer, Arg, Figure, Status, Table, say
from knowledge.answers import level
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find
from knowledge.answers.gaps import ask_level, country, declined, no_figure, product
from knowledge.answers.spans import Span, flows, spans, taken_over
from knowledge.answers.wholes import overlap
from knowledge.facts import WORLD, Source
from knowledge.period import Period
from knowledge.quantity import total
from knowledge.question import Question
from knowledge.reconcile import in_order


def answer(question: Question, view: View) -> Answer:
    """The sum of everything that the question lists."""
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    if question.left_out:
        return level.answer(question, view)
    found = [(flow, span) for flow in asked for span in spans(view, question, flow)]
    if len(found) == 1:
        return level.answer(question, view)
    return add_up(question, view, [(flow, span.period) for flow, span in found], tuple(span for _, span in found))


def add_up(question: Question, view: View, items: Sequence[tuple[Flow, Period]], found: tuple[Span, ...]) -> Answer:
    """Each figure and their sum; declined if one is missing or two overlap."""
    if not items:
        return declined(question.kind, say("gap.what"))
    known: list[Known] = []
    for flow, period in items:
        one = find(view, flow, period)
        if one is None:
            return no_figure(view, question, flow, period)
        known.append(one)
    twice = overlap(view, known)
    if twice:
        first, second = twice
        return declined(
            question.kind, say("sum.overlap", first=product(first.flow.product), second=product(second.flow.product))
        )
    quantity = total(one.quantity for one in known)
    formula = " + ".join(f"{one.quantity.value / 1e6:,.1f}" for one in known)
    sources: list[Source] = [source for one in known for source in one.sources(view)[:2]]
    unique = in_order(sources)
    first = known[0]
    same_product = len({one.flow.product for one in known}) == 1
    figure = Figure(
        quantity,
        "value",
        unique,
        first.flow.exporter,
        first.flow.partner if len({one.flow.partner for one in known}) == 1 else "",
        first.flow.product if same_product else "",
        first.period if len({one.period for one in known}) == 1 else None,
        derived=True,
        formula=formula,
    )
    lead = say(
        _key(view, known),
        value=quantity,
        labels=tuple(label(one, known) for one in known),
        period=first.period,
        product=product(first.flow.product),
        exporter=country(first.flow.exporter),
    )
    return Answer(
        Status.ANSWERED,
        question.kind,
        (lead,),
        (say("sum.formula", terms=tuple(one.quantity for one in known), value=quantity),),
        table=Table(
            (say("table.what"), say("table.million")),
            tuple(
                (say("cell.start", label=label(one, known)), say("cell.million", value=one.quantity)) for one in known
            ),
        ),
        figures=(figure, *(one.figure(view) for one in known)),
        sources=unique,
        taken_over=taken_over(question, *found[:1]),
        suggestions=tuple(ask_level(flow, period) for flow, period in items[:2]),
    )


def _key(view: View, known: Sequence[Known]) -> str:
    """The sentence that fits what differs among the parts."""
    differ = [
        len({one.flow.product for one in known}) > 1,
        len({one.flow.partner for one in known}) > 1,
        len({one.period for one in known}) > 1,
    ]
    if differ == [True, False, False] and known[0].flow.partner == WORLD:
        found = view.store.product(known[0].flow.product)
        return "sum.companies" if found and found.level == "company" else "sum.products"
    if differ == [False, True, False]:
        return "sum.partners"
    return "sum.periods" if differ == [False, False, True] and known[0].flow.partner == WORLD else "sum.lead"


def label(one: Known, among: Sequence[Known]) -> Arg:
    """What tells one figure from the others: its product, partner or period."""
    parts: list[Arg] = []
    if len({other.flow.product for other in among}) > 1:
        parts.append(product(one.flow.product))
    if len({other.flow.partner for other in among}) > 1:
        parts.append(country(one.flow.partner))
    if len({other.period for other in among}) > 1 or not parts:
        parts.append(one.period)
    return parts[0] if len(parts) == 1 else say("phrase.pair", first=parts[0], second=parts[1])
