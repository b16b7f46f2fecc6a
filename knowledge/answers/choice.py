"""Which deal a question means: by what happened, by date, by the count or sum that the text names.

Ordered, delivered and given are kept apart: a question about orders is never answered with a delivery. Only
a question that says no more than "bought" or "for" may take what came next best, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.answers.classes import families, pattern
from knowledge.answers.deal_times import fit, has_count, in_time, is_before, numbered
from knowledge.answers.deals import Claim, Deal, deals
from knowledge.answers.desk_view import View
from knowledge.answers.reports import counts_more, plan_like
from knowledge.facts import Event
from knowledge.question import Anchor, Question
from knowledge.text import fold

_ASKED = (
    ("complete", ("delivery",), ()),
    ("delivery", ("delivery",), (("donation",),)),
    ("free", ("donation",), ()),
    ("donation", ("donation",), (("delivery",),)),
    ("cancellation", ("cancellation",), ()),
    ("combat", ("combat_use",), ()),
    ("first_flight", ("first_flight",), ()),
    ("launch", ("launch",), ()),
    ("where", ("launch",), (("co-production",), ("contract", "order"), ("agreement",), ("delivery",), ("combat_use",))),
    ("coproduction", ("co-production",), (("agreement",),)),
    ("planned", ("other",), (("co-production",), ("agreement",))),
    ("agreement", ("agreement",), (("contract", "order"),)),
    ("contract", ("contract", "order"), (("agreement",),)),
    ("order", ("contract", "order"), (("agreement",),)),
)
"""Aspect → kinds of report that answer it → kinds that answer it too, where there are none."""
_DEFAULT = (
    ("contract", "order"), ("agreement",), ("delivery",), ("donation",), ("co-production",), ("cancellation",),
)  # fmt: skip
_HAPPENED = (("combat_use",), ("launch",), ("first_flight",))
"""What a question that asks for no figure can mean beside deals."""
"""A period that starts before this year has no beginning ("before 2022"): no report is as old."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The deal that answers, and what stands beside it."""

    lead: Deal
    others: tuple[Deal, ...]
    """Further deals that fit the question, by date."""
    lacking: frozenset[str]
    """What was asked for and no report gives: count, money."""
    instead: bool
    """True if it is of another kind than a purchase, and nobody asked for that kind."""


