"""Reports grouped into deals, and what the reports of one deal agree and disagree on.

Several reports can speak of one deal, so they are grouped before anything is said: same buyer, same system,
same family of events, dates near each other, counts that can be the same. Inside a deal every figure is a
claim: one account with the reports that give it. Official comes before reported before alleged, many voices
before few, a precise date before a vague one. Figures are never added up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.answers.classes import families
from knowledge.answers.days import RUNNING, covers, distance, precision, span
from knowledge.answers.desk_view import View
from knowledge.answers.linked import in_family, reports_of
from knowledge.answers.note_words import narrowed
from knowledge.answers.reports import fitting
from knowledge.facts import Day, Event, Source
from knowledge.quantity import Quantity
from knowledge.question import Question
from knowledge.store import Store

FAMILIES = {
    "contract": "purchase", "order": "purchase", "agreement": "agreement", "delivery": "delivery",
    "donation": "donation", "co-production": "co-production", "cancellation": "cancellation",
    "combat_use": "combat_use", "first_flight": "first_flight", "launch": "launch", "other": "other",
}  # fmt: skip
"""Kind of event → the family in which its reports can be of one deal."""
CERTAINTIES = ("official", "reported", "alleged", "denied")
_NEAR = {"purchase": 183, "agreement": 183, "co-production": 183, "delivery": 31, "donation": 14}
"""Days between two reports of one deal that agree on the count."""
_NEAR_ELSE = 7
"""The same for what happens on one day: a flight, a launch, a strike."""
_SAME_VALUE = 550
"""Days between two reports of one deal that agree on the value: an outlet can be a year out."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One account: reports that give the same figure, the best first."""

    reports: tuple[Event, ...]

    @property
    def best(self) -> Event:
        """The report to quote."""
        return self.reports[0]

    @property
    def voices(self) -> tuple[str, ...]:
        """Who says so; the copies of one statement or wire story are one voice."""
        return tuple(dict.fromkeys(report.attributed_to for report in self.reports))


@dataclass(frozen=True, slots=True)
class Deal:
    """Reports of one deal (or of one delivery, strike, launch, ...), the best first."""

    reports: tuple[Event, ...]
    family: str
    running: bool
    """True for a running total over months or years."""
    weak: frozenset[str]
    """Ids of reports that rest on forums, blogs and mirrors."""

    @property
    def best(self) -> Event:
        """The report to quote."""
        return self.reports[0]

    @property
    def headline(self) -> Claim:
        """What to say of the deal in one line: with its number, unless a surer report gives none."""
        dated = self.dates()[0]
        counted = next(iter(self.counts()), None)
        if counted and CERTAINTIES.index(counted.best.certainty) <= CERTAINTIES.index(dated.best.certainty):
            return counted
        return dated

    @property
    def days(self) -> tuple[Day, ...]:
        """When it was: by the best account, and by others that are as sure and as precise (announced, then signed)."""
        claims = self.dates()
        best = self._weight(claims[0].best)[:3]
        return tuple(claim.best.date for claim in claims if self._weight(claim.best)[:3] == best)

    @property
    def first(self) -> int:
        """Earliest day of the best report, as an ordinal."""
        return span(self.best.date)[0]

    @property
    def last(self) -> int:
        """Latest day of the best report, as an ordinal."""
        return span(self.best.date)[1]

    def counts(self) -> tuple[Claim, ...]:
        """What is said of the number, the best account first."""
        return self._claims(lambda event: event.quantity, _same_count)

    def values(self, unit: str = "") -> tuple[Claim, ...]:
        """What is said of the value (in `unit`, if one is asked for), the best account first."""
        claims = self._claims(lambda event: event.value, _same_value)
        wanted = tuple(claim for claim in claims if claim.best.value and claim.best.value.unit == unit)
        return wanted or (() if unit else claims)

    def dates(self) -> tuple[Claim, ...]:
        """What is said of the date; an account that is only less precise than another joins it."""
        claims: list[list[Event]] = []
        for report in sorted(self.reports, key=lambda event: precision(event.date)):
            home = next((claim for claim in claims if covers(report.date, claim[0].date)), None)
            if home is None:
                claims.append([report])
            else:
                home.append(report)
        return self._ranked(claims)

    def _claims(
        self, figure: Callable[[Event], Quantity | None], same: Callable[[Quantity, Quantity], bool]
    ) -> tuple[Claim, ...]:
        claims: list[list[Event]] = []
        for report in self.reports:
            given = figure(report)
            if given is None:
                continue
            for claim in claims:
                known = figure(claim[0])
                if known is not None and same(known, given):
                    claim.append(report)
                    break
            else:
                claims.append([report])
        return self._ranked(claims)

    def _ranked(self, claims: Iterable[list[Event]]) -> tuple[Claim, ...]:
        found = [Claim(tuple(sorted(claim, key=self._weight))) for claim in claims]
        return tuple(
            sorted(
                found, key=lambda claim: (*self._weight(claim.best)[:2], -len(claim.voices), self._weight(claim.best))
            )
        )

    def _weight(self, event: Event) -> tuple[int, int, int, int]:
        return weight(event, self.weak)


def weight(event: Event, weak: frozenset[str] = frozenset()) -> tuple[int, int, int, int]:
    """How well a report stands, smallest first: certainty, kind of source, precision, contract before order."""
    return (
        CERTAINTIES.index(event.certainty),
        event.event_id in weak,
        precision(event.date),
        ("contract", "order").index(event.kind) if event.kind in ("contract", "order") else 0,
    )


