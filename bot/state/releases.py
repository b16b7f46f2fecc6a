"""When the bot first saw what it tells of by itself: figures as they stood, and reports."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.tables import releases
from handlers.kept import Seen

_PART = "|"


class Releases:
    """States of a subject, each by what it is of: a quarter with its figure, a report."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, subject: str, states: Mapping[str, str]) -> list[Seen]:
        """Keep the states that are not the last known ones; all that is known of the subject then, oldest first."""
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            query = select(releases).where(releases.c.subject == subject).order_by(releases.c.enqueued)
            rows = (await connection.execute(query)).all()
            known = [Seen(row.period, row.version.partition(_PART)[2], row.enqueued) for row in rows]
            last = {one.of: one.state for one in known}
            count = len(known)
            new = [Seen(of, state, now) for of, state in states.items() if last.get(of) != state]
            if new:
                values = [
                    {"subject": subject, "period": one.of, "version": f"{count}{_PART}{one.state}", "enqueued": now}
                    for one in new
                ]
                await connection.execute(upsert(self._database, releases).on_conflict_do_nothing(), values)
        return [*known, *new]
