"""Messages that the bot sends by itself: kept until each has arrived, and handed out at Telegram's pace.

A row is `pending`, then `leased` by a sender for a moment, then `sending`: marked so in a commit of its own right
before the request. After a crash a leased row is free again at no risk. One that was being sent may have arrived, and
Telegram has no way to ask: where missing it would be worse than having it twice it goes out once more and is counted
as ambiguous, else it is set aside as `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    CursorResult,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.mail import Message, Policy, Row, Stage, body_of, new_row, row_of
from bot.state.tables import chats, outbox, pace

FASTEST, SLOWEST = 27.5, 1.0
"""Messages a second over all; Telegram takes 30."""
APART, APART_IN_GROUPS = 1.05, 3.05
"""Seconds between two messages in a chat: Telegram takes one a second, in groups twenty a minute."""
LEASE = 60.0
"""Seconds that a sender may keep a row from its moment on: longer than a request can take."""
KEPT = 14 * 86_400.0
"""Seconds for which what became of a message is kept; its text goes at once."""
_ALL = "all"


_IN_HAND = (Stage.LEASED, Stage.SENDING)
_OVER = (Stage.SENT, Stage.DEAD, Stage.UNKNOWN)


class Outbox:
    """The messages, for any number of senders."""

    def __init__(self, database: Database, fastest: float = FASTEST) -> None:
        self._database = database
        self.fastest = fastest

    async def put(self, messages: Iterable[Message], connection: AsyncConnection | None = None) -> int:
        """Take messages that are not there yet; how many they were. In the transaction that is given, if one is."""
        if connection is None:
            async with self._database.write() as own:
                return await self.put(messages, own)
        now = await self._database.now(connection)
        rows = [new_row(message, now) for message in messages]
        if not rows:
            return 0
        before = await self._highest(connection)
        await connection.execute(upsert(self._database, outbox).on_conflict_do_nothing(), rows)
        return int((await connection.execute(select(func.count()).where(outbox.c.id > before))).scalar_one())

    async def take(self, owner: str, limit: int, ahead: int = 0) -> list[Row]:
        """Lease what is due, at most one message a chat, each with its moment; frees what others let fall.

        `ahead` requests that were made besides (answers to questions) push the moments back: they go first.
        """
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            start, rate = await self._pace(connection, now)
            await self._free(connection, now)
            found = (await connection.execute(_due(now, limit))).mappings().all()
            first = max(start, now) + ahead / rate
            rows = [row_of(row, owner, first + number / rate) for number, row in enumerate(found)]
            after = first + len(rows) / rate if rows or ahead else start
            await connection.execute(update(pace).where(pace.c.name == _ALL).values(next=after))
            if rows:
                lease = update(outbox).where(outbox.c.id == bindparam("number"))
                values = [{"number": row.id, "until": row.slot + LEASE} for row in rows]
                await connection.execute(
                    lease.values(state=Stage.LEASED, owner=owner, lease_until=bindparam("until")), values
                )
        return rows

    async def sending(self, row: Row) -> bool:
        """The request is about to be made; False if the row is no longer the sender's."""
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            mine = and_(_mine(row), outbox.c.state == Stage.LEASED, outbox.c.lease_until > now)
            values = {"state": Stage.SENDING, "lease_until": now + LEASE, "attempts": outbox.c.attempts + 1}
            return _one(await connection.execute(update(outbox).where(mine).values(changed=now, **values)))

    async def sent(self, row: Row, message: int) -> bool:
        """It arrived, as the message with this id."""
        return await self._finish(row, state=Stage.SENT, message=message, body=None, error=None)

    async def dead(self, row: Row, why: str) -> bool:
        """It cannot arrive."""
        return await self._finish(row, state=Stage.DEAD, body=None, error=why)

    async def again(
        self,
        row: Row,
        wait: float,
        why: str,
        *,
        counts: bool = True,
        may_be_there: bool = False,
        instead: Message | None = None,
    ) -> bool:
        """Try once more after some seconds, with another message `instead` if one is given.

        What was not the message's fault does not count as an attempt; what may have arrived is marked so.
        """
        values: dict[str, Any] = {"error": why}
        if instead:
            values["body"] = body_of(instead)
        if not counts:
            values["attempts"] = outbox.c.attempts - 1
        if may_be_there:
            if row.message.policy is Policy.ONCE:
                return await self._finish(row, state=Stage.UNKNOWN, body=None, **values)
            values["ambiguous"] = outbox.c.ambiguous + 1
        return await self._finish(row, wait=wait, state=Stage.PENDING, owner=None, lease_until=None, **values)

    async def give_back(self, rows: Sequence[Row]) -> None:
        """Rows that were leased and will not be sent: free at once."""
        async with self._database.write() as connection:
            for row in rows:
                mine = and_(_mine(row), outbox.c.state == Stage.LEASED)
                await connection.execute(update(outbox).where(mine).values(state=Stage.PENDING, owner=None))

    async def slow_down(self, factor: float) -> float:
        """Change the pace of all senders, within its bounds; messages a second from now on."""
        async with self._database.write() as connection:
            _, rate = await self._pace(connection, await self._database.now(connection))
            rate = min(self.fastest, max(SLOWEST, rate * factor))
            await connection.execute(update(pace).where(pace.c.name == _ALL).values(rate=rate))
        return rate

    async def next_due(self) -> float | None:
        """When something will be due, or what is in hand might come free; None if there is nothing."""
        moment = func.min(case((outbox.c.state == Stage.PENDING, outbox.c.not_before), else_=outbox.c.lease_until))
        async with self._database.read() as connection:
            query = select(moment).where(outbox.c.state.in_((Stage.PENDING, *_IN_HAND)), ~_silent())
            found = (await connection.execute(query)).scalar()
        return None if found is None else float(found)

    async def count(self) -> dict[str, int]:
        """How many messages are in each stage."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
            return {str(state): int(count) for state, count in rows}

    async def reasons(self, limit: int = 10) -> list[tuple[str, str, int]]:
        """(stage, error, how many) of what did not arrive, the most frequent first."""
        number = func.count()
        query = (
            select(outbox.c.state, func.coalesce(outbox.c.error, ""), number)
            .where(outbox.c.state.in_((Stage.DEAD, Stage.UNKNOWN)))
            .group_by(outbox.c.state, outbox.c.error).order_by(number.desc()).limit(limit)
        )  # fmt: skip
        async with self._database.read() as connection:
            return [(str(state), str(error), int(count)) for state, error, count in await connection.execute(query)]

    async def tidy(self) -> int:
        """Forget what became of messages long ago; how many they were."""
        async with self._database.write() as connection:
            old = await self._database.now(connection) - KEPT
            gone = delete(outbox).where(outbox.c.state.in_(_OVER), outbox.c.changed < old)
            return int((await connection.execute(gone)).rowcount)

    async def close_chat(self, chat: int, why: str) -> int:
        """Nothing more can arrive in a chat; how many messages that ended."""
        waiting = and_(outbox.c.chat == chat, outbox.c.state == Stage.PENDING)
        async with self._database.write() as connection:
            values = {"state": Stage.DEAD, "body": None, "error": why, "changed": await self._database.now(connection)}
            return int((await connection.execute(update(outbox).where(waiting).values(**values))).rowcount)

    async def _highest(self, connection: AsyncConnection) -> int:
        return int((await connection.execute(select(func.coalesce(func.max(outbox.c.id), 0)))).scalar_one())

    async def _pace(self, connection: AsyncConnection, now: float) -> tuple[float, float]:
        """The next free moment and the rate. The row is locked: senders take turns."""
        first = upsert(self._database, pace).values(name=_ALL, next=now, rate=self.fastest).on_conflict_do_nothing()
        await connection.execute(first)
        query = select(pace.c.next, pace.c.rate).where(pace.c.name == _ALL).with_for_update()
        found = (await connection.execute(query)).one()
        return float(found.next), float(found.rate)

    async def _free(self, connection: AsyncConnection, now: float) -> None:
        """What a sender let fall: what it had not begun to send is free, what it had may have arrived."""
        over = and_(outbox.c.state.in_(_IN_HAND), outbox.c.lease_until <= now)
        fell = and_(over, outbox.c.state == Stage.SENDING)
        once = outbox.c.kind == Policy.ONCE
        gone = {"state": Stage.UNKNOWN, "body": None, "error": "the sender ended", "changed": now}
        await connection.execute(update(outbox).where(fell, once).values(**gone))
        pending = {"state": Stage.PENDING, "owner": None, "lease_until": None}
        await connection.execute(update(outbox).where(fell).values(ambiguous=outbox.c.ambiguous + 1, **pending))
        await connection.execute(update(outbox).where(over).values(**pending))

    async def _finish(self, row: Row, wait: float | None = None, **values: Any) -> bool:
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            if wait is not None:
                values["not_before"] = now + wait
            mine = and_(_mine(row), outbox.c.state == Stage.SENDING)
            return _one(await connection.execute(update(outbox).where(mine).values(changed=now, **values)))


def _due(now: float, limit: int) -> Any:
    """The rows that may be taken: no chat has two at once, none has one right after another."""
    other = outbox.alias()
    apart = case((outbox.c.chat < 0, APART_IN_GROUPS), else_=APART)
    before = and_(
        other.c.state == Stage.PENDING,
        other.c.not_before <= now,
        tuple_(other.c.priority, other.c.id) < tuple_(outbox.c.priority, outbox.c.id),
    )
    in_the_way = exists().where(
        other.c.chat == outbox.c.chat,
        or_(other.c.state.in_(_IN_HAND), and_(other.c.state == Stage.SENT, other.c.changed > now - apart), before),
    )
    return (
        select(outbox)
        .where(outbox.c.state == Stage.PENDING, outbox.c.not_before <= now, ~in_the_way, ~_silent())
        .order_by(outbox.c.priority, outbox.c.id).limit(limit)
    )  # fmt: skip


def _silent() -> Any:
    """True of rows for a chat that the bot cannot write to."""
    return exists().where(chats.c.id == outbox.c.chat, chats.c.active.is_(False))


def _mine(row: Row) -> Any:
    return and_(outbox.c.id == row.id, outbox.c.owner == row.owner)


def _one(done: CursorResult[Any]) -> bool:
    return bool(done.rowcount)
