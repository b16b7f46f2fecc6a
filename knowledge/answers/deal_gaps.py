"""Why there is no answer about a deal, and what is known instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Arg, Phrase, Status, say
from knowledge.answers.accounts import brief, country, figure, listed, note, sentence, slug, system, voice, worth
from knowledge.answers.choice import Choice, measures, tiers
from knowledge.answers.classes import families
from knowledge.answers.days import distance
from knowledge.answers.deals import Claim, Deal, deals, sources, weight
from knowledge.answers.desk_view import View
from knowledge.answers.linked import reports_of
from knowledge.answers.reports import HOME, fitting, plan_like
from knowledge.facts import Event
from knowledge.question import Kind, Name, Question

_DEALS = ("contract", "order", "agreement", "delivery", "donation", "co-production")
_NEAR = 4
_WITH = 60
"""Days between an approval and the contract that it is for."""
_LISTED = 6
_SOURCES = 8


def nothing(question: Question, view: View) -> Answer:
    """No report fits: who did buy the system, what the buyer did buy, and what came from the seller asked for."""
    args = _asked(question)
    key = "_".join(sorted(args)) or "nothing"
    lead = say(f"procurement.gap.{key}", **args)
    if _foreign(question):
        return _not_sold(question, view, lead)
    details: list[Phrase] = []
    used: list[Event] = []
    suggestions: list[Phrase] = []
    if question.systems and question.partners:
        others = [deal for deal in _known(replace(question, partners=()), view) if deal.best.certainty != "alleged"]
        buyers = tuple(dict.fromkeys(deal.best.buyer for deal in others))
        if buyers and "system" in args:
            details.append(
                say("procurement.gap.others_bought", system=args["system"], buyers=tuple(map(country, buyers)))
            )
            suggestions.append(say("procurement.ask.buyers", system=args["system"]))
            used += [deal.best for deal in others]
    if question.partners and question.systems:
        bought = [deal for deal in _known(replace(question, systems=()), view) if deal.best.certainty != "alleged"]
        things = {deal.best.system: system(deal.best, view) for deal in bought if deal.best.system}
        if things and "buyer" in args:
            details.append(say("procurement.gap.buyer_bought", buyer=args["buyer"], systems=tuple(things.values())))
            suggestions.append(say("procurement.ask.bought", buyer=args["buyer"]))
            used += [deal.best for deal in bought]
    return _declined(view, lead, details, used, suggestions)


def _not_sold(question: Question, view: View, lead: Phrase) -> Answer:
    """Nothing from this seller: gifts that its name stands behind are told as what the reports say of them."""
    seller = question.exporter.value if question.exporter else HOME
    names = reports_of(view.store).countries.get(seller)
    notes = reports_of(view.store).notes
    wide = fitting(replace(question, exporter=None), view)
    near = [event for event in wide if event.kind == "donation" and names and names.search(notes[event.event_id])]
    found = deals(near, view.store)[-_NEAR:]
    details = [
        *listed((brief(deal.headline, view) for deal in found), "procurement.gap.known"),
        *(note(deal.best) for deal in found if deal.best.note),
    ]
    return _declined(view, lead, details, [event for deal in found for event in deal.reports], _suggest(found, view))


def not_so(question: Question, view: View, reports: Sequence[Event]) -> Answer:
    """There are reports, but of another kind, time or number: these are told as what they are."""
    args = _asked(question)
    known = [deal for deal in deals(reports, view.store) if deal.family != "combat_use" or "combat" in question.aspects]
    real = [deal for deal in known if deal.best.kind in _DEALS]
    plans = [deal for deal in known if deal.best.kind == "other"]
    kinds, named = tiers(question)
    right = [deal for deal in real if any(deal.best.kind in tier for tier in kinds)]
    if question.number is not None and right:
        key, extra = "number", {"number": str(question.number)}
    elif question.periods and (right or real):
        key, extra = "period", {}
    elif real and named:
        key, extra = f"kind.{slug(kinds[0][0])}", {}
    elif plans:
        key, extra = "only_plans", {}
    else:
        key, extra = "nothing_sure", {}
    lead = say(f"procurement.gap.{key}", buyer=args.get("buyer", ""), system=args.get("system", ""), **extra)
    used_in = [deal for deal in deals(reports, view.store) if deal.family in ("combat_use", "cancellation")]
    shown = (right or real or (*used_in, *plans))[-_NEAR:]
    denied = [event for event in reports if event.certainty == "denied"][:2]
    details = [
        *listed((brief(deal.headline, view) for deal in shown), "procurement.gap.known"),
        *(
            say("procurement.denied", who=voice(event.attributed_to), date=event.date, note=event.note)
            for event in denied
        ),
    ]
    used = [event for deal in shown for event in deal.reports] + denied
    return _declined(view, lead, details, used, _suggest(shown, view))


def approved(question: Question, view: View, reports: Sequence[Event], choice: Choice) -> Answer | None:
    """The figure that was approved right before or with a contract that gives none: said to be no contract's."""
    wanted = measures(question)
    near = [
        event
        for event in reports
        if plan_like(event)
        and families("note")["approval"].names(event.note)
        and event.buyer == choice.lead.best.buyer
        and event.certainty in ("official", "reported")
        and (event.quantity if "count" in wanted else event.value)
        # Words of the question that only this note has point to it, whatever its date.
        and (question.topic or distance(event.date, choice.lead.best.date) <= _WITH)
    ]
    if not near or len(wanted) > 1 or not (question.topic or choice.lead.family == "purchase"):
        return None
    measure = "quantity" if "count" in wanted else "contract_value"
    near.sort(key=weight)
    claim = Claim(tuple(near))
    lead = sentence(claim, view, "bold") if measure == "quantity" else worth(claim, view)
    events = (*near, *choice.lead.reports)
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=(lead,),
        details=(say(f"procurement.gap.no_{next(iter(wanted))}", deal=brief(choice.lead.headline, view, plain=True)),),
        caveats=(note(near[0]),),
        figures=(figure(claim, view, measure),),
        events=events,
        sources=sources(events, view),
    )


