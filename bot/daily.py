"""The refresh that a serving bot makes by itself, once a day from a set hour on."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.beside import until
from bot.offspring import Ended, run_facts
from bot.record import Record, last
from bot.settings import Settings

log = logging.getLogger(__name__)
DAY, HOUR = 86_400.0, 3_600.0
_SECONDS = 1_200.0
"""How long a refresh may take: several months at a slow server."""
Refresh = Callable[[], Awaitable[Ended]]
Told = Callable[[tuple[str, ...], bool], Awaitable[None]]
"""Is told what admins should look at, in lines, and whether the facts have changed."""


def due(at: float, hour: int) -> float:
    """The last moment at or before `at` (seconds since 1970) that was the hour (UTC) of a day."""
    return at - (at - hour * HOUR) % DAY


class Daily:
    """Refreshes the facts of a home: whether it is time is read from what the home says of the last refresh.

    A bot that was down at the hour refreshes when it is up again.
    """

    def __init__(
        self, home: Path, hour: int, told: Told, refresh: Refresh, clock: Callable[[], float] = time.time
    ) -> None:
        self._home, self._hour, self._told, self._refresh, self._clock = home, hour, told, refresh, clock
        self._tried = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Do it until asked to stop. It looks at the clock every hour: a machine may sleep in between."""
        while not stop.is_set():
            await self.look()
            wait = due(self._clock(), self._hour) + DAY - self._clock()
            await until(stop, min(wait, HOUR))

    async def look(self) -> bool:
        """Refresh if it is time; True if it was."""
        before, now = last(self._home), self._clock()
        if max(before.at, self._tried) >= due(now, self._hour):
            return False
        self._tried = now
        try:
            ended = await self._refresh()
        except TimeoutError:
            await self._told((f"the refresh took longer than {_SECONDS:.0f} seconds and was ended",), False)
            return True
        after = last(self._home)
        if after.at <= before.at:  # it could not even say what came of it
            await self._told(ended.err[-1:] or ("the refresh ended without a word",), False)
            return True
        log.info("refreshed: %s", "; ".join(line.told for line in after.lines) or "nothing is due")
        await self._told(_news(before, after), bool(after.of("imported")))
        return True


def daily(settings: Settings, hour: int, told: Told) -> Daily:
    """The daily refresh of a process: each runs in a process of its own."""

    async def refresh() -> Ended:
        return await run_facts(
            settings.home, "refresh", seconds=_SECONDS, settings={"WAYBILL_TIM_URL": settings.tim_url}
        )

    return Daily(settings.home, hour, told, refresh)


def _news(before: Record, after: Record) -> tuple[str, ...]:
    """What went wrong or is late and was not so the day before."""
    known = set(before.of("refused", "unreachable", "late"))
    return tuple(line for line in after.of("refused", "unreachable", "late") if line not in known)
