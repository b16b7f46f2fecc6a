"""The event reports that fit a question: by system, seller, buyer, conflict, speaker.

Dates and counts are left to `knowledge.answers.deals`: a report can give another date or count of the very
deal that was asked for, so these are compared only after reports have been grouped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.answers.classes import families, pattern
from knowledge.answers.desk_view import View
from knowledge.answers.linked import Reports, about, finder, in_family, reports_of
from knowledge.answers.things import is_part, own_families
from knowledge.facts import Entity, Event
from knowledge.question import Question
from knowledge.store import Store
from knowledge.text import fold, folds

MEASURED = frozenset(("count", "money", "price_each"))
"""Aspects that ask for a figure."""
HOME = "TUR"
"""The seller that the facts are about; a buyer in the rows about its own purchases."""
_SETTLED = frozenset(("contract", "money", "when"))
"""What is asked of a contract, whoever is its buyer."""
_ENDED = frozenset(("cancellation", "why", "status"))
"""Aspects in which the seller can be the one that acts."""
_DRAWN = frozenset(("combat", "cancellation", "status", "why"))
"""Aspects in which a second system is what a first one met: a drone against tanks."""
_COMMON_NAMES = 2
"""A last name that this many persons or systems carry tells nobody apart."""


def fitting(question: Question, view: View, *, without: str = "") -> list[Event]:
    """The reports that fit every slot but dates and counts; `without` leaves out `systems` or `partners`.

    An empty list means that nothing fits: no slot is ever dropped to find something.
    """
    reports = reports_of(view.store)
    found: list[Event] = list(reports.events)
    if without != "systems":
        found = _by_system(question, view, found)
    found = _by_company(question, view, found)
    found = _by_conflict(question, found)
    found = _by_speaker(question, view, found)
    found = _by_seller(question, found) if without != "partners" else _sold_by_home(found)
    if without != "partners":
        found = _by_buyer(question, reports, found)
    return found


def system_ids(question: Question) -> frozenset[str]:
    """The entities that the systems of a question stand for: families opened, a single system before a family."""
    singles = frozenset(slot.value for slot in question.systems if not slot.value.startswith("class:"))
    if singles:
        return singles
    wanted = [families("system").get(slot.value.removeprefix("class:")) for slot in question.systems]
    return frozenset().union(*(family.entities for family in wanted if family))


def counts_more(question: Question, view: View, event: Event) -> bool:
    """True if the figure of a report also counts systems that were not asked about."""
    reports = reports_of(view.store)
    if event.event_id not in reports.joint or event.kind == "co-production":
        return False
    if question.companies:
        sellers = {entity_id for role, entity_id in view.store.entities_of(event.event_id) if role == "supplier"}
        if not sellers <= {slot.value for slot in question.companies}:
            return True
    if not question.systems:
        return False
    return event.event_id in reports.mixed or not reports.systems(event) <= system_ids(question)


def _by_system(question: Question, view: View, found: list[Event]) -> list[Event]:
    """Keep what names any of the systems; a family can be a part of them ("Akinci engines")."""
    singles = [slot.value for slot in question.systems if not slot.value.startswith("class:")]
    kinds = [slot.value.removeprefix("class:") for slot in question.systems if slot.value.startswith("class:")]
    known = families("system")
    asked = [known[kind] for kind in kinds if kind in known]
    measured = question.aspects & MEASURED and not question.aspects & _DRAWN
    parts = [
        known[slot.value.removeprefix("class:")]
        for slot in own_families(question)
        if singles and (is_part(slot) or (measured and "follow" not in question.aspects))
    ]
    if singles:
        ids: set[str] = set()
        for value in singles:
            linked = about(view.store, system=value)
            if not linked or parts:
                linked |= {event.event_id for event in named_in_notes(view, value, found)}
            ids |= linked
        found = [event for event in found if event.event_id in ids]
    if parts or not singles:
        wanted = parts or asked
        if not wanted:
            return found if singles or not question.systems else []
        found = [event for event in found if any(in_family(view.store, family, event) for family in wanted)]
    return found


def named_in_notes(view: View, entity_id: str, found: Iterable[Event]) -> list[Event]:
    """Reports that name something only in their note, as they do single ships."""
    entity = view.store.entity(entity_id)
    names = finder(entity) if entity else None
    notes = reports_of(view.store).notes
    return [event for event in found if names and names.search(notes[event.event_id])]


def _by_company(question: Question, view: View, found: list[Event]) -> list[Event]:
    if not question.companies:
        return found
    ids: set[str] = set()
    for slot in question.companies:
        sold = about(view.store, supplier=slot.value)
        # A company that sells nothing itself (a buyer's holding) is known by the notes.
        ids |= sold or _mentions(view, slot.value, found)
    return [event for event in found if event.event_id in ids]


def _by_conflict(question: Question, found: list[Event]) -> list[Event]:
    for slot in question.conflicts[:1]:
        theatre = families("theatre").get(slot.value)
        found = [event for event in found if event.kind == "combat_use" and theatre and theatre.names(event.note)]
    return found


def _by_speaker(question: Question, view: View, found: list[Event]) -> list[Event]:
    """Keep what the named persons said or are named in. An organisation narrows only where it can."""
    slots = (*question.people, *((question.attributed,) if question.attributed else ()))
    for slot in slots:
        ids = _mentions(view, slot.value, found)
        soft = slot.value.startswith("org-") and slot is not question.attributed
        if ids or not soft:
            found = [event for event in found if event.event_id in ids]
    return found


def _mentions(view: View, entity_id: str, found: Iterable[Event]) -> set[str]:
    """Reports attributed to someone, published by them, or that name them in the note."""
    entity = view.store.entity(entity_id)
    names = _with_surname(view.store, entity) if entity else pattern([entity_id.removeprefix("text:")])
    if not names:
        return set()
    voices = reports_of(view.store).voices
    return {event.event_id for event in found if any(names.search(text) for text in voices[event.event_id])}


@lru_cache(maxsize=256)
def _with_surname(store: Store, entity: Entity) -> re.Pattern[str] | None:
    words = [entity.name, *entity.aliases]
    if entity.kind == "person":
        last = entity.name.split()[-1]
        if min(map(store.bearers, folds(last)), default=0) < _COMMON_NAMES:
            words.append(last)
    return pattern(words)


def _by_seller(question: Question, found: list[Event]) -> list[Event]:
    buyers = {slot.value for slot in question.partners}
    if question.exporter is None:
        return found
    seller = question.exporter.value
    if HOME in buyers:
        # What it buys comes from anywhere, unless a seller is named.
        return found if seller == HOME else [event for event in found if event.supplier_country == seller]
    sold = [event for event in found if event.supplier_country == seller]
    if buyers and question.aspects & _ENDED:
        # Either side can call a deal off: "permits that Canada cancelled" were for the home country.
        turned = [event for event in found if event.supplier_country in buyers and event.buyer == seller]
        return sold + turned
    if not sold and not buyers and seller == HOME and "export" not in question.aspects:
        return [event for event in found if event.buyer == HOME]
    return sold


def _sold_by_home(found: list[Event]) -> list[Event]:
    return [event for event in found if event.supplier_country == HOME and event.buyer != HOME]


def _by_buyer(question: Question, reports: Reports, found: list[Event]) -> list[Event]:
    """Keep the deals of the buyers asked for. A second country without deals can be one that a report names."""
    buyers = [slot.value for slot in question.partners]
    if not buyers:
        return found
    bought = [event for event in found if event.buyer in buyers]
    if not bought and len(buyers) == 1 and question.exporter is None and question.aspects & _SETTLED:
        # "The Eurofighter deal with the UK": a contract has two sides.
        return [event for event in found if event.supplier_country in buyers]
    if question.aspects & _ENDED:
        bought += [event for event in found if event.supplier_country in buyers and event not in bought]
    for code in buyers:
        if len(buyers) > 1 and bought and not any(event.buyer == code for event in bought):
            names = reports.countries.get(code)
            bought = [event for event in bought if names and names.search(fold(f"{event.note} {event.attributed_to}"))]
    return bought


def plan_like(event: Event) -> bool:
    """True for a plan, a request or an approval: not for losses, fleet counts, fundraisers and steps of building."""
    told = [family for key, family in families("note").items() if key != "approval"]
    return event.kind == "other" and event.certainty != "denied" and not any(one.names(event.note) for one in told)
