"""What a serving process does besides answering: jobs that run until it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any

log = logging.getLogger(__name__)
PAUSE = 5.0
"""Seconds before a job that failed begins anew."""
_GRACE = 20.0
"""Seconds that jobs are given to finish what they have begun."""
Job = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Runs until the event is set."""


@asynccontextmanager
async def beside(jobs: Mapping[str, Job]) -> AsyncIterator[None]:
    """Run the jobs for as long as the block lasts. One that fails is in the log and begins anew: it is not missed."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(_lasting(name, job, stop), name=name) for name, job in jobs.items()]
    try:
        yield
    finally:
        stop.set()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _lasting(name: str, job: Job, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await job(stop)
        except Exception:
            log.exception("%s failed and begins anew", name)
            await until(stop, PAUSE)


async def until(stop: asyncio.Event, seconds: float) -> bool:
    """Wait for so long, or until `stop` is set; whether it is."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
    return stop.is_set()
