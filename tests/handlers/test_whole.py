"""The whole way with the real desk and the shipped facts: from an update to the requests that answer it."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.app import running
from bot.state import State
from handlers.phrases import phrases
from knowledge.desk import Desk
from tests.telegram_limits import Markup
from tests.telegram_offline import Person

QUESTION = "How much defence equipment did Turkey export to Ukraine in the first quarter of 2022?"


@pytest.fixture
async def visitor(store_path: Path, state: State, tmp_path: Path) -> AsyncIterator[Person]:
    """Somebody who asks the real desk."""
    desk = Desk(store_path.parent, lambda: date(2026, 11, 23))
    await desk.start()
    someone = Person(desk, state, tmp_path)
    async with running(someone.application):
        yield someone
    await desk.close()


async def test_a_question_and_what_follows_from_it(visitor: Person) -> None:
    """The figure in bold with its sources, the year before by button, a follow-up, the edited question."""
    (call,) = await visitor.says(QUESTION)
    assert "<b>$59.1 million</b>" in call.text
    assert "https://www.dailysabah.com/" in call.text
    question = visitor.api.newest - 1
    _, earlier = await visitor.presses("A year earlier", call)
    assert "$1.9 million" in earlier.text
    _, sources = await visitor.presses("Sources in full", call)
    assert sources.text.count("https://") >= 5
    (edited,) = await visitor.edits(question, QUESTION.replace("2022", "2021"))
    assert edited.method == "editMessageText"
    assert "<b>$1.9 million</b>" in edited.text


async def test_every_command_and_example_is_answered(visitor: Person) -> None:
    """What the bot offers by itself, it knows; and every part is HTML that Telegram takes."""
    (start,) = await visitor.says("/start")
    calls = [call for command in ("/help", "/sources", "/coverage") for call in await visitor.says(command)]
    for example in phrases("en").examples:
        acknowledged, *answers = await visitor.presses(example, start)
        assert acknowledged.text == ""
        assert any("Sources: [1]" in answer.text for answer in answers), example
        calls += answers
    for call in calls:
        assert Markup(call.text).text.strip()


async def test_what_is_suggested_is_understood(visitor: Person) -> None:
    """Each suggestion under the first answer leads to an answer of its own."""
    (call,) = await visitor.says(QUESTION)
    suggestions = [label for label in call.labels if label.endswith("?")]
    assert suggestions
    for label in suggestions:
        _, answer = await visitor.presses(label, call)
        assert "Sources: [1]" in answer.text, label


async def test_what_leans_on_the_conversation_is_not_kept_alone(visitor: Person, state: State) -> None:
    """A curator could make nothing of "and in 2023?", and asked again by itself it would be another question."""
    await visitor.says(QUESTION)
    (call,) = await visitor.says("and in 2023?")
    assert "I have no figure" in call.text
    assert "Tell me once you know" not in call.labels
    assert await state.questions.first() == (None, 0)
    (call,) = await visitor.says("turkish defence exports to ukraine 2023")
    assert "Tell me once you know" in call.labels
    assert (await state.questions.first())[1] == 1


async def test_nonsense_is_declined_politely(visitor: Person) -> None:
    """In one message, without figures."""
    for text in ("xyzzy plugh", "?", "…", "12345", "/", "a" * 400, "<b>&amp;</b>", "\u202e", "🙂"):
        (call,) = await visitor.says(text)
        assert "$" not in call.text
        assert Markup(call.text).text.strip()
