"""Conversations, answers and receipts: what a restart must not make the bot forget."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state import codec
from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.tables import answers, conversations, receipts
from handlers.kept import Answered, Receipt, Standing

EDITABLE = 48 * 3600.0
"""Telegram lets a question be edited for 48 hours."""
TALK_LASTS = 6 * 3600.0
RECEIPTS_LAST = 400 * 24 * 3600.0
"""A little more than a year: figures are revised for about as long."""
_LOOKED_THROUGH = 50
"""Answers of a chat among which one is looked for by one of its messages."""


class Conversations:
    """Where each conversation stands, by chat, topic and person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat: int, topic: int, person: int) -> Standing | None:
        """Where it stands, unless it has expired."""
        where = (conversations.c.chat == chat, conversations.c.topic == topic, conversations.c.person == person)
        query = select(conversations.c.conversation, conversations.c.question).where(
            *where, conversations.c.expires > self._database.clock()
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        found = codec.read(row[0]) if row else None
        return Standing(chat, topic, person, found, row[1]) if row and found else None

    async def write(self, connection: AsyncConnection, kept: Sequence[Standing]) -> None:
        """Keep them, from now on for six hours."""
        expires = self._database.clock() + TALK_LASTS
        rows = [
            {
                "chat": one.chat, "topic": one.topic, "person": one.person, "question": one.question,
                "conversation": codec.dump(one.conversation), "expires": expires,
            }
            for one in kept
        ]  # fmt: skip
        statement = upsert(self._database, conversations)
        change = {name: statement.excluded[name] for name in ("question", "conversation", "expires")}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["chat", "topic", "person"], set_=change), rows
        )


class Answers:
    """Which messages answer which."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_question(self, chat: int, question: int) -> Answered | None:
        """What answers a message."""
        found = await self._some(answers.c.chat == chat, answers.c.question == question)
        return found[0] if found else None

    async def by_receipt(self, receipt: str) -> Answered | None:
        """The messages that show an answer, the newest if there are several."""
        found = await self._some(answers.c.receipt == receipt)
        return found[0] if found else None

    async def by_message(self, chat: int, message: int) -> Answered | None:
        """The answer that a message of ours is part of."""
        found = await self._some(answers.c.chat == chat, answers.c.question <= message)
        return next((one for one in found if message in one.messages), None)

    async def write(self, connection: AsyncConnection, kept: Sequence[Answered]) -> None:
        """Keep them for 48 hours; a question that was edited has the newer answer."""
        expires = self._database.clock() + EDITABLE
        rows = [
            {
                "chat": one.chat, "question": one.question, "person": one.person, "receipt": one.receipt,
                "question_text": one.text, "previous": codec.dump(one.previous), "messages": json.dumps(one.messages),
                "expires": expires,
            }
            for one in kept
        ]  # fmt: skip
        statement = upsert(self._database, answers)
        names = ("person", "receipt", "question_text", "previous", "messages", "expires")
        change = {name: statement.excluded[name] for name in names}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=["chat", "question"], set_=change), rows
        )

    async def _some(self, *where: ColumnElement[bool]) -> list[Answered]:
        """The newest first."""
        query = select(answers).where(*where, answers.c.expires > self._database.clock())
        query = query.order_by(answers.c.expires.desc(), answers.c.question.desc()).limit(_LOOKED_THROUGH)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [
            Answered(
                row["chat"], row["question"], row["person"], row["receipt"], row["question_text"],
                codec.read(row["previous"]), tuple(json.loads(row["messages"])),
            )
            for row in rows
        ]  # fmt: skip


class Receipts:
    """Answers as they were given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, receipt: str) -> Receipt | None:
        """The receipt of an answer."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(receipts).where(receipts.c.id == receipt))).mappings().first()
        if row is None:
            return None
        return Receipt(
            row["id"], row["chat"], row["question"], row["language"], codec.read(row["previous"]), row["reading"],
            row["edition"], tuple(json.loads(row["figures"])), tuple(json.loads(row["events"])),
            date.fromisoformat(row["asked_on"]), row["created"],
        )  # fmt: skip

    async def write(self, connection: AsyncConnection, kept: Sequence[Receipt]) -> None:
        """Keep them for a year; one that is there already stays as it is."""
        statement = upsert(self._database, receipts).on_conflict_do_nothing(index_elements=["id"])
        await connection.execute(
            statement,
            [
                {
                    "id": one.id, "chat": one.chat, "question": one.question, "language": one.language,
                    "previous": codec.dump(one.previous), "reading": one.reading, "edition": one.edition,
                    "figures": json.dumps(one.figures), "events": json.dumps(one.events),
                    "asked_on": one.asked_on.isoformat(), "created": one.created,
                }
                for one in kept
            ],
        )  # fmt: skip


async def tidy(database: Database) -> None:
    """Delete what has expired."""
    now = database.clock()
    async with database.write() as connection:
        await connection.execute(delete(conversations).where(conversations.c.expires <= now))
        await connection.execute(delete(answers).where(answers.c.expires <= now))
        await connection.execute(delete(receipts).where(receipts.c.created <= now - RECEIPTS_LAST))
