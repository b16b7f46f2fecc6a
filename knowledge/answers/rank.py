"""Orders of size: partners, sectors, companies, months and years; records; the fastest and the slowest."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from knowledge.answer import Answer, Figure, Phrase, Status, Table, say
from knowledge.answers import published
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, by_partner, find, sources_of
from knowledge.answers.gaps import country, declined, no_figure, product
from knowledge.answers.ranked import SHOWN, Item, told
from knowledge.answers.series import GRAINS
from knowledge.answers.spans import flows, spans, taken_over
from knowledge.facts import TOTAL, Product, Source
from knowledge.period import Period
from knowledge.question import Origin, Question, Slot

_BUYERS = frozenset(("buyers", "who_bought", "by_partner"))
"""Aspects that ask for countries."""
_LEAST = 2
"""An order of fewer is none."""


def answer(question: Question, view: View) -> Answer:
    """The order that the question's words ask for."""
    asked = flows(question)
    level = view.store.product(asked[0].product) if asked else None
    if level and level.level == "index":
        return _by_index(question, view, asked[0])
    aspects = question.aspects
    if (
        "companies" in aspects
        and not aspects & {"sectors", "by_sector", "buyers"}
        and (not asked or asked[0].product in (TOTAL, "defence-aerospace"))
    ):
        return _companies(question, view)
    if not asked and "record" in aspects and not aspects & {"sectors", "by_sector", "companies"}:
        return _times(question, view, Flow(TOTAL))
    if not asked and aspects & _BUYERS and not aspects & {"sectors", "by_sector"}:
        # Only defence is known by country: that this is meant is said.
        assumed = replace(question, products=(Slot("defence-aerospace", "", Origin.ASSUMED),))
        return _partners(assumed, view, flows(assumed)[0])
    if not asked or _of_sectors(question, [flow.product for flow in asked], level):
        return _sectors(question, view)
    if aspects & _BUYERS or question.partners:
        return _partners(question, view, asked[0])
    if "fastest" in aspects or "slowest" in aspects:
        return _sectors(question, view)
    if "where" in aspects and not aspects & set(GRAINS):
        return _partners(question, view, asked[0])
    return _times(question, view, asked[0])


def _by_index(question: Question, view: View, flow: Flow) -> Answer:
    """Buyers by a volume index, where that can be told; else what was published of places and shares."""
    asks_for_buyers = bool(question.aspects & _BUYERS) and not question.partners
    order = _index_order(question, view, flow) if asks_for_buyers else None
    return order or published.answer(question, view, ("rank", "share"))


def _of_sectors(question: Question, products: list[str], first: Product | None) -> bool:
    """True if sectors are put in order, or the place of one among them is asked for."""
    aspects = question.aspects
    timed = aspects & {*GRAINS, "record", "when"}
    if aspects & {"sectors", "by_sector"} or (aspects & {"fastest", "slowest"} and len(products) != 1):
        return True
    if "first_of_all" in aspects and not question.partners and first and first.level == "sector":
        # "Is automotive number one?": its place among the sectors.
        return not timed
    return products[0] == TOTAL and not timed and not aspects & {"buyers", "who_bought", "by_partner"}


