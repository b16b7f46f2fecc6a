"""Comparisons: the larger first, by how much, and never where rounding hides it."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("Did defence or jewellery export more in 2025?", "defence and aviation products"),
        ("Who bought more Turkish defence goods in 2021, Azerbaijan or Ukraine?", "Azerbaijan"),
        ("Who bought more Turkish defence goods in 2021, Ukraine or Azerbaijan?", "Azerbaijan"),
        ("compare defence exports in H1 2024 with H1 2025", "the first half of 2025"),
        ("hazelnut exports 2024 against 2025", "2024"),
    ],
)
def test_the_larger_leads(ask: Ask, text: str, ahead: str) -> None:
    """Whichever was named first, the larger is told first."""
    reply = ask(text)
    assert f"{ahead}, with" in reply.wording.lead
    first, second = reply.answer.figures[:2]
    assert first.quantity.value >= second.quantity.value


def test_difference_and_multiple_are_shown(ask: Ask) -> None:
    """How much more, in money, in percent and in times."""
    text = ask("Did defence or jewellery export more in 2025?").text
    assert "$2.110 billion" in text
    assert "26.7%" in text
    assert "1.27 times" in text


def test_three_make_a_table(ask: Ask) -> None:
    """More than two are put in order."""
    answer = ask("compare steel, carpets and hazelnuts in 2025").answer
    assert answer.table
    assert len(answer.table.rows) == 3


@pytest.mark.parametrize(
    "text", ["compare defence exports to Ukraine and to Georgia in 2021", "compare steel in 2018 with steel in 2025"]
)
def test_both_sides_must_be_known(ask: Ask, text: str) -> None:
    """One known side is no comparison."""
    assert ask(text).answer.status is Status.DECLINED
