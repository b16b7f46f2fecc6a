"""What Telegram's refusals mean, by their texts: it has no other sign for them."""

from __future__ import annotations

from telegram.error import BadRequest, TelegramError

_SHUT = (
    "not enough rights to send text",
    "not enough rights to send messages",
    "have no rights to send",
    "have no write access",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_restricted",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
)
_NO_PICTURES = ("not enough rights to send photo", "chat_send_photos_forbidden", "chat_send_media_forbidden")

_NO_FILES = ("not enough rights to send document", "chat_send_docs_forbidden", "chat_send_media_forbidden")


def shut_out(error: TelegramError | Exception | None) -> bool:
    """True if the bot may not write there (a closed topic, no rights): nobody's fault, and no apology would come."""
    return isinstance(error, BadRequest) and _says(error, _SHUT)


def no_pictures(error: TelegramError | Exception | None) -> bool:
    """True if the bot may write there but not show pictures: the words must do."""
    return isinstance(error, BadRequest) and _says(error, _NO_PICTURES)


def no_files(error: TelegramError | Exception | None) -> bool:
    """True if the bot may write there but not send files."""
    return isinstance(error, BadRequest) and _says(error, _NO_FILES)


def nothing_to_reply_to(error: TelegramError | Exception | None) -> bool:
    """True if the message that was to be replied to is gone."""
    return isinstance(error, BadRequest) and _says(error, ("replied not found", "reply message not found"))


def _says(error: BadRequest, texts: tuple[str, ...]) -> bool:
    told = error.message.lower()  # the library changes the case of the first letter
    return any(text in told for text in texts)