def no_figure(question: Question, view: View, reports: Sequence[Event], choice: Choice) -> Answer:
    """The deal is known, the number or the price is not: said so, with what else there is."""
    deal = choice.lead
    wanted = measures(question)
    key = "both" if len(wanted) > 1 else next(iter(wanted))
    lead = say(f"procurement.gap.no_{key}", deal=brief(deal.headline, view, plain=True), buyer=country(deal.best.buyer),
               system=system(deal.best, view))  # fmt: skip
    has_figure = [
        other
        for other in deals([event for event in reports if event.kind != "combat_use"], view.store)
        if other.best.buyer == deal.best.buyer and (other.counts() if "count" in wanted else other.values())
        and other.best not in deal.reports
    ]  # fmt: skip
    shown = has_figure[-_NEAR:]
    details = list(listed((brief(other.headline, view) for other in shown), "procurement.gap.known"))
    notes = [say("procurement.note", who=voice(deal.best.attributed_to), date=deal.best.date, note=deal.best.note)]
    used = [*deal.reports, *(event for other in shown for event in other.reports)]
    return _declined(view, lead, [*details, *notes], used, _suggest([deal], view))


def _known(question: Question, view: View) -> list[Deal]:
    """The deals of a wider question: any time, any kind of deal."""
    wider = replace(question, periods=(), people=(), conflicts=(), companies=(), topic=(), attributed=None)
    return deals([event for event in fitting(wider, view) if event.kind in _DEALS], view.store)


def _foreign(question: Question) -> bool:
    """True if another seller than the home country is asked about."""
    return question.exporter is not None and question.exporter.value != HOME


def _asked(question: Question) -> dict[str, Arg]:
    """The buyer and the system that were asked about, as names."""
    args: dict[str, Arg] = {}
    if _foreign(question) and question.exporter:
        args["seller"] = country(question.exporter.value)
    if question.partners:
        args["buyer"] = tuple(country(slot.value) for slot in question.partners)
    if question.systems:
        args["system"] = tuple(named_thing(slot.value) for slot in question.systems)
    elif question.companies:
        args["system"] = tuple(Name("company", slot.value) for slot in question.companies)
    return args


