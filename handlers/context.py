"""What a handler is given: the services that the process owns, behind one typed context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from telegram import Message, User
from telegram.ext import CallbackContext, ExtBot

from handlers.around import Around
from handlers.flood import Guard
from handlers.keep import Keep
from handlers.kept import Chat
from handlers.phrases import Phrases, phrases
from handlers.recent import Recent
from handlers.seal import Seal

if TYPE_CHECKING:
    from handlers.uploads import Uploads
    from knowledge.answer import Figure
    from knowledge.chart import Sketch
    from knowledge.desk import Checked, Conversation, Reply
    from knowledge.followed import Topic
    from knowledge.labels import Label
    from knowledge.period import Period
    from knowledge.update import Named, Update


class Desk(Protocol):
    """Whoever answers questions."""

    async def ask(
        self,
        text: str,
        previous: Conversation | None = None,
        language: str | None = None,
        today: date | None = None,
    ) -> Reply:
        """The answer to one question, asked after `previous`; the language is found out if it is not given.

        `today` is the day by which "last year" is read, if it is not today.
        """
        ...

    async def complete(self, text: str, language: str) -> tuple[str, ...]:
        """A text that breaks off in a name, with that name in full: the likely ones first."""
        ...

    async def verify(self, text: str, language: str | None = None) -> Checked:
        """A verdict on each claim of a text."""
        ...

    async def topic(self, text: str, language: str | None = None) -> Named | None:
        """What can be followed by this name; None if it is a question."""
        ...

    async def name(self, topic: Topic, language: str) -> str:
        """What a topic is called."""
        ...

    async def update(self, topic: Topic, language: str, period: Period | None = None) -> Update | None:
        """How things stand with a topic."""
        ...

    async def sketch(self, reply: Reply) -> Sketch | None:
        """What a picture of an answer shows; None where a picture would say nothing."""
        ...

    async def labels(self, figures: Sequence[Figure], language: str) -> tuple[Label, ...]:
        """Figures in words, one by one."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Whose conversation it is, and where."""

    chat: int
    topic: int | None
    """The forum topic; None outside topics and in the general one."""
    user: int

    @property
    def owner(self) -> int:
        """Whose the choices under an answer are: in a group who asked, or the group where they hide; 0 elsewhere."""
        return 0 if self.chat > 0 else self.user if self.user > 0 else self.chat


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a conversation stands."""

    conversation: Conversation | None
    after: int
    """Id of the message that it stands after: the last one of the newest answer."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was said in response to one message: all it takes to edit it and to press its buttons."""

    id: str
    question: int
    """Id of the message that asked."""
    text: str
    """What it asked."""
    messages: tuple[int, ...]
    """Ids of the messages that respond, in order."""
    previous: Conversation | None = None
    """The conversation before the question."""
    reply: Reply | None = None
    """None for what did not come from the desk."""
    chat: int | None = None
    """Whose data it is; None where that is nobody's."""


@dataclass(slots=True)
class Services:
    """What the process lends to the handlers. What is remembered is bounded, and forgotten after a while.

    `keep` is the memory that outlives the process; the others only save asking it.
    """

    desk: Desk
    seal: Seal
    keep: Keep
    today: Callable[[], date]
    clock: Callable[[], float]
    """Seconds since 1970."""
    talks: Recent[Place, Talk]
    by_question: Recent[tuple[int, int], Given]
    """By chat and the id of the message that asked."""
    by_id: Recent[str, Given]
    chats: Recent[int, Chat | None]
    guard: Guard
    around: Around
    alarms: Recent[str, bool]
    """Faults that admins were told of lately."""
    waiting: Callable[[int], int] = lambda _: 0
    """How many updates of a chat wait for their turn."""
    admins: frozenset[int] = frozenset()
    uploads: Uploads | None = None
    """None where no files are taken."""
    patience: float = 0.5
    """Seconds of work after which the chat shows that an answer is being written."""


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Services]):
    """The context of every handler."""

    chat: Chat | None = None
    """What is kept of the chat that the update came from, if anything."""

    @property
    def services(self) -> Services:
        """What the process lends."""
        return self.bot_data

    @property
    def chosen(self) -> str | None:
        """The language that was chosen in this chat, for answers too; None where each question settles its own."""
        return self.chat.language if self.chat else None

    def words(self, user: User | None) -> Phrases:
        """The bot's own words: in the language that was chosen in this chat, else in the user's."""
        return phrases(self.chosen or (user.language_code if user else None))


def place_of(message: Message, user: int) -> Place:
    """Where a message stands, and whose it is."""
    return Place(message.chat.id, message.message_thread_id if message.is_topic_message else None, user)


def under(message: Message) -> int | None:
    """What a response to a message replies to: in a group that message; in private it just follows."""
    return message.message_id if message.chat.id < 0 else None


def argument(message: Message) -> str:
    """What stands behind a command, in its line or below it."""
    parts = (message.text or "").split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""
