"""Sources: where a figure is from, told in full, with the figure."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from knowledge.question import Kind
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("texts", "value", "publisher"),
    [
        (("defence exports to Ukraine in Q1 2022", "source?"), 59_100_000, "Daily Sabah"),
        (("source for steel exports 2025",), 16_541_573_190, "Turkish Exporters' Assembly"),
        (("How many TB2 did Poland order?", "what's the source?"), 24, "Defence Industry News"),
    ],
)
def test_the_answer_is_told_with_its_sources(ask: Ask, texts: tuple[str, ...], value: float, publisher: str) -> None:
    """The sources come first, by name and title; the figure is the one that was meant."""
    reply = ask(*texts)
    assert reply.answer.kind is Kind.SOURCE
    assert reply.answer.figures[0].quantity.value == value
    assert publisher in reply.wording.lead
    assert reply.wording.lead.startswith("The source")


def test_a_figure_that_is_quoted_is_found(ask: Ask) -> None:
    """A question that quotes a figure gets the reports that print it."""
    reply = ask("Where does the figure of $59.1 million for Ukraine come from?")
    assert reply.answer.figures[0].quantity.value == 59_100_000
    assert {"dailysabah-2022-04-ukraine-imports-30-fold"} <= {source.source_id for source in reply.answer.sources}


def test_without_a_figure_everything_is_meant(ask: Ask) -> None:
    """The desk's own sources are all of them."""
    reply = ask("what are your sources?")
    assert "publications" in reply.text
    assert not reply.answer.figures


def test_no_answer_has_no_source(ask: Ask) -> None:
    """What is not known is not from anywhere."""
    assert ask("source for defence exports to Georgia in 2021").answer.status is Status.DECLINED


def test_a_figure_alone_is_found(ask: Ask) -> None:
    """A figure that only one flow has needs no other word."""
    assert ask("where is the $59.1 million from?").answer.status is Status.ANSWERED
