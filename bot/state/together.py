"""Many small writes in one commit: whoever wants something kept joins the transaction that comes next.

A synced commit takes about a millisecond whatever is in it. While one is under way the next fills up; each caller
waits until its own values are safe.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.database import Database

log = logging.getLogger(__name__)

Write: TypeAlias = Callable[[AsyncConnection, Sequence[Any]], Awaitable[None]]
"""Writes values of one type."""
_PAUSE = 0.005
"""Seconds between commits, for the next to fill up; the first one does not wait."""
_LATER = 0.25
"""Seconds that what nobody waits for may wait for a commit of others to join."""


class Together:
    """Writes values of several types, by type."""

    def __init__(self, database: Database, writes: Mapping[type, Write]) -> None:
        self._database = database
        self._writes = writes
        self._waiting: list[tuple[tuple[Any, ...], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None
        self._idle: list[Any] = []
        """Values that nobody waits for."""
        self._timer: asyncio.TimerHandle | None = None

    def keep_later(self, *values: Any) -> None:
        """Write values with whatever is written next, within a moment; nobody is told whether it went well."""
        self._idle += values
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_LATER, self._start)

    async def flush(self) -> None:
        """Return when all that was to be kept is."""
        if self._idle:
            await self.keep()

    def _start(self) -> None:
        self._timer = None
        if self._idle and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    async def keep(self, *values: Any) -> None:
        """Return when all values are committed; they are in one transaction. Raises what the database raises."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((values, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        while self._waiting or self._idle:
            batch, self._waiting = self._waiting, []
            idle, self._idle = self._idle, []
            try:
                await self._write([*(value for values, _ in batch for value in values), *idle])
            except Exception as error:
                log.exception("the state was not written")
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            else:
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)
            await asyncio.sleep(_PAUSE)

    async def _write(self, values: Sequence[Any]) -> None:
        async with self._database.write() as connection:
            for kind, write in self._writes.items():
                mine = [value for value in values if type(value) is kind]
                if mine:
                    await write(connection, mine)
