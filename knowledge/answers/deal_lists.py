"""Several deals at once: who bought a system, what a country bought, and how a deal went on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers import deal_gaps
from knowledge.answers.accounts import brief, country, figure, note, sentence, slug, system, what, who
from knowledge.answers.days import span
from knowledge.answers.deal_times import fit, in_time, numbered
from knowledge.answers.deals import CERTAINTIES, Claim, Deal, deals, sources
from knowledge.answers.desk_view import View
from knowledge.answers.linked import reports_of
from knowledge.answers.note_words import number_beside
from knowledge.answers.reports import HOME
from knowledge.facts import Day, Event
from knowledge.quantity import Quantity
from knowledge.question import Kind, Question

_KINDS = {
    "order": ("contract", "order"), "contract": ("contract", "order"), "agreement": ("agreement",),
    "delivery": ("delivery",), "donation": ("donation",), "free": ("donation",), "combat": ("combat_use",),
    "coproduction": ("co-production", "agreement"), "cancellation": ("cancellation",), "planned": ("other",),
    "launch": ("launch",),
}  # fmt: skip
_DEALS = ("contract", "order", "agreement", "delivery", "donation", "co-production")
_TRADE = frozenset(("order", "contract", "delivery", "donation", "free", "agreement", "sell", "buy"))
_ROWS = 20
_SOURCES = 12
_STEPS = 7
_NOTES = 4


def wanted(question: Question, reports: Sequence[Event], view: View) -> bool:
    """True if a question asks for several deals rather than for one."""
    aspects = question.aspects
    singles = [slot for slot in question.systems if not slot.value.startswith("class:")]
    if "first" in aspects or "last" in aspects:
        return False
    if "list" in aspects:
        return True
    if "who_bought" in aspects and not question.partners:
        return len({deal.best.buyer for deal in _deals(question, view, reports)}) > 1
    if aspects & {"count", "money", "complete", "before", "price_each"} or question.number is not None:
        return False
    if singles and not question.partners and aspects & _TRADE and not _pointed(question):
        # "TB2 orders in 2022", "when was the TB2 ordered": no buyer is meant more than another.
        return len({deal.best.buyer for deal in _deals(question, view, reports)}) > 1
    return "when" not in aspects and not singles and len(_deals(question, view, reports)) > 1


def _pointed(question: Question) -> bool:
    """True if more than the system tells which deal is meant."""
    return bool(question.topic or question.people or question.attributed or question.amount or question.conflicts)


def answer(question: Question, view: View, reports: Sequence[Event]) -> Answer:
    """A table of the deals that fit, each once, with the reports behind it counted as one."""
    found = _deals(question, view, reports)
    if not found:
        return deal_gaps.not_so(question, view, reports)
    buyers = list(dict.fromkeys(deal.best.buyer for deal in sorted(found, key=_standing)))
    if len(buyers) == 1:
        return _bought(question, view, found)
    return _buyers(question, view, found, buyers)


def _deals(question: Question, view: View, reports: Sequence[Event]) -> list[Deal]:
    kinds = _kinds(question)
    events = [event for event in reports if event.kind in kinds]
    if not question.partners:
        # What the country builds for itself is no sale.
        events = [event for event in events if event.buyer != HOME or event.supplier_country != HOME] or events
    return in_time(question, numbered(question, deals(events, view.store)))


def _kinds(question: Question) -> tuple[str, ...]:
    asked = [kind for aspect, kinds in _KINDS.items() if aspect in question.aspects for kind in kinds]
    return tuple(asked) or _DEALS


def _standing(deal: Deal) -> tuple[int, int]:
    return CERTAINTIES.index(deal.best.certainty), deal.first


def _bought(question: Question, view: View, found: Sequence[Deal]) -> Answer:
    """What one buyer bought: the systems in the first sentence, the deals in a table."""
    buyer = country(found[0].best.buyer)
    shown = sorted(found, key=_standing)
    purchases = [deal for deal in shown if deal.family == "purchase"] or shown
    heads = {deal.best.system: deal for deal in reversed(purchases)}
    parts = tuple(what(_line(deal, question).best, view) for deal in sorted(heads.values(), key=_standing))
    if len(found) == 1:
        lead: Phrase = sentence(_line(found[0], question), view, "bold")
    elif all(deal.family == "combat_use" for deal in found):
        return _used(question, view, found)
    else:
        key = (
            "procurement.bought.orders"
            if purchases != shown or purchases[0].family == "purchase"
            else "procurement.bought.mixed"
        )
        lead = say(key, buyer=buyer, parts=parts)
    rows = sorted(found, key=lambda deal: deal.first)
    caveats = (say("procurement.not_added"),) if len(found) > 1 else (note(found[0].best),)
    return _answer(question, view, (lead,), rows=rows, used=found, caveats=caveats)


def _used(question: Question, view: View, found: Sequence[Deal]) -> Answer:
    """What one country used in combat, with the notes that tell where."""
    wars = {entity.name for entity in view.store.entities("conflict")}
    arms = [deal for deal in found if deal.best.system not in wars] or list(found)
    things = {deal.best.system: what(deal.best, view, "plain") for deal in arms}
    lead = say("procurement.bought.used", buyer=country(arms[0].best.buyer), parts=tuple(things.values()))
    notes = tuple(note(deal.best) for deal in arms[:_NOTES])
    return _answer(question, view, (lead,), rows=arms, used=arms, caveats=notes)


def _buyers(question: Question, view: View, found: Sequence[Deal], buyers: Sequence[str]) -> Answer:
    """Who bought: sure buyers in the first sentence, alleged ones apart, the deals in a table."""
    sure = [code for code in buyers if any(d.best.buyer == code and d.best.certainty != "alleged" for d in found)]
    rest = [code for code in buyers if code not in sure]
    things = {deal.best.system for deal in found}
    thing: Arg = system(found[0].best, view) if len(things) == 1 else say("procurement.what.systems")
    if len(question.systems) == 1 and not question.systems[0].value.startswith("text:"):
        thing = deal_gaps.named_thing(question.systems[0].value)
    when = next((slot.value for slot in question.periods if slot.value.period), None)
    then = {"when": Day(when.day) if when.day else when.period} if when and when.period else {}
    key = "procurement.buyers_then" if then else "procurement.buyers"
    lead = [say(key, n=len(sure), system=thing, buyers=tuple(map(country, sure)), **then)] if sure else []
    if rest:
        lead.append(say("procurement.buyers_alleged", system=thing, buyers=tuple(map(country, rest))))
    figures: tuple[Figure, ...] = ()
    if "count" in question.aspects and sure:
        events = [event for deal in found if deal.best.buyer in sure for event in deal.reports[:1]]
        number = Quantity(len(sure), len(sure), None, "items", "at_least")
        figures = (Figure(number, "buyers", sources(events, view), derived=True, formula=" + ".join(sure)),)
    best = [min((d for d in found if d.best.buyer == code), key=_weighty) for code in buyers]
    caveats = (say("procurement.known_buyers"),)
    return _answer(question, view, tuple(lead), rows=best, used=best, caveats=caveats, figures=figures)


def _weighty(deal: Deal) -> tuple[int, int, bool, int]:
    """A purchase before what came of it, surer before less sure, one with a number first."""
    order = ("purchase", "delivery", "donation", "agreement")
    rank = order.index(deal.family) if deal.family in order else len(order)
    return rank, CERTAINTIES.index(deal.best.certainty), not deal.counts(), -deal.last


def _line(deal: Deal, question: Question) -> Claim:
    """What to say of a deal in one line: of the time that was asked for, if the deal's own date is in it."""
    whens = [slot.value for slot in question.periods if slot.value.period]
    claims = [deal.headline, *deal.dates()]
    return next((claim for claim in claims if any(fit(when, claim.best.date) for when in whens)), claims[0])


