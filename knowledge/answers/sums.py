"""Several deals added up: only where they are plainly different ones, and with the sum in sight.

Two rows of one buyer can be two reports of one deal, so a sum is made only of deals for different systems,
each with one undisputed number, in one answer to "how many".
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Answer, Figure, Status, say
from knowledge.answers.accounts import country, figure, note, sentence, what
from knowledge.answers.choice import tiers
from knowledge.answers.classes import families
from knowledge.answers.deal_times import in_time
from knowledge.answers.deals import Claim, Deal, deals, sources
from knowledge.answers.desk_view import View
from knowledge.answers.linked import in_family, reports_of
from knowledge.answers.reports import counts_more
from knowledge.facts import Event
from knowledge.quantity import total
from knowledge.question import Kind, Question

_NEVER = frozenset(("first", "last", "before", "complete", "agree", "alleged", "planned"))


def summed(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """The sum of deals for different systems; None where there is nothing to add up or no safe way to do it."""
    singles = [slot for slot in question.systems if not slot.value.startswith("class:")]
    if "count" not in question.aspects or question.aspects & _NEVER or question.number or len(singles) == 1:
        return None
    if len({event.buyer for event in reports}) > 1:
        return None
    kinds = tiers(question)[0][0]
    found = in_time(question, deals([event for event in reports if event.kind in kinds], view.store))
    found = [deal for deal in found if not any(counts_more(question, view, event) for event in deal.reports)]
    known = reports_of(view.store)
    whole = [deal for deal in found if deal.best.event_id in known.joint]
    parts = [deal for deal in found if deal not in whole]
    safe = all(_plain(deal, view) for deal in parts) and _apart(parts, view) and _alike(parts, view)
    if len(parts) < 2 or not safe:
        return None
    return _stated(view, whole[0], parts) if whole else _made(view, parts)


def _plain(deal: Deal, view: View) -> bool:
    """True if a deal has one exact and undisputed number, and its system a name of its own."""
    counts = deal.counts()
    if len(counts) != 1 or deal.running or counts[0].best.certainty not in ("official", "reported"):
        return False
    quantity = counts[0].best.quantity
    proper = bool(reports_of(view.store).systems(deal.best)) or any(letter.isupper() for letter in deal.best.system)
    return proper and quantity is not None and quantity.qualifier == "exact"


def _apart(parts: Sequence[Deal], view: View) -> bool:
    """True if no two deals can be one: each is for a system of its own."""
    known = reports_of(view.store)
    keys = [known.systems(deal.best) or frozenset([deal.best.system]) for deal in parts]
    return len(frozenset().union(*keys)) == sum(len(key) for key in keys)


def _alike(parts: Sequence[Deal], view: View) -> bool:
    """True if all deals are for things of one family: drones and rounds of ammunition have no sum."""
    return any(
        all(in_family(view.store, family, deal.best) for deal in parts) for family in families("system").values()
    )


def _made(view: View, parts: Sequence[Deal]) -> Answer:
    """The sum, made here."""
    claims = sorted((deal.counts()[0] for deal in parts), key=_size, reverse=True)
    quantities = [claim.best.quantity for claim in claims if claim.best.quantity]
    whole = total(quantities)
    events = [event for claim in claims for event in claim.reports]
    made = Figure(
        whole,
        "quantity",
        sources(events, view),
        exporter=claims[0].best.supplier_country,
        partner=claims[0].best.buyer,
        derived=True,
        formula=" + ".join(f"{quantity.value:,.0f}" for quantity in quantities),
    )
    lead = say(
        "procurement.sum",
        buyer=country(claims[0].best.buyer),
        total=whole,
        n=len(claims),
        parts=tuple(what(claim.best, view) for claim in claims),
    )
    return _answer(view, (lead,), made, claims, events)


def _size(claim: Claim) -> float:
    return claim.best.quantity.value if claim.best.quantity else 0


def _stated(view: View, whole: Deal, parts: Sequence[Deal]) -> Answer | None:
    """The sum as a source gives it, with the deals that it is made of; None if they do not make it."""
    counted = whole.counts()
    added = total([deal.counts()[0].best.quantity for deal in parts])  # type: ignore[misc]
    if not counted or counted[0].best.quantity is None or not counted[0].best.quantity.may_equal(added):
        return None
    claims = [deal.counts()[0] for deal in parts]
    events = [*counted[0].reports, *(event for claim in claims for event in claim.reports)]
    return _answer(view, (sentence(counted[0], view, "bold"),), figure(counted[0], view, "quantity"), claims, events)


def _answer(view: View, lead: tuple, first: Figure, claims: Sequence[Claim], events: Sequence[Event]) -> Answer:  # type: ignore[type-arg]
    cited = sources(events, view)
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=lead,
        details=(*(sentence(claim, view) for claim in claims), say("procurement.distinct", n=len(claims))),
        caveats=tuple(note(claim.best) for claim in claims if "derived" in claim.best.note),
        figures=(first, *(figure(claim, view, "quantity") for claim in claims)),
        events=tuple(dict.fromkeys(events)),
        sources=cited,
    )
