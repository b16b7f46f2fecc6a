"""Every fault of Telegram that is known by its text, and what is done about it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.faults import Act, verdict
from bot.wire import Fault
from tests.telegram_offline import OfflineRequest

TEXTS = [
    (403, "Forbidden: bot was blocked by the user", Act.SHUT),
    (403, "Forbidden: user is deactivated", Act.SHUT),
    (403, "Forbidden: bot can't initiate conversation with a user", Act.SHUT),
    (403, "Forbidden: the group chat was deleted", Act.SHUT),
    (403, "Forbidden: bot was kicked from the group chat", Act.SHUT),
    (403, "Forbidden: bot was kicked from the supergroup chat", Act.SHUT),
    (403, "Forbidden: bot was kicked from the channel chat", Act.SHUT),
    (403, "Forbidden: bot is not a member of the supergroup chat", Act.SHUT),
    (403, "Forbidden: bot is not a member of the channel chat", Act.SHUT),
    (403, "Forbidden: something that was never heard of", Act.SHUT),
    (400, "Bad Request: not enough rights to send text messages to the chat", Act.SUSPEND),
    (400, "Bad Request: have no write access to the chat", Act.SUSPEND),
    (400, "Bad Request: TOPIC_CLOSED", Act.SUSPEND),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Act.SUSPEND),
    (400, "Bad Request: not enough rights to send photos to the chat", Act.NO_PICTURE),
    (400, "Bad Request: chat not found", Act.MISSING),
    (400, "Bad Request: message thread not found", Act.NO_TOPIC),
    (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 1', Act.PLAIN),
    (400, "Bad Request: message is too long", Act.REFUSED),
    (400, "Bad Request: text is too long", Act.REFUSED),
    (400, "Bad Request: BUTTON_DATA_INVALID", Act.REFUSED),
    (400, "Bad Request: something that was never heard of", Act.UNKNOWN),
    (401, "Unauthorized", Act.TOKEN),
    (404, "Not Found", Act.TOKEN),
    (500, "Internal Server Error: restart", Act.DOUBT),
    (502, "Bad Gateway", Act.DOUBT),
]


class Answers(OfflineRequest):
    """A server that answers every request the same way."""

    def __init__(self, status: int, body: bytes) -> None:
        self.answer = status, body

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        """The answer."""
        return self.answer


async def error_of(status: int, text: str, **parameters: object) -> TelegramError:
    """What the library makes of an answer."""
    body = {"ok": False, "error_code": status, "description": text, "parameters": parameters}
    with pytest.raises(TelegramError) as caught:
        await Answers(status, json.dumps(body).encode()).post("http://127.0.0.1/bot1:x/sendMessage")
    return caught.value


@pytest.mark.parametrize(("status", "text", "act"), TEXTS)
@pytest.mark.parametrize("change", [str, str.lower, str.upper], ids=["as it is", "lower", "upper"])
async def test_by_its_text(status: int, text: str, act: Act, change: type[str]) -> None:
    """As the library hands it on, in whatever case."""
    found = verdict(await error_of(status, change(text)))
    assert found.act is act
    assert found.why


async def test_what_telegram_says_beside() -> None:
    """When to come again, and where a group has gone."""
    waiting = verdict(await error_of(429, "Too Many Requests: retry after 10072", retry_after=10072))
    assert (waiting.act, waiting.wait) == (Act.WAIT, 10072)
    assert verdict(RetryAfter(timedelta(seconds=3))).wait == 3
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    moved = verdict(await error_of(400, text, migrate_to_chat_id=-100123))
    assert (moved.act, moved.moved_to) == (Act.MOVED, -100123)
    assert isinstance(await error_of(400, text, migrate_to_chat_id=-1), ChatMigrated)


@pytest.mark.parametrize(
    ("error", "cause", "act"),
    [
        (NetworkError("x"), Fault("refused", unsent=True), Act.AGAIN),
        (NetworkError("x"), Fault("reset by peer", unsent=False), Act.DOUBT),
        (TimedOut(), Fault("no answer", unsent=False), Act.DOUBT),
        (TimedOut(), Fault("no connection", unsent=True), Act.AGAIN),
        (TelegramError("an answer that is no JSON"), None, Act.DOUBT),
        (Conflict("x"), None, Act.DOUBT),
        (TimeoutError(), None, Act.DOUBT),
        (BadRequest("never heard of"), None, Act.UNKNOWN),
        (Forbidden("never heard of"), None, Act.SHUT),
    ],
)
def test_by_its_class(error: Exception, cause: Exception | None, act: Act) -> None:
    """What surely was not sent can be sent again; what may have been is in doubt."""
    error.__cause__ = cause
    assert verdict(error).act is act


def test_the_token_is_not_told() -> None:
    """The library puts it into the text of the error."""
    assert verdict(InvalidToken("The token `123:abc` was rejected")).why == "the token was refused"


def test_our_own_mistakes_are_no_faults() -> None:
    """They are raised."""
    with pytest.raises(ZeroDivisionError):
        verdict(ZeroDivisionError())
