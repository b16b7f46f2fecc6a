"""What every store is written with: rows by the thousand, and what is worked out from them."""

# ruff: noqa: S608 - the parts of statements are names from knowledge.schema; every value is bound.

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from knowledge.folder import Fingerprint
from knowledge.gathered import Facts
from knowledge.name_index import index_words
from knowledge.records import Record, attributions
from knowledge.register_names import derive
from knowledge.schema import TABLES, VERSION

_CHUNK = 10_000
BULK = ("observation", "coverage")
"""The tables that a store of millions of rows has them in."""
_COVERAGE = """
    o.exporter, o.product, o.partner, o.measure, o.series,
    min(start_month * 100000 + end_month) / 100000, min(start_month * 100000 + end_month) % 100000,
    max(end_month * 100000 + start_month) % 100000, max(end_month * 100000 + start_month) / 100000, count(*)
"""
# A month number has at most five digits: start and end packed into one number give both from one maximum.
_FLOW = "exporter, product, partner, measure, series"


def write_small(
    connection: sqlite3.Connection, tables: Iterable[tuple[str, Sequence[Record]]], tick: Callable[[int], None]
) -> None:
    """Insert the rows of tables that are in memory."""
    done = 0
    for table, rows in tables:
        for chunk in _chunks(rows):
            insert(connection, table, chunk)
            done += len(chunk)
            tick(done)


def check_keys(connection: sqlite3.Connection) -> None:
    """See that every foreign key finds its row. Not asked of the rows of imports, which their readers check."""
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        raise sqlite3.IntegrityError(f"row {rowid} of {table} points to nothing in {parent}")


def finish(
    connection: sqlite3.Connection, facts: Facts, said: Iterable[str], files: Sequence[Fingerprint], today: date
) -> None:
    """What is worked out from the small tables, and what the store tells of itself."""
    insert(connection, "attribution", attributions(facts, {*said, *(one.attributed_to for one in facts.vintages)}))
    derive(connection)
    index_words(connection)
    _edition(connection, files, today)


def cover(connection: sqlite3.Connection) -> None:
    """Sum up, flow by flow, from when to when there is something, current figures only."""
    connection.execute(
        f"INSERT INTO coverage SELECT {_COVERAGE} FROM observation AS o WHERE known_until = '' GROUP BY {_FLOW}"
    )


def cover_again(connection: sqlite3.Connection, boundary: int, series: Iterable[str]) -> None:
    """The same for the flows that rows were added to behind `boundary`, and for all of some series."""
    connection.execute(f"CREATE TEMP TABLE flow ({_FLOW}, PRIMARY KEY ({_FLOW})) WITHOUT ROWID")
    try:
        connection.execute(
            f"""
            INSERT INTO flow SELECT {_FLOW} FROM observation WHERE rowid > ?
            UNION SELECT {_FLOW} FROM observation WHERE series = '' AND known_until <> ''
            """,
            (boundary,),
        )
        connection.executemany(
            f"INSERT OR IGNORE INTO flow SELECT {_FLOW} FROM coverage WHERE series = ?", [(one,) for one in series]
        )
        connection.execute(f"DELETE FROM coverage WHERE ({_FLOW}) IN (SELECT {_FLOW} FROM flow)")
        connection.execute(
            f"""
            INSERT INTO coverage SELECT {_COVERAGE} FROM flow AS f CROSS JOIN observation AS o
            USING ({_FLOW}) WHERE o.known_until = '' GROUP BY 1, 2, 3, 4, 5
            """
        )
    finally:
        connection.execute("DROP TABLE temp.flow")


def content(files: Iterable[Fingerprint]) -> str:
    """One hash over the names and contents of the fact files and the schema."""
    whole = hashlib.sha256(f"schema {VERSION}\n".encode())
    for file in sorted(files):
        whole.update(f"{file.name} {file.digest}\n".encode())
    return whole.hexdigest()


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Record]) -> None:
    """Insert rows of a table, each with all its columns."""
    # Plain executemany: eight times as fast as sqlite-utils' own insert, see tests/bench.
    columns = TABLES[table].columns
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        rows,
    )


def _chunks(rows: Iterable[Record]) -> Iterator[list[Record]]:
    walk = iter(rows)
    while chunk := list(islice(walk, _CHUNK)):
        yield chunk


def _edition(connection: sqlite3.Connection, files: Sequence[Fingerprint], today: date) -> None:
    counts = [
        (f"rows:{table}", str(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]))
        for table in TABLES
        if table not in ("edition", "file")
    ]
    rows = [("schema", str(VERSION)), ("content", content(files)), ("built", today.isoformat()), *counts]
    connection.executemany("INSERT INTO edition VALUES (?, ?)", rows)
