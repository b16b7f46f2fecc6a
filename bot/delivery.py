"""Outbox to Telegram: one request after the other, each at its moment, and what comes of each is kept."""

from __future__ import annotations

import asyncio
import html
import logging
import random
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from telegram import InputFile
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.faults import NOT_HERE, Act, Verdict, verdict
from bot.state import State
from bot.state.mail import Message, Row

log = logging.getLogger(__name__)
BATCH = 27
"""Rows that are leased at once: about a second's."""
AT_ONCE = 30
"""Requests under way at once."""
UNDER_WAY = "a message that is being sent"
LOOK_EVERY = 5.0
"""Seconds after which the outbox is looked at even if nothing was said to be in it."""
DAY = 86_400.0
MOST_ATTEMPTS = 5
_PAUSES = (2.0, 10.0, 60.0, 300.0)
_JITTER = 0.5
_WINDOW, _COMPLAINTS = 30, 8
"""So many complaints about speed among so many requests mean all of them, not single chats."""
_FASTER, _SLOWER = 1.1, 0.5
_TAG = re.compile(r"<[^>]*>")


class Sender:
    """Sends what is in the outbox until it is told to stop. Any number may run, in any number of processes."""

    def __init__(
        self,
        state: State,
        base_url: str,
        request: BaseRequest,
        owner: str,
        pictures: Path,
        *,
        besides: Callable[[], int] = lambda: 0,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._state, self._url, self._request, self._owner = state, base_url, request, owner
        self._pictures, self._besides, self._clock, self._sleep = pictures, besides, clock, sleep
        self._lately: deque[bool] = deque(maxlen=_WINDOW)
        self._slowed = False
        self._places = asyncio.Semaphore(AT_ONCE)
        self.wake = asyncio.Event()
        """Set by whoever has put something in the outbox."""

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; what is under way then is finished, the rest is given back."""
        async with asyncio.TaskGroup() as tasks:
            while not stop.is_set():
                rows = await self._state.outbox.take(self._owner, BATCH, self._besides())
                for number, row in enumerate(rows):
                    await self._places.acquire()
                    await self._sleep(max(0.0, row.slot - self._clock()))
                    if stop.is_set():
                        self._places.release()
                        await self._state.outbox.give_back(rows[number:])
                        return
                    tasks.create_task(self._one(row), name=UNDER_WAY)
                if not rows:
                    await self._idle(stop)

    async def _idle(self, stop: asyncio.Event) -> None:
        """Wait until there may be something to send."""
        due = await self._state.outbox.next_due()
        wait = LOOK_EVERY if due is None else min(max(due - self._clock(), 0.05), LOOK_EVERY)
        waiting = [asyncio.ensure_future(work) for work in (stop.wait(), self.wake.wait(), self._sleep(wait))]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        self.wake.clear()

    async def _one(self, row: Row) -> None:
        try:
            if not await self._state.outbox.sending(row):
                return
            try:
                number = await self._post(row.message)
            except (TelegramError, TimeoutError) as error:
                found = verdict(error)
                await self._pace(complaint=found.act is Act.WAIT)
                await self._failed(row, found)
            else:
                await self._pace(complaint=False)
                await self._state.outbox.sent(row, number)
        finally:
            self._places.release()

    async def _post(self, message: Message) -> int:
        """Make the request; the id of the message that it made."""
        parameters = {"chat_id": message.chat, **message.parameters}
        if message.topic:
            parameters["message_thread_id"] = message.topic
        if message.picture:
            try:
                content = await asyncio.to_thread((self._pictures / message.picture).read_bytes)
            except FileNotFoundError:  # another machine drew it
                raise BadRequest(NOT_HERE) from None
            parameters["photo"] = InputFile(content, message.picture, attach=True)
        given = [RequestParameter.from_input(name, value) for name, value in parameters.items() if value is not None]
        made = await self._request.post(f"{self._url}/{message.method}", RequestData(given))
        if not isinstance(made, Mapping) or "message_id" not in made:
            raise TelegramError("an answer that is no message")
        return int(cast("Mapping[str, Any]", made)["message_id"])

    async def _failed(self, row: Row, found: Verdict) -> None:
        """Keep what the fault means for the row and for its chat."""
        if found.act in (Act.MOVED, Act.SHUT, Act.MISSING, Act.NO_TOPIC):
            await self._of_chat(row, found)
        elif found.act is Act.PLAIN and "parse_mode" in row.message.parameters:
            log.error("markup that Telegram refuses is sent as plain text: %s", found.why)
            await self._state.outbox.again(row, 0, found.why, instead=_plain(row.message))
        elif found.act is Act.NO_PICTURE and row.message.method == "sendPhoto":
            await self._state.outbox.again(row, 0, found.why, instead=_words(row.message))
        else:
            await self._later(row, found)

    async def _later(self, row: Row, found: Verdict) -> None:
        """Try again in a while where that can help; else the message ends here."""
        again = self._state.outbox.again
        pause = _PAUSES[min(row.attempts, len(_PAUSES) - 1)] + random.uniform(0, _JITTER)  # noqa: S311 - no secret
        match found.act:
            case Act.WAIT:
                await again(row, found.wait + pause - _PAUSES[0], found.why, counts=False)
            case Act.TOKEN | Act.AGAIN:
                await again(row, pause, found.why, counts=False)
            case Act.DOUBT:
                await again(row, pause, found.why, may_be_there=True)
            case Act.UNKNOWN if row.attempts + 1 < MOST_ATTEMPTS:
                log.warning("a message was not accepted: %s", found.why)
                await again(row, pause, found.why)
            case _:
                log.error("a message cannot be sent: %s", found.why)
                await self._state.outbox.dead(row, found.why)

    async def _of_chat(self, row: Row, found: Verdict) -> None:
        """The chat has moved, or a part of it or all of it is gone."""
        outbox, chat = self._state.outbox, row.message.chat
        if found.act is Act.MOVED:
            await self._state.chats.move(chat, found.moved_to)
            await outbox.again(row, 0, found.why, counts=False)
        elif found.act is Act.NO_TOPIC and row.message.topic:
            await self._state.chats.leave_topic(chat, row.message.topic)
            await outbox.again(row, 0, found.why)
        elif found.act is Act.MISSING and not row.attempts:
            await outbox.again(row, DAY, found.why)
        elif found.act is Act.NO_TOPIC:
            await outbox.dead(row, found.why)
        else:
            await self._shut(row, found.why)

    async def _shut(self, row: Row, why: str) -> None:
        """Nothing goes to this chat any more, until it comes back by itself."""
        chat = row.message.chat
        await self._state.outbox.dead(row, why)
        await self._state.outbox.close_chat(chat, why)
        known = await self._state.chats.get(chat)
        await self._state.chats.deactivate(chat, known.kind if known else "private" if chat > 0 else "group", why)

    async def _pace(self, *, complaint: bool) -> None:
        """Slow all senders down if it is not single chats that are asked too much, and speed up again after that."""
        self._lately.append(complaint)
        if sum(self._lately) >= _COMPLAINTS:
            log.warning("Telegram takes less: now %.1f messages a second", await self._state.outbox.slow_down(_SLOWER))
            self._lately.clear()
            self._slowed = True
        elif self._slowed and len(self._lately) == _WINDOW and not any(self._lately):
            rate = await self._state.outbox.slow_down(_FASTER)
            self._lately.clear()
            self._slowed = rate < self._state.outbox.fastest


def _plain(message: Message) -> Message:
    """The same without markup."""
    given = {name: value for name, value in message.parameters.items() if name != "parse_mode"}
    for name in ("text", "caption"):
        if name in given:
            given[name] = html.unescape(_TAG.sub("", str(given[name])))
    return replace(message, parameters=given)


def _words(message: Message) -> Message:
    """The caption of a picture as a message of its own."""
    given = dict(message.parameters)
    return replace(message, method="sendMessage", picture="", parameters={"text": given.pop("caption", ""), **given})
