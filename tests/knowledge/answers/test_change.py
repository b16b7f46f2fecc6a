"""Changes: up or down, by how much, with the sum and what was published beside it."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "percent", "word"),
    [
        ("growth of automotive exports in 2025", 11.58, "grew"),
        ("steel exports change in 2022", -5.77, "fell"),
        ("defence export growth 2021 vs 2020", 41.50, "grew"),
        ("growth of defence exports to Azerbaijan in 2020", 194.1, "grew"),
    ],
)
def test_direction_and_size(ask: Ask, text: str, percent: float, word: str) -> None:
    """The first figure is the change in percent, and the sentence says which way."""
    reply = ask(text)
    figure = reply.answer.figures[0]
    assert (figure.quantity.unit, figure.derived) == ("percent", True)
    assert figure.quantity.value == pytest.approx(percent, abs=0.01)
    assert word in reply.wording.lead


def test_the_sum_is_shown(ask: Ask) -> None:
    """Both amounts and the difference stand behind the change."""
    reply = ask("growth of automotive exports in 2025")
    change, money, now, base = (figure.quantity.value for figure in reply.answer.figures[:4])
    assert change == pytest.approx((now / base - 1) * 100)
    assert money == pytest.approx(now - base)
    assert "From $37.21 billion to $41.52 billion" in reply.text


def test_money_where_money_is_asked_for(ask: Ask) -> None:
    """A question for dollars wants the difference first."""
    figure = ask("by how many dollars did automotive exports grow in 2025").answer.figures[0]
    assert (figure.quantity.unit, figure.measure) == ("USD", "change")
    assert figure.quantity.value == pytest.approx(4_309_434_340, rel=1e-6)


def test_what_was_published_at_the_time_is_told(ask: Ask) -> None:
    """A rate that revised months no longer give is named as published at the time, with its source."""
    reply = ask("growth of defence exports in Q1 2022")
    assert reply.answer.figures[0].quantity.value == pytest.approx(46.49, abs=0.01)
    assert "Published at the time as 48.6%" in reply.text


def test_two_published_rates_are_both_told(ask: Ask) -> None:
    """Sources that differ on a rate are shown with their rates."""
    reply = ask("By what percentage did defence sales to the UAE rise in January-May 2019?")
    assert "803.5" in reply.text
    assert "1,800" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "growth of steel exports in 2019",
        "growth of defence exports to Georgia in 2021",
        "growth of steel exports in 2030",
    ],
)
def test_no_base_no_change(ask: Ask, text: str) -> None:
    """Without the period before there is no change, and none is guessed."""
    assert ask(text).answer.status is Status.DECLINED


def test_the_index_is_no_money(ask: Ask) -> None:
    """SIPRI's change of volume is a percentage, told as volume."""
    reply = ask("change in Turkey's arms exports 2020-24 according to SIPRI")
    assert reply.answer.status is Status.ANSWERED
    assert all(figure.quantity.unit == "percent" for figure in reply.answer.figures)
    assert "$" not in reply.text.partition("Sources")[0]
    assert "not money" in reply.text


def test_a_year_so_far_is_set_against_the_same_months(ask: Ask) -> None:
    """What the data cut short on one side is cut short on the other."""
    change = ask("defence exports so far this year compared to the same period last year").answer.figures[0]
    plain = ask("growth of defence exports in January to September 2026").answer.figures[0]
    assert change.quantity.value == pytest.approx(plain.quantity.value)
