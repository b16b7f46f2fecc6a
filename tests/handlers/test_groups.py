"""The bot in groups: asked by command, reply and mention; silent otherwise; one answer a question."""

import logging
from typing import Any

import pytest

from handlers.ask import LONGEST
from handlers.flood import Budget, Guard
from knowledge.answer import Status
from tests.handlers.group import ANN, ANONYMOUS, BOB, BOT, CHANNEL, CHAT, Group, who
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import Person

CHOICES = ("Turkey?", "Torquay?")
TOPIC = {"message_thread_id": 77, "is_topic_message": True}


@pytest.fixture
def group(person: Person) -> Group:
    """A group."""
    return Group(person)


async def test_a_command_is_answered_as_a_reply(group: Group, desk: ScriptedDesk) -> None:
    """In one message, in the group."""
    (call,) = await group.says("/ask how much?")
    assert (call.method, call.asked["chat_id"]) == ("sendMessage", CHAT)
    assert call.asked["reply_parameters"] == {"message_id": group.api.newest - 1, "allow_sending_without_reply": True}
    assert call.said.startswith("Answer to: how much?")
    assert desk.asked[0][:2] == ("how much?", None)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/ask@waybill_bot how much?", "how much?"),
        ("/ASK@Waybill_Bot how much?", "how much?"),
        ("/ask\nhow much?", "how much?"),
        ("@waybill_bot how much?", "how much?"),
        ("🙂 how much, @Waybill_bot", "🙂 how much,"),
        ("/ask @waybill_bot how much?", "how much?"),
    ],
)
async def test_ways_to_ask(group: Group, desk: ScriptedDesk, text: str, asked: str) -> None:
    """By command, and by name where Telegram delivers that."""
    assert len(await group.says(text)) == 1
    assert [one for one, *_ in desk.asked] == [asked]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("how much did Turkey export?", {}),
        ("/ask@other_bot how much?", {}),
        ("/play", {}),
        ("hello @other_bot", {}),
        ("mail me@waybill_bot", {}),
        ("/ask how much?", {"is_automatic_forward": True, "sender_chat": CHANNEL["sender_chat"]}),
        ("/ask how much?", {"forward_origin": {"type": "user", "sender_user": who(BOB), "date": 1}}),
        ("@waybill_bot how much?", {"via_bot": BOT}),
        ("/ask how much?", {"from": BOT | {"id": 99, "username": "other_bot"}}),
        ("", {"new_chat_members": [BOT], "text_": None}),
        ("", {"text_": None, "group_chat_created": True}),
    ],
)
async def test_it_never_talks_unasked(group: Group, desk: ScriptedDesk, text: str, changes: dict[str, Any]) -> None:
    """Talk among people, other bots and their commands, what channels post and people forward, being added."""
    assert await group.says(text, **changes) == []
    assert desk.asked == []


async def test_a_reply_to_an_answer_goes_on_from_it(group: Group, desk: ScriptedDesk) -> None:
    """Whoever gave the answer, and whatever was asked since."""
    await group.says("/ask first", ANN)
    answer = group.api.newest
    await group.says("/ask second", ANN)
    (call,) = await group.says("and a year earlier?", BOB, to=answer)
    assert desk.asked[-1][:2] == ("and a year earlier?", "after Answer to: first")
    assert call.asked["reply_parameters"]["message_id"] == group.api.newest - 1


async def test_a_reply_to_somebody_else_is_not_for_the_bot(group: Group, desk: ScriptedDesk) -> None:
    """Nor is every message of a topic that the bot opened."""
    await group.says("good morning", BOB)
    assert await group.says("to you as well", to=group.api.newest) == []
    opened = group.raw("x", from_=BOT, forum_topic_created={"name": "T", "icon_color": 7322096})
    assert await group.says("so this is the topic", to=opened["message_id"], **TOPIC) == []
    assert desk.asked == []