def deals(events: Sequence[Event], store: Store) -> list[Deal]:
    """The reports grouped into deals, by date. Denials are no deals and are left out."""
    weak = frozenset(event.event_id for event in events if store.source(event.source_id).kind == "secondary")
    weak |= reports_of(store).misread
    said = [event for event in events if event.certainty != "denied"]
    # Precise reports with figures come first, so that vague ones have something to join.
    order = sorted(said, key=lambda event: (precision(event.date), event.quantity is None, weight(event, weak)))
    kept: dict[tuple[str, str], list[list[Event]]] = {}
    for event in order:
        groups = kept.setdefault((event.buyer, FAMILIES[event.kind]), [])
        home = next((group for group in groups if _one_deal(event, group, store)), None)
        if home is None:
            groups.append([event])
        else:
            home.append(event)
    found = [
        Deal(
            tuple(sorted(group, key=lambda event: weight(event, weak))),
            FAMILIES[group[0].kind],
            _running(group[0]),
            weak,
        )
        for groups in kept.values()
        for group in groups
    ]
    return sorted(found, key=lambda deal: (deal.first, deal.last))


def _one_deal(event: Event, group: Sequence[Event], store: Store) -> bool:
    """True if a report can speak of the deal that others of its buyer and family speak of."""
    head = group[0]
    if _running(event) != _running(head) or not _same_system(event, head, store):
        return False
    if event.kind == "other":
        # Plans and milestones are told one by one: their notes differ more than their figures.
        return event.date == head.date and event.attributed_to == head.attributed_to
    apart = min(distance(event.date, other.date) for other in group)
    if _running(event):
        return apart == 0 and covers(event.date, head.date) and covers(head.date, event.date)
    if event.value and any(other.value and _near_value(other.value, event.value) for other in group):
        known = next((other.quantity for other in group if other.quantity), None)
        if known is None or event.quantity is None or known.may_equal(event.quantity):
            return apart <= _SAME_VALUE
    if event.quantity is None or all(other.quantity is None for other in group):
        return apart <= _NEAR.get(FAMILIES[event.kind], _NEAR_ELSE) // 2
    if any(other.quantity and _same_count(other.quantity, event.quantity) for other in group):
        return apart <= _NEAR.get(FAMILIES[event.kind], _NEAR_ELSE)
    # Counts that differ are two accounts of one deal only where the dates leave no doubt; deliveries come in lots.
    if FAMILIES[event.kind] != "purchase":
        return any(other.date == event.date for other in group)
    return any(other.date == event.date or _near_dates(other.date, event.date) for other in group)


def _near_dates(one: Day, other: Day) -> bool:
    return precision(one) < 2 and precision(other) < 2 and distance(one, other) <= 15


def _same_system(event: Event, other: Event, store: Store) -> bool:
    reports = reports_of(store)
    named, known = reports.systems(event), reports.systems(other)
    if named and known:
        return named == known
    if event.system == other.system:
        return True
    # "armed UAV" can be the TB2 of another page, where the figures are the same.
    counted = event.quantity and other.quantity and _same_count(event.quantity, other.quantity)
    valued = event.value and other.value and _same_value(event.value, other.value)
    return bool(counted or valued) and _one_family(event, other, store)


def _one_family(event: Event, other: Event, store: Store) -> bool:
    return any(
        in_family(store, family, event) and in_family(store, family, other) for family in families("system").values()
    )


def _same_count(known: Quantity, given: Quantity) -> bool:
    return known.value == given.value and known.qualifier == given.qualifier


def _same_value(known: Quantity, given: Quantity) -> bool:
    """True if two sums are one, rounded to three digits or more."""
    if known.unit != given.unit:
        return False
    return f"{known.value:.3g}" == f"{given.value:.3g}"


def _near_value(known: Quantity, given: Quantity) -> bool:
    """True if two sums can be one that was settled later, or converted."""
    return known.unit == given.unit and abs(known.value - given.value) <= 0.03 * max(known.value, given.value)


def _running(event: Event) -> bool:
    first, last = span(event.date)
    return "/" in event.date.code and last - first > RUNNING


def sources_for(question: Question, view: View) -> tuple[Source, ...]:
    """The sources of the reports that a question about a deal fits, those that give its figures first.

    For questions after a source: "source for Poland buying 24 TB2?".
    """
    found, _ = narrowed(question, view, fitting(question, view))
    reports = [event for event in found if event.certainty != "denied"]
    fits = [event for event in reports if question.number is None or _counts(event, question.number)]
    kinds = ("contract", "order", "agreement", "delivery", "donation", "co-production", "other")
    weak = frozenset(event.event_id for event in fits if view.store.source(event.source_id).kind == "secondary")
    fits.sort(key=lambda event: (kinds.index(event.kind) if event.kind in kinds else len(kinds), weight(event, weak)))
    return sources(fits, view)


def sources(events: Iterable[Event], view: View) -> tuple[Source, ...]:
    """The sources of reports, each once, in order."""
    return tuple(view.store.source(key) for key in dict.fromkeys(event.source_id for event in events))


def _counts(event: Event, number: int) -> bool:
    return event.quantity is not None and event.quantity.value == number
