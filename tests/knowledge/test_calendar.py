"""The release calendar: what is due when, and what is late."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.calendar import lacking, release, rule, rules
from knowledge.period import Period
from knowledge.store import OFFICIAL, Store

P = Period.parse


def test_every_rule_is_of_something(store: Store) -> None:
    """A rule's series and publisher are known, and its days are those of any month."""
    assert rules()
    for series, one in rules().items():
        assert series == one.series == OFFICIAL
        assert store.entity(one.publisher)
        assert 1 <= one.first <= one.last <= 28


@pytest.mark.parametrize(
    ("period", "today", "due", "late"),
    [
        ("2026-09", date(2026, 9, 30), date(2026, 10, 1), False),
        ("2026-09", date(2026, 10, 2), date(2026, 10, 1), False),
        ("2026-09", date(2026, 10, 3), date(2026, 10, 1), True),
        ("2026-12", date(2026, 11, 23), date(2027, 1, 1), False),
        ("2026-Q4", date(2026, 11, 23), date(2027, 1, 1), False),
        ("2027", date(2026, 11, 23), date(2028, 1, 1), False),
    ],
)
def test_a_period_is_due_when_its_last_month_is(period: str, today: date, due: date, late: bool) -> None:
    """On the first day on which it can be out; late after the last one."""
    found = release(OFFICIAL, P(period), P("2026-08"), today)
    assert found is not None
    assert (found.due, found.late) == (due, late)
    assert found.month.kind == "month"
    assert found.month.end == P(period).end


def test_what_is_there_is_not_due() -> None:
    """Nor is anything of a series without a calendar."""
    assert release(OFFICIAL, P("2026-08"), P("2026-08"), date(2026, 11, 23)) is None
    assert release(OFFICIAL, P("2019-01"), P("2026-08"), date(2026, 11, 23)) is None
    assert release("another", P("2026-12"), P("2026-08"), date(2026, 11, 23)) is None
    assert rule("another") is None


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), ["2026-09"]),
        (date(2027, 1, 1), ["2026-09", "2026-10", "2026-11", "2026-12"]),
        (date(2018, 5, 1), []),
    ],
)
def test_lacking(today: date, months: list[str]) -> None:
    """The months that can be out and are not there, in order; gaps count too."""
    have = list(P("2019-01/2026-08").months())
    assert [str(month) for month in lacking(OFFICIAL, have, P("2019-01"), today)] == months
    if today.year > 2018:
        del have[3]
        assert [str(month) for month in lacking(OFFICIAL, have, P("2019-01"), today)] == ["2019-04", *months]
    assert lacking("another", have, P("2019-01"), today) == ()
