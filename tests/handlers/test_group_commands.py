"""Commands that are more than questions, in groups: for everybody, or for who may decide for the group."""

from dataclasses import replace
from typing import Any

import pytest

from bot.state import State
from knowledge.question import Kind
from tests.handlers.group import ANN, ANONYMOUS, BOB, CHANNEL, CHAT, Group
from tests.handlers.scripted import ScriptedDesk, reply
from tests.handlers.test_quotes import answer
from tests.telegram_offline import Call, Person

ADMINS_ONLY = "Only administrators of this group"
FORWARDED = {"type": "hidden_user", "sender_user_name": "X", "date": 1}


@pytest.fixture
def group(person: Person) -> Group:
    """A group whose administrator is Ann."""
    made = Group(person)
    made.admins.add(ANN)
    return made


def replies_to(call: Call) -> int:
    """The message that a message of the bot's replies to."""
    assert call.method == "sendMessage"
    return int(call.asked["reply_parameters"]["message_id"])


async def test_a_sentence_is_verified(group: Group, desk: ScriptedDesk) -> None:
    """Behind the command, or in the message that it replies to; the verdict replies to whoever wanted it."""
    (call,) = await group.says("/verify@waybill_bot Ukraine bought 30 times as much.", BOB)
    assert call.text.startswith("Verdict on: Ukraine bought 30 times as much.")
    assert replies_to(call) == group.api.newest - 1
    assert await group.says("Exports fell by half.") == []
    (call,) = await group.says("/verify", BOB, to=group.api.newest)
    assert call.text.startswith("Verdict on: Exports fell by half.")
    assert replies_to(call) == group.api.newest - 1
    assert desk.asked == []


async def test_a_sentence_is_asked_for(group: Group, desk: ScriptedDesk) -> None:
    """Of whoever sent the bare command; their reply is it, and no question."""
    (call,) = await group.says("/verify@waybill_bot", BOB)
    assert call.asked["reply_markup"] == {"force_reply": True, "selective": True}
    assert replies_to(call) == group.api.newest - 1
    (call,) = await group.says("Exports fell by half.", BOB, to=group.api.newest)
    assert call.text.startswith("Verdict on: Exports fell by half.")
    assert desk.asked == []


async def test_a_receipt_is_shown(group: Group) -> None:
    """By its id, or by a reply to the answer that it is of."""
    (given,) = await group.says("/ask how much?")
    number = group.api.newest
    (call,) = await group.says(f"/check@waybill_bot {given.receipt}", BOB)
    assert call.text.startswith(f"<b>Receipt {given.receipt}</b>")
    assert replies_to(call) == group.api.newest - 1
    (call,) = await group.says("/check@waybill_bot", BOB, to=number)
    assert call.text.startswith(f"<b>Receipt {given.receipt}</b>")
    (call,) = await group.says("/check@waybill_bot zzzz", BOB)
    assert "/check k7qm2x9d" in call.text
    assert replies_to(call) == group.api.newest - 1


async def test_a_quoted_number_gets_its_own_source(group: Group, desk: ScriptedDesk) -> None:
    """As a reply to whoever quoted it."""
    desk.replies["how much?"] = answer()
    source = reply("Sources are …")
    desk.replies["source?"] = replace(source, answer=replace(source.answer, kind=Kind.SOURCE))
    await group.says("/ask how much?")
    (call,) = await group.says("source?", BOB, to=group.api.newest, quote={"text": "$1.9 million", "position": 0})
    assert call.text.startswith("<b>$1.9 million</b>: Defence, Türkiye → Ukraine, 2021-Q1, $1.9 million")
    assert replies_to(call) == group.api.newest - 1


async def test_a_comment_is_kept(group: Group, state: State) -> None:
    """On an answer that it replies to."""
    (given,) = await group.says("/ask how much?")
    (call,) = await group.says("/feedback@waybill_bot too long", BOB, to=group.api.newest)
    assert "noted" in call.text
    assert replies_to(call) == group.api.newest - 1
    assert await state.chats.delete(BOB) == {"feedback": 1}
    assert given.receipt


