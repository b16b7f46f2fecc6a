"""What the handlers ask of whatever keeps things over restarts. Every method returns when it is safe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from handlers.kept import Answered, Chat, Receipt, Seen, Standing, Subscription, Unanswered

if TYPE_CHECKING:
    from knowledge.desk import Conversation


class Chats(Protocol):
    """Whom the bot talks with."""

    async def get(self, chat: int) -> Chat | None:
        """The chat, if anything is kept of it."""
        ...

    async def set(self, chat: int, kind: str, **settings: str | int | None) -> Chat:
        """Keep settings of a chat; None: as by default."""
        ...

    async def activate(self, chat: int, kind: str) -> Chat:
        """The bot can write to the chat (again)."""
        ...

    async def deactivate(self, chat: int, kind: str, reason: str) -> None:
        """The bot cannot write to the chat, or shall not."""
        ...

    async def move(self, old: int, new: int) -> None:
        """A group was upgraded: all that is kept of the old chat belongs to the new one."""
        ...

    async def delete(self, chat: int) -> dict[str, int]:
        """Delete all that is kept of a chat and of the person whose it is: how much of which kind it was."""
        ...


class Conversations(Protocol):
    """Where each conversation stands."""

    async def get(self, chat: int, topic: int, person: int) -> Standing | None:
        """Where it stands, unless it has expired."""
        ...


class Answers(Protocol):
    """Which messages answer which, for 48 hours."""

    async def by_question(self, chat: int, question: int) -> Answered | None:
        """What answers a message."""
        ...

    async def by_receipt(self, receipt: str) -> Answered | None:
        """The messages that show an answer."""
        ...

    async def by_message(self, chat: int, message: int) -> Answered | None:
        """The answer that a message of ours is part of."""
        ...


class Receipts(Protocol):
    """Answers as they were given."""

    async def get(self, receipt: str) -> Receipt | None:
        """The receipt of an answer."""
        ...


class Feedback(Protocol):
    """Thumbs and comments."""

    async def give(self, receipt: str, person: int, verdict: int, comment: str | None = None) -> None:
        """Keep one person's opinion of an answer in the place of what they said before; a comment stays."""
        ...


class Questions(Protocol):
    """Questions that had no answer."""

    async def add(self, folded: str, language: str, question: str, trouble: str) -> int:
        """Count one more time that a question had no answer; its id."""
        ...

    async def get(self, number: int) -> Unanswered | None:
        """One question."""
        ...

    async def first(self, state: str = "open", skip: int = 0) -> tuple[Unanswered | None, int]:
        """The question asked most often, or the one `skip` places behind it, and how many there are."""
        ...

    async def every(self, *states: str) -> list[Unanswered]:
        """The questions in some states."""
        ...

    async def decide(self, number: int, state: str, note: str | None = None) -> None:
        """What a curator made of it."""
        ...

    async def wait(self, number: int, chat: int) -> None:
        """A chat agreed to be told when there is an answer."""
        ...

    async def unwait(self, chat: int) -> int:
        """A chat does not want to be told any more; of how many questions that was."""
        ...

    async def tell(self, number: int) -> list[int]:
        """The chats that agreed to be told, each given out once."""
        ...


class Subscriptions(Protocol):
    """What is followed where."""

    async def add(
        self,
        chat: int,
        topic: int,
        kind: str,
        subject: str,
        *,
        language: str,
        frequency: str,
        previous: Conversation | None = None,
        seen: str | None = None,
    ) -> tuple[Subscription, bool]:
        """Follow something; the subscription, and whether it is new."""
        ...

    async def of(self, chat: int, topic: int | None = None) -> list[Subscription]:
        """What a chat follows."""
        ...

    async def get(self, number: int) -> Subscription | None:
        """One subscription."""
        ...

    async def change(self, number: int, chat: int, **values: str | bool | None) -> bool:
        """Change `paused`, `frequency` or `seen` of a chat's own; False if it is gone."""
        ...

    async def remove(self, number: int, chat: int) -> bool:
        """Unfollow; False if it was gone already."""
        ...

    async def remove_all(self, chat: int) -> int:
        """Unfollow everything; how many it were."""
        ...


class Releases(Protocol):
    """When the bot first saw what it tells of by itself."""

    async def record(self, subject: str, states: Mapping[str, str]) -> list[Seen]:
        """Keep the states that are not the last known ones; all that is known of the subject then, oldest first."""
        ...


class Files(Protocol):
    """Pictures that Telegram already has."""

    async def get(self, picture: str) -> str | None:
        """Telegram's id of the file."""
        ...

    async def put(self, picture: str, file_id: str) -> None:
        """Remember that Telegram has the picture."""
        ...

    async def forget(self, picture: str) -> None:
        """Telegram does not know the file (any more)."""
        ...


class Audit(Protocol):
    """Who did what, when."""

    async def add(self, who: int, what: str, detail: str) -> None:
        """Write one line."""
        ...


class Keep(Protocol):
    """All of it."""

    @property
    def chats(self) -> Chats:
        """Whom the bot talks with."""
        ...

    @property
    def conversations(self) -> Conversations:
        """Where each conversation stands."""
        ...

    @property
    def answers(self) -> Answers:
        """Which messages answer which."""
        ...

    @property
    def receipts(self) -> Receipts:
        """Answers as they were given."""
        ...

    @property
    def feedback(self) -> Feedback:
        """Thumbs and comments."""
        ...

    @property
    def questions(self) -> Questions:
        """Questions that had no answer."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """What is followed where."""
        ...

    @property
    def releases(self) -> Releases:
        """When the bot first saw what it tells of."""
        ...

    @property
    def files(self) -> Files:
        """Pictures that Telegram already has."""
        ...

    @property
    def audit(self) -> Audit:
        """Who did what, when."""
        ...

    async def keep(self, *values: Receipt | Answered | Standing) -> None:
        """Keep what an answer leaves behind."""
        ...
