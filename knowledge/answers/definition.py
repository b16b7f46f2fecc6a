"""What something is and who makes it: descriptions of entities and products, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from knowledge.answer import Answer, Arg, Phrase, Status, say
from knowledge.answers.deal_gaps import named_thing
from knowledge.answers.deals import sources
from knowledge.answers.desk_view import View
from knowledge.answers.linked import finder, reports_of, system_names
from knowledge.answers.reports import fitting, named_in_notes
from knowledge.facts import Entity, Event, Product, Source
from knowledge.question import Kind, Name, Question
from knowledge.store import Store
from knowledge.text import fold, folds

_ALIASES = 4
_MAKERS = 2
_WORDS = 6
"""Words of a company's name."""
_PUBLISHER = {"index": "org-sipri"}
"""Who counts the products of a level; TIM counts all others."""


def answer(question: Question, view: View) -> Answer:
    """Descriptions of what is named, systems and companies before persons; declined where nothing is described."""
    if "who_made" in question.aspects and question.partners and question.systems:
        # Who makes it for one country is what the reports of that country's deals say.
        return _supplied(question, view) or _unmade(question)
    slots = (*question.systems, *question.companies, *question.people, *question.conflicts)
    ids = dict.fromkeys(slot.value for slot in slots if not slot.value.startswith(("class:", "text:")))
    if question.attributed:
        ids.setdefault(question.attributed.value)
    entities = [entity for entity_id in ids if (entity := view.store.entity(entity_id))]
    products = [product for slot in question.products if (product := view.store.product(slot.value))]
    if not entities and not products:
        return _supplied(question, view) or _unknown(question)
    lead: list[Phrase] = []
    details: list[Phrase] = []
    cited: list[Source] = []
    for entity in entities:
        made, of = makers(entity, view) if "who_made" in question.aspects else ((), ())
        told = [_described(entity)]
        if made:
            told.insert(0, _maker(entity, made))
        lead += told
        cited += [view.store.source(entity.source_id), *of]
        details += _also(entity)
    if not entities:
        for product in products:
            lead.append(_product(product, view))
            publisher = view.store.entity(_PUBLISHER.get(product.level, "org-tim"))
            cited += [view.store.source(publisher.source_id)] if publisher else []
    return Answer(
        Status.ANSWERED if cited else Status.DECLINED,
        Kind.DEFINITION,
        lead=tuple(lead),
        details=tuple(details),
        sources=tuple(dict.fromkeys(cited)),
        suggestions=tuple(_next(entities, view)),
    )


def makers(entity: Entity, view: View) -> tuple[tuple[Name, ...], tuple[Source, ...]]:
    """Who makes a system: the company that its description names, else a company that says so, else its supplier."""
    if entity.kind != "system":
        return (), ()
    named = [company for company in _companies_in(entity.description, view.store) if _made_by(entity, company)]
    if named:
        return _names(named), (view.store.source(entity.source_id),)
    own = finder(entity)
    saying = [company for company, text in _makers(view.store) if own and own.search(text)]
    if saying:
        return _names(saying), tuple(view.store.source(company.source_id) for company in saying)
    return _suppliers(entity, view)