def _answer(
    question: Question,
    view: View,
    lead: tuple[Phrase, ...],
    *,
    rows: Sequence[Deal],
    used: Sequence[Deal],
    caveats: tuple[Phrase, ...],
    figures: tuple[Figure, ...] = (),
) -> Answer:
    shown = rows[-_ROWS:]
    events = tuple(dict.fromkeys(event for deal in used for event in (_line(deal, question).best, *deal.reports)))
    cited = sources([_line(deal, question).best for deal in used], view)
    every = sources(events, view)
    if len(rows) > len(shown):
        caveats = (*caveats, say("procurement.more_reports", n=len(rows) - len(shown)))
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=lead,
        table=_table(question, shown, view) if len(shown) > 1 else None,
        caveats=caveats,
        figures=figures,
        events=events,
        sources=cited[:_SOURCES],
        more_sources=len(every) - min(len(cited), _SOURCES),
    )


def _table(question: Question, shown: Sequence[Deal], view: View) -> Table:
    """One row a deal: with the buyer where there are several, with the value where there is one buyer."""
    several = len({deal.best.buyer for deal in shown}) > 1
    names = ("date", "buyer", "what", "status", "who") if several else ("date", "what", "value", "status", "who")
    rows = []
    for deal in shown:
        claim = _line(deal, question)
        event = claim.best
        values = deal.values()
        cells: dict[str, Arg] = {
            "date": event.date,
            "buyer": country(event.buyer),
            "what": what(event, view),
            "value": values[0].best.value if values and values[0].best.value else say("procurement.head.none"),
            "status": say(f"procurement.status.{event.certainty}", kind=say(f"procurement.kind.{slug(event.kind)}")),
            "who": who(claim),
        }
        rows.append(tuple(cells[name] for name in names))
    return Table(tuple(say(f"procurement.head.{name}") for name in names), tuple(rows))


