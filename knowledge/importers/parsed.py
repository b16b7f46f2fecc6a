"""What an importer gives back: rows of our own fact shape as they are written to files, and what was refused.

Every cell is text, as a fact file has it: the same readers that check the shipped facts check what was imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from knowledge.gathered import Facts
from knowledge.rows import Finding

ALL = "all"
"""`RegisterRow.covers` of a whole register."""


class SourceRow(NamedTuple):
    """A row of sources.csv. Its id tells one vintage from another: `tim-2026-09-bulletin`, `sipri-2025-03-13`."""

    source_id: str
    publisher: str
    title: str
    url: str
    published: str
    """When what it says became current; the vintages of a series are laid over each other in this order."""
    language: str
    kind: str


class CountryRow(NamedTuple):
    """A row of countries.csv, for an area that is no country of today."""

    country: str
    territory: str
    """The same, where CLDR knows no such territory."""
    name: str


class ProductRow(NamedTuple):
    """A row of products.csv, for a product that the shipped ones lack."""

    product_id: str
    level: str
    parent: str
    label: str
    official: str
    tim_slug: str = ""


class EntityRow(NamedTuple):
    """A row of entities.csv; aliases are parted by `|`."""

    entity_id: str
    kind: str
    name: str
    aliases: str
    description: str
    source_id: str


class VintageRow(NamedTuple):
    """A row of vintages.csv: one vintage of a monthly or yearly series of values."""

    source_id: str
    series: str
    exporter: str
    """Empty if the rows of the series name their own."""
    partner: str
    """Likewise. WLD where the publisher speaks of the world: never a sum of partners."""
    measure: str
    unit: str
    rounding: str
    attributed_to: str
    note: str
    covers: str = ""
    """A period of which this vintage says all: what an earlier one had there and this one lacks was withdrawn."""


class SeriesRow(NamedTuple):
    """A row of series/<source_id>.csv. An empty value takes back the one that was current."""

    source_id: str
    """Names the file; no column of it."""
    product: str
    period: str
    value: str
    exporter: str = ""
    """Empty where the vintage names it."""
    partner: str = ""
    """Likewise."""


class ObservationRow(NamedTuple):
    """A row of observations.csv: a single report, not one of a series."""

    observation_id: str
    exporter: str
    partner: str
    product: str
    period: str
    measure: str
    value: str
    unit: str
    qualifier: str
    rounding: str
    attributed_to: str
    source_id: str
    note: str


class RegisterRow(NamedTuple):
    """A row of registers.csv: one edition of a register of deals."""

    source_id: str
    register: str
    """`sipri`."""
    covers: str
    """`all`: the deals of earlier editions that this one lacks were withdrawn. Empty: it is a part, and says nothing
    of what it lacks. A span such as `2015/2024`: a part too, whose numbers delivered are of these years alone."""


class DealRow(NamedTuple):
    """A row of deals.csv: a deal as a register has it. A doubt cell is `?` where the register doubts the cell before.

    What is in a register is never added to what is in events.csv: both can speak of one deal.
    """

    deal_id: str
    """The same in every edition in which the deal is; with `source_id` the key of the row."""
    recipient: str
    """Code in countries.csv; empty for a party that is no country of today (its name then tells)."""
    recipient_name: str
    """As the register prints it."""
    supplier: str
    supplier_name: str
    designation: str
    description: str
    category: str
    """The register's armament category; empty where it prints none."""
    order_year: str
    order_year_doubt: str
    ordered: str
    """Empty where the register has no number."""
    ordered_doubt: str
    delivered: str
    delivered_doubt: str
    delivery_years: str
    """`1979|1980`, or with the number of each year `2018:4|2019?:27?`, a `?` behind what is doubted; empty if nothing
    was delivered yet."""
    delivery_years_doubt: str
    status: str
    """new, second-hand, second-hand-modernized, or what else the register says, folded likewise."""
    local_production: str
    """`yes` or empty."""
    comments: str
    tiv_unit: str
    """Trend-indicator values in millions: an index of volume, never money."""
    tiv_order: str
    tiv_delivered: str
    source_id: str


@dataclass(slots=True)
class Parsed:
    """A publisher's file in our own fact shape.

    The rows may be lazy. They are walked once, in the order of the fields, and written out as they come, so that a
    large file never is in memory; `refused` and `notes` are complete only afterwards.
    """

    kind: str
    sources: Iterable[SourceRow]
    countries: Iterable[CountryRow] = ()
    products: Iterable[ProductRow] = ()
    entities: Iterable[EntityRow] = ()
    vintages: Iterable[VintageRow] = ()
    series: Iterable[SeriesRow] = ()
    """Those of one source together."""
    observations: Iterable[ObservationRow] = ()
    registers: Iterable[RegisterRow] = ()
    deals: Iterable[DealRow] = ()
    refused: list[Finding] = field(default_factory=list)
    """Rows left out, with their place in the publisher's file and why; severity `warning`: taken, but doubtful."""
    notes: list[str] = field(default_factory=list)
    """What a curator should know beside that, a sentence each."""
    expected: int = 0
    """About how many rows there will be, for the progress; 0 if unknown."""
    folder: Path | None = None
    """A folder that has our shape already and is taken as it is, file by file; there are no rows then."""


Tell = Callable[[int, int], None]
"""Called now and then with the rows read so far, and about how many there will be (0 if unknown)."""


class Read(Protocol):
    """The one public function of an importer, called `read`.

    `known` holds the reference tables (products, countries with their names, sources); `today` dates what does not
    date itself; `tell` hears of long reading. Raises RefusedError, one line that says what is wrong and where, if the
    file as a whole cannot be taken; after that nothing of it is used.
    """

    def __call__(self, file: Path, known: Facts, today: date, tell: Tell | None = None) -> Parsed:
        """The rows of one file."""
        ...