def _companies_in(text: str, store: Store) -> list[Entity]:
    """The companies whose names stand in a text, by id."""
    words = folds(text)
    runs = (" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, at + _WORDS + 1))
    ids = {name.id for run in dict.fromkeys(runs) for name in store.named(run, "") if name.kind == "company"}
    return [found for one in sorted(ids) if (found := store.entity(one))]


@lru_cache(maxsize=4)
def _makers(store: Store) -> tuple[tuple[Entity, str], ...]:
    """The companies that are described as makers of something, with that description folded."""
    return tuple((company, fold(company.description)) for company in store.described("company", "maker"))


def _made_by(entity: Entity, company: Entity) -> bool:
    """True if the description says "by <company>" or "by <company> and another"."""
    names = finder(company)
    after = fold(entity.description).partition(" by ")[2].partition(",")[0]
    found = names.search(after) if names else None
    return bool(found and (found.start() == 0 or " and " in after[: found.start()]))


def _supplied(question: Question, view: View) -> Answer | None:
    """Who supplied a kind of system to a buyer, by the reports."""
    if "who_made" not in question.aspects or not question.systems:
        return None
    events = [event for event in fitting(question, view) if event.supplier and event.certainty != "denied"]
    if not events:
        return None
    names = tuple(dict.fromkeys(event.supplier for event in events))
    first = _first_each(events, names)
    things = tuple(dict.fromkeys(event.system for event in events))
    lead = say(
        "definition.supplier",
        system=tuple(Name("system", system_names(view.store).get(thing, thing)) for thing in things[:_ALIASES]),
        makers=tuple(Name("company", name) for name in names[:_ALIASES]),
    )
    cited = sources(first, view)
    buyers = tuple(Name("country", slot.value) for slot in question.partners)
    if buyers and not {event.supplier_country for event in first} & {buyer.id for buyer in buyers}:
        lead = replace(lead, key="definition.supplier_for", args=(*lead.args, ("buyers", buyers)))
    return Answer(Status.ANSWERED, Kind.DEFINITION, (lead,), events=tuple(first), sources=cited)


def _unmade(question: Question) -> Answer:
    """No report names who makes it for the country asked about."""
    buyers = tuple(Name("country", slot.value) for slot in question.partners)
    things = tuple(named_thing(slot.value) for slot in question.systems)
    return Answer(Status.DECLINED, Kind.DEFINITION, (say("definition.gap.for", buyers=buyers, system=things),))


def _suppliers(entity: Entity, view: View) -> tuple[tuple[Name, ...], tuple[Source, ...]]:
    known = reports_of(view.store)
    about = view.store.events(system=entity.entity_id) or named_in_notes(view, entity.entity_id, known.events)
    events = [event for event in about if event.supplier and event.event_id not in known.joint]
    counted = Counter(event.supplier for event in events)
    if not counted:
        return (), ()
    names = [name for name, count in counted.most_common(_MAKERS) if count * 3 >= counted.most_common(1)[0][1]]
    first = _first_each(events, names)
    return tuple(Name("company", name) for name in names), sources(first, view)


def _first_each(events: Iterable[Event], names: Iterable[str]) -> list[Event]:
    found = {event.supplier: event for event in sorted(events, key=lambda event: event.certainty == "official")}
    return [found[name] for name in names]


def _names(companies: Iterable[Entity]) -> tuple[Name, ...]:
    return tuple(Name("company", company.entity_id) for company in companies)


def _maker(entity: Entity, made: tuple[Name, ...]) -> Phrase:
    entities = all(name.id.startswith("co-") for name in made)
    key = "definition.maker" if entities else "definition.supplier"
    return say(key, system=Name("system", entity.entity_id), makers=made)


def _described(entity: Entity) -> Phrase:
    identity = entity.entity_id
    return say("definition.entity", name=Name(_kind(entity), identity), description=Name("description", identity))


def _kind(entity: Entity) -> str:
    return "organisation" if entity.kind == "country_group" else entity.kind


def _also(entity: Entity) -> list[Phrase]:
    """Other names in Latin letters that are not only another spelling of the name."""
    seen = {fold(entity.name)}
    told = []
    for alias in entity.aliases:
        if fold(alias) not in seen and alias[0].isascii():
            seen.add(fold(alias))
            told.append(alias)
    return [say("definition.aliases", aliases=tuple(told[:_ALIASES]))] if told else []


def _product(product: Product, view: View) -> Phrase:
    parent = view.store.product(product.parent) if product.parent else None
    return say(
        f"definition.product.{product.level}",
        product=Name("product", product.product_id),
        parent=Name("product", parent.product_id) if parent else "",
        official=product.official or product.label,
    )


def _next(entities: Iterable[Entity], view: View) -> list[Phrase]:
    for entity in entities:
        if entity.kind == "system" and view.store.events(system=entity.entity_id, kinds=("contract", "order")):
            return [say("procurement.ask.buyers", system=Name("system", entity.entity_id))]
    return []


def _unknown(question: Question) -> Answer:
    names: tuple[Arg, ...] = tuple(slot.words for slot in question.slots() if slot.words)
    lead = say("definition.unknown", names=names) if names else say("definition.nothing")
    return Answer(Status.DECLINED, Kind.DEFINITION, lead=(lead,))
