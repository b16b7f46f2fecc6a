"""Lays imports into a store that is being written: their observations, series and what they say anew."""

# ruff: noqa: S608 - the parts of statements are names from knowledge.schema; every value is bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge import bulk
from knowledge.bulk import Reports, Tick, Withdrawn
from knowledge.folder import part_files
from knowledge.gathered import Vintage
from knowledge.merged import OBSERVATIONS, Layer
from knowledge.records import Record
from knowledge.rows import Findings
from knowledge.schema import TABLES
from knowledge.vintages import Laid, lay

_OBSERVATION = ", ".join(TABLES["observation"].columns)
_BLOCK = 1 << 20


def count_rows(layers: Iterable[Layer]) -> int:
    """About how many rows there are to stream: the lines of their files."""
    return sum(
        _lines(layer.part.path / name)
        for layer in layers
        for name in part_files(layer.part.path)
        if name == OBSERVATIONS or name.startswith("series/")
    )


def take_in(
    connection: sqlite3.Connection,
    layers: Sequence[Layer],
    shipped: Sequence[Vintage],
    findings: Findings,
    tick: Tick,
) -> int:
    """Stream each import into the table of observations, then date what its vintages say.

    Gives back how many rows took a figure back.
    """
    vintages = [_laid(one, 0, _last(connection)) for one in shipped]
    withdrawn: list[Withdrawn] = []
    touched: dict[str, None] = {}
    done = 0
    for layer in layers:
        boundary = _last(connection)
        taken = bulk.take(connection, iter(Reports(layer, findings)), _after(done, tick))
        done += taken.rows
        if taken.added < taken.rows:
            _settle(connection, Reports(layer, findings), boundary, findings)
        for vintage in layer.vintages:
            taken = bulk.take(connection, bulk.series(layer, vintage, findings, withdrawn), _after(done, tick))
            done += taken.rows
            if taken.added < taken.rows:
                file = f"{layer.part.name}/series/{vintage.source.source_id}.csv"
                count = taken.rows - taken.added
                findings.error(file, 0, "period", f"{count} rows speak of a flow and period that another row speaks of")
            vintages.append(_laid(vintage, boundary, _last(connection)))
            touched[vintage.series] = None
    for series in touched:
        lay(connection, series, [one for one in vintages if one.series == series], withdrawn)
    return len(withdrawn)


def _settle(connection: sqlite3.Connection, reports: Reports, boundary: int, findings: Findings) -> None:
    """See to reports whose id is taken: by an earlier import, which is then superseded, or by another row."""
    connection.execute("CREATE TEMP TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID")
    try:
        for record in reports:
            identity = record[0]
            if not connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (identity,)).rowcount:
                findings.error(reports.file, reports.line, "observation_id", f"{identity!r} is there twice")
                continue
            sql = f"SELECT rowid, {_OBSERVATION} FROM observation WHERE observation_id = ?"
            rowid, *before = connection.execute(sql, (identity,)).fetchone()
            if rowid <= boundary and tuple(before[:-2]) != tuple(record[:-2]):
                _supersede(connection, rowid, record)
    finally:
        connection.execute("DROP TABLE temp.seen")


def _supersede(connection: sqlite3.Connection, rowid: int, record: Record) -> None:
    connection.execute(
        """
        UPDATE observation SET observation_id = observation_id || '@' || known_from || ':' || rowid, known_until = ?
        WHERE rowid = ?
        """,
        (record[-2], rowid),
    )
    connection.execute(bulk.INSERT, record)


def _laid(vintage: Vintage, first: int, last: int) -> Laid:
    source = vintage.source
    return Laid(
        vintage.series,
        source.source_id,
        source.published,
        vintage.exporter,
        vintage.partner,
        vintage.covers,
        first,
        last,
    )


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM observation").fetchone()[0])


def _after(done: int, tick: Tick) -> Tick:
    """Counts on where the rows before ended."""
    return lambda rows: tick(done + rows)


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