def story(question: Question, view: View, reports: Sequence[Event]) -> Answer:
    """How a deal went on: what was signed, the steps after it with their notes, denials among them."""
    told = [event for event in reports if event.kind != "combat_use"]
    whole = in_time(question, deals(told, view.store))
    purchase = [deal for deal in whole if deal.family in ("purchase", "agreement")]
    ended = [
        deal for deal in whole if deal.family == "cancellation" and deal.best.certainty in ("official", "reported")
    ]
    steps = [deal.headline for deal in whole] + [
        Claim((event,)) for event in told if event.certainty == "denied" and whole
    ]
    steps.sort(key=lambda claim: span(claim.best.date))
    heads = ended[-1:] or sorted(purchase, key=_weighty)[:1] or whole[:1]
    if not heads:
        return deal_gaps.not_so(question, view, reports)
    head = heads[0].headline
    lead = [sentence(head, view), note(head.best)]
    last = steps[-1]
    if last.best != head.best:
        lead.append(say("procurement.latest", step=_step(last, view)))
    later = [claim for claim in steps if claim.best not in (head.best, last.best)]
    details = [_step(claim, view) for claim in later[-_STEPS:]]
    events = tuple(
        dict.fromkeys((*head.reports, *last.reports, *(e for claim in later[-_STEPS:] for e in claim.reports)))
    )
    cited = sources(events, view)
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=tuple(lead),
        details=tuple(details),
        events=events,
        sources=cited[:_SOURCES],
        more_sources=max(0, len(cited) - _SOURCES),
    )


def noted(question: Question, view: View, reports: Sequence[Event]) -> Answer:
    """Milestones by their notes, the latest first, with the number that a note gives for a word of the question."""
    steps = sorted(reports, key=lambda event: span(event.date), reverse="first" not in question.aspects)
    told = [_step(Claim((event,)), view) for event in steps]
    notes = reports_of(view.store).notes
    given = [replace(event, quantity=number_beside(question.topic, notes[event.event_id])) for event in steps]
    figures = tuple(figure(Claim((event,)), view, "quantity") for event in given if event.quantity)
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=(told[0],),
        details=tuple(told[1:]),
        figures=figures,
        events=tuple(steps),
        sources=sources(steps, view),
    )


def _step(claim: Claim, view: View) -> Phrase:
    """One step of a deal's story, with its note."""
    event = claim.best
    if event.kind == "other":
        return say("procurement.step_plan", date=event.date, who=who(claim), note=event.note)
    return say("procurement.step", brief=brief(claim, view), note=event.note)
