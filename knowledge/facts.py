"""The facts: what the fact files hold and what the store gives back. Frozen, and each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.period import Period
from knowledge.quantity import Quantity

WORLD = "WLD"
"""Partner code of the whole world (never a sum of the partners that happen to be known)."""
TOTAL = "all-goods"
"""Product code of all goods together."""


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that facts are quoted from."""

    source_id: str
    publisher: str
    title: str
    url: str
    published: str
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    language: str
    kind: str
    """official_statistics, government, company, database, press, research or secondary."""


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is counted: a sector, a group of sectors, a total, or a narrower product."""

    product_id: str
    level: str
    """total, group, sector, part (of a sector), company, or index (a volume measure, not money)."""
    parent: str
    """The product that it is a part of; empty for a total."""
    label: str
    """English name, the last resort where a language has none."""
    official: str
    """The publisher's own label, as printed in its newest bulletin; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure, by one source, of one flow in one period, as known in one vintage."""

    observation_id: str
    exporter: str
    partner: str
    product: str
    period: Period
    measure: str
    """value, growth_yoy, ratio_yoy, share, rank or target."""
    quantity: Quantity
    attributed_to: str
    """Whom the source quotes: TIM, SSB, SIPRI, Baykar, ..., or `not stated`."""
    source_id: str
    note: str
    known_from: str
    """Date (YYYY-MM-DD or shorter) from which this was the current value of its series."""
    known_until: str
    """Date from which a later vintage replaced it; empty while it is current."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date as precise as its source gives it: a year, a month, a day, or a range `a/b` of these."""

    code: str

    @property
    def first(self) -> str:
        """The start of the range, or the date itself."""
        return self.code.partition("/")[0]

    @property
    def last(self) -> str:
        """The end of the range, or the date itself."""
        return self.code.partition("/")[2] or self.code

    def within(self, period: Period) -> bool:
        """True if every day that it can be lies in `period`."""
        return all(
            period.start <= _month(code, end) <= period.end for code in (self.first, self.last) for end in (0, 1)
        )

    def touches(self, period: Period) -> bool:
        """True if some day that it can be lies in `period`."""
        return _month(self.first, 0) <= period.end and period.start <= _month(self.last, 1)


@dataclass(frozen=True, slots=True)
class Event:
    """A report of an event. Several reports can speak of one deal: they are never added up."""

    event_id: str
    kind: str
    """order, contract, delivery, donation, agreement, co-production, cancellation, combat_use, launch, ..."""
    buyer: str
    supplier_country: str
    supplier: str
    system: str
    quantity: Quantity | None
    value: Quantity | None
    """Value of the contract, in its own currency."""
    date: Day
    certainty: str
    """official, reported, alleged or denied."""
    attributed_to: str
    source_id: str
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what, when, in our words."""

    statement_id: str
    speaker: str
    role: str
    topic: str
    date: Day
    summary: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation, company, person, system or conflict that facts speak of."""

    entity_id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    description: str
    source_id: str


def _month(code: str, end: int) -> int:
    """The month (since year 0) of a YYYY[-MM[-DD]] code; a bare year gives its first or last month."""
    year, _, rest = code.partition("-")
    month = int(rest[:2]) - 1 if rest else (11 if end else 0)
    return int(year) * 12 + month
