"""A Bot API that takes messages and does so badly: floods, server faults, lost answers, blocked and moved chats."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.wire import Fault, PlainRequest

MOVED_BY = 10_000_000
"""A chat that moved has this number less."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How often what goes wrong, as parts of one."""

    flood: float = 0.03
    fault: float = 0.03
    lost: float = 0.01
    """It was taken, and the answer did not arrive."""
    reset: float = 0.01
    """It was not taken: the connection could not be made."""
    blocked: float = 0.05
    """Of the chats."""
    moved: float = 0.01
    """Of the chats, if they are groups."""


class PostOffice(PlainRequest):
    """Every chat's messages, and when each request was made."""

    def __init__(self, odds: Odds, clock: Callable[[], float], seed: int = 1) -> None:
        super().__init__()
        self._odds, self._clock, self._dice, self._seed = odds, clock, random.Random(seed), seed  # noqa: S311
        self.got: defaultdict[int, Counter[str]] = defaultdict(Counter)
        """Texts by chat: the chat's old number counts."""
        self.in_doubt: Counter[tuple[int, str]] = Counter()
        """What was taken or not without the sender being told."""
        self.asked: list[tuple[float, int]] = []
        """Moment and chat of each request."""
        self.said: list[dict[str, Any]] = []
        """What was asked, as it was asked."""
        self.script: list[tuple[int, str, dict[str, Any]]] = []
        """Answers to give before chance decides: status, text, parameters."""
        self._number = 0

    def is_blocked(self, chat: int) -> bool:
        """Whether the bot can never write to a chat."""
        return self._chance(chat, "blocked") < self._odds.blocked

    def has_moved(self, chat: int) -> bool:
        """Whether a group has become another one."""
        return chat < 0 and self._chance(chat, "moved") < self._odds.moved

    async def initialize(self) -> None:
        """Nothing to open."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """One message."""
        assert method == "POST"
        assert request_data
        asked = {**request_data.json_parameters}
        chat, text = int(asked["chat_id"]), asked.get("text") or asked.get("caption") or ""
        self.asked.append((self._clock(), chat))
        self.said.append({"method": url.rpartition("/")[2], **asked})
        if self.script:
            status, told, parameters = self.script.pop(0)
            return _refusal(status, told, **parameters)
        return self.take(chat, text)

    def take(self, chat: int, text: str) -> tuple[int, bytes]:
        """What becomes of a message by chance: an answer, or a fault that is raised."""
        if self.is_blocked(chat):
            return _refusal(403, "Forbidden: bot was blocked by the user")
        if self.has_moved(chat) and chat > -MOVED_BY:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            return _refusal(400, text, migrate_to_chat_id=chat - MOVED_BY)
        drawn, odds = self._dice.random(), self._odds
        home = chat + MOVED_BY if chat <= -MOVED_BY else chat
        if drawn < odds.flood:
            return _refusal(429, "Too Many Requests: retry after 2", retry_after=2)
        if drawn < odds.flood + odds.fault:
            self.in_doubt[home, text] += 1
            return _refusal(502, "Bad Gateway")
        if drawn < odds.flood + odds.fault + odds.reset:
            raise NetworkError("x") from Fault("cannot connect", unsent=True)
        self.got[home][text] += 1
        self._number += 1
        if drawn < odds.flood + odds.fault + odds.reset + odds.lost:
            self.in_doubt[home, text] += 1
            raise TimedOut from Fault("no answer", unsent=False)
        return 200, json.dumps({"ok": True, "result": {"message_id": self._number}}).encode()

    def most_in(self, seconds: float, chat: int | None = None) -> int:
        """The most requests in any window of so many seconds."""
        moments = sorted(moment for moment, where in self.asked if chat in (None, where))
        most = first = 0
        for last, moment in enumerate(moments):
            while moments[first] <= moment - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most

    def _chance(self, chat: int, what: str) -> float:
        return random.Random(f"{self._seed} {what} {chat}").random()  # noqa: S311 - the same for a chat every time


def _refusal(status: int, text: str, **parameters: Any) -> tuple[int, bytes]:
    told = {"ok": False, "error_code": status, "description": text, "parameters": parameters}
    return status, json.dumps(told).encode()
