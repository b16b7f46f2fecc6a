"""Questions as text: a new one is answered, an edited one has its answer edited."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from handlers import receipts, sources, unanswered
from handlers.context import Context, Given, Place, place_of, under
from handlers.keyboard import under_answer, with_wait
from handlers.markup import Block, Run, clean, page, paragraph
from handlers.phrases import phrases
from handlers.recall import given_in, given_to, keep, remember, talk_at
from handlers.replies import say
from knowledge.question import Kind

if TYPE_CHECKING:
    from knowledge.desk import Conversation

LONGEST = 500
"""Characters of a question. What is longer is no question, and reading it would only cost time."""
_COMMAND = re.compile(r"/ask(?:@\w+)?(?=\s|$)", re.IGNORECASE)
_TYPING_LASTS = 4.5
"""Telegram shows an action for 5 seconds."""


async def question(update: Update, context: Context) -> None:
    """Answer a private text; an edited one is answered in the place of the answer to what it said before."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.text is None:
        return
    place, text = place_of(message, user.id), _asked(message)
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    if before and before.text == text:
        return  # Telegram also calls it an edit when it has found a link's preview
    if not text:
        await notice(update, context, context.words(user)("ask_how"))
        return
    if len(text) > LONGEST:
        await notice(update, context, context.words(user)("too_long", limit=LONGEST))
        return
    talk = await talk_at(context, place)
    to = message.reply_to_message
    leaning = before or (await given_in(context, to) if to else None)
    previous = before_it(leaning, edited=bool(before)) if leaning else talk.conversation
    if message.quote and leaning and await where_from(context, place, message.quote.text, text, leaning):
        return
    await give(
        context,
        place,
        message.message_id,
        text,
        previous=previous,
        over=before.messages if before else (),
        reply_to=message.message_id if update.edited_message and not before else None,
        goes_on=talk.after <= message.message_id or bool(before and talk.after in before.messages),
    )


def _asked(message: Message) -> str:
    """What a private message asks: behind `/ask`, if it begins so; if nothing is there, the message it replies to."""
    text = clean(message.text or "")
    command = _COMMAND.match(text)
    to = message.reply_to_message
    return text if command is None else text[command.end() :].strip() or clean((to and to.text) or "").strip()


async def where_from(
    context: Context, place: Place, quote: str, text: str, given: Given, *, reply_to: int | None = None
) -> bool:
    """Answer "source?" to a number that is quoted from an answer: with that number's sources; True if it is that."""
    reply, desk = given.reply, context.services.desk
    figures = sources.quoted(quote, reply) if reply else []
    if not reply or not figures:
        return False
    asked = await desk.ask(text, reply.conversation, context.chosen)
    if asked.answer.kind is not Kind.SOURCE:
        return False
    labels = await desk.labels(figures, reply.language)
    told = zip(figures, labels, strict=True)
    await say(context, place, sources.of_number(quote, told, phrases(reply.language)), reply_to=reply_to)
    return True


async def give(
    context: Context,
    place: Place,
    asked_by: int,
    text: str,
    *,
    previous: Conversation | None = None,
    language: str | None = None,
    title: str = "",
    over: Sequence[int] = (),
    reply_to: int | None = None,
    goes_on: bool = False,
) -> Given:
    """Answer `text` with its buttons and its receipt, and remember the answer as the response to `asked_by`.

    `title` stands above the answer where the chat does not show the question itself; with `goes_on` the conversation
    at this place goes on from this answer. Without a `language` it is the one chosen in this chat, else the question's.
    """
    services = context.services
    async with _typing(context, place):
        reply = await services.desk.ask(text, previous, language or context.chosen)
    words = phrases(reply.language)
    receipt = None
    if receipts.has_receipt(reply):
        receipt = receipts.make(services, text, previous, reply, chat=place.chat)
    answer_id = receipt.id if receipt else receipts.new_id()
    keyboard = under_answer(reply, answer_id, place.chat, services.seal, words, owner=place.owner)
    unknown = await unanswered.note(services, text, reply)
    if unknown and place.chat == place.user:  # in a group nobody could say who agreed
        keyboard = with_wait(keyboard, unknown, place.chat, services.seal, words)
    blocks = [*((Block((Run(title, italic=True),)),) if title else ()), *page(reply.wording)]
    if receipt:
        blocks.append(receipts.line(answer_id, context.bot.username, words))
    keeping = asyncio.create_task(keep(context, *((receipt,) if receipt else ())))
    try:
        shown = await say(context, place, blocks, keyboard, over=over, reply_to=reply_to)
    finally:
        await keeping
    given = Given(answer_id, asked_by, text, shown, previous, reply, place.chat)
    await remember(context, place, given, asker=place.user, conversation=reply.conversation if goes_on else None)
    return given


async def notice(update: Update, context: Context, text: str) -> None:
    """Respond to a message with a phrase of our own; if it was responded to before, that response is edited."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    place = place_of(message, user.id)
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    over = before.messages if before else ()
    shown = await say(context, place, [paragraph(text)], over=over, reply_to=under(message))
    given = Given("", message.message_id, message.text or "", shown, before.previous if before else None)
    context.services.by_question.put((place.chat, message.message_id), given)


def before_it(given: Given, *, edited: bool) -> Conversation | None:
    """The conversation that a question leans on which edits the one that was answered so, or replies to the answer."""
    if edited:
        return given.previous
    return given.reply.conversation if given.reply else given.previous


@asynccontextmanager
async def _typing(context: Context, place: Place) -> AsyncIterator[None]:
    """Show that an answer is being written, once the work has taken longer than the user's patience."""

    async def show() -> None:
        while True:
            with suppress(TelegramError):  # a courtesy: the answer matters, this does not
                await context.bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.topic)
            await asyncio.sleep(_TYPING_LASTS)

    shown: list[asyncio.Task[None]] = []  # almost always none: a task for each answer would cost more than the answer
    loop = asyncio.get_running_loop()
    waiting = loop.call_later(context.services.patience, lambda: shown.append(loop.create_task(show())))
    try:
        yield
    finally:
        waiting.cancel()
        for task in shown:
            task.cancel()
        await asyncio.gather(*shown, return_exceptions=True)
