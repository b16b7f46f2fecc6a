"""Facts: dates as precise as their source."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts import Day, Product
from knowledge.period import Period

MONTHS = st.integers(1990 * 12, 2030 * 12)


def _code(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


@pytest.mark.parametrize(
    ("day", "period", "within", "touches"),
    [
        ("2022-01-27", "2022-01", True, True),
        ("2022-01", "2022-Q1", True, True),
        ("2022", "2022-Q1", False, True),
        ("2022", "2022", True, True),
        ("2022-01-27", "2021", False, False),
        ("2019/2022-01", "2022", False, True),
        ("2019/2022-01", "2022-02", False, False),
        ("2022-02-24/2022-06-28", "2022-H1", True, True),
        ("2013/2020", "2015", False, True),
    ],
)
def test_day_in_period(day: str, period: str, within: bool, touches: bool) -> None:
    """A date lies within a period only if every day that it can be does; it touches one if some day does."""
    assert (Day(day).within(Period.parse(period)), Day(day).touches(Period.parse(period))) == (within, touches)


@given(MONTHS, st.integers(0, 40), MONTHS, st.integers(0, 40))
def test_within_is_a_kind_of_touching(first: int, more: int, start: int, longer: int) -> None:
    """What lies within a period also touches it, and lies within any longer one."""
    day, period = Day(f"{_code(first)}/{_code(first + more)}"), Period(start, start + longer)
    if day.within(period):
        assert day.touches(period)
        assert day.within(Period(period.start - 1, period.end + 1))
    assert day.touches(period) == period.overlaps(Period(first, first + more))


def test_facts_are_frozen() -> None:
    """A fact cannot be changed by whoever holds it."""
    product = Product("steel", "sector", "group-industry", "Steel", "Çelik")
    with pytest.raises(FrozenInstanceError):
        product.label = "Iron"  # type: ignore[misc]
