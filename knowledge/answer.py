"""What the desk answers, as a value that knows no language: figures, phrases, caveats, sources.

A phrase is a key of the language files with its arguments; `knowledge.wording` turns it into a sentence.
A figure cannot be built without a source, nor an answer of status `answered` that shows figures without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from knowledge.facts import Day, Event, Source
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.question import Kind, Name

Arg: TypeAlias = "str | int | Quantity | Period | Day | Name | Source | Phrase | tuple[Arg, ...]"
"""What a phrase can be filled with; a tuple is worded as a list ("a, b and c")."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or part of one: a dotted key of the language files and what fills it."""

    key: str
    args: tuple[tuple[str, Arg], ...] = ()


def say(key: str, **args: Arg) -> Phrase:
    """A phrase; the arguments are named as in the language files."""
    return Phrase(key, tuple(args.items()))


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    """Asked back: the choices are in the suggestions."""
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an answer, with what it measures and who says so."""

    quantity: Quantity
    measure: str
    sources: tuple[Source, ...]
    exporter: str = ""
    partner: str = ""
    product: str = ""
    period: Period | None = None
    derived: bool = False
    """True if it was computed here; `formula` then shows the sum."""
    formula: str = ""

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a figure needs a source")


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: a phrase for each column head, rows of arguments."""

    head: tuple[Phrase, ...]
    rows: tuple[tuple[Arg, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, or the reason why there is none."""

    status: Status
    kind: Kind | None
    lead: tuple[Phrase, ...]
    """The first sentence or two; with the figure, where there is one."""
    details: tuple[Phrase, ...] = ()
    """What a reader would want next: comparisons, who disagrees and by how much."""
    table: Table | None = None
    caveats: tuple[Phrase, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    sources: tuple[Source, ...] = ()
    """In the order in which they are numbered."""
    more_sources: int = 0
    """Further reports of the same figures, not listed."""
    suggestions: tuple[Phrase, ...] = ()
    """Questions that would follow; each is itself understood."""
    taken_over: tuple[Phrase, ...] = ()
    """What was carried over from the conversation or assumed, said aloud before the answer."""

    def __post_init__(self) -> None:
        if self.status is not Status.ANSWERED and self.figures:
            raise ValueError("a question that is not answered shows no figures")
