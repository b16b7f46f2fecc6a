"""What the bot is and knows: /start, /help, /sources, /coverage, and a word on what it cannot read."""

from __future__ import annotations

from telegram import Message, Update

from handlers.ask import give, notice
from handlers.check import show
from handlers.context import Context, argument, place_of
from handlers.keyboard import under_start
from handlers.markup import paragraph
from handlers.recall import given_to
from handlers.receipts import read_id
from handlers.replies import say

ASKED = {"help": "ask_help", "sources": "ask_sources", "coverage": "ask_coverage"}
"""Commands that are questions: each with the phrase that asks it."""


async def start(update: Update, context: Context) -> None:
    """Say what the bot does, with examples to press; a link to a receipt shows that. Any other payload is nothing."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    if context.chat and not context.chat.active:
        await activate(context, message)
    receipt = read_id(argument(message))
    if receipt and await show(update, context, receipt):
        return
    words = context.words(user)
    keyboard = under_start(message.chat.id, context.services.seal, words)
    blocks = [*map(paragraph, words("start").split("\n\n")), paragraph(words("commands"))]
    await say(context, place_of(message, user.id), blocks, keyboard)


async def activate(context: Context, message: Message) -> None:
    """Write by ourselves again to the chat that a message is from."""
    services, chat = context.services, message.chat
    services.chats.put(chat.id, await services.keep.chats.activate(chat.id, chat.type))


async def asked(update: Update, context: Context) -> None:
    """Answer a command that is a question in short; it stands outside the conversation."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or not message.text:
        return
    command = message.text[1:].split(maxsplit=1)[0].partition("@")[0].lower()
    words, place = context.words(user), place_of(message, user.id)
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    over = before.messages if before else ()
    await give(context, place, message.message_id, words(ASKED[command]), language=words.language, over=over)


async def unknown_command(update: Update, context: Context) -> None:
    """Say that there is no such command."""
    message, user = update.effective_message, update.effective_user
    if message and user and message.text:
        command = message.text.split(maxsplit=1)[0]
        await notice(update, context, context.words(user)("unknown_command", command=command))


async def not_text(update: Update, context: Context) -> None:
    """Say that only text can be read; an album says nothing, or it would be told so for each of its pictures."""
    message, user = update.effective_message, update.effective_user
    if message and user and not message.media_group_id:
        await notice(update, context, context.words(user)("only_text"))
