"""Remembering what was said: from the process's memory, and behind it from what is kept over restarts."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import Message

from handlers.context import Context, Given, Place, Talk
from handlers.kept import Answered, Receipt, Standing
from handlers.receipts import shown_on

if TYPE_CHECKING:
    from knowledge.desk import Conversation

log = logging.getLogger(__name__)
_NO_TALK = Talk(None, 0)


async def talk_at(context: Context, place: Place) -> Talk:
    """Where the conversation at a place stands."""
    services = context.services
    talk = services.talks.get(place)
    if talk is None:
        found = await services.keep.conversations.get(place.chat, place.topic or 0, place.user)
        talk = Talk(found.conversation, found.question) if found else _NO_TALK
        services.talks.put(place, talk)
    return talk


async def given_to(context: Context, chat: int, question: int, *, was_there: bool) -> Given | None:
    """What was said to a message. `was_there`: the message is not new, so it may be from before a restart."""
    services = context.services
    given = services.by_question.get((chat, question))
    if given or not was_there:
        return given
    found = await services.keep.answers.by_question(chat, question)
    return _bare(found) if found else None


async def given_by_id(context: Context, answer_id: str) -> Given | None:
    """What was said, by its id. After a restart the desk is asked again, as of the day of the answer."""
    services = context.services
    given = services.by_id.get(answer_id)
    if given:
        return given
    found = await services.keep.answers.by_receipt(answer_id)
    receipt = await services.keep.receipts.get(answer_id)
    if receipt:
        reply = await services.desk.ask(receipt.question, receipt.previous, receipt.language, receipt.asked_on)
        messages = found.messages if found else ()
        asked_by = found.question if found else 0
        given = Given(answer_id, asked_by, receipt.question, messages, receipt.previous, reply, receipt.chat)
    elif found:
        reply = await services.desk.ask(found.text, found.previous, context.chosen)
        given = Given(answer_id, found.question, found.text, found.messages, found.previous, reply, found.chat)
    else:
        return None
    services.by_id.put(answer_id, given)
    return given


async def given_in(context: Context, message: Message) -> Given | None:
    """The answer that a message of ours shows, or is part of."""
    answer_id = shown_on(message, context.bot.username)
    if answer_id is None:
        found = await context.services.keep.answers.by_message(message.chat.id, message.message_id)
        answer_id = found.receipt if found else None
    return await given_by_id(context, answer_id) if answer_id else None


async def remember(
    context: Context, place: Place, given: Given, *, asker: int | None, conversation: Conversation | None
) -> None:
    """Remember an answer, and that the conversation goes on from it if one is given."""
    services = context.services
    services.by_id.put(given.id, given)
    services.by_question.put((place.chat, given.question), given)
    kept: list[Answered | Standing] = [
        Answered(place.chat, given.question, asker, given.id, given.text, given.previous, given.messages)
    ]
    if conversation:
        services.talks.put(place, Talk(conversation, given.messages[-1]))
        kept.append(Standing(place.chat, place.topic or 0, place.user, conversation, given.messages[-1]))
    await keep(context, *kept)


async def keep(context: Context, *values: Receipt | Answered | Standing) -> None:
    """Keep values; if that fails the answer stands all the same, and will be forgotten at the next restart."""
    if not values:
        return
    try:
        await context.services.keep.keep(*values)
    except Exception:
        log.exception("an answer could not be kept")


def _bare(found: Answered) -> Given:
    return Given(found.receipt, found.question, found.text, found.messages, found.previous)
