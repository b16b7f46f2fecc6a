"""What an import changes, so that a curator can decide: the store as it is beside the store as it would be."""

# ruff: noqa: S608 - the parts of statements are written in this module; every value is bound.

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from knowledge.period import Period
from knowledge.rows import Finding
from knowledge.schema import TABLES

MOST = 1000
"""Rows of a kind that are listed; all are counted."""
_FIGURE = ("exporter", "partner", "product", "start_month", "end_month", "measure", "unit")
_SMALL = {"event": "event_id", "statement": "statement_id", "entity": "entity_id", "product": "product_id"}
_DEAL = [
    name for name in TABLES["deal"].columns
    if name not in ("deal_id", "register", "source_id", "known_from", "known_until")
]  # fmt: skip


class Figure(NamedTuple):
    """A figure that is new, revised or withdrawn."""

    exporter: str
    partner: str
    product: str
    period: Period
    measure: str
    unit: str
    before: float | None
    """None if there was none."""
    after: float | None
    """None if there is none any more."""

    @property
    def percent(self) -> float | None:
        """The change in percent; None where there is nothing to compare."""
        if self.before is None or self.after is None or not self.before:
            return None
        return (self.after / self.before - 1) * 100


class Deal(NamedTuple):
    """A deal of a register that is new, revised or withdrawn."""

    deal_id: str
    recipient: str
    supplier: str
    designation: str
    changes: tuple[tuple[str, str, str], ...]
    """(field, before, after) of what was revised."""


@dataclass(frozen=True, slots=True)
class Change:
    """Rows of one kind: all counted, the first listed."""

    count: int = 0
    figures: tuple[Figure, ...] = ()
    deals: tuple[Deal, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import changes. True if it changes anything."""

    new: Change = Change()
    revised: Change = Change()
    withdrawn: Change = Change()
    history: int = 0
    """Figures that are current no more, or were known already but not since when: they change no answer but those
    that ask what was known when."""
    others: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Events, statements and the like: (new, changed)."""
    unchanged: int = 0
    opened: tuple[Figure, ...] = ()
    """Flows and periods of which there was no figure by anybody and now is one."""
    refused: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.new.count
            or self.revised.count
            or self.withdrawn.count
            or self.history
            or any(map(any, self.others.values()))
        )


def compare(old: Path, new: Path, sources: Sequence[str], rows: int) -> Difference:
    """What the store `new` has otherwise than `old`, after an import of `rows` rows that cite `sources`."""
    with _both(old, new) as connection:
        connection.execute("CREATE TEMP TABLE imported (source_id TEXT PRIMARY KEY) WITHOUT ROWID")
        connection.executemany("INSERT INTO imported VALUES (?)", [(one,) for one in sources])
        found = _Found()
        _figures(connection, found)
        _deals(connection, found)
        _gone(connection, found.withdrawn)
        return Difference(
            found.new.change(), found.revised.change(), found.withdrawn.change(), found.history,
            dict(_others(connection)), max(rows - found.stored, 0), tuple(_opened(connection, found.new.figures)),
        )  # fmt: skip


class _List:
    """Counts all and keeps the first."""

    def __init__(self) -> None:
        self.count = 0
        self.figures: list[Figure] = []
        self.deals: list[Deal] = []

    def figure(self, key: Sequence[Any], before: float | None, after: float | None) -> None:
        self.count += 1
        if self.count <= MOST:
            exporter, partner, product, start, end, measure, unit = key
            period = Period(start, end)
            self.figures.append(Figure(exporter, partner, product, period, measure, unit, before, after))

    def deal(self, deal: Deal) -> None:
        self.count += 1
        if self.count <= MOST:
            self.deals.append(deal)

    def change(self) -> Change:
        return Change(self.count, tuple(self.figures), tuple(self.deals))


class _Found:
    def __init__(self) -> None:
        self.new, self.revised, self.withdrawn = _List(), _List(), _List()
        self.history = 0
        self.stored = 0
        """Rows that the new store has and the old one had not."""


@contextlib.contextmanager
def _both(old: Path, new: Path) -> Iterator[sqlite3.Connection]:
    """Both stores as one database, neither to be written."""
    address = "file:{}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address.format(quote(str(new.absolute()))), uri=True)) as connection:
        connection.execute("ATTACH ? AS old", (address.format(quote(str(old.absolute()))),))
        yield connection


