"""Inline mode: answers to pick, while somebody types."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import running
from bot.state import State
from handlers.flood import Budget, Guard
from handlers.kept import Chat
from knowledge.answer import Status
from knowledge.desk import Desk
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_limits import accepted
from tests.telegram_offline import USER, Call, Person

QUERY = "turkey ukraine q1 2022"


@pytest.fixture
async def visitor(store_path: Path, state: State, tmp_path: Path) -> AsyncIterator[Person]:
    """Somebody who asks the real desk."""
    desk = Desk(store_path.parent, lambda: date(2026, 11, 23))
    await desk.start()
    someone = Person(desk, state, tmp_path)
    async with running(someone.application):
        yield someone
    await desk.close()


async def types(person: Person, query: str, *, code: str = "en", offset: str = "") -> Call | None:
    """Somebody types; the answer, if there is one."""
    person.api._methods["answerInlineQuery"] = lambda *_: True
    who = {"id": USER, "is_bot": False, "first_name": "A", "language_code": code}
    raw = {"id": "7", "from": who, "query": query, "offset": offset, "chat_type": "group"}
    calls = await person.sends({"update_id": 1, "inline_query": raw})
    assert len(calls) <= 1
    if calls:
        assert calls[0].method == "answerInlineQuery"
        accepted(calls[0])
    return calls[0] if calls else None


def titles(call: Call | None) -> list[str]:
    """The lines to pick from."""
    assert call
    return [one["title"] for one in call.asked["results"]]


async def test_the_best_answer_and_then_its_neighbours(visitor: Person) -> None:
    """A figure in each line, its source below, the whole answer behind; nothing that depends on who types."""
    call = await types(visitor, QUERY)
    assert call
    lines = titles(call)
    assert lines[0] == "$59.1 million · Türkiye → Ukraine · the first quarter of 2022"
    assert lines[1].startswith("$1.9 million")  # a year earlier
    assert any("the world" in line and "quarter of 2022" in line for line in lines)  # the total
    assert any("%" in line for line in lines)  # its share
    best, earlier = call.asked["results"][:2]
    assert "Daily Sabah" in best["description"]
    content = best["input_message_content"]
    assert "<b>$59.1 million</b>" in content["message_text"]
    assert "https://www.dailysabah.com/" in content["message_text"]
    assert content["link_preview_options"] == {"is_disabled": True}
    assert "Taken over" not in earlier["input_message_content"]["message_text"]
    assert (call.asked["cache_time"], call.asked.get("is_personal", False)) == (300, False)
    assert "button" not in call.asked


async def test_ids_are_stable(visitor: Person) -> None:
    """The same text from the same facts has the same id, also after everything was forgotten."""
    first = await types(visitor, QUERY)
    visitor.services.around.found.clear()
    again = await types(visitor, QUERY.upper())
    assert first
    assert again
    assert [one["id"] for one in first.asked["results"]] == [one["id"] for one in again.asked["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("exports to pol", "Poland"),
        ("auto", "automotive"),
        ("who bought ak", "Akinci"),
        ("ukraine", "Ukraine"),
        ("exports of chem", "chemical"),
        ("2022", "in 2022"),
    ],
)
async def test_half_a_query_is_completed(visitor: Person, query: str, expected: str) -> None:
    """Answers to what it may become."""
    call = await types(visitor, query)
    assert call
    shown = [one["title"] + one["input_message_content"]["message_text"] for one in call.asked["results"]]
    assert any(expected.lower() in text.lower() for text in shown), shown
    assert "button" not in call.asked


async def test_nothing_typed_shows_the_latest(visitor: Person) -> None:
    """In the person's language, so for them alone; the private chat is a press away."""
    call = await types(visitor, "  ")
    assert call
    assert len(titles(call)) == 3
    assert all("$" in title for title in titles(call))
    assert call.asked["is_personal"] is True
    assert call.asked["button"]["start_parameter"] == "inline"


async def test_nothing_found_says_what_is_known(visitor: Person) -> None:
    """With a button to the private chat."""
    call = await types(visitor, "xyzzy plugh 77")
    assert call
    assert titles(call) == ["Nothing found for that. What I have figures for:"]
    assert call.asked["button"]["start_parameter"] == "inline"
    assert "TIM" in call.asked["results"][0]["input_message_content"]["message_text"]


async def test_the_same_query_is_worked_out_once(person: Person, desk: ScriptedDesk) -> None:
    """By its folded words, the edition and the day."""
    desk.replies["q"] = reply("One.")
    await types(person, "q")
    asked = len(desk.asked)
    await types(person, "q")
    assert len(desk.asked) == asked + 1  # only to know the edition
    desk.replies["q"] = replace(reply("Two."), edition="newer")
    call = await types(person, "q")
    assert call
    assert "Two." in call.asked["results"][0]["input_message_content"]["message_text"]


async def test_a_chosen_language_is_the_persons_own(person: Person, desk: ScriptedDesk) -> None:
    """What is found for them is not shared."""
    person.services.chats.put(USER, Chat(USER, "private", language="en"))
    call = await types(person, "q")
    assert call
    assert call.asked["is_personal"] is True
    assert desk.asked[0] == ("q", None, "en")


async def test_a_clarification_is_followed(person: Person, desk: ScriptedDesk) -> None:
    """What it offers is answered, what completes it as well."""
    desk.replies["tur"] = reply("Which?", Status.CLARIFY, ("Turkey 2022?",))
    desk.replies["turkmen"] = reply("No.", Status.DECLINED)
    desk.completions["tur"] = ("turkey", "turkmen")
    call = await types(person, "tur")
    assert call
    texts = [one["input_message_content"]["message_text"] for one in call.asked["results"]]
    assert [text.split("\n")[0] for text in texts] == ["Answer to: turkey", "Answer to: Turkey 2022?"]


async def test_there_is_one_page(person: Person, desk: ScriptedDesk) -> None:
    """What comes behind it is nothing."""
    call = await types(person, "q", offset="1")
    assert call
    assert call.asked["results"] == []
    assert desk.asked == []


async def test_who_types_too_much_is_not_answered(person: Person) -> None:
    """Telegram then shows nothing, which is polite enough."""
    person.services.around = replace(person.services.around, typing=Guard(lambda: 0.0, Budget(2, 0)))
    assert [bool(await types(person, f"q{number}")) for number in range(4)] == [True, True, False, False]


async def test_a_query_that_is_too_old_does_not_matter(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """The person has typed on."""
    text = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    person.api.faults["answerInlineQuery"].append((400, text))
    await types(person, "q")
    assert not caplog.records


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(max_size=256), st.text(max_size=5000), st.lists(st.text(max_size=80), max_size=3))
async def test_any_text_is_answered_with_what_telegram_takes(
    person: Person, desk: ScriptedDesk, text: str, lead: str, suggestions: list[str]
) -> None:
    """As query and as answer."""
    person.services.around = replace(person.services.around, typing=Guard(lambda: 0.0, Budget(1e9, 0)))
    person.services.around.found.clear()
    changes: dict[str, Any] = {"details": (f"x{text}",)}
    desk.replies[text.strip()] = reply(f"x{lead}", suggestions=tuple(suggestions), **changes)
    assert await types(person, text)
