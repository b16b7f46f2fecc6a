"""What the store is asked of a register of deals: named queries, current deals only."""

# ruff: noqa: S608 - the parts of statements are written in this module; every value is bound.

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from knowledge.parties import party_id
from knowledge.transfers import Lot, Transfer

Ask = Callable[..., list[Any]]
"""Runs one statement with its values and gives back the rows."""
_COLUMNS = (
    "deal_id, recipient, recipient_name, supplier, supplier_name, designation, description, category, order_year, "
    "order_year_doubt, ordered, ordered_doubt, delivered, delivered_doubt, delivery_years, delivery_years_doubt, "
    "status, local_production, comments, tiv_unit, tiv_order, tiv_delivered, source_id"
)


class Register:
    """The registers of a store, asked as one."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._there: bool | None = None
        self._last: int | None = None
        self._sources: tuple[str, ...] | None = None
        self._described: tuple[str, ...] | None = None
        self._names: dict[str, list[str]] | None = None

    def __bool__(self) -> bool:
        """True if there is any deal."""
        if self._there is None:
            self._there = bool(self._ask("SELECT 1 FROM party LIMIT 1"))
        return self._there

    def deals(
        self,
        *,
        recipients: Iterable[str] = (),
        suppliers: Iterable[str] = (),
        designations: Iterable[str] | None = None,
        descriptions: Iterable[str] | None = None,
    ) -> list[Transfer]:
        """The current deals between these parties (any where none is named), of these models or kinds (any for None).

        By year of order.
        """
        conditions, values = self._between(recipients, suppliers)
        for column, wanted in (("designation", designations), ("description", descriptions)):
            if wanted is not None:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(list(wanted)))
        sql = f"SELECT {_COLUMNS} FROM deal WHERE {' AND '.join(conditions)} ORDER BY order_year, deal_id"
        return [_transfer(row) for row in self._ask(sql, *values)]

    def latest(self, number: int, *, recipients: Iterable[str] = (), suppliers: Iterable[str] = ()) -> list[str]:
        """The designations of the latest orders between these parties."""
        conditions, values = self._between(recipients, suppliers)
        sql = f"""
            SELECT designation FROM deal WHERE {" AND ".join(conditions)}
            GROUP BY designation ORDER BY max(order_year) DESC, designation LIMIT ?
            """
        return [name for (name,) in self._ask(sql, *values, number)]

    def any(self, *, recipients: Iterable[str] = (), suppliers: Iterable[str] = ()) -> bool:
        """True if there is a deal between these parties."""
        conditions, values = self._between(recipients, suppliers)
        sql = f"SELECT 1 FROM deal WHERE {' AND '.join(conditions)} LIMIT 1"
        return bool(self._ask(sql, *values))

    def designations(self, key: str) -> dict[str, str]:
        """Designation → root of its family, for what a key can stand for; empty for an unknown one."""
        return dict(self._ask("SELECT designation, root FROM system_key WHERE key = ?", key))

    def label(self, key: str) -> str:
        """What a key is called, as the register prints it; empty for an unknown one."""
        return next((label for (label,) in self._ask("SELECT label FROM system_key WHERE key = ? LIMIT 1", key)), "")

    def described(self) -> tuple[str, ...]:
        """Every description that occurs."""
        if self._described is None:
            found = self._ask("SELECT DISTINCT description FROM deal WHERE known_until = ''")
            self._described = tuple(text for (text,) in found)
        return self._described

    def last_year(self) -> int:
        """The last year of which the register tells an order or a delivery."""
        if self._last is None:
            sql = "SELECT DISTINCT order_year, delivery_years FROM deal WHERE known_until = ''"
            rows = self._ask(sql)
            lots = (Lot.parse(cell.rpartition("|")[2]).year for cell in {cell for _, cell in rows} if cell)
            self._last = max((*lots, *(year or 0 for year, _ in rows)), default=0)
        return self._last

    def sources(self) -> tuple[str, ...]:
        """The source ids of the editions that current deals come from, the newest first."""
        if self._sources is None:
            sql = "SELECT source_id FROM deal WHERE known_until = '' GROUP BY source_id ORDER BY max(known_from) DESC"
            self._sources = tuple(source_id for (source_id,) in self._ask(sql))
        return self._sources

    def _between(self, recipients: Iterable[str], suppliers: Iterable[str]) -> tuple[list[str], list[object]]:
        """The conditions that both sides of a deal must meet, with their values."""
        conditions, values = ["known_until = ''"], list[object]()
        for role, parties in (("recipient", tuple(recipients)), ("supplier", tuple(suppliers))):
            if not parties:
                continue
            conditions.append(f"{role}_name IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self._printed(parties)))
        return conditions, values

    def _printed(self, parties: Iterable[str]) -> list[str]:
        """The names under which the register prints these parties."""
        if self._names is None:
            self._names = {}
            for party, name in self._ask("SELECT party, name FROM party"):
                self._names.setdefault(party, []).append(name)
        return [name for party in parties for name in self._names.get(party, ())]


@lru_cache(maxsize=2_000)
def _party(code: str, name: str) -> str:
    return party_id(code, name)


@lru_cache(maxsize=4_000)
def _lots(text: str) -> tuple[Lot, ...]:
    return tuple(Lot.parse(part) for part in text.split("|")) if text else ()


def _transfer(row: tuple[Any, ...]) -> Transfer:
    (
        deal_id, recipient, recipient_name, supplier, supplier_name, designation, description, category, order_year,
        order_year_doubt, ordered, ordered_doubt, delivered, delivered_doubt, delivery_years, delivery_years_doubt,
        status, local_production, comments, tiv_unit, tiv_order, tiv_delivered, source_id,
    ) = row  # fmt: skip
    return Transfer(
        deal_id, _party(recipient, recipient_name), recipient_name, _party(supplier, supplier_name), supplier_name,
        designation, description, category, order_year, bool(order_year_doubt),
        None if ordered is None else int(ordered), bool(ordered_doubt),
        None if delivered is None else int(delivered), bool(delivered_doubt),
        _lots(delivery_years), bool(delivery_years_doubt), status, bool(local_production), comments,
        tiv_unit, tiv_order, tiv_delivered, source_id,
    )  # fmt: skip
