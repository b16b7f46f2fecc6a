"""One reader for each fact file: a row's cells to a fact, added to `Facts` if the row is sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from knowledge.cells import Cells
from knowledge.customs import FLOWS
from knowledge.facts import Entity, Event, Observation, Product, Source, Statement
from knowledge.gathered import Country, CountryName, Facts, Remark, Vintage
from knowledge.quantity import QUALIFIERS, Quantity
from knowledge.registers import DEAL, REGISTER, read_deal, read_register

SOURCE_KINDS = ("official_statistics", "government", "company", "database", "press", "research", "secondary")
LEVELS = ("total", "group", "sector", "part", "company", "index")
MONEY = ("USD", "EUR", "GBP")
SERIAL = ("value", *FLOWS)
"""The measures that a series can be of."""
UNITS = {
    "value": MONEY,
    "target": (*MONEY, "percent"),
    "growth_yoy": ("percent",),
    "share": ("percent",),
    "ratio_yoy": ("ratio",),
    "rank": ("rank",),
    **dict.fromkeys(FLOWS, ("USD",)),
}
"""Measure → the units it can have."""
OBSERVED = ("exact", "about", "more_than", "at_least", "less_than", "up_to", "nearly")
EVENT_KINDS = (
    "order", "contract", "delivery", "donation", "agreement", "co-production", "cancellation", "combat_use",
    "publication_policy", "first_flight", "launch", "other",
)  # fmt: skip
CERTAINTIES = ("official", "reported", "alleged", "denied")
ENTITY_KINDS = ("organisation", "country_group", "company", "person", "system", "conflict")
LANGUAGES = ("en", "tr", "uk", "ru")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_STEP = "a rounding step is more than 0: write the step that the source rounded to"


def read_source(cells: Cells, facts: Facts) -> None:
    """A row of sources.csv."""
    source = Source(
        cells.key("source_id", facts.ids("sources")),
        cells.text("publisher"),
        cells.text("title"),
        cells.text("url"),
        cells.date("published"),
        cells.text("language"),
        cells.one_of("kind", SOURCE_KINDS),
    )
    if source.url and not source.url.startswith(("https://", "http://")):
        cells.bad("url", f"{source.url!r} is not a web address: begin it with https://")
    if cells.sound:
        facts.sources[source.source_id] = source


def read_country(cells: Cells, facts: Facts) -> None:
    """A row of countries.csv."""
    code, territory = cells.key("country", facts.ids("countries")), cells.key("territory", facts.ids("territories"))
    country = Country(code, territory, cells.text("name"))
    if cells.sound:
        facts.countries[country.country] = country


def read_country_name(cells: Cells, facts: Facts) -> None:
    """A row of country_names.csv."""
    name = CountryName(_country(cells, "country", facts), cells.one_of("language", LANGUAGES), cells.text("name"))
    if cells.sound:
        facts.country_names.append(name)


def read_product(cells: Cells, facts: Facts) -> None:
    """A row of products.csv; a product stands below its parent."""
    product = Product(
        cells.key("product_id", facts.ids("products")),
        cells.one_of("level", LEVELS),
        cells.known("parent", facts.products, "product of a row above") if cells.row["parent"] else "",
        cells.text("label"),
        cells.row["official"],
    )
    if cells.sound:
        facts.products[product.product_id] = product
        if slug := cells.row["tim_slug"]:
            facts.tim_slugs[product.product_id] = slug


def read_entity(cells: Cells, facts: Facts) -> None:
    """A row of entities.csv."""
    aliases = tuple(alias.strip() for alias in cells.row["aliases"].split("|") if alias.strip())
    entity = Entity(
        cells.key("entity_id", facts.ids("entities")),
        cells.one_of("kind", ENTITY_KINDS),
        cells.text("name"),
        tuple(dict.fromkeys(aliases)),
        cells.text("description"),
        _source(cells, facts),
    )
    if cells.sound:
        facts.entities.append(entity)


def read_observation(cells: Cells, facts: Facts) -> None:
    """A row of observations.csv."""
    cells.key("observation_id", facts.ids("observations"))
    if found := observation_of(cells, facts):
        facts.places[found.observation_id] = cells.row.number
        facts.observations.append(found)


def observation_of(cells: Cells, facts: Facts) -> Observation | None:
    """The observation of a row; None if the row is not sound. That no other row has its id is not looked at."""
    measure, unit = _measure(cells)
    value, step = cells.number("value"), cells.number("rounding")
    period = cells.period("period")
    observation_id = cells.text("observation_id")
    qualifier = cells.one_of("qualifier", OBSERVED)
    source_id = _source(cells, facts)
    flow = _flow(cells, facts)
    attributed_to = cells.text("attributed_to")
    if cells.sound:
        _bounds(cells, measure, value, step)
    if not cells.sound:
        return None
    quantity = Quantity.reported(float(value), unit, float(step), qualifier)
    published, note = facts.sources[source_id].published, cells.row["note"]
    return Observation(observation_id, *flow, period, measure, quantity, attributed_to, source_id, note, published, "")


def read_vintage(cells: Cells, facts: Facts) -> None:
    """A row of vintages.csv; a series is one of values."""
    measure, unit = cells.one_of("measure", SERIAL), cells.one_of("unit", MONEY)
    step = cells.number("rounding")
    if step <= 0:
        cells.bad("rounding", _STEP)
    source_id = cells.key("source_id", facts.ids("vintages"))
    _source(cells, facts)
    if not _FILE_NAME.fullmatch(source_id):
        cells.bad("source_id", f"{source_id!r} cannot name a file in series/: use letters, digits, - and _")
    # A series of many flows names them row by row.
    exporter, partner = (_country(cells, column, facts) if cells.row[column] else "" for column in _FLOW[:2])
    series, attributed_to = cells.text("series"), cells.text("attributed_to")
    covers = cells.period("covers") if cells.row.get("covers") else None
    if cells.sound:
        source, place = facts.sources[source_id], cells.row.number
        facts.vintages.append(
            Vintage(source, series, exporter, partner, measure, unit, step, attributed_to, place, covers)
        )


def read_remark(cells: Cells, facts: Facts) -> None:
    """A row of remarks.csv."""
    remark = Remark(*_flow(cells, facts), cells.period("period"), cells.text("text"), _source(cells, facts))
    if cells.sound:
        facts.remarks.append(remark)


def read_event(cells: Cells, facts: Facts) -> None:
    """A row of events.csv."""
    count, value = cells.number_or_none("quantity"), cells.number_or_none("value")
    qualifier = cells.one_of("quantity_qualifier", QUALIFIERS)
    if (count is None) is not (qualifier == "unknown"):
        cells.bad("quantity_qualifier", "it is `unknown` where there is no quantity, and only there")
    if count is not None and (count < 0 or count != int(count)):
        cells.bad("quantity", f"{count} is not a count")
    if value is not None and value <= 0:
        cells.bad("value", f"{value} is not the value of a contract")
    unit = cells.one_of("unit", MONEY if value is not None else ("",))
    event = Event(
        cells.key("event_id", facts.ids("events")),
        cells.one_of("kind", EVENT_KINDS),
        _country(cells, "buyer", facts),
        _country(cells, "supplier_country", facts),
        cells.row["supplier"],
        cells.text("system"),
        None if count is None else Quantity.reported(float(count), "items", _count_step(count, qualifier), qualifier),
        None if value is None else Quantity.reported(float(value), unit, _money_step(value)),
        cells.day("date"),
        cells.one_of("certainty", CERTAINTIES),
        cells.text("attributed_to"),
        _source(cells, facts),
        cells.row["note"],
    )
    if cells.sound:
        facts.events.append(event)


def read_statement(cells: Cells, facts: Facts) -> None:
    """A row of statements.csv."""
    statement = Statement(
        cells.key("statement_id", facts.ids("statements")),
        cells.text("speaker"),
        cells.text("role"),
        cells.text("topic"),
        cells.day("date"),
        cells.text("summary"),
        _source(cells, facts),
    )
    if cells.sound:
        facts.statements.append(statement)


class Table(NamedTuple):
    """The columns that a fact file must have, and what reads a row of it."""

    columns: tuple[str, ...]
    read: Callable[[Cells, Facts], None]


_FLOW = ("exporter", "partner", "product", "period")
TABLES: Mapping[str, Table] = {
    "countries.csv": Table(Country._fields, read_country),
    "country_names.csv": Table(CountryName._fields, read_country_name),
    "products.csv": Table(("product_id", "level", "parent", "label", "official", "tim_slug"), read_product),
    "sources.csv": Table(
        ("source_id", "publisher", "title", "url", "published", "language", "kind"), read_source
    ),
    "entities.csv": Table(("entity_id", "kind", "name", "aliases", "description", "source_id"), read_entity),
    "observations.csv": Table(
        ("observation_id", *_FLOW, "measure", "value", "unit", "qualifier", "rounding", "attributed_to", "source_id",
         "note"),
        read_observation,
    ),
    "vintages.csv": Table(
        ("source_id", "series", "exporter", "partner", "measure", "unit", "rounding", "attributed_to", "note"),
        read_vintage,
    ),
    "remarks.csv": Table((*_FLOW, "text", "source_id"), read_remark),
    "events.csv": Table(
        ("event_id", "kind", "buyer", "supplier_country", "supplier", "system", "quantity", "quantity_qualifier",
         "value", "unit", "date", "certainty", "attributed_to", "source_id", "note"),
        read_event,
    ),
    "statements.csv": Table(
        ("statement_id", "speaker", "role", "topic", "date", "summary", "source_id"), read_statement
    ),
    "registers.csv": Table(REGISTER, read_register),
    "deals.csv": Table(DEAL, read_deal),
}  # fmt: skip
"""Each fact file by name."""


def _country(cells: Cells, column: str, facts: Facts) -> str:
    return cells.known(column, facts.countries, "country code in countries.csv (three capital letters)")


def _flow(cells: Cells, facts: Facts) -> tuple[str, str, str]:
    product = cells.known("product", facts.products, "product in products.csv")
    return _country(cells, "exporter", facts), _country(cells, "partner", facts), product


def _source(cells: Cells, facts: Facts) -> str:
    return cells.known("source_id", facts.sources, "source in sources.csv")


def _measure(cells: Cells) -> tuple[str, str]:
    measure = cells.one_of("measure", tuple(UNITS))
    return measure, cells.one_of("unit", UNITS[measure]) if measure in UNITS else ""


def _bounds(cells: Cells, measure: str, value: Decimal, step: Decimal) -> None:
    """What no figure of this measure can be."""
    if step <= 0:
        cells.bad("rounding", _STEP)
    elif value % step:
        cells.bad("rounding", f"{value} cannot have been rounded to steps of {step}")
    if measure in (*SERIAL, "target") and value < 0:
        cells.bad("value", f"{value} is below 0, which exports cannot be")
    elif measure == "share" and not 0 <= value <= 100:
        cells.bad("value", f"{value} percent is no share of anything")
    elif measure == "growth_yoy" and value < -100:
        cells.bad("value", f"nothing falls by more than 100 percent, as {value} says")
    elif measure == "rank" and (value < 1 or value != int(value)):
        cells.bad("value", f"{value} is not a rank: write 1, 2, 3, ...")
    elif measure == "ratio_yoy" and value <= 0:
        cells.bad("value", f"{value} is not a number of times")


def _count_step(count: Decimal, qualifier: str) -> float:
    """Half of the decimal place that "about" a count stops at: about 20 is 15 to 25, about 12 is 11.5 to 12.5."""
    return float(_place(count)) / 2 if qualifier == "about" else 0.0


def _money_step(value: Decimal) -> float:
    """The decimal place that the value of a contract stops at, two digits at least being meant."""
    return float(min(_place(value), Decimal(10) ** (value.adjusted() - 1)))


def _place(value: Decimal) -> Decimal:
    return Decimal(10) ** max(int(value.normalize().as_tuple().exponent), -9)
