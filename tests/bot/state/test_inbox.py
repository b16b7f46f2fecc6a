"""The inbox: an update is kept before it is confirmed, and handled once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.state import State
from bot.state.inbox import KEPT, MOST_ATTEMPTS, PARKED_KEPT, Answering, Handled
from bot.state.tables import inbox
from tests.bot.state.conftest import Clock


def raw(number: int, chat: int = 7) -> dict[str, Any]:
    """An update."""
    return {"update_id": number, "message": {"message_id": 1, "chat": {"id": chat}, "from": {"id": 9}, "text": "é"}}


async def test_an_update_that_comes_again_is_known(state: State) -> None:
    """Whether it was handled or not."""
    assert await state.inbox.add([raw(5), raw(6)]) == [5, 6]
    await state.keep(Handled(5))
    assert await state.inbox.add([raw(5), raw(6), raw(7)]) == [7]
    assert await state.inbox.add([]) == []
    assert await state.inbox.count() == {"waiting": 2, "done": 1}


async def test_what_waited_is_handled_after_a_start(state: State) -> None:
    """In order; what was being answered is not answered twice; what was done is gone."""
    await state.inbox.add([raw(8), raw(5), raw(6), raw(7)])
    await state.keep(Answering(6), Handled(7))
    assert await state.inbox.recover() == [raw(5), raw(8)]
    assert await state.inbox.count() == {"waiting": 2, "unknown": 1, "done": 1}
    async with state.database.read() as connection:
        rows = (await connection.execute(select(inbox.c.update_id, inbox.c.body))).all()
    assert {number for number, body in rows if body is None} == {6, 7}


async def test_one_that_ends_the_process_is_set_aside(state: State) -> None:
    """After a few times; admins can look at it."""
    await state.inbox.add([raw(5)])
    for _ in range(MOST_ATTEMPTS - 1):
        assert await state.inbox.recover() == [raw(5)]
    assert await state.inbox.recover() == []
    assert await state.inbox.count() == {"parked": 1}


async def test_nobody_waits_for_an_old_one(state: State, clock: Clock) -> None:
    """After two days down."""
    await state.inbox.add([raw(5)])
    clock.now += KEPT
    assert await state.inbox.recover() == []
    assert await state.inbox.count() == {"unknown": 1}


async def test_what_is_over_is_forgotten(state: State, clock: Clock) -> None:
    """Parked ones later."""
    await state.inbox.add([raw(5), raw(6), raw(7)])
    await state.keep(Handled(5))
    await state.inbox.park(6, "cannot be read")
    clock.now += KEPT
    await state.inbox.tidy()
    assert await state.inbox.count() == {"parked": 1, "waiting": 1}
    clock.now += PARKED_KEPT
    await state.inbox.tidy()
    assert await state.inbox.count() == {"waiting": 1}


@pytest.mark.parametrize(
    ("content", "lane"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 9}}}, -5),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -5}}}}, -5),
        ({"inline_query": {"from": {"id": 9}}}, 9),
        ({"message_reaction": {"chat": {"id": 3}, "user": {"id": 9}}}, 3),
        ({"poll": {"id": "1"}}, 0),
        ({"odd": {"message": 5, "chat": {"id": "x"}}}, 0),
        ({}, 0),
    ],
)
async def test_it_can_be_deleted_with_its_chat(state: State, content: dict[str, Any], lane: int) -> None:
    """Or with its user."""
    await state.inbox.add([{"update_id": 5} | content])
    async with state.database.read() as connection:
        assert (await connection.execute(select(inbox.c.lane))).scalar_one() == lane
    await state.chats.delete(lane)
    assert await state.inbox.count() == {}
