"""Adds imports to a large store without reading again what is in it: to a copy, which then takes its place.

Small tables are written anew. Observations are added to, which gives what a build from nothing would give only if
every new vintage is newer than all that is there of its series: otherwise there is nothing to be had here.
"""

# ruff: noqa: S608 - the parts of statements are names from knowledge.schema; every value is bound.

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import StoreError
from knowledge.folder import IMPORTS
from knowledge.merged import Layer
from knowledge.plan import Plan
from knowledge.records import records
from knowledge.rows import refuse
from knowledge.schema import TABLES
from knowledge.store import Store
from knowledge.taking import count_rows, take_in
from knowledge.writing import BULK, cover_again, finish, write_small

if TYPE_CHECKING:
    from knowledge.store import Progress

LARGE = 96 * 1024 * 1024
"""Bytes from which on a store is added to; a smaller one is built in some seconds, and that needs no care."""


def additions(path: Path, plan: Plan) -> tuple[Layer, ...]:
    """The imports that the store at `path` lacks, if it can be added to; none if it must be built."""
    try:
        if path.stat().st_size < LARGE:
            return ()
        with Store(path) as store:
            before = {one.name: one.digest for one in store.files()}
    except (OSError, StoreError):
        return ()
    now = {one.name: one.digest for one in plan.files}
    if any(now.get(name) != digest for name, digest in before.items()):
        return ()
    fresh = {_part(name) for name in now.keys() - before.keys()}
    added = tuple(layer for layer in plan.layers if layer.part.name in fresh)
    # A shipped file more, a file more in an import, an import in between: none of these only adds.
    whole = len(added) == len(fresh) and not any(_part(name) in fresh for name in before)
    return added if whole and plan.layers[len(plan.layers) - len(added) :] == added and _newer(path, added) else ()


def append(path: Path, new: Path, plan: Plan, added: Sequence[Layer], *, today: date, tell: Progress) -> int:
    """Write to `new` what the store at `path` has, with imports added; gives back how many rows took a figure back."""
    shutil.copyfile(path, new)
    connection = sqlite3.connect(new, isolation_level=None)
    try:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; "
            "PRAGMA locking_mode = EXCLUSIVE"
        )
        connection.execute("BEGIN")
        said = [name for (name,) in connection.execute("SELECT DISTINCT attributed_to FROM attribution")]
        for table in TABLES:
            if table not in BULK:
                connection.execute(f"DELETE FROM {table}")
        tables = [(table, rows) for table, rows in records(plan.facts, plan.files) if table not in BULK]
        small = sum(len(rows) for _, rows in tables)
        total = small + count_rows(added)
        write_small(connection, tables, lambda rows: tell("write", rows, total))
        (boundary,) = connection.execute("SELECT max(rowid) FROM observation").fetchone()
        back = take_in(
            connection, added, (), plan.findings, lambda rows: tell("write", min(small + rows, total), total)
        )
        refuse(plan.findings.all)
        tell("write", total, total)
        tell("index", 0, 1)
        cover_again(connection, boundary, {one.series for layer in added for one in layer.vintages})
        fresh = connection.execute("SELECT DISTINCT attributed_to FROM observation WHERE rowid > ?", (boundary,))
        finish(connection, plan.facts, [*said, *(name for (name,) in fresh)], plan.files, today)
        connection.execute("COMMIT")
        tell("index", 1, 1)
        return back
    finally:
        connection.close()


def _part(name: str) -> str:
    """The import that a file belongs to; its own name if it is a shipped one."""
    return "/".join(name.split("/")[:3]) if name.startswith(f"{IMPORTS}/") else name


def _newer(path: Path, layers: Sequence[Layer]) -> bool:
    """True if every new vintage is newer than what the store has of its series."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        for vintage in (one for layer in layers for one in layer.vintages):
            (last,) = connection.execute(
                "SELECT max(max(known_from), max(known_until)) FROM observation WHERE series = ?", (vintage.series,)
            ).fetchone()
            if last and last >= vintage.source.published:
                return False
    return True
