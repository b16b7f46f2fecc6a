"""Dates of reports compared: each is a run of days, from one day to many years."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from knowledge.facts import Day

RUNNING = 45
"""A span of more days than this is a running total, not one deal."""


@lru_cache(maxsize=4096)
def span(day: Day) -> tuple[int, int]:
    """The first and the last day that a date can be, as ordinals."""
    return _bound(day.first, end=False), _bound(day.last, end=True)


def _bound(code: str, *, end: bool) -> int:
    parts = [int(part) for part in code.split("-")]
    year = parts[0]
    if len(parts) == 3:
        return date(year, parts[1], parts[2]).toordinal()
    month = parts[1] if len(parts) > 1 else (12 if end else 1)
    if not end:
        return date(year, month, 1).toordinal()
    return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1


def precision(day: Day) -> int:
    """0 for a day, 1 for a month, 2 for a year, 3 for a span of more than a month and a half."""
    first, last = span(day)
    if "/" in day.code and last - first > RUNNING:
        return 3
    return 0 if last == first else (1 if last - first <= RUNNING else 2)


def distance(one: Day, other: Day) -> int:
    """Days between two dates; 0 where they can be the same."""
    (first, last), (begin, end) = span(one), span(other)
    return max(0, first - end, begin - last)


def covers(wide: Day, narrow: Day) -> bool:
    """True if every day that the one can be, the other can be too."""
    (first, last), (begin, end) = span(wide), span(narrow)
    return first <= begin and end <= last
