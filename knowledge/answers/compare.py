"""Two or more figures side by side: which is larger, by how much, how many times."""

from __future__ import annotations

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Known, find
from knowledge.answers.gaps import ask_level, country, declined, no_figure, product
from knowledge.answers.spans import flows, spans, taken_over
from knowledge.answers.sum import label
from knowledge.facts import Source
from knowledge.question import Question
from knowledge.reconcile import in_order


def answer(question: Question, view: View) -> Answer:
    """The larger first; the difference and the ratio shown."""
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    found = [(flow, span) for flow in asked for span in spans(view, question, flow)]
    if len(found) < 2:
        return declined(question.kind, say("gap.what"))
    known = []
    for flow, span in found:
        one = find(view, flow, span.period)
        if one is None:
            return no_figure(view, question, flow, span.period)
        known.append(one)
    ordered = sorted(known, key=lambda one: -one.quantity.value)
    first, second = ordered[:2]
    if first.quantity.unit != second.quantity.unit:
        return declined(question.kind, say("compare.apples"))
    sources: list[Source] = [source for one in ordered for source in one.sources(view)[:2]]
    unique = in_order(sources)
    difference = first.quantity - second.quantity
    figures = [one.figure(view) for one in ordered]
    details = []
    if second.quantity.value > 0:
        times, more = first.quantity.ratio(second.quantity), first.quantity.growth(second.quantity)
        unsure = (
            second.quantity.high is None or first.quantity.low is None or first.quantity.low <= second.quantity.high
        )
        details.append(say("compare.unsure" if unsure else "compare.by", difference=difference, more=more, times=times))
        figures.append(
            Figure(difference, "change", unique, first.flow.exporter, derived=True,
                   formula=f"{first.quantity.value / 1e6:,.1f} − {second.quantity.value / 1e6:,.1f}")
        )  # fmt: skip
    args: dict[str, Arg] = {
        "first": label(first, known), "second": label(second, known), "value": first.quantity, "other": second.quantity,
        "exporter": country(first.flow.exporter), "context": _context(known),
    }  # fmt: skip
    table = None
    if len(ordered) > 2:
        rows = tuple(
            (say("cell.start", label=label(one, known)), say("cell.million", value=one.quantity)) for one in ordered
        )
        table = Table((say("table.what"), say("table.million")), rows)
    return Answer(
        Status.ANSWERED, question.kind, (say("compare.lead", **args),), tuple(details), table=table,
        figures=tuple(figures), sources=unique, taken_over=taken_over(question, found[0][1]),
        suggestions=tuple(ask_level(one.flow, one.period) for one in ordered[:2]),
    )  # fmt: skip


def _context(known: list[Known]) -> Phrase:
    """What the figures have in common: the product, the period."""
    first = known[0]
    same_product = len({one.flow.product for one in known}) == 1
    same_period = len({one.period for one in known}) == 1
    if same_product and same_period:
        return say("compare.product_period", product=product(first.flow.product), period=first.period)
    if same_product:
        return say("compare.product", product=product(first.flow.product))
    return say("compare.period", period=first.period) if same_period else say("phrase.nothing")
