"""/privacy and /stop: what they say is what happens."""

from bot.state import State
from knowledge.answer import Status
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import USER, Person


async def test_privacy_says_what_is_kept(person: Person) -> None:
    """In plain words, with the one button."""
    (call,) = await person.says("/privacy")
    assert "What I keep, why, and for how long" in call.text
    for word in ("13 months", "6 hours", "48 hours", "No names".lower()):
        assert word in call.text
    assert call.labels == ["Delete my data"]


async def test_deleting_deletes_at_once_and_says_what(person: Person, desk: ScriptedDesk, state: State) -> None:
    """From the state and from memory; the next question stands for itself, and no receipt is found."""
    desk.replies["who?"] = reply("I do not know.", Status.DECLINED)
    await person.says("who?")
    await person.presses("Tell me once you know")
    (answer,) = await person.says("one")
    await person.presses("👍")
    await state.chats.set(USER, "private", hour=7)
    await person.says("/privacy")
    _, said = await person.presses("Delete my data")
    assert said.text == (
        "<b>Deleted:</b>\n"
        "• receipts of answers: 1\n"
        "• conversations: 1\n"
        "• notes of which message answers which: 2\n"
        "• thumbs and comments: 1\n"
        "• requests to be told of an answer: 1\n"
        "• settings of this chat: 1"
    )
    assert await state.chats.delete(USER) == {}
    assert "no receipt" in (await person.says(f"/check {answer.receipt}"))[0].text
    assert "ask again" in (await person.presses("Sources in full", answer))[0].text
    await person.says("and?")
    assert desk.asked[-1][:2] == ("and?", None)
    assert (await state.questions.first())[1] == 1


async def test_what_a_press_after_a_restart_brought_back_is_deleted_too(person: Person) -> None:
    """The process had learnt it again from what was kept."""
    (call,) = await person.says("how much?")
    person.forgotten()
    await person.presses("Sources in full", call)
    await person.says("/privacy")
    await person.presses("Delete my data")
    (told,) = await person.presses("Sources in full", call)
    assert (told.method, told.asked["text"][:21]) == ("answerCallbackQuery", "I no longer have this")


async def test_deleting_nothing(person: Person) -> None:
    """Said so."""
    await person.says("/privacy")
    _, said = await person.presses("Delete my data")
    assert said.text == "There was nothing to delete."


async def test_other_people_keep_theirs(person: Person, desk: ScriptedDesk) -> None:
    """Only one's own is deleted, also in memory."""
    other = {"chat": {"id": 5, "type": "private"}, "from": {"id": 5, "is_bot": False, "first_name": "B"}}
    (answer,) = await person.says("one", **other)
    await person.says("/privacy")
    await person.presses("Delete my data")
    await person.says("and?", **other)
    assert desk.asked[-1][:2] == ("and?", "after Answer to: one")
    assert (await person.says(f"/check {answer.receipt}"))[0].text.startswith("<b>Receipt")


async def test_stop_ends_everything_that_comes_by_itself(person: Person, desk: ScriptedDesk, state: State) -> None:
    """Questions are answered still; /start brings the rest back."""
    desk.replies["who?"] = reply("I do not know.", Status.DECLINED)
    await person.says("who?")
    await person.presses("Tell me once you know")
    await state.subscriptions.add(USER, 0, "topic", "steel", language="en", frequency="quarterly")
    await state.chats.set(USER, "private", hour=7)
    (call,) = await person.says("/stop")
    assert "(ended: 2)" in call.text
    found = await state.chats.get(USER)
    assert found
    assert (found.active, found.reason, found.hour) == (False, "stopped", 7)
    assert await state.subscriptions.of(USER) == []
    assert await state.questions.tell(1) == []
    assert (await person.says("one"))[0].text.startswith("Answer to: one")
    await person.says("/start")
    back = await state.chats.get(USER)
    assert back
    assert back.active


async def test_stop_keeps_nothing_of_strangers(person: Person, state: State) -> None:
    """Who never set anything is not noted down for leaving."""
    await person.says("/stop")
    assert await state.chats.get(USER) is None
