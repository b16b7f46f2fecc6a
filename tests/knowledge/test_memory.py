"""Answers that were worked out already."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.desk import Desk

FULL = "How much defence equipment did Turkey export to Ukraine in the first quarter of 2022?"
OTHER = "How much steel did Turkey export in 2023?"
DAY = date(2026, 11, 23)


@pytest.fixture
async def desk(store_path: Path) -> AsyncIterator[Desk]:
    """A desk with the shipped facts."""
    opened = Desk(store_path.parent, lambda: DAY)
    await opened.start()
    yield opened
    await opened.close()


async def test_a_question_that_stands_alone_is_worked_out_once(desk: Desk) -> None:
    """Whatever was said before; the conversation still goes on from both."""
    other = await desk.ask(OTHER)
    first = await desk.ask(FULL, (await desk.ask("who bought TB2")).conversation)
    again = await desk.ask(FULL, other.conversation)
    assert again.wording is first.wording
    assert again.conversation
    assert other.conversation
    assert again.conversation.question == first.understanding.outcome
    assert again.conversation.before == other.conversation.question


async def test_a_question_that_leans_on_another_is_remembered_with_it(desk: Desk) -> None:
    """The same words after another question are another question."""
    steel, defence = await desk.ask(OTHER), await desk.ask(FULL)
    after_steel = await desk.ask("and a year earlier?", steel.conversation)
    after_defence = await desk.ask("and a year earlier?", defence.conversation)
    assert after_steel.wording.lead != after_defence.wording.lead
    assert (await desk.ask("and a year earlier?", steel.conversation)).wording is after_steel.wording
    assert (await desk.ask("and a year earlier?")).wording.lead not in (after_steel.wording.lead, "")


async def test_what_an_answer_depends_on_tells_it_from_others(desk: Desk) -> None:
    """The day: last year is another one next year."""
    text = "How much did Turkey's defence industry export last year?"
    now, then = await desk.ask(text), await desk.ask(text, today=date(2025, 11, 23))
    assert now.wording.lead != then.wording.lead


async def test_remembered_answers_are_those_of_a_desk_without_memory(desk: Desk, store_path: Path) -> None:
    """In a conversation with repetitions."""
    fresh = Desk(store_path.parent, lambda: DAY)
    mine = theirs = None
    for text in (FULL, "and a year earlier?", OTHER, FULL, "and a year earlier?", "thanks", "source?", FULL, "xyzzy"):
        reply, expected = await desk.ask(text, mine), fresh.ask_now(text, theirs)
        mine, theirs = reply.conversation, expected.conversation
        assert (reply.text, mine) == (expected.text, theirs)


async def test_it_is_bounded(desk: Desk) -> None:
    """The longest unused go."""
    assert desk._room is None or len(desk._room.memory) == 0
    for number in range(30):
        await desk.ask(f"exports in 20{number:02}")
    room = desk._room
    assert room
    room.memory._most = 5
    await desk.ask(FULL)
    assert len(room.memory) == 5