def _sectors(question: Question, view: View) -> Answer:
    named = [slot.value for slot in question.products if slot.value != TOTAL]
    flow = Flow(TOTAL)
    span = _one_span(question, view, flow)
    if span is None:
        return no_figure(view, question, flow, None)
    period, said = span
    items: list[Item] = []
    if question.attributed and not view.store.observations(product=TOTAL, attributed_to=question.attributed.value):
        return declined(question.kind, say("gap.what"))
    growth = bool(question.aspects & {"fastest", "slowest", "change"})
    if growth and len(period) > 12:
        # "How did the top three change from 2024 to 2025": no order of size tells that.
        return declined(question.kind, say("gap.what"))
    for identity, _, _, months in view.store.by_product(period, "sector"):
        known = find(view, Flow(identity), period) if months == len(period) else None
        base = find(view, Flow(identity), period.year_earlier()) if growth else None
        if known is None or (growth and (base is None or base.quantity.value <= 0)):
            continue
        if not (base and growth):
            items.append(Item.of(view, product(identity), identity, known, cited=2))
            continue
        quantity = known.quantity.growth(base.quantity)
        items.append(Item(product(identity), identity, quantity, partial(_grown, view, known, base)))
    if len(items) < _LEAST:
        return no_figure(view, question, flow, period)
    key = "rank.sectors_growth" if growth else "rank.sectors"
    return told(question, items, key, said, period=period, place_of=named[0] if len(named) == 1 else "")


def _grown(view: View, known: Known, base: Known) -> tuple[Figure, tuple[Source, ...]]:
    """How much a figure grew on that of a year earlier."""
    sources = tuple(dict.fromkeys((*known.sources(view)[:2], *base.sources(view)[:1])))
    figure = Figure(
        known.quantity.growth(base.quantity),
        "growth",
        sources,
        "TUR",
        "WLD",
        known.flow.product,
        known.period,
        derived=True,
        formula=f"({known.quantity.value / 1e6:,.1f} ÷ {base.quantity.value / 1e6:,.1f} − 1) × 100",
    )
    return figure, sources


def _companies(question: Question, view: View) -> Answer:
    years: dict[Period, list[Item]] = {}
    wanted = next((slot.value.period for slot in question.periods if slot.value.period), None)
    for company in view.store.products("company"):
        for period in {row.period for row in view.store.observations(product=company.product_id)}:
            if wanted in (None, period):
                known = find(view, Flow(company.product_id), period)
                if known:
                    item = Item.of(view, product(company.product_id), company.product_id, known)
                    years.setdefault(period, []).append(item)
    best = max(years, key=lambda period: (len(years[period]), period.end), default=None)
    if best is None or len(years[best]) < _LEAST:
        return no_figure(view, question, Flow("top-10-exporters"), wanted)
    said = () if wanted else (say("taken.whole_year", period=best),)
    return told(question, years[best], "rank.companies", said, period=best)


def _partners(question: Question, view: View, flow: Flow) -> Answer:
    if not view.store.partners(flow.product, flow.exporter):
        return declined(question.kind, say("gap.no_partners", product=product(flow.product)))
    span = _partner_span(question, view, flow)
    if span is None:
        return no_figure(view, question, flow, None)
    period, said = span
    items = [Item.of(view, country(code), code, known) for code, known in by_partner(view, flow, period).items()]
    if len(items) < _LEAST:
        return _published_order(question, view, flow, period, said) or no_figure(view, question, flow, period)
    place = question.partners[0].value if len(question.partners) == 1 else ""
    return told(question, items, "rank.partners", said, period=period, place_of=place, of=flow.product)


def _published_order(
    question: Question, view: View, flow: Flow, period: Period, said: tuple[Phrase, ...]
) -> Answer | None:
    """The order that a source printed without the amounts."""
    rows = view.store.observations(product=flow.product, exporter=flow.exporter, measure="rank", period=period)
    placed = {row.partner: row for row in rows if row.partner != "WLD"}
    ordered = sorted(placed.values(), key=lambda row: row.quantity.value)
    if not ordered:
        return None
    sources = sources_of(view, ordered)
    figures = tuple(
        Known(
            Flow(flow.product, row.partner, flow.exporter), period, "rank", row.quantity, row.attributed_to, (row,)
        ).figure(view)
        for row in ordered
    )
    if question.partners:
        mine = next((row for row in ordered if row.partner == question.partners[0].value), None)
        if mine:
            figures = tuple(sorted(figures, key=lambda figure: figure.partner != mine.partner))
    table = Table(
        (say("table.place"), say("table.what")),
        tuple((say("cell.number", n=int(row.quantity.value)), country(row.partner)) for row in ordered),
    )
    lead = say(
        "rank.printed",
        first=country(ordered[0].partner),
        product=product(flow.product),
        period=period,
        who=published.who(ordered[0].attributed_to),
    )
    return Answer(
        Status.ANSWERED, question.kind, (lead,), table=table, figures=figures, sources=sources, taken_over=said
    )


