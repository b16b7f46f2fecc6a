"""Thumbs, reactions and comments."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.state import State
from bot.state.tables import feedback
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import USER, Person


async def kept(state: State) -> list[tuple[str, int, int, str | None]]:
    """All opinions."""
    query = select(feedback.c.receipt, feedback.c.person, feedback.c.verdict, feedback.c.comment)
    async with state.database.read() as connection:
        return [tuple(row) for row in await connection.execute(query)]


async def test_a_thumb_up(person: Person, state: State) -> None:
    """Kept by the receipt, thanked for in a notice that goes by itself."""
    (answer,) = await person.says("one")
    (call,) = await person.presses("👍")
    assert (call.method, call.text, call.asked["show_alert"]) == ("answerCallbackQuery", "Thank you.", False)
    assert await kept(state) == [(answer.receipt, USER, 1, None)]


async def test_a_thumb_down_and_why(person: Person, desk: ScriptedDesk, state: State) -> None:
    """The reason is asked for, and is no question; after a restart too."""
    (answer,) = await person.says("one")
    _, prompt = await person.presses("👎")
    assert prompt.asked["reply_markup"]["force_reply"] is True
    person.forgotten()
    (call,) = await person.says("It was <2021>.")
    assert call.text == "Thank you, that is noted."
    assert await kept(state) == [(answer.receipt, USER, -1, "It was <2021>.")]
    assert len(desk.asked) == 1


async def test_a_thumb_can_turn(person: Person, state: State) -> None:
    """One opinion a person."""
    (answer,) = await person.says("one")
    await person.presses("👎", answer)
    await person.presses("👍", answer)
    assert [row[2] for row in await kept(state)] == [1]


async def test_feedback_with_a_text(person: Person, state: State) -> None:
    """On the answer that it replies to, else on the bot; each of these is kept."""
    (answer,) = await person.says("one")
    shown = person.api.message(person.api.newest)
    assert (await person.says("/feedback wrong year", reply_to_message=shown))[0].text == "Thank you, that is noted."
    await person.says("/feedback nice bot")
    await person.says("/feedback very nice")
    found = await kept(state)
    assert (answer.receipt, USER, 0, "wrong year") in found
    assert {row[3] for row in found if row[0].startswith("general")} == {"nice bot", "very nice"}


async def test_feedback_without_a_text_is_asked_for(person: Person, state: State) -> None:
    """As a reply."""
    (prompt,) = await person.says("/feedback")
    assert prompt.asked["reply_markup"]["force_reply"] is True
    assert "About the bot" in prompt.text
    await person.says("x" * 4000)
    ((_, _, verdict, comment),) = await kept(state)
    assert (verdict, comment) == (0, "x" * 1000)


@pytest.mark.parametrize(("emoji", "verdict"), [("👍", 1), ("❤", 1), ("👎", -1), ("🤔", None)])
async def test_a_reaction_is_a_thumb(person: Person, state: State, emoji: str, verdict: int | None) -> None:
    """Nothing is said to it."""
    (answer,) = await person.says("one")
    raw = reaction(person.api.newest, emoji)
    assert await person.sends(raw) == []
    assert await kept(state) == ([(answer.receipt, USER, verdict, None)] if verdict else [])


async def test_a_reaction_to_anything_else_is_nothing(person: Person, state: State) -> None:
    """Or by nobody."""
    await person.says("/start")
    await person.sends(reaction(person.api.newest, "👍"))
    anonymous = reaction(person.api.newest, "👍")
    del anonymous["message_reaction"]["user"]
    await person.sends(anonymous)
    assert await kept(state) == []


def reaction(message: int, emoji: str) -> dict[str, Any]:
    """The update that tells of a reaction."""
    return {
        "update_id": 9,
        "message_reaction": {
            "chat": {"id": USER, "type": "private"},
            "message_id": message,
            "date": 1,
            "user": {"id": USER, "is_bot": False, "first_name": "You"},
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}],
        },
    }
