"""What stands beside a deal: what was delivered of it, what was only agreed or planned, who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answer import Phrase, say
from knowledge.answers.accounts import brief, country, listed, system, voice
from knowledge.answers.choice import Choice, best_count, measures
from knowledge.answers.days import distance, span
from knowledge.answers.deal_told import Told
from knowledge.answers.deals import Claim, Deal, deals, weight
from knowledge.answers.desk_view import View
from knowledge.answers.linked import reports_of
from knowledge.answers.reports import HOME, counts_more, fitting, plan_like
from knowledge.facts import Event
from knowledge.question import Question

_AROUND = 730
"""Days around a deal in which a plan, a preliminary accord or a denial is about it."""
_COMPLETED = 3000
"""Days in which what was ordered is delivered."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class Context:
    """Sentences beside an answer, and the reports that they use."""

    details: tuple[Phrase, ...]
    caveats: tuple[Phrase, ...]
    events: tuple[Event, ...]
    delivered: bool
    """True if a delivery is known."""


def context(question: Question, view: View, reports: Sequence[Event], choice: Choice) -> Context:
    """What the other reports of this buyer and system add to the deal that was chosen."""
    lead = choice.lead
    known = reports_of(view.store)
    about = [
        event
        for event in reports
        if event.buyer == lead.best.buyer
        and event not in lead.reports
        and _related(known.systems(event), known.systems(lead.best), event.system == lead.best.system)
    ]
    delivered = deliveries(question, view, about, choice)
    ordered = _orders(view, about, lead)
    accords = _accords(question, about, lead, view)
    plans = _plans(question, about, lead)
    denials = _denials(question, view, about, lead)
    details = (
        *listed((brief(claim, view, kind=False) for claim in delivered), "procurement.delivered"),
        *listed((brief(claim, view, kind=False) for claim in ordered), "procurement.ordered"),
        *listed((valued(claim, view, question, kind=False) for claim in accords), "procurement.agreed"),
        *listed((valued(Claim((event,)), view, question, kind=False) for event in plans), "procurement.planned"),
    )
    events = (*(event for claim in (*delivered, *ordered, *accords) for event in claim.reports), *plans, *denials)
    caveats = tuple(
        say("procurement.denied", who=voice(event.attributed_to), date=event.date, note=event.note) for event in denials
    )
    shown = any(deal.family == "delivery" for deal in (lead, *choice.others)) or bool(delivered)
    return Context(details, caveats, events, shown)


def _related(named: frozenset[str], known: frozenset[str], same_text: bool) -> bool:
    return same_text or bool(named & known)


def deliveries(question: Question, view: View, about: Sequence[Event], choice: Choice) -> list[Claim]:
    """What came of an order: the lot of its size, else the completed total, else the latest lots before the next."""
    lead = choice.lead
    if lead.family not in ("purchase", "agreement"):
        return []
    later = [deal.first for deal in choice.others if deal.first > lead.last and not deal.running]
    until = min([*later, lead.last + _COMPLETED])
    found = [
        deal
        for deal in deals([event for event in about if event.kind == "delivery"], view.store)
        if lead.first <= deal.last
        and deal.first <= until
        and (not deal.running or lead.running or deal.last <= until)
        and not any(counts_more(question, view, event) for event in deal.reports)
    ]
    ordered = {event.quantity.value for event in lead.reports if event.quantity}
    claims = [best_count(deal, question, view) or deal.headline for deal in found]
    sized = [claim for claim in claims if claim.best.quantity and claim.best.quantity.value in ordered]
    running = [claim for claim, deal in zip(claims, found, strict=True) if deal.running and deal.counts()]
    counted = [claim for claim in claims if claim.best.quantity]
    return sized[-1:] or running[-1:] or counted[-2:] or claims[-2:]


def _orders(view: View, about: Sequence[Event], lead: Deal) -> list[Claim]:
    """The order behind a delivery: the one of its size, else the last one before it that has a number."""
    if lead.family != "delivery":
        return []
    found = deals([event for event in about if event.kind in ("contract", "order")], view.store)
    earlier = [deal.counts()[0] for deal in found if deal.first <= lead.first and not deal.running and deal.counts()]
    counts = {event.quantity.value for event in lead.reports if event.quantity}
    sized = [claim for claim in earlier if claim.best.quantity and claim.best.quantity.value in counts]
    return (sized or earlier)[-1:]


