"""The connection to the state database: SQLite by default, PostgreSQL by its address; the same code on both.

SQLite: write-ahead log, every commit synced, one connection that writes (each of its transactions begins with BEGIN
IMMEDIATE, so none fails half-way because another process writes), a few that only read. Deleted data is overwritten.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, func, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import FatalError

FILE = "state.db"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_READERS = 4
_BUSY_SECONDS = 30
"""How long to wait for another process that writes to the same file."""
_SHORTLY = 0.02
_WRITER = ("synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
_READER = ("query_only=ON", "wal_autocheckpoint=0")
_PATCHED = {(3, 44): 6, (3, 50): 7}
"""Older lines of SQLite that got the repair of 3.51.3: from which patch on."""


def address(url: str | None, home: Path, file: str = FILE) -> URL:
    """The address of the state database; a `FatalError` if it is none that can be used."""
    if not url:
        return URL.create("sqlite+aiosqlite", database=str(home / file))
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername not in _DRIVERS or not parsed.database:
        raise FatalError(
            "WAYBILL_STATE_URL must be an address like postgresql+psycopg://user@host/database or sqlite:///path"
        )
    if parsed.drivername.startswith("sqlite") and parsed.database == ":memory:":
        raise FatalError("WAYBILL_STATE_URL must name a file: what is in memory is not kept")
    return parsed.set(drivername=_DRIVERS[parsed.drivername])


def can_corrupt(version: tuple[int, ...]) -> bool:
    """True if this version of SQLite can spoil a write-ahead log that two connections reset at the same time."""
    patched = _PATCHED.get((version[0], version[1]))
    return version < (3, 51, 3) and (patched is None or version[2] < patched)


class Database:
    """Transactions on the state database. Repositories are given one; whoever opened it closes it."""

    def __init__(self, url: URL, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._writer = _sqlite_engine(url, writes=True) if self.is_sqlite else _postgres_engine(url)
        self._reader = _sqlite_engine(url, writes=False) if self.is_sqlite else self._writer
        # The pool of one would make them wait as well, but not in order.
        self._turn: Any = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write: committed at the end of the block, rolled back if it raises."""
        async with self._turn, self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads; on SQLite it never waits for one that writes."""
        async with self._reader.begin() as connection:
            yield connection

    def clock(self) -> float:
        """This process's time."""
        return (self._clock or time.time)()

    async def now(self, connection: AsyncConnection) -> float:
        """The time that all processes agree on: the database server's. For leases and what several processes share."""
        if self._clock or self.is_sqlite:
            return self.clock()
        return float((await connection.execute(select(func.extract("epoch", func.clock_timestamp())))).scalar_one())

    async def close(self) -> None:
        """Close every connection; one that stayed open would keep the process from ending."""
        if self._reader is not self._writer:
            await self._reader.dispose()
        await self._writer.dispose()

    def warning(self) -> str | None:
        """What an operator should know of this database's software."""
        if self.is_sqlite and can_corrupt(sqlite3.sqlite_version_info):
            return (
                f"SQLite {sqlite3.sqlite_version} has a fault that can spoil a database when two connections write; "
                "Waybill keeps to one, let no other program write to the state. 3.51.3 mends it, or use PostgreSQL"
            )
        return None

    def __repr__(self) -> str:
        return f"Database({self.url.render_as_string(hide_password=True)})"


def _sqlite_engine(url: URL, *, writes: bool) -> AsyncEngine:
    if writes and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if writes else _READERS,
        max_overflow=0,
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        if writes:
            _use_log(cursor)
        # Only the connection that writes moves the log into the database.
        for setting in _WRITER if writes else _READER:
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _use_log(cursor: Any) -> None:
    """Change to the write-ahead log. Where another process does so at this moment SQLite says "locked" at once."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_SHORTLY)
        else:
            return


def _postgres_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,  # a server that was restarted costs a reconnect, not an error
        connect_args={"prepare_threshold": None},  # prepared statements do not go through pgbouncer
    )
