"""What can be followed by name: a flow of goods, a system, a company. All else stays a question."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from knowledge.answers.digest import HOME
from knowledge.facts import WORLD
from knowledge.question import Kind, NotUnderstood, Origin, Question, Slot, Trouble

if TYPE_CHECKING:
    from knowledge.topics import Topics

_BARE = frozenset((Kind.LEVEL, Kind.DEFINITION, Kind.PROCUREMENT))
"""Kinds that a mere name is read as."""
_PLAIN = frozenset(("export",))
"""What may be said beside the names."""
_FAMILY = "class:"


@dataclass(frozen=True, slots=True)
class Topic:
    """What is followed, by ids; empty where that is not part of it."""

    product: str = ""
    partner: str = ""
    system: str = ""
    company: str = ""

    def __str__(self) -> str:
        """The code that `parse` reads: "product:steel partner:DEU"."""
        parts = ((field.name, getattr(self, field.name)) for field in fields(self))
        return " ".join(f"{name}:{value}" for name, value in parts if value)

    @classmethod
    def parse(cls, code: str) -> Self | None:
        """The topic of a code; None if it is none."""
        found = dict(part.partition(":")[::2] for part in code.split(" "))
        known = {field.name for field in fields(cls)}
        return cls(**found) if found and found.keys() <= known and all(found.values()) else None

    @property
    def to(self) -> str:
        """The partner of its exports: the world where none is named."""
        return self.partner or WORLD

    def named(self) -> tuple[tuple[str, str], ...]:
        """(kind of name, id) of its parts, in the order in which they are said."""
        kinds = {"product": "product", "partner": "country", "system": "system", "company": "company"}
        return tuple((kind, getattr(self, name)) for name, kind in kinds.items() if getattr(self, name))

    def is_of_deals(self, goods: str) -> bool:
        """True if there can be deals of it: it is a system, a company, or the goods that deals are about."""
        return bool(self.system or self.company or self.product == goods)

    def question(self) -> Question:
        """The question that its note answers."""
        system, company = self.system, self.company

        def slots(identity: str) -> tuple[Slot[str], ...]:
            return (Slot(identity),) if identity else ()

        return Question(
            "",
            "",
            Kind.PROCUREMENT if system or company or self.product == HOME else Kind.LEVEL,
            products=slots("" if system or company else self.product),
            partners=slots(self.partner),
            exporter=Slot("TUR", origin=Origin.ASSUMED),
            systems=slots(system),
            companies=slots(company),
        )


def topic_of(outcome: Question | NotUnderstood, topics: Topics) -> Topic | None:
    """The topic that a text names and says nothing else of; None if it asks something."""
    question = _read(outcome)
    if question is None or question.text.rstrip().endswith("?") or _says_more(question):
        return None
    named = (question.systems, question.companies, question.products, question.partners)
    if any(len(slots) > 1 for slots in named):
        return None
    system, company, product, partner = (slots[0].value if slots else "" for slots in named)
    if (question.exporter and question.exporter.value != topics.home) or system.startswith(_FAMILY):
        return None
    if system or company:
        return None if partner or (system and company) else Topic(system=system, company=company)
    if partner and not product:
        return Topic(HOME, partner)
    return Topic(product, partner) if product else None


def _read(outcome: Question | NotUnderstood) -> Question | None:
    """The reading of a text that may be no whole question: a country by itself is."""
    if isinstance(outcome, Question):
        return outcome
    return outcome.partial if outcome.trouble is Trouble.INCOMPLETE and not outcome.words else None


def _says_more(question: Question) -> bool:
    """True if there is more in it than names: a time, an order, a speaker."""
    rest: tuple[tuple[Slot[Any], ...], ...] = (
        question.periods, question.regions, question.people, question.conflicts, question.left_out,
    )  # fmt: skip
    single = (question.attributed, question.number, question.place, question.amount, question.known_at or None)
    return (
        question.kind not in _BARE
        or not question.aspects <= _PLAIN
        or any(rest)
        or any(one is not None for one in single)
    )
