"""`waybill ask`: questions from the command line or from lines of JSON, answers on standard output."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeAlias

from knowledge.errors import WaybillError

if TYPE_CHECKING:
    from knowledge.desk import Conversation, Reply

log = logging.getLogger(__name__)
Json: TypeAlias = dict[str, Any]

LONGEST_LINE = 1_000_000
"""Bytes of one line of input; more is read past, not kept."""


class Answers(Protocol):
    """Whoever answers at once, in this thread."""

    def ask_now(self, text: str, previous: Conversation | None = None, language: str | None = None) -> Reply:
        """The answer to one question, asked after `previous`."""
        ...


def one(desk: Answers, question: str, language: str | None, *, as_json: bool, explain: bool) -> str:
    """The answer to one question, in the form that was asked for."""
    question = _whole(question)
    reply = desk.ask_now(question, None, language)
    if as_json:
        return _dump(reply.as_json("1", question))
    return reply.explain() if explain else reply.wording.plain()


def batch(desk: Answers, source: IO[bytes], languages: tuple[str, ...], language: str | None) -> Iterator[str]:
    """One line of JSON for each that is not blank, in the same order; never raises for what a line says."""
    talks: dict[str, Conversation | None] = {}
    for raw in _lines(source):
        try:
            asked = _parse(raw, languages)
        except _MalformedError as error:
            yield _dump(_declined(error.id, error.question, str(error)))
            continue
        try:
            reply = desk.ask_now(asked.question, talks.get(asked.chat or ""), asked.language or language)
            answer = reply.as_json(asked.id, asked.question)
        except WaybillError:
            raise  # the store or a language is broken: no line can be answered
        except Exception:
            log.exception("the question with id %r could not be answered", asked.id)
            answer = _declined(asked.id, asked.question, "something went wrong inside; the log has the trace")
        else:
            if asked.chat is not None:
                talks[asked.chat] = reply.conversation
        yield _dump(answer)


@dataclass(frozen=True, slots=True)
class _Asked:
    id: Any
    question: str
    chat: str | None
    language: str | None


class _MalformedError(Exception):
    """A line that asks nothing; the text says why."""

    def __init__(self, reason: str, identity: Any = None, question: str = "") -> None:
        super().__init__(reason)
        self.id = identity
        self.question = question


def _parse(raw: bytes, languages: tuple[str, ...]) -> _Asked:
    if len(raw) > LONGEST_LINE:
        raise _MalformedError(f"the line is longer than {LONGEST_LINE} bytes")
    try:
        line = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise _MalformedError("the line is not UTF-8") from None
    except (ValueError, RecursionError):
        raise _MalformedError("the line is not JSON") from None
    if not isinstance(line, dict):
        raise _MalformedError('the line is no JSON object like {"id": "1", "question": "..."}')
    identity, question = line.get("id"), line.get("question")
    if not isinstance(question, str):
        raise _MalformedError('"question" must be a text', identity)
    question = _whole(question)
    chat, language = line.get("chat"), line.get("language") or None
    if not isinstance(chat, str | int | None):
        raise _MalformedError('"chat" must be a text', identity, question)
    if language and language not in languages:
        raise _MalformedError(f'"language" must be one of {", ".join(languages)}', identity, question)
    return _Asked(identity, question, None if chat is None else str(chat), language)


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    """The lines that are not blank, each as soon as it is there; a longer one is cut, so that it can be refused."""
    while raw := source.readline(LONGEST_LINE + 1):
        rest = raw
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = source.readline(LONGEST_LINE + 1)
        if raw.strip():
            yield raw


def _declined(identity: Any, question: str, text: str) -> Json:
    """The object for a line without an answer."""
    return {
        "id": identity, "question": question, "language": "en", "status": "declined", "intent": None, "text": text,
        "figures": [], "events": [], "sources": [], "caveats": [], "suggestions": [],
    }  # fmt: skip


def _dump(answer: Json) -> str:
    return _whole(json.dumps(answer, ensure_ascii=False))


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON and arguments can hold and nothing else takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
