"""Which part of a whole: computed from the figures, beside the shares that were published."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, say
from knowledge.answers import level as amounts
from knowledge.answers import portion, published, ratio
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find, sources_of
from knowledge.answers.gaps import MONEY, ask_level, country, declined, no_figure, product
from knowledge.answers.spans import Span, flows, spans, taken_over
from knowledge.answers.wholes import as_first_published
from knowledge.facts import TOTAL, WORLD, Source
from knowledge.period import Period
from knowledge.question import Question
from knowledge.reconcile import in_order

_VOLUME = "major-arms"
"""Where money is not known, the published share by volume is; it is told as such."""
_PUBLISHED = {"defence-aerospace": "defence-in-total-exports"}
"""Products whose share of all goods is published as a series of its own."""


def answer(question: Question, view: View) -> Answer:
    """The share of a partner in a product, or of a product in a wider one."""
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    otherwise = _told_otherwise(question, view, asked)
    if otherwise:
        return otherwise
    times = portion.nested(question, spans(view, question, asked[0])) if len(asked) == 1 else None
    if times:
        return portion.answer(question, view, asked[0], times, spans(view, question, asked[0]))
    part, whole = _part_and_whole(view, asked)
    if part == whole:
        return declined(question.kind, say("gap.what"))
    if part.product != whole.product and not _within(view, part, whole, question):
        if "divided" in question.aspects:
            return ratio.answer(question, view)
        return declined(question.kind, say("gap.inverted", part=product(part.product), whole=product(whole.product)))
    found = spans(view, question, part)
    if not found:
        return no_figure(view, question, part, None)
    told = [_in(question, view, (part, whole), span) for span in found]
    missing = next((one for one in told if one.status is not Status.ANSWERED), None)
    return missing or published.side_by_side(told)


def _in(question: Question, view: View, pair: tuple[Flow, Flow], span: Span) -> Answer:
    """The share in one period."""
    part, whole = pair
    known, base = find(view, part, span.period), find(view, whole, span.period)
    said_so = _published(view, part, whole, span.period)
    if known is None or base is None:
        if said_so:
            return published.tell(question, view, said_so, taken_over(question, span))
        volume = find(view, replace(part, product=_VOLUME), span.period, "share")
        if volume:
            return published.tell(question, view, volume, (*taken_over(question, span), say("phrase.index")))
        return no_figure(view, question, part if known is None else whole, span.period)
    return _derived(question, view, (known, base), said_so, taken_over(question, span))


def _told_otherwise(question: Question, view: View, asked: tuple[Flow, ...]) -> Answer | None:
    """The answer where no share is to be worked out: an amount is asked for, or shares are all there is."""
    level = view.store.product(asked[0].product)
    index = level is not None and level.level == "index"
    if question.unit in MONEY:
        return declined(question.kind, say("caveat.index")) if index else _amount(question, view)
    if index or (level and level.level in ("part", "company") and _has_shares(view, asked[0])):
        return published.answer(question, view, ("share",))
    return None


def _amount(question: Question, view: View) -> Answer:
    """The part as an amount: "and in dollars?"."""
    part, _ = _part_and_whole(view, flows(question))
    products = tuple(slot for slot in question.products if slot.value == part.product)
    return amounts.answer(replace(question, products=products), view)


def _has_shares(view: View, flow: Flow) -> bool:
    return bool(
        view.store.observations(product=flow.product, partner=flow.partner, exporter=flow.exporter, measure="share")
    )


def _part_and_whole(view: View, asked: tuple[Flow, ...]) -> tuple[Flow, Flow]:
    first = asked[0]
    if first.partner != WORLD:
        return first, Flow(first.product, WORLD, first.exporter)
    if len(asked) > 1:
        ordered = sorted(asked[:2], key=lambda flow: _width(view, flow))
        return ordered[0], ordered[1]
    return first, Flow(TOTAL, WORLD, first.exporter)


def _within(view: View, part: Flow, whole: Flow, question: Question) -> bool:
    """True if the one product is part of the other, and the words do not say that it is the other way round."""
    roles = {slot.value: slot.role for slot in question.products}
    if roles.get(part.product) == "whole" and roles.get(whole.product) != "whole":
        return False
    found = view.store.product(part.product)
    while found and found.parent:
        if found.parent == whole.product:
            return True
        found = view.store.product(found.parent)
    return found is not None and found.level in ("company", "part")


def _width(view: View, flow: Flow) -> int:
    """How wide a product is: a sector is part of a group, a group of the total."""
    found = view.store.product(flow.product)
    return ["company", "part", "sector", "group", "total"].index(found.level) if found and found.level != "index" else 0


def _published(view: View, part: Flow, whole: Flow, period: Period) -> Known | None:
    if part.partner != WORLD:
        return find(view, part, period, "share")
    series = _PUBLISHED.get(part.product)
    if series and whole.product == TOTAL:
        return find(view, Flow(series, WORLD, part.exporter), period, "share")
    return find(view, part, period, "share")


def _derived(
    question: Question, view: View, pair: tuple[Known, Known], said_so: Known | None, said: tuple[Phrase, ...]
) -> Answer:
    known, base = pair
    as_first = as_first_published(known, base)
    share = known.quantity.share(as_first.quantity if as_first else base.quantity)
    whole = as_first or base
    sources: list[Source] = [*known.sources(view)[:3], *whole.sources(view)[:2]]
    figures = [
        Figure(
            share,
            "share",
            tuple(dict.fromkeys(sources)),
            known.flow.exporter,
            known.flow.partner,
            known.flow.product,
            known.period,
            derived=True,
            formula=f"{known.quantity.value / 1e6:,.1f} ÷ {whole.quantity.value / 1e6:,.1f} × 100",
        ),
        known.figure(view),
        whole.figure(view),
    ]
    details: list[Phrase] = [say("share.sum", part=known.quantity, whole=whole.quantity, share=share)]
    if as_first and not base.quantity.may_equal(as_first.quantity):
        details.append(say("share.revised", whole=base.quantity, share=known.quantity.share(base.quantity)))
        figures.append(base.figure(view))
        sources += base.sources(view)[:1]
    if said_so:
        for reports in (said_so.reports, *(voice.reports for voice in said_so.others))[:3]:
            details.append(
                say("share.published", share=reports[0].quantity, source=view.store.source(reports[0].source_id))
            )
            sources += sources_of(view, reports[:1])
    args: dict[str, Arg] = {
        "share": share,
        "product": product(known.flow.product),
        "partner": country(known.flow.partner),
        "whole": product(whole.flow.product),
        "period": known.period,
        "exporter": country(known.flow.exporter),
    }
    key = "share.partner" if known.flow.partner != WORLD else "share.product"
    return Answer(
        Status.ANSWERED,
        question.kind,
        (say(key, **args),),
        tuple(details),
        figures=tuple(figures),
        sources=in_order(sources),
        taken_over=said,
        suggestions=(ask_level(known.flow, known.period), ask_level(base.flow, base.period)),
    )
