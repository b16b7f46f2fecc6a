"""A whole less what the question leaves out: "total exports without automotive", with the sum that made it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.answer import Answer, Arg, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, derived, find
from knowledge.answers.gaps import ask_level, country, declined, no_figure, product
from knowledge.answers.pairs import pair
from knowledge.answers.spans import flows, spans, taken_over
from knowledge.answers.wholes import as_first_published, overlap, within
from knowledge.facts import WORLD, Source
from knowledge.period import Period
from knowledge.quantity import Quantity, total
from knowledge.question import Name, Question
from knowledge.reconcile import in_order


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is left of a whole: how much, and the figures behind it."""

    whole: Known
    parts: tuple[Known, ...]

    @property
    def quantity(self) -> Quantity:
        return self.whole.quantity - total(part.quantity for part in self.parts)

    @property
    def terms(self) -> tuple[Quantity, ...]:
        return tuple(known.quantity for known in (self.whole, *self.parts))

    @property
    def formula(self) -> str:
        return " − ".join(f"{term.value / 1e6:,.1f}" for term in self.terms)

    def sources(self, view: View) -> list[Source]:
        return [source for known in (self.whole, *self.parts) for source in known.sources(view)[:2]]


def level(question: Question, view: View) -> Answer:
    """How much is left of one whole in one period."""
    asked = flows(question)
    found = spans(view, question, asked[0]) if len(asked) == 1 else ()
    if len(found) != 1:
        return _refusal(question)
    rest = _rest(question, view, asked[0], found[0].period)
    if isinstance(rest, Answer):
        return rest
    sources = in_order(rest.sources(view))
    known = rest.whole
    figure = derived(rest.quantity, "value", known, sources, rest.formula)
    return Answer(
        Status.ANSWERED,
        question.kind,
        (say("without.level", value=rest.quantity, period=known.period, **_named(question, known.flow)),),
        (say("without.sum", terms=rest.terms),),
        figures=(figure, known.figure(view), *(part.figure(view) for part in rest.parts)),
        sources=sources,
        taken_over=taken_over(question, *found),
        suggestions=(ask_level(known.flow, known.period),),
    )


def change(question: Question, view: View) -> Answer:
    """How what is left changed between two times."""
    found = pair(question, view)
    if isinstance(found, Answer):
        return found
    if not found.over_time:
        return _refusal(question)
    if found.now is None or found.base is None:
        missing = found.span.period if found.now is None else found.span.period.year_earlier()
        return no_figure(view, question, found.flow, missing)
    now, base = (_rest(question, view, found.flow, one.period) for one in (found.now, found.base))
    if isinstance(now, Answer) or isinstance(base, Answer):
        return now if isinstance(now, Answer) else base  # type: ignore[return-value]
    growth = now.quantity.growth(base.quantity)
    sources = in_order([*now.sources(view), *base.sources(view)])
    formula = f"({now.quantity.value / 1e6:,.1f} ÷ {base.quantity.value / 1e6:,.1f} − 1) × 100"
    figures = [
        derived(growth, "growth", now.whole, sources, formula),
        derived(now.quantity, "value", now.whole, sources, now.formula),
        derived(base.quantity, "value", base.whole, sources, base.formula),
    ]
    args = {"change": growth, "period": now.whole.period, "base": base.whole.period, **_named(question, found.flow)}
    return Answer(
        Status.ANSWERED,
        question.kind,
        (say("without.down" if growth.value < 0 else "without.up", **args),),
        tuple(
            say("without.then", period=rest.whole.period, terms=rest.terms, value=rest.quantity) for rest in (base, now)
        ),
        figures=tuple(figures),
        sources=sources,
        taken_over=found.said,
    )


def names(question: Question) -> tuple[Arg, ...]:
    """What is left out, to be worded."""
    return tuple(country(name.id) if name.kind == "country" else product(name.id) for name in _left_out(question))


def said(question: Question) -> tuple[Phrase, ...]:
    """What an order must say aloud: that it leaves these out."""
    return (say("without.said", names=names(question)),) if question.left_out else ()


def _left_out(question: Question) -> list[Name]:
    return [slot.value for slot in question.left_out]


def _named(question: Question, flow: Flow) -> dict[str, Arg]:
    return {"names": names(question), "exporter": country(flow.exporter), "product": product(flow.product)}


def _rest(question: Question, view: View, flow: Flow, period: Period) -> _Rest | Answer:
    """The rest of a flow in a period; the refusal where a part is unknown, is no part, or is counted twice."""
    whole = find(view, flow, period)
    if whole is None:
        return no_figure(view, question, flow, period)
    parts: list[Known] = []
    for name in _left_out(question):
        by_partner = name.kind == "country"
        part = replace(flow, partner=name.id) if by_partner else replace(flow, product=name.id)
        known = find(view, part, period)
        if known is None:
            return no_figure(view, question, part, period)
        if flow.partner != WORLD or not (by_partner or within(view, known, whole)):
            return _refusal(question)
        parts.append(known)
    first = as_first_published(parts[0], whole)
    if overlap(view, parts) or any(part.quantity.unit != whole.quantity.unit for part in parts):
        return _refusal(question)
    return _Rest(first or whole, tuple(parts))


def _refusal(question: Question) -> Answer:
    return declined(question.kind, say("without.gap", names=names(question)))
