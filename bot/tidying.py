"""What is no longer needed is deleted from the state, every hour."""

from __future__ import annotations

import asyncio

from bot.beside import Job, until
from bot.state import State
from bot.state.talks import tidy

EVERY = 3600.0


def tidying(state: State) -> Job:
    """The job."""

    async def job(stop: asyncio.Event) -> None:
        while not await until(stop, EVERY):
            await tidy(state.database)
            await state.inbox.tidy()
            await state.outbox.tidy()

    return job
