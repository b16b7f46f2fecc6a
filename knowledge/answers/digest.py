"""What happened to a topic in a quarter: the note that a follower of it gets.

A topic is a question read as any other. Of figures: the quarter's, against a year earlier, its place among all
quarters, the year so far, who or what moved, what was revised, when the next figures are due. Of deals: the reports
that are dated in the quarter. What does not reach so far is said, never left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers import deal_lists, level
from knowledge.answers.accounts import sentence
from knowledge.answers.deal_gaps import named_thing
from knowledge.answers.deals import Deal, deals, sources
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, derived, find
from knowledge.answers.gaps import ask_level, country, declined, last_by_partner, product
from knowledge.answers.reports import HOME as HOME_COUNTRY
from knowledge.answers.reports import fitting
from knowledge.answers.spans import flows
from knowledge.calendar import release as due_of
from knowledge.facts import TOTAL, WORLD, Day, Source
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.question import Question
from knowledge.reconcile import in_order
from knowledge.store import OFFICIAL

HOME = "defence-aerospace"
_QUARTER = 3
_LINES = 5
"""Sectors or partners that are named, and reports that are told."""
_FEW = 2
"""Deals that are told in sentences; more make a table."""


def answer(question: Question, view: View, period: Period | None = None) -> Answer:
    """The note on a topic for a period, else for the one that the topic names, else for the newest whole quarter."""
    period = period or next((slot.value.period for slot in question.periods), None)
    if question.systems or question.companies:
        return _of_deals(question, view, period or _over(view))
    found = flows(question) or tuple(Flow(HOME, slot.value) for slot in question.partners)
    if len(found) != 1:
        return declined(None, say("digest.one_topic") if found else say("gap.what"))
    flow = found[0]
    newest = view.store.newest(flow.product, flow.partner, flow.exporter)
    quarter = period or (complete(newest) if newest and flow.partner == WORLD else _over(view))
    known = find(view, flow, quarter)
    return _of_figures(question, view, known) if known else _ended(view, flow, quarter)


def complete(newest: Period) -> Period:
    """The last quarter that is whole by the end of a period."""
    end = (newest.end + 1) // _QUARTER * _QUARTER - 1
    return Period(end - _QUARTER + 1, end)


def _over(view: View) -> Period:
    """The last quarter that is over, whatever was published of it."""
    return complete(Period.month(view.today.year, view.today.month).shifted(-1))


def _of_figures(question: Question, view: View, known: Known) -> Answer:
    """The quarter's figure and what is around it."""
    told = level.one(question, view, known)
    details = list(told.details)
    figures = list(told.figures)
    cited: list[Source] = list(told.sources)
    for more in (_place(view, known), _so_far(view, known)):
        if more:
            details.append(more[0])
            figures += more[1]
            cited += [source for figure in more[1] for source in figure.sources]
    table, rows = _parts(view, known)
    events = _dated(view, known.period, known.flow.partner) if known.flow.product == HOME else []
    details += _told(events, view)
    details += _next(view, known)
    cited += sources([deal.best for deal in events[:_LINES]], view)
    return Answer(
        Status.ANSWERED,
        None,
        told.lead,
        tuple(details),
        table=table,
        caveats=told.caveats,
        figures=(*figures, *rows),
        events=tuple(deal.best for deal in events[:_LINES]),
        sources=in_order(cited),
        suggestions=told.suggestions,
    )


def _place(view: View, known: Known) -> tuple[Phrase, list[Figure]] | None:
    """The place of the period among all of its length in the official series."""
    oldest = view.store.oldest(known.flow.product)
    if not known.series or known.period.kind != "quarter" or oldest is None:
        return None
    values = []
    one = complete(Period(oldest.start + _QUARTER - 1, oldest.start + _QUARTER - 1))
    while one.end <= known.period.end:
        other = find(view, known.flow, one)
        if other and other.series:
            values.append(other.quantity.value)
        one = one.shifted(_QUARTER)
    place = 1 + sum(value > known.quantity.value for value in values)
    first = Period(oldest.start, oldest.start)
    if len(values) <= _QUARTER:
        return None
    key = "digest.record" if place == 1 else "digest.place"
    return say(key, n=len(values), place=Quantity.reported(place, "rank"), period=known.period, first=first), []


def _so_far(view: View, known: Known) -> tuple[Phrase, list[Figure]] | None:
    """The year up to the end of the period, against the same months of the year before."""
    whole = Period(Period.year(known.period.last_year).start, known.period.end)
    now, before = find(view, known.flow, whole), find(view, known.flow, whole.year_earlier())
    if whole == known.period or now is None or before is None or not before.quantity.value:
        return None
    change = now.quantity.growth(before.quantity)
    formula = f"({now.quantity.value / 1e6:,.1f} ÷ {before.quantity.value / 1e6:,.1f} − 1) × 100"
    cited = (*now.sources(view)[:1], *before.sources(view)[:1])
    figures = [now.figure(view), derived(change, "growth", now, cited, formula)]
    return say("digest.so_far", period=whole, value=now.quantity, change=change, base=before.quantity), figures


