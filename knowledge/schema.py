"""The tables and indexes of the fact store, and what each index is there for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 8
"""To be raised with any change here or in what is written: an older store is then built anew."""

_T, _I, _R = str, int, float


@dataclass(frozen=True, slots=True)
class Table:
    """A strict table. Columns may not be NULL unless they are in `nullable`."""

    columns: Mapping[str, type]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]]
    nullable: frozenset[str] = frozenset()


_SOURCE = {"source_id": ("source", "source_id")}
_COUNTRY = ("country", "country")
_PRODUCT = ("product", "product_id")

TABLES: Mapping[str, Table] = {
    "edition": Table({"key": _T, "value": _T}, ("key",), {}),
    "file": Table({"name": _T, "size": _I, "mtime_ns": _I, "digest": _T}, ("name",), {}),
    "source": Table(
        {"source_id": _T, "publisher": _T, "title": _T, "url": _T, "published": _T, "language": _T, "kind": _T},
        ("source_id",),
        {},
    ),
    "country": Table({"country": _T, "territory": _T}, ("country",), {}),
    "country_label": Table(
        {"language": _T, "country": _T, "label": _T}, ("language", "country"), {"country": _COUNTRY}
    ),
    "product": Table(
        {"product_id": _T, "level": _T, "parent": _T, "label": _T, "official": _T, "tim_slug": _T},
        ("product_id",),
        {"parent": _PRODUCT},
        frozenset({"parent"}),
    ),
    "observation": Table(
        {
            "observation_id": _T, "exporter": _T, "partner": _T, "product": _T, "period": _T, "start_month": _I,
            "end_month": _I, "measure": _T, "value": _R, "low": _R, "high": _R, "unit": _T, "qualifier": _T,
            "step": _R, "attributed_to": _T, "source_id": _T, "note": _T, "series": _T, "known_from": _T,
            "known_until": _T,
        },
        ("observation_id",),
        {"exporter": _COUNTRY, "partner": _COUNTRY, "product": _PRODUCT, **_SOURCE},
        frozenset({"low", "high"}),
    ),
    # One row per flow, measure and series: "until when do you have it" must not read ten million observations.
    "coverage": Table(
        {
            "exporter": _T, "product": _T, "partner": _T, "measure": _T, "series": _T, "first_start": _I,
            "first_end": _I, "last_start": _I, "last_end": _I, "observations": _I,
        },
        ("exporter", "product", "partner", "measure", "series"),
        {"exporter": _COUNTRY, "partner": _COUNTRY, "product": _PRODUCT},
    ),
    "remark": Table(
        {"exporter": _T, "partner": _T, "product": _T, "start_month": _I, "end_month": _I, "text": _T, "source_id": _T},
        ("exporter", "product", "partner", "start_month", "end_month", "text"),
        {"exporter": _COUNTRY, "partner": _COUNTRY, "product": _PRODUCT, **_SOURCE},
    ),
    "entity": Table(
        {"entity_id": _T, "kind": _T, "name": _T, "aliases": _T, "description": _T, "source_id": _T},
        ("entity_id",),
        _SOURCE,
    ),
    "event": Table(
        {
            "event_id": _T, "kind": _T, "buyer": _T, "supplier_country": _T, "supplier": _T, "system": _T,
            "quantity": _R, "quantity_step": _R, "quantity_qualifier": _T, "value": _R, "value_step": _R, "unit": _T,
            "date": _T, "first_month": _I, "last_month": _I, "certainty": _T, "attributed_to": _T, "source_id": _T,
            "note": _T,
        },
        ("event_id",),
        {"buyer": _COUNTRY, "supplier_country": _COUNTRY, **_SOURCE},
        frozenset({"quantity", "value"}),
    ),
    # No foreign key on the entity: what has no entity is linked as `text:<its words>`.
    "event_entity": Table(
        {"role": _T, "entity_id": _T, "event_id": _T},
        ("role", "entity_id", "event_id"),
        {"event_id": ("event", "event_id")},
    ),
    "statement": Table(
        {
            "statement_id": _T, "speaker": _T, "role": _T, "topic": _T, "date": _T, "first_month": _I,
            "last_month": _I, "summary": _T, "source_id": _T,
        },
        ("statement_id",),
        _SOURCE,
    ),
    "statement_entity": Table(
        {"entity_id": _T, "statement_id": _T},
        ("entity_id", "statement_id"),
        {"statement_id": ("statement", "statement_id")},
    ),
    # Parties are named as in their day, and some are no countries: no foreign key on them.
    "deal": Table(
        {
            "deal_id": _T, "register": _T, "recipient": _T, "recipient_name": _T, "supplier": _T, "supplier_name": _T,
            "designation": _T, "description": _T, "category": _T, "order_year": _I, "order_year_doubt": _T,
            "ordered": _R, "ordered_doubt": _T, "delivered": _R, "delivered_doubt": _T, "delivery_years": _T,
            "delivery_years_doubt": _T, "status": _T, "local_production": _T, "comments": _T, "tiv_unit": _R,
            "tiv_order": _R, "tiv_delivered": _R, "source_id": _T, "known_from": _T, "known_until": _T,
        },
        ("deal_id", "source_id"),
        _SOURCE,
        frozenset({"order_year", "ordered", "delivered", "tiv_unit", "tiv_order", "tiv_delivered"}),
    ),
    # Both worked out from the deals: who trades under which printed names, and what a short name stands for.
    "party": Table({"party": _T, "name": _T}, ("party", "name"), {}),
    "system_key": Table(
        {"key": _T, "designation": _T, "root": _T, "label": _T}, ("key", "designation"), {}
    ),
    # Each single word of a name, so that a text's words can be told from slips of the pen.
    # With the number of things that have it in a name, but for those that only a register knows.
    "name_word": Table({"language": _T, "word": _T, "things": _I}, ("language", "word"), {}),
    # And what is left of these words when letters are dropped, with the words: see knowledge.slips.
    "name_slip": Table({"language": _T, "slip": _T, "rare": _I, "words": _T}, ("language", "slip", "rare"), {}),
    "attribution": Table({"entity_id": _T, "attributed_to": _T}, ("entity_id", "attributed_to"), {}),
    "name": Table(
        {"language": _T, "fold": _T, "kind": _T, "id": _T}, ("language", "fold", "kind", "id"), {}
    ),
}  # fmt: skip

_CURRENT = "WHERE known_until = ''"
INDEXES: Mapping[str, str] = {
    # for observations of one flow, of one product over all partners, of one partner over all products, of one speaker
    "observation_flow": f"observation (exporter, product, partner, start_month, end_month, measure) {_CURRENT}",
    # (with the value: a figure that is quoted is found without touching the table)
    "observation_product": f"observation (exporter, product, start_month, end_month, measure, value) {_CURRENT}",
    "observation_partner": f"observation (exporter, partner, start_month, end_month, measure) {_CURRENT}",
    "observation_speaker": f"observation (exporter, attributed_to, start_month, end_month, measure) {_CURRENT}",
    # for the months of a series, and for sums over them without touching the table
    "observation_series": (
        "observation (series, exporter, partner, product, start_month, end_month, value, step, known_until) "
        f"{_CURRENT} AND series <> ''"
    ),
    # for vintages that were replaced
    "observation_earlier": (
        "observation (series, exporter, partner, product, start_month, end_month, measure) WHERE known_until <> ''"
    ),
    "product_level": "product (level)",
    # for events by each filter
    "event_buyer": "event (buyer, first_month, last_month)",
    "event_supplier_country": "event (supplier_country, first_month, last_month)",
    "event_kind": "event (kind, first_month, last_month)",
    "event_month": "event (first_month, last_month)",
    "event_entity_event": "event_entity (event_id)",
    "entity_kind": "entity (kind)",
    # for deals by party (as the register prints its name), by what they are of, and by both
    "deal_recipient": f"deal (recipient_name, description) {_CURRENT}",
    "deal_pair": f"deal (recipient_name, supplier_name) {_CURRENT}",
    "deal_supplier": f"deal (supplier_name, description) {_CURRENT}",
    "deal_designation": f"deal (designation) {_CURRENT}",
    "deal_description": f"deal (description) {_CURRENT}",
}
"""Index → what it covers; partial where only current figures are asked for."""


def create_tables(database: Database) -> None:
    """Every table, strict, with its key and foreign keys."""
    for name, table in TABLES.items():
        database.table(name).create(
            dict(table.columns),
            pk=table.key if len(table.key) > 1 else table.key[0],
            foreign_keys=[(column, *target) for column, target in table.references.items()],
            not_null=set(table.columns) - table.nullable,
            strict=True,
        )


def create_indexes(database: Database) -> None:
    """Every index; written out because sqlite-utils knows no partial ones."""
    for name, covers in INDEXES.items():
        database.execute(f"CREATE INDEX {name} ON {covers}")
