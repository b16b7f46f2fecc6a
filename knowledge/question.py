"""What a text asks, as a value: the kind of question, its slots, and what was not understood.

Every slot remembers the words that gave it and whether they stood in this text, came from the
conversation, or were assumed, so that the answer can say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from knowledge.period import Period

V = TypeVar("V")


class Kind(StrEnum):
    """The kinds of question; one module of `knowledge.answers` each (small ones share)."""

    LEVEL = "level"
    CHANGE = "change"
    RATIO = "ratio"
    SHARE = "share"
    RANK = "rank"
    SERIES = "series"
    SUM = "sum"
    COMPARE = "compare"
    PROCUREMENT = "procurement"
    STATEMENT = "statement"
    DEFINITION = "definition"
    SOURCE = "source"
    COVERAGE = "coverage"
    RELEASE = "release"
    HELP = "help"
    SMALLTALK = "smalltalk"


class Origin(StrEnum):
    """Where a slot's value comes from."""

    ASKED = "asked"
    CARRIED = "carried"
    """Taken over from the question before."""
    ASSUMED = "assumed"
    """Nobody said it: a default, which the answer says aloud."""


LISTED = "listed"
"""The role of what is named in a list."""


@dataclass(frozen=True, slots=True)
class Slot(Generic[V]):
    """A value with the words that gave it."""

    value: V
    words: str = ""
    origin: Origin = Origin.ASKED
    near: bool = False
    """True if the words were only near a known name (a typo)."""
    role: str = ""
    """`whole` where the words say that it is what something is a part of ("in total exports")."""


class Anchor(StrEnum):
    """A period that only the data can resolve."""

    LATEST = "latest"
    """The newest one published."""
    ALL = "all"
    """Everything there is ("record month", "how far back")."""


@dataclass(frozen=True, slots=True)
class When:
    """A period as asked: whole months where `day` is empty; open-ended where `since` or `until` is set."""

    period: Period | None
    """None for an anchor."""
    anchor: Anchor | None = None
    day: str = ""
    """YYYY-MM-DD where a single day was asked for."""
    grain: str = ""
    """The unit the words used: month, quarter, half, year; `first 9 months` and the like have `span`."""


@dataclass(frozen=True, slots=True)
class Name:
    """A named thing: `kind` is country, region, product, system, company, organisation, person or conflict.

    In answers it can be a `voice` that is quoted or a speaker's `role` too: by the name that the facts use.
    """

    kind: str
    id: str
    """ISO 3166-1 alpha-3 code, product id, entity id, or the name that the events use."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, fully read."""

    text: str
    language: str
    kind: Kind
    products: tuple[Slot[str], ...] = ()
    """Product ids."""
    partners: tuple[Slot[str], ...] = ()
    """Who bought: country codes."""
    exporter: Slot[str] | None = None
    """Who sold: a country code."""
    regions: tuple[Slot[str], ...] = ()
    periods: tuple[Slot[When], ...] = ()
    related: tuple[Slot[When], ...] = ()
    """The period of the question before to which a relative one ("a year earlier") was related."""
    systems: tuple[Slot[str], ...] = ()
    """Entity ids of systems, ids of systems without an entity (`text:...`), and classes (`class:...`)."""
    companies: tuple[Slot[str], ...] = ()
    """Entity ids of companies."""
    people: tuple[Slot[str], ...] = ()
    """Entity ids of persons and organisations that speak or are asked about."""
    conflicts: tuple[Slot[str], ...] = ()
    attributed: Slot[str] | None = None
    """Whose figure is wanted ("by SSB", "according to SIPRI"): an entity id."""
    left_out: tuple[Slot[Name], ...] = ()
    """What a whole or an order is asked for without ("except automotive", "other than the US")."""
    bodies: tuple[str, ...] = ()
    """Everyone whose figures are named, one or several: entity ids."""
    aspects: frozenset[str] = frozenset()
    """What is wanted of it, by the names used in the language files' [cues]: count, money, when, who, percent,
    up, down, most, least, top, by_month, by_quarter, by_year, delivered, ordered, donated, free, cancelled,
    combat, first_flight, launch, coproduction, alleged, target, agree (do the sources agree), why, record, ..."""
    topic: tuple[str, ...] = ()
    """Folded content words that only a statement can be about ("jobs", "permits")."""
    number: int | None = None
    """The n of "top n", or a count that the text names."""
    place: int | None = None
    """The place in an order that is asked for ("second biggest"), from 1."""
    amount: float | None = None
    """A figure that the text itself quotes ("the $59.1 million")."""
    unit: str = ""
    """Unit asked for: USD, EUR, percent, ratio; empty for any."""
    known_at: str = ""
    """The day (YYYY-MM-DD) at whose end the figure is to be as it was known; empty for now."""
    before_kind: Kind | None = None
    """For "source?": the kind of the question whose answer is meant."""
    follows: bool = False
    """True if something was taken over from the question before."""

    def slots(self) -> tuple[Slot[Any], ...]:
        """Every slot, for explaining and for saying what was carried over or assumed."""
        single = tuple(slot for slot in (self.exporter, self.attributed) if slot)
        return (
            *self.products, *self.partners, *self.regions, *self.periods, *self.systems,
            *self.companies, *self.people, *self.conflicts, *single,
        )  # fmt: skip


class Trouble(StrEnum):
    """The kinds of "not understood"; each has its own phrase in every language."""

    UNKNOWN_WORD = "unknown_word"
    OTHER_MEASURE = "other_measure"
    """A known measure, flow or topic that the store does not hold: imports, weight, budget, losses."""
    NEAR_MISS = "near_miss"
    """A name that is close to known ones, too far off to be sure."""
    OUTSIDE_PERIOD = "outside_period"
    NO_FACT = "no_fact"
    INCOMPLETE = "incomplete"
    """A question with nothing to ask about ("how much was it?" with nothing before it)."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why a text could not be turned into a question, with what would help."""

    text: str
    language: str
    trouble: Trouble
    words: tuple[str, ...] = ()
    """The words of the text that stood in the way."""
    concept: str = ""
    """For OTHER_MEASURE: which one, by its name in the language file."""
    choices: tuple[Name, ...] = ()
    partial: Question | None = None
    """The reading that would have resulted without those words: for suggestions, never for an answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text, with the score that ranks it and what the score is made of."""

    question: Question
    score: float
    evidence: tuple[tuple[str, float], ...] = field(default=())
