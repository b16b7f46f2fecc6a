"""The systems that a question names, as things that each need an answer of their own."""

from __future__ import annotations

from knowledge.answers.classes import families
from knowledge.question import Question, Slot


def things(question: Question) -> tuple[tuple[Slot[str], ...], ...]:
    """The systems of a question as groups that each need an answer of their own.

    Two systems are two things; a family that holds a system named beside it, or a narrower family, is none. A
    family joined to another name by "and" is a thing too; else it is a part of what is named ("TB2 missiles").
    """
    singles = [slot for slot in question.systems if not slot.value.startswith("class:")]
    kinds = own_families(question)
    parts = [slot for slot in kinds if is_part(slot)]
    if parts and (singles or len(kinds) > len(parts)):
        # "TB2 and Akinci engines": the part belongs to each.
        others = singles or [slot for slot in kinds if slot not in parts]
        return tuple((slot, *parts) for slot in others)
    if not singles:
        joined = "follow" in question.aspects and len(kinds) > 1
        return tuple((slot,) for slot in kinds) if joined else ((tuple(kinds),) if kinds else ())
    if "follow" in question.aspects:
        return tuple((slot,) for slot in (*singles, *kinds))
    return tuple((slot, *kinds) for slot in singles)


def own_families(question: Question) -> list[Slot[str]]:
    """The families of a question that say something which no other name in it does."""
    known = families("system")
    singles = {slot.value for slot in question.systems if not slot.value.startswith("class:")}
    kinds = [slot for slot in question.systems if slot.value.removeprefix("class:") in known and ":" in slot.value]
    members = {slot.value: known[slot.value.removeprefix("class:")].entities for slot in kinds}
    found = []
    for slot in kinds:
        own = members[slot.value] | _looser(slot)
        narrower = any(other < own for value, other in members.items() if value != slot.value and other)
        if not own & singles and not narrower:
            found.append(slot)
    return found


def _looser(slot: Slot[str]) -> frozenset[str]:
    """The systems that a family's word is used of loosely: a drone is an aircraft too."""
    wider = families("wider").get(slot.value.removeprefix("class:"))
    known = families("system")
    return frozenset().union(*(known[name].entities for name in wider.plain)) if wider else frozenset()


def is_part(slot: Slot[str]) -> bool:
    """True for a family of parts: an engine is always of something."""
    return slot.value.removeprefix("class:") in families("part")["parts"].plain
