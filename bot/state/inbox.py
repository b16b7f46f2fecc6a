"""Updates that were accepted: kept before Telegram forgets them, until they were handled.

An update is `waiting`, `answering` from its first message on, and then `done`. After a crash those that waited are
handled once more. One that was being answered may have its answer already, and nobody waits for a second one: it is
`unknown`. One that cannot be read, or that has ended the process again and again, is `parked`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.tables import inbox

MOST_ATTEMPTS = 3
"""How many times an update may be begun; one that ends the process each time must not do so for ever."""
KEPT = 48 * 3600.0
"""Seconds for which an update that comes again is known; Telegram keeps its own for a day."""
PARKED_KEPT = 14 * 86_400.0


class Step(StrEnum):
    """Where an update stands."""

    WAITING = "waiting"
    ANSWERING = "answering"
    DONE = "done"
    PARKED = "parked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answering:
    """The first message that answers an update is about to be sent."""

    update_id: int


@dataclass(frozen=True, slots=True)
class Handled:
    """An update was handled."""

    update_id: int


class Inbox:
    """The updates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, raws: Sequence[Mapping[str, Any]]) -> list[int]:
        """Keep updates; the ids of those that were not here before. Safe once it returns."""
        if not raws:
            return []
        now = self._database.clock()
        rows = [
            {
                "update_id": raw["update_id"], "lane": _lane(raw), "body": json.dumps(raw, ensure_ascii=False),
                "state": str(Step.WAITING), "attempts": 1, "received": now,
            }
            for raw in raws
        ]  # fmt: skip
        async with self._database.write() as connection:
            statement = upsert(self._database, inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
            return sorted((await connection.execute(statement, rows)).scalars())

    async def recover(self) -> list[Mapping[str, Any]]:
        """After a start: what is to be handled once more, in order. Call it before anything new is taken."""
        async with self._database.write() as connection:
            old = inbox.c.received <= self._database.clock() - KEPT
            waiting, answering = inbox.c.state == Step.WAITING, inbox.c.state == Step.ANSWERING
            await _end(connection, answering, Step.UNKNOWN, "the process ended while it was answered")
            await _end(connection, and_(waiting, old), Step.UNKNOWN, "too old")
            poison = and_(waiting, inbox.c.attempts >= MOST_ATTEMPTS)
            await _end(connection, poison, Step.PARKED, "the process ended each time that it was handled")
            rows = await connection.execute(select(inbox.c.body).where(waiting).order_by(inbox.c.update_id))
            found = [json.loads(body) for body in rows.scalars()]
            await connection.execute(update(inbox).where(waiting).values(attempts=inbox.c.attempts + 1))
        return found

    async def park(self, update_id: int, why: str) -> None:
        """Set one aside that cannot be read."""
        async with self._database.write() as connection:
            await connection.execute(
                update(inbox).where(inbox.c.update_id == update_id).values(state=Step.PARKED, error=why[:200])
            )

    async def write_answering(self, connection: AsyncConnection, marks: Sequence[Answering]) -> None:
        """Several marks in a transaction."""
        await connection.execute(update(inbox).where(_of(marks)).values(state=Step.ANSWERING))

    async def write_handled(self, connection: AsyncConnection, marks: Sequence[Handled]) -> None:
        """Several marks in a transaction; what was written is gone from then on."""
        done = {"state": Step.DONE, "body": None, "done": self._database.clock()}
        await connection.execute(update(inbox).where(_of(marks)).values(**done))

    async def count(self) -> dict[str, int]:
        """How many updates stand where."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
            return {str(state): int(count) for state, count in rows}

    async def tidy(self) -> None:
        """Forget what is over."""
        now = self._database.clock()
        async with self._database.write() as connection:
            over = inbox.c.state.in_((Step.DONE, Step.UNKNOWN))
            await connection.execute(delete(inbox).where(over, inbox.c.received <= now - KEPT))
            parked = inbox.c.state == Step.PARKED
            await connection.execute(delete(inbox).where(parked, inbox.c.received <= now - PARKED_KEPT))


def _of(marks: Sequence[Answering] | Sequence[Handled]) -> ColumnElement[bool]:
    return inbox.c.update_id.in_([mark.update_id for mark in marks])


async def _end(connection: AsyncConnection, which: Any, step: Step, why: str) -> None:
    values: dict[str, Any] = {"state": step, "error": why}
    if step is not Step.PARKED:
        values["body"] = None
    await connection.execute(update(inbox).where(which).values(**values))


def _lane(raw: Mapping[str, Any]) -> int:
    """The chat that an update belongs to, else its user, so that both can have it deleted; 0 for all others."""
    for content in raw.values():
        if isinstance(content, dict):
            inner = content.get("message")
            message = inner if isinstance(inner, dict) else content
            for one in (message.get("chat"), content.get("from"), content.get("user")):
                if isinstance(one, dict) and isinstance(one.get("id"), int):
                    return int(one["id"])
    return 0
