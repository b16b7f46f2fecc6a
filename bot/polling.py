"""Long polling that does not go deaf: faults that pass are waited out, faults that stay end the process.

The library's own poller stays alive but silent after a stray 404, retries connection faults without a word, and stands
still for ever at an update that it cannot read. This one reads none: it confirms what whoever it hands updates to has
taken.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.errors import FatalError
from bot.request import reason

log = logging.getLogger(__name__)
T = TypeVar("T")

LONG_POLL = 10
"""Seconds that Telegram holds a request when there is nothing new."""
OVERDUE = 60
"""Seconds after which a request is given up whatever the client library believes: half-open connections exist."""
REFUSALS = 3
"""How many times running the token may be refused while the bot runs: proxies answer 404 on a bad day, too."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 10.0)
"""Seconds between attempts after 1, 2, ... faults running; the last one for all further."""

REFUSED = "Telegram refuses the token in WAYBILL_TOKEN; @BotFather shows the right one"
SECOND_POLLER = "another process serves this bot (409 Conflict); only one may run at a time"


class Poller:
    """Fetches updates and hands them on as they came, until it is told to stop.

    Those that could not be handed on, for a fault of Telegram's kind, are fetched once more.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        deliver: Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]],
        kinds: Sequence[str],
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._bot = bot
        self._request = request
        self._deliver = deliver
        self._kinds = json.dumps(list(kinds))
        self._pauses = tuple(pauses)
        self.answered = 0.0
        """When Telegram answered last, in seconds since 1970; 0: not yet."""
        self._next = 0
        """The id of the first update that is not handed on yet; 0: Telegram knows."""

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set; raises a `FatalError` when going on is of no use."""
        faults = refusals = 0
        while not stop.is_set():
            try:
                await self._hand_on(await _unless(stop, self._fetch(LONG_POLL)))
                if faults:
                    log.info("updates come again")
                faults = refusals = 0
                continue
            except Conflict:
                raise FatalError(SECOND_POLLER) from None
            except InvalidToken:
                refusals += 1
                if refusals == REFUSALS:
                    raise FatalError(REFUSED) from None
                why = "the token was refused"
            except (TelegramError, TimeoutError) as error:
                refusals = 0
                why = reason(error) if isinstance(error, TelegramError) else "no answer"
            pause = self._pauses[min(faults, len(self._pauses) - 1)]
            faults += 1
            log.warning("fetching updates: %s; again in %g s", why, pause)
            await self._reconnect()
            await _unless(stop, asyncio.sleep(pause))

    async def confirm(self) -> None:
        """Tell Telegram what was handed on, so that it does not come again at the next start."""
        if self._next:
            try:
                await self._fetch(0, limit=1)
            except (TelegramError, TimeoutError) as error:
                log.warning("the last updates could not be confirmed and may come again: %s", error)

    async def _fetch(self, seconds: int, limit: int = 100) -> list[dict[str, Any]]:
        query = {"timeout": seconds, "limit": limit, "allowed_updates": self._kinds}
        if self._next:
            query["offset"] = self._next
        try:
            async with asyncio.timeout(OVERDUE):
                found = await self._request.post(f"{self._bot.base_url}/getUpdates?{urlencode(query)}")
        except RetryAfter as error:
            wait = error.retry_after.total_seconds() if isinstance(error.retry_after, timedelta) else error.retry_after
            log.warning("fetching updates: too often; again in %g s", wait)
            await asyncio.sleep(wait)
            return []
        if not isinstance(found, list):
            raise TelegramError("updates that are no list")
        self.answered = time.time()
        return found

    async def _hand_on(self, found: list[dict[str, Any]] | None) -> None:
        if found:
            await self._deliver(found)
            self._next = found[-1]["update_id"] + 1

    async def _reconnect(self) -> None:
        """Begin with fresh connections: one that hangs would hold its place in the pool for ever."""
        await self._request.shutdown()
        await self._request.initialize()


async def _unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """The result of the work, or None as soon as `stop` is set."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
