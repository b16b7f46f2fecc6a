"""Measures that are only quoted: targets, world ranks, shares of an index."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask


def test_every_target_is_told(ask: Ask) -> None:
    """Targets that were set at different times stand side by side, each with who set it."""
    reply = ask("defence export target for 2023")
    values = [figure.quantity.value for figure in reply.answer.figures]
    assert {5_500_000_000, 6_000_000_000, 10_200_000_000, 25_000_000_000} <= set(values)
    assert all(figure.measure == "target" and not figure.derived for figure in reply.answer.figures)


def test_a_target_is_no_result(ask: Ask) -> None:
    """The result of a year is never told as its target, nor the target of one year as that of another."""
    reply = ask("defence export target for 2026")
    assert reply.answer.status is Status.DECLINED
    assert "no target" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "turkey share of world arms exports 2020-24 sipri",
        "turkey rank sipri 2020-2024",
        "change in Turkey's arms exports 2020-24 according to SIPRI",
    ],
)
def test_the_index_is_never_dollars(ask: Ask, text: str) -> None:
    """Trend-indicator values are no money in any figure, word or table."""
    reply = ask(text)
    assert reply.answer.status is Status.ANSWERED
    assert "$" not in reply.text
    assert not any(figure.quantity.unit in ("USD", "EUR") for figure in reply.answer.figures)
    assert "not money" in reply.text


def test_no_amount_is_made_of_the_index(ask: Ask) -> None:
    """Asked for SIPRI's figure in dollars, there is none."""
    reply = ask("Turkey's arms exports 2020-24 in dollars according to SIPRI")
    assert not any(figure.quantity.unit == "USD" for figure in reply.answer.figures)


def test_a_missing_target_denies_no_figures(ask: Ask) -> None:
    """A sector without targets still has figures."""
    assert "no figures for steel" not in ask("steel exports target for 2025").text
