"""Chats: settings, whether they can be written to, moving, and deleting all of one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.state import State
from handlers.kept import Answered, Chat, Receipt, Standing
from knowledge.desk import Conversation
from knowledge.question import Kind, Question
from tests.bot.state.conftest import Clock

DAY = 24 * 3600


def talk(text: str = "how much?") -> Conversation:
    """A conversation of one question."""
    return Conversation(Question(text, "en", Kind.LEVEL))


def receipt(number: str, chat: int | None, created: float) -> Receipt:
    """A receipt with one figure."""
    figure = {"measure": "value", "value": 59_100_000, "vintage": "2022-04-05"}
    asked_on = date(2026, 11, 23)
    return Receipt(number, chat, "and then?", "en", talk(), "level", "2026-11", (figure,), ("e1",), asked_on, created)


async def test_settings(state: State) -> None:
    """Each by itself; None brings the default back."""
    assert await state.chats.get(7) is None
    await state.chats.set(7, "private", language="tr", hour=9)
    await state.chats.set(7, "private", zone="Europe/Kyiv", hour=None)
    assert await state.chats.get(7) == Chat(7, "private", "tr", zone="Europe/Kyiv", since=1_800_000_000.0)
    with pytest.raises(ValueError, match="active"):
        await state.chats.set(7, "private", active=0)


async def test_chats_that_cannot_be_written_to(state: State, clock: Clock) -> None:
    """With the reason and the date, until they can; settings outlive it."""
    await state.chats.set(7, "private", language="tr")
    clock.now += DAY
    await state.chats.deactivate(7, "private", "blocked")
    found = await state.chats.get(7)
    assert found
    assert (found.active, found.reason, found.since) == (False, "blocked", clock.now)
    assert await state.chats.count() == {"blocked": 1}
    clock.now += DAY
    back = await state.chats.activate(7, "private")
    assert (back.active, back.reason, back.since, back.language) == (True, None, clock.now, "tr")
    clock.now += DAY
    assert await state.chats.activate(7, "private") == back
    assert await state.chats.count() == {"active": 1}


async def test_a_group_that_moves(state: State) -> None:
    """All goes to the new id; where both have the same thing, it is there once."""
    for chat in (-5, -1005):
        await state.chats.set(chat, "group", language="tr" if chat == -5 else "uk")
        await state.subscriptions.add(chat, 0, "topic", "steel", language="en", frequency="quarterly")
        await state.keep(Answered(chat, 1, 7, "r", "steel", None, (2,)))
        await state.keep(Standing(chat, 0, 7, talk(str(chat)), 1))
    await state.subscriptions.add(-5, 3, "topic", "ships", language="en", frequency="quarterly")
    await state.keep(receipt("r1", -5, 1.0))
    await state.chats.move(-5, -1005)
    assert await state.chats.get(-5) is None
    moved = await state.chats.get(-1005)
    assert moved
    assert (moved.kind, moved.language) == ("supergroup", "uk")
    assert [(one.topic, one.subject) for one in await state.subscriptions.of(-1005)] == [(0, "steel"), (3, "ships")]
    assert await state.subscriptions.of(-5) == []
    assert await state.conversations.get(-1005, 0, 7) == Standing(-1005, 0, 7, talk("-1005"), 1)
    kept = await state.receipts.get("r1")
    assert kept
    assert kept.chat == -1005


async def test_a_group_that_moves_to_a_chat_never_seen(state: State) -> None:
    """The usual case."""
    await state.chats.set(-5, "group", language="tr")
    await state.chats.move(-5, -1005)
    moved = await state.chats.get(-1005)
    assert moved
    assert (moved.kind, moved.language) == ("supergroup", "tr")


async def test_deleting_all_of_a_chat(state: State) -> None:
    """Everything of this chat and person, also in groups, and nothing of others; it says what it was."""
    for chat in (7, 8):
        await state.chats.set(chat, "private", language="tr")
        await state.keep(Standing(chat, 0, chat, talk(), 1))
        await state.keep(Standing(-5, 0, chat, talk(), 1))
        await state.keep(receipt(f"r{chat}", chat, 1.0))
        await state.keep(Answered(chat, 1, chat, f"r{chat}", "x", None, (2,)))
        await state.keep(Answered(-5, chat, chat, f"g{chat}", "x", None, (2,)))
        await state.feedback.give(f"r{chat}", chat, 1)
        await state.subscriptions.add(chat, 0, "topic", "steel", language="en", frequency="quarterly")
        await state.questions.wait(await state.questions.add("why", "en", "why?", "no_fact"), chat)
    assert await state.chats.delete(7) == {
        "chats": 1,
        "conversations": 2,
        "receipts": 1,
        "answers": 2,
        "feedback": 1,
        "waiting": 1,
        "subscriptions": 1,
    }
    assert await state.chats.delete(7) == {}
    assert await state.receipts.get("r8")
    assert await state.answers.by_question(-5, 8)
    assert await state.questions.tell(1) == [8]
