"""The release calendar: when figures are due, and which of them are late. No clock: `today` is handed in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.folder import DATA
from knowledge.period import Period

_FILE = DATA / "releases.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a publisher lets out the figures of a month."""

    series: str
    """The series that it speaks of, as vintages.csv calls it."""
    publisher: str
    """Entity id."""
    after: int
    """Months after the month that the figures are of."""
    first: int
    """The day of the month on which they appear at the earliest."""
    last: int
    """And at the latest; the day after that they are late."""

    def due(self, period: Period) -> date:
        """The day from which the last month of a period can be expected."""
        return self._day(period, self.first)

    def late(self, period: Period, today: date) -> bool:
        """True if the period should be out by now."""
        return today > self._day(period, self.last)

    def latest(self, today: date) -> Period:
        """The newest month that can be out."""
        month = Period.month(today.year, today.month).shifted(-self.after)
        return month if today.day >= self.first else month.shifted(-1)

    def _day(self, period: Period, day: int) -> date:
        out = period.shifted(period.end - period.start + self.after)
        return date(out.first_year, out.first_month, day)


@dataclass(frozen=True, slots=True)
class Release:
    """A month whose figures are not there."""

    month: Period
    due: date
    late: bool
    """True if it should be there; false if it is only to come."""


@cache
def rules() -> Mapping[str, Rule]:
    """Series → when its months are due."""
    with _FILE.open("rb") as file:
        return {table["series"]: Rule(**table) for table in tomllib.load(file).values()}


def rule(series: str) -> Rule | None:
    """When the months of a series are due; None if nothing is known of that."""
    return rules().get(series)


def release(series: str, period: Period, newest: Period | None, today: date) -> Release | None:
    """When a period that a series has not yet is due; None if it is no later one, or nothing is known of that."""
    found = rule(series)
    if found is None or (newest and period.end <= newest.end):
        return None
    last = Period(period.end, period.end)
    return Release(last, found.due(last), found.late(last, today))


def lacking(series: str, have: Iterable[Period], first: Period, today: date) -> tuple[Period, ...]:
    """The months from `first` on that a series lacks and that can be out by now."""
    found = rule(series)
    known = set(have)
    last = found.latest(today) if found else first.shifted(-1)
    return tuple(month for month in Period(first.start, max(last.end, first.start)).months()
                 if month not in known and month.end <= last.end)  # fmt: skip
