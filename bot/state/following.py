"""What is followed where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, select, update

from bot.state import codec
from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.mail import Policy, Stage
from bot.state.tables import chats, outbox, subscriptions
from handlers.kept import Subscription
from knowledge.desk import Conversation

MOST = 100
"""Subscriptions of one chat."""
_FIELDS = [column for column in subscriptions.c if column.name != "created"]


class Subscriptions:
    """Topics and standing questions, by chat and forum topic."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        chat: int,
        topic: int,
        kind: str,
        subject: str,
        *,
        language: str,
        frequency: str,
        previous: Conversation | None = None,
        seen: str | None = None,
    ) -> tuple[Subscription, bool]:
        """Follow something; the subscription, and whether it is new."""
        row = {
            "chat": chat, "topic": topic, "kind": kind, "subject": subject, "language": language,
            "previous": codec.dump(previous), "frequency": frequency, "paused": False,
            "seen": seen,
            "created": self._database.clock(),
        }  # fmt: skip
        where = [subscriptions.c[name] == row[name] for name in ("chat", "topic", "kind", "subject")]
        async with self._database.write() as connection:
            made = await connection.execute(
                upsert(self._database, subscriptions).values(row).on_conflict_do_nothing().returning(subscriptions.c.id)
            )
            new = made.first() is not None
            found = (await connection.execute(select(*_FIELDS).where(*where))).mappings().one()
        return _subscription(found), new

    async def of(self, chat: int, topic: int | None = None) -> list[Subscription]:
        """What a chat follows, in all its topics or in one."""
        where = [subscriptions.c.chat == chat]
        if topic is not None:
            where.append(subscriptions.c.topic == topic)
        return await self._list(select(*_FIELDS).where(*where).order_by(subscriptions.c.id))

    async def get(self, number: int) -> Subscription | None:
        """One subscription."""
        found = await self._list(select(*_FIELDS).where(subscriptions.c.id == number))
        return found[0] if found else None

    async def chats(self, after: int | None = None, limit: int = 1000) -> list[int]:
        """The chats that follow something and can be written to, a page by id."""
        shut = select(chats.c.id).where(chats.c.id == subscriptions.c.chat, chats.c.active.is_(False)).exists()
        query = select(subscriptions.c.chat).where(subscriptions.c.paused.is_(False), ~shut).distinct()
        if after is not None:
            query = query.where(subscriptions.c.chat > after)
        async with self._database.read() as connection:
            return list((await connection.execute(query.order_by(subscriptions.c.chat).limit(limit))).scalars())

    async def to(self, kind: str, subject: str, *, after: int = 0, limit: int = 1000) -> list[Subscription]:
        """Who follows something, by id: a page of those that are not paused."""
        query = select(*_FIELDS).where(
            subscriptions.c.kind == kind,
            subscriptions.c.subject == subject,
            subscriptions.c.id > after,
            subscriptions.c.paused.is_(False),
        )
        return await self._list(query.order_by(subscriptions.c.id).limit(limit))

    async def subjects(self, kind: str) -> list[str]:
        """All that is followed by somebody."""
        query = select(subscriptions.c.subject).where(subscriptions.c.kind == kind).distinct()
        async with self._database.read() as connection:
            return sorted((await connection.execute(query)).scalars())

    async def change(self, number: int, chat: int, **values: str | bool | None) -> bool:
        """Change `paused`, `frequency` or `seen` of a chat's own subscription; False if it is gone."""
        return bool(await self._change(_own(number, chat), values))

    async def remove(self, number: int, chat: int) -> bool:
        """Unfollow; False if it was gone already."""
        async with self._database.write() as connection:
            return bool((await connection.execute(delete(subscriptions).where(_own(number, chat)))).rowcount)

    async def remove_all(self, chat: int) -> int:
        """Unfollow everything, and what is still to be sent of it; how many things were followed."""
        waiting = (outbox.c.chat == chat) & (outbox.c.state == Stage.PENDING) & (outbox.c.kind == Policy.AGAIN)
        async with self._database.write() as connection:
            await connection.execute(delete(outbox).where(waiting))
            return (await connection.execute(delete(subscriptions).where(subscriptions.c.chat == chat))).rowcount

    async def _change(self, where: ColumnElement[bool], values: Mapping[str, Any]) -> int:
        async with self._database.write() as connection:
            return (await connection.execute(update(subscriptions).where(where).values(**values))).rowcount

    async def _list(self, query: Select[Any]) -> list[Subscription]:
        async with self._database.read() as connection:
            return [_subscription(row) for row in (await connection.execute(query)).mappings()]


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(**(dict(row) | {"previous": codec.read(row["previous"])}))


def _own(number: int, chat: int) -> ColumnElement[bool]:
    return (subscriptions.c.id == number) & (subscriptions.c.chat == chat)
