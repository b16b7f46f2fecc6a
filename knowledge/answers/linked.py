"""The event reports of a store, linked once to the systems and countries that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answers.classes import Family, pattern
from knowledge.facts import Entity, Event
from knowledge.store import Store
from knowledge.text import fold

_PARTS = re.compile(r"\s*(?:,|/| and | including )\s*")


@dataclass(frozen=True)
class Reports:
    """Every event report, with the entities that its system names."""

    events: tuple[Event, ...]
    named: dict[str, frozenset[str]]
    """Event id → entity ids of the systems in it."""
    joint: frozenset[str]
    """Ids of events whose figure counts several systems together."""
    mixed: frozenset[str]
    """Ids of joint events that count something without a name of its own too ("frigate refit")."""
    misread: frozenset[str]
    """Ids of events that turn into an order what more pages have the same voice call a delivery."""
    notes: dict[str, str]
    """Event id → its note, folded."""
    voices: dict[str, tuple[str, str]]
    """Event id → whom it quotes, with its note, and its publisher; folded."""
    countries: dict[str, re.Pattern[str]]
    """Country code → what finds its name in a note."""

    def systems(self, event: Event) -> frozenset[str]:
        """The systems that a report names, as far as they are entities."""
        return self.named.get(event.event_id, frozenset())


@lru_cache(maxsize=4)
def reports_of(store: Store) -> Reports:
    """The reports of a store, linked once."""
    events = tuple(event for event in store.events() if event.kind != "publication_policy")
    named: dict[str, set[str]] = {}
    systems = [entity for entity in store.entities(role="system") if entity.kind == "system"]
    for entity in systems:
        for event_id in about(store, system=entity.entity_id):
            named.setdefault(event_id, set()).add(entity.entity_id)
    finders = {entity.entity_id: finder(entity) for entity in systems}
    parts = {event.event_id: _parts(event, named.get(event.event_id, set()), finders) for event in events}
    joint = frozenset(key for key, hits in parts.items() if len(set(hits)) > 1)
    mixed = frozenset(key for key in joint if frozenset() in parts[key])
    names: dict[str, list[str]] = {}
    for name, code in store.names_of("country", "en"):
        names.setdefault(code, []).append(name)
    countries = {code: found for code, known in names.items() if (found := pattern(known))}
    return Reports(
        events,
        {key: frozenset(value) for key, value in named.items()},
        joint,
        mixed,
        _misread(events),
        {event.event_id: fold(event.note) for event in events},
        {event.event_id: _voices(event, store) for event in events},
        countries,
    )


def _voices(event: Event, store: Store) -> tuple[str, str]:
    return fold(f"{event.attributed_to}. {event.note}"), fold(store.source(event.source_id).publisher)


def _misread(events: Sequence[Event]) -> frozenset[str]:
    """One statement that pages put into two kinds: same voice, number and last day; the kind of fewer pages."""
    kinds: dict[tuple[str, str, float, str], dict[str, list[str]]] = {}
    for event in events:
        if event.quantity and event.quantity.value > 1 and event.kind in ("order", "contract", "delivery"):
            key = (event.buyer, event.attributed_to, event.quantity.value, event.date.last)
            kinds.setdefault(key, {}).setdefault(event.kind, []).append(event.event_id)
    found: set[str] = set()
    for readings in kinds.values():
        most = max(len(ids) for ids in readings.values())
        found.update(key for ids in readings.values() if len(ids) < most for key in ids)
    return frozenset(found)


def _parts(event: Event, named: set[str], finders: dict[str, re.Pattern[str] | None]) -> list[frozenset[str]]:
    """What each part of a system's text names: "Arma 6x6 and NMS 4x4" two systems, "Kaplan MT / Harimau" one twice."""
    parts = [fold(part) for part in _PARTS.split(event.system) if part]
    return [frozenset(key for key in named if (found := finders[key]) and found.search(part)) for part in parts]


def finder(entity: Entity) -> re.Pattern[str] | None:
    """What finds the names of an entity in a folded text."""
    return pattern((entity.name, *entity.aliases))


@lru_cache(maxsize=1024)
def about(store: Store, system: str = "", supplier: str = "") -> frozenset[str]:
    """Ids of the events that are linked to a system or a supplier."""
    found = store.events(system=system or None, supplier=supplier or None)
    return frozenset(event.event_id for event in found)


@lru_cache(maxsize=4)
def system_names(store: Store) -> dict[str, str]:
    """Name of a system that is reported of → its entity id."""
    return {entity.name: entity.entity_id for entity in store.entities(role="system") if entity.kind == "system"}


def in_family(store: Store, family: Family, event: Event) -> bool:
    """True if a report is about a member of the family."""
    return event.event_id in _members(store, family)


@lru_cache(maxsize=256)
def _members(store: Store, family: Family) -> frozenset[str]:
    """Ids of the reports about members of a family."""
    reports = reports_of(store)
    return frozenset(
        event.event_id
        for event in reports.events
        if not family.excludes(event.system)
        and (reports.systems(event) & family.entities or family.names(event.system))
    )
