"""The one door: a text in, an answer out. Knows the languages, the store, and the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge import answers, explain
from knowledge.answer import Answer, Figure
from knowledge.answers import digest as digests
from knowledge.answers.desk_view import View
from knowledge.claims import Verdict, verdicts
from knowledge.complete import Completer
from knowledge.followed import Topic, topic_of
from knowledge.grammar import Grammar
from knowledge.json import as_json
from knowledge.labels import Label, label
from knowledge.language import answered_in, languages
from knowledge.memory import Memory, after
from knowledge.period import Period
from knowledge.question import Name, Question, Trouble
from knowledge.store import Progress, Store, open_store, store_path
from knowledge.store_file import identity
from knowledge.tongue import tongue
from knowledge.topics import load_topics
from knowledge.understand import Reader, Understanding
from knowledge.update import Named, Update, update
from knowledge.update import label as name_of
from knowledge.whens import Past
from knowledge.wording import Worded, Wording

if TYPE_CHECKING:
    from knowledge.chart import Sketch

T = TypeVar("T")
_LOOK_EVERY = 1.0
"""Seconds between two looks at whether the store is still the same file."""
Conversation = Past
"""What the next question can lean on; hand a reply's back with it."""


@dataclass(frozen=True)
class Reply:
    """An answer with the sentences that word it and what the next question can lean on."""

    answer: Answer
    language: str
    wording: Worded
    understanding: Understanding
    conversation: Conversation | None
    edition: str = ""
    """Of the facts that it was answered from: the day on which their store was built, and a hash of its content."""

    told: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Texts made of it before; copies of a reply share them."""

    @cached_property
    def text(self) -> str:
        """The whole answer as plain text."""
        return self.wording.plain()

    def as_json(self, identity: str | None, question: str) -> dict[str, Any]:
        """The answer as the JSON object that others rely on."""
        return as_json(self, identity, question)

    def explain(self) -> str:
        """How the question was read: slots with their words, readings that lost, facts used."""
        if "explain" not in self.told:
            self.told["explain"] = explain.explain(self)
        return self.told["explain"]


class _Room:
    """What one thread needs to answer: its own connection and everything loaded."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.memory = Memory()
        self._completers: dict[str, Completer] = {}
        self._grammars: dict[str, Grammar] = {}
        self._readers: dict[str, Reader] = {}
        self._wordings: dict[str, Wording] = {}
        self._edition = f"{store.edition.built}-{store.edition.content[:8]}"

    def reader(self, language: str) -> Reader:
        if language not in self._readers:
            self._readers[language] = Reader(self.grammar(language), load_topics(self.store))
        return self._readers[language]

    def tongue(self, text: str, expected: str | None) -> str:
        """The language that a text is in; on a draw the one that is expected."""
        known = languages()
        first = [code for code in known if code == expected]
        return tongue(text, [*first, *(code for code in known if code not in first)], self.grammar)

    def grammar(self, language: str) -> Grammar:
        if language not in self._grammars:
            grammar = Grammar.load(language, self.store.names(language))
            mixed = [code for code in grammar.lexicon.table.get("beside", ()) if code in languages()]
            grammar.lexicon.beside = lambda: (self.grammar(code).lexicon for code in mixed)
            self._grammars[language] = grammar
        return self._grammars[language]

    def wording(self, language: str) -> Wording:
        if language not in self._wordings:
            self._wordings[language] = Wording(language, self.store)
        return self._wordings[language]

    def completer(self, language: str) -> Completer:
        if language not in self._completers:
            say = self.wording(language).arg
            products = [say(Name("product", product.product_id), "") for product in self.store.products()]
            self._completers[language] = Completer(self.store.names(language), products)
        return self._completers[language]

    def verify(self, text: str, language: str | None, today: date) -> Checked:
        spoken = self.tongue(text, language)
        answered = answered_in(spoken, language)
        view = View(self.store, today)
        found = verdicts(text, self.reader(spoken), lambda question: answers.answer(question, view), today)
        return Checked(answered, found, self.wording(answered).word(answers.verdict(found)))

    def topic(self, text: str, language: str | None, today: date) -> Named | None:
        spoken = self.tongue(text, language)
        found = topic_of(self.reader(spoken).read(text, today, None).outcome, load_topics(self.store))
        return Named(found, name_of(found, self.wording(answered_in(spoken, language)))) if found else None

    def digest(self, topic: str, period: Period | None, language: str | None, today: date) -> Answer | None:
        """The note on a topic; None where the topic is not understood."""
        found = self.reader(self.tongue(topic, language)).read(topic, today, None).outcome
        # "Turkey to Ukraine" names a topic, though it is no question.
        read = found if isinstance(found, Question) else found.partial if found.trouble is Trouble.INCOMPLETE else None
        if read is None or not (read.products or read.partners or read.systems or read.companies):
            return None
        return digests.answer(read, View(self.store, today), period)

    def ask(self, text: str, previous: Conversation | None, language: str | None, today: date) -> Reply:
        expected = language or (previous.question.language if previous else None)
        spoken = self.tongue(text, expected)
        answered = answered_in(spoken, language)
        understanding = self.reader(spoken).read(text, today, previous)
        outcome = understanding.outcome
        answer = answers.answer(outcome, View(self.store, today))
        worded = self.wording(answered).word(answer)
        return Reply(answer, answered, worded, understanding, after(outcome, previous, answer), self._edition)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the facts say of the claims of a text: a sentence for each, with the sources of all."""

    language: str
    verdicts: tuple[Verdict, ...]
    wording: Worded


class Desk:
    """Answers questions; one worker thread owns the read-only connection, so that no loop ever waits for it."""

    def __init__(self, home: Path, today: Callable[[], date], progress: Progress | None = None) -> None:
        self._home, self._today, self._progress = home, today, progress
        self._thread = ThreadPoolExecutor(1, "desk")
        self._room: _Room | None = None
        self._here: _Room | None = None
        self._file: tuple[int, int] | None = None
        self._current, self._look_again = True, 0.0

    async def start(self) -> None:
        """Open the store (building it if need be) and load what questions need, in the worker thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._load)

    async def ask(
        self,
        text: str,
        previous: Conversation | None = None,
        language: str | None = None,
        today: date | None = None,
    ) -> Reply:
        """The answer to one question; `previous` is the conversation of the reply before.

        `today` is the day by which "last year" is read, if it is not today: for asking again what was asked then.
        """
        day = today or self._today()
        if self._room and not self._replaced() and (known := self._room.memory.get(text, previous, language, day)):
            return known
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._ask, text, previous, language, day)

    async def labels(self, figures: Sequence[Figure], language: str) -> tuple[Label, ...]:
        """Figures in words, one by one."""
        return await self._in_thread(lambda room: tuple(label(one, room.wording(language)) for one in figures))

    async def sketch(self, reply: Reply) -> Sketch | None:
        """What a picture of an answer shows; None where a picture would say nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._sketch, reply)

    async def complete(self, text: str, language: str) -> tuple[str, ...]:
        """A text that breaks off in a name, with that name in full: the likely ones first."""
        return await self._in_thread(lambda room: room.completer(language).complete(text))

    def ask_now(self, text: str, previous: Conversation | None = None, language: str | None = None) -> Reply:
        """The same in the calling thread, for a command line that has nothing else to do."""
        if self._here is None:
            self._here = self._open()
        return self._here.ask(text, previous, language, self._today())

    def digest_now(self, topic: str, period: Period | None = None, language: str | None = None) -> Worded:
        """What happened to a topic in a quarter, in words; what is not understood is answered as a question is."""
        if self._here is None:
            self._here = self._open()
        found = self._here.digest(topic, period, language, self._today())
        spoken = language or self._here.tongue(topic, None)
        return self._here.wording(spoken).word(found) if found else self.ask_now(topic, None, language).wording

    async def topic(self, text: str, language: str | None = None) -> Named | None:
        """What can be followed by this name; None if it is a question."""
        return await self._in_thread(lambda room: room.topic(text, language, self._today()))

    async def name(self, topic: Topic, language: str) -> str:
        """What a topic is called."""
        return await self._in_thread(lambda room: name_of(topic, room.wording(answered_in(language, language))))

    async def update(self, topic: Topic, language: str, period: Period | None = None) -> Update | None:
        """How things stand with a topic, by default in its newest whole quarter; None where no quarter is known."""

        def work(room: _Room) -> Update | None:
            return update(topic, period, View(room.store, self._today()), room.wording(answered_in(language, language)))

        return await self._in_thread(work)

    async def verify(self, text: str, language: str | None = None) -> Checked:
        """A verdict on each claim of a text."""
        return await self._in_thread(lambda room: room.verify(text, language, self._today()))

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._shut)
        self._thread.shutdown()

    def _open(self) -> _Room:
        return _Room(open_store(self._home, today=self._today(), progress=self._progress))

    def _load(self) -> None:
        """Open the store, and once more after an import, by whichever process, has put another in its place."""
        if self._room and not self._replaced():
            return
        path = store_path(self._home)
        file = identity(path)
        room = self._open()
        for language in languages():
            room.reader(language)
        self._shut()
        self._room, self._file, self._current = room, file or identity(path), True

    def _replaced(self) -> bool:
        """True if the store is another file than the one that is open; looked at once in a while."""
        now = monotonic()
        if now >= self._look_again:
            self._look_again = now + _LOOK_EVERY
            self._current = identity(store_path(self._home)) in (self._file, None)
        return not self._current

    def _ask(self, text: str, previous: Conversation | None, language: str | None, today: date) -> Reply:
        self._load()
        assert self._room  # noqa: S101 - just loaded
        reply = self._room.ask(text, previous, language, today)
        self._room.memory.put(text, previous, language, today, reply)
        return reply

    def _sketch(self, reply: Reply) -> Sketch | None:
        self._load()
        assert self._room  # noqa: S101 - just loaded
        from knowledge.chart import sketch  # noqa: PLC0415 - who asks for no picture loads nothing of it

        return sketch(reply.answer, self._room.wording(reply.language))

    async def _in_thread(self, work: Callable[[_Room], T]) -> T:
        def run() -> T:
            self._load()
            assert self._room  # noqa: S101 - just loaded
            return work(self._room)

        return await asyncio.get_running_loop().run_in_executor(self._thread, run)

    def _shut(self) -> None:
        if self._room:
            self._room.store.close()
            self._room = None
