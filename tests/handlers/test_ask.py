"""Questions as text, new and edited."""

import asyncio

import pytest

from bot.state import State
from handlers.ask import LONGEST
from knowledge.answer import Status
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import USER, Person


async def test_a_question_is_answered_in_one_message(person: Person, desk: ScriptedDesk) -> None:
    """As HTML, with its source as a link, its buttons below, and no preview of the link."""
    desk.replies["how much?"] = reply("\ue000$59.1 million\ue001 & more.", suggestions=("and Poland?",))
    (call,) = await person.says("how much?")
    assert call.method == "sendMessage"
    assert call.asked["chat_id"] == USER
    assert call.asked["parse_mode"] == "HTML"
    assert call.asked["link_preview_options"] == {"is_disabled": True}
    assert call.said == (
        "<b>$59.1 million</b> &amp; more.\n\n"
        'Sources: [1] <a href="https://example.org/a?b=1&amp;c=2">Daily &lt;Sabah&gt;, April 2022</a>'
    )
    assert call.labels == ["A year earlier", "Sources in full", "CSV", "Cite", "👍", "👎", "Follow this", "and Poland?"]
    assert desk.asked == [("how much?", None, None)]


async def test_a_conversation_goes_on(person: Person, desk: ScriptedDesk) -> None:
    """The next question is asked after the one before."""
    await person.says("first")
    await person.says("second")
    assert [previous for _, previous, _ in desk.asked] == [None, "after Answer to: first"]


async def test_conversations_are_kept_apart(person: Person, desk: ScriptedDesk) -> None:
    """By chat, by topic and by user."""
    await person.says("first")
    await person.says("other chat", chat={"id": 5, "type": "private"})
    await person.says("other topic", message_thread_id=9, is_topic_message=True)
    await person.says("other user", **{"from": {"id": 7, "is_bot": False, "first_name": "B"}})
    assert [previous for _, previous, _ in desk.asked] == [None] * 4
    await person.says("same topic", message_thread_id=9, is_topic_message=True)
    assert desk.asked[-1][1] == "after Answer to: other topic"


async def test_an_answer_stays_in_its_topic(person: Person) -> None:
    """A question in a topic is answered there."""
    (call,) = await person.says("how much?", message_thread_id=9, is_topic_message=True)
    assert call.asked["message_thread_id"] == 9


async def test_an_edited_question_edits_its_answer(person: Person, desk: ScriptedDesk) -> None:
    """In place, asked after the same conversation as before, which then goes on from there."""
    await person.says("before")
    await person.says("turkey 2201")
    answer = person.api.newest
    (call,) = await person.edits(answer - 1, "turkey 2021")
    assert (call.method, call.asked["message_id"]) == ("editMessageText", answer)
    assert call.text.startswith("Answer to: turkey 2021")
    assert "Sources in full" in call.labels
    assert [previous for _, previous, _ in desk.asked] == [None, *["after Answer to: before"] * 2]
    await person.says("and now?")
    assert desk.asked[-1][1] == "after Answer to: turkey 2021"


async def test_an_edited_older_question_leaves_the_conversation(person: Person, desk: ScriptedDesk) -> None:
    """Its answer changes, but the talk goes on from the newest question."""
    await person.says("old")
    old = person.api.newest - 1
    await person.says("new")
    await person.edits(old, "old, edited")
    await person.says("next")
    assert desk.asked[-1][1] == "after Answer to: new"


async def test_an_edit_that_changes_nothing_is_no_question(person: Person, desk: ScriptedDesk) -> None:
    """Telegram reports an edit when it has found a preview of a link."""
    await person.says("same")
    assert await person.edits(person.api.newest - 1, "same") == []
    assert len(desk.asked) == 1


async def test_an_edited_question_that_nobody_knows_is_answered_anew(person: Person, desk: ScriptedDesk) -> None:
    """As after a restart: in reply to it, so that it is clear what is answered."""
    (call,) = await person.edits(40, "how much?")
    assert call.method == "sendMessage"
    assert call.asked["reply_parameters"] == {"message_id": 40, "allow_sending_without_reply": True}
    assert len(desk.asked) == 1


async def test_an_answer_that_grows_or_shrinks_by_an_edit(person: Person, desk: ScriptedDesk) -> None:
    """Messages are edited, added and taken away as needed; the buttons stand under the last one."""
    desk.replies["long"] = reply("Lead.", details=tuple(f"{letter} " * 1500 for letter in "abc"))
    await person.says("short")
    question, answer = person.api.newest - 1, person.api.newest
    calls = await person.edits(question, "long")
    assert [call.method for call in calls] == ["editMessageText", "sendMessage", "sendMessage"]
    assert [bool(call.labels) for call in calls] == [False, False, True]
    extra = [person.api.newest - 1, person.api.newest]
    calls = await person.edits(question, "short again")
    assert [call.method for call in calls] == ["editMessageText", "deleteMessage", "deleteMessage"]
    assert calls[0].asked["message_id"] == answer
    assert {call.asked["message_id"] for call in calls[1:]} == set(extra)
    assert calls[0].labels


async def test_an_answer_that_cannot_be_edited_is_sent_again(person: Person) -> None:
    """The user deleted it, or it is too old."""
    await person.says("one")
    question = person.api.newest - 1
    person.api.faults["editMessageText"].append((400, "Bad Request: message to edit not found"))
    person.api.faults["deleteMessage"].append((400, "Bad Request: message to delete not found"))
    calls = await person.edits(question, "two")
    assert [call.method for call in calls] == ["editMessageText", "sendMessage", "deleteMessage"]


