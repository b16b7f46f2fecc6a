"""A register beside the press: ordered, delivered and reported numbers of the same deals, never merged or added.

The reports are about what one country sells and buys. Beside them stand the register's deals of that country; what
others traded of the same kind is told apart, so that like is set beside like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Arg, Phrase, say
from knowledge.answers.desk_view import View
from knowledge.answers.register_asked import Asked, Wanted, main_group
from knowledge.answers.register_notes import party, sources
from knowledge.answers.register_tally import Tally, delivered, ordered, years
from knowledge.answers.register_told import by_model, figures, listed
from knowledge.answers.reports import HOME
from knowledge.transfers import Transfer

_SINGLE = 6
"""Deals that are told one by one."""
_NAMED = 8
"""Buyers that are named where there are more deals."""


def told(press: Answer, query: Asked, view: View, *, buyers: bool) -> Answer:
    """The press's answer with the register's deals behind it; `buyers` if it was asked who bought."""
    notes: list[Phrase] = []
    mine = tuple(deal for deal in query.within if _alike(deal, press, query))
    own = replace(query, deals=mine)
    for wanted in query.wanted or (None,):
        deals = _main(wanted, own)
        apart = [deal for deal in _main(wanted, query) if deal not in deals]
        notes += _lines(wanted, deals, own, view) if deals else ()
        if apart and wanted:
            notes.append(_line("register.beside.others", wanted, apart, view))
    if not notes:
        return press
    notes += _further(press, mine) if buyers else ()
    cited = sources(query.within, view)
    added = figures(own, view) if press.figures and query.wanted else ()
    return replace(
        press,
        details=(*press.details, *notes, say("register.beside.never_added")),
        figures=(*press.figures, *added),
        sources=(*press.sources, *(source for source in cited if source not in press.sources)),
    )


def _alike(deal: Transfer, press: Answer, query: Asked) -> bool:
    """True if a deal can be one of those that the reports are about."""
    if HOME in (*query.suppliers, *query.recipients) or not press.events:
        return True
    sold = deal.supplier == HOME and any(event.buyer != HOME for event in press.events)
    return sold or (deal.recipient == HOME and any(event.buyer == HOME for event in press.events))


def _main(wanted: Wanted | None, query: Asked) -> list[Transfer]:
    deals = query.of(wanted)
    return main_group(wanted, deals)[0] if wanted and deals else list(deals)


def _lines(wanted: Wanted | None, deals: Sequence[Transfer], query: Asked, view: View) -> list[Phrase]:
    """The sums, then the deals; models where arms of all kinds are meant."""
    if wanted is None:
        return [listed(deals, None, query)]
    out = [_line("register.beside.line", wanted, deals, view)]
    if len(deals) == 1:
        return out
    if len(deals) <= _SINGLE:
        return [*out, say("register.beside.by_deal", parts=tuple(_deal(deal) for deal in deals))]
    groups: dict[str, list[Transfer]] = {}
    for deal in deals:
        groups.setdefault(deal.recipient, []).append(deal)
    if len(groups) == 1:
        parts: list[Arg] = [_model(group) for group in by_model(deals)[:_NAMED]]
        more = len(by_model(deals)) - _NAMED
        key, rest = "register.beside.by_model", "register.more_models"
    else:
        largest = sorted(groups, key=lambda buyer: -ordered(groups[buyer]).value)
        parts = [_buyer(buyer, groups[buyer]) for buyer in largest[:_NAMED]]
        more = len(groups) - _NAMED
        key, rest = "register.beside.by_buyer", "register.more_parties"
    if more > 0:
        parts.append(say(rest, n=more))
    return [*out, say(key, parts=tuple(parts))]


def _line(key: str, wanted: Wanted, deals: Sequence[Transfer], view: View) -> Phrase:
    return say(
        key,
        source=sources(deals, view)[0],
        system=wanted.label,
        n=len(deals),
        ordered=ordered(deals).told,
        ordered_in=years(deals, of_deliveries=False) or "?",
        came=_came(delivered(deals), deals),
    )


def _came(tally: Tally, deals: Sequence[Transfer]) -> Phrase:
    """What was delivered, or that nothing was yet."""
    when = years(deals, of_deliveries=True)
    if not when or not tally.value:
        return say("register.other.delivered_none")
    return say("register.other.delivered_some", quantity=tally.told, years=when)


def _deal(deal: Transfer) -> Phrase:
    tally = ordered([deal])
    return say(
        "register.beside.deal" if tally.known else "register.beside.deal_unknown",
        year=f"{deal.order_year or '?'}{'?' * deal.order_year_doubt}",
        buyer=party(deal.recipient),
        model=deal.designation,
        ordered=tally.told,
        came=_came(delivered([deal]), [deal]),
    )


def _model(deals: Sequence[Transfer]) -> Phrase:
    tally = ordered(deals)
    key = "register.part" if tally.known else "register.part_unknown"
    return say(key, model=deals[0].designation, kind=deals[0].description, quantity=tally.told)


def _buyer(buyer: str, deals: Sequence[Transfer]) -> Phrase:
    tally = ordered(deals)
    key = "register.beside.buyer" if tally.known else "register.beside.buyer_unknown"
    return say(key, buyer=party(buyer), ordered=tally.told, came=_came(delivered(deals), deals))


def _further(press: Answer, deals: Sequence[Transfer]) -> list[Phrase]:
    """Buyers that only the register has."""
    reported = {event.buyer for event in press.events}
    others = tuple(dict.fromkeys(party(deal.recipient) for deal in deals if deal.recipient not in reported))
    return [say("register.beside.further", buyers=others)] if others else []
