"""Buttons: what they ask, and what becomes of those that nobody knows."""

from datetime import date

import pytest

from bot.home import today
from bot.state import State
from handlers.seal import Press, Seal
from knowledge.answer import Status
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import USER, Person


async def test_a_suggestion_is_asked_after_its_answer(person: Person, desk: ScriptedDesk) -> None:
    """The press is acknowledged, the question stands above its answer, and the talk goes on from there."""
    desk.replies["one"] = reply("One.", suggestions=("and <Poland>?",))
    await person.says("one")
    answer = person.api.made("sendMessage")[-1]
    await person.says("two")
    acknowledged, said = await person.presses("and <Poland>?", answer)
    assert (acknowledged.method, acknowledged.text) == ("answerCallbackQuery", "")
    assert said.method == "sendMessage"
    assert said.text.startswith("<i>and &lt;Poland&gt;?</i>\n\nAnswer to: and &lt;Poland&gt;?")
    assert desk.asked[-1][:2] == ("and <Poland>?", "after One.")
    await person.says("three")
    assert desk.asked[-1][1] == "after Answer to: and <Poland>?"


async def test_a_year_earlier(person: Person, desk: ScriptedDesk) -> None:
    """Asked as a follow-up to the answer it stands under, not to the newest."""
    await person.says("one")
    answer = person.api.made("sendMessage")[-1]
    await person.says("two")
    await person.presses("A year earlier", answer)
    assert desk.asked[-1][:2] == ("and a year earlier?", "after Answer to: one")


async def test_sources_in_full(person: Person) -> None:
    """Every source with title, date and its address as text."""
    await person.says("one")
    _, said = await person.presses("Sources in full")
    assert said.text == (
        "<b>The sources in full</b>\n\n"
        "[1] Daily &lt;Sabah&gt;: Defense &amp; exports, published 2022-04-05\n"
        '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>'
    )


async def test_no_buttons_where_there_is_nothing_to_press(person: Person, desk: ScriptedDesk) -> None:
    """A choice without choices, in a group a question that cannot be answered."""
    desk.replies["who?"] = reply("Who?", Status.CLARIFY)
    (call,) = await person.says("who?")
    assert "reply_markup" not in call.asked


async def test_a_choice_turns_into_its_answer(person: Person, desk: ScriptedDesk) -> None:
    """A "did you mean" is edited into the answer, and then follows edits of the question."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, ("Turkey?", "Torquay?"))
    (asked,) = await person.says("turky")
    assert asked.labels == ["Turkey?", "Torquay?"]
    question, answer = person.api.newest - 1, person.api.newest
    _, said = await person.presses("Turkey?")
    assert (said.method, said.asked["message_id"]) == ("editMessageText", answer)
    assert said.text.startswith("<i>Turkey?</i>\n\nAnswer to: Turkey?")
    assert "Turkey?" not in said.labels
    (edited,) = await person.edits(question, "turkey 2021")
    assert (edited.method, edited.asked["message_id"]) == ("editMessageText", answer)


async def test_data_fits_and_tells_nothing(person: Person, desk: ScriptedDesk) -> None:
    """Within 64 bytes, without the question in it."""
    desk.replies["one"] = reply("One.", suggestions=("x" * 300,))
    (call,) = await person.says("one")
    assert all(len(data.encode()) <= 64 and "x" * 20 not in data for data in call.data)


async def test_buttons_work_after_a_restart(person: Person, desk: ScriptedDesk) -> None:
    """The desk is asked again, as of the day of the answer, after the same conversation."""
    await person.says("one")
    await person.says("two")
    answer = person.api.made("sendMessage")[-1]
    person.services.today = lambda: date(2020, 1, 1)
    person.forgotten()
    _, said = await person.presses("Sources in full", answer)
    assert said.text.startswith("<b>The sources in full</b>")
    assert desk.asked[-1] == ("two", "after Answer to: one", "en")
    assert desk.days[-1] == today()
    await person.presses("A year earlier", answer)
    assert desk.asked[-1][:2] == ("and a year earlier?", "after Answer to: two")


async def test_a_choice_works_after_a_restart(person: Person, desk: ScriptedDesk) -> None:
    """In the place of the "did you mean", which has no receipt."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, ("Turkey?", "Torquay?"))
    (asked,) = await person.says("turky")
    assert "Receipt" not in asked.text
    answer = person.api.newest
    person.forgotten()
    _, said = await person.presses("Turkey?")
    assert (said.method, said.asked["message_id"]) == ("editMessageText", answer)