async def test_somebodys_message_is_answered_by_a_bare_command(group: Group, desk: ScriptedDesk) -> None:
    """As a reply to that message; a quoted part of it is what is asked."""
    await group.says("how much did Turkey export?", BOB)
    question = group.api.newest
    (call,) = await group.says("/ask", ANN, to=question)
    assert desk.asked[-1][:2] == ("how much did Turkey export?", None)
    assert call.asked["reply_parameters"]["message_id"] == question
    quote = {"text": "Turkey export", "position": 13, "is_manual": True}
    await group.says("@waybill_bot", ANN, to=question, quote=quote)
    assert desk.asked[-1][0] == "Turkey export"


async def test_a_picture_with_a_caption_can_ask(group: Group, desk: ScriptedDesk) -> None:
    """The caption is a text like any other."""
    mention = [{"type": "mention", "offset": 0, "length": 12}]
    changes: dict[str, Any] = {
        "text_": None,
        "entities": [],
        "caption": "@waybill_bot how much?",
        "caption_entities": mention,
    }
    assert len(await group.says("", **changes)) == 1
    assert desk.asked[-1][0] == "how much?"


async def test_a_bare_command_is_explained(group: Group, desk: ScriptedDesk) -> None:
    """And so is a question that is too long; edited to a good one, each becomes its answer."""
    for text in ("/ask", "/ask " + "x" * (LONGEST + 1)):
        (call,) = await group.says(text)
        question, note = group.api.newest - 1, group.api.newest
        assert call.asked["reply_parameters"]["message_id"] == question
        (call,) = await group.edits(question, f"/ask how much {note}?")
        assert (call.method, call.asked["message_id"]) == ("editMessageText", note)
    assert len(desk.asked) == 2


async def test_an_edited_question_edits_its_answer(group: Group) -> None:
    """In place; an edit that changes nothing, nothing."""
    await group.says("/ask before")
    question, answer = group.api.newest - 1, group.api.newest
    (call,) = await group.edits(question, "/ask after")
    assert (call.method, call.asked["message_id"]) == ("editMessageText", answer)
    assert await group.edits(question, "/ask after") == []
    assert await group.edits(question, "never mind") == []


async def test_a_message_becomes_a_question_by_an_edit(group: Group) -> None:
    """Then it is answered, in reply to it."""
    await group.says("how much?")
    (call,) = await group.edits(group.api.newest, "/ask how much?")
    assert (call.method, call.asked["reply_parameters"]["message_id"]) == ("sendMessage", group.api.newest - 1)


async def test_answers_stay_in_their_topic(group: Group, desk: ScriptedDesk) -> None:
    """And so do conversations; those of people are their own."""
    (call,) = await group.says("/ask first", **TOPIC)
    assert call.asked["message_thread_id"] == 77
    await group.says("/ask general")
    await group.says("/ask other person", BOB, **TOPIC)
    assert [previous for _, previous, _ in desk.asked] == [None, None, None]
    await group.says("/ask on", **TOPIC)
    assert desk.asked[-1][1] == "after Answer to: first"


async def test_the_same_question_is_pointed_to_its_answer(group: Group, desk: ScriptedDesk) -> None:
    """In few words, in reply to that answer, once for each who asks; after the answer changed it is answered."""
    desk.replies["how much?"] = reply("A lot.")
    await group.says("/ask how much?", ANN)
    question, answer = group.api.newest - 1, group.api.newest
    desk.replies["How MUCH?"] = desk.replies["how much?"]
    (call,) = await group.says("/ask How MUCH?", BOB)
    assert call.asked["reply_parameters"] == {"message_id": answer, "allow_sending_without_reply": False}
    assert "A lot." not in call.text
    assert await group.says("/ask how much?", BOB) == []
    assert len(await group.says("/ask how much?", ANN)) == 1
    (call,) = await group.says("/ask how much?", BOB, **TOPIC)
    assert "A lot." in call.text  # another topic is another place
    await group.edits(question, "/ask how many?")
    (call,) = await group.says("/ask how much?", 13)
    assert "A lot." in call.text


