"""Everything that a folder of facts holds, gathered before it goes into the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from knowledge.facts import Entity, Event, Observation, Product, Source, Statement
from knowledge.period import Period


class Country(NamedTuple):
    """A country code with its code in CLDR's data."""

    country: str
    """ISO 3166-1 alpha-3; XKX for Kosovo, WLD for the world."""
    territory: str
    """ISO 3166-1 alpha-2; 001 for the world."""
    name: str


class CountryName(NamedTuple):
    """A name of a country beside the one that CLDR gives."""

    country: str
    language: str
    name: str


class Remark(NamedTuple):
    """What a curator noted on a figure that no single observation carries."""

    exporter: str
    partner: str
    product: str
    period: Period
    text: str
    source_id: str


class Vintage(NamedTuple):
    """What one bulletin says of every period of a series; its figures are in `series/<source_id>.csv`."""

    source: Source
    series: str
    exporter: str
    partner: str
    measure: str
    unit: str
    step: Decimal
    attributed_to: str
    place: int
    """Row in vintages.csv."""
    covers: Period | None = None
    """The periods of which it says all: what an earlier vintage had there and this one lacks was withdrawn."""


class Register(NamedTuple):
    """One edition of a register of deals."""

    source: Source
    register: str
    covers: str
    """`all`: what an earlier edition had and this one lacks was withdrawn. A span of years of delivery: its numbers are
    of these years alone. Empty: a part of the deals."""


class Listed(NamedTuple):
    """A deal as one edition of a register has it. A doubt is `?` or empty, of the field before it."""

    deal_id: str
    register: str
    recipient: str
    """Country code; empty for a party that is no country of today."""
    recipient_name: str
    supplier: str
    supplier_name: str
    designation: str
    description: str
    category: str
    order_year: int | None
    order_year_doubt: str
    ordered: float | None
    ordered_doubt: str
    delivered: float | None
    delivered_doubt: str
    delivery_years: str
    delivery_years_doubt: str
    status: str
    local_production: str
    comments: str
    tiv_unit: float | None
    """Trend-indicator values: an index of volume in millions, never money."""
    tiv_order: float | None
    tiv_delivered: float | None
    source_id: str
    known_from: str
    known_until: str


@dataclass(slots=True)
class Facts:
    """Everything that a folder of facts holds."""

    sources: dict[str, Source] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    tim_slugs: dict[str, str] = field(default_factory=dict)
    """Product id → TIM's sector by its slug."""
    countries: dict[str, Country] = field(default_factory=dict)
    country_names: list[CountryName] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    """Single reports, each current until its source takes it back."""
    vintages: list[Vintage] = field(default_factory=list)
    series: dict[str, list[Observation]] = field(default_factory=dict)
    """Name of an official series → its observations in every vintage."""
    remarks: list[Remark] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    registers: dict[str, Register] = field(default_factory=dict)
    """Source id → the edition of a register that it is."""
    deals: list[Listed] = field(default_factory=list)
    """Deals of registers, in every edition that has them otherwise than the one before."""
    places: dict[str, int] = field(default_factory=dict)
    """Id of an observation → its row in observations.csv."""
    _ids: dict[str, set[str]] = field(default_factory=dict)

    def ids(self, file: str) -> set[str]:
        """The identifiers met so far in a file."""
        return self._ids.setdefault(file, set())
