"""What every update goes through first: whose chat it is, and whether that is one message too many."""

from __future__ import annotations

from telegram import Chat as TelegramChat
from telegram import Update
from telegram.ext import ApplicationHandlerStop

from handlers.context import Context, place_of
from handlers.flood import Admission
from handlers.kept import Chat
from handlers.markup import paragraph
from handlers.replies import say


async def gate(update: Update, context: Context) -> None:
    """Find out what is kept of the chat; stop what is too much: politely once, then silently."""
    chat = update.effective_chat
    if chat is None:
        return
    context.chat = await chat_at(context, chat.id)
    private = chat.type == TelegramChat.PRIVATE and (update.message or update.edited_message)
    if not (private or update.callback_query):
        return  # in groups only what is meant for the bot counts
    services = context.services
    admission = services.guard.admit(chat.id, waiting=services.waiting(chat.id))
    if admission is Admission.ANSWER:
        return
    if admission is Admission.WARN:
        await slow_down(update, context)
    raise ApplicationHandlerStop


async def slow_down(update: Update, context: Context) -> None:
    """Ask for patience."""
    user, message = update.effective_user, update.effective_message
    text = context.words(user)("slow_down")
    if update.callback_query:
        await update.callback_query.answer(text)
    elif message and user:
        await say(context, place_of(message, user.id), [paragraph(text)])


async def chat_at(context: Context, chat: int) -> Chat | None:
    """What is kept of a chat: looked at once a minute at most."""
    services = context.services
    if chat not in services.chats:
        services.chats.put(chat, await services.keep.chats.get(chat))
    return services.chats.get(chat)
