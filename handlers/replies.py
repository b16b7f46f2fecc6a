"""Saying something in a chat: new messages, or those already sent, edited. The only module that sends text."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from telegram import Bot, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.context import Place
from handlers.markup import Block, Part, render
from handlers.outgoing import plain, send_message

log = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_PREVIEW_DATA = _NO_PREVIEW.to_dict()


class HasBot(Protocol):
    """The context of a handler, or the application itself."""

    @property
    def bot(self) -> Bot:
        """Who speaks."""
        ...


async def say(
    context: HasBot,
    place: Place,
    blocks: Sequence[Block],
    keyboard: InlineKeyboardMarkup | ForceReply | None = None,
    *,
    over: Sequence[int] = (),
    reply_to: int | None = None,
    reply_or_fail: bool = False,
) -> tuple[int, ...]:
    """Show the blocks in as many messages as they need and return their ids; the keyboard stands under the last.

    The messages `over` are edited to show them; what is missing is sent, what is left over is deleted. A message that
    cannot reply because the other one is gone is sent all the same, but for `reply_or_fail`.
    """
    parts = render(blocks)
    if not parts:
        raise ValueError("there is nothing to say")
    shown = []
    for number, part in enumerate(parts):
        below = keyboard if number == len(parts) - 1 else None
        if number < len(over) and await _edit(context, place, over[number], part, below):
            shown.append(over[number])
        else:
            shown.append(await _send(context, place, part, below, None if number else reply_to, must=reply_or_fail))
    for spare in set(over) - set(shown):
        with suppress(BadRequest):  # too old to be deleted, or gone already
            await context.bot.delete_message(place.chat, spare)
    return tuple(shown)


async def _send(
    context: HasBot,
    place: Place,
    part: Part,
    keyboard: InlineKeyboardMarkup | ForceReply | None,
    reply_to: int | None,
    *,
    must: bool,
) -> int:
    async def send(text: str, parse_mode: str | None) -> int:
        return await send_message(
            context.bot,
            {
                "chat_id": place.chat,
                "text": text,
                "parse_mode": parse_mode,
                "message_thread_id": place.topic,
                "link_preview_options": _NO_PREVIEW_DATA,
                "reply_markup": below,
                "reply_parameters": reply,
            },
        )

    below = plain(keyboard)
    reply = {"message_id": reply_to, "allow_sending_without_reply": not must} if reply_to else None
    try:
        return await send(part.html, ParseMode.HTML)
    except BadRequest as error:
        if not _markup_refused(error):
            raise
        return await send(part.plain, None)


async def _edit(
    context: HasBot, place: Place, message: int, part: Part, keyboard: InlineKeyboardMarkup | ForceReply | None
) -> bool:
    """True if the message now shows the part; False if it cannot be edited (any more)."""

    async def edit(text: str, parse_mode: str | None) -> bool:
        try:
            await context.bot.edit_message_text(
                text,
                place.chat,
                message,
                parse_mode=parse_mode,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None,
            )
        except BadRequest as error:
            why = error.message.lower()
            if "not modified" in why:
                return True
            if "to edit not found" in why or "can't be edited" in why or "message_id_invalid" in why:
                return False
            raise
        return True

    try:
        return await edit(part.html, ParseMode.HTML)
    except BadRequest as error:
        if not _markup_refused(error):
            raise
        return await edit(part.plain, None)


def _markup_refused(error: BadRequest) -> bool:
    """True if Telegram could not read our HTML: a fault of ours, which must not cost the user the answer."""
    if "parse entities" not in error.message.lower():
        return False
    log.error("Telegram refused our markup, sent as plain text: %s", error.message)
    return True
