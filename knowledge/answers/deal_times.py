"""Which deals a time, a count or a sum in the text points to.

A deal has the date of the best account of it: a page that puts it into another year, and is less sure, moves no deal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.answers.days import span
from knowledge.answers.deals import Deal
from knowledge.answers.desk_view import View
from knowledge.facts import Day, Event
from knowledge.period import Period
from knowledge.question import Origin, Question, When

_OPEN = 1990
"""A period that starts before this year has no beginning ("before 2022"): no report is as old."""
_SLIP = 3
"""Days by which two pages can date the same event differently."""
_YEAR = 366


def numbered(question: Question, found: list[Deal]) -> list[Deal]:
    """The deals that a count or a sum named in the text points to; all of them if the count is what is asked."""
    if is_before(question):
        return found
    if question.number is not None and not question.aspects & {"list", "what_bought"}:
        hits = [deal for deal in found if any(has_count(event, question.number) for event in deal.reports)]
        if hits or "count" not in question.aspects:
            found = hits
    if question.amount is not None:
        amount = question.amount
        hits = [deal for deal in found if any(_costs(event, amount) for event in deal.reports)]
        found = hits or found
    return found


def in_time(question: Question, found: list[Deal], *, strictly: bool = False) -> list[Deal]:
    """The deals that fall into the periods asked for; where none surely does, those that may."""
    if is_before(question):
        return _earlier(question, found)
    whens = [slot for slot in question.periods if slot.value.period is not None]
    if not whens:
        return found
    fits = [max(fit(slot.value, day) for slot in whens for day in deal.days) for deal in found]
    if strictly:
        return [deal for deal, how in zip(found, fits, strict=True) if how == 2]
    maybe = [deal for deal, how in zip(found, fits, strict=True) if how]
    if maybe or not all(slot.origin is Origin.CARRIED for slot in whens):
        return maybe
    return found


def fit(when: When, day: Day) -> int:
    """2 if a date surely lies in the time asked for, 1 if it may, 0 if it does not."""
    if when.period is None:
        return 2
    first, last = span(day)
    if when.day:
        asked = date.fromisoformat(when.day).toordinal()
        if first <= asked <= last:
            return 2 if first == last else 1
        return 1 if first == last and abs(asked - first) <= _SLIP else 0
    if day.within(when.period):
        return 2
    return 1 if day.touches(when.period) else 0


def reported_then(question: Question, view: View, reports: Sequence[Event]) -> list[Event]:
    """Reports published in the single month or day asked for, of something not a year old by then.

    A deal is often asked for by the month in which it made the news.
    """
    whens = [slot.value for slot in question.periods if slot.value.period and len(slot.value.period) == 1]
    found = []
    for event in reports:
        published = Day(view.store.source(event.source_id).published)
        # A source without a date was not published then, as far as anyone can tell.
        if (
            published.code
            and event.kind != "other"
            and any(
                fit(When(when.period), published) == 2 and 0 <= span(published)[1] - span(event.date)[0] <= _YEAR
                for when in whens
            )
        ):
            found.append(event)
    return found


def is_before(question: Question) -> bool:
    """True if what came before a time or a deal is asked for: such a time has no beginning."""
    periods = [slot.value.period for slot in question.periods if slot.value.period]
    return "before" in question.aspects or any(period.first_year < _OPEN for period in periods)


def _earlier(question: Question, found: list[Deal]) -> list[Deal]:
    """What had happened by the start of the time asked for: running totals that end there, deals that came earlier."""
    periods = [slot.value.period for slot in question.periods if slot.value.period]
    starts = [period.end + 1 if period.first_year < _OPEN else period.start for period in periods]
    ends = [period.end + 1 if period.first_year < _OPEN else period.end for period in periods]
    if not starts and question.number is not None:
        # "before the 16": the date is that of the deal with this count.
        anchors = [deal for deal in found if any(has_count(event, question.number) for event in deal.reports)]
        starts = ends = [_month(deal.first) for deal in anchors]
    if not starts:
        return found
    limit, latest = Period(min(starts), min(starts)), max(ends)
    return [
        deal
        for deal in found
        # "Up to 2025" may be up to early 2025: such a total is not passed over for the lots that it is made of.
        if (_month(span(Day(deal.best.date.last))[0]) <= latest if deal.running else _month(deal.last) < limit.start)
    ]


def _month(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def has_count(event: Event, number: int | None) -> bool:
    """True if a report gives this number."""
    return event.quantity is not None and event.quantity.value == number


def _costs(event: Event, amount: float) -> bool:
    return event.value is not None and abs(event.value.value - amount) <= 0.006 * amount