def _figures(connection: sqlite3.Connection, found: _Found) -> None:
    """Sort the figures of the import into new, revised and those that change no current answer."""
    # CROSS JOIN and the literal '' keep to the indexes of the old store.
    for *key, was, before, after, until in connection.execute(
        f"""
        SELECT {", ".join(f"n.{column}" for column in _FIGURE)}, was.observation_id IS NOT NULL, o.value, n.value,
               n.known_until
        FROM main.observation AS n
        LEFT JOIN old.observation AS was ON was.observation_id = n.observation_id AND was.value = n.value
        LEFT JOIN old.observation AS o ON {_same("o", "n")} AND o.known_until = ''
          AND (n.series <> '' OR o.observation_id = n.observation_id)
        WHERE n.source_id IN (SELECT source_id FROM imported)
        """
    ):
        if was:
            continue
        found.stored += 1
        if until or before == after:
            found.history += 1
        else:
            (found.new if before is None else found.revised).figure(key, before, after)


def _gone(connection: sqlite3.Connection, gone: _List) -> None:
    """The figures that no other figure of their series replaced."""
    for *key, before in connection.execute(
        f"""
        SELECT {", ".join(f"n.{column}" for column in _FIGURE)}, n.value
        FROM main.observation AS n JOIN old.observation AS o ON o.observation_id = n.observation_id
        WHERE n.known_until <> '' AND n.series <> '' AND o.known_until = '' AND NOT EXISTS (
            SELECT 1 FROM main.observation AS next WHERE {_same("next", "n")} AND next.known_until = ''
        )
        """
    ):
        gone.figure(key, before, None)


def _opened(connection: sqlite3.Connection, new: Sequence[Figure]) -> Iterator[Figure]:
    """Those of which nobody had a figure."""
    for figure in new:
        known = connection.execute(
            """
            SELECT 1 FROM old.observation WHERE exporter = ? AND product = ? AND partner = ? AND start_month = ?
            AND end_month = ? AND measure = ? AND known_until = '' LIMIT 1
            """,
            (
                figure.exporter, figure.product, figure.partner, figure.period.start, figure.period.end,
                figure.measure,
            ),
        ).fetchone()  # fmt: skip
        if not known:
            yield figure


def _deals(connection: sqlite3.Connection, found: _Found) -> None:
    now, before = (", ".join(f"{side}.{column}" for column in _DEAL) for side in "no")
    for row in connection.execute(
        f"""
        SELECT n.deal_id, n.known_until, was.deal_id IS NOT NULL, o.deal_id IS NOT NULL, {now}, {before}
        FROM main.deal AS n
        LEFT JOIN old.deal AS was ON was.deal_id = n.deal_id AND was.source_id = n.source_id
        LEFT JOIN old.deal AS o ON o.deal_id = n.deal_id AND o.register = n.register AND o.known_until = ''
        WHERE n.source_id IN (SELECT source_id FROM imported)
        """
    ):
        identity, until, was, known, *cells = row
        if was:
            continue
        found.stored += 1
        after, earlier = cells[: len(_DEAL)], cells[len(_DEAL) :]
        if until:
            found.history += 1
        else:
            (found.revised if known else found.new).deal(_deal(identity, earlier if known else after, after))
    for identity, *cells in connection.execute(
        f"""
        SELECT n.deal_id, {now} FROM main.deal AS n JOIN old.deal AS o USING (deal_id, source_id)
        WHERE n.known_until <> '' AND o.known_until = '' AND NOT EXISTS (
            SELECT 1 FROM main.deal AS next
            WHERE next.deal_id = n.deal_id AND next.register = n.register AND next.known_until = ''
        )
        """
    ):
        found.withdrawn.deal(_deal(identity, cells, cells))


def _deal(identity: str, before: Sequence[Any], after: Sequence[Any]) -> Deal:
    told = dict(zip(_DEAL, after, strict=True))
    changes = tuple(
        (column, _plain(one), _plain(other))
        for column, one, other in zip(_DEAL, before, after, strict=True)
        if one != other
    )
    return Deal(identity, told["recipient_name"], told["supplier_name"], told["designation"], changes)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def _others(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[int, int]]]:
    """(table, (new rows, changed rows)) for the small tables, where there are any."""
    for table, key in _SMALL.items():
        columns = ", ".join(TABLES[table].columns)
        fresh = f"SELECT {columns} FROM main.{table} EXCEPT SELECT {columns} FROM old.{table}"
        count, new = connection.execute(
            f"SELECT count(*), coalesce(sum({key} NOT IN (SELECT {key} FROM old.{table})), 0) FROM ({fresh})"
        ).fetchone()
        if count:
            yield table, (new, count - new)


def _same(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in (*_FIGURE, "series"))
