"""/follow, and "follow this" under an answer: a topic by its name, or a question that is asked again by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Message, Update
from telegram.error import TelegramError

from handlers.addressed import sender_of, words_of
from handlers.context import Context, place_of
from handlers.markup import paragraph
from handlers.news import NOW, QUARTERLY, QUESTION, TOPIC, answer_seen, first_seen
from handlers.phrases import Phrases
from handlers.press import Pressed, acknowledge, answer_under
from handlers.receipts import has_receipt
from handlers.replies import say
from handlers.rights import is_admin

if TYPE_CHECKING:
    from knowledge.desk import Conversation

MOST = 100
"""What one chat can follow."""
SYSTEM = "system"
"""A topic whose news are reports, which keep to no calendar: told as they happen."""


_SAID = {TOPIC: "follow_topic", SYSTEM: "follow_system", QUESTION: "follow_question"}


@dataclass(frozen=True, slots=True)
class Followed:
    """Something to be followed."""

    kind: str
    subject: str
    label: str
    language: str
    seen: str | None
    """What is known of it now."""
    previous: Conversation | None = None


async def follow(update: Update, context: Context) -> None:
    """Follow what stands behind the command; in a private chat `@channel` before it means that channel."""
    message = update.effective_message
    if message is None:
        return
    words, place = context.words(message.from_user), place_of(message, sender_of(message))
    chat, text = await target(context, message)
    if chat is None:
        note = words("follow_admins")
    elif not text:
        note = words("follow_how")
    else:
        note = await _add(context, words, (chat, place.topic or 0 if chat == place.chat else 0), text)
    await say(context, place, [paragraph(note)], reply_to=message.message_id if place.owner else None)


async def follow_answer(context: Context, pressed: Pressed) -> None:
    """Follow the question whose answer the button stands under."""
    words, place = context.words(pressed.query.from_user), pressed.place
    if not await may(context, place.chat, pressed.query.from_user.id):
        await acknowledge(pressed.query, words("follow_admins"))
        return
    found = await answer_under(context, pressed)
    if found is None:
        return
    given, reply = found
    what = Followed(QUESTION, given.text, given.text, reply.language, answer_seen(reply), given.previous)
    note = await _kept(context, (place.chat, place.topic or 0), what, words)
    await say(context, place, [paragraph(note)], reply_to=pressed.under)


async def target(context: Context, message: Message) -> tuple[int | None, str]:
    """The chat that a command is about (None: whoever gave it may not), and the text behind it."""
    text = words_of(message, context.bot.bot)
    place = place_of(message, sender_of(message))
    first, _, rest = text.partition(" ")
    if message.chat.type == "private" and first.startswith("@"):
        try:
            chat = (await context.bot.get_chat(first)).id
        except TelegramError:
            return None, rest
        return (chat if await may(context, chat, place.user) else None), rest.strip()
    return (place.chat if await may(context, place.chat, place.user) else None), text


async def may(context: Context, chat: int, user: int) -> bool:
    """True if somebody decides what is sent in a chat: its administrators, who hide behind the group itself too."""
    return user == chat or await is_admin(context, chat, user)


async def _add(context: Context, words: Phrases, where: tuple[int, int], text: str) -> str:
    """Follow a text; what to say of it."""
    services = context.services
    named = await services.desk.topic(text, context.chosen)
    if named:
        seen = await first_seen(services.desk, services.keep, named.topic, words.language)
        kind = TOPIC if named.topic.product else SYSTEM
        what = Followed(kind, str(named.topic), named.label, words.language, seen)
        return await _kept(context, where, what, words) if seen else words("follow_not")
    reply = await services.desk.ask(text, None, context.chosen)
    if not has_receipt(reply):
        return words("follow_not")
    return await _kept(context, where, Followed(QUESTION, text, text, reply.language, answer_seen(reply)), words)


async def _kept(context: Context, where: tuple[int, int], what: Followed, words: Phrases) -> str:
    """Keep a subscription, once; what to say of it. It brings back a chat that had gone."""
    keep, (chat, topic) = context.services.keep, where
    if len(await keep.subscriptions.of(chat)) >= MOST:
        return words("follow_most", count=MOST)
    known = await keep.chats.get(chat)
    if known is None or not known.active:
        kind = known.kind if known else "private" if chat > 0 else "group"
        context.services.chats.put(chat, await keep.chats.activate(chat, kind))
    frequency = QUARTERLY if what.kind == TOPIC else NOW
    _, new = await keep.subscriptions.add(
        chat,
        topic,
        QUESTION if what.kind == QUESTION else TOPIC,
        what.subject,
        language=what.language,
        frequency=(known.frequency if known else None) or frequency,
        previous=what.previous,
        seen=what.seen,
    )
    return words(_SAID[what.kind] if new else "follow_again", label=what.label)
