"""Rows on their way: kept on disk until all are read, each flow once, in the order in which they are written."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple


class Kept(NamedTuple):
    """One figure of one flow in one period."""

    measure: str
    exporter: str
    partner: str
    product: str
    period: str
    value: str


class Gap(NamedTuple):
    """A world row that is less than its partners together."""

    measure: str
    reporter: str
    product: str
    period: str
    world: float
    partners: float


_COLUMNS = ", ".join(Kept._fields)


class Spool:
    """Rows in a database of our own, which the system removes; memory stays as it is however many there are."""

    def __init__(self) -> None:
        # An empty name: a file on disk that has none.
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
            CREATE TABLE kept (
                measure TEXT, reporter TEXT, exporter TEXT, partner TEXT, product TEXT, period TEXT, value TEXT,
                places INTEGER, PRIMARY KEY (measure, exporter, partner, product, period)
            ) WITHOUT ROWID;
            BEGIN
            """
        )
        self.count = 0

    def close(self) -> None:
        """Let go of the rows."""
        self._rows.close()

    def take(self, row: Kept, reporter: str, places: int) -> str | None:
        """Keep a row; if the flow is there already, what it was then."""
        put = self._rows.execute(
            "INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (row.measure, reporter, *row[1:], places),
        )
        if put.rowcount:
            self.count += 1
            return None
        sql = "SELECT value FROM kept WHERE (measure, exporter, partner, product, period) = (?, ?, ?, ?, ?)"
        return str(self._rows.execute(sql, row[:-1]).fetchone()[0])

    def groups(self) -> list[tuple[str, int, tuple[str, ...], str, str, int]]:
        """(measure, decimal places, reporters, first period, last period, rows) of what is told with one precision."""
        self._rows.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS precise AS
            SELECT measure, reporter, max(places) AS places, min(period) AS first, max(period) AS last, count(*) AS n
            FROM kept GROUP BY measure, reporter
            """
        )
        found = self._rows.execute(
            """
            SELECT measure, places, group_concat(reporter), min(first), max(last), sum(n)
            FROM (SELECT * FROM precise ORDER BY measure, places, reporter) GROUP BY measure, places
            """
        )
        return [(*row[:2], tuple(sorted(row[2].split(","))), *row[3:]) for row in found]

    def rows(self, measure: str, places: int) -> Iterator[Kept]:
        """The rows of one such group, in order."""
        sql = f"""
            SELECT {_COLUMNS} FROM kept WHERE measure = ? AND reporter IN (
                SELECT reporter FROM precise WHERE measure = ? AND places = ?
            ) ORDER BY exporter, partner, product, period
            """  # noqa: S608 - names of this module
        return (Kept(*row) for row in self._rows.execute(sql, (measure, measure, places)))

    def digest(self) -> str:
        """A hash of all rows, the same in whatever order and shape they came."""
        whole = hashlib.sha256()
        for row in self._rows.execute(f"SELECT {_COLUMNS} FROM kept ORDER BY 1, 2, 3, 4, 5"):  # noqa: S608 - as above
            whole.update(f"{','.join(row)}\n".encode())
        return whole.hexdigest()

    def gaps(self, world: str, slack: float) -> Iterator[Gap]:
        """World rows that are less than their partners together, by more than `slack` of them."""
        sql = """
            SELECT measure, reporter, product, period,
                   sum(CASE WHEN ? IN (exporter, partner) THEN value + 0.0 ELSE 0 END) AS world,
                   sum(CASE WHEN ? IN (exporter, partner) THEN 0 ELSE value + 0.0 END) AS partners
            FROM kept GROUP BY measure, reporter, product, period HAVING world > 0 AND partners > world * (1 + ?)
            """
        return (Gap(*row) for row in self._rows.execute(sql, (world, world, slack)))
