"""The outbox: every message once, at Telegram's pace, whatever happens to who sends it."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.state import State
from bot.state.mail import Message, Policy, Row, Stage
from bot.state.outbox import APART, APART_IN_GROUPS, FASTEST, KEPT, LEASE
from bot.state.tables import outbox
from tests.bot.state.conftest import Clock

HELLO = Message(1, "a", {"text": "hello"})


def to(*chats: int, **changes: object) -> list[Message]:
    """The same message to several chats."""
    return [replace(HELLO, chat=chat, **changes) for chat in chats]  # type: ignore[arg-type]


async def taken(state: State, owner: str = "me", limit: int = 100) -> list[Row]:
    """What is handed out."""
    return await state.outbox.take(owner, limit)


async def one(state: State, message: Message = HELLO) -> Row:
    """A message that is being sent."""
    await state.outbox.put([message])
    (row,) = await taken(state)
    assert await state.outbox.sending(row)
    return row


async def test_what_is_put_is_handed_out_once(state: State, clock: Clock) -> None:
    """With all it needs; the same one is not taken twice, in the same topic."""
    message = Message(-7, "q3", {"text": "é", "reply_markup": {"x": [1]}}, "sendPhoto", 9, picture="p.png")
    assert await state.outbox.put([message, message]) == 1
    assert await state.outbox.put([message, replace(message, topic=8)]) == 1
    first, *rest = await taken(state)
    assert (first.message, first.slot, first.attempts, first.ambiguous, rest) == (message, clock.now, 0, 0, [])
    assert await taken(state, "other") == []
    assert await state.outbox.put([]) == 0


async def test_the_moments_are_apart(state: State, clock: Clock) -> None:
    """Over all senders and batches; answers to questions, made besides, push them back."""
    await state.outbox.put(to(*range(1, 100)))
    first = [row.slot for row in await taken(state, "a", 10)]
    second = [row.slot for row in await taken(state, "b", 10)]
    third = [row.slot for row in await state.outbox.take("a", 1, ahead=5)]
    slots = [slot - clock.now for slot in first + second]
    assert slots == pytest.approx([number / FASTEST for number in range(20)])
    assert third[0] - clock.now == pytest.approx(25 / FASTEST)
    clock.now += 100
    (late, *_) = await taken(state, "b", 1)
    assert late.slot == clock.now


async def test_urgent_ones_first_and_none_before_its_time(state: State, clock: Clock) -> None:
    """By priority, then in the order in which they came."""
    await state.outbox.put([*to(1, 2), *to(3, priority=1), *to(4, not_before=clock.now + 5)])
    assert [row.message.chat for row in await taken(state)] == [3, 1, 2]
    assert await taken(state) == []
    clock.now += 5
    assert [row.message.chat for row in await taken(state)] == [4]


@pytest.mark.parametrize(("chat", "apart"), [(5, APART), (-5, APART_IN_GROUPS)])
async def test_a_chat_gets_one_after_the_other(state: State, clock: Clock, chat: int, apart: float) -> None:
    """As far apart as Telegram wants it, in order."""
    await state.outbox.put([replace(HELLO, chat=chat, dedupe=name) for name in "abc"])
    for name in "abc":
        (row,) = await taken(state)
        assert row.message.dedupe == name
        assert await taken(state, "other") == []
        assert await state.outbox.sending(row)
        assert await state.outbox.sent(row, 77)
        clock.now += apart - 0.01
        assert await taken(state) == []
        clock.now += 0.02


async def test_what_was_sent_leaves_no_text(state: State) -> None:
    """Only that it arrived, and as which message."""
    row = await one(state)
    assert await state.outbox.sent(row, 77)
    async with state.database.read() as connection:
        found = (await connection.execute(select(outbox))).mappings().one()
    assert (found["state"], found["message"], found["body"]) == (Stage.SENT, 77, None)
    assert await state.outbox.count() == {"sent": 1}


async def test_a_sender_that_ends_before_it_sends_costs_nothing(state: State, clock: Clock) -> None:
    """The row is free again when its lease is over, or at once if it is given back."""
    await state.outbox.put([HELLO])
    (row,) = await taken(state, "gone")
    clock.now += LEASE + 1
    (again,) = await taken(state, "me")
    assert (again.attempts, again.ambiguous) == (0, 0)
    assert not await state.outbox.sending(row)
    await state.outbox.give_back([again])
    (third,) = await taken(state, "third")
    assert await state.outbox.sending(third)
    await state.outbox.give_back([third])
    assert await taken(state) == []


@pytest.mark.parametrize(("policy", "stage"), [(Policy.AGAIN, Stage.PENDING), (Policy.ONCE, Stage.UNKNOWN)])
async def test_a_sender_that_ends_while_it_sends(state: State, clock: Clock, policy: Policy, stage: Stage) -> None:
    """It may have arrived: a digest goes out once more, and is counted; a notice does not."""
    row = await one(state, replace(HELLO, policy=policy))
    clock.now += LEASE + 1
    rows = await taken(state, "other")
    assert [(found.ambiguous, found.attempts) for found in rows] == ([(1, 1)] if stage is Stage.PENDING else [])
    assert not await state.outbox.sent(row, 5)
    assert (await state.outbox.count()) == {"leased" if rows else "unknown": 1}


@pytest.mark.parametrize("policy", Policy)
async def test_once_more(state: State, clock: Clock, policy: Policy) -> None:
    """After the wait; what may have arrived is treated as its kind wants it."""
    row = await one(state, replace(HELLO, policy=policy))
    assert await state.outbox.again(row, 10, "Too Many Requests", counts=False)
    assert await state.outbox.next_due() == clock.now + 10
    assert await taken(state) == []
    clock.now += 10
    (row,) = await taken(state)
    assert row.attempts == 0
    assert await state.outbox.sending(row)
    assert await state.outbox.again(row, 1, "timed out", may_be_there=True)
    clock.now += 2
    rows = await taken(state)
    assert [(row.attempts, row.ambiguous) for row in rows] == ([(1, 1)] if policy is Policy.AGAIN else [])
    assert await state.outbox.next_due() == (rows[0].slot + LEASE if rows else None)


async def test_what_cannot_arrive_says_why(state: State) -> None:
    """One message, or all that wait for a chat."""
    row = await one(state)
    assert await state.outbox.dead(row, "message is too long")
    assert not await state.outbox.again(row, 1, "x")
    await state.outbox.put(to(1, 2, 3, dedupe="b"))
    await state.outbox.put(to(1, dedupe="c"))
    assert await state.outbox.close_chat(1, "blocked") == 2
    assert await state.outbox.count() == {"dead": 3, "pending": 2}
    assert await state.outbox.reasons() == [("dead", "blocked", 2), ("dead", "message is too long", 1)]


async def test_nothing_goes_to_a_chat_that_is_shut(state: State) -> None:
    """Until the bot can write there again."""
    await state.outbox.put(to(1, 2))
    await state.chats.deactivate(1, "private", "blocked")
    assert [row.message.chat for row in await taken(state)] == [2]
    await state.chats.activate(1, "private")
    assert [row.message.chat for row in await taken(state)] == [1]


async def test_a_moved_chat_takes_its_messages_along(state: State) -> None:
    """The new chat's own stay."""
    await state.outbox.put(to(-1, -2))
    await state.outbox.put(to(-1, dedupe="b"))
    await state.chats.move(-1, -2)
    assert sorted((row.message.chat, row.message.dedupe) for row in await taken(state)) == [(-2, "a")]
    assert await state.outbox.count() == {"leased": 1, "pending": 1}


