"""Deals as a register of arms transfers has them. Numbers and years keep the register's own doubt.

A register's deals are never added to the reports of events: both can speak of one deal. Trend-indicator values
(TIV) are an index of volume, in millions: never money, never compared with any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from knowledge.period import Period

WHOLE = "all"
"""What an edition of the whole register covers."""


class Lot(NamedTuple):
    """What was delivered in a year; written `2018`, `2018:4`, `2018?:4?`."""

    year: int
    number: int | None
    """None where the register gives only the sum over all years."""
    year_doubt: bool = False
    number_doubt: bool = False

    def __str__(self) -> str:
        number = "" if self.number is None else f":{self.number}{'?' * self.number_doubt}"
        return f"{self.year}{'?' * self.year_doubt}{number}"

    @classmethod
    def parse(cls, text: str) -> Lot:
        """Read what `str` wrote. Raises ValueError for anything else."""
        year, colon, number = text.partition(":")
        count = int(number.rstrip("?")) if colon else None
        return cls(int(year.rstrip("?")), count, year.endswith("?"), number.endswith("?"))


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a register."""

    source_id: str
    register: str
    covers: str
    """`all`, a span of years to which deliveries were cut, or empty for any other part."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One deal of a register."""

    transfer_id: str
    recipient: str
    """Country code, or the id of a party that is no country of today."""
    recipient_name: str
    """As the register prints it."""
    supplier: str
    supplier_name: str
    designation: str
    description: str
    category: str
    order_year: int | None
    order_year_doubt: bool
    ordered: int | None
    """None where the register has no number."""
    ordered_doubt: bool
    delivered: int | None
    delivered_doubt: bool
    lots: tuple[Lot, ...]
    """By year; empty if nothing was delivered yet."""
    years_doubt: bool
    status: str
    """new, second-hand, second-hand-modernized, ..."""
    local_production: bool
    comments: str
    tiv_unit: float | None
    tiv_order: float | None
    tiv_delivered: float | None
    source_id: str

    @property
    def years(self) -> tuple[int, ...]:
        """The years of delivery."""
        return tuple(lot.year for lot in self.lots)

    def ordered_in(self, period: Period) -> bool:
        """True if the order was placed in the period, as far as a year can tell."""
        return self.order_year is not None and Period.year(self.order_year).overlaps(period)
