"""A pressed button, opened and checked: what every action is given."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message, ReplyParameters
from telegram.error import TelegramError

from handlers.context import Context, Given, Place
from handlers.recall import given_by_id
from handlers.seal import Press

if TYPE_CHECKING:
    from knowledge.desk import Reply


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed."""

    query: CallbackQuery
    message: Message
    """What it stands under."""
    press: Press
    place: Place
    """Where, and by whom."""

    @property
    def under(self) -> int | None:
        """The message that what follows replies to: in a group the one with the button; elsewhere none."""
        return self.message.message_id if self.place.owner else None

    @property
    def replying(self) -> ReplyParameters | None:
        """The same for what is sent as a file."""
        return ReplyParameters(self.under, allow_sending_without_reply=True) if self.under else None


async def acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = True) -> None:
    """Stop the button's spinner, with a notice if there is one; what follows matters, this does not."""
    with suppress(TelegramError):
        await query.answer(text, show_alert=alert and bool(text))


async def answer_under(context: Context, pressed: Pressed) -> tuple[Given, Reply] | None:
    """The answer that the button stands under, acknowledged; None, and said, if nobody knows it any more."""
    given = await given_by_id(context, pressed.press.answer)
    if given is None or given.reply is None:
        await acknowledge(pressed.query, context.words(pressed.query.from_user)("forgotten"))
        return None
    await acknowledge(pressed.query)
    return given, given.reply
