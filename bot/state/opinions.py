"""What people thought of answers, and the questions that had none."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.tables import feedback, unanswered, waiting
from handlers.kept import Unanswered

OPEN = "open"
_SHOWN = [unanswered.c[name] for name in ("id", "question", "language", "trouble", "times", "state", "note")]


class Feedback:
    """Thumbs and comments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, receipt: str, person: int, verdict: int, comment: str | None = None) -> None:
        """Keep one person's opinion of an answer in the place of what they said before; a comment stays."""
        row = {"receipt": receipt, "person": person, "verdict": verdict, "comment": comment}
        change: dict[str, object] = {"verdict": verdict} if verdict else {}
        if comment is not None:
            change["comment"] = comment
        statement = upsert(self._database, feedback).values(**row, created=self._database.clock())
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["receipt", "person"], set_=change)
                if change
                else statement.on_conflict_do_nothing()
            )

    async def count(self) -> tuple[int, int, int]:
        """How many thumbs up, thumbs down, and comments there are."""
        query = select(
            func.count().filter(feedback.c.verdict > 0),
            func.count().filter(feedback.c.verdict < 0),
            func.count(feedback.c.comment),
        )
        async with self._database.read() as connection:
            up, down, comments = (await connection.execute(query)).one()
        return up, down, comments


class Questions:
    """Questions that had no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, folded: str, language: str, question: str, trouble: str) -> int:
        """Count one more time that a question had no answer; its id."""
        now = self._database.clock()
        statement = upsert(self._database, unanswered).values(
            folded=folded, language=language, question=question, trouble=trouble, times=1, state=OPEN, created=now,
            changed=now,
        )  # fmt: skip
        change = {"times": unanswered.c.times + 1, "trouble": trouble, "changed": now}
        async with self._database.write() as connection:
            found = await connection.execute(
                statement.on_conflict_do_update(index_elements=["folded", "language"], set_=change).returning(
                    unanswered.c.id
                )
            )
            return int(found.scalar_one())

    async def get(self, number: int) -> Unanswered | None:
        """One question."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(*_SHOWN).where(unanswered.c.id == number))).mappings().first()
        return Unanswered(**row) if row else None

    async def first(self, state: str = OPEN, skip: int = 0) -> tuple[Unanswered | None, int]:
        """The question asked most often, or the one `skip` places behind it, and how many there are."""
        where = unanswered.c.state == state
        query = select(*_SHOWN).where(where).order_by(unanswered.c.times.desc(), unanswered.c.id)
        async with self._database.read() as connection:
            row = (await connection.execute(query.offset(skip).limit(1))).mappings().first()
            count = (await connection.execute(select(func.count()).where(where))).scalar_one()
        return (Unanswered(**row) if row else None), int(count)

    async def every(self, *states: str) -> list[Unanswered]:
        """The questions in some states, for asking them again after the facts have changed."""
        query = select(*_SHOWN).where(unanswered.c.state.in_(states)).order_by(unanswered.c.id)
        async with self._database.read() as connection:
            return [Unanswered(**row) for row in (await connection.execute(query)).mappings()]

    async def decide(self, number: int, state: str, note: str | None = None) -> None:
        """What a curator made of it."""
        change = {"state": state, "note": note, "changed": self._database.clock()}
        async with self._database.write() as connection:
            await connection.execute(update(unanswered).where(unanswered.c.id == number).values(change))

    async def wait(self, number: int, chat: int) -> None:
        """A chat agreed to be told when there is an answer."""
        row = {"unanswered": number, "chat": chat, "created": self._database.clock()}
        async with self._database.write() as connection:
            await connection.execute(upsert(self._database, waiting).values(row).on_conflict_do_nothing())

    async def unwait(self, chat: int) -> int:
        """A chat does not want to be told any more; of how many questions that was."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(waiting).where(waiting.c.chat == chat))).rowcount

    async def tell(self, number: int) -> list[int]:
        """The chats that agreed to be told, each given out once."""
        async with self._database.write() as connection:
            found = await connection.execute(
                delete(waiting).where(waiting.c.unanswered == number).returning(waiting.c.chat)
            )
            return sorted(found.scalars())
