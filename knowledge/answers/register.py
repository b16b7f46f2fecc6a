"""Deals as a register of arms transfers has them: alone, or beside what the press reports.

The reports of the press lead where there are any, and the register is told beside them: never merged, never added.
Where no report fits, the register answers: numbers are sums of its deals, with the deals listed and its own doubt.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import Answer, Status, say
from knowledge.answers import procurement, refusals, register_beside, register_gaps, register_rank, register_told
from knowledge.answers.choice import measures
from knowledge.answers.desk_view import View
from knowledge.answers.register_asked import SIPRI, Asked, asked
from knowledge.answers.reports import HOME
from knowledge.question import Kind, NotUnderstood, Question

_ARMS = frozenset(("defence-aerospace", "major-arms", "major-arms-imports"))
"""Products whose goods are in a register."""
_RANKED = frozenset(("top", "most"))
_BUYERS = frozenset(("who_bought", "buyers"))
_SELLING = frozenset(("export", "sell"))
_BUYING = frozenset(("buy", "who_bought", "order"))
_COUNTED = frozenset(("count", "when", "first", "last"))


def answer(question: Question, view: View) -> Answer:
    """What the press reports, with the register beside it; the register's deals where the press has nothing."""
    query = asked(question, view) if view.store.register else None
    if query is None:
        return _unranked(question, view)
    press = None if _between_others(question) else procurement.answer(question, view)
    by_name = any(
        slot.value == SIPRI for slot in (*question.people, *((question.attributed,) if question.attributed else ()))
    )
    # Reports are not added up, so only the register can tell who bought most.
    # and only it knows sellers other than those that the reports are about.
    dealers = _dealers(question, query)
    ranked = dealers == "sellers" or (_ranked(question) and dealers != "")
    # Reports of what the home country buys tell nothing of who else does.
    asks_buyers = dealers == "buyers" and question.aspects & _BUYERS and not measures(question)
    ranked = ranked or bool(asks_buyers and press and press.events and _bought_by_home(press))
    if press and press.status is Status.ANSWERED and not (query.within and (by_name or ranked)):
        if _ranked(question):
            return _unranked(question, view)
        # A joint factory is more than licences, which is all that a register tells of.
        alone = "coproduction" in question.aspects or not query.within
        return press if alone else register_beside.told(press, query, view, buyers=dealers == "buyers")
    if query.strange:
        return press if press and press.status is Status.ANSWERED else refusals.unknown(question, query.strange, view)
    if not query.deals:
        return press if press and _of_home(question) else register_gaps.nothing(question, query, view)
    if "money" in question.aspects and "count" not in measures(question):
        return register_gaps.no_price(question, query, view)
    if not query.within:
        return register_gaps.other_time(question, query, view)
    return _own(question, query, view)


def instead(trouble: NotUnderstood, view: View) -> Answer | None:
    """What the register has where a question about money between others cannot be answered; None if that is nothing.

    "What did Russia sell to Algeria?" is no question about Turkish exports, but the register knows the deals.
    """
    asked_of = trouble.partial
    if not view.store.register or asked_of is None or trouble.concept != "other_flow":
        return None
    strange = {slot.value for slot in asked_of.products} - _ARMS
    buyers = _ranked(asked_of) and bool(asked_of.aspects & _BUYERS) and not asked_of.partners
    if strange or asked_of.exporter is None or asked_of.unit or "amount" in asked_of.aspects:
        return None
    if not (asked_of.partners or buyers):
        return None
    query = asked(replace(asked_of, kind=Kind.PROCUREMENT, aspects=asked_of.aspects | {"what"}), view)
    if not query or not query.within:
        return None
    return (register_rank.buyers if buyers else register_told.answer)(asked_of, query, view)


def _own(question: Question, query: Asked, view: View) -> Answer:
    """The register's own answer: who sold, who bought, or the deals of one buyer or seller."""
    match _dealers(question, query):
        case "sellers":
            return register_rank.sellers(question, query, view)
        case "buyers":
            return register_rank.buyers(question, query, view)
    return register_told.answer(question, query, view)


def _ranked(question: Question) -> bool:
    """True if the largest are asked for; "the first" of something is not."""
    return bool(question.aspects & _RANKED) and "first" not in question.aspects


def _unranked(question: Question, view: View) -> Answer:
    """What the press reports; it cannot say who bought most, because reports are not added up."""
    press = procurement.answer(question, view)
    if _ranked(question) and press.status is Status.ANSWERED:
        return replace(
            press, status=Status.DECLINED, lead=(say("register.gap.no_order"),), details=(), caveats=(), figures=(),
            events=(), table=None,
        )  # fmt: skip
    return press


def _dealers(question: Question, query: Asked) -> str:
    """Who is asked for: `sellers`, `buyers` or nobody."""
    aspects = question.aspects
    buyers = bool(aspects & _BUYERS)
    # "Which country sold the most": a country is whoever the verb makes it.
    ranked_sellers = _ranked(question) and aspects & _SELLING and not aspects & _BUYING
    if not query.suppliers and ("who_sold" in aspects or ranked_sellers):
        return "sellers"
    if not query.recipients and query.wanted and (buyers or not aspects & _COUNTED):
        return "buyers"
    return ""


def _between_others(question: Question) -> bool:
    """True if seller and buyer are named and neither is the country that the reports are about."""
    parties = [slot.value for slot in question.partners]
    return question.exporter is not None and bool(parties) and HOME not in (*parties, question.exporter.value)


def _bought_by_home(press: Answer) -> bool:
    """True if every report is of what the country that the reports are about has bought itself."""
    return all(event.buyer == HOME for event in press.events)


def _of_home(question: Question) -> bool:
    """True if a question is not plainly one between other countries, which only a register can know of."""
    return question.exporter is None and not question.partners
