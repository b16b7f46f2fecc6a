"""Answers that were worked out already: the same question is often asked again, by the same people and by others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.answer import Answer
from knowledge.question import Kind, Question
from knowledge.whens import Past

if TYPE_CHECKING:
    from knowledge.desk import Reply

_MOST = 2048
_CHAIN = 4
"""Questions before the last two that a conversation remembers ("the sum of the five")."""
_NO_TALK = frozenset({"smalltalk", "help"})


class Memory:
    """The replies of one edition of the facts, the longest unused forgotten first; threads may share it.

    What an answer depends on is its key: the text, the language asked for, the day, and the conversation before it
    unless the text stands by itself.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._replies: OrderedDict[Hashable, Reply] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._replies)

    def get(self, text: str, previous: Past | None, language: str | None, today: date) -> Reply | None:
        """The reply to a text, if it is remembered."""
        key = (text, language, _hint(previous, language), today)
        with self._lock:
            reply = self._replies.get(key)
            if reply is not None:
                self._replies.move_to_end(key)
                return replace(reply, conversation=after(reply.understanding.outcome, previous, reply.answer))
            leaning = (*key, previous)
            reply = self._replies.get(leaning)
            if reply is not None:
                self._replies.move_to_end(leaning)
            return reply

    def put(self, text: str, previous: Past | None, language: str | None, today: date, reply: Reply) -> None:
        """Remember a reply."""
        key: tuple[Hashable, ...] = (text, language, _hint(previous, language), today)
        if not reply.understanding.alone:
            key = (*key, previous)
        with self._lock:
            self._replies[key] = reply
            while len(self._replies) > self._most:
                self._replies.popitem(last=False)


def after(outcome: object, previous: Past | None, answer: Answer) -> Past | None:
    """Where the conversation stands once a text was read and answered so."""
    if isinstance(outcome, Question) and outcome.kind not in _NO_TALK:
        before, *earlier = previous.chain() if previous else (None,)
        figure = answer.figures[0] if answer.figures and outcome.kind is not Kind.PROCUREMENT else None
        told = None if figure is None or any(slot.value.period for slot in outcome.periods) else figure.period
        return Past(outcome, before, tuple(one for one in earlier[:_CHAIN] if one), told)
    return previous


def _hint(previous: Past | None, language: str | None) -> str | None:
    """The language in which the text is looked at first."""
    return language or (previous.question.language if previous else None)
