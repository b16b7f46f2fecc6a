"""The deals between buyers and sellers that a question names: how many, when, of what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers.desk_view import View
from knowledge.answers.register_asked import Asked, Wanted, main_group
from knowledge.answers.register_notes import caveats, comments, number, party, sources
from knowledge.answers.register_tally import counted, delivered, ordered, years
from knowledge.facts import Day, Event
from knowledge.question import Kind, Question
from knowledge.transfers import Transfer

_ROWS = 15
_NAMED = 6
"""Models that the first sentence names."""
_EVENTS = 20


def answer(question: Question, query: Asked, view: View) -> Answer:
    """The deals that fit: their sum for what is named, a list for arms of all kinds."""
    lead: list[Phrase] = []
    details: list[Phrase] = []
    notes: list[Phrase] = []
    shown: list[Transfer] = []
    for wanted in query.wanted or (None,):
        deals = list(query.of(wanted))
        others: list[list[Transfer]] = []
        if wanted and deals:
            deals, others = main_group(wanted, deals)
        if not deals:
            continue
        shown += deals
        listing = wanted is None or (wanted.kind is not None and "count" not in question.aspects)
        lead += [listed(deals, wanted, query)] if listing else _counted(deals, wanted, query)
        details += comments(deals) if not listing else ()
        details += [_also(group, query) for group in others]
        notes += caveats(query, wanted, deals, view)
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=tuple(lead),
        details=(*details, *_rest(shown)),
        table=_table(shown),
        caveats=(*dict.fromkeys(notes), *_mark(shown)),
        figures=figures(query, view),
        events=events(shown),
        sources=sources(shown, view),
        suggestions=_next(question, query),
    )


def figures(query: Asked, view: View) -> tuple[Figure, ...]:
    """For each thing asked about the sum that was asked for, then the other side's; for all arms one sum a model."""
    out = []
    for wanted in query.wanted:
        deals = list(query.of(wanted))
        if deals:
            deals, _ = main_group(wanted, deals)
            out += [_figure(deals, query, view, of_deliveries=side) for side in (query.delivered, not query.delivered)]
    if not query.wanted:
        out = [_figure(group, query, view, of_deliveries=query.delivered) for group in by_model(query.within)]
    return tuple(figure for figure in out if figure)[:_EVENTS]


def by_model(deals: Iterable[Transfer]) -> list[list[Transfer]]:
    """The deals of each model and kind, the one ordered last first."""
    groups: dict[tuple[str, str], list[Transfer]] = {}
    for deal in deals:
        groups.setdefault((deal.designation, deal.description), []).append(deal)
    return sorted(
        groups.values(), key=lambda group: (-max(deal.order_year or 0 for deal in group), group[0].designation)
    )


def events(deals: Sequence[Transfer]) -> tuple[Event, ...]:
    """The deals in the shape that answers carry events in."""
    return tuple(
        Event(
            deal.transfer_id, "order", deal.recipient, deal.supplier, "", deal.designation,
            ordered([deal]).quantity if deal.ordered is not None else None, None, Day(str(deal.order_year)),
            "reported", "SIPRI", deal.source_id, deal.comments,
        )
        for deal in deals[-_EVENTS:] if deal.order_year
    )  # fmt: skip


def between(query: Asked) -> dict[str, Arg]:
    """Buyer and seller as arguments of a phrase; empty where none is named."""
    return {
        "recipient": tuple(map(party, query.recipients)),
        "supplier": tuple(map(party, query.suppliers)),
    }


def sides(query: Asked) -> str:
    """Which of buyer and seller are named, as a part of a phrase's key."""
    if query.recipients and query.suppliers:
        return "pair"
    return "recipient" if query.recipients else "supplier" if query.suppliers else "any"


def _counted(deals: Sequence[Transfer], wanted: Wanted | None, query: Asked) -> list[Phrase]:
    """The sum that was asked for, when, and the other side of the same deals."""
    main, other = (delivered, ordered) if query.delivered else (ordered, delivered)
    side = "delivered" if query.delivered else "ordered"
    total = main(deals, query.period)
    args: dict[str, Arg] = {
        **between(query),
        "system": wanted.label if wanted else "",
        "quantity": total.told,
        "n": total.value,
        "years": years(deals, of_deliveries=query.delivered, period=query.period) or "?",
    }
    first = say(f"register.{side}.{sides(query)}" if total.known else f"register.{side}.unknown", **args)
    rest = other(deals)
    beside = "ordered" if query.delivered else "delivered"
    if not rest.known:
        return [first]
    key = f"register.other.{beside}" if rest.value or query.delivered else "register.other.none"
    when = years(deals, of_deliveries=not query.delivered) or "?"
    return [first, say(key, quantity=rest.told, years=when)]


