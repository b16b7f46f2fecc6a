"""Serving Telegram: what happens at the start, and what ends it."""

import asyncio
import json
import logging
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from telegram.error import NetworkError

from bot.errors import FatalError
from bot.local import API_URL, TOKEN
from bot.polling import REFUSED, SECOND_POLLER
from bot.serve import serve
from bot.settings import Settings
from handlers import UPDATES
from tests.telegram_offline import OfflineRequest

PRIVATE = {"id": 1, "type": "private", "first_name": "A"}
PERSON = {"id": 1, "is_bot": False, "first_name": "A"}


def question(number: int, text: str = "What can you do?") -> dict[str, Any]:
    """An update with a question."""
    message = {"message_id": 1000 + number, "date": 1, "chat": PRIVATE, "from": PERSON, "text": text}
    return {"update_id": number, "message": message}


@pytest.fixture
def api(tmp_path: Path) -> OfflineRequest:
    """Telegram."""
    return OfflineRequest(tmp_path)


@pytest.fixture
def settings(store_path: Path, tmp_path: Path) -> Settings:
    """The settings of a process with a built store and a state of its own."""
    state = SecretStr(f"sqlite:///{tmp_path / 'state.db'}")
    return Settings(home=store_path.parent, api_url=API_URL, refresh_hour=None, state_url=state)


async def served(settings: Settings, api: OfflineRequest, number: int = signal.SIGTERM) -> None:
    """Serve until there is nothing more to fetch, then send the signal."""
    running = asyncio.create_task(serve(settings, TOKEN, api, api))
    idle = asyncio.create_task(api.idle.wait())
    await asyncio.wait((running, idle), return_when=asyncio.FIRST_COMPLETED)
    idle.cancel()
    if not running.done():
        api.batches.append([])  # for the last request, which confirms
        os.kill(os.getpid(), number)
    await running


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_answers_until_a_signal_and_then_ends_cleanly(
    settings: Settings, api: OfflineRequest, number: int
) -> None:
    """What was taken on is answered, and confirmed to Telegram."""
    api.batches = [[question(5), question(6)]]
    await served(settings, api, number)
    methods = [call.method for call in api.calls]
    assert methods[0] == "getMe"
    assert methods.index("deleteWebhook") < methods.index("getUpdates")
    assert methods.count("sendMessage") == 2
    first, *_, last = api.made("getUpdates")
    assert json.loads(first.asked["allowed_updates"]) == list(UPDATES)
    assert (last.asked["offset"], last.asked["timeout"]) == ("7", "0")


@pytest.mark.parametrize("fault", [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_refused_token_ends_it_with_one_line(
    settings: Settings, api: OfflineRequest, fault: tuple[int, str]
) -> None:
    """Which does not tell the token."""
    api.faults["getMe"].append(fault)
    with pytest.raises(FatalError) as caught:
        await served(settings, api)
    assert str(caught.value) == f"{REFUSED} (asked at local)"
    assert caught.value.__suppress_context__
    assert [call.method for call in api.calls] == ["getMe"]


async def test_no_network_ends_it_with_one_line(settings: Settings, api: OfflineRequest) -> None:
    """Which names the server, and not the token."""
    api.faults["getMe"].append(NetworkError("httpx.ConnectError: All connection attempts failed"))
    with pytest.raises(FatalError, match=r"^Telegram cannot be reached at local: httpx.ConnectError") as caught:
        await served(settings, api)
    assert TOKEN not in str(caught.value)


async def test_a_second_poller_ends_it_without_disturbing_the_other(settings: Settings, api: OfflineRequest) -> None:
    """No further request for updates is made."""
    api.batches = [[question(5)]]
    api.faults["getUpdates"] += [(502, "Bad Gateway"), (409, "Conflict: terminated by other getUpdates request")]
    with pytest.raises(FatalError) as caught:
        await served(settings, api)
    assert str(caught.value) == SECOND_POLLER
    assert len(api.made("getUpdates")) == 2


async def test_a_menu_that_cannot_be_set_does_not_matter(
    settings: Settings, api: OfflineRequest, caplog: pytest.LogCaptureFixture
) -> None:
    """It is one line in the log."""
    caplog.set_level(logging.WARNING)
    api.faults["setMyCommands"].append((400, "Bad Request: BOT_COMMAND_INVALID"))
    api.batches = [[question(5)]]
    await served(settings, api)
    assert len(api.made("sendMessage")) == 1
    assert "the menus of commands could not be set" in caplog.text
