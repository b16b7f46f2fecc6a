"""Updates on their way in: kept first, then handed on; what cannot be read is set aside and never in the way."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.state import State
from bot.state.inbox import Answering, Handled

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Handling:
    """The update that is being handled."""

    update_id: int
    answered: bool = False
    """True once a message was about to be sent for it."""


_NOW: ContextVar[Handling | None] = ContextVar("handling", default=None)


class Intake:
    """Takes updates in, one chat's in their order, each of them once."""

    def __init__(self, state: State, bot: Bot, deliver: Callable[[Update], Awaitable[None]]) -> None:
        self._state, self._bot, self._deliver = state, bot, deliver
        state.along = self._along

    async def accept(self, raws: Sequence[Mapping[str, Any]]) -> None:
        """Keep the updates, then hand on those that are new. A `TelegramError` if they cannot be kept: come again."""
        try:
            fresh = set(await self._state.inbox.add(raws))
        except (SQLAlchemyError, OSError) as error:
            raise TelegramError(f"updates cannot be kept ({type(error).__name__})") from error
        for raw in raws:
            if raw["update_id"] in fresh:
                await self._hand_on(raw)

    async def recover(self) -> int:
        """Hand on what an earlier process left; how many they were."""
        left = await self._state.inbox.recover()
        for raw in left:
            await self._hand_on(raw)
        return len(left)

    async def _hand_on(self, raw: Mapping[str, Any]) -> None:
        try:
            update = Update.de_json(dict(raw), self._bot)
        except Exception as error:
            log.exception("update %s cannot be read and is set aside", raw["update_id"])
            await self._state.inbox.park(raw["update_id"], f"cannot be read: {type(error).__name__}")
        else:
            await self._deliver(update)

    async def handle(self, update: object, work: Awaitable[Any]) -> None:
        """Do the work of an update, and note that it is done, whatever came of it."""
        if not isinstance(update, Update):
            await work
            return
        _NOW.set(Handling(update.update_id))
        try:
            await work
        finally:
            # Nothing waits for this: what was answered is not answered again without it, the rest can be done twice.
            self._state.keep_later(Handled(update.update_id))

    async def before_sending(self) -> None:
        """Note that the update which is being handled may have its answer from now on."""
        handling = _NOW.get()
        if handling and not handling.answered:
            await self._state.keep()

    def _along(self) -> tuple[Answering, ...]:
        """The note on the update that is being handled, once: it joins what an answer leaves behind."""
        handling = _NOW.get()
        if handling is None or handling.answered:
            return ()
        handling.answered = True
        return (Answering(handling.update_id),)