async def test_an_edit_to_the_same_answer_is_fine(person: Person) -> None:
    """Telegram refuses to change nothing; that is no error."""
    await person.says("one")
    person.api.faults["editMessageText"].append((400, "Bad Request: message is not modified: specified new ..."))
    assert len(await person.edits(person.api.newest - 1, "two")) == 1


async def test_markup_that_telegram_refuses_costs_no_answer(person: Person, desk: ScriptedDesk) -> None:
    """It is sent, or edited, once more as plain text."""
    for method in ("sendMessage", "editMessageText"):
        person.api.faults[method].append((400, "Bad Request: can't parse entities: unsupported start tag"))
    desk.replies["how much?"] = reply("\ue000Much\ue001 & more.")
    calls = [*await person.says("how much?"), *await person.edits(person.api.newest - 1, "how much??")]
    assert [call.asked.get("parse_mode") for call in calls] == ["HTML", None, "HTML", None]
    assert calls[1].text.startswith("Much & more.")
    assert calls[1].labels


async def test_work_that_takes_long_shows_as_typing(person: Person, desk: ScriptedDesk) -> None:
    """Until the answer is there; quick answers show nothing."""
    desk.gate = asyncio.Event()
    person.application.bot_data.patience = 0
    asking = asyncio.create_task(person.says("slow", message_thread_id=9, is_topic_message=True))
    await person.api.called["sendChatAction"].wait()
    desk.gate.set()
    first, last = await asking
    assert (first.method, first.asked["action"], first.asked["message_thread_id"]) == ("sendChatAction", "typing", 9)
    assert last.method == "sendMessage"


async def test_typing_that_cannot_be_shown_does_not_matter(person: Person, desk: ScriptedDesk) -> None:
    """The answer comes all the same."""
    desk.gate = asyncio.Event()
    person.application.bot_data.patience = 0
    person.api.faults["sendChatAction"].append((400, "Bad Request: TOPIC_CLOSED"))
    asking = asyncio.create_task(person.says("slow"))
    await person.api.called["sendChatAction"].wait()
    desk.gate.set()
    assert (await asking)[-1].text.startswith("Answer to: slow")


async def test_long_noise_is_refused_unread(person: Person, desk: ScriptedDesk) -> None:
    """A text that is too long for a question costs no reading; edited to a question, it is answered in place."""
    (call,) = await person.says("x" * (LONGEST + 1))
    assert str(LONGEST) in call.text
    assert desk.asked == []
    (call,) = await person.edits(person.api.newest - 1, "x" * LONGEST)
    assert call.method == "editMessageText"
    assert len(desk.asked) == 1


async def test_a_long_answer_comes_in_parts(person: Person, desk: ScriptedDesk) -> None:
    """Within Telegram's limits, in order, with the buttons under the last."""
    desk.replies["long"] = reply("Lead.", details=tuple(f"{letter} " * 1500 for letter in "abc"))
    calls = await person.says("long")
    assert [call.text[0] for call in calls] == ["L", "b", "c"]
    assert [bool(call.labels) for call in calls] == [False, False, True]
    assert all(len(call.text) <= 4096 for call in calls)


async def test_a_restart_ends_no_conversation(person: Person, desk: ScriptedDesk) -> None:
    """The next question leans on the one before, and an edited one has its old answer edited."""
    await person.says("first")
    question, answer = person.api.newest - 1, person.api.newest
    person.forgotten()
    await person.says("second")
    assert desk.asked[-1][:2] == ("second", "after Answer to: first")
    person.forgotten()
    (call,) = await person.edits(question, "first, edited")
    assert (call.method, call.asked["message_id"]) == ("editMessageText", answer)
    person.forgotten()
    await person.says("third")
    assert desk.asked[-1][:2] == ("third", "after Answer to: second")


async def test_an_answer_that_is_replied_to_is_gone_on_from(person: Person, desk: ScriptedDesk) -> None:
    """Not from the newest one; known by its receipt, or by what is kept of its messages."""
    await person.says("one")
    one = person.api.message(person.api.newest)
    desk.replies["odd"] = reply("No idea.", Status.DECLINED)
    await person.says("odd")
    odd = person.api.message(person.api.newest)
    await person.says("two")
    await person.says("and?", reply_to_message=one)
    assert desk.asked[-1][:2] == ("and?", "after Answer to: one")
    person.forgotten()
    await person.says("and then?", reply_to_message=one)
    assert desk.asked[-1][:2] == ("and then?", "after Answer to: one")
    await person.says("why?", reply_to_message=odd)
    assert desk.asked[-1][:2] == ("why?", "after No idea.")


async def test_nobody_can_pass_off_their_own_text_as_an_answer(person: Person, desk: ScriptedDesk) -> None:
    """A link to a receipt in somebody else's message is no answer of ours."""
    (call,) = await person.says("one")
    link = {"type": "text_link", "offset": 0, "length": 3, "url": f"https://t.me/waybill_bot?start={call.receipt}"}
    await person.says("two")
    forged = person.api.receive("one")["message"] | {"entities": [link]}
    await person.says("and?", reply_to_message=forged)
    assert desk.asked[-1][:2] == ("and?", "after Answer to: two")


async def test_an_answer_stands_even_if_it_cannot_be_kept(
    person: Person, desk: ScriptedDesk, state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk costs the receipts, not the answers; it is logged without the question."""

    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(state, "keep", full)
    (call,) = await person.says("how much?")
    assert call.text.startswith("Answer to: how much?")
    assert "no space left" in caplog.text
    assert "how much" not in caplog.text
    await person.says("and?")
    assert desk.asked[-1][:2] == ("and?", "after Answer to: how much?")
