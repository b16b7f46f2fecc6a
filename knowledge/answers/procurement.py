"""Who bought what, how many, when and for how much: deals by the reports of them.

The first sentence has what was asked; behind it stand the other figures of the same deal, what other sources
say, what was delivered of what was ordered, and what was only planned. Nothing is added up unless the parts
are plainly different deals, and then the sum is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers import deal_gaps, deal_lists, definition, refusals, said
from knowledge.answers.accounts import listed, note, slug
from knowledge.answers.choice import Choice, best_count, best_value, choose, in_all, measures, tiers
from knowledge.answers.context import context, deliveries, questions, valued
from knowledge.answers.deal_times import fit, is_before, reported_then
from knowledge.answers.deal_told import Told
from knowledge.answers.deals import Deal, sources
from knowledge.answers.desk_view import View
from knowledge.answers.linked import reports_of
from knowledge.answers.note_words import counts_other, narrowed
from knowledge.answers.reports import counts_more, fitting
from knowledge.answers.sums import summed
from knowledge.answers.things import things
from knowledge.facts import Day, Event
from knowledge.question import Kind, NotUnderstood, Origin, Question, Trouble

_SOURCES = 8
_POINTED = 2
"""Dates that words without a name may point to ("PNS Badr": its launch)."""
_LISTS = frozenset(("list", "what_bought", "who_bought"))
_RATES = frozenset(("by_month", "by_quarter", "by_year", "percent", "share", "employee", "kilogram"))
"""Aspects of a figure that no deal has."""
_TRADED = ("purchase", "agreement", "delivery", "donation")
_BESIDE = 4
"""Other deals that are told; the rest is counted."""


def answer(question: Question, view: View) -> Answer:
    """What the reports say; what a named speaker said, where no report does; or why there is no answer."""
    found = told(question, view)
    # A number that somebody is asked to have named can stand in what they said.
    plain = not measures(question) or ("said" in question.aspects and question.people)
    if found.status is not Status.ANSWERED and plain and (question.people or question.amount):
        spoken = said.answer(replace(question, kind=Kind.STATEMENT), view)
        if spoken.status is Status.ANSWERED:
            return spoken if question.people else replace(spoken, lead=(*found.lead, *spoken.lead))
    return found


def told(question: Question, view: View) -> Answer:
    """What the reports of deals say, or why they do not say it."""
    fits = fitting(question, view)
    reports, strange = narrowed(question, view, fits)
    if not _anchored(question, reports):
        return refusals.answer(NotUnderstood(question.text, question.language, Trouble.INCOMPLETE), view)
    if strange and fits:
        return refusals.unknown(question, strange, view)
    others = [event for event in reports if counts_other(question, view, event)]
    if others:
        return deal_gaps.other_thing(question, view, others)
    if "money" in question.aspects and question.aspects & _RATES:
        return deal_gaps.no_rate(view, reports)
    for reading in (_defined, _several_systems, _several_buyers, _noted, _story, _listed, summed):
        found = reading(question, view, reports)
        if found:
            return found
    return _one_deal(_without_plan(question, reports), view, reports) if reports else deal_gaps.nothing(question, view)


def _defined(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """A question about a company without deals, or about the maker alone, is one for a definition."""
    company = question.companies and not question.partners and not question.systems
    maker = "who_made" in question.aspects and question.systems and not question.partners
    if company and not _dealt(reports) and not (reports and "when" in question.aspects):
        return definition.answer(question, view)
    return definition.answer(question, view) if maker and not measures(question) else None


def _several_systems(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """One answer for each of several systems, side by side; their sum only where it is safe to make."""
    groups = things(question)
    if len(groups) < 2 or question.aspects & _LISTS:
        return None
    return summed(question, view, reports) or _side_by_side(
        [told(replace(question, systems=group), view) for group in groups]
    )


def _several_buyers(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """One answer for each of several buyers, side by side and never added up."""
    buyers = {event.buyer for event in reports} & {slot.value for slot in question.partners}
    split = len(buyers) > 1 or (len(question.partners) > 1 and not reports and not question.topic)
    if not split or question.aspects & _LISTS:
        return None
    return _side_by_side([told(replace(question, partners=(slot,)), view) for slot in question.partners])


def _side_by_side(parts: Sequence[Answer]) -> Answer:
    """Several answers as one: what is known first, then what is not, and nothing added up."""
    answered = [part for part in parts if part.status is Status.ANSWERED]
    silent = [part for part in parts if part not in answered]
    return Answer(
        Status.ANSWERED if answered else Status.DECLINED,
        Kind.PROCUREMENT,
        lead=tuple(dict.fromkeys(phrase for part in (*answered, *silent) for phrase in part.lead)),
        details=tuple(dict.fromkeys(phrase for part in (*answered, *silent) for phrase in part.details)),
        caveats=tuple(dict.fromkeys(phrase for part in answered for phrase in part.caveats)),
        figures=tuple(figure for part in answered for figure in part.figures),
        events=tuple(dict.fromkeys(event for part in answered for event in part.events)),
        sources=tuple(dict.fromkeys(source for part in (answered or silent) for source in part.sources)),
        more_sources=sum(part.more_sources for part in answered),
        suggestions=tuple(dict.fromkeys(phrase for part in parts for phrase in part.suggestions[:1])),
    )


def _noted(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """What only a note tells (a second flight, a takeover, a capacity), where the question's words point to it."""
    pointed = bool(question.topic) or (bool(question.companies) and not question.systems and "when" in question.aspects)
    sure = [event for event in reports if event.certainty in ("official", "reported")]
    told_by_notes = {"other", "co-production", "agreement"} if "when" not in question.aspects else {"other"}
    if question.topic and "when" in question.aspects and not tiers(question)[1]:
        # "When was the keel laid": a contract whose note speaks of it is another date.
        sure = [event for event in sure if event.kind in told_by_notes] or sure
        reports = sure
    if not pointed or not sure or measures(question) or not {event.kind for event in reports} <= told_by_notes:
        return None
    return deal_lists.noted(question, view, sure[-_BESIDE:])


