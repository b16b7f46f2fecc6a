"""The tables of the state, as the steps leave them; a test compares the two.

Moments are seconds since 1970 (UTC). A `topic` of 0 is "no forum topic". `receipt` is the short id of an answer.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _moment(name: str, *, nullable: bool = False) -> Column[float]:
    return Column(name, Double, nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


def _small(name: str, *, nullable: bool = False, default: str | None = None) -> Column[int]:
    return Column(name, Integer, nullable=nullable, server_default=default)


def _flag(name: str, default: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=default)


def _serial() -> Column[int]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("language", nullable=True),
    _small("hour", nullable=True),
    _text("zone", nullable=True),
    _small("quiet_from", nullable=True),
    _small("quiet_until", nullable=True),
    _text("frequency", nullable=True),
    _flag("active", "TRUE"),
    _text("reason", nullable=True),
    _moment("since"),
    _moment("created"),
)
"""Whom the bot talks with: settings, and whether it can write there (else why not, and since when)."""

conversations = Table(
    "conversations",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    _number("question"),
    _text("conversation"),
    _moment("expires"),
    Index("conversations_expires", "expires"),
)
"""Where each conversation stands, so that a restart does not cut it off."""

receipts = Table(
    "receipts",
    metadata,
    Column("id", Text, primary_key=True),
    _number("chat", nullable=True),
    _text("question"),
    _text("language"),
    _text("previous", nullable=True),
    _text("reading"),
    _text("edition"),
    _text("figures"),
    _text("events"),
    _text("asked_on"),
    _moment("created"),
    Index("receipts_chat", "chat"),
    Index("receipts_created", "created"),
)
"""What was answered, and from which facts. `chat` (null for inline answers) is there to delete by; who asked is not."""

answers = Table(
    "answers",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("question", BigInteger, primary_key=True, autoincrement=False),
    _number("person", nullable=True),
    _text("receipt"),
    _text("question_text"),
    _text("previous", nullable=True),
    _text("messages"),
    _moment("expires"),
    Index("answers_receipt", "receipt"),
    Index("answers_expires", "expires"),
)
"""Which messages answer which message, for 48 hours: a question may be edited for so long."""

feedback = Table(
    "feedback",
    metadata,
    _serial(),
    _text("receipt"),
    _number("person"),
    _small("verdict"),
    _text("comment", nullable=True),
    _moment("created"),
    UniqueConstraint("receipt", "person"),
    Index("feedback_person", "person"),
)
"""Thumbs (1 or -1, 0 for a comment alone), one a person and answer."""

unanswered = Table(
    "unanswered",
    metadata,
    _serial(),
    _text("folded"),
    _text("language"),
    _text("question"),
    _text("trouble"),
    _small("times"),
    _text("state"),
    _text("note", nullable=True),
    _moment("created"),
    _moment("changed"),
    UniqueConstraint("folded", "language"),
    Index("unanswered_state", "state", "times"),
)
"""Questions that had no answer, for curators; without who asked."""

waiting = Table(
    "waiting",
    metadata,
    Column(
        "unanswered",
        BigInteger,
        ForeignKey(unanswered.c.id, ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    _moment("created"),
    Index("waiting_chat", "chat"),
)
"""Who agreed to be told when such a question can be answered; gone once told."""

subscriptions = Table(
    "subscriptions",
    metadata,
    _serial(),
    _number("chat"),
    _number("topic"),
    _text("kind"),
    _text("subject"),
    _text("language"),
    _text("previous", nullable=True),
    _text("frequency"),
    _flag("paused", "FALSE"),
    _text("seen", nullable=True),
    _moment("created"),
    UniqueConstraint("chat", "topic", "kind", "subject"),
    Index("subscriptions_subject", "kind", "subject"),
)
"""What is followed where; `seen` tells what was sent of it last."""

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    _number("lane"),
    _text("body", nullable=True),
    _text("state"),
    _small("attempts", default="0"),
    _text("error", nullable=True),
    _moment("received"),
    _moment("done", nullable=True),
    Index("inbox_state", "state", "lane", "update_id"),
    Index("inbox_received", "received"),
)
"""Updates that were accepted; the body goes once it was handled."""

outbox = Table(
    "outbox",
    metadata,
    _serial(),
    _number("chat"),
    _number("topic"),
    _text("kind"),
    _text("dedupe"),
    _text("body", nullable=True),
    _small("priority"),
    _text("state"),
    _moment("not_before"),
    _text("owner", nullable=True),
    _moment("lease_until", nullable=True),
    _small("attempts", default="0"),
    _small("ambiguous", default="0"),
    _number("message", nullable=True),
    _text("error", nullable=True),
    _moment("created"),
    _moment("changed"),
    UniqueConstraint("chat", "topic", "dedupe"),
    Index("outbox_due", "state", "not_before"),
)
"""Messages to be sent by themselves, once each."""

pace = Table(
    "pace", metadata, Column("name", Text, primary_key=True), _moment("next"), Column("rate", Double, nullable=False)
)
"""How fast messages go out, over all processes: the next free moment, and messages a second."""

releases = Table(
    "releases",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    _moment("enqueued"),
)
"""What was announced already: "quarter complete, not yet enqueued" is what is missing here."""

audit = Table(
    "audit",
    metadata,
    _serial(),
    _moment("moment"),
    _number("who"),
    _text("what"),
    _text("detail"),
)
"""What admins did."""

files = Table("files", metadata, Column("picture", Text, primary_key=True), _text("file_id"), _moment("used"))
"""Pictures that Telegram already has."""

leases = Table(
    "leases", metadata, Column("name", Text, primary_key=True), _text("owner"), _number("fence"), _moment("until")
)
"""What only one process may do at a time."""

marks = Table("marks", metadata, Column("name", Text, primary_key=True), _text("value"), _moment("changed"))
"""Single values: when the last refresh was, and the like."""
