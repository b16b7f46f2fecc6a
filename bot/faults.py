"""What came of a request to Telegram, by its error's class and text: the one table of what to do about it.

Telegram has no other sign than the text for most of them. The library changes the case of the first letter, so texts
are compared in lower case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.wire import Fault
from handlers.refusals import no_pictures, shut_out


class Act(StrEnum):
    """What to do with a message that was not accepted."""

    WAIT = "wait"
    """Come again after the time that Telegram names; no failed attempt."""
    AGAIN = "again"
    """It surely did not arrive; try again soon."""
    DOUBT = "doubt"
    """It may have arrived."""
    SHUT = "shut"
    """The bot cannot write to this chat any more."""
    SUSPEND = "suspend"
    """It may not write there now; the chat is left alone until somebody lets it."""
    MISSING = "missing"
    """There is no such chat, it seems: shut it if that is so on another day too."""
    MOVED = "moved"
    """The chat has a new id."""
    NO_TOPIC = "no_topic"
    """The forum topic is gone: write outside of topics."""
    PLAIN = "plain"
    """The markup is refused, which is our fault: send the bare text, and look into it."""
    NO_PICTURE = "no_picture"
    """Pictures are not allowed there: the words must do."""
    REFUSED = "refused"
    """It will never be accepted as it is."""
    TOKEN = "token"  # noqa: S105 - a word, no secret
    """Nothing can be sent at all."""
    UNKNOWN = "unknown"
    """A text that is not in the table: a few more attempts, then it is set aside."""


NOT_HERE = "the picture is not on this machine"
"""Our own word, for a picture that another process drew in another home."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a fault means."""

    act: Act
    why: str
    """Telegram's words, for people; no token in them."""
    wait: float = 0.0
    """Seconds that Telegram names."""
    moved_to: int = 0


_TEXTS: tuple[tuple[str, Act], ...] = (
    ("bot was blocked", Act.SHUT),
    ("user is deactivated", Act.SHUT),
    ("can't initiate conversation", Act.SHUT),
    ("can't send messages to bots", Act.SHUT),
    ("group chat was deleted", Act.SHUT),
    ("chat was deleted", Act.SHUT),
    ("bot was kicked", Act.SHUT),
    ("is not a member of the", Act.SHUT),
    ("user not found", Act.SHUT),
    ("group chat was deactivated", Act.SHUT),
    ("topic_deleted", Act.NO_TOPIC),
    ("message thread not found", Act.NO_TOPIC),
    ("chat not found", Act.MISSING),
    ("peer_id_invalid", Act.MISSING),
    ("can't parse entities", Act.PLAIN),
    ("message is too long", Act.REFUSED),
    ("text is too long", Act.REFUSED),
    ("caption is too long", Act.REFUSED),
    ("message text is empty", Act.REFUSED),
    ("text must be non-empty", Act.REFUSED),
    ("wrong file identifier", Act.REFUSED),
    ("button_data_invalid", Act.REFUSED),
    ("reply markup is too long", Act.REFUSED),
)


def _of_rights(error: TelegramError) -> Act:
    """What is not in the table: the bot may not do it there, or nobody has heard of it."""
    if isinstance(error, Forbidden):
        return Act.SHUT
    if no_pictures(error):
        return Act.NO_PICTURE
    return Act.SUSPEND if shut_out(error) else Act.UNKNOWN


def verdict(error: Exception) -> Verdict:
    """What a fault means for the message that was to be sent."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return Verdict(Act.WAIT, "too many requests", wait=seconds)
    if isinstance(error, ChatMigrated):
        return Verdict(Act.MOVED, "upgraded to a supergroup", moved_to=error.new_chat_id)
    if isinstance(error, InvalidToken):  # its text has the token in it
        return Verdict(Act.TOKEN, "the token was refused")
    if isinstance(error, (BadRequest, Forbidden)):
        told = error.message.lower()
        act = next((act for text, act in _TEXTS if text in told), None)
        return Verdict(act or _of_rights(error), error.message)
    cause = error.__cause__
    if isinstance(error, NetworkError) and isinstance(cause, Fault):
        return Verdict(Act.AGAIN if cause.unsent else Act.DOUBT, str(cause))
    if isinstance(error, (TelegramError, TimeoutError)):
        return Verdict(Act.DOUBT, getattr(error, "message", "") or "no answer")
    raise error
