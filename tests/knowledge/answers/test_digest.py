"""What a follower gets: the quarter's figure and what is around it, the reports of deals, or how far facts reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.desk import Desk
from knowledge.period import Period
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def desk(store_path: Path) -> Desk:
    """A desk of the shipped facts."""
    return Desk(store_path.parent, lambda: TODAY)


def note(desk: Desk, topic: str, period: str = "") -> str:
    """The note as it is printed."""
    return desk.digest_now(topic, Period.parse(period) if period else None).plain()


def test_the_newest_whole_quarter(desk: Desk) -> None:
    """With its place, the year so far, the revision, the sectors, and what is due next."""
    text = note(desk, "total exports")
    assert text.startswith("Türkiye exported $64.83 billion of goods of all kinds in the third quarter of 2026")
    assert "It is the highest quarter of the 31 since January 2019." in text
    assert "January to September 2026 together: $183.7 billion, +5.8%" in text
    assert "It has been revised: in September 2026 it stood at $64.92 billion" in text
    assert "Chemicals and chemical products" in text
    assert "Figures for October 2026 were due on 1 November 2026" in text
    assert "Sources: [1]" in text


def test_a_topic_can_name_its_period(desk: Desk) -> None:
    """As a code beside it, or in words."""
    assert note(desk, "steel", "2025-Q3") == note(desk, "steel third quarter 2025")
    assert "due on" not in note(desk, "steel", "2025-Q3")


def test_a_first_quarter_needs_no_year_so_far(desk: Desk) -> None:
    """It is the year so far; and a place among few quarters says nothing."""
    text = note(desk, "steel", "2026-Q1")
    assert "together" not in text
    assert "quarter of the" not in note(desk, "steel", "2019-Q2")


def test_defence_has_its_deals(desk: Desk) -> None:
    """Those of the quarter, each with who says so; a destination has its own."""
    text = note(desk, "defence exports", "2022-Q3")
    assert "Reported in the quarter:\n" in text
    assert "Bangladesh signed a contract" in text
    own = note(desk, "defence exports to Ukraine", "2022-Q1")
    assert "$59.1 million" in own
    assert "Ukraine is reported to have ordered 16 Bayraktar TB2" in own
    assert "The Philippines" not in own


@pytest.mark.parametrize("topic", ["Turkey to Ukraine", "defence exports to Ukraine", "Ukraine"])
def test_where_figures_end_it_says_so(desk: Desk, topic: str) -> None:
    """And is never empty."""
    text = note(desk, topic)
    assert text.startswith("I have no figure for exports of defence and aviation products to Ukraine in the third")
    assert "the last figures are those for March 2022" in text


def test_a_system_has_its_reports(desk: Desk) -> None:
    """Those of the quarter, or the newest one that there is."""
    text = note(desk, "Bayraktar TB2", "2022-Q2")
    assert text.startswith("Bayraktar TB2 in the second quarter of 2022:")
    assert "50 Bayraktar TB2" in text
    quiet = note(desk, "Bayraktar TB2")
    assert "I have no report on Bayraktar TB2 that is dated in the third quarter of 2026." in quiet
    assert "Nigeria" in quiet


def test_what_cannot_be_followed_is_said(desk: Desk) -> None:
    """Several things at once, nothing at all, and what is not understood."""
    assert "one thing at a time" in note(desk, "automotive and steel")
    assert note(desk, "flurbish exports of zorblax") == desk.ask_now("flurbish exports of zorblax").text
    assert note(desk, "hello") == desk.ask_now("hello").text


def test_in_another_language(desk: Desk) -> None:
    """That of the topic, or the one that is wanted."""
    text = desk.digest_now("steel", Period.parse("2026-Q3"), "tr").plain()
    assert "2019 tarihinden bu yana 31 çeyrek içinde en yüksek 8. çeyrek" in text


def test_the_quarter_that_is_over(store_path: Path) -> None:
    """On the first day of a quarter the one before it is over, though nothing is published of it."""
    early = Desk(store_path.parent, lambda: date(2026, 4, 1))
    assert "in the first quarter of 2026" in note(early, "Turkey to Ukraine")