def _index_order(question: Question, view: View, flow: Flow) -> Answer | None:
    """The main recipients by an index: their printed places, else their printed shares."""
    periods = [slot.value.period for slot in question.periods if slot.value.period]
    rows = view.store.observations(product=flow.product, exporter=flow.exporter, measure=None)
    known = {row.period for row in rows if row.partner != "WLD" and row.measure in ("rank", "share")}
    period = periods[0] if periods else max(known, key=lambda span: (span.end, len(span)), default=None)
    if period is None:
        return None
    shares = [row for row in rows if row.period == period and row.partner != "WLD" and row.measure == "share"]
    if not shares:
        return _published_order(question, view, flow, period, ())
    largest = {row.partner: row for row in sorted(shares, key=lambda row: -row.quantity.value)}
    items = [
        Item.of(
            view, country(row.partner), row.partner,
            Known(
                Flow(flow.product, row.partner, flow.exporter), period, "share", row.quantity, row.attributed_to, (row,)
            ),
        )
        for row in largest.values()
    ]  # fmt: skip
    done = told(question, items, "rank.recipients", (), period=period, of=flow.product)
    return replace(done, caveats=(say("caveat.index"),))


def _times(question: Question, view: View, flow: Flow) -> Answer:
    oldest, newest = view.store.oldest(flow.product, flow.partner), view.store.newest(flow.product, flow.partner)
    if oldest is None or newest is None:
        return no_figure(view, question, flow, None)
    named = spans(view, question, flow) if question.periods else ()
    within = (
        Period(min(s.period.start for s in named), max(s.period.end for s in named))
        if named
        else Period(oldest.start, newest.end)
    )
    cue = next((cue for cue in reversed(GRAINS) if cue in question.aspects), "")
    grain, place = GRAINS.get(cue, "month"), ""
    asked = within.kind == grain if cue else "record" in question.aspects and within.kind in GRAINS.values()
    if len(named) == 1 and asked:
        # "Was 2025 a record": its place among all the years that are known.
        grain, place, within = within.kind, str(within), Period(oldest.start, newest.end)
    items: list[Item] = []
    for part in within.split(grain):
        known = find(view, flow, part)
        if known:
            items.append(Item.of(view, part, str(part), known))
    if not items or (place and all(item.key != place for item in items)):
        return no_figure(view, question, flow, Period.parse(place) if place else within)
    if len(items) < _LEAST:
        return declined(question.kind, say("gap.what"))
    said = taken_over(question, *named)
    return told(question, items, "rank.times", said, period=within, of=flow.product, grain=grain, place_of=place)


def _one_span(question: Question, view: View, flow: Flow) -> tuple[Period, tuple[Phrase, ...]] | None:
    """The period of an order; the newest whole year where none is named."""
    if question.periods:
        found = spans(view, question, flow)
        return (found[-1].period, taken_over(question, *found)) if found else None
    newest = view.store.newest(flow.product)
    if newest is None:
        return None
    year = Period.year(newest.last_year if newest.last_month == 12 else newest.last_year - 1)
    return year, (say("taken.whole_year", period=year),)


def _partner_span(question: Question, view: View, flow: Flow) -> tuple[Period, tuple[Phrase, ...]] | None:
    """Likewise for partners: the newest year for which several are known."""
    if question.periods:
        return _one_span(question, view, flow)
    year = view.store.newest_year(flow.product, flow.exporter, SHOWN)
    return (year, (say("taken.whole_year", period=year),)) if year else None