async def test_the_pace_has_bounds(state: State) -> None:
    """Slower when Telegram complains, faster again later."""
    assert await state.outbox.slow_down(0.5) == FASTEST / 2
    await state.outbox.put(to(1, 2))
    first, second = await taken(state)
    assert second.slot - first.slot == pytest.approx(2 / FASTEST)
    assert await state.outbox.slow_down(0.001) == 1
    assert await state.outbox.slow_down(1000) == FASTEST


async def test_old_ones_are_forgotten(state: State, clock: Clock) -> None:
    """Never one that has not arrived."""
    await state.outbox.put(to(1, 2))
    row, _ = await taken(state)
    await state.outbox.sending(row)
    await state.outbox.sent(row, 1)
    clock.now += KEPT + 1
    assert await state.outbox.tidy() == 1
    assert await state.outbox.count() == {"leased": 1}


async def test_senders_side_by_side_share_nothing(state: State, clock: Clock) -> None:
    """Each row goes to one of them, and no two have the same moment."""
    await state.outbox.put(to(*range(1, 121)))
    batches = await asyncio.gather(*(state.outbox.take(f"s{number}", 10) for number in range(12)))
    rows = [row for batch in batches for row in batch]
    assert len({row.id for row in rows}) == len(rows) == 120
    slots = sorted(row.slot for row in rows)
    assert all(after - before > 0.9 / FASTEST for before, after in itertools.pairwise(slots))
    assert slots[-1] <= clock.now + 120 / FASTEST + 1
