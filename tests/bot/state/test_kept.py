"""The other repositories, each by what it promises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state import State
from bot.state.tables import conversations
from bot.state.talks import EDITABLE, RECEIPTS_LAST, TALK_LASTS, tidy
from handlers.kept import Answered, Standing
from tests.bot.state.conftest import Clock
from tests.bot.state.test_chats import receipt, talk


async def test_conversations_are_kept_apart_and_expire(state: State, clock: Clock) -> None:
    """By chat, topic and person; six hours after the last question."""
    first, topic, other = (
        Standing(1, 0, 7, talk("a"), 10),
        Standing(1, 9, 7, talk("b"), 11),
        Standing(1, 0, 8, talk(), 1),
    )
    await state.keep(first, topic, other)
    later = replace(first, conversation=talk("c"), question=13)
    await state.keep(later)
    assert await state.conversations.get(1, 0, 7) == later
    assert await state.conversations.get(1, 9, 7) == topic
    assert await state.conversations.get(2, 0, 7) is None
    clock.now += TALK_LASTS
    assert await state.conversations.get(1, 0, 7) is None


async def test_a_conversation_of_another_version(state: State) -> None:
    """Left out: the next question stands for itself."""
    await state.keep(Standing(1, 0, 7, talk(), 10))
    async with state.database.write() as connection:
        await connection.execute(update(conversations).values(conversation='{"question": {"kind": "future"}}'))
    assert await state.conversations.get(1, 0, 7) is None


async def test_answers_are_found_by_their_messages(state: State, clock: Clock) -> None:
    """By the question, by the receipt, by each of their own, for 48 hours; an edited question has the new answer."""
    first = Answered(1, 10, 7, "r1", "turkey", None, (11, 12))
    edited = Answered(1, 10, 7, "r2", "turkey 2021", talk(), (11,))
    await state.keep(first)
    assert await state.answers.by_receipt("r1") == first
    assert await state.answers.by_message(1, 12) == first
    await state.keep(edited, Answered(1, 20, None, "r3", "x", None, (21,)))
    assert await state.answers.by_question(1, 10) == edited
    assert await state.answers.by_message(1, 11) == edited
    assert await state.answers.by_message(1, 10) is None
    assert await state.answers.by_message(2, 11) is None
    assert await state.answers.by_receipt("r1") is None
    assert await state.answers.by_question(2, 10) is None
    clock.now += EDITABLE
    assert await state.answers.by_question(1, 10) is None


async def test_what_is_kept_at_once_is_one_commit(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred callers do not wait for a hundred commits; each knows when its own is safe."""
    commits, write = 0, state.database.write

    @asynccontextmanager
    async def counted() -> AsyncIterator[AsyncConnection]:
        nonlocal commits
        commits += 1
        async with write() as connection:
            yield connection

    monkeypatch.setattr(state.database, "write", counted)

    async def keep(number: int) -> None:
        await state.keep(Answered(1, number, 7, f"r{number}", "x", None, (number + 1,)), receipt(f"r{number}", 1, 1.0))
        assert await state.receipts.get(f"r{number}")
        assert await state.answers.by_question(1, number)

    await asyncio.gather(*map(keep, range(100)))
    assert commits <= 3


async def test_what_cannot_be_kept_is_said(state: State) -> None:
    """To whoever asked for it; the next attempt is not hurt."""
    good, bad = receipt("r1", 1, 1.0), replace(receipt("r2", 1, 1.0), figures=({"value": object()},))
    with pytest.raises(TypeError):
        await state.keep(bad)
    await state.keep(good)
    assert await state.receipts.get("r1") == good


async def test_receipts_stay_as_they_were(state: State, clock: Clock) -> None:
    """For a year; nothing writes over one."""
    kept = receipt("r1", 7, clock.now)
    await state.keep(kept, receipt("r2", None, clock.now))
    await state.keep(receipt("r1", 8, clock.now))
    assert await state.receipts.get("r1") == kept
    assert await state.receipts.get("r3") is None


async def test_what_has_expired_is_deleted(state: State, clock: Clock) -> None:
    """Not only hidden."""
    await state.keep(Standing(1, 0, 7, talk(), 10))
    await state.keep(Answered(1, 10, 7, "r1", "x", None, (11,)))
    await state.keep(receipt("r1", 7, clock.now))
    clock.now += RECEIPTS_LAST
    await tidy(state.database)
    assert await state.chats.delete(7) == await state.chats.delete(1) == {}


