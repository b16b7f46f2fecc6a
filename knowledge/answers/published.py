"""Measures that are only ever quoted, never computed here: targets, world ranks, shares of an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Arg, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find, sources_of
from knowledge.answers.gaps import country, declined, product
from knowledge.answers.spans import flows, taken_over
from knowledge.answers.telling import lead
from knowledge.facts import Observation, Source
from knowledge.period import Period
from knowledge.question import Name, Question

_OTHERS = 4


def answer(question: Question, view: View, measures: tuple[str, ...]) -> Answer:
    """The first of `measures` that was published for the period; the newest one where none is named."""
    asked = flows(question)
    if not asked:
        return declined(question.kind, say("gap.what"))
    named = [slot for slot in question.periods if slot.value.period]
    if len(named) > 1 and "growth_yoy" not in measures:
        each = [answer(replace(question, periods=(slot,)), view, measures) for slot in named]
        return next((one for one in each if one.status is not Status.ANSWERED), None) or side_by_side(each)
    for measure in measures:
        for flow in asked:
            period = _period(view, question, flow, measure)
            known = find(view, flow, period, measure) if period else None
            if known:
                told = tell(question, view, known, taken_over(question))
                return _beside(view, told, known) if "actual" in question.aspects else told
    flow = asked[0]
    have = sorted({item.period for measure in measures for item in _all(view, flow, measure)}, key=lambda p: p.end)
    names: dict[str, Arg] = {
        "product": product(flow.product),
        "partner": country(flow.partner),
        "exporter": country(flow.exporter),
    }
    if not have:
        return declined(question.kind, say("gap.no_measure", measure=say(f"measure.{measures[0]}"), **names))
    return declined(
        question.kind, say("gap.measure", measure=say(f"measure.{measures[0]}"), periods=tuple(have[-3:]), **names)
    )


def tell(question: Question, view: View, known: Known, said: tuple[Phrase, ...]) -> Answer:
    """A published figure with everyone who gave another one."""
    sources: list[Source] = list(known.sources(view)[:4])
    figures = [known.figure(view)]
    details: list[Phrase] = []
    for voice in known.others[:_OTHERS]:
        details.append(
            say(
                "published.other", value=voice.lead.quantity, source=view.store.source(voice.lead.source_id),
                who=who(voice.lead.attributed_to),
            )
        )  # fmt: skip
        sources += sources_of(view, voice.reports[:1])
        figures.append(
            Known(known.flow, known.period, known.measure, voice.lead.quantity, "", voice.reports).figure(view)
        )
    args: dict[str, Arg] = {
        "value": known.quantity, "product": product(known.flow.product), "partner": country(known.flow.partner),
        "exporter": country(known.flow.exporter), "period": known.period, "who": who(known.who),
    }  # fmt: skip
    level = view.store.product(known.flow.product)
    index = level is not None and level.level == "index"
    return Answer(
        Status.ANSWERED, question.kind, (say(_key(known, index), **args),), tuple(details),
        caveats=(say("caveat.index"),) if index else (), figures=tuple(figures),
        sources=tuple(dict.fromkeys(sources)), taken_over=said,
    )  # fmt: skip


def side_by_side(told: Sequence[Answer]) -> Answer:
    """Answers of several times, one after the other."""
    return replace(
        told[0],
        lead=tuple(phrase for one in told for phrase in one.lead),
        details=tuple(dict.fromkeys(phrase for one in told for phrase in one.details)),
        figures=tuple(figure for one in told for figure in one.figures),
        sources=tuple(dict.fromkeys(source for one in told for source in one.sources)),
    )


def _beside(view: View, told: Answer, target: Known) -> Answer:
    """A target with what came of it, once that is known."""
    reached = find(view, target.flow, target.period)
    if reached is None:
        return told
    return replace(
        told,
        details=(*told.details, lead(view, reached)),
        figures=(*told.figures, reached.figure(view)),
        sources=tuple(dict.fromkeys((*told.sources, *reached.sources(view)[:1]))),
    )


def who(attributed: str) -> Phrase:
    """Who is quoted, as the end of a sentence."""
    if attributed in ("not stated", "press", "officials", "press expectation", ""):
        return say("by.nobody")
    return say("by.who", who=Name("who", attributed))


def _key(known: Known, index: bool) -> str:
    side = "" if known.flow.partner == "WLD" else "_partner"
    if index:
        side += "_index" if known.flow.exporter != "WLD" else "_import"
    elif known.measure == "share":
        side += f".{known.flow.product}"
    return f"published.{known.measure}{side}"


def _all(view: View, flow: Flow, measure: str) -> list[Observation]:
    return view.store.observations(product=flow.product, partner=flow.partner, exporter=flow.exporter, measure=measure)


def _period(view: View, question: Question, flow: Flow, measure: str) -> Period | None:
    named = next((slot.value.period for slot in question.periods if slot.value.period), None)
    if named:
        return named
    have = {item.period for item in _all(view, flow, measure)}
    return max(have, key=lambda period: (period.end, len(period)), default=None)
