"""Updates on their way in: kept, handed on once, set aside if they cannot be read, and not answered twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import RequestData

from bot.intake import Intake
from bot.lanes import Lanes
from bot.local import API_URL, TOKEN
from bot.request import PatientRequest
from bot.state import State, open_state
from bot.wire import PlainRequest
from handlers.kept import Standing
from tests.bot.state.test_chats import talk
from tests.bot.state.test_inbox import raw


class House:
    """An intake, and what was handed on."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.got: list[int] = []
        self.intake = Intake(state, Bot(TOKEN, API_URL), self.deliver)

    async def deliver(self, update: Update) -> None:
        """Take an update."""
        self.got.append(update.update_id)


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    """An empty state."""
    async with open_state(None, tmp_path) as opened:
        yield opened


@pytest.fixture
def house(state: State) -> House:
    """A house."""
    return House(state)


def readable(number: int) -> dict[str, Any]:
    """An update that the library can read."""
    found = raw(number)
    found["message"] |= {
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 9, "is_bot": False, "first_name": "A"},
    }
    return found


async def test_each_is_handed_on_once(house: House) -> None:
    """Also if Telegram sends it again, or another process has taken it."""
    await house.intake.accept([readable(5), readable(6)])
    await house.intake.accept([readable(6), readable(7)])
    await House(house.state).intake.accept([readable(7)])
    assert house.got == [5, 6, 7]


async def test_one_that_cannot_be_read_is_set_aside(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Those behind it come; the log names it."""
    await house.intake.accept([readable(5), {"update_id": 6, "poll": {"id": "1"}}, readable(7)])
    assert house.got == [5, 7]
    assert "update 6 cannot be read" in caplog.text
    assert await house.state.inbox.count() == {"waiting": 2, "parked": 1}


async def test_what_cannot_be_kept_is_not_taken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fetched it is told, so that it is not confirmed."""

    async def full(*_: object) -> list[int]:
        raise OperationalError("x", None, Exception("disk full"))

    monkeypatch.setattr(house.state.inbox, "add", full)
    with pytest.raises(TelegramError, match="cannot be kept"):
        await house.intake.accept([readable(5)])
    assert house.got == []


async def test_what_was_left_is_handled_by_the_next_process(house: House) -> None:
    """What was done is not; what was being answered is not answered twice."""
    await house.intake.accept([readable(number) for number in (5, 6, 7)])

    async def nothing() -> None:
        """Work."""

    async def dies() -> None:
        await house.intake.before_sending()
        raise asyncio.CancelledError

    await house.intake.handle(Update(5), nothing())
    await house.state.flush()
    with pytest.raises(asyncio.CancelledError):
        await house.intake.handle(Update(6), dies())
    again = House(house.state)
    assert await again.intake.recover() == 1
    assert again.got == [7]


async def test_a_handler_that_fails_is_over_too(house: House) -> None:
    """Its user had an apology; it would fail again."""
    await house.intake.accept([readable(5)])

    async def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await house.intake.handle(Update(5), fails())
    await house.state.flush()
    assert await house.state.inbox.count() == {"done": 1}


async def test_the_mark_comes_before_the_first_message(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once an update, whatever is sent for it; what is no message needs none."""
    seen: list[tuple[str, dict[str, int]]] = []

    async def sent(_: object, url: str, *__: object, **___: object) -> tuple[int, bytes]:
        seen.append((url.rpartition("/")[2], await house.state.inbox.count()))
        return 200, b'{"ok": true, "result": true}'

    monkeypatch.setattr(PlainRequest, "do_request", sent)
    request, lanes = PatientRequest(), Lanes()
    request.before_sending, lanes.handle = house.intake.before_sending, house.intake.handle
    await house.intake.accept([readable(5)])

    async def work() -> None:
        for method in ("sendChatAction", "sendMessage", "sendMessage", "editMessageText"):
            await request.post(f"{API_URL}/{method}", RequestData())

    await lanes.process_update(Update(5), work())
    assert [method for method, _ in seen] == ["sendChatAction", "sendMessage", "sendMessage", "editMessageText"]
    assert [states for _, states in seen[:2]] == [{"waiting": 1}, {"answering": 1}]
    await house.state.flush()
    assert await house.state.inbox.count() == {"done": 1}


async def test_the_mark_joins_what_is_kept_anyway(house: House) -> None:
    """An answer costs one commit before it is sent, not two."""
    await house.intake.accept([readable(5)])

    async def work() -> None:
        await house.state.keep(Standing(1, 0, 7, talk("a"), 10))
        assert await house.state.inbox.count() == {"answering": 1}
        await house.intake.before_sending()

    await house.intake.handle(Update(5), work())
    await house.state.keep(Standing(1, 0, 8, talk("b"), 11))
    assert await house.state.inbox.count() == {"done": 1}