def _accords(question: Question, about: Sequence[Event], lead: Deal, view: View) -> list[Claim]:
    """Preliminary accords near the contract, with what they say of the figure that was asked."""
    if lead.family != "purchase":
        return []
    telling = bool(question.aspects & {"agree", "alleged", "agreement"})
    told: list[Claim] = []
    for deal in deals([event for event in about if event.kind == "agreement"], view.store):
        money = "money" in measures(question)
        claims = deal.values() if money else deal.counts()
        if distance(deal.best.date, lead.best.date) <= _AROUND:
            told += [claim for claim in claims if telling or not _known(claim.best, lead, money=money)]
    return told[:_MOST]


def _known(event: Event, lead: Deal, *, money: bool) -> bool:
    """True if the deal itself has the figure already."""
    figures = [report.value if money else report.quantity for report in lead.reports]
    own = event.value if money else event.quantity
    return any(own and figure and own.value == figure.value and own.unit == figure.unit for figure in figures)


def _plans(question: Question, about: Sequence[Event], lead: Deal) -> list[Event]:
    """Approvals and plans that led to the deal, with another figure of the kind asked for."""
    if lead.family not in ("purchase", "agreement") or lead.running:
        return []
    money = "money" in measures(question)
    counts = {event.quantity.value for event in lead.reports if event.quantity}
    values = {event.value.value for event in lead.reports if event.value}
    told: list[Event] = []
    near = [event for event in about if plan_like(event) and distance(event.date, lead.best.date) <= _AROUND]
    for event in sorted(near, key=lambda one: (distance(one.date, lead.best.date) // 120, weight(one))):
        given = event.value if money else event.quantity
        known = values if money else counts
        if given is not None and given.value not in known and span(event.date)[0] <= lead.last:
            told.append(event)
            known.add(given.value)
    return told[: _MOST - 1]


def valued(claim: Claim, view: View, question: Question, *, kind: bool = True, deal: Deal | None = None) -> Phrase:
    """A claim as a fragment, with the sums that are named for it where money or a plan is spoken of."""
    told = brief(claim, view, kind=kind)
    own = [one.best.value for one in deal.values() if one.best.value] if deal else []
    if not own and claim.best.value:
        own = [claim.best.value]
    shown = own and ("money" in measures(question) or claim.best.kind == "other")
    return say("procurement.at", brief=told, values=tuple(own)) if shown else told


def _denials(question: Question, view: View, about: Sequence[Event], lead: Deal) -> list[Event]:
    """Who denies it: this very deal, or, where it is only alleged, anything of the kind."""
    found = [event for event in about if event.certainty == "denied" and _denies(event, lead)]
    if lead.best.certainty == "alleged":
        wide = fitting(replace(question, people=(), attributed=None, topic=()), view, without="systems")
        found += [
            event
            for event in wide
            if event.certainty == "denied"
            and event.buyer == lead.best.buyer
            and event not in found
            and event.quantity is None
        ]
    return found[:_MOST]


def _denies(event: Event, lead: Deal) -> bool:
    """True if a denial is about this deal: near in time, and of its number or of none."""
    if distance(event.date, lead.best.date) > _AROUND:
        return False
    return event.quantity is None or any(
        report.quantity and report.quantity.value == event.quantity.value for report in lead.reports
    )


def questions(told: Told, beside: Context) -> tuple[Phrase, ...]:
    """What could be asked next; each has an answer."""
    question, deal = told.question, told.deal
    best = deal.best
    named = {"buyer": country(best.buyer), "system": system(best, told.view)}
    asks: list[Phrase] = []
    if told.value and "money" not in told.asked:
        asks.append(say("procurement.ask.money", **named))
    if told.count and "count" not in told.asked and deal.family == "purchase":
        asks.append(say("procurement.ask.count", **named))
    if beside.delivered and deal.family == "purchase":
        asks.append(say("procurement.ask.delivered", **named))
    elif "when" not in question.aspects and deal.family == "purchase":
        asks.append(say("procurement.ask.when", **named))
    if best.supplier_country == HOME and best.buyer != HOME and question.partners:
        asks.append(say("procurement.ask.buyers", system=named["system"]))
    return tuple(asks[:3])
