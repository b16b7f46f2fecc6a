"""Periods: codes, kinds, arithmetic."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import FactError
from knowledge.period import Period

STARTS = st.integers(1900 * 12, 2100 * 12)
PERIODS = st.builds(lambda start, months: Period(start, start + months - 1), STARTS, st.integers(1, 72))


@given(PERIODS)
def test_code_reads_back(period: Period) -> None:
    """The code of a period is read as that period."""
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_previous_ends_right_before(period: Period) -> None:
    """The previous period is as long and leaves no gap."""
    assert (len(period.previous()), period.previous().end + 1) == (len(period), period.start)


@given(PERIODS)
def test_year_earlier_is_the_same_part_of_a_year(period: Period) -> None:
    """A year earlier keeps the months of the year and never overlaps."""
    earlier = period.year_earlier()
    assert (len(earlier), earlier.first_month) == (len(period), period.first_month)
    assert not earlier.overlaps(period)


@given(PERIODS, st.sampled_from(["month", "quarter", "half", "year"]))
def test_split_gives_whole_parts_in_order(period: Period, kind: str) -> None:
    """Parts are of the kind asked for, inside, adjacent, and as many as fit."""
    parts = period.split(kind)
    size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
    assert all(part.kind == kind and part in period for part in parts)
    assert all(one.end + 1 == next_.start for one, next_ in pairwise(parts))
    assert len(parts) >= len(period) // size - 1
    assert kind != "month" or parts == tuple(period.months())


@given(PERIODS, PERIODS)
def test_overlap_is_sharing_a_month(one: Period, other: Period) -> None:
    """Two periods overlap exactly if some month is in both."""
    shared = set(one.months()) & set(other.months())
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert (other in one) == (shared == set(other.months()))


@pytest.mark.parametrize(
    ("code", "kind", "months"),
    [
        ("2022", "year", 12),
        ("2022-H2", "half", 6),
        ("2022-Q1", "quarter", 3),
        ("2022-03", "month", 1),
        ("2022-01/2022-04", "span", 4),
        ("2021/2022", "span", 24),
        ("2022-02/2022-04", "span", 3),
    ],
)
def test_kind_and_length(code: str, kind: str, months: int) -> None:
    """A calendar period knows its kind; three months that are no quarter are a span."""
    assert (Period.parse(code).kind, len(Period.parse(code))) == (kind, months)


@pytest.mark.parametrize(
    "code",
    ["", "22", "2022-13", "2022-00", "2022-Q5", "2022-H3", "2022-1", "Q1 2022", "2022-04/2022-01", "2022/", "/2022"],
)
def test_bad_code_is_refused(code: str) -> None:
    """What is no period raises FactError, which shows it."""
    with pytest.raises(FactError, match="period"):
        Period.parse(code)


@pytest.mark.parametrize(
    ("code", "to_date"), [("2022-01/2022-04", True), ("2022-Q1", False), ("2022-02/2022-05", False)]
)
def test_year_to_date(code: str, to_date: bool) -> None:
    """Only the first months of a year that are no quarter, half or year are a year to date."""
    assert Period.parse(code).to_date is to_date
