"""What a question takes over from more than one question back."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from knowledge.desk import Reply
from tests.knowledge.conftest import Ask


def first(reply: Reply) -> tuple[float, str]:
    """Value and unit of the first figure."""
    figure = reply.answer.figures[0]
    return figure.quantity.value, figure.quantity.unit


@pytest.mark.parametrize("last", ["sum of the three?", "all three together", "add up all of them"])
def test_as_many_are_added_as_are_named(ask: Ask, last: str) -> None:
    """Three months are three, not the last two; all are all."""
    total = first(ask("steel exports from May to July 2025"))
    reply = ask("steel exports may 2025", "june", "july?", last)
    assert first(reply)[0] == pytest.approx(total[0])


@pytest.mark.parametrize(
    "texts",
    [
        ("steel exports may 2025", "sum of the three?"),
        ("steel exports may 2025", "june", "sum of the three?"),
        ("steel exports may 2025", "carpets in 2024", "both together?"),
    ],
)
def test_what_is_no_such_list_is_asked_back(ask: Ask, texts: tuple[str, ...]) -> None:
    """Two are not three, and two things at two times are not four."""
    assert ask(*texts).answer.status is not Status.ANSWERED


def test_the_largest_of_those_before(ask: Ask) -> None:
    """A comparison reaches as far back as it says."""
    reply = ask("steel exports may 2025", "carpets?", "leather", "which of the three was biggest")
    assert [figure.product for figure in reply.answer.figures[:3]] == ["steel", "carpets", "leather"]


def test_one_more_beside_what_was_spoken_of(ask: Ask) -> None:
    """What is spoken of as "that" is set against the one thing that is named."""
    reply = ask("chemicals exports in H1 2026", "how does that compare with steel?")
    assert {figure.product for figure in reply.answer.figures[:2]} == {"chemicals", "steel"}


def test_he_is_whoever_was_named_last(ask: Ask) -> None:
    """Through a question that names nobody, too."""
    reply = ask("who is Ismail Demir?", "what did he say about Q1 2022?", "what else did he say?")
    assert "Ismail Demir" in reply.text


def test_nobody_is_made_up_for_he(ask: Ask) -> None:
    """With no person before it, "he" stays open."""
    assert ask("Ukraine TB2 orders", "who is he?").answer.status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (("kuwait tb2 deal worth?", "when was that?", "and Croatia's?"), "USD"),
        (("How many TB2 did Romania buy?", "for how much", "and Kuwait?"), "USD"),
        (("price of the Kuwait TB2 deal?", "how many?", "and Poland?"), "items"),
    ],
)
def test_what_was_asked_of_one_deal_is_asked_of_the_next(ask: Ask, texts: tuple[str, ...], unit: str) -> None:
    """A figure that was asked for last leads; a date asked for in between takes it away from nobody."""
    assert first(ask(*texts))[1] == unit


def test_in_total_is_to_the_world(ask: Ask) -> None:
    """The buyer that was spoken of is not taken over."""
    reply = ask("defence exports to Qatar in 2021", "and in total?")
    assert reply.answer.figures[0].partner == "WLD"


def test_a_share_becomes_an_amount(ask: Ask) -> None:
    """Unless there is none, as of an index."""
    assert first(ask("share of steel in total exports 2024", "in dollars?"))[1] == "USD"
    assert "not money" in ask("SIPRI share of Turkey 2021-25", "in dollars?").text


def test_what_is_left_out_stays_out(ask: Ask) -> None:
    """Of the same whole in another year."""
    reply = ask("total exports in 2024 without automotive", "and in 2025?")
    assert first(reply)[0] == pytest.approx(195849919150, rel=1e-4)
