"""`waybill backup` and `waybill restore`: the state as one file that is whole, whatever is written meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import click

from bot.errors import FatalError
from bot.settings import Settings
from bot.state.database import FILE, address

_ASIDE = ".before-restore"
_BESIDE = ("-wal", "-shm")
_MARK = "steps"
"""The table that every state has: what was applied to it."""


def run_backup(settings: Settings, file: Path) -> None:
    """Write the state to a file that is not there yet; a bot that serves meanwhile does not notice."""
    path = _path(settings)
    if not path.exists():
        raise FatalError(f"there is no state yet at {path}")
    if file.exists():
        raise FatalError(f"{file} exists already: name a file that does not")
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
    except (sqlite3.Error, OSError) as error:
        raise FatalError(f"the state cannot be written to {file}: {error}") from None
    _check(file)
    click.echo(f"the state is in {file} ({file.stat().st_size:,} bytes)")


def run_restore(settings: Settings, file: Path) -> None:
    """Put a backup in the state's place, with the old state kept beside it; nothing changes if it is no good one."""
    path = _path(settings)
    _check(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="restore-") as place:
        copy = Path(place) / path.name
        shutil.copyfile(file, copy)
        _check(copy)
        if path.exists():
            _let_go(path)
            path.replace(path.with_name(path.name + _ASIDE))
        copy.replace(path)
    click.echo(f"restored {path}" + (f"; what was there is {path.name}{_ASIDE}" if _aside(path).exists() else ""))


def _path(settings: Settings) -> Path:
    url = address(settings.state_url.get_secret_value() if settings.state_url else None, settings.home, FILE)
    if url.get_backend_name() != "sqlite":
        raise FatalError("the state is on PostgreSQL: use pg_dump and pg_restore")
    return Path(url.database or "")


def _aside(path: Path) -> Path:
    return path.with_name(path.name + _ASIDE)


def _let_go(path: Path) -> None:
    """See that nobody has the state open, and that all of it is in its one file."""
    try:
        with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error:
        raise FatalError(f"{path} is in use: stop the bot first") from None
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _check(file: Path) -> None:
    """See that a file is a whole state of ours."""
    if not file.is_file():
        raise FatalError(f"there is no file {file}")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            ours = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (_MARK,)).fetchone()[0]
    except sqlite3.Error as error:
        raise FatalError(f"{file} is no state: {error}") from None
    if found != ["ok"]:
        raise FatalError(f"{file} is damaged: {found[0]}")
    if not ours:
        raise FatalError(f"{file} is a database, but no state of Waybill")
