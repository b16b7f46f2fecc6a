"""Many small writes in one commit: whoever wants something kept joins the transaction that comes next.

A synced commit takes about a millisecond whatever is in it. While one is under way the next fills up; each caller
waits until its own values are safe.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.database import Database

Write: TypeAlias = Callable[[AsyncConnection, Sequence[Any]], Awaitable[None]]
"""Writes values of one type."""
_PAUSE = 0.005
"""Seconds between commits, for the next to fill up; the first one does not wait."""


class Together:
    """Writes values of several types, by type."""

    def __init__(self, database: Database, writes: Mapping[type, Write]) -> None:
        self._database = database
        self._writes = writes
        self._waiting: list[tuple[tuple[Any, ...], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, *values: Any) -> None:
        """Return when all values are committed; they are in one transaction. Raises what the database raises."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((values, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write([value for values, _ in batch for value in values])
            except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
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
