"""The database itself: its address, its settings, its transactions."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import FatalError
from bot.state import State, open_state
from bot.state.database import Database, address, can_corrupt
from bot.state.migrate import migrate, shipped
from bot.state.tables import metadata
from tests.bot.state.conftest import Clock


def test_the_address(tmp_path: Path) -> None:
    """A file in the home folder by default; short forms are understood."""
    assert address(None, tmp_path).database == str(tmp_path / "state.db")
    assert address("sqlite:////tmp/x.db", tmp_path).drivername == "sqlite+aiosqlite"
    assert address("postgresql://u@h/d", tmp_path).drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["nothing", "mysql://h/d", "sqlite://", "sqlite:///:memory:", "postgresql://h"])
def test_an_address_of_no_use_is_refused(tmp_path: Path, url: str) -> None:
    """One line that names the variable."""
    with pytest.raises(FatalError, match=r"^WAYBILL_STATE_URL must"):
        address(url, tmp_path)


def test_a_password_is_not_told(tmp_path: Path) -> None:
    """Not in a repr, which ends up in logs."""
    assert "secret" not in repr(Database(address("postgresql://u:secret@127.0.0.1:9/d", tmp_path)))


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 46, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_which_sqlite_is_faulty(version: tuple[int, int, int], *, faulty: bool) -> None:
    """All before 3.51.3 but for the two patched lines."""
    assert can_corrupt(version) is faulty


@pytest.mark.parametrize(("version", "warned"), [((3, 40, 1), True), ((3, 51, 3), False)])
def test_a_faulty_sqlite_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], *, warned: bool
) -> None:
    """And no database of another kind."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert ("has a fault" in (Database(address(None, tmp_path)).warning() or "")) is warned
    assert Database(address("postgresql://h/d", tmp_path)).warning() is None


async def test_how_sqlite_is_set(tmp_path: Path) -> None:
    """As a database that must lose nothing and keep nothing it was told to delete."""
    async with open_state(None, tmp_path) as state:
        async with state.database.write() as connection:
            names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            values = [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in names]
        assert values == ["wal", 2, 1, 1]
        async with state.database.read() as connection:
            with pytest.raises(Exception, match="readonly"):
                await connection.exec_driver_sql("DELETE FROM chats")


async def test_a_writer_shuts_out_other_writers_at_once(tmp_path: Path) -> None:
    """BEGIN IMMEDIATE: another process learns at its begin that it has to wait, not half-way. Readers do not wait."""
    async with open_state(None, tmp_path) as state:
        other = sqlite3.connect(tmp_path / "state.db", timeout=0)
        try:
            async with state.database.write():
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN IMMEDIATE")
                assert await state.chats.get(1) is None
        finally:
            other.close()


async def test_transactions_do_not_mix(state: State) -> None:
    """Many at once: each is whole, and one that fails leaves nothing."""

    async def count_up(*, fails: bool) -> None:
        async with state.database.write() as connection:
            if not state.database.is_sqlite:
                await connection.execute(text("LOCK TABLE marks"))
            found = (await connection.execute(text("SELECT value FROM marks WHERE name = 'n'"))).scalar()
            await asyncio.sleep(0)
            await connection.execute(
                text(
                    "INSERT INTO marks VALUES ('n', :value, 0) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                ),
                {"value": str(int(found or 0) + 1)},
            )
            if fails:
                raise LookupError

    done = await asyncio.gather(*(count_up(fails=number % 3 == 0) for number in range(30)), return_exceptions=True)
    assert sum(isinstance(one, LookupError) for one in done) == 10
    found = await state.marks.get("n")
    assert found
    assert found[0] == "20"


async def test_the_time_of_the_server(url: str, tmp_path: Path) -> None:
    """Without a clock of the test, close to the time of this machine."""
    async with open_state(url, tmp_path) as state, state.database.read() as connection:
        assert abs(await state.database.now(connection) - state.database.clock()) < 5


async def test_all_steps_are_taken_once(url: str, tmp_path: Path) -> None:
    """In order, from nothing; the second time there is nothing to do."""
    database = Database(address(url, tmp_path))
    try:
        assert await migrate(database) == sorted(shipped())
        assert await migrate(database) == []
    finally:
        await database.close()


async def test_several_processes_may_start_at_once(url: str, tmp_path: Path) -> None:
    """One does the work, the others wait and find it done."""
    several = [Database(address(url, tmp_path)) for _ in range(5)]
    try:
        done = await asyncio.gather(*map(migrate, several))
        assert sorted(done, key=len) == [[], [], [], [], sorted(shipped())]
    finally:
        await asyncio.gather(*(one.close() for one in several))


async def test_a_step_that_fails_leaves_nothing(url: str, tmp_path: Path) -> None:
    """All steps are one transaction; mended, they go through."""
    database = Database(address(url, tmp_path))
    good = {"0001_a": "CREATE TABLE a (x INTEGER);", "0002_b": "CREATE TABLE b (x INTEGER); -- b"}
    try:
        with pytest.raises(Exception, match="syntax"):
            await migrate(database, good | {"0002_b": "CREATE TABLE b (x INTEGER); CREATE NONSENSE;"})
        assert await migrate(database, good) == ["0001_a", "0002_b"]
    finally:
        await database.close()


async def test_a_newer_database_is_not_touched(url: str, tmp_path: Path) -> None:
    """An older program would not know what it breaks."""
    database = Database(address(url, tmp_path))
    try:
        await migrate(database, dict(shipped()) | {"9000_later": "CREATE TABLE later (x INTEGER);"})
        with pytest.raises(FatalError, match=r"newer Waybill.*9000_later"):
            await migrate(database)
    finally:
        await database.close()


async def test_the_steps_lead_to_the_tables(new_address: Callable[[], str], tmp_path: Path) -> None:
    """What the steps make is what the code believes: tables, columns, types, nulls, keys, indexes."""
    by_steps, by_tables = (Database(address(new_address(), tmp_path)) for _ in range(2))
    try:
        await migrate(by_steps)
        async with by_tables.write() as connection:
            await connection.run_sync(metadata.create_all)
        assert await _shape(by_steps) == await _shape(by_tables)
    finally:
        await by_steps.close()
        await by_tables.close()


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """One clear line without the password."""
    with pytest.raises(FatalError, match="cannot be opened") as caught:
        async with open_state("postgresql://u:secret@127.0.0.1:9/d", tmp_path, Clock()):
            pass
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


_SAME = {"DOUBLE": "REAL", "DOUBLE PRECISION": "REAL", "DOUBLE_PRECISION": "REAL"}
"""Names of one type."""


async def _shape(database: Database) -> dict[str, object]:
    """A database's tables as values that can be compared."""
    from sqlalchemy import Connection, inspect  # noqa: PLC0415

    def look(connection: Connection) -> dict[str, object]:
        inspector = inspect(connection)
        return {
            name: {
                "columns": {
                    column["name"]: (_SAME.get(str(column["type"]), str(column["type"])), column["nullable"])
                    for column in inspector.get_columns(name)
                },
                "key": inspector.get_pk_constraint(name)["constrained_columns"],
                "unique": sorted(one["column_names"] for one in inspector.get_unique_constraints(name)),
                "indexes": sorted((one["name"] or "", one["column_names"]) for one in inspector.get_indexes(name)),
                "foreign": [one["constrained_columns"] for one in inspector.get_foreign_keys(name)],
            }
            for name in inspector.get_table_names()
            if name != "steps"
        }

    async with database.read() as connection:
        return await connection.run_sync(look)
