"""Questions without an answer: kept without who asked, and told once there is one."""

from sqlalchemy import select

from bot.state import State
from bot.state.tables import unanswered, waiting
from handlers.unanswered import tell
from knowledge.answer import Status
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import USER, Person

NO = reply("I do not know.", Status.DECLINED, ("Who else?",))


async def test_a_question_without_an_answer_is_kept(person: Person, desk: ScriptedDesk, state: State) -> None:
    """Counted however it is written, and nothing of who asked is in it."""
    desk.replies["Who?"] = desk.replies["who"] = NO
    (call,) = await person.says("Who?")
    assert call.labels == ["Tell me once you know", "Who else?"]
    await person.says("who", **{"from": {"id": 77, "is_bot": False, "first_name": "Bo"}})
    found, count = await state.questions.first()
    assert found
    assert (found.question, found.times, found.trouble, count) == ("Who?", 2, "no_fact", 1)
    assert not {"person", "chat", "user"} & set(unanswered.c.keys())


async def test_what_is_answered_or_asked_back_is_not_kept(person: Person, desk: ScriptedDesk, state: State) -> None:
    """There is nothing to curate."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, ("Turkey?",))
    await person.says("turky")
    await person.says("one")
    assert await state.questions.first() == (None, 0)


async def test_who_agreed_is_told_once(person: Person, desk: ScriptedDesk, state: State) -> None:
    """With the question and its answer, its buttons and its receipt; then it is forgotten who it was."""
    desk.replies["who?"] = NO
    await person.says("who?")
    (call,) = await person.presses("Tell me once you know")
    assert call.text.startswith("I will tell you once")
    assert await tell(person.application, person.services) == 0
    assert len(person.api.made("sendMessage")) == 1

    del desk.replies["who?"]
    assert await tell(person.application, person.services) == 1
    told = person.api.made("sendMessage")[-1]
    assert told.asked["chat_id"] == USER
    assert told.said.startswith(
        "You wanted to know when I can answer this. Now I can:\n\n<i>who?</i>\n\nAnswer to: who?"
    )
    assert "Sources in full" in told.labels
    assert (await person.says(f"/check {told.receipt}"))[0].text.startswith("<b>Receipt")
    assert await tell(person.application, person.services) == 0
    async with state.database.read() as connection:
        assert (await connection.execute(select(waiting))).all() == []


async def test_nobody_is_told_who_did_not_agree(person: Person, desk: ScriptedDesk) -> None:
    """The question is only closed."""
    desk.replies["who?"] = NO
    await person.says("who?")
    del desk.replies["who?"]
    assert await tell(person.application, person.services) == 1
    assert len(person.api.made("sendMessage")) == 1


async def test_who_has_blocked_the_bot_does_not_stop_the_others(
    person: Person, desk: ScriptedDesk, state: State
) -> None:
    """Each is tried once."""
    desk.replies["who?"] = NO
    await person.says("who?")
    await person.presses("Tell me once you know")
    await state.questions.wait(1, 99)
    del desk.replies["who?"]
    person.api.faults["sendMessage"].append((403, "Forbidden: bot was blocked by the user"))
    assert await tell(person.application, person.services) == 1
    assert [call.asked["chat_id"] for call in person.api.made("sendMessage")[1:]] == [USER, 99]


async def test_the_offer_outlives_a_restart_but_not_the_question(
    person: Person, desk: ScriptedDesk, state: State
) -> None:
    """A press on a question that is gone says so."""
    desk.replies["who?"] = NO
    (call,) = await person.says("who?")
    person.forgotten()
    assert (await person.presses("Tell me once you know"))[0].text.startswith("I will tell you")
    async with state.database.write() as connection:
        await connection.execute(unanswered.delete())
    assert "ask again" in (await person.presses("Tell me once you know", call))[0].text
