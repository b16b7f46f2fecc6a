"""Builds the fact store: beside the old one, then swapped in whole, so that a crash leaves the old one as it was."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from knowledge.append import additions, append
from knowledge.errors import StoreError
from knowledge.folder import Part
from knowledge.plan import Plan
from knowledge.records import records
from knowledge.rows import refuse
from knowledge.schema import create_indexes, create_tables
from knowledge.taking import count_rows, take_in
from knowledge.writing import check_keys, cover, finish, write_small

if TYPE_CHECKING:
    from knowledge.store import Progress

_ABANDONED = 3600.0
"""Seconds after which a half-built store of another process is taken for a dead one's."""
_CACHE = 96 * 1024
"""KiB of pages that a build keeps in memory: the keys of a large table come in any order."""


class Built(NamedTuple):
    """A store that is not in its place yet."""

    path: Path
    taken_back: int
    """Rows of imports that took a figure back."""


def build(folder: Path, path: Path, today: date, progress: Progress | None = None, parts: Sequence[Part] = ()) -> None:
    """Build the store of the facts in `folder` and of imports at `path`.

    Raises FactError if a fact is wrong, StoreError if the store cannot be written; the old store then stays.
    """
    with building(folder, path, today, progress, parts) as built:
        swap(built.path, path)


@contextlib.contextmanager
def building(
    folder: Path, path: Path, today: date, progress: Progress | None = None, parts: Sequence[Part] = ()
) -> Iterator[Built]:
    """A new store beside `path`, to be swapped in or left: what is left is removed. Raises as `build` does."""
    tell = progress or (lambda _step, _done, _of: None)
    tell("read", 0, 1)
    plan = Plan.of(folder, parts)
    tell("read", 1, 1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own for each build: two processes that build at once do not meet.
        new = path.with_name(f".{path.name}-{uuid4().hex}.new")
        new.touch()
        try:
            _sweep(path, new)
            added = additions(path, plan)
            yield Built(
                new,
                append(path, new, plan, added, today=today, tell=tell) if added else _write(new, plan, today, tell),
            )
        finally:
            new.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        message = f"the fact store cannot be written to {path} ({error}): make room there or choose another folder"
        raise StoreError(message) from error


def _write(path: Path, plan: Plan, today: date, tell: Progress) -> int:
    # Imported here: only a build needs it, and it costs a tenth of a second at every start.
    from sqlite_utils import Database  # noqa: PLC0415

    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # The file is nobody's until it is swapped in: it is written fast now and brought to disk once at the end.
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE}; "
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA threads = 4"
        )
        database = Database(connection)
        create_tables(database)
        connection.execute("BEGIN")
        tables = list(records(plan.facts, plan.files))
        small = sum(len(rows) for _, rows in tables)
        total = small + count_rows(plan.layers)
        write_small(connection, tables, lambda rows: tell("write", rows, total))
        check_keys(connection)
        back = take_in(
            connection,
            plan.layers,
            plan.shipped,
            plan.findings,
            # Lines are counted beforehand, and a row may have several or be refused.
            lambda rows: tell("write", min(small + rows, total), total),
        )
        refuse(plan.findings.all)
        tell("write", total, total)
        tell("index", 0, 1)
        cover(connection)
        said = [name for (name,) in connection.execute("SELECT DISTINCT attributed_to FROM observation")]
        finish(connection, plan.facts, said, plan.files, today)
        create_indexes(database)
        connection.execute("COMMIT")
        tell("index", 1, 1)
        return back
    finally:
        connection.close()


def swap(new: Path, path: Path) -> None:
    """Bring the new store to disk, then put it in the old one's place in one step."""
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(path)
    # Some systems cannot sync a folder; the swap is whole all the same.
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sweep(path: Path, new: Path) -> None:
    """Remove what builds that were killed long ago left behind; the new file's age tells how long."""
    now = new.stat().st_mtime
    for left in path.parent.glob(f".{path.name}-*.new"):
        with contextlib.suppress(OSError):
            if now - left.stat().st_mtime > _ABANDONED:
                left.unlink()
