"""Jobs beside the answering: they run as long as it does, and one that fails is not lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.beside import beside, until
from bot.state import State, open_state
from bot.state.mail import Message
from bot.state.talks import TALK_LASTS
from bot.tidying import tidying
from handlers.kept import Standing
from tests.bot.state.conftest import Clock
from tests.bot.state.test_chats import talk


async def test_a_job_is_told_to_stop_at_the_end() -> None:
    """And may finish what it has begun."""
    said: list[str] = []

    async def job(stop: asyncio.Event) -> None:
        said.append("begun")
        await stop.wait()
        said.append("ended")

    async with beside({"a job": job}):
        await asyncio.sleep(0)
        assert said == ["begun"]
    assert said == ["begun", "ended"]


async def test_one_that_hangs_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process must end."""
    monkeypatch.setattr("bot.beside._GRACE", 0.01)

    async def job(_: asyncio.Event) -> None:
        await asyncio.Event().wait()

    async with beside({"a job": job}):
        await asyncio.sleep(0)


async def test_one_that_fails_begins_anew(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """With a line in the log; the others do not notice."""
    monkeypatch.setattr("bot.beside.PAUSE", 0.001)
    again = asyncio.Event()
    times = 0

    async def job(stop: asyncio.Event) -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise ZeroDivisionError
        again.set()
        await stop.wait()

    async with beside({"a job": job}):
        await again.wait()
    assert times == 2
    assert "a job failed and begins anew" in caplog.text


async def test_waiting_ends_with_the_event() -> None:
    """Or with the time."""
    stop = asyncio.Event()
    assert not await until(stop, 0.001)
    stop.set()
    assert await until(stop, 3600)


@pytest.fixture
async def state(tmp_path: Path, clock: Clock) -> AsyncIterator[State]:
    """An empty state."""
    async with open_state(None, tmp_path, clock) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    """The time of the test."""
    return Clock()


async def test_what_has_expired_is_deleted(state: State, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anybody asking."""
    await state.keep(Standing(1, 0, 7, talk("a"), 10))
    await state.outbox.put([Message(1, "a", {"text": "x"})])
    clock.now += TALK_LASTS + 1
    hours = iter([False, True])

    async def an_hour(*_: object) -> bool:
        return next(hours)

    monkeypatch.setattr("bot.tidying.until", an_hour)
    await tidying(state)(asyncio.Event())
    assert await _kept(state) == 0
    assert await state.outbox.count() == {"pending": 1}


async def _kept(state: State) -> int:
    async with state.database.read() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM conversations")).scalar_one())
