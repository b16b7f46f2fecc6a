"""Updates side by side, but those of one chat one after the other, in the order in which they came."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64
"""How many lanes work at the same time."""
MOST_WAITING = 2048
"""How many updates may wait inside the process before no more are fetched."""


class Lanes(BaseUpdateProcessor):
    """One lane per chat: an update starts when the one before it in its chat is done and a place is free.

    The library's own limit counts updates that only wait for their turn, so a single busy chat could use it up and
    hold up all others; it is set out of reach, and the places are counted here, after the wait.
    """

    __slots__ = ("_lanes", "_places", "_room", "_waiting", "handle")

    def __init__(self, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        super().__init__(max_concurrent_updates=2 * most_waiting)
        self._places = asyncio.Semaphore(at_once)
        self._room = asyncio.Semaphore(most_waiting)
        self._lanes: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}
        self.handle: Callable[[object, Awaitable[Any]], Awaitable[None]] = _plainly
        """Does the work of an update when its turn has come."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the update's turn in its lane and for a free place, then handle it."""
        key = lane_of(update)
        lane = self._lanes.setdefault(key, asyncio.Lock())
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            async with self._room, lane, self._places:
                await self.handle(update, coroutine)
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # cancelled while it waited: it will never be awaited
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._lanes[key]

    def waiting(self, lane: int) -> int:
        """How many updates of a lane wait behind the one that is being handled."""
        return max(0, self._waiting.get(lane, 0) - 1)

    async def room(self) -> None:
        """Wait until fewer updates than the limit are in the process: whoever fetches updates asks first."""
        async with self._room:
            pass

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end: the application waits for its updates."""


async def _plainly(_: object, work: Awaitable[Any]) -> None:
    await work


def lane_of(update: object) -> int:
    """The chat that an update belongs to, else its user; all others share one lane."""
    if not isinstance(update, Update):
        return 0
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else user.id if user else 0
