"""The desk: one door, asynchronous or not, over one store, with a conversation handed back and forth."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from knowledge.desk import Conversation, Desk, Reply
from tests.conftest import TODAY


@pytest.fixture
async def open_desk(store_path: Path) -> AsyncIterator[Desk]:
    """A desk with its worker thread running."""
    desk = Desk(store_path.parent, lambda: TODAY)
    await desk.start()
    yield desk
    await desk.close()


async def test_asking_with_and_without_waiting_is_the_same(open_desk: Desk) -> None:
    """The door for loops and the door for command lines give one answer."""
    text = "defence exports to Ukraine in Q1 2022"
    assert (await open_desk.ask(text)).text == open_desk.ask_now(text).text


async def test_one_thread_owns_the_connection(open_desk: Desk) -> None:
    """However many ask at once, one worker answers, and never the loop's own thread."""
    names: set[str] = set()

    class Watched(Desk):
        def _load(self) -> None:
            names.add(threading.current_thread().name)
            super()._load()

    desk = Watched(open_desk._home, lambda: TODAY)
    replies = await asyncio.gather(*(desk.ask(f"defence exports in {year}") for year in range(2019, 2026)))
    await desk.close()
    assert len(names) == 1
    assert threading.current_thread().name not in names
    assert len({reply.text for reply in replies}) == 7


async def test_answers_keep_the_order_of_their_questions(open_desk: Desk) -> None:
    """Each question gets its own answer, also when many are asked at once."""
    years = [2021, 2019, 2025, 2020]
    replies = await asyncio.gather(*(open_desk.ask(f"defence exports in {year}") for year in years))
    assert [str(reply.answer.figures[0].period) for reply in replies] == [str(year) for year in years]


async def test_the_loop_is_free_meanwhile(open_desk: Desk) -> None:
    """Asking does not stop whatever else the loop does."""
    task = asyncio.create_task(open_desk.ask("defence exports by month 2019-2025"))
    turns = 0
    while not task.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1


async def test_starting_and_closing_twice_does_no_harm(store_path: Path) -> None:
    """A desk that is started again stays open; one that never answered can be closed."""
    desk = Desk(store_path.parent, lambda: TODAY)
    await desk.start()
    await desk.start()
    await desk.close()
    idle = Desk(store_path.parent, lambda: TODAY)
    await idle.close()


def test_the_conversation_is_handed_back(desk: Desk) -> None:
    """What the next question can lean on comes with the reply, and the desk itself remembers nothing."""
    first = desk.ask_now("defence exports to Ukraine in Q1 2022")
    assert isinstance(first.conversation, Conversation)
    assert [str(slot.value.period) for slot in first.conversation.question.periods] == ["2022-Q1"]
    second = desk.ask_now("and a year earlier?", first.conversation)
    assert second.conversation
    assert second.conversation.before == first.conversation.question
    assert desk.ask_now("and a year earlier?").answer.status == "clarify"


@pytest.mark.parametrize(
    "text", ["thanks!", "help", "flurbish", "steel in tonnes", "hello", "", "?", "ok", "\N{THUMBS UP SIGN}"]
)
def test_talk_and_refusals_do_not_end_a_conversation(desk: Desk, text: str) -> None:
    """What is no question about facts leaves the conversation where it was."""
    before = desk.ask_now("defence exports to Ukraine in Q1 2022").conversation
    assert desk.ask_now(text, before).conversation == before


@pytest.mark.parametrize("language", [None, "en", "xx", "", "EN"])
def test_unknown_languages_are_english(desk: Desk, language: str | None) -> None:
    """A language that nobody taught it is answered in English."""
    assert desk.ask_now("defence exports in 2021", language=language).language == "en"


def test_the_day_is_asked_for_each_time(store_path: Path) -> None:
    """A desk that runs over midnight answers by the new day."""
    days = iter([date(2026, 1, 5), date(2026, 1, 5), date(2026, 7, 5)])
    desk = Desk(store_path.parent, lambda: next(days))
    first, second = (desk.ask_now("steel exports last quarter").answer.figures[0].period for _ in range(2))
    assert [str(first), str(second)] == ["2025-Q4", "2026-Q2"]


def test_a_missing_store_is_built(tmp_path: Path) -> None:
    """The first question builds what it needs, and says how far it is."""
    steps: list[str] = []
    desk = Desk(tmp_path, lambda: TODAY, lambda step, _done, _of: steps.append(step))
    assert desk.ask_now("defence exports in 2021").answer.status == "answered"
    assert steps


def test_a_reply_is_a_value(desk: Desk) -> None:
    """A reply cannot be changed after the fact, and says itself in text, JSON and explanation."""
    reply = desk.ask_now("defence exports in 2021")
    assert isinstance(reply, Reply)
    with pytest.raises(FrozenInstanceError):
        reply.language = "tr"  # type: ignore[misc]
    assert reply.text == reply.wording.plain() == reply.as_json(None, "")["text"]
    assert reply.explain()


def test_a_year_earlier_than_the_newest(store_path: Path) -> None:
    """The period that an answer took by itself can be leant on like one that was asked for; that of a deal cannot."""
    desk = Desk(store_path.parent, lambda: TODAY)
    first = desk.ask_now("steel exports")
    assert "in September 2025" in desk.ask_now("and a year earlier?", first.conversation).text
    deal = desk.ask_now("How many TB2 did Poland order")
    assert "2020" not in desk.ask_now("and a year earlier?", deal.conversation).text
