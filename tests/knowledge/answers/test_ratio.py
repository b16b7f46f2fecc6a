"""Ratios: how many times, with the bounds that rounding leaves and the words that the press used."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask

UKRAINE = "How many times larger were Turkish defence sales to Ukraine in Q1 2022 than a year earlier?"


def test_bounds_come_from_the_rounding(ask: Ask) -> None:
    """59.1 by 1.9 is anything from 30.3 to 32.0."""
    quantity = ask(UKRAINE).answer.figures[0].quantity
    assert quantity.unit == "ratio"
    assert quantity.value == pytest.approx(59.1 / 1.9)
    assert quantity.low == pytest.approx(59.05 / 1.95)
    assert quantity.high == pytest.approx(59.15 / 1.85)


def test_the_words_of_the_sources_stand_beside_it(ask: Ask) -> None:
    """What the press wrote and what the growth rate makes it are both told."""
    text = ask(UKRAINE).text
    assert "30 times" in text
    assert "2,978%" in text
    assert "$59.1 million ÷ $1.9 million = 31.1" in text


def test_the_parts_follow(ask: Ask) -> None:
    """Behind the ratio stand the two amounts that made it."""
    figures = ask(UKRAINE).answer.figures
    assert [figure.quantity.value for figure in figures[1:3]] == [59_100_000, 1_900_000]
    assert figures[0].formula == "59.1 ÷ 1.9"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("how many times bigger are chemical exports than textile exports in 2025", 3.394),
        ("2022 defence exports were how many times those of 2002?", 17.73),
        ("how many times more steel than hazelnuts in 2025", 7.331),
    ],
)
def test_two_flows_or_two_times(ask: Ask, text: str, value: float) -> None:
    """One flow at two times, or two flows at one."""
    assert ask(text).answer.figures[0].quantity.value == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        "how many times did exports to Georgia grow in 2021",
        "how many times more steel than lentil soup",
        "how many times 2017 was steel in 2025",
    ],
)
def test_without_both_there_is_none(ask: Ask, text: str) -> None:
    """A missing side is not made up."""
    assert ask(text).answer.status is not Status.ANSWERED
