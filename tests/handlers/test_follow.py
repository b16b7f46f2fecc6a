"""/follow, "follow this", /following: in private chats, in groups by their administrators, in channels from afar."""

from __future__ import annotations

from typing import Any

import pytest

from bot.state import State
from handlers.news import NOW, QUARTERLY, QUESTION, TOPIC
from knowledge.answer import Status
from knowledge.period import Period
from knowledge.update import Update
from tests.handlers.group import ANN, ANONYMOUS, BOB, CHAT, Group
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import USER, Person

STEEL = "product:steel"


@pytest.fixture(autouse=True)
def steel(desk: ScriptedDesk) -> None:
    """The desk knows how steel stands."""
    period = Period.parse("2026-Q3")
    desk.updates[STEEL] = Update("Steel", period, reply("x").wording, says=True, figures={}, reports={})


async def test_a_topic(person: Person, state: State) -> None:
    """Once; what is known of it now is no news later."""
    (call,) = await person.says(f"/follow {STEEL}")
    assert "PRODUCT:STEEL" in call.text
    (again,) = await person.says(f"/follow {STEEL}")
    assert "already" in again.text
    (one,) = await state.subscriptions.of(USER)
    assert (one.kind, one.subject, one.frequency, one.topic) == (TOPIC, STEEL, QUARTERLY, 0)
    assert "2026-Q3" in (one.seen or "")


async def test_a_question(person: Person, state: State) -> None:
    """What is no topic is asked again by itself; what has no answer cannot be followed."""
    await person.says("/follow How much steel?")
    (one,) = await state.subscriptions.of(USER)
    assert (one.kind, one.subject, one.frequency) == (QUESTION, "How much steel?", NOW)


async def test_what_has_no_answer_is_not_followed(person: Person, state: State, desk: ScriptedDesk) -> None:
    """And without a topic the bot says how."""
    desk.replies["weather"] = reply("No.", Status.DECLINED)
    (call,) = await person.says("/follow weather")
    assert "cannot follow" in call.text
    (how,) = await person.says("/follow")
    assert "/follow steel" in how.text
    assert await state.subscriptions.of(USER) == []


async def test_the_button_under_an_answer(person: Person, state: State) -> None:
    """Its question is followed."""
    await person.says("steel in 2025")
    await person.presses("Follow this")
    (one,) = await state.subscriptions.of(USER)
    assert (one.kind, one.subject) == (QUESTION, "steel in 2025")


async def test_the_list_and_its_buttons(person: Person, state: State) -> None:
    """Pause, resume, frequency, unfollow, all off."""
    await person.says(f"/follow {STEEL}")
    await person.says("/follow How much?")
    (listed,) = await person.says("/following")
    assert "1. PRODUCT:STEEL: quarterly" in listed.text
    _, opened = await person.presses("1. PRODUCT:STEEL", listed)
    _, paused = await person.presses("Pause", opened)
    assert "paused" in paused.text
    assert [one.paused for one in await state.subscriptions.of(USER)] == [True, False]
    _, resumed = await person.presses("Resume", paused)
    _, yearly = await person.presses("yearly", resumed)
    assert "yearly" in yearly.text
    _, left = await person.presses("Unfollow", yearly)
    assert "PRODUCT:STEEL" not in left.text
    _, off = await person.presses("All off", left)
    assert "Nothing is followed here" in off.text
    assert await state.subscriptions.of(USER) == []


async def test_stop_ends_all(person: Person, state: State) -> None:
    """At once; /follow brings the chat back."""
    await person.says(f"/follow {STEEL}")
    await person.says("/stop")
    assert await state.subscriptions.of(USER) == []
    stopped = await state.chats.get(USER)
    assert stopped
    assert not stopped.active
    await person.says(f"/follow {STEEL}")
    back = await state.chats.get(USER)
    assert back
    assert back.active


async def test_in_groups_only_administrators(person: Person, state: State) -> None:
    """Where it was set up: in that forum topic; a hidden administrator is one."""
    group = Group(person)
    group.admins = {BOB}
    hidden: dict[str, Any] = {"from_": ANONYMOUS["from"], "sender_chat": ANONYMOUS["sender_chat"]}
    forum: dict[str, Any] = {"message_thread_id": 7, "is_topic_message": True}
    *_, refused = await group.says(f"/follow@waybill_bot {STEEL}", ANN, **forum)
    assert "Only administrators" in refused.text
    assert await state.subscriptions.of(CHAT) == []
    await group.says(f"/follow@waybill_bot {STEEL}", BOB, **forum)
    await group.says(f"/follow@waybill_bot {STEEL}", CHAT, **hidden)
    assert sorted(one.topic for one in await state.subscriptions.of(CHAT)) == [0, 7]
    *_, listed = await group.says("/following@waybill_bot", BOB)
    await group.presses("All off", listed, ANN)
    assert len(await state.subscriptions.of(CHAT)) == 2
    await group.presses("All off", listed, BOB)
    assert await state.subscriptions.of(CHAT) == []


async def test_a_channel_from_the_private_chat(person: Person, state: State) -> None:
    """By who administers it."""
    group = Group(person)
    channel = {"id": -1009, "type": "channel", "title": "C", "accent_color_id": 0, "max_reaction_count": 1}
    person.api._methods["getChat"] = lambda *_: {
        **channel,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    *_, refused = await person.says(f"/follow @news {STEEL}")
    assert "Only administrators" in refused.text
    group.admins = {USER}
    person.services.around.rights.drop(lambda *_: True)
    await person.says(f"/follow @news {STEEL}")
    assert [one.subject for one in await state.subscriptions.of(-1009)] == [STEEL]
    *_, listed = await person.says("/following @news")
    assert "PRODUCT:STEEL" in listed.text
    await person.presses("All off", listed)
    assert await state.subscriptions.of(-1009) == []


async def test_a_group_becomes_a_supergroup(person: Person, state: State) -> None:
    """What it follows goes with it."""
    group = Group(person)
    await state.subscriptions.add(-5, 0, TOPIC, STEEL, language="en", frequency=NOW)
    moved = group.raw("x", migrate_from_chat_id=-5)
    await person.sends({"update_id": 5, "message": {name: moved[name] for name in moved if name != "text"}})
    assert [one.subject for one in await state.subscriptions.of(CHAT)] == [STEEL]


@pytest.mark.parametrize(("status", "active"), [("kicked", False), ("member", True)])
async def test_blocked_and_taken_back(person: Person, state: State, status: str, *, active: bool) -> None:
    """A chat that follows something is known; its subscriptions stay."""
    await person.says(f"/follow {STEEL}")
    await state.chats.set(USER, "private", hour=9)
    me = {"id": 2, "is_bot": True, "first_name": "Waybill", "username": "waybill_bot"}
    someone = {"id": USER, "is_bot": False, "first_name": "A"}
    old: dict[str, object] = {"status": "member", "user": me}
    new: dict[str, object] = {"status": status, "user": me, "until_date": 0}
    await person.sends(
        {
            "update_id": 9,
            "my_chat_member": {
                "chat": {"id": USER, "type": "private"},
                "from": someone,
                "date": 1_600_000_000,
                "old_chat_member": old,
                "new_chat_member": new,
            },
        }
    )
    found = await state.chats.get(USER)
    assert found
    assert found.active is active
    assert len(await state.subscriptions.of(USER)) == 1
