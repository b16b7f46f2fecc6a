"""Explaining: what was read from which words, what lost, which facts were used."""

from __future__ import annotations

import re

import pytest

from tests.knowledge.conftest import Ask


def test_a_figure_is_explained(ask: Ask) -> None:
    """Slots with their words, the winning reading and by how much others lost, and the figure with its sources."""
    lines = ask("defence exprots to Ukrain in Q1 2022").explain().splitlines()
    assert lines[0] == "text: defence exprots to Ukrain in Q1 2022"
    assert "kind: level" in lines
    assert "partners: UKR (asked, near: 'Ukrain')" in lines
    assert any(line.startswith("periods: 2022-Q1 (asked") for line in lines)
    assert any(re.match(r"reading: level \d+\.\d\d \(.*\)$", line) for line in lines)
    assert any(re.match(r"lost by \d+\.\d\d: ", line) for line in lines)
    assert any(line.startswith("figure: value 5.91e+07 USD 2022-Q1 [dailysabah") for line in lines)


def test_a_refusal_is_explained(ask: Ask) -> None:
    """Why there is no answer, and by which words."""
    lines = ask("steel exports in tonnes 2024").explain().splitlines()
    assert "not understood: other_measure tonnes weight" in lines
    assert not any(line.startswith("figure:") for line in lines)


def test_a_deal_is_explained(ask: Ask) -> None:
    """The reports that were used, each with its source."""
    lines = ask("How many TB2 did Poland order?").explain().splitlines()
    assert "systems: sys-tb2 (asked: 'TB2')" in lines
    assert any(re.match(r"event: pol-\S+ \[\S+\]$", line) for line in lines)


def test_what_was_taken_over_is_told(ask: Ask) -> None:
    """Slots from the conversation are marked as such."""
    lines = ask("steel exports in March 2024", "and a year earlier?").explain().splitlines()
    assert any(line.startswith("products: steel (carried") for line in lines)


@pytest.mark.parametrize("text", ["", "hello", "???", "flurbish", "what is TIM"])
def test_everything_can_be_explained(ask: Ask, text: str) -> None:
    """Also what holds nothing."""
    assert ask(text).explain().startswith("text:")
