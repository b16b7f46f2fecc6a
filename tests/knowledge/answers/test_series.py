"""Series: one row a period, gaps shown as gaps."""

from __future__ import annotations

import pytest

from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("steel exports by month 2025", 12),
        ("steel exports by quarter 2025", 4),
        ("steel exports by year 2019 to 2025", 7),
        ("total exports month by month, january to september 2026", 9),
    ],
)
def test_one_row_a_period(ask: Ask, text: str, rows: int) -> None:
    """Every period has its row, and the total of them all is the first figure."""
    answer = ask(text).answer
    assert answer.table
    assert len(answer.table.rows) == rows
    whole, *parts = (figure.quantity.value for figure in answer.figures)
    assert whole == pytest.approx(sum(parts))
    assert answer.figures[0].derived


def test_a_gap_is_shown_and_not_summed(ask: Ask) -> None:
    """Where months are missing they are dashes, the answer counts them, and there is no total."""
    reply = ask("defence exports by month 2018")
    assert reply.answer.table
    assert len(reply.answer.table.rows) == 12
    assert "No figures are known for 9 of these periods" in reply.text
    assert "All together" not in reply.text
    assert not any(figure.derived for figure in reply.answer.figures)


def test_highest_and_lowest_are_told(ask: Ask) -> None:
    """The sentence before the table says what is in it."""
    lead = ask("steel exports by month 2025").wording.lead
    assert "highest in March 2025" in lead
    assert "lowest in February 2025" in lead


def test_a_year_that_is_not_over_ends_with_the_newest_month(ask: Ask) -> None:
    """The reply says how far the figures reach."""
    reply = ask("steel exports by month 2026")
    assert reply.answer.table
    assert len(reply.answer.table.rows) == 9
    assert "Figures reach September 2026." in reply.wording.taken_over


@pytest.mark.xfail(
    reason="years before 2019 are known, but the reply says that figures begin with January 2019", strict=True
)
def test_years_reach_back_as_far_as_they_are_known(ask: Ask) -> None:
    """Yearly defence figures begin long before the monthly ones."""
    reply = ask("defence exports until 2021 by year")
    assert "Figures begin with January 2019" not in reply.text
    assert reply.answer.table
    assert len(reply.answer.table.rows) > 3


def test_a_year_without_months_is_not_denied(ask: Ask) -> None:
    """Where only the whole is known, the reply must not say that nothing is."""
    assert (
        "no figure for exports of defence and aviation products to Ukraine in 2021"
        not in ask("defence exports to Ukraine by month 2021").text
    )


def test_what_is_cut_off_is_said(ask: Ask) -> None:
    """A long series shows its end, and what is highest is the highest of that."""
    reply = ask("steel exports by month 2019 to 2025")
    assert "Listed are the last 40 of 2019 to 2025" in reply.text
    assert "September 2022 to December 2025: highest in" in reply.text
