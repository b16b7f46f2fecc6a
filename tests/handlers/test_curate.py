"""/curate: cards for admins, and nothing for others."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import running
from bot.state import State
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import USER, Person


@pytest.fixture
async def curator(desk: ScriptedDesk, state: State, tmp_path: Path) -> AsyncIterator[Person]:
    """An admin, with three open questions: one asked twice."""
    for text in ("Who?", "Why <b>?", "who", "When?"):
        await state.questions.add(text.strip("?").lower(), "en", text, "unknown_word")
    someone = Person(desk, state, tmp_path, frozenset({USER}))
    async with running(someone.application):
        yield someone


async def test_the_queue_as_cards(curator: Person) -> None:
    """The question that was asked most comes first; "next" leaves each as it is."""
    (card,) = await curator.says("/curate")
    assert card.text == ("<b>Open question 1 of 3</b>\n\n<i>Who?</i>\n\nasked: 2 · language: en · reason: unknown_word")
    assert card.labels == ["It means something known (alias)", "A fact is wanted", "Out of scope", "Next"]
    _, second = await curator.presses("Next")
    assert second.method == "editMessageText"
    assert "<i>Why &lt;b&gt;?</i>" in second.text
    _, third = await curator.presses("Next")
    assert "<i>When?</i>" in third.text
    _, end = await curator.presses("Next")
    assert end.text == "That was the last open question."


@pytest.mark.parametrize(("label", "state_of"), [("A fact is wanted", "fact"), ("Out of scope", "out_of_scope")])
async def test_a_decision(curator: Person, state: State, label: str, state_of: str) -> None:
    """Kept with an audit line; the next card takes its place."""
    await curator.says("/curate")
    _, card = await curator.presses(label)
    assert "1 of 2" in card.text
    (found,) = await state.questions.every(state_of)
    assert found.question == "Who?"
    ((_, who, what, detail),) = await state.audit.latest()
    assert (who, what, detail) == (USER, "curate", f"question {found.id}: {state_of}")


async def test_an_alias_is_written(curator: Person, state: State, desk: ScriptedDesk) -> None:
    """As a reply to a prompt that names the question; it is no question itself."""
    await curator.says("/curate")
    _, prompt = await curator.presses("It means something known (alias)")
    assert prompt.asked["reply_markup"]["force_reply"] is True
    assert ">Who?</a>" in prompt.text
    (card,) = await curator.says("WHO = World Health Organisation")
    assert "1 of 2" in card.text
    (found,) = await state.questions.every("alias")
    assert found.note == "WHO = World Health Organisation"
    assert desk.asked == []


async def test_an_empty_queue(curator: Person, state: State) -> None:
    """Said so."""
    for number in (1, 2, 3, 4):
        await state.questions.decide(number, "out_of_scope")
    assert (await curator.says("/curate"))[0].text == "There are no open questions."


async def test_others_have_no_such_command(person: Person, state: State) -> None:
    """Nor may they press the buttons, or reply to the prompt, of somebody who was an admin."""
    await state.questions.add("who", "en", "Who?", "unknown_word")
    (call,) = await person.says("/curate")
    assert call.text.startswith("I do not know the command /curate")
    person.services.admins = frozenset({USER})
    (card,) = await person.says("/curate")
    await person.presses("It means something known (alias)", card)
    person.services.admins = frozenset()
    await person.says("x = y")
    for label in card.labels:
        (call,) = await person.presses(label, card)
        assert call.method == "answerCallbackQuery"
    assert (await state.questions.first())[1] == 1
    assert await state.audit.latest() == []
