"""What a question after somebody's words is about: what a statement must speak of, and what only tells for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.answers.classes import families, pattern
from knowledge.answers.desk_view import View
from knowledge.answers.linked import finder, reports_of
from knowledge.answers.note_words import stem
from knowledge.answers.reports import HOME
from knowledge.facts import TOTAL
from knowledge.question import Name, Origin, Question, Slot
from knowledge.text import fold

_APART = 3
"""Words of a name from which on it is enough that all of them are said."""
_SUBJECT = "defence-aerospace"
"""What all statements are about, more or less."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something that a statement can be about, and how much that tells."""

    words: re.Pattern[str]
    weight: float
    must: bool
    """True for what the text itself names: a statement that is not about it is no answer."""


def subject_terms(question: Question, view: View, speakers: Sequence[Name]) -> list[Term]:
    """What the question is about, besides its speaker and its time."""
    told: list[tuple[re.Pattern[str] | None, float, bool]] = []
    for slot in question.systems:
        if slot.value.startswith("class:"):
            words = _members(slot.value.removeprefix("class:"), view)
            told.append((pattern(words), 2, _asked(slot)))
        else:
            entity = view.store.entity(slot.value)
            told.append((_named(finder(entity) if entity else pattern([_plain(slot.value)]), slot), 3, _asked(slot)))
    countries = reports_of(view.store).countries
    told += [(countries.get(slot.value), 2, False) for slot in question.partners if slot.value != HOME]
    told += [(_country(slot, countries), 0, True) for slot in question.partners if _asked(slot) and slot.value != HOME]
    # A region has to stand in what was said, not in the name of who says it: `_weight` sees to that.
    told += [(words, 3, False) for words in region_words(question)]
    spoken = {name.id for name in speakers}
    for slot in (*question.people, *question.companies, *question.conflicts):
        entity = view.store.entity(slot.value)
        if entity and slot.value not in spoken:
            told.append((finder(entity), 2, _asked(slot)))
    told += [
        (_labels_of(slot.value, view), 2, True) for slot in question.products if _asked(slot) and _narrow(slot.value)
    ]
    told += [(stem(word), 2, True) for word in question.topic if len(word) > 2]
    told += [
        (family.words, 1, False) for aspect in sorted(question.aspects) if (family := families("aspect").get(aspect))
    ]
    for number in (question.number, question.amount):
        if number is not None:
            told.append((_digits(number), 2, True))
    return [Term(words, weight, must) for words, weight, must in told if words]


def _asked(slot: Slot[str]) -> bool:
    """True for a slot that this text names; what the conversation named before only tells what comes first."""
    return slot.origin is Origin.ASKED


def _country(slot: Slot[str], countries: Mapping[str, re.Pattern[str]]) -> re.Pattern[str] | None:
    """A country by its name, or by the words that the text has for it ("Washington")."""
    names = countries.get(slot.value)
    words = pattern([slot.words])
    return re.compile("|".join(found.pattern for found in (names, words) if found)) if names or words else None


def _narrow(product: str) -> bool:
    """True for a product that not every statement is about: all of them are about defence exports."""
    return product not in (_SUBJECT, TOTAL)


def _members(name: str, view: View) -> tuple[str, ...]:
    family = families("system").get(name)
    if family is None:
        return (name,)
    entities = (view.store.entity(key) for key in family.entities)
    return (*family.plain, *(name for one in entities if one for name in (one.name, *one.aliases)))


def _named(words: re.Pattern[str] | None, slot: Slot[str]) -> re.Pattern[str] | None:
    """What finds a name, or all of its words apart: "F-16 upgrade kits" can be said as upgrade kits for the F-16."""
    parts = fold(slot.words).split()
    if words is None or len(parts) < _APART:
        return words
    apart = "".join(rf"(?=.*(?<!\w){re.escape(part)}(?!\w))" for part in parts)
    return re.compile(f"{words.pattern}|^{apart}", re.DOTALL)


def _labels_of(product: str, view: View) -> re.Pattern[str] | None:
    found = view.store.product(product)
    return pattern([found.label, *re.split(r"[,;/]| and ", found.label)] if found else [product])


def region_words(question: Question) -> list[re.Pattern[str]]:
    """What finds each of the regions of a question; shorter than these where one has no words."""
    known = families("region")
    return [family.words for slot in question.regions if (family := known.get(slot.value)) and family.words]


def _plain(text_id: str) -> str:
    return text_id.removeprefix("text:").replace("-", " ")


def _digits(number: float) -> re.Pattern[str]:
    """A number as the summaries write it: 48, 506m, 10.2bn."""
    for scale, letters in ((1e9, "bn?"), (1e6, "m")):
        if number >= scale:
            return re.compile(rf"(?<![\d.,]){re.escape(f'{number / scale:g}')}{letters}")
    return re.compile(rf"(?<![\d.,]){re.escape(f'{number:g}')}(?![\d]|[.,]\d)")