def no_total(question: Question, view: View, found: Sequence[Deal]) -> Answer:
    """More is asked than one deal: no report counts them all, and adding up could count one deal twice."""
    buyers = tuple(dict.fromkeys(deal.best.buyer for deal in found))
    args = _asked(question)
    thing = args.get("system", say("procurement.what.systems"))
    if question.partners:
        lead = say("procurement.gap.no_total_buyer", system=thing, buyer=args["buyer"])
    else:
        lead = say("procurement.gap.no_total", system=thing)
    shown = sorted(found, key=lambda deal: deal.first)[-_LISTED:]
    if len(buyers) > 1:
        told = [say("procurement.gap.others_bought", system=thing, buyers=tuple(map(country, buyers)))]
    else:
        money = "money" in measures(question)
        told = list(listed((_known_as(deal, view, money=money) for deal in shown), "procurement.gap.known"))
        if len(found) > len(shown):
            told.append(say("procurement.more_reports", n=len(found) - len(shown)))
    asks = [say("procurement.ask.buyers", system=thing)] if not question.partners and "system" in args else []
    asks += [
        say("procurement.ask.count", system=system(deal.best, view), buyer=country(deal.best.buyer))
        for deal in shown[:2]
        if deal.best.system and deal.counts()
    ]
    return _declined(view, lead, told, [deal.best for deal in found], asks)


def _known_as(deal: Deal, view: View, *, money: bool) -> Phrase:
    """A deal as a fragment, with its value where money is asked for."""
    told = brief(deal.headline, view)
    values = tuple(claim.best.value for claim in deal.values() if claim.best.value) if money else ()
    return say("procurement.at", brief=told, values=values) if values else told


def other_thing(question: Question, view: View, reports: Sequence[Event]) -> Answer:
    """The reports count something else than what is asked: what their notes say of it, and no figure."""
    words = tuple(say("phrase.quoted", word=word) for word in question.topic)
    named = dict.fromkeys(system(event, view) for event in reports)
    lead = say("procurement.gap.other_thing", words=words, systems=tuple(named))
    shown = sorted(reports, key=weight)[:_NEAR]
    return _declined(view, lead, [note(event) for event in shown], shown, ())


def no_rate(view: View, reports: Sequence[Event]) -> Answer:
    """A figure for each month, year or part is asked: deals have none."""
    found = [deal for deal in deals(reports, view.store) if deal.values() and deal.best.kind in _DEALS]
    shown = found[-_NEAR:]
    details = listed((_known_as(deal, view, money=True) for deal in shown), "procurement.gap.known")
    used = [event for deal in shown for event in deal.reports]
    return _declined(view, say("procurement.gap.no_rate"), details, used, _suggest(shown, view))


def named_thing(value: str) -> Arg:
    """What a system slot of a question names."""
    if value.startswith("class:"):
        return say(f"procurement.class.{value.removeprefix('class:').replace('-', '_')}")
    return Name("system", value.removeprefix("text:"))


def _suggest(shown: Sequence[Deal], view: View) -> list[Phrase]:
    told = []
    for deal in shown[-1:]:
        told.append(say("procurement.ask.bought", buyer=country(deal.best.buyer)))
        told.append(say("procurement.ask.buyers", system=system(deal.best, view)))
    return told


def _declined(
    view: View, lead: Phrase, details: Sequence[Phrase], used: Sequence[Event], suggestions: Sequence[Phrase]
) -> Answer:
    events = tuple(dict.fromkeys(used))
    cited = sources(events, view)
    return Answer(
        Status.DECLINED,
        Kind.PROCUREMENT,
        lead=(lead,),
        details=tuple(details),
        events=(),
        sources=cited[:_SOURCES],
        more_sources=max(0, len(cited) - _SOURCES),
        suggestions=tuple(suggestions),
    )


def other_currency(question: Question, reports: Sequence[Event]) -> Answer | None:
    """The refusal of a price whose reports are all in other currencies; None if no price is known at all."""
    units = sorted({event.value.unit for event in reports if event.value})
    if not units or question.unit in units:
        return None
    known = say(f"currency.{units[0]}")
    lead = say("gap.currency", asked=say(f"currency.{question.unit}"), known=known)
    return Answer(Status.DECLINED, Kind.PROCUREMENT, (lead,))