async def test_the_same_words_about_something_else_are_another_question(group: Group, desk: ScriptedDesk) -> None:
    """What leans on a conversation is compared by its answer."""
    desk.replies["and then?"] = reply("One.")
    await group.says("/ask and then?", ANN)
    desk.replies["and then?"] = reply("Two.")
    (call,) = await group.says("/ask and then?", BOB)
    assert "Two." in call.text


async def test_a_deleted_answer_is_given_again(group: Group, desk: ScriptedDesk) -> None:
    """Nobody is pointed to nothing."""
    desk.replies["how much?"] = reply("A lot.")
    await group.says("/ask how much?", ANN)
    group.api.faults["sendMessage"].append((400, "Bad Request: message to be replied not found"))
    _, call = await group.says("/ask how much?", BOB)
    assert "A lot." in call.text


async def test_an_edit_to_a_question_that_has_its_answer_points_there(group: Group, desk: ScriptedDesk) -> None:
    """The answer to what it said before turns into the pointer, and back."""
    desk.replies["how much?"] = reply("A lot.")
    await group.says("/ask how much?", ANN)
    await group.says("/ask how mcuh?", BOB)
    mine, answer = group.api.newest - 1, group.api.newest
    (call,) = await group.edits(mine, "/ask how much?")
    assert (call.method, call.asked["message_id"]) == ("editMessageText", answer)
    assert "A lot." not in call.text
    (call,) = await group.edits(mine, "/ask how many?")
    assert (call.method, call.asked["message_id"]) == ("editMessageText", answer)


async def test_only_the_asker_chooses(group: Group, desk: ScriptedDesk) -> None:
    """Others get a short notice; the choice turns the question back into the one answer."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, CHOICES)
    (asked,) = await group.says("/ask turky", ANN)
    answer = group.api.newest
    (refused,) = await group.presses("Turkey?", asked, BOB)
    assert refused.method == "answerCallbackQuery"
    assert "Only who asked" in refused.text
    assert len(desk.asked) == 1
    acknowledged, said = await group.presses("Turkey?", asked, ANN)
    assert acknowledged.text == ""
    assert (said.method, said.asked["message_id"]) == ("editMessageText", answer)
    assert said.text.startswith("<i>Turkey?</i>\n\nAnswer to: Turkey?")
    assert not set(CHOICES) & set(said.labels)


async def test_a_choice_outlives_a_restart(group: Group, desk: ScriptedDesk) -> None:
    """Whose it is, is sealed into the button."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, CHOICES)
    (asked,) = await group.says("/ask turky", ANN)
    answer = group.api.newest
    group.person.forgotten()
    (refused,) = await group.presses("Torquay?", asked, BOB)
    assert "Only who asked" in refused.text
    *_, said = await group.presses("Torquay?", asked, ANN)
    assert (said.method, said.asked["message_id"]) == ("editMessageText", answer)
    assert "Answer to: Torquay?" in said.text


async def test_a_choice_pressed_twice_is_made_once(group: Group, desk: ScriptedDesk) -> None:
    """The second press finds the choices gone."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, CHOICES)
    (asked,) = await group.says("/ask turky", ANN)
    data = asked.data[0]
    _, said = await group.presses("Turkey?", asked, ANN)
    message = group.raw("x", from_=BOT) | {"reply_markup": said.asked["reply_markup"]}
    query = {"id": "2", "from": who(ANN), "chat_instance": "1", "data": data, "message": message}
    (call,) = await group.person.sends({"update_id": 2, "callback_query": query})
    assert (call.method, call.text) == ("answerCallbackQuery", "")


@pytest.mark.parametrize("hidden", [ANONYMOUS, CHANNEL], ids=["anonymous admin", "as a channel"])
async def test_who_hides_behind_a_chat_is_answered(group: Group, desk: ScriptedDesk, hidden: dict[str, Any]) -> None:
    """Each such chat has a conversation of its own; its choices are the administrators', who press by name."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, CHOICES)
    await group.says("/ask first", **hidden)
    (asked,) = await group.says("/ask turky", **hidden)
    assert desk.asked[-1][1] == "after Answer to: first"
    (refused,) = [call for call in await group.presses("Turkey?", asked, BOB) if call.method != "getChatMember"]
    assert "Only who asked" in refused.text
    group.admins.add(ANN)
    *_, said = await group.presses("Turkey?", asked, ANN)
    assert (said.method, "Answer to: Turkey?" in said.text) == ("editMessageText", True)


