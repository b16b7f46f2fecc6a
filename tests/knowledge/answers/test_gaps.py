"""Gaps: what is not there is said to be missing, with why, with what is nearest, with a question to ask instead."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask

GAPS = [
    ("steel exports in 2015", "The figures begin with January 2019"),
    ("steel exports in October 2026", "The newest month is September 2026"),
    ("defence exports to Ukraine in 2023", "stopped publishing defence exports by country in spring 2022"),
    ("defence exports to Georgia in 2021", "I have no figure for exports of defence and aviation products"),
    ("car exports to Germany in 2025", "only as a whole, not by destination"),
    ("steel exports on 3 March 2024", "by the month"),
    ("exports of Otokar in 2015", "I have no"),
    ("how many TB2 did Armenia buy", "I know of no report"),
    ("exports to the whole of Asia in 2025", "no figure for Asia as a whole"),
]


@pytest.mark.parametrize(("text", "reason"), GAPS)
def test_the_reason_is_told(ask: Ask, text: str, reason: str) -> None:
    """Each gap says what is missing and why."""
    reply = ask(text)
    assert reply.answer.status is Status.DECLINED
    assert reason in reply.text


@pytest.mark.parametrize("text", [row[0] for row in GAPS])
def test_a_gap_claims_nothing(ask: Ask, text: str) -> None:
    """No figure stands where none is known."""
    reply = ask(text)
    assert not reply.answer.figures
    assert "$" not in reply.wording.lead


@pytest.mark.parametrize("text", [row[0] for row in GAPS[:6]])
def test_what_is_nearest_can_be_asked(ask: Ask, text: str) -> None:
    """Every question that is offered instead is answered."""
    suggestions = ask(text).wording.suggestions
    assert suggestions
    assert [text for text in suggestions if ask(text).answer.status is not Status.ANSWERED] == []


def test_what_is_nearest_is_near(ask: Ask) -> None:
    """The periods next to the one that is missing are named."""
    assert "Known are the first quarter of 2022" in ask("defence exports to Ukraine in Q2 2022").text
