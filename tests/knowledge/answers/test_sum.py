"""Sums: parts that are apart, each known, with the sum in sight."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("automotive and chemicals in 2025 together", 2),
        ("Defence exports 2020, 2021 and 2022 added together", 3),
        ("defence exports to Azerbaijan and Qatar in 2021 combined", 2),
        ("exports of TAI, ASFAT and MKE combined 2024", 3),
        ("steel, carpets and hazelnuts together in 2024", 3),
    ],
)
def test_the_sum_of_its_parts(ask: Ask, text: str, parts: int) -> None:
    """The first figure is the sum, the ones behind it what it is made of, and the formula shows it."""
    whole, *rest = ask(text).answer.figures
    assert len(rest) == parts
    assert whole.derived
    assert whole.quantity.value == pytest.approx(sum(figure.quantity.value for figure in rest))
    assert whole.formula.count(" + ") == parts - 1


@pytest.mark.parametrize(
    "text",
    [
        "industry and steel exports 2025 together",
        "total exports and defence exports in 2025 together",
        "defence exports in 2024 and january 2024 together",
        "defence exports to Ukraine in 2021 and in Q1 2021 together",
    ],
)
def test_nothing_is_counted_twice(ask: Ask, text: str) -> None:
    """A whole and its part are never added, nor are periods that overlap."""
    reply = ask(text)
    assert reply.answer.status is Status.DECLINED
    assert "counted twice" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "defence exports to Ukraine and Georgia in 2021 together",
        "steel in 2018 and 2019 together",
        "steel and flurbish in 2025 together",
    ],
)
def test_a_missing_part_is_no_nothing(ask: Ask, text: str) -> None:
    """A sum over what is not known is not made."""
    assert ask(text).answer.status is Status.DECLINED


@pytest.mark.parametrize(
    "text", ["defence and all goods 2025 together", "defence exports in 2024 and january 2024 together"]
)
def test_what_is_part_of_what(ask: Ask, text: str) -> None:
    """A whole is never told to be a part of its part."""
    assert "goods of all kinds is part of" not in ask(text).text.lower()