def listed(deals: Sequence[Transfer], wanted: Wanted | None, query: Asked) -> Phrase:
    """The models that were ordered or delivered, with their sums."""
    groups = sorted(by_model(deals), key=_weight)
    parts: list[Arg] = [
        say(
            "register.part" if tally.known else "register.part_unknown",
            model=group[0].designation,
            kind=group[0].description,
            quantity=tally.told,
        )
        for group in groups[:_NAMED]
        if (tally := counted(group, query.period, of_deliveries=query.delivered))
    ]
    if len(groups) > _NAMED:
        parts.append(say("register.more_models", n=len(groups) - _NAMED))
    side = "delivered" if query.delivered else "ordered"
    return say(
        f"register.list.{side}.{sides(query)}",
        **between(query),
        system=wanted.label if wanted else say("register.arms"),
        n=len(deals),
        years=years(deals, of_deliveries=query.delivered, period=query.period) or "?",
        parts=tuple(parts),
    )


def _also(deals: Sequence[Transfer], query: Asked) -> Phrase:
    """Something else that is called the same, told apart."""
    tally = counted(deals, query.period, of_deliveries=query.delivered)
    names = tuple(
        say("register.what", model=model, kind=kind)
        for model, kind in dict.fromkeys((deal.designation, deal.description) for deal in deals)
    )[:_NAMED]
    return say("register.also", names=names, quantity=tally.told)


def _weight(deals: Sequence[Transfer]) -> float:
    """What the models are ordered by: the volume of the whole deals, the largest first."""
    return -sum(deal.tiv_order or deal.tiv_delivered or 0 for deal in deals)


def _table(deals: Sequence[Transfer]) -> Table | None:
    """One row a deal, or one a model where there are too many."""
    if len(deals) < 2:
        return None
    names = ("year", "buyer", "seller", "what", "ordered", "delivered", "delivered_in")
    hidden = {
        "buyer": len({deal.recipient for deal in deals}) < 2,
        "seller": len({deal.supplier for deal in deals}) < 2,
    }
    kept = [at for at, name in enumerate(names) if not hidden.get(name)]
    if len(deals) <= _ROWS:
        rows = [_row(deal) for deal in sorted(deals, key=lambda deal: (deal.order_year or 0, deal.designation))]
    else:
        rows = [_model_row(group) for group in sorted(by_model(deals), key=_weight)[:_ROWS]]
    head = tuple(say(f"register.head.{names[at]}") for at in kept)
    return Table(head, tuple(tuple(row[at] for at in kept) for row in rows))


def _row(deal: Transfer) -> tuple[Arg, ...]:
    year = f"{deal.order_year or '?'}{'?' * deal.order_year_doubt}"
    what = say("register.what", model=deal.designation, kind=deal.description)
    in_years = years([deal], of_deliveries=True) or "–"
    if deal.years_doubt:
        in_years = say("register.doubted", text=in_years)
    return (
        year, party(deal.recipient), party(deal.supplier), what, number(deal.ordered, deal.ordered_doubt),
        number(deal.delivered, deal.delivered_doubt), in_years,
    )  # fmt: skip


def _model_row(deals: Sequence[Transfer]) -> tuple[Arg, ...]:
    first = deals[0]
    buyers, sellers = {deal.recipient for deal in deals}, {deal.supplier for deal in deals}
    bought, came = ordered(deals), delivered(deals)
    return (
        years(deals, of_deliveries=False) or "?",
        party(first.recipient) if len(buyers) == 1 else say("register.several", n=len(buyers)),
        party(first.supplier) if len(sellers) == 1 else say("register.several", n=len(sellers)),
        say("register.what", model=first.designation, kind=first.description),
        number(bought.value if bought.known else None, bool(bought.doubtful)),
        number(came.value if came.known else None, bool(came.doubtful)),
        years(deals, of_deliveries=True) or "–",
    )


def _rest(deals: Sequence[Transfer]) -> tuple[Phrase, ...]:
    models = len(by_model(deals))
    if len(deals) <= _ROWS or models <= _ROWS:
        return ()
    return (say("register.more_rows", n=models - _ROWS),)


def _mark(deals: Sequence[Transfer]) -> tuple[Phrase, ...]:
    """What the question marks of the table mean."""
    doubted = any(
        deal.ordered_doubt or deal.delivered_doubt or deal.order_year_doubt or deal.years_doubt for deal in deals
    )
    return (say("register.caveat.mark"),) if doubted and len(deals) > 1 else ()


def _figure(deals: Sequence[Transfer], query: Asked, view: View, *, of_deliveries: bool) -> Figure | None:
    period = query.period if of_deliveries == query.delivered else None
    tally = counted(deals, period, of_deliveries=of_deliveries)
    if not tally.known:
        return None
    models = dict.fromkeys(deal.designation for deal in deals)
    return Figure(
        tally.quantity,
        "delivered" if of_deliveries else "ordered",
        sources(deals, view),
        exporter=query.suppliers[0] if len(query.suppliers) == 1 else "",
        partner=query.recipients[0] if len(query.recipients) == 1 else "",
        product=", ".join(models) if len(models) <= _NAMED else "",
        period=query.period,
        derived=len(deals) > 1,
        formula=" + ".join(str((deal.delivered if of_deliveries else deal.ordered) or 0) for deal in deals)
        if 1 < len(deals) <= _EVENTS and not tally.split else "",
    )  # fmt: skip


def _next(question: Question, query: Asked) -> tuple[Phrase, ...]:
    if query.wanted and query.recipients and "who_sold" not in question.aspects:
        return (say("register.ask.buyers", system=query.wanted[0].label),)
    return ()
