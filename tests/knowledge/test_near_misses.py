"""Near misses of every fact: whatever is asked beside what is known, no figure is given for it."""

from __future__ import annotations

from collections import defaultdict

import pytest

from knowledge.answer import Status
from knowledge.answers.desk_view import View
from knowledge.desk import Desk, Reply
from knowledge.wording import Wording
from tests.knowledge.near_misses import KINDS, Miss, near_misses

LEAST = 25
"""Questions that each way to miss must have: fewer prove nothing."""


@pytest.fixture(scope="module")
def misses(view: View, wording: Wording) -> dict[str, list[Miss]]:
    """The near misses by the way in which they miss."""
    out: dict[str, list[Miss]] = defaultdict(list)
    for miss in near_misses(view, wording):
        out[miss.kind].append(miss)
    return out


def asked(desk: Desk, miss: Miss) -> Reply:
    """The reply to a near miss, after the fact where it follows on it."""
    before = desk.ask_now(miss.fact).conversation if miss.kind == "follow-up" else None
    return desk.ask_now(miss.text, before)


@pytest.mark.parametrize("kind", KINDS)
def test_no_figure_is_given_falsely(desk: Desk, misses: dict[str, list[Miss]], kind: str) -> None:
    """Declined, asked back, or told in words: never a number for what is not known."""
    assert len(misses[kind]) >= LEAST
    replies = [(miss, asked(desk, miss)) for miss in misses[kind]]
    told = {f"{miss.fact} | {miss.text}": reply.text for miss, reply in replies if reply.answer.figures}
    assert not told, f"{len(told)} of {len(misses[kind])}:\n" + "\n".join(
        f"{text!r}: {reply[:160]!r}" for text, reply in list(told.items())[:25]
    )


def test_the_facts_themselves_are_told(desk: Desk, misses: dict[str, list[Miss]]) -> None:
    """A refusal of everything would miss nothing: the question that each fact answers is answered."""
    facts = sorted({miss.fact for found in misses.values() for miss in found})
    silent = [fact for fact in facts if desk.ask_now(fact).answer.status is not Status.ANSWERED]
    assert len(facts) > 250
    assert len(silent) <= 0.01 * len(facts), silent
