"""Texts in private: a reply to a prompt of ours is what we asked for, anything else is a question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from telegram import Update

from handlers.ask import question
from handlers.context import Context
from handlers.curate import ALIAS_PROMPT, alias
from handlers.feedback import PROMPT, comment_on
from handlers.prompts import asked_for
from handlers.settings import ZONE_PROMPT, zone_typed
from handlers.verify import VERIFY_PROMPT, verify_text, wanted

Taker: TypeAlias = Callable[[Update, Context, str, str], Awaitable[None]]
"""Takes the update, what the prompt was about, and the text."""


async def text(update: Update, context: Context) -> None:
    """To whoever asked for it, else to the desk."""
    message = update.effective_message
    if message and message.text and wanted(message, context):
        await verify_text(update, context, "", message.text)
    elif not await taken(update, context):
        await question(update, context)


async def taken(update: Update, context: Context) -> bool:
    """Hand a reply to a prompt of ours to whoever asked for it; False if it is none."""
    message = update.effective_message
    prompt = asked_for(message, context.bot.username) if message else None
    taker = TAKERS.get(prompt[0]) if prompt else None
    if not (message and message.text and prompt and taker):
        return False
    await taker(update, context, prompt[1], message.text)
    return True


TAKERS: Mapping[str, Taker] = {
    PROMPT: comment_on,
    ZONE_PROMPT: zone_typed,
    ALIAS_PROMPT: alias,
    VERIFY_PROMPT: verify_text,
}
"""Who takes the reply to which kind of prompt."""
