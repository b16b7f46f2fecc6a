"""Coverage: what is there, how far it reaches, and why it ends."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from knowledge.store import Store
from tests.knowledge.conftest import Ask


def test_every_sector_is_named(ask: Ask, store: Store) -> None:
    """Asked for the sectors, the reply counts and names them all, with the first and the last month."""
    reply = ask("which sectors do you have?")
    assert f"{len(store.products('sector'))} sectors from January 2019 to September 2026" in reply.text


def test_the_end_by_country_has_its_reason(ask: Ask) -> None:
    """Asked until when, the reply says why nothing newer exists, with its sources."""
    reply = ask("until when do you have defence exports by country, and why did it stop")
    assert "March 2022" in reply.text
    assert "April 2022" in reply.text
    assert reply.answer.sources


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what do you know about Ukraine?", ["export figures", "reports of deals"]),
        ("what do you know about steel", ["January 2019 to September 2026"]),
        ("what do you know about the TB2", ["reports on Bayraktar TB2"]),
        ("how far back do your monthly sector series go", ["January 2019"]),
    ],
)
def test_the_reach_of_what_is_named(ask: Ask, text: str, words: list[str]) -> None:
    """A partner, a sector, a system: each has its own reach."""
    reply = ask(text)
    assert reply.answer.status is Status.ANSWERED
    assert all(word in reply.text for word in words)
    assert reply.answer.sources


def test_coverage_claims_no_figures(ask: Ask) -> None:
    """What there is is no figure of anything."""
    assert not ask("which sectors do you have?").answer.figures


def test_nothing_known_is_declined(ask: Ask) -> None:
    """A country of which nothing is known is no answer, for there is no source to it."""
    assert ask("what do you know about Slovenia").answer.status is Status.DECLINED