def _story(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """How a deal went on, if that is asked, or if all there is of its end is a denial."""
    ends = [event for event in reports if event.kind == "cancellation"]
    denied = "cancellation" in question.aspects and ends and all(event.certainty == "denied" for event in ends)
    if not reports or not (denied or question.aspects & {"status", "why"}):
        return None
    return deal_lists.story(question, view, reports)


def _listed(question: Question, view: View, reports: Sequence[Event]) -> Answer | None:
    """Several deals, if they are asked for."""
    return deal_lists.answer(question, view, reports) if deal_lists.wanted(question, reports, view) else None


def _anchored(question: Question, reports: Sequence[Event]) -> bool:
    """True if the question names anything that a report can be about, or its words point to very few of them."""
    names = (question.systems, question.companies, question.partners, question.people, question.conflicts)
    pointed = bool(question.topic) and 0 < len({event.date for event in reports}) <= _POINTED
    return any(names) or question.amount is not None or pointed


def _dealt(reports: Sequence[Event]) -> bool:
    return any(event.kind not in ("other", "combat_use") for event in reports)


def _without_plan(question: Question, reports: Sequence[Event]) -> Question:
    """The question without a count that is only a plan's: it is answered with the deal, and the plan beside it."""
    if question.number is None or "planned" in question.aspects:
        return question
    kinds = {event.kind for event in reports if event.quantity and event.quantity.value == question.number}
    return replace(question, number=None) if kinds == {"other"} else question


def _one_deal(question: Question, view: View, reports: Sequence[Event]) -> Answer:
    came = _came_of(question, view, reports)
    if came:
        question, reports = replace(question, periods=()), came
    choice = choose(question, view, reports)
    then: list[Event] = []
    if choice is None:
        then = reported_then(question, view, reports)
        choice = choose(replace(question, periods=()), view, then) if then else None
    if choice is None:
        return deal_gaps.not_so(question, view, reports)
    several = _beyond_one(question, view, choice)
    if several:
        return deal_gaps.no_total(question, view, several)
    if "money" in choice.lacking and question.unit:
        other = deal_gaps.other_currency(question, choice.lead.reports)
        if other:
            return other
    if choice.lacking and choice.lacking == measures(question):
        return deal_gaps.approved(question, view, reports, choice) or deal_gaps.no_figure(
            question, view, reports, choice
        )
    shown = Told.of(question, view, choice.lead)
    beside = context(question, view, reports, choice)
    others = [event for other in choice.others[:_BESIDE] for event in other.reports[:2]]
    events = tuple(dict.fromkeys([*shown.reports(), *others, *beside.events]))
    cited = sources(events, view)
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=(*_not_then(question, shown, published=bool(then)), *shown.lead(), *_no_total(question, choice)),
        details=(*_lacking(choice), *shown.same_deal(), *_other_deals(question, view, choice), *beside.details),
        caveats=(*shown.caveats(), *_other_notes(question, choice), *beside.caveats),
        figures=tuple(shown.figures()),
        events=events,
        sources=cited[:_SOURCES],
        more_sources=max(0, len(cited) - _SOURCES),
        suggestions=questions(shown, beside),
    )


def _other_notes(question: Question, choice: Choice) -> list[Phrase]:
    """The notes of the other deals that the question's own words point to."""
    return [note(deal.best) for deal in choice.others[:_BESIDE] if question.topic and deal.best.note]


