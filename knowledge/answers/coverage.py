"""What the store holds and how far it reaches."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers import level
from knowledge.answers.classes import families
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, find
from knowledge.answers.gaps import ask_level, country, last_by_partner, product
from knowledge.answers.spans import flows, spans
from knowledge.facts import TOTAL, WORLD, Source
from knowledge.question import Kind, Name, Question

_HOME = "defence-aerospace"
_PRODUCTS = 6
"""Products that are named of a body's figures."""


def answer(question: Question, view: View) -> Answer:
    """The reach of what is asked about; of everything where nothing is named."""
    aspects = question.aspects
    if question.unit:
        found = _everything(view)
        return replace(found, lead=(say("coverage.units"), *found.lead))
    if question.systems or question.companies:
        return _deals(question, view)
    if question.people:
        return _body(view, question.people[0].value) or _everything(view)
    if aspects & {"buyers", "by_partner"} or question.partners:
        return _partners(question, view)
    if question.products:
        return _flow(question, view, flows(question)[0])
    return _everything(view)


def _sources(view: View, product_id: str) -> tuple[Source, ...]:
    newest = view.store.newest(product_id)
    months = view.store.months(product_id, newest) if newest else []
    return tuple(dict.fromkeys(view.store.source(month.source_id) for month in months))


def _everything(view: View) -> Answer:
    oldest, newest = view.store.oldest(TOTAL), view.store.newest(TOTAL)
    sectors = tuple(product(found.product_id) for found in view.store.products("sector"))
    lead: list[Phrase] = []
    if oldest and newest:
        lead.append(say("coverage.sectors", n=len(sectors), sectors=sectors, first=oldest, last=newest))
    details = [*_partner_lines(view), say("coverage.deals", n=dict(view.store.edition.counts)["event"])]
    first = view.store.oldest(_HOME)
    if first:
        details.insert(0, say("coverage.defence", first=_earliest(view)))
    suggestions = (ask_level(Flow(_HOME), newest),) if newest else ()
    return Answer(
        Status.ANSWERED,
        Kind.COVERAGE,
        tuple(lead),
        tuple(details),
        sources=_sources(view, TOTAL),
        suggestions=suggestions,
    )


def _earliest(view: View) -> Phrase:
    years = [row.period for row in view.store.observations(product=_HOME, partner=WORLD) if row.period.kind == "year"]
    return say("taken.period", period=min(years))


def _partner_lines(view: View) -> list[Phrase]:
    partners = view.store.partners(_HOME)
    last = last_by_partner(view, Flow(_HOME))
    if not last:
        return []
    return [
        say("coverage.partners", n=len(partners), partners=tuple(country(code) for code, *_ in partners), last=last),
        say("coverage.why"),
    ]


def _partners(question: Question, view: View) -> Answer:
    if not question.partners:
        policy = view.store.events(kinds=("publication_policy",))
        sources = tuple(dict.fromkeys(view.store.source(event.source_id) for event in policy))
        return Answer(
            Status.ANSWERED, Kind.COVERAGE, tuple(_partner_lines(view)), events=tuple(policy), sources=sources
        )
    code = question.partners[0].value
    rows = [row for row in view.store.partners(_HOME) if row[0] == code]
    events = view.store.events(buyer=code)
    lead: list[Phrase] = []
    cited = [view.store.source(event.source_id) for event in events[-3:]]
    if rows:
        _, first, last, count = rows[0]
        lead.append(say("coverage.partner", partner=country(code), n=count, first=first, last=last))
        found = view.store.observations(product=_HOME, partner=code)
        cited = [view.store.source(row.source_id) for row in found[-3:]]
    else:
        lead.append(say("coverage.no_partner", partner=country(code)))
    if events:
        lead.append(say("coverage.partner_deals", partner=country(code), n=len(events)))
    details = (say("coverage.why"),) if rows else ()
    return Answer(
        Status.ANSWERED if cited else Status.DECLINED,
        Kind.COVERAGE,
        tuple(lead),
        details,
        sources=tuple(dict.fromkeys(cited)),
    )


def _flow(question: Question, view: View, flow: Flow) -> Answer:
    oldest, newest = view.store.oldest(flow.product), view.store.newest(flow.product)
    if oldest is None or newest is None:
        return _everything(view)
    found = spans(view, question, flow) if question.periods else ()
    known = find(view, flow, found[0].period) if len(found) == 1 and not found[0].anchor else None
    if known:
        told = level.one(question, view, known)
        span = say("coverage.flow", product=product(flow.product), first=oldest, last=newest)
        return replace(told, caveats=(*told.caveats, span))
    lead = [say("coverage.flow", product=product(flow.product), first=oldest, last=newest)]
    details: list[Phrase] = []
    if flow.product == _HOME:
        lead.append(say("coverage.defence", first=_earliest(view)))
        details += _partner_lines(view)
    sources = _sources(view, flow.product) or tuple(
        dict.fromkeys(view.store.source(row.source_id) for row in view.store.observations(product=flow.product)[-3:])
    )
    return Answer(
        Status.ANSWERED,
        Kind.COVERAGE,
        tuple(lead),
        tuple(details),
        sources=sources,
        suggestions=(ask_level(flow, newest),),
    )


def _body(view: View, entity_id: str) -> Answer | None:
    """The figures that one body is quoted with."""
    rows = view.store.observations(attributed_to=entity_id, measure=None)
    if not rows:
        return None
    products = tuple(product(name) for name in dict.fromkeys(row.product for row in rows))
    cited = tuple(dict.fromkeys(view.store.source(row.source_id) for row in rows[-3:]))
    first = min((row.period for row in rows), key=lambda period: period.start)
    last = max((row.period for row in rows), key=lambda period: (period.end, period.start))
    who = Name("organisation", entity_id)
    lead = say("coverage.body", who=who, n=len(rows), first=first, last=last, products=products[:_PRODUCTS])
    return Answer(Status.ANSWERED, Kind.COVERAGE, (lead,), sources=cited)


def _deals(question: Question, view: View) -> Answer:
    slot = (*question.systems, *question.companies)[0]
    family = families("system").get(slot.value.removeprefix("class:")) if slot.value.startswith("class:") else None
    if family:
        names = tuple(Name("system", identity) for identity in sorted(family.entities))
        events = [event for identity in sorted(family.entities) for event in view.store.events(system=identity)]
        cited = tuple(dict.fromkeys(view.store.source(event.source_id) for event in events[-3:]))
        return Answer(
            Status.ANSWERED, Kind.COVERAGE, (say("coverage.family", names=names, n=len(events)),), sources=cited
        )
    name = Name("system" if question.systems else "company", slot.value)
    events = view.store.events(system=slot.value) if question.systems else view.store.events(supplier=slot.value)
    buyers = tuple(country(code) for code in dict.fromkeys(event.buyer for event in events) if code != WORLD)
    sources = tuple(dict.fromkeys(view.store.source(event.source_id) for event in events[-3:]))
    return Answer(
        Status.ANSWERED,
        Kind.COVERAGE,
        (say("coverage.system", name=name, n=len(events), buyers=buyers),),
        sources=sources,
    )
