"""What the process keeps for itself: leases, single values, pictures that Telegram has, what admins did."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, delete, insert, or_, select, update

from bot.state.chats import upsert
from bot.state.database import Database
from bot.state.tables import audit, files, leases, marks


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do what only one process may do, until a moment."""

    name: str
    owner: str
    fence: int
    """Grows with each new owner: work that shows an older number is not by whoever holds the lease now."""
    until: float


class Leases:
    """Who may do what only one process may do at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, name: str, owner: str, seconds: float) -> Lease | None:
        """Take the lease or make it longer; None while another owner has it."""
        async with self._database.write() as connection:
            now = await self._database.now(connection)
            fence = leases.c.fence + case((leases.c.owner == owner, 0), else_=1)
            statement = upsert(self._database, leases).values(name=name, owner=owner, fence=1, until=now + seconds)
            row = await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["name"],
                    set_={"owner": owner, "fence": fence, "until": now + seconds},
                    where=or_(leases.c.owner == owner, leases.c.until <= now),
                ).returning(leases)
            )
            found = row.mappings().first()
        return Lease(**found) if found else None

    async def holds(self, lease: Lease) -> bool:
        """True as long as it is still this lease that counts."""
        query = select(leases.c.until).where(
            leases.c.name == lease.name, leases.c.owner == lease.owner, leases.c.fence == lease.fence
        )
        async with self._database.read() as connection:
            until = (await connection.execute(query)).scalar()
            return until is not None and until > await self._database.now(connection)

    async def give_back(self, lease: Lease) -> None:
        """Let others have it at once; its fence goes on counting."""
        async with self._database.write() as connection:
            await connection.execute(
                update(leases)
                .where(leases.c.name == lease.name, leases.c.owner == lease.owner, leases.c.fence == lease.fence)
                .values(until=0)
            )


class Marks:
    """Single values by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> tuple[str, float] | None:
        """The value, and when it was set."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(marks.c.value, marks.c.changed).where(marks.c.name == name))).first()
        return (row[0], row[1]) if row else None

    async def put(self, name: str, value: str) -> None:
        """Set a value."""
        change = {"value": value, "changed": self._database.clock()}
        async with self._database.write() as connection:
            await connection.execute(
                upsert(self._database, marks)
                .values(name=name, **change)
                .on_conflict_do_update(index_elements=["name"], set_=change)
            )


class Files:
    """Pictures that Telegram already has, by what they show."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, picture: str) -> str | None:
        """Telegram's id of the file."""
        async with self._database.read() as connection:
            return (await connection.execute(select(files.c.file_id).where(files.c.picture == picture))).scalar()

    async def put(self, picture: str, file_id: str) -> None:
        """Remember that Telegram has the picture."""
        change = {"file_id": file_id, "used": self._database.clock()}
        async with self._database.write() as connection:
            await connection.execute(
                upsert(self._database, files)
                .values(picture=picture, **change)
                .on_conflict_do_update(index_elements=["picture"], set_=change)
            )

    async def forget(self, picture: str) -> None:
        """Telegram does not know the file (any more)."""
        async with self._database.write() as connection:
            await connection.execute(delete(files).where(files.c.picture == picture))


class Audit:
    """Who did what, when: only what changes the bot for everybody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, who: int, what: str, detail: str) -> None:
        """Write one line."""
        row = {"moment": self._database.clock(), "who": who, "what": what, "detail": detail}
        async with self._database.write() as connection:
            await connection.execute(insert(audit), row)

    async def latest(self, limit: int = 20) -> list[tuple[float, int, str, str]]:
        """The newest lines first."""
        query = select(audit.c.moment, audit.c.who, audit.c.what, audit.c.detail).order_by(audit.c.id.desc())
        async with self._database.read() as connection:
            return [tuple(row) for row in await connection.execute(query.limit(limit))]
