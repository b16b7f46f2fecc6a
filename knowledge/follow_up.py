"""What a question takes over from the conversation: the subject, the time, the persons, the questions to add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from knowledge.facts import TOTAL
from knowledge.leaving_out import WHOLES
from knowledge.question import Kind, Origin, Question, Slot
from knowledge.whens import Past

_ABOUT_DEALS = frozenset(
    [
        "count",
        "money",
        "order",
        "contract",
        "delivery",
        "donation",
        "cancellation",
        "coproduction",
        "combat",
        "first_flight",
        "launch",
        "who_bought",
        "who_made",
        "who_sold",
        "what_bought",
        "list",
        "alleged",
        "planned",
        "status",
        "when",
        "first",
        "last",
        "each",
    ]
)
_ADDED = ("products", "partners", "periods")
"""What the parts of a sum can differ in."""
_MEASURED = frozenset(("count", "money", "price_each"))
_GRAINS = frozenset(("by_month", "by_quarter", "by_year", "month", "quarter", "year"))
_DEALINGS = frozenset(("order", "contract", "delivery", "donation", "cancellation", "coproduction", "combat", "launch"))
"""What a deal is spoken of as: "when was the first one?" goes on with it."""
_AMOUNTS = frozenset((Kind.LEVEL, Kind.SUM))


def carry(question: Question, past: Past) -> Question:
    """Take over from the conversation what the question leaves out."""
    before = past.question
    out = {**_subject(question, before), **_time(question, before), **_people(question, past)}
    several = past.before or question.number
    if question.kind in (Kind.SUM, Kind.COMPARE) and several and not _names_anything(question):
        out |= _together(question, past.chain())
    if question.kind is Kind.COMPARE and question.aspects & {"that", "follow"}:
        out |= _set_against(question, before)
    if question.kind in WHOLES and question.kind is before.kind and not _names_goods(question):
        out["left_out"] = question.left_out or _carried(before.left_out)
    if question.kind is Kind.RANK and before.kind is Kind.RANK:
        # "And in 2024?": the same order of another time.
        out["aspects"] = question.aspects | before.aspects
        out["number"] = question.number if question.number is not None else before.number
    if question.kind is Kind.RANK and before.kind is Kind.SERIES and not question.aspects & _GRAINS:
        # "The best one?": of the quarters that were told.
        out["aspects"] = question.aspects | (before.aspects & _GRAINS)
    if question.kind is Kind.SHARE and not _names_anything(question) and not before.partners:
        out |= _buyer_before(past)
    if question.kind is Kind.PROCUREMENT and not question.aspects & _DEALINGS:
        out["aspects"] = question.aspects | (before.aspects & _DEALINGS)
    if question.kind is Kind.PROCUREMENT and not _asks_of_deals(question):
        out["aspects"] = question.aspects | (_asked_of_deal(past) & _ABOUT_DEALS)
    if question.kind is Kind.SOURCE:
        out["before_kind"] = before.before_kind or before.kind
        out["aspects"] = question.aspects | before.aspects
    changed = any(value and value != getattr(question, name) for name, value in out.items())
    return replace(question, **out, follows=changed or bool(question.related))


def ranks_sectors(question: Question) -> bool:
    """True if sectors or companies are what is put in order: no product is taken over then."""
    return question.kind is Kind.RANK and bool({"sectors", "by_sector", "companies"} & question.aspects)


def _subject(question: Question, before: Question) -> dict[str, Any]:
    """What is asked about: goods, systems, companies, the two sides of the trade."""
    out: dict[str, Any] = {}
    thing = bool(question.systems or question.companies)
    person = question.kind is Kind.DEFINITION and "he" in question.aspects
    if not question.products and not thing and not ranks_sectors(question):
        out |= {"products": _carried(before.products), "companies": _carried(before.companies)}
    if question.kind in (Kind.PROCUREMENT, Kind.SOURCE) and not thing:
        out |= {"systems": _carried(before.systems), "companies": _carried(before.companies)}
        # Another buyer's deal has another number.
        kept = None if question.partners and question.kind is Kind.PROCUREMENT else before.number
        out["number"] = question.number if question.number is not None else kept
    if question.kind is Kind.DEFINITION and not thing and not question.people and not person:
        out |= {"systems": _carried(before.systems), "companies": _carried(before.companies)}
    if not question.partners and not question.regions and not _to_the_world(question):
        out |= {"partners": _carried(before.partners), "regions": _carried(before.regions)}
    if question.exporter is None and before.exporter:
        out["exporter"] = replace(before.exporter, origin=Origin.CARRIED)
    if question.kind is Kind.SHARE and [slot.value for slot in question.products] == [TOTAL]:
        # "What share of total exports is that?": the part is what was spoken of.
        out["products"] = (*_carried(before.products), *question.products)
    return out


def _to_the_world(question: Question) -> bool:
    """True for "and in total?", which asks for the whole of what went to one buyer before."""
    return question.kind is Kind.LEVEL and "total" in question.aspects and not _names_anything(question)


def _time(question: Question, before: Question) -> dict[str, Any]:
    """When: the periods of the question before, with the one that they were set against."""
    two = question.kind in (Kind.RATIO, Kind.CHANGE, Kind.COMPARE)
    if not question.periods and (question.kind is not Kind.PROCUREMENT or not question.partners):
        related = _carried(before.related) if two else ()
        return {"periods": (*related, *_carried(before.periods))}
    if two and question.related and len(question.periods) == 1:
        return {"periods": (*question.related, *question.periods)}
    return {}


def _people(question: Question, past: Past) -> dict[str, Any]:
    """Whom "he" stands for: whoever was named last; who spoke in the question before goes on speaking."""
    if question.people or question.attributed or question.kind not in (Kind.STATEMENT, Kind.DEFINITION):
        return {}
    goes_on = question.kind is Kind.STATEMENT and past.question.kind is Kind.STATEMENT
    if "he" not in question.aspects and not (goes_on and not question.companies):
        return {}
    named = next((before.people for before in past.chain() if before.people), ())
    return {"people": _carried(named)}


def _together(question: Question, chain: Sequence[Question]) -> dict[str, Any]:
    """As many questions before as are to be added up or compared ("the three"); none if they are no plain list."""
    if question.number is None and _ways(chain[0]) > 1:
        return {}
    amounts = tuple(takewhile(lambda before: before.kind in _AMOUNTS, chain))
    every = 2 if "both" in question.aspects or question.kind is Kind.COMPARE else len(amounts)
    count = question.number if question.number and question.number > 1 else max(every, 2)
    parts = chain[:count][::-1]
    if any(before.kind not in _AMOUNTS for before in parts):
        # Shares or changes are set against nothing here.
        return dict.fromkeys(_ADDED, ())
    out: dict[str, Any] = {}
    ways = 1
    for name in _ADDED:
        union = {slot.value: slot for before in parts for slot in getattr(before, name)}
        out[name] = _carried(tuple(union.values()))
        ways *= max(len(union), 1)
    named = sum(_ways(before) for before in parts)
    return out if len(parts) == count and ways == named else dict.fromkeys(_ADDED, ())


def _buyer_before(past: Past) -> dict[str, Any]:
    """The buyer of the question before the last, if that one only asked for the whole: "and the total? what share?"."""
    earlier = past.before
    alike = earlier and all(
        [slot.value for slot in getattr(earlier, name)] == [slot.value for slot in getattr(past.question, name)]
        for name in ("products", "periods")
    )
    return {"partners": _carried(earlier.partners)} if earlier and alike else {}


def _set_against(question: Question, before: Question) -> dict[str, Any]:
    """What was spoken of, beside the one thing that is named now ("how does that compare with steel?")."""
    own = [name for name in _ADDED if getattr(question, name)]
    if before.kind not in _AMOUNTS or len(own) != 1 or len(getattr(question, own[0])) != 1:
        return {}
    slots = {slot.value: slot for slot in (*_carried(getattr(before, own[0])), *getattr(question, own[0]))}
    return {own[0]: tuple(slots.values())}


def _ways(question: Question) -> int:
    """The figures that a question is about."""
    ways = 1
    for name in _ADDED:
        ways *= max(len(getattr(question, name)), 1)
    return ways


def _asked_of_deal(past: Past) -> frozenset[str]:
    """What has been asked of the deal that was spoken of last, in as many questions as it took."""
    asked = past.question.aspects
    if asked & _MEASURED:
        # The figure that was asked for last is the one that is asked for again.
        return asked
    if past.before and past.question.follows and past.before.kind is Kind.PROCUREMENT and _same_deal(past):
        asked |= past.before.aspects
    return asked


def _same_deal(past: Past) -> bool:
    before = past.before
    return before is not None and all(
        {slot.value for slot in getattr(past.question, name)} == {slot.value for slot in getattr(before, name)}
        for name in ("systems", "partners")
    )


def _names_anything(question: Question) -> bool:
    return bool(question.products or question.partners or question.periods)


def _names_goods(question: Question) -> bool:
    return bool(question.products or question.partners)


def _asks_of_deals(question: Question) -> bool:
    return bool(question.aspects & (_ABOUT_DEALS | {"amount"}) or question.unit)


def _carried(slots: tuple[Slot[Any], ...]) -> tuple[Slot[Any], ...]:
    return tuple(replace(slot, origin=Origin.CARRIED) for slot in slots)
