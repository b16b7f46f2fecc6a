"""Who may decide for a chat: everybody for their private one, administrators for a group."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from handlers.context import Context, Place

_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


async def is_admin(context: Context, chat: int, user: int) -> bool:
    """True if somebody is an administrator of a chat; asked once a minute at most, and not if it cannot be known."""
    rights = context.services.around.rights
    known = rights.get((chat, user))
    if known is None:
        try:
            known = (await context.bot.get_chat_member(chat, user)).status
        except TelegramError:
            known = ""
        rights.put((chat, user), known)
    return known in _ADMINS


async def sender_decides(context: Context, message: Message) -> bool:
    """True if whoever wrote a message may decide for its chat.

    Who hides behind the group itself is one of its administrators; who hides behind another chat may be anybody.
    """
    if message.chat.id > 0:
        return True
    if message.sender_chat:
        return message.sender_chat.id == message.chat.id
    return message.from_user is not None and await is_admin(context, message.chat.id, message.from_user.id)


async def presser_decides(context: Context, place: Place) -> bool:
    """True if whoever pressed a button may decide for its chat: Telegram names the person also where they hide."""
    return place.chat > 0 or await is_admin(context, place.chat, place.user)
