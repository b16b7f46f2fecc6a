"""Requests to Telegram that are made again where that is safe and of use."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from telegram.error import NetworkError, TelegramError

from bot.wire import Fault, PlainRequest

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each further attempt."""
LONGEST_WAIT = 20
"""Seconds that an answer waits at most when Telegram says when to come back; later, nobody waits for it any more."""
_FLOOD, _SERVER_FAULT = 429, 500
_TYPING = "sendChatAction"
"""It leaves nothing in the chat."""


class PatientRequest(PlainRequest):
    """Requests with patience for faults that pass.

    Made again: what did not reach Telegram, what Telegram could not serve (5xx), what came too fast (429, after the
    time it names), and any fault of a request that can be repeated without harm. A message whose sending broke off
    may have arrived, and Telegram has no way to ask; it is not sent again. Each fault is one line in the log.
    """

    __slots__ = ("_made", "_pauses", "before_sending")

    def __init__(self, pauses: Sequence[float] = PAUSES, **timeouts: float) -> None:
        # Telegram itself waits up to 8 s before it reports a flood: with a few seconds to read, messages would be
        # counted as failed that arrive. The defaults leave it 30.
        super().__init__(64, **timeouts)
        self._pauses = tuple(pauses)
        self._made = 0
        self.before_sending: Callable[[], Awaitable[None]] = _at_once
        """Is waited for before a message is sent."""

    def made(self) -> int:
        """How many messages were sent since this was asked last."""
        made, self._made = self._made, 0
        return made

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One request, as often as it takes; the last outcome counts."""
        if method_name(url).startswith("send") and method_name(url) != _TYPING:
            self._made += 1
            await self.before_sending()
        for pause in self._pauses:
            wait = pause
            try:
                status, body = await super().do_request(url, method, *args, **kwargs)
            except NetworkError as error:
                if method_name(url).startswith("send") and not _unsent(error):
                    raise
                why = reason(error)
            else:
                if status != _FLOOD and status < _SERVER_FAULT:
                    return status, body
                wait = _retry_after(body, pause) if status == _FLOOD else pause
                if wait > LONGEST_WAIT:
                    return status, body
                why = f"status {status}"
            log.warning("%s: %s; again in %g s", method_name(url), why, wait)
            await asyncio.sleep(wait)
        return await super().do_request(url, method, *args, **kwargs)


async def _at_once() -> None:
    """Nothing has to come first."""


def method_name(url: str) -> str:
    """The Bot API method that an address calls: the part without the token."""
    return urlsplit(url).path.rpartition("/")[2]


def reason(error: TelegramError) -> str:
    """Why a request failed, in a few words."""
    cause = error.__cause__
    return str(cause) if isinstance(cause, Fault) else error.message


def _unsent(error: NetworkError) -> bool:
    return isinstance(error.__cause__, Fault) and error.__cause__.unsent


def _retry_after(body: bytes, default: float) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return default
