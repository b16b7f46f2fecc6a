"""Chats: their settings, whether the bot can write to them, and what is deleted with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert_postgres
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite

from bot.state.database import Database
from bot.state.tables import (
    answers,
    chats,
    conversations,
    feedback,
    inbox,
    outbox,
    receipts,
    subscriptions,
    waiting,
)
from handlers.kept import Chat

_SETTINGS = frozenset({"language", "hour", "zone", "quiet_from", "quiet_until", "frequency"})
_FIELDS = [column for column in chats.c if column.name != "created"]


class Chats:
    """Whom the bot talks with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat: int) -> Chat | None:
        """The chat, if anything is kept of it."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(*_FIELDS).where(chats.c.id == chat))).mappings().first()
        return Chat(**row) if row else None

    async def set(self, chat: int, kind: str, **settings: str | int | None) -> Chat:
        """Keep settings of a chat (None: as by default); it is known from then on."""
        if not settings.keys() <= _SETTINGS:
            raise ValueError(f"no settings: {sorted(settings.keys() - _SETTINGS)}")
        return await self._put(chat, kind, settings, settings)

    async def activate(self, chat: int, kind: str) -> Chat:
        """The bot can write to the chat (again)."""
        there = await self.get(chat)
        if there and there.active:
            return there
        change = {"active": True, "reason": None, "since": self._database.clock()}
        return await self._put(chat, kind, change, change)

    async def deactivate(self, chat: int, kind: str, reason: str) -> None:
        """The bot cannot write to the chat, or shall not."""
        change = {"active": False, "reason": reason, "since": self._database.clock()}
        await self._put(chat, kind, change, change)

    async def move(self, old: int, new: int) -> None:
        """A group was upgraded: all that is kept of the old chat belongs to the new one, whose own entries stay."""
        async with self._database.write() as connection:
            for table in (chats, subscriptions, outbox, answers, conversations, waiting):
                column = table.c.id if table is chats else table.c.chat
                taken = _same_entry(table, new)
                if taken is not None:
                    await connection.execute(delete(table).where(column == old, taken))
                await connection.execute(update(table).where(column == old).values({column: new}))
            await connection.execute(update(receipts).where(receipts.c.chat == old).values(chat=new))
            await connection.execute(update(chats).where(chats.c.id == new).values(kind="supergroup"))

    async def leave_topic(self, chat: int, topic: int) -> None:
        """A forum topic is gone: what was to go there goes to the chat itself."""
        async with self._database.write() as connection:
            for table, names in ((subscriptions, ("kind", "subject")), (outbox, ("dedupe",))):
                other = table.alias()
                same = (other.c[name] == table.c[name] for name in names)
                there = select(other.c.id).where(other.c.chat == chat, other.c.topic == 0, *same).exists()
                gone = (table.c.chat == chat) & (table.c.topic == topic)
                await connection.execute(delete(table).where(gone, there))
                await connection.execute(update(table).where(gone).values(topic=0))

    async def delete(self, chat: int) -> dict[str, int]:
        """Delete all that is kept of a chat, and of the person whose private chat it is; what was deleted of which."""
        conditions: Mapping[Table, ColumnElement[bool]] = {
            chats: chats.c.id == chat,
            conversations: or_(conversations.c.chat == chat, conversations.c.person == chat),
            receipts: receipts.c.chat == chat,
            answers: or_(answers.c.chat == chat, answers.c.person == chat),
            feedback: feedback.c.person == chat,
            waiting: waiting.c.chat == chat,
            subscriptions: subscriptions.c.chat == chat,
            inbox: inbox.c.lane == chat,
            outbox: outbox.c.chat == chat,
        }
        async with self._database.write() as connection:
            counts = {
                table.name: (await connection.execute(delete(table).where(condition))).rowcount
                for table, condition in conditions.items()
            }
        return {name: count for name, count in counts.items() if count}

    async def count(self) -> dict[str, int]:
        """How many chats there are, active and by the reason why not."""
        reason = func.coalesce(chats.c.reason, "active")
        async with self._database.read() as connection:
            rows = (await connection.execute(select(reason, func.count()).group_by(reason))).all()
            return {str(name): int(count) for name, count in rows}

    async def _put(self, chat: int, kind: str, new: Mapping[str, Any], change: Mapping[str, Any]) -> Chat:
        now = self._database.clock()
        row = {"id": chat, "kind": kind, "active": True, "since": now, "created": now, **new}
        async with self._database.write() as connection:
            await connection.execute(
                upsert(self._database, chats)
                .values(row)
                .on_conflict_do_update(index_elements=[chats.c.id], set_={"kind": kind, **change})
            )
            found = (await connection.execute(select(*_FIELDS).where(chats.c.id == chat))).mappings().one()
        return Chat(**found)


def upsert(database: Database, table: Table) -> Any:
    """An INSERT that can say what to do on a conflict; both databases know it, SQLAlchemy has it twice."""
    return upsert_sqlite(table) if database.is_sqlite else upsert_postgres(table)


def _same_entry(table: Table, new: int) -> ColumnElement[bool] | None:
    """True for rows of the old chat that the new one has too: by the table's key, but for the chat."""
    other = table.alias()
    if table is chats:
        return select(other.c.id).where(other.c.id == new).exists()
    keys = {
        subscriptions: ("topic", "kind", "subject"),
        outbox: ("topic", "dedupe"),
        answers: ("question",),
        conversations: ("topic", "person"),
        waiting: ("unanswered",),
    }[table]
    same = [other.c[key] == table.c[key] for key in keys]
    return select(other.c.chat).where(other.c.chat == new, *same).exists()
