"""What is kept between messages and over restarts: the values, without a word on how. `bot.state` keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.desk import Conversation


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat with its settings; None where nothing was chosen."""

    id: int
    kind: str
    """private, group, supergroup or channel."""
    language: str | None = None
    hour: int | None = None
    """The hour of the day at which updates are wanted."""
    zone: str | None = None
    """IANA name of the time zone."""
    quiet_from: int | None = None
    quiet_until: int | None = None
    """Hours between which nothing is sent by itself."""
    frequency: str | None = None
    active: bool = True
    """False: the bot cannot write there."""
    reason: str | None = None
    since: float = 0
    """When `active` last changed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer as it was given: what was asked, how it was read, and the figures with the facts' edition."""

    id: str
    chat: int | None
    """Whose data it is; None for an inline answer."""
    question: str
    language: str
    previous: Conversation | None
    """The conversation before the question."""
    reading: str
    """How the question was read, as text."""
    edition: str
    """Of the facts."""
    figures: tuple[Mapping[str, Any], ...]
    """As in the answer's JSON, each with its `vintage`: when the newest of its sources was published."""
    events: tuple[str, ...]
    """Ids of the reports that the answer rests on."""
    asked_on: date
    """What "this year" meant."""
    created: float


@dataclass(frozen=True, slots=True)
class Answered:
    """Which messages answer which message."""

    chat: int
    question: int
    """Id of the message that asked."""
    person: int | None
    """Who asked: in groups, choices are theirs."""
    receipt: str
    text: str
    """What was asked."""
    previous: Conversation | None
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands."""

    chat: int
    topic: int
    """The forum topic; 0 outside."""
    person: int
    conversation: Conversation
    question: int
    """Id of the message that it stands after."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that had no answer. Nobody can tell who asked."""

    id: int
    question: str
    language: str
    trouble: str
    """Why: the kind of "not understood"."""
    times: int
    state: str
    """open, or what a curator decided: alias, fact, out_of_scope."""
    note: str | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Something that is followed in a chat."""

    id: int
    chat: int
    topic: int
    """The forum topic; 0 outside."""
    kind: str
    """topic or question."""
    subject: str
    """The topic's name, or the question's text."""
    language: str
    previous: Conversation | None
    """The conversation before the question."""
    frequency: str
    paused: bool
    seen: str | None
    """What was sent of it last."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A state of something that is followed, and when the bot first saw it."""

    of: str
    """A quarter, or the id of a report."""
    state: str
    """The figure as it is worded; empty for a report."""
    at: float
