"""Asking a person to write something: they reply to our message, and its text says what the reply is about.

What it is about stands in a link of that message, so that nothing has to be remembered until they write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import ForceReply, Message, MessageEntity

from handlers.context import Context, Place
from handlers.markup import Block, Run, paragraph
from handlers.replies import say

_ABOUT = re.compile(r"https?://t\.me/([A-Za-z0-9_]+)\?start=([a-z]+)-([a-z0-9]+)")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a text is wanted for."""

    kind: str
    about: str
    """Small letters and digits."""
    shown: str
    """The same for people."""


async def ask_for(context: Context, place: Place, text: str, prompt: Prompt, *, reply_to: int | None = None) -> None:
    """Ask for a text: in a group, of whoever wrote the message that this replies to."""
    address = f"https://t.me/{context.bot.username}?start={prompt.kind}-{prompt.about}"
    await say(
        context,
        place,
        [paragraph(text), Block((Run(prompt.shown, link=address),))],
        ForceReply(selective=True) if reply_to else ForceReply(),
        reply_to=reply_to,
    )


def asked_for(message: Message, username: str) -> tuple[str, str] | None:
    """What a message replies to, if it is one of our prompts: its kind, and what it is about."""
    to = message.reply_to_message
    if to is None or to.from_user is None or to.from_user.username != username:
        return None
    for entity in to.entities:
        found = _ABOUT.fullmatch(entity.url or "") if entity.type == MessageEntity.TEXT_LINK else None
        if found and found[1] == username:
            return found[2], found[3]
    return None
