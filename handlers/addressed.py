"""Which messages in a group are meant for the bot, and what they ask. Everything else is not even read."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, MessageEntity, User

from handlers.markup import clean

ANONYMOUS_ADMIN, CHANNEL_SENDER = 1087968824, 136817688
"""Who writes, by Telegram, where an administrator hides behind the group, or somebody behind a channel."""
ASK = "ask"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A message that is meant for the bot."""

    command: str
    """In small letters, without the slash; `ask` also for mentions and replies."""
    text: str
    """What is asked; empty if nothing is."""
    answers: int
    """Id of the message that asks it: another one if `/ask` replies to it."""
    ours: Message | None = None
    """The message of ours that it replies to."""
    named: bool = False
    """True if the bot was named: a bare /command may be meant for another."""


def addressed(message: Message, me: User) -> Addressed | None:
    """What a message in a group asks of the bot `me`; None if it is not meant for it.

    Meant are commands, replies to the bot and mentions; never what came by itself from the linked channel, what was
    forwarded, what the bot itself was used to write inline, and what other bots say.
    """
    if message.is_automatic_forward or message.forward_origin or message.via_bot or _is_a_bot(message):
        return None
    found = _command(message)
    ours = replied_to(message)
    ours = ours if ours and ours.from_user and ours.from_user.id == me.id else None
    if found:
        command, _, target = found.partition("@")
        if target and target.lower() != (me.username or "").lower():
            return None
        text = words_of(message, me)
        named = bool(target)
    elif ours or _mentions(message, me):
        command, text, named = ASK, words_of(message, me), True
    else:
        return None
    other = None if ours else replied_to(message)
    if command == ASK and not text and other:
        quoted = clean(message.quote.text).strip() if message.quote else ""
        return Addressed(ASK, quoted or words_of(other, me), other.message_id, named=named)
    return Addressed(command.lower(), text, message.message_id, ours, named)


def sender_of(message: Message) -> int:
    """Whose conversation it is: the person's, or that of the group or channel that they hide behind."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def _is_a_bot(message: Message) -> bool:
    who = message.from_user
    if message.sender_chat or who is None:
        return message.sender_chat is None
    return who.is_bot and who.id not in (ANONYMOUS_ADMIN, CHANNEL_SENDER)


def replied_to(message: Message) -> Message | None:
    """The message that was replied to; every message of a topic "replies" to the one that opened it."""
    to = message.reply_to_message
    return None if to is None or to.forum_topic_created else to


def _command(message: Message) -> str:
    """The command at the start, without its slash; empty if there is none."""
    for entity, text in _entities(message).items():
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return text[1:]
    return ""


def _mentions(message: Message, me: User) -> bool:
    return any(_is_me(entity, text, me) for entity, text in _entities(message).items())


def _is_me(entity: MessageEntity, text: str, me: User) -> bool:
    if entity.type == MessageEntity.MENTION:
        return text.lower() == f"@{me.username}".lower()
    return entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id


def words_of(message: Message, me: User) -> str:
    """What a message says, without the command at its start and without the bot's own name."""
    raw = _units(message)
    kept, place = b"", 0
    for entity, text in sorted(_entities(message).items(), key=lambda pair: pair[0].offset):
        command = entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0
        if (command or _is_me(entity, text, me)) and 2 * entity.offset >= place:
            kept += raw[place : 2 * entity.offset]
            place = 2 * (entity.offset + entity.length)
    return clean((kept + raw[place:]).decode("utf-16-le", "replace")).strip()


def _entities(message: Message) -> dict[MessageEntity, str]:
    """What each entity marks. The library's own reading fails where one cuts a character in two."""
    raw = _units(message)
    marked = message.entities if message.text else message.caption_entities
    spans = ((entity, 2 * entity.offset, 2 * (entity.offset + entity.length)) for entity in marked)
    return {entity: raw[start:end].decode("utf-16-le", "replace") for entity, start, end in spans}


def _units(message: Message) -> bytes:
    """The text in the units that Telegram counts in."""
    return (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")
