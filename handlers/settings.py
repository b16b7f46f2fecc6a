"""/settings: the language of the bot's own words, and when updates may come. A menu in one message, edited."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from handlers import settings_menu as menu
from handlers.ask import notice
from handlers.context import Context, Place, argument, place_of, under
from handlers.kept import Chat
from handlers.markup import paragraph
from handlers.phrases import Phrases
from handlers.press import Pressed, acknowledge
from handlers.prompts import Prompt, ask_for
from handlers.replies import say
from handlers.rights import presser_decides, sender_decides
from handlers.seal import Press

SET = "e"
"""The action of the menu's buttons; the number says which."""
ZONE_PROMPT = "zone"
"""The kind of prompt that asks for a time zone."""
_MENU = "menu"
"""Stands for the id of an answer in the data of the menu's buttons."""


async def settings(update: Update, context: Context) -> None:
    """Show the menu; with a time zone behind the command, take that."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.text is None:
        return
    typed = argument(message)
    if typed:
        await zone_typed(update, context, "", typed)
    elif not await sender_decides(context, message):
        await notice(update, context, context.words(user)("group_admins_only"))
    else:
        await _show(context, place_of(message, user.id), menu.MAIN, context.words(user), reply_to=under(message))


async def zone_typed(update: Update, context: Context, _: str, typed: str) -> None:
    """Take a time zone by its name or its city's."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    if not await sender_decides(context, message):
        await notice(update, context, context.words(user)("group_admins_only"))
        return
    zone = await asyncio.to_thread(menu.find_zone, typed)
    if zone is None:
        await notice(update, context, context.words(user)("settings_no_zone"))
        return
    await _set(context, message.chat.id, message.chat.type, zone=zone)
    await _show(context, place_of(message, user.id), menu.MAIN, context.words(user), reply_to=under(message))


async def choose(context: Context, pressed: Pressed) -> None:
    """Open a part of the menu, or take a choice and go back to its start."""
    part, place, user = pressed.press.number, pressed.place, pressed.query.from_user
    if not await presser_decides(context, place):
        await acknowledge(pressed.query, context.words(user)("group_admins_only"))
        return
    await acknowledge(pressed.query)
    if part == menu.TYPE_ZONE:
        prompt = Prompt(ZONE_PROMPT, "name", "Europe/Istanbul")
        await ask_for(
            context, place, context.words(user)("settings_type_zone"), prompt, reply_to=under(pressed.message)
        )
        return
    chosen = menu.chosen(part)
    if chosen is not None:
        await _set(context, place.chat, pressed.message.chat.type, **chosen)
        part = menu.MAIN
    await _show(context, place, part, context.words(user), over=(pressed.message.message_id,))


async def _set(context: Context, chat: int, kind: str, **chosen: str | int | None) -> None:
    services = context.services
    context.chat = await services.keep.chats.set(chat, kind, **chosen)
    services.chats.put(chat, context.chat)


async def _show(
    context: Context,
    place: Place,
    part: int,
    words: Phrases,
    *,
    over: Sequence[int] = (),
    reply_to: int | None = None,
) -> None:
    """Show a part of the menu, as a new message or in the place of one."""
    services = context.services
    text, rows = menu.show(part, context.chat or Chat(place.chat, "private"), services.clock(), words)

    def button(label: str, number: int) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=services.seal.close(Press(SET, number, _MENU), place.chat))

    keyboard = InlineKeyboardMarkup([[button(label, number) for label, number in row] for row in rows])
    await say(context, place, [paragraph(text)], keyboard, over=over, reply_to=reply_to)