@pytest.mark.parametrize("label", ["A year earlier", "Sources in full"])
async def test_a_press_on_a_forgotten_answer_gives_a_notice(
    person: Person, desk: ScriptedDesk, state: State, label: str
) -> None:
    """As after all data were deleted: a short notice, no message, nothing asked."""
    await person.says("one")
    answer = person.api.made("sendMessage")[-1]
    await state.chats.delete(USER)
    person.forgotten()
    asked = len(desk.asked)
    (call,) = await person.presses(label, answer)
    assert call.method == "answerCallbackQuery"
    assert "ask again" in call.text
    assert call.asked["show_alert"] is True
    assert len(desk.asked) == asked


async def test_a_suggestion_outlives_its_answer(person: Person, desk: ScriptedDesk, state: State) -> None:
    """Its question stands on the button itself."""
    desk.replies["one"] = reply("One.", suggestions=("and Poland?",))
    await person.says("one")
    answer = person.api.made("sendMessage")[-1]
    await state.chats.delete(USER)
    person.forgotten()
    await person.presses("and Poland?", answer)
    assert desk.asked[-1][:2] == ("and Poland?", None)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "y0.abc.AAAAAAAAAAA",
        "x" * 64,
        "ü",
        Seal(b"another key").close(Press("y", 0, "abc"), USER),
        None,
    ],
)
async def test_made_up_data_does_nothing(person: Person, desk: ScriptedDesk, data: str | None) -> None:
    """A client may send what it likes: it gets the same notice."""
    await person.says("one")
    (call,) = await person.presses("A year earlier", data=data)
    assert call.method == "answerCallbackQuery"
    assert len(desk.asked) == 1


async def test_a_button_works_in_its_own_chat_only(person: Person, desk: ScriptedDesk) -> None:
    """Data that was copied to another chat does nothing."""
    (call,) = await person.says("one")
    raw = person.api.press(person.api.button(call.data[0]))
    raw["callback_query"]["message"] = raw["callback_query"]["message"] | {"chat": {"id": 99, "type": "private"}}
    (call,) = await person.sends(raw)
    assert call.method == "answerCallbackQuery"
    assert len(desk.asked) == 1


async def test_a_press_without_its_message_does_nothing(person: Person, desk: ScriptedDesk) -> None:
    """Nobody could tell where to answer."""
    await person.says("one")
    (call,) = await person.presses("A year earlier", message=None)
    assert call.method == "answerCallbackQuery"
    assert len(desk.asked) == 1


async def test_a_press_on_a_message_too_old_to_be_shown(person: Person, desk: ScriptedDesk) -> None:
    """Telegram gives no more than its id: what is remembered still works, the text on its buttons is gone."""
    old = {"message_id": 2, "date": 0, "chat": {"id": USER, "type": "private"}}
    (answer,) = await person.says("one")
    await person.presses("A year earlier", answer, message=old)
    assert desk.asked[-1][0] == "and a year earlier?"
    (start,) = await person.says("/start")
    (call,) = await person.presses(start.labels[0], start, message=old)
    assert "ask again" in call.text


async def test_a_late_press_is_answered_all_the_same(person: Person) -> None:
    """The notice comes too late for Telegram, the answer does not."""
    await person.says("one")
    person.api.faults["answerCallbackQuery"].append(
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    )
    assert [call.method for call in await person.presses("A year earlier")] == ["answerCallbackQuery", "sendMessage"]