def tiers(question: Question) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Kinds of report in the order in which they are tried, and whether the question named the first."""
    priced = "money" in measures(question)
    for aspect, kinds, also in _ASKED:
        if aspect in question.aspects and not (priced and kinds == ("delivery",)):
            return (kinds, *also), True
    if "who_made" in question.aspects and "count" in question.aspects and question.partners:
        # "how many are to be built in the country itself"
        return (("co-production",), *_DEFAULT), False
    return (_DEFAULT if measures(question) else (*_DEFAULT, *_HAPPENED)), False


def measures(question: Question) -> frozenset[str]:
    """The figures that are asked for: count, money."""
    wanted = {"count"} & question.aspects
    if question.aspects & {"money", "price_each"}:
        wanted |= {"money"}
    return frozenset(wanted)


def in_all(question: Question) -> bool:
    """True if a figure is asked for everything up to a time, or up to now."""
    whole = "total" in question.aspects or any(slot.value.anchor is Anchor.ALL for slot in question.periods)
    return whole or (is_before(question) and bool(question.periods))


def choose(question: Question, view: View, reports: Sequence[Event]) -> Choice | None:
    """The deal that fits, with a figure if one is asked for and any report gives it; None if none fits.

    What surely lies in the time asked for is looked for in every tier before what may lie in it is taken.
    """
    sure = _choose(question, view, reports, strictly=True)
    if sure and (not sure.lacking or sure.lacking != measures(question)):
        return sure
    maybe = _choose(question, view, reports, strictly=False)
    return maybe if maybe and (sure is None or maybe.lacking != measures(question)) else sure


def _choose(question: Question, view: View, reports: Sequence[Event], *, strictly: bool) -> Choice | None:
    kinds_in_order, named = tiers(question)
    wanted = measures(question)
    known = not wanted or any(
        event.kind in ("contract", "order") and ("count" not in wanted or event.quantity) for event in reports
    )
    choices: list[Choice] = []
    for rank, kinds in enumerate(kinds_in_order):
        events = [event for event in reports if event.kind in kinds]
        if kinds == ("other",):
            # A keel that was laid or a drone that was lost is no plan; a denied plan is told as denied.
            events = [event for event in events if plan_like(event)]
        found = deals(events, view.store)
        found = in_time(question, numbered(question, found), strictly=strictly)
        if rank and not named and not strictly:
            # What may be a delivery of another time answers nothing, unless a total up to a time is asked for.
            found = [deal for deal in found if deal.running and "total" in question.aspects]
        if not found:
            continue
        ranked = _ranked(question, view, _fullest(found, question, view))
        lacking = frozenset(what for what in wanted if not _has(ranked[0], what, question, view))
        if lacking and kinds == ("cancellation",) and not named:
            continue
        others = tuple(deal for deal in found if deal is not ranked[0])
        choices.append(Choice(ranked[0], others, lacking, rank > 0 and not named and not known))
    wanted_full = [choice for choice in choices if not choice.lacking or choice.lacking != wanted]
    if in_all(question):
        # What a source counts up to a date comes before any one order or delivery.
        wanted_full.sort(key=lambda choice: not choice.lead.running)
        return next(iter(wanted_full or choices), None)
    if not named and wanted == {"count"} and question.number is None:
        return _surest(wanted_full, question, view, reports) or next(iter(choices), None)
    return next(iter(wanted_full or choices), None)


def _surest(full: Sequence[Choice], question: Question, view: View, reports: Sequence[Event]) -> Choice | None:
    """The first choice; but an official delivery before an order that is only reported, any before a doubtful one."""
    if not full or _official(full[0], question, view):
        return next(iter(full), None)
    sure = [choice for choice in full if choice.lead.family == "delivery" and _official(choice, question, view)]
    if sure:
        return sure[0]
    claim = best_count(full[0].lead, question, view)
    lone = claim is not None and len(claim.voices) == 1
    planned = lone and any(
        event.kind == "other" and claim and claim.best.quantity and has_count(event, int(claim.best.quantity.value))
        for event in reports
    )
    # What one page calls an order and others a plan is told after what has surely come.
    return full[1] if planned and len(full) > 1 else full[0]


def _official(choice: Choice, question: Question, view: View) -> bool:
    claim = best_count(choice.lead, question, view)
    return claim is not None and claim.best.certainty == "official"


def _fullest(found: list[Deal], question: Question, view: View) -> list[Deal]:
    """The deals that have all the figures asked for, else some; deals of these systems alone before joint ones."""
    wanted = measures(question)
    alone = [deal for deal in found if not counts_more(question, view, deal.best)] or found
    full = [deal for deal in alone if all(_has(deal, what, question, view) for what in wanted)]
    part = [deal for deal in alone if any(_has(deal, what, question, view) for what in wanted)]
    return full or part or alone


def best_count(deal: Deal, question: Question, view: View) -> Claim | None:
    """The account of the number to quote: of the systems asked about alone, and in the time asked for first."""
    return _first_in_time(deal.counts(), question, lambda event: not counts_more(question, view, event))


def best_value(deal: Deal, question: Question) -> Claim | None:
    """The account of the value to quote."""
    claims = deal.values(question.unit if question.unit in ("USD", "EUR", "GBP") else "")
    return _first_in_time(claims, question, lambda _: True)


def _first_in_time(claims: Sequence[Claim], question: Question, allowed: Callable[[Event], bool]) -> Claim | None:
    kept = [claim for claim in claims if allowed(claim.best)]
    if question.number is not None:
        kept.sort(key=lambda claim: not has_count(claim.best, question.number))
    whens = [slot.value for slot in question.periods if slot.value.period and len(slot.value.period) <= 3]
    if whens and not is_before(question):
        kept.sort(key=lambda claim: -max(fit(when, event.date) for when in whens for event in claim.reports))
    return kept[0] if kept else None


def _has(deal: Deal, what: str, question: Question, view: View) -> bool:
    return (best_count(deal, question, view) if what == "count" else best_value(deal, question)) is not None


def _ranked(question: Question, view: View, found: list[Deal]) -> list[Deal]:
    """The deal to lead with first."""
    anchored = any(slot.value.anchor is Anchor.LATEST for slot in question.periods)
    single = [deal for deal in found if not deal.running] or found
    if question.aspects & {"complete", "last"} or anchored:
        return sorted(found, key=lambda deal: (-deal.last, not deal.running))
    if "first" in question.aspects:
        # The first that is sure: a rumour of an earlier one is told beside it. Strikes are claimed too easily.
        sure = ("official",) if single[0].family == "combat_use" else ("official", "reported")
        return sorted(single, key=lambda deal: (deal.best.certainty not in sure, deal.first))
    running = [deal for deal in found if deal.running]
    if "count" in question.aspects and len(found) > 1 and running and question.number is None:
        return sorted(running, key=lambda deal: (deal.best.certainty == "alleged", -deal.last, deal.first))

    def order(deal: Deal) -> tuple[bool, bool, bool, int, int, float, int]:
        claim = best_count(deal, question, view) or best_value(deal, question)
        best = claim.best if claim else deal.best
        voices = len(claim.voices) if claim else 0
        size = claim.best.quantity.value if claim and claim.best.quantity and "count" in question.aspects else 0
        level = ("official", "reported", "alleged", "denied").index(best.certainty)
        return (
            not _by_name(question, view, deal),
            deal.running,
            best.event_id in deal.weak,
            level,
            *((-size, -voices) if deal.family in ("delivery", "donation") else (-voices, -size)),
            -deal.last,
        )

    return sorted(found, key=order)


def _by_name(question: Question, view: View, deal: Deal) -> bool:
    """True if a note names the very ship or type that was asked for, beside the class that it belongs to."""
    ships = families("system")["warship"].entities
    for slot in question.systems:
        entity = view.store.entity(slot.value) if slot.value in ships else None
        if entity is None:
            continue
        for event in deal.reports:
            own = [name for name in (entity.name, *entity.aliases) if fold(name) not in fold(event.system)]
            words = pattern(own)
            if words and words.search(fold(event.note)):
                return True
    return False
