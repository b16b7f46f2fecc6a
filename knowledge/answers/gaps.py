"""Declining: what is not there, why, what is nearest, and a question that can be answered instead."""

from __future__ import annotations

from datetime import timedelta

from knowledge.answer import Answer, Arg, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, find
from knowledge.calendar import release
from knowledge.facts import WORLD, Day
from knowledge.period import Period
from knowledge.question import Kind, Name, Question
from knowledge.store import OFFICIAL

MONEY = ("USD", "EUR", "GBP")
"""Units that are currencies."""


_IN_MONEY = frozenset((Kind.LEVEL, Kind.SHARE, Kind.RANK))
"""Kinds that are declined where nothing of them is money: "and in dollars?"."""
_FORESEEN = timedelta(days=366)


def country(code: str) -> Name:
    """A country as a name to be worded."""
    return Name("country", code)


def product(identity: str) -> Name:
    """A product as a name to be worded."""
    return Name("product", identity)


def no_figure(view: View, question: Question, flow: Flow, period: Period | None) -> Answer:
    """There is no figure of this flow in this period: say so, and what is nearest."""
    newest = view.store.newest(flow.product, flow.partner, flow.exporter)
    oldest = view.store.oldest(flow.product, flow.partner, flow.exporter)
    names: dict[str, Arg] = {
        "product": product(flow.product),
        "partner": country(flow.partner),
        "exporter": country(flow.exporter),
    }
    lead: list[Phrase] = []
    suggestions: list[Phrase] = []
    to_world = flow.partner == WORLD
    if newest is None or oldest is None:
        lead.append(_never(view, flow, names))
        suggestions += _instead(view, flow, period)
    elif period is None:
        lead.append(say("gap.nothing", **names))
    else:
        key = "gap.period" if to_world else "gap.partner_period"
        lead.append(say(key, period=period, **names))
        if period.end > newest.end and to_world:
            lead.append(say("gap.newest", period=newest))
            lead += _coming(view, flow, period, newest)
        elif period.start < oldest.start and to_world and nearest(view, flow, period)[0].start >= oldest.start:
            lead.append(say("gap.oldest", period=oldest))
        else:
            lead.append(say("gap.nearest", periods=tuple(nearest(view, flow, period)), **names))
        suggestions += [ask_level(flow, near) for near in nearest(view, flow, period)[:2]]
    if not to_world and _known_by_partner(view, flow):
        last = view.store.newest(flow.product, "", flow.exporter) or last_by_partner(view, flow)
        if last:
            lead.append(say("gap.by_partner_ended", period=last))
        if period and find(view, Flow(flow.product, exporter=flow.exporter), period):
            suggestions.append(ask_level(Flow(flow.product, exporter=flow.exporter), period))
    return Answer(Status.DECLINED, question.kind, tuple(lead), suggestions=tuple(suggestions[:3]))


def _coming(view: View, flow: Flow, period: Period, newest: Period) -> list[Phrase]:
    """When a period that is not out yet will be, if its publisher keeps to a calendar; nothing of the far future."""
    if not view.store.months(flow.product, newest, partner=flow.partner, exporter=flow.exporter):
        return []
    coming = release(OFFICIAL, period, newest, view.today)
    if coming is None or coming.due - view.today > _FORESEEN:
        return []
    date = Day(coming.due.isoformat())
    return [say("gap.late" if coming.late else "gap.due", period=coming.month, date=date)]


def _never(view: View, flow: Flow, names: dict[str, Arg]) -> Phrase:
    if flow.product.startswith("company:"):
        return say("gap.company", company=Name("company", flow.product.partition(":")[2]))
    if flow.partner == WORLD:
        return say("gap.nothing", **names)
    return say("gap.partner" if _known_by_partner(view, flow) else "gap.never_by_partner", **names)


def _known_by_partner(view: View, flow: Flow) -> bool:
    return bool(view.store.partners(flow.product, flow.exporter))


def last_by_partner(view: View, flow: Flow) -> Period | None:
    """The latest period for which any partner's figure is known."""
    ends = [last for _, _, last, _ in view.store.partners(flow.product, flow.exporter)]
    return max(ends, key=lambda period: (period.end, period.start), default=None)


def nearest(view: View, flow: Flow, period: Period) -> list[Period]:
    """The known periods closest to one, of the same length first; at most three."""
    series = view.store.months(flow.product, period, partner=flow.partner, exporter=flow.exporter)
    if series:
        return [Period(series[0].period.start, series[-1].period.end)]
    known = {
        item.period
        for item in view.store.observations(product=flow.product, partner=flow.partner, exporter=flow.exporter)
    }
    return sorted(known, key=lambda near: (abs(len(near) - len(period)), abs(near.end - period.end), near.start))[:3]


def _instead(view: View, flow: Flow, period: Period | None) -> list[Phrase]:
    if flow.partner != WORLD:
        whole = Flow(flow.product, exporter=flow.exporter)
        when = period if period and find(view, whole, period) else view.store.newest(flow.product, WORLD, flow.exporter)
        return [ask_level(whole, when)] if when else []
    return []


def ask_level(flow: Flow, period: Period) -> Phrase:
    """The question for a figure, as a suggestion."""
    if flow.partner == WORLD:
        return say("ask.level", product=product(flow.product), period=period)
    return say("ask.level_partner", product=product(flow.product), partner=country(flow.partner), period=period)


def declined(kind: Kind | None, *lead: Phrase, suggestions: tuple[Phrase, ...] = ()) -> Answer:
    """A plain refusal; a question back where the question says too little."""
    status = Status.CLARIFY if lead[0].key == "gap.what" else Status.DECLINED
    return Answer(status, kind, lead, suggestions=suggestions)


def other_currency(question: Question, found: Answer) -> Answer | None:
    """The refusal of an answer that is not in the currency that was asked for; None if it is, or tells no figure."""
    if question.unit not in MONEY or found.status is not Status.ANSWERED or question.kind is Kind.COVERAGE:
        return None
    units = {figure.quantity.unit for figure in found.figures}
    known = units & set(MONEY)
    if question.unit in known or not (known or (units and question.kind in _IN_MONEY)):
        return None
    if known:
        lead = say("gap.currency", asked=say(f"currency.{question.unit}"), known=say(f"currency.{min(known)}"))
    else:
        lead = say("gap.no_money", product=product(found.figures[0].product))
    return Answer(Status.DECLINED, question.kind, (lead,), suggestions=found.suggestions)
