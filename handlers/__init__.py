"""Telegram in, Telegram out: which update goes to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)

from handlers.about import ASKED, asked, not_text, start, unknown_command
from handlers.ask import question
from handlers.buttons import pressed
from handlers.check import check
from handlers.choices import chosen
from handlers.context import Context
from handlers.curate import curate
from handlers.feedback import feedback, reacted
from handlers.follow import follow
from handlers.following import following
from handlers.gate import gate
from handlers.groups import spoken
from handlers.guest import called
from handlers.inline import typed
from handlers.keyboard import CHOOSE
from handlers.membership import membership, migrated
from handlers.privacy import privacy, stop
from handlers.settings import settings
from handlers.texts import text
from handlers.uploads import document
from handlers.verify import verify

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MESSAGE_REACTION,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of update that anything here handles; Telegram is asked for no others."""
_GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGES
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES
"""New and edited messages in groups, and to the bot itself; channels and business accounts are not spoken to."""


def every_handler() -> dict[int, Sequence[BaseHandler[Any, Context, Any]]]:
    """The gate, through which every update goes, and behind it every handler, in the order in which they are asked.

    The first that takes an update is the only one.
    """
    return {-1: [TypeHandler(Update, gate)], 0: _handlers()}


def _handlers() -> list[BaseHandler[Any, Context, Any]]:
    return [
        # Presses wait for an answer with a spinner on the button, and no other handler takes them.
        CallbackQueryHandler(chosen, f"^{CHOOSE}"),
        CallbackQueryHandler(pressed),
        # Likewise those who type, and those who called the bot to a chat where it is no member.
        InlineQueryHandler(typed),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, called),
        # Commands before texts: a command is a text too.
        CommandHandler("start", start, _PRIVATE),
        CommandHandler(list(ASKED), asked, _PRIVATE),
        CommandHandler("check", check, _PRIVATE),
        CommandHandler("verify", verify, _PRIVATE),
        CommandHandler("feedback", feedback, _PRIVATE),
        CommandHandler("ask", question, _PRIVATE),
        CommandHandler("follow", follow, _PRIVATE),
        CommandHandler("following", following, _PRIVATE),
        CommandHandler("settings", settings, _PRIVATE),
        CommandHandler("privacy", privacy, _PRIVATE),
        CommandHandler("stop", stop, _PRIVATE),
        CommandHandler("curate", curate, _PRIVATE),
        # In groups one handler for all: most of what is said there is not for the bot.
        MessageHandler(_GROUP & (filters.TEXT | filters.CAPTION), spoken),
        # After all commands that there are.
        MessageHandler(_PRIVATE & filters.COMMAND, unknown_command),
        # Who blocks the bot, throws it out, or takes it back; and groups that become supergroups.
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
        # Reactions ask nothing; Telegram tells of them where it likes to.
        MessageReactionHandler(reacted),
        # Whatever else is text is a question, unless we had asked for it.
        MessageHandler(_PRIVATE & filters.TEXT, text),
        # Fact files from admins; from others a document is one more thing that cannot be read.
        MessageHandler(_PRIVATE & filters.UpdateType.MESSAGE & filters.Document.ALL, document),
        # Last: what nothing above could read, but for service messages ("pinned a message") and edits (a live location
        # is edited every few seconds), which ask nothing.
        MessageHandler(_PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, not_text),
    ]
