"""/privacy and /stop: what is kept of whom, why and how long; deleting it; being left alone."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from handlers.ask import notice
from handlers.context import Context, Services, place_of, under
from handlers.markup import paragraph
from handlers.press import Pressed, acknowledge
from handlers.replies import say
from handlers.rights import presser_decides, sender_decides
from handlers.seal import Press

DELETE = "x"
_MINE = "mine"
"""Stands for the id of an answer in the data of the button."""
_KINDS = {
    "receipts": "deleted_receipts",
    "subscriptions": "deleted_subscriptions",
    "conversations": "deleted_conversations",
    "answers": "deleted_answers",
    "feedback": "deleted_feedback",
    "waiting": "deleted_waiting",
    "chats": "deleted_settings",
    "inbox": "deleted_inbox",
    "outbox": "deleted_outbox",
}
"""What is deleted, by the names of what keeps it, in the order in which it is told."""


async def privacy(update: Update, context: Context) -> None:
    """Say what is kept, why and for how long, with a button that deletes it."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    words, seal = context.words(user), context.services.seal
    data = seal.close(Press(DELETE, 0, _MINE), message.chat.id)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(words("button_delete"), callback_data=data)]])
    blocks = [paragraph(part) for part in words("privacy").split("\n\n")]
    await say(context, place_of(message, user.id), blocks, keyboard, reply_to=under(message))


async def delete(context: Context, pressed: Pressed) -> None:
    """Delete at once all that is kept of whoever pressed, and say what it was."""
    words, services, chat = context.words(pressed.query.from_user), context.services, pressed.place.chat
    if not await presser_decides(context, pressed.place):
        await acknowledge(pressed.query, words("group_admins_only"))
        return
    await acknowledge(pressed.query)
    counts = await services.keep.chats.delete(chat)
    forget(services, chat)
    lines = [f"• {words(phrase)}: {counts[kind]}" for kind, phrase in _KINDS.items() if counts.get(kind)]
    text = "\n".join([words("deleted"), *lines]) if lines else words("deleted_nothing")
    await say(context, pressed.place, [paragraph(text)], reply_to=under(pressed.message))


async def stop(update: Update, context: Context) -> None:
    """Never write by ourselves again, until /start; questions are answered all the same."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    if not await sender_decides(context, message):
        await notice(update, context, context.words(user)("group_admins_only"))
        return
    services, chat = context.services, message.chat.id
    ended = await services.keep.subscriptions.remove_all(chat) + await services.keep.questions.unwait(chat)
    if await services.keep.chats.get(chat):
        await services.keep.chats.deactivate(chat, message.chat.type, "stopped")
        services.chats.drop(lambda key, _: key == chat)
    await notice(update, context, context.words(user)("stopped", count=ended))


def forget(services: Services, chat: int) -> None:
    """Drop from the process's memory what belongs to a chat, and to the person whose private chat it is."""
    services.talks.drop(lambda place, _: chat in (place.chat, place.user))
    services.by_question.drop(lambda key, _: key[0] == chat)
    services.by_id.drop(lambda _, given: given.chat == chat)
    services.chats.drop(lambda key, _: key == chat)
    around = services.around
    for memory in (around.said, around.pointed, around.shown, around.rights, around.met):
        memory.drop(lambda key, _: chat in key)