def _parts(view: View, known: Known) -> tuple[Table | None, list[Figure]]:
    """Of all goods, the largest sectors with their change; of others there are no parts by the same body."""
    if known.flow != Flow(TOTAL):
        return None, []
    rows: list[tuple[Arg, ...]] = []
    figures: list[Figure] = []
    for identity, _, _, months in view.store.by_product(known.period, "sector")[:_LINES]:
        part = find(view, Flow(identity), known.period) if months == len(known.period) else None
        before = find(view, Flow(identity), known.period.year_earlier())
        if part is None:
            continue
        change: Arg = say("cell.none")
        if before and before.quantity.value:
            change = say("cell.growth", change=part.quantity.growth(before.quantity))
        label = say("cell.start", label=product(identity))
        rows.append((label, say("cell.million", value=part.quantity), change))
        figures.append(part.figure(view))
    head = tuple(say(f"table.{name}") for name in ("what", "million", "year_earlier"))
    return (Table(head, tuple(rows)) if rows else None), figures


def _next(view: View, known: Known) -> list[Phrase]:
    """When the next month is due, if its publisher keeps to a calendar."""
    newest = view.store.newest(known.flow.product, known.flow.partner, known.flow.exporter)
    if newest is None or not known.series or newest.end >= known.period.end + _QUARTER:
        return []
    coming = due_of(OFFICIAL, newest.shifted(1), newest, view.today)
    if coming is None:
        return []
    return [say("gap.late" if coming.late else "gap.due", period=coming.month, date=Day(coming.due.isoformat()))]


def _ended(view: View, flow: Flow, quarter: Period) -> Answer:
    """There is no figure of the quarter: why, how far they reach, and what was reported instead."""
    last = last_by_partner(view, flow) if flow.partner != WORLD else view.store.newest(flow.product)
    args: dict[str, Arg] = {"product": product(flow.product), "partner": country(flow.partner), "period": quarter}
    lead = [say("gap.period" if flow.partner == WORLD else "gap.partner_period", **args)]
    if last and flow.partner != WORLD:
        lead.append(say("gap.by_partner_ended", period=last))
    elif last:
        lead.append(say("gap.newest", period=last))
    deals_then = _dated(view, quarter, flow.partner) if flow.product == HOME else []
    newest = view.store.newest(flow.product, flow.partner, flow.exporter)
    suggestions = (ask_level(flow, newest),) if newest else ()
    if not deals_then:
        return declined(None, *lead, suggestions=suggestions)
    return Answer(
        Status.ANSWERED,
        None,
        tuple(lead),
        tuple(_told(deals_then, view)),
        events=tuple(deal.best for deal in deals_then[:_LINES]),
        sources=sources([deal.best for deal in deals_then[:_LINES]], view),
        suggestions=suggestions,
    )


def _of_deals(question: Question, view: View, period: Period) -> Answer:
    """The reports on a system or a company that are dated in the period; else the newest one there is."""
    reports = fitting(question, view)
    thing = named_thing((*question.systems, *question.companies)[0].value)
    then = [event for event in reports if event.date.within(period)]
    if then:
        told = deal_lists.answer(question, view, then)
        return replace(told, kind=None, lead=(say("digest.reports", name=thing, period=period), *told.lead))
    lead = say("digest.no_reports", name=thing, period=period)
    newest = max((event for event in reports if event.buyer != WORLD), key=lambda event: event.date.last, default=None)
    if newest is None:
        return declined(None, lead)
    (one, *_) = deals([newest], view.store)
    return Answer(
        Status.ANSWERED, None, (lead, say("digest.newest_report")), (sentence(one.headline, view),),
        events=(newest,), sources=sources([newest], view),
    )  # fmt: skip


def _dated(view: View, period: Period, buyer: str = WORLD) -> list[Deal]:
    """What was sold, delivered or given within a period, to a buyer or to any, the most reported first.

    What the country builds for itself is none of it.
    """
    events = [
        event
        for event in view.store.events(within=period, kinds=("contract", "order", "delivery", "donation"))
        if event.supplier_country == HOME_COUNTRY
        and (event.buyer == buyer or (buyer == WORLD and event.buyer not in (HOME_COUNTRY, WORLD)))
    ]
    return sorted(deals(events, view.store), key=lambda deal: (-len(deal.reports), deal.first))


def _told(found: Sequence[Deal], view: View) -> list[Phrase]:
    """Deals in sentences."""
    if not found:
        return []
    return [say("digest.events"), *(sentence(deal.headline, view) for deal in found[:_LINES])]
