"""/verify: what the facts say of a sentence that somebody forwarded, pasted, or replied to."""

from __future__ import annotations

from telegram import Message, Update

from handlers.context import Context, Given, argument, place_of, under
from handlers.markup import clean, page
from handlers.prompts import Prompt, ask_for
from handlers.recall import given_to
from handlers.replies import say

VERIFY_PROMPT = "verify"
"""The kind of prompt that asks for a sentence."""
LONGEST = 2000
"""Characters of a text that are looked at."""


async def verify(update: Update, context: Context) -> None:
    """Verify the text behind the command, or the message that it replies to; without either, ask for one."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    text = claimed(message)
    if text:
        await verify_text(update, context, "", text)
        return
    words = context.words(user)
    context.services.around.verifying.put((message.chat.id, user.id), value=True)
    prompt = Prompt(VERIFY_PROMPT, "text", words("verify_example"))
    await ask_for(context, place_of(message, user.id), words("verify_ask"), prompt, reply_to=under(message))


async def verify_text(update: Update, context: Context, _: str, text: str) -> None:
    """Give a verdict on each claim of a text; an edited one has its verdict edited."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    place = place_of(message, user.id)
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    checked = await context.services.desk.verify(clean(text)[:LONGEST], context.chosen)
    over = before.messages if before else ()
    shown = await say(context, place, page(checked.wording), over=over, reply_to=under(message))
    given = Given("", message.message_id, message.text or "", shown, before.previous if before else None)
    context.services.by_question.put((place.chat, message.message_id), given)


def wanted(message: Message, context: Context) -> bool:
    """True for what somebody forwards right after /verify: Telegram sends a comment before what it is about."""
    verifying = context.services.around.verifying
    who = (message.chat.id, message.from_user.id if message.from_user else 0)
    if message.forward_origin is None or who not in verifying:
        return False
    verifying.drop(lambda key, _: key == who)
    return True


def claimed(message: Message) -> str:
    """The text to verify: behind the command, else what the message quotes, else all that it replies to."""
    typed = argument(message)
    if typed:
        return typed
    if message.quote:
        return message.quote.text
    to = message.reply_to_message
    return (to.text or to.caption or "").strip() if to else ""