def _no_total(question: Question, choice: Choice) -> list[Phrase]:
    """A warning where one lot of several is told, and no report gives their total."""
    narrow = question.aspects & {"first", "last", "complete"} or question.number is not None or question.periods
    lots = [deal for deal in choice.others if deal.counts() and deal.best.certainty != "alleged"]
    if narrow or "count" not in question.aspects or choice.lead.running or not lots:
        return []
    return [say("procurement.no_total")] if choice.lead.family in ("delivery", "donation") else []


def _not_then(question: Question, shown: Told, *, published: bool) -> list[Phrase]:
    """A warning, first of all, where what is told is of another time than was asked for."""
    whens = [slot.value for slot in question.periods if slot.value.period]
    if not whens or is_before(question) or any(fit(when, shown.main.best.date) for when in whens):
        return []
    when = Day(whens[0].day) if whens[0].day else whens[0].period
    key = "published_then" if published else "not_then"
    return [say(f"procurement.{key}", when=when)] if when else []


def _came_of(question: Question, view: View, reports: Sequence[Event]) -> list[Event]:
    """The delivery of the order that was spoken of: its time is the order's, not that of what came of it."""
    carried = bool(question.periods) and all(slot.origin is Origin.CARRIED for slot in question.periods)
    if not carried or "delivery" not in question.aspects or measures(question):
        return []
    order = choose(replace(question, aspects=frozenset(("order",))), view, reports)
    if order is None:
        return []
    about = [event for event in reports if event.buyer == order.lead.best.buyer]
    claims = deliveries(question, view, about, order)
    return [event for claim in claims for event in claim.reports]


def _beyond_one(question: Question, view: View, choice: Choice) -> list[Deal]:
    """The deals, if a figure is asked of more than any one of them: of all buyers, of a whole kind, in all."""
    wanted = measures(question)
    pinned = question.aspects & {"first", "last", "complete"} or question.number is not None
    if not wanted or pinned:
        return []
    every = [choice.lead, *choice.others]
    full = [deal for deal in every if (deal.counts() if "count" in wanted else best_value(deal, question))]
    kind_only = not any(not slot.value.startswith("class:") for slot in question.systems)
    narrow = bool(question.topic or question.people or question.attributed or question.amount is not None)
    narrow = narrow or any(slot.value.day for slot in question.periods)
    if not question.partners:
        whole = kind_only and not narrow and not question.conflicts and choice.lead.family in _TRADED
        return every if whole else full if len({deal.best.buyer for deal in full}) > 1 else []
    if kind_only and not narrow:
        generic = any(slot.origin is Origin.ASKED for slot in question.products) and not question.systems
        if (generic and not question.companies) or _kinds_of(question, view, full) > 1:
            return every
    same = [deal for deal in every if deal.best.buyer == choice.lead.best.buyer]
    return same if in_all(question) and len(same) > 1 and not choice.lead.running else []


def _kinds_of(question: Question, view: View, found: Sequence[Deal]) -> int:
    """How many different systems deals are for; what has no name of its own can be any of them."""
    alone = [deal for deal in found if not any(counts_more(question, view, event) for event in deal.reports)]
    named = {reports_of(view.store).systems(deal.best) for deal in alone} - {frozenset()}
    joint = {key for key in named if any(key > other for other in named)}
    return len(named - joint) or len({deal.best.system for deal in alone})


def _lacking(choice: Choice) -> list[Phrase]:
    """What was asked for and nobody reports; what was told instead."""
    parts = [say(f"procurement.lacking.{missing}") for missing in sorted(choice.lacking)]
    if choice.instead:
        parts.append(say(f"procurement.instead.{slug(choice.lead.family)}"))
    return parts


def _other_deals(question: Question, view: View, choice: Choice) -> list[Phrase]:
    """Further reports of the same kind, each with its own date: never added up."""
    first = "first" in question.aspects
    same = [deal for deal in choice.others if deal.best.buyer == choice.lead.best.buyer]
    others = sorted(same, key=lambda deal: deal.first if first else -deal.last)
    shown = others[: _BESIDE // 2 if first else _BESIDE]
    parts = [valued(best_count(deal, question, view) or deal.headline, view, question, deal=deal) for deal in shown]
    key = "procurement.differ.reports" if "agree" in question.aspects else "procurement.other_reports"
    found = list(listed(parts, key))
    if len(others) > len(shown):
        found.append(say("procurement.more_reports", n=len(others) - len(shown)))
    if "agree" in question.aspects and not others and len(choice.lead.reports) > 1 and _agreed(choice):
        found.append(say("procurement.agree"))
    return found


def _agreed(choice: Choice) -> bool:
    """True if the reports of the deal give one number and one value."""
    return len(choice.lead.counts()) < 2 and len(choice.lead.values()) < 2
