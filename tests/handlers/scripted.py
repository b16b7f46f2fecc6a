"""A desk that answers as a test wants it to: for what the real one does too seldom, too fast, or never."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from knowledge.answer import Answer, Figure, Status, say
from knowledge.chart import Sketch
from knowledge.desk import Checked, Conversation, Reply
from knowledge.facts import Source
from knowledge.followed import Topic
from knowledge.labels import Label
from knowledge.parse import Parse
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.question import Kind, Question, Reading, Slot
from knowledge.understand import Understanding
from knowledge.update import Named, Update
from knowledge.wording import SourceLine, Worded

SOURCE = Source(
    "s1", "Daily <Sabah>", "Defense & exports", "https://example.org/a?b=1&c=2", "2022-04-05", "en", "press"
)


@dataclass
class ScriptedDesk:
    """Answers with its text of a question, or with an echo; remembers what it was asked."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """Each question, the text of the one before it that it was asked after, and the language."""
    gate: asyncio.Event | None = None
    """If there is one, answers wait for it."""
    completions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    error: Exception | None = None

    days: list[date | None] = field(default_factory=list)
    """As of which day it was asked, each time."""

    async def ask(
        self,
        text: str,
        previous: Conversation | None = None,
        language: str | None = None,
        today: date | None = None,
    ) -> Reply:
        """The scripted reply, or an answer that repeats the question."""
        self.asked.append((text, previous.question.text if previous else None, language))
        self.days.append(today)
        if self.gate:
            await self.gate.wait()
        if self.error:
            raise self.error
        return self.replies.get(text) or reply(f"Answer to: {text}")

    async def complete(self, text: str, language: str) -> tuple[str, ...]:
        """The completions that a test wants."""
        assert language
        return self.completions.get(text, ())

    sketches: dict[str, Sketch] = field(default_factory=dict)
    """Pictures by the first sentence of the answer."""
    verified: list[tuple[str, str | None]] = field(default_factory=list)
    """Each text that was to be verified, and the language asked for."""

    async def verify(self, text: str, language: str | None = None) -> Checked:
        """A verdict that repeats the text."""
        self.verified.append((text, language))
        return Checked("en", (), reply(f"Verdict on: {text}").wording)

    updates: dict[str, Update] = field(default_factory=dict)
    """How topics stand, by their codes; a topic is asked for by its code."""

    async def topic(self, text: str, language: str | None = None) -> Named | None:
        """The topic of that code."""
        topic = Topic.parse(text)
        return Named(topic, await self.name(topic, language or "en")) if topic else None

    async def name(self, topic: Topic, language: str) -> str:
        """Its code in capitals."""
        assert language
        return str(topic).upper()

    async def update(self, topic: Topic, language: str, period: Period | None = None) -> Update | None:
        """How it stands; in another period it says so."""
        assert language
        now = self.updates.get(str(topic))
        if now is None or period is None:
            return now
        return replace(now, period=period, wording=reply(f"{topic} in {period}").wording)

    async def sketch(self, reply: Reply) -> Sketch | None:
        """The picture that the test has laid ready."""
        return self.sketches.get(reply.wording.lead)

    async def labels(self, figures: Sequence[Figure], language: str) -> tuple[Label, ...]:
        """Figures in words, as plain as can be."""
        assert language == "en"
        return tuple(
            Label("Defence", "Türkiye → Ukraine", str(figure.period), f"${figure.quantity.value / 1e6:g} million")
            for figure in figures
        )


def reply(lead: str, status: Status = Status.ANSWERED, suggestions: tuple[str, ...] = (), **wording: Any) -> Reply:
    """A reply; an answered one has a figure of 2022-Q1 and a source."""
    answered = status is Status.ANSWERED
    figure = Figure(Quantity.reported(59.1e6, "USD", 1e5), "value", (SOURCE,), period=Period.parse("2022-Q1"))
    answer = Answer(
        status,
        Kind.LEVEL,
        (say("x"),),
        figures=(figure,) if answered else (),
        sources=(SOURCE,) if answered else (),
        suggestions=tuple(say(text) for text in suggestions),
    )
    lines = (SourceLine(1, "Daily <Sabah>, April 2022", SOURCE.url),) if answered else ()
    empty: dict[str, Any] = {"taken_over": (), "details": (), "table": None, "caveats": (), "more": ""}
    worded = Worded(lead=lead, suggestions=suggestions, sources=lines, sources_label="Sources", **(empty | wording))
    question = Question(f"after {lead}", "en", Kind.LEVEL, products=(Slot("defence-aerospace"),))
    understanding = Understanding(question, (Reading(question, 1.0),), Parse(lead, "en", (), (), (), (), ()))
    return Reply(answer, "en", worded, understanding, Conversation(question), "2026-11-23-abc")
