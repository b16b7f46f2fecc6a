"""Guest mode: named in a chat where it is no member, the bot answers once, by what it is named for."""

from __future__ import annotations

import logging

from telegram import InlineQueryResultArticle, Message, Update
from telegram.error import BadRequest

from handlers.addressed import replied_to, words_of
from handlers.articles import of_blocks, of_reply
from handlers.ask import LONGEST
from handlers.context import Context
from handlers.flood import Admission
from handlers.markup import paragraph

log = logging.getLogger(__name__)


async def called(update: Update, context: Context) -> None:
    """Answer a guest's message, unless it came as a member's too, or a second time."""
    message = update.guest_message
    if message is None or message.guest_query_id is None or message.from_user is None:
        return
    met, key = context.services.around.met, (message.chat.id, message.message_id)
    if key in met:
        return
    met.put(key, value=True)
    if context.services.guard.admit(message.from_user.id) is not Admission.ANSWER:
        return
    try:
        await context.bot.answer_guest_query(message.guest_query_id, await _article(message, context))
    except BadRequest as error:
        log.info("a guest's message could not be answered: %s", error.message)


async def _article(message: Message, context: Context) -> InlineQueryResultArticle:
    me, other = context.bot.bot, replied_to(message)
    quoted = message.quote.text if message.quote else ""
    text = words_of(message, me) or quoted or (words_of(other, me) if other else "")
    words = context.words(message.from_user)
    if not text or len(text) > LONGEST:
        told = words("too_long", limit=LONGEST) if text else words("guest_how", username=context.bot.username)
        return of_blocks(told, "", [paragraph(told)])
    return await of_reply(context.services.desk, await context.services.desk.ask(text, None, context.chosen))
