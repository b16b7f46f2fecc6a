"""Shares: a part of a whole of the same vintage; volumes never as money."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("share of automotive in exports 2025", 17.49),
        ("share of steel in industry 2024", 8.785),
        ("ukraine share of turkish defence exports q1 2022", 6.149),
        ("US share of Turkish defence exports in 2014?", 33.2),
    ],
)
def test_the_part_by_the_whole(ask: Ask, text: str, value: float) -> None:
    """The first figure is the share in percent, with both amounts behind it."""
    answer = ask(text).answer
    assert answer.figures[0].quantity.unit == "percent"
    assert answer.figures[0].quantity.value == pytest.approx(value, rel=2e-3)


def test_a_share_is_no_more_than_all(ask: Ask) -> None:
    """A share lies between nothing and everything, its bounds too."""
    for sector in ("automotive", "steel", "defence", "carpets", "hazelnuts"):
        quantity = ask(f"share of {sector} in exports 2025").answer.figures[0].quantity
        assert quantity.low is not None
        assert quantity.high is not None
        assert 0 < quantity.low <= quantity.value <= quantity.high < 100


def test_the_whole_is_of_the_same_time(ask: Ask) -> None:
    """A part published in 2022 is set against the total of then, and the revised one is told."""
    reply = ask("ukraine share of turkish defence exports q1 2022")
    assert "$59.1 million of $961.1 million" in reply.text
    assert "revised since, to $947.4 million" in reply.text


@pytest.mark.parametrize(
    "text", ["turkey share of world arms exports 2020-24 sipri", "Turkey's share of global arms exports 2021-25 SIPRI"]
)
def test_volumes_are_never_money(ask: Ask, text: str) -> None:
    """What SIPRI measures has no dollar sign anywhere, and the answer says why."""
    reply = ask(text)
    assert reply.answer.status is Status.ANSWERED
    assert "$" not in reply.text
    assert all(figure.quantity.unit in ("percent", "rank", "ratio") for figure in reply.answer.figures)
    assert "it is not money" in reply.text


def test_published_shares_keep_their_disagreement(ask: Ask) -> None:
    """Two shares that were published of one thing are both told."""
    reply = ask("baykar export share of revenue in 2022")
    assert {98.0, 99.3} <= {figure.quantity.value for figure in reply.answer.figures}


@pytest.mark.parametrize(
    "text", ["share of Georgia in defence exports 2021", "share of defence in all exports in 2035"]
)
def test_no_part_no_share(ask: Ask, text: str) -> None:
    """Where part or whole is missing there is no share."""
    assert ask(text).answer.status is Status.DECLINED


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("defence exports in Q4 2025 as a share of 2025", "Q4 2025", "2025"),
        ("december 2025 share of the year for defence", "December 2025", "2025"),
    ],
)
def test_a_part_of_the_year_is_no_part_of_all_goods(ask: Ask, text: str, part: str, whole: str) -> None:
    """The shorter time over the longer one, of the same product."""
    first = ask(text).answer.figures[0]
    now, base = (ask(f"defence exports {when}").answer.figures[0].quantity.value for when in (part, whole))
    assert first.quantity.value == pytest.approx(now / base * 100)


def test_each_of_several_years_has_its_share(ask: Ask) -> None:
    """None is dropped in silence."""
    reply = ask("share of steel in total exports in 2024 and in 2025")
    shares = [figure.quantity.value for figure in reply.answer.figures if figure.measure == "share"]
    alone = [
        ask(f"share of steel in total exports in {year}").answer.figures[0].quantity.value for year in (2024, 2025)
    ]
    assert shares == pytest.approx(alone)
