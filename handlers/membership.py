"""Being blocked, thrown out and taken back, and groups that get another id: what follows for what is sent there."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatMemberStatus

from handlers.context import Context

_GONE = {
    ChatMemberStatus.BANNED: "kicked",
    ChatMemberStatus.LEFT: "left",
}


async def membership(update: Update, context: Context) -> None:
    """Nothing is sent where the bot is not; where it is back, what was followed goes on."""
    change = update.my_chat_member
    if change is None:
        return
    services, chat = context.services, change.chat
    known = await services.keep.chats.get(chat.id)
    gone = _GONE.get(ChatMemberStatus(change.new_chat_member.status))
    if known is None:
        return  # nothing is kept of a chat that nothing was set up in
    if gone:
        await services.keep.chats.deactivate(chat.id, chat.type, "blocked" if chat.type == "private" else gone)
    elif known.reason != "stopped":
        await services.keep.chats.activate(chat.id, chat.type)
    services.chats.drop(lambda key, _: key == chat.id)


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup: what it follows belongs to that."""
    message = update.effective_message
    if message is None or not (message.migrate_to_chat_id or message.migrate_from_chat_id):
        return
    old, new = (
        (message.chat.id, message.migrate_to_chat_id)
        if message.migrate_to_chat_id
        else (message.migrate_from_chat_id, message.chat.id)
    )
    if old and new:
        await context.services.keep.chats.move(old, new)
        context.services.chats.drop(lambda key, _: key in (old, new))
