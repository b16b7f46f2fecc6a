"""Long polling that goes on, steps over what it cannot read, and ends when it must."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.errors import FatalError
from bot.local import API_URL, TOKEN
from bot.polling import REFUSALS, REFUSED, SECOND_POLLER, Poller
from tests.telegram_offline import Call, OfflineRequest

CONFLICT = (409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")


def raw(number: int) -> dict[str, Any]:
    """An update with a message."""
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"},
    }


class Polling:
    """A poller over an offline request, and what it handed on."""

    def __init__(self, folder: Path) -> None:
        self.request = OfflineRequest(folder)
        self.got: list[int] = []
        self.full: list[str] = []
        """Why the next updates cannot be taken."""
        self.stop = asyncio.Event()
        bot = Bot(TOKEN, API_URL, request=self.request, get_updates_request=self.request)
        self.poller = Poller(bot, self.request, self._deliver, ["message"], pauses=(0.0,))

    async def _deliver(self, raws: Sequence[Mapping[str, Any]]) -> None:
        if self.full:
            raise TelegramError(self.full.pop())
        self.got += [raw["update_id"] for raw in raws]

    async def until_idle(self) -> None:
        """Run until there is nothing more to fetch, then stop."""
        running = asyncio.create_task(self.poller.run(self.stop))
        idle = asyncio.create_task(self.request.idle.wait())
        await asyncio.wait((running, idle), return_when=asyncio.FIRST_COMPLETED)
        idle.cancel()
        self.stop.set()
        await running

    @property
    def polls(self) -> list[Call]:
        """What was asked."""
        return self.request.made("getUpdates")


@pytest.fixture
def polling(tmp_path: Path) -> Polling:
    """A poller."""
    return Polling(tmp_path)


async def test_updates_are_handed_on_once_and_in_order(polling: Polling) -> None:
    """Each request confirms what came before it, and names the kinds that are wanted."""
    polling.request.batches = [[raw(5), raw(6)], [], [raw(9)]]
    await polling.until_idle()
    assert polling.got == [5, 6, 9]
    assert [call.asked.get("offset") for call in polling.polls] == [None, "7", "7", "10"]
    assert {call.asked["allowed_updates"] for call in polling.polls} == {json.dumps(["message"])}


async def test_the_last_updates_are_confirmed_at_the_end(polling: Polling) -> None:
    """Else they would come again at the next start; a fault then is one line."""
    polling.request.batches = [[raw(5)]]
    await polling.until_idle()
    polling.request.batches = [[]]
    await polling.poller.confirm()
    assert (polling.polls[-1].asked["offset"], polling.polls[-1].asked["timeout"]) == ("6", "0")
    polling.request.faults["getUpdates"].append(TimedOut())
    await polling.poller.confirm()


async def test_nothing_is_confirmed_that_never_came(polling: Polling) -> None:
    """Without updates there is nothing to say."""
    await polling.until_idle()
    await polling.poller.confirm()
    assert len(polling.polls) == 1


async def test_what_could_not_be_taken_is_fetched_again(polling: Polling) -> None:
    """It is not confirmed."""
    polling.full = ["updates cannot be kept"]
    polling.request.batches = [[raw(5)], [raw(5), raw(6)]]
    await polling.until_idle()
    assert polling.got == [5, 6]
    assert [call.asked.get("offset") for call in polling.polls] == [None, None, "7"]


@pytest.mark.parametrize(
    "fault",
    [
        NetworkError("httpx.ConnectError"),
        TimedOut(),
        (502, "Bad Gateway"),
        (500, "Internal Server Error"),
        (404, "Not Found"),
        TimeoutError(),
    ],
    ids=str,
)
async def test_faults_that_pass_are_waited_out(
    polling: Polling, caplog: pytest.LogCaptureFixture, fault: tuple[int, str] | Exception
) -> None:
    """A line each, then it goes on where it was; a single 404 is a proxy's bad day, not the end."""
    caplog.set_level(logging.INFO)
    polling.request.batches = [[raw(5)], [raw(6)]]
    polling.request.faults["getUpdates"] += [fault, fault]
    await polling.until_idle()
    assert polling.got == [5, 6]
    lines = [record for record in caplog.records if record.name == "bot.polling"]
    assert [record.levelno for record in lines] == [logging.WARNING, logging.WARNING, logging.INFO]
    assert not any(record.exc_info for record in lines)


async def test_a_second_poller_ends_it(polling: Polling) -> None:
    """Two would take each other's updates."""
    polling.request.faults["getUpdates"].append(CONFLICT)
    with pytest.raises(FatalError, match="409") as caught:
        await polling.until_idle()
    assert str(caught.value) == SECOND_POLLER


async def test_a_token_that_stays_refused_ends_it(polling: Polling) -> None:
    """It was taken back."""
    polling.request.faults["getUpdates"] += [(401, "Unauthorized")] * REFUSALS
    with pytest.raises(FatalError) as caught:
        await polling.until_idle()
    assert str(caught.value) == REFUSED
    assert TOKEN not in str(caught.value)


async def test_other_faults_in_between_are_no_refusals(polling: Polling) -> None:
    """Only refusals in a row count."""
    between: list[tuple[int, str] | Exception] = [(401, "Unauthorized"), TimedOut()]
    polling.request.faults["getUpdates"] += between * REFUSALS
    await polling.until_idle()
    assert len(polling.polls) == 2 * REFUSALS + 1


async def test_it_stops_in_the_middle_of_a_long_poll(polling: Polling) -> None:
    """And in the middle of a pause."""
    running = asyncio.create_task(polling.poller.run(polling.stop))
    await polling.request.idle.wait()
    polling.stop.set()
    await asyncio.wait_for(running, 5)
    paused = Polling(Path())
    paused.poller._pauses = (3600.0,)
    paused.request.faults["getUpdates"].append(TimedOut())
    running = asyncio.create_task(paused.poller.run(paused.stop))
    await paused.request.called["getUpdates"].wait()
    paused.stop.set()
    await asyncio.wait_for(running, 5)
