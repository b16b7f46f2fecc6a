"""/verify: which text it takes, and what it does with the verdict."""

import pytest

from bot.state import State
from handlers.verify import LONGEST
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import USER, Person

CLAIM = "Ukraine bought 30 times as much."


@pytest.mark.parametrize("command", [f"/verify {CLAIM}", f"/verify\n{CLAIM}", f"/verify@waybill_bot {CLAIM}"])
async def test_a_text_behind_the_command(person: Person, desk: ScriptedDesk, command: str) -> None:
    """Its verdict, with the sources."""
    (call,) = await person.says(command)
    assert call.text.startswith(f"Verdict on: {CLAIM}\n\nSources: ")
    assert desk.verified == [(CLAIM, None)]
    assert desk.asked == []


async def test_a_message_that_it_replies_to(person: Person, desk: ScriptedDesk) -> None:
    """A forwarded text, a caption, or the piece of it that is quoted."""
    forwarded = {"message_id": 3, "date": 1, "chat": {"id": USER, "type": "private"}}
    await person.says("/verify", reply_to_message=forwarded | {"text": CLAIM})
    await person.says("/verify", reply_to_message=forwarded | {"caption": "In a picture."})
    quote = {"text": "30 times", "position": 15}
    await person.says("/verify", reply_to_message=forwarded | {"text": CLAIM}, quote=quote)
    assert [text for text, _ in desk.verified] == [CLAIM, "In a picture.", "30 times"]


async def test_without_a_text_it_is_asked_for(person: Person, desk: ScriptedDesk) -> None:
    """As a reply, which is no question."""
    (prompt,) = await person.says("/verify")
    assert prompt.asked["reply_markup"]["force_reply"] is True
    person.forgotten()
    (call,) = await person.says(CLAIM)
    assert call.text.startswith("Verdict on")
    assert desk.asked == []


async def test_an_edited_claim_has_its_verdict_edited(person: Person) -> None:
    """In place."""
    await person.says(f"/verify {CLAIM}")
    verdict = person.api.newest
    (call,) = await person.edits(verdict - 1, "/verify It was 31 times.")
    assert (call.method, call.asked["message_id"]) == ("editMessageText", verdict)
    assert call.text.startswith("Verdict on: It was 31 times.")


async def test_long_texts_are_cut_and_the_chosen_language_is_asked_for(
    person: Person, desk: ScriptedDesk, state: State
) -> None:
    """What is looked at is bounded."""
    await state.chats.set(USER, "private", language="en")
    await person.says("/verify " + "x" * 4000)
    assert desk.verified == [("x" * LONGEST, "en")]
