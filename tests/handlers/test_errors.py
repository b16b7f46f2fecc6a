"""When something breaks: one apology with an id, the trace under the same id in the log, no text of the user's."""

import logging
import re

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import Person


async def test_a_fault_of_ours_is_apologised_for_once(
    person: Person, desk: ScriptedDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """The user gets an id, the log the same id with the trace."""
    desk.error = ZeroDivisionError("inside")
    (call,) = await person.says("a private matter")
    found = re.search(r"error ([0-9a-f]{8})", call.text)
    assert found
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert found[1] in record.getMessage()
    assert record.exc_info
    assert "ZeroDivisionError: inside" in caplog.text
    assert "private matter" not in caplog.text


async def test_a_press_that_fails_is_apologised_for(person: Person, desk: ScriptedDesk) -> None:
    """The spinner stops, and the apology is a message."""
    await person.says("one")
    desk.error = ZeroDivisionError()
    assert [call.method for call in await person.presses("A year earlier")] == ["answerCallbackQuery", "sendMessage"]


@pytest.mark.parametrize(
    ("fault", "level"),
    [
        ((403, "Forbidden: bot was blocked by the user"), logging.INFO),
        ((403, "Forbidden: user is deactivated"), logging.INFO),
        (TimedOut(), logging.WARNING),
        (NetworkError("httpx.ReadError: "), logging.WARNING),
        ((500, "Internal Server Error"), logging.WARNING),
        (TelegramError("an answer that is no JSON"), logging.WARNING),
        ((429, "Too Many Requests: retry after 9999"), logging.WARNING),
    ],
)
async def test_faults_of_the_network_are_one_line(
    person: Person, caplog: pytest.LogCaptureFixture, fault: tuple[int, str] | Exception, level: int
) -> None:
    """No trace, and no apology that would fail in the same way."""
    caplog.set_level(logging.INFO)
    person.api.faults["sendMessage"].append(fault)
    assert len(await person.says("one")) == 1
    (record,) = [record for record in caplog.records if record.name.startswith("handlers")]
    assert record.levelno == level
    assert not record.exc_info


async def test_an_apology_that_fails_is_the_end_of_it(
    person: Person, desk: ScriptedDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """No loop of apologies."""
    desk.error = ZeroDivisionError()
    person.api.faults["sendMessage"].append((403, "Forbidden: bot was blocked by the user"))
    assert len(await person.says("one")) == 1
    assert "no apology could be sent" in caplog.text


async def test_a_refusal_by_telegram_is_our_fault(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """A request that Telegram calls bad is a bug: apology, id, trace."""
    person.api.faults["sendMessage"].append((400, "Bad Request: message is too long"))
    _, apology = await person.says("one")
    assert "something went wrong" in apology.text
    assert "BadRequest" in caplog.text


async def test_admins_get_the_id_and_the_trace(person: Person, desk: ScriptedDesk) -> None:
    """Places and kinds; nothing that somebody wrote, whatever the error says; the same fault once in a while."""
    person.services.admins = frozenset({50, 51})
    desk.error = KeyError("a private matter")
    desk.error.__cause__ = ValueError("a private matter: 5")
    apology, first, second = await person.says("a private matter")
    found = re.search(r"error ([0-9a-f]{8})", apology.text)
    assert found
    assert (first.asked["chat_id"], second.asked["chat_id"]) == (50, 51)
    assert first.text.startswith(f"<b>Error {found[1]}</b> in update ")
    assert "handlers/ask.py:" in first.text
    assert first.text.endswith("KeyError</pre>")
    assert "<pre>ValueError\n" in first.text
    assert "private" not in first.text
    desk.error = KeyError("another matter")
    desk.error.__cause__ = ValueError()
    assert len(await person.says("a private matter")) == 1


async def test_what_telegram_says_is_told(person: Person) -> None:
    """It is no text of anybody."""
    person.services.admins = frozenset({50})
    person.api.faults["sendMessage"].append((400, "Bad Request: BUTTON_DATA_INVALID"))
    _, _, told = await person.says("one")
    assert told.text.endswith("BadRequest: Button_data_invalid</pre>")


async def test_an_admin_who_cannot_be_told_stops_nobody(person: Person, desk: ScriptedDesk) -> None:
    """The others are told, the user has the apology."""
    person.services.admins = frozenset({50, 51})
    desk.error = ZeroDivisionError()
    person.api.faults["sendMessage"] += [TimedOut(), (403, "Forbidden: bot was blocked by the user")]
    assert [call.asked["chat_id"] for call in await person.says("one")] == [1, 50, 51]