async def test_who_decides_sets_the_groups_language(group: Group, state: State) -> None:
    """An administrator, also one who hides behind the group; others are told so, at the command and at the buttons."""
    await group.says("/ask hello")
    others: tuple[dict[str, Any], ...] = ({}, CHANNEL)
    for other in others:
        *_, call = await group.says("/settings@waybill_bot", BOB, **other)
        assert call.text.startswith(ADMINS_ONLY)
    *_, menu = await group.says("/settings@waybill_bot", ANN)
    assert menu.labels[0] == "Language"
    (*_, told) = await group.presses("Language", menu, BOB)
    assert (told.method, told.asked["text"]) == ("answerCallbackQuery", f"{ADMINS_ONLY} can decide that.")
    *_, languages = await group.presses("Language", menu, ANN)
    assert languages.method == "editMessageText"
    await group.presses("English", languages, ANN)
    kept = await state.chats.get(CHAT)
    assert kept
    assert (kept.language, kept.kind) == ("en", "supergroup")
    hidden_admin: dict[str, Any] = ANONYMOUS
    *_, hidden = await group.says("/settings@waybill_bot", ANN, **hidden_admin)
    assert "Language: English." in hidden.text
    *_, call = await group.says("/settings@waybill_bot Europe/Kyiv", BOB)
    assert call.text.startswith(ADMINS_ONLY)


async def test_who_decides_deletes_what_is_kept_of_the_group(group: Group, state: State) -> None:
    """Everybody may read what that is."""
    (given,) = await group.says("/ask how much?")
    (call,) = await group.says("/privacy@waybill_bot", BOB)
    assert replies_to(call) == group.api.newest - 1
    *_, told = await group.presses("Delete my data", call, BOB)
    assert told.asked["text"].startswith(ADMINS_ONLY)
    assert await state.receipts.get(given.receipt)
    *_, said = await group.presses("Delete my data", call, ANN)
    assert "receipts of answers: 1" in said.text
    assert await state.receipts.get(given.receipt) is None


async def test_who_decides_stops_what_comes_by_itself(group: Group, state: State) -> None:
    """And brings it back."""
    await state.chats.set(CHAT, "supergroup", hour=8)
    *_, call = await group.says("/stop@waybill_bot", BOB)
    assert call.text.startswith(ADMINS_ONLY)
    await group.says("/stop@waybill_bot", ANN)
    assert not (await state.chats.get(CHAT) or pytest.fail("gone")).active
    await group.says("/start@waybill_bot", BOB)
    assert not (await state.chats.get(CHAT) or pytest.fail("gone")).active
    await group.says("/start@waybill_bot", ANN)
    assert (await state.chats.get(CHAT) or pytest.fail("gone")).active


async def test_what_is_sent_as_a_file_replies(group: Group) -> None:
    """To the answer whose button was pressed; where files are not allowed, it says where they are to be had."""
    (given,) = await group.says("/ask how much?")
    number = group.api.newest
    *_, sent = await group.presses("CSV", given)
    assert sent.asked["reply_parameters"] == {"message_id": number, "allow_sending_without_reply": True}
    (given,) = await group.says("/ask how much then?")
    group.api.faults["sendDocument"].append((400, "Bad Request: not enough rights to send documents to the chat"))
    *_, said = await group.presses("CSV", given)
    assert f"https://t.me/waybill_bot?start={given.receipt}" in said.text
    assert replies_to(said) == group.api.newest - 1


async def test_a_comment_comes_before_what_is_forwarded_with_it(person: Person, desk: ScriptedDesk) -> None:
    """/verify, and then the message: one thing to whoever sent it. The next one is none."""
    forwarded: dict[str, Any] = {"forward_origin": FORWARDED}
    await person.says("/verify")
    (call,) = await person.says("Exports fell by half.", **forwarded)
    assert call.text.startswith("Verdict on: Exports fell by half.")
    (call,) = await person.says("Exports fell by half.", **forwarded)
    assert call.said.startswith("Answer to")
    await person.says("/verify")
    (call,) = await person.says("how much?", reply_to_message=None)
    assert call.said.startswith("Answer to")
    assert desk.verified == [("Exports fell by half.", None)]
