"""A message that the bot sends by itself, as a value: what it says, where it stands, and what is worse than waiting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping


class Stage(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    """It cannot arrive; the error says why."""
    UNKNOWN = "unknown"
    """It may have arrived, and is not sent again."""


class Policy(StrEnum):
    """What is worse: that a message is missing, or that it comes twice."""

    AGAIN = "digest"
    ONCE = "notice"


@dataclass(frozen=True, slots=True)
class Message:
    """One request to be made: a method of the Bot API and its parameters, but for chat and topic."""

    chat: int
    dedupe: str
    """A second message with the same one is not taken: "digest:steel:2026-Q3"."""
    parameters: Mapping[str, Any]
    method: str = "sendMessage"
    topic: int = 0
    policy: Policy = Policy.AGAIN
    priority: int = 5
    """Lower ones first."""
    not_before: float = 0.0
    """Seconds since 1970."""
    picture: str = ""
    """The name of a picture that is kept in the home, for sendPhoto."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message in the hands of one sender."""

    id: int
    owner: str
    slot: float
    """When it may be sent."""
    message: Message = field(repr=False)
    attempts: int
    ambiguous: int


def body_of(message: Message) -> str:
    """What the request needs, as it is kept until it was made."""
    body = {"method": message.method, "parameters": dict(message.parameters), "picture": message.picture}
    return json.dumps(body, ensure_ascii=False)


def new_row(message: Message, now: float) -> dict[str, Any]:
    """The message as a new row."""
    return {
        "chat": message.chat, "topic": message.topic, "kind": str(message.policy), "dedupe": message.dedupe,
        "body": body_of(message), "priority": message.priority, "state": str(Stage.PENDING),
        "not_before": message.not_before, "created": now, "changed": now,
    }  # fmt: skip


def row_of(row: RowMapping, owner: str, slot: float) -> Row:
    """A row as its owner gets it."""
    body = json.loads(row["body"])
    message = Message(
        row["chat"], row["dedupe"], body["parameters"], body["method"], row["topic"], Policy(row["kind"]),
        row["priority"], row["not_before"], body["picture"],
    )  # fmt: skip
    return Row(row["id"], owner, slot, message, row["attempts"], row["ambiguous"])
