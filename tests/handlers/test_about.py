"""/start, /help, /sources, /coverage, and what the bot cannot read."""

import pytest

from handlers.phrases import phrases
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import Person

WORDS = phrases("en")


@pytest.mark.parametrize("text", ["/start", "/start@waybill_bot", "/start ABC_-1", "/start " + "<b>" * 1000])
async def test_start_says_what_it_does_with_examples(person: Person, desk: ScriptedDesk, text: str) -> None:
    """Whatever payload a link brought along."""
    (call,) = await person.says(text)
    assert call.text.startswith("<b>Waybill</b> answers questions")
    assert call.labels == list(WORDS.examples)
    assert desk.asked == []


async def test_an_example_can_be_pressed(person: Person, desk: ScriptedDesk) -> None:
    """Again and again, also after a restart: nothing needs to be remembered for it."""
    await person.says("/start")
    start = person.api.made("sendMessage")[-1]
    for example in WORDS.examples:
        _, said = await person.presses(example, start)
        assert desk.asked[-1][0] == example
        assert example.replace("'", "") in said.text.replace("'", "")


@pytest.mark.parametrize(
    ("command", "key"), [("/help", "ask_help"), ("/sources", "ask_sources"), ("/coverage", "ask_coverage")]
)
async def test_commands_are_questions_in_short(person: Person, desk: ScriptedDesk, command: str, key: str) -> None:
    """Asked in the user's language, outside the conversation."""
    await person.says("one")
    (call,) = await person.says(
        f"{command} please", **{"from": {"id": 1, "is_bot": False, "first_name": "A", "language_code": "en-GB"}}
    )
    assert desk.asked[-1] == (WORDS(key), None, "en")
    assert call.text.startswith(f"Answer to: {WORDS(key)}")
    await person.says("two")
    assert desk.asked[-1][1] == "after Answer to: one"


async def test_an_unknown_command_gets_a_hint(person: Person, desk: ScriptedDesk) -> None:
    """Edited into one that is known, its response is edited too."""
    (call,) = await person.says("/hlep")
    assert "/hlep" in call.text
    assert "/help" in call.text
    (call,) = await person.edits(person.api.newest - 1, "/help")
    assert call.method == "editMessageText"
    assert desk.asked[-1][0] == WORDS("ask_help")


PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO, "caption": "how much?"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {
            "sticker": {
                "file_id": "f",
                "file_unique_id": "u",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
                "type": "regular",
            }
        },
    ],
)
async def test_what_is_no_text_is_said_so(person: Person, desk: ScriptedDesk, content: dict[str, object]) -> None:
    """Pictures, voices, places, stickers."""
    (call,) = await person.shows(**content)
    assert call.text == WORDS("only_text")
    assert desk.asked == []


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO, "media_group_id": "1"},
        {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}},
        {"new_chat_title": "x"},
    ],
)
async def test_albums_and_service_messages_ask_nothing(person: Person, content: dict[str, object]) -> None:
    """Ten pictures are not ten notices."""
    assert await person.shows(**content) == []


async def test_a_live_location_is_told_once(person: Person) -> None:
    """It is edited every few seconds."""
    place = {"latitude": 1.0, "longitude": 1.0, "live_period": 60}
    await person.shows(location=place)
    raw = person.api.receive("")
    message = raw.pop("message")
    message.pop("text")
    assert await person.sends(raw | {"edited_message": message | {"location": place, "edit_date": 1_600_000_001}}) == []