@pytest.mark.parametrize(
    "refusal",
    [
        "Bad Request: TOPIC_CLOSED",
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: have no write access to the chat",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
        "Bad Request: message thread not found",
        "Forbidden: bot was kicked from the supergroup chat",
    ],
)
async def test_where_it_may_not_write_it_is_silent(
    group: Group, caplog: pytest.LogCaptureFixture, refusal: str
) -> None:
    """No apology that would be refused as well, and nothing to alarm anybody."""
    caplog.set_level(logging.INFO)
    group.api.faults["sendMessage"].append((403 if refusal.startswith("Forb") else 400, refusal))
    assert len(await group.says("/ask how much?", **TOPIC)) == 1
    (record,) = [record for record in caplog.records if record.name.startswith("handlers")]
    assert (record.levelno, record.exc_info) == (logging.INFO, None)


@pytest.mark.parametrize(
    ("admin", "reads_all", "told"),
    [(False, False, "only what is meant for me"), (True, False, "administrator"), (False, True, "set up that way")],
)
async def test_help_says_what_the_bot_can_see(group: Group, *, admin: bool, reads_all: bool, told: str) -> None:
    """By what Telegram says of the bot and of its place in the group."""
    if admin:
        group.admins.add(2)
    with group.person.application.bot.bot._unfrozen():
        group.person.application.bot.bot.can_read_all_group_messages = reads_all
    *_, call = await group.says("/help@waybill_bot")
    assert told in call.text
    assert "/ask" in call.text
    assert call.asked["reply_parameters"]["message_id"] == group.api.newest - 1


async def test_other_commands(group: Group, desk: ScriptedDesk) -> None:
    """/sources and /coverage are answered; what is unknown only if the bot was named."""
    for command in ("/sources", "/coverage@waybill_bot"):
        (call,) = await group.says(command)
        assert call.asked["reply_parameters"]["message_id"] == group.api.newest - 1
    assert len(desk.asked) == 2
    (call,) = await group.says("/play@waybill_bot")
    assert "/play" in call.text
    *_, call = await group.says("/start@waybill_bot x")
    assert "/ask" in call.text


async def test_buttons_show_a_group_something_once(group: Group) -> None:
    """In reply to the answer; who presses again is told that it is there."""
    (said,) = await group.says("/ask how much?")
    answer = group.api.newest
    *_, sources = await group.presses("Sources in full", said, BOB)
    assert sources.asked["reply_parameters"]["message_id"] == answer
    (call,) = await group.presses("Sources in full", said, ANN)
    assert (call.method, bool(call.text)) == ("answerCallbackQuery", True)
    *_, earlier = await group.presses("A year earlier", said, BOB)
    assert earlier.asked["reply_parameters"]["message_id"] == answer


async def test_a_group_has_a_budget(group: Group, desk: ScriptedDesk) -> None:
    """What is said beside the bot is free; beyond the budget there is one polite word, then silence."""
    group.person.services.guard = Guard(lambda: 0.0, person=Budget(100, 0), group=Budget(3, 0))
    for number in range(50):
        assert await group.says(f"talk {number}") == []
    answers = [len(await group.says(f"/ask question {number}", number + 1)) for number in range(8)]
    assert answers == [1, 1, 1, 1, 0, 0, 0, 0]
    assert len(desk.asked) == 3


async def test_one_person_cannot_use_up_the_groups_budget(group: Group, desk: ScriptedDesk) -> None:
    """Theirs ends first."""
    group.person.services.guard = Guard(lambda: 0.0, person=Budget(2, 0), group=Budget(100, 0))
    for number in range(6):
        await group.says(f"/ask question {number}", ANN)
    assert len(await group.says("/ask mine?", BOB)) == 1
    assert len(desk.asked) == 3