async def test_one_opinion_a_person(state: State) -> None:
    """The last one counts; a comment stays when the thumb turns, and the thumb when a comment comes."""
    await state.feedback.give("r1", 7, 1)
    await state.feedback.give("r1", 7, 0, "rounding")
    await state.feedback.give("r1", 8, 1)
    await state.feedback.give("r1", 7, -1)
    await state.feedback.give("r1", 7, 0)
    assert await state.feedback.count() == (1, 1, 1)


async def test_questions_without_an_answer(state: State) -> None:
    """Counted by what they say, most asked first; decided once, they leave the queue."""
    once = await state.questions.add("why", "en", "Why?", "no_fact")
    often = await state.questions.add("who", "en", "Who?", "unknown_word")
    assert await state.questions.add("who", "en", "who??", "unknown_word") == often
    assert await state.questions.add("who", "tr", "who", "unknown_word") not in (once, often)
    first, count = await state.questions.first()
    assert first
    assert (first.id, first.question, first.times, count) == (often, "Who?", 2, 3)
    await state.questions.decide(often, "alias", "who = WHO")
    behind, count = await state.questions.first(skip=1)
    assert behind
    assert count == 2
    assert [one.note for one in await state.questions.every("alias")] == ["who = WHO"]
    assert (await state.questions.first(skip=2))[0] is None


async def test_who_agreed_is_told_once(state: State) -> None:
    """Agreeing twice is agreeing."""
    number = await state.questions.add("why", "en", "Why?", "no_fact")
    for chat in (8, 7, 7):
        await state.questions.wait(number, chat)
    assert await state.questions.tell(number) == [7, 8]
    assert await state.questions.tell(number) == []


async def test_subscriptions(state: State) -> None:
    """One of each in a chat and topic; changed and removed by their own chat only."""
    steel, new = await state.subscriptions.add(1, 0, "topic", "steel", language="en", frequency="quarterly")
    assert new
    assert await state.subscriptions.add(1, 0, "topic", "steel", language="tr", frequency="yearly") == (steel, False)
    await state.subscriptions.add(1, 4, "topic", "steel", language="en", frequency="quarterly")
    other, _ = await state.subscriptions.add(2, 0, "question", "how much?", language="en", frequency="change")
    assert [one.topic for one in await state.subscriptions.of(1)] == [0, 4]
    assert [one.topic for one in await state.subscriptions.of(1, 4)] == [4]
    assert await state.subscriptions.subjects("topic") == ["steel"]
    assert not await state.subscriptions.change(steel.id, 2, paused=True)
    assert await state.subscriptions.change(steel.id, 1, paused=True, seen="2026-Q3")
    assert [one.topic for one in await state.subscriptions.to("topic", "steel")] == [4]
    assert not await state.subscriptions.remove(other.id, 1)
    assert await state.subscriptions.remove(other.id, 2)
    assert await state.subscriptions.remove_all(1) == 2


async def test_a_lease_has_one_owner(state: State, clock: Clock) -> None:
    """Until it ends or is given back; each new owner gets a higher number."""
    mine = await state.leases.take("poll", "me", 30)
    assert mine
    assert await state.leases.take("poll", "you", 30) is None
    clock.now += 20
    longer = await state.leases.take("poll", "me", 30)
    assert longer
    assert (longer.fence, longer.until) == (mine.fence, clock.now + 30)
    clock.now += 30
    assert not await state.leases.holds(longer)
    yours = await state.leases.take("poll", "you", 30)
    assert yours
    assert yours.fence > mine.fence
    await state.leases.give_back(longer)
    assert await state.leases.holds(yours)
    await state.leases.give_back(yours)
    again = await state.leases.take("poll", "me", 30)
    assert again
    assert again.fence > yours.fence


async def test_of_many_that_ask_one_gets_the_lease(state: State) -> None:
    """At the same moment."""
    taken = await asyncio.gather(*(state.leases.take("poll", str(number), 30) for number in range(20)))
    assert sum(lease is not None for lease in taken) == 1


async def test_marks_files_and_audit(state: State, clock: Clock) -> None:
    """Small things."""
    assert await state.marks.get("refresh") is None
    await state.marks.put("refresh", "a")
    await state.marks.put("refresh", "b")
    assert await state.marks.get("refresh") == ("b", clock.now)
    await state.files.put("chart:1", "F1")
    await state.files.put("chart:1", "F2")
    assert await state.files.get("chart:1") == "F2"
    await state.files.forget("chart:1")
    assert await state.files.get("chart:1") is None
    await state.audit.add(7, "import", "tim 2026-10")
    await state.audit.add(8, "curate", "17 out_of_scope")
    assert [line[1:] for line in await state.audit.latest()] == [
        (8, "curate", "17 out_of_scope"),
        (7, "import", "tim 2026-10"),
    ]
