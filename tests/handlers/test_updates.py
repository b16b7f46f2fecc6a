"""What the bot is not spoken to by, and text of any kind: nothing but what Telegram takes comes of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from telegram import Update

from handlers import UPDATES, every_handler
from handlers.markup import clean
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_limits import Markup
from tests.telegram_offline import Person

PERSON = {"id": 1, "is_bot": False, "first_name": "A"}
GROUP = {"id": -5, "type": "supergroup", "title": "G"}
CHANNEL = {"id": -6, "type": "channel", "title": "C"}
TEXT = {"message_id": 1, "date": 1_600_000_000, "from": PERSON, "chat": GROUP, "text": "how much?"}
PRIVATE = {"id": 1, "type": "private", "first_name": "A"}
MEMBER = {"user": PERSON, "status": "member"}
CHANGE = {
    "chat": PRIVATE,
    "from": PERSON,
    "date": 1,
    "old_chat_member": MEMBER,
    "new_chat_member": {"user": PERSON, "status": "left"},
}
POLL = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
    "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip
REACTION = {"chat": PRIVATE, "message_id": 1, "user": PERSON, "date": 1, "old_reaction": [], "new_reaction": []}
OTHERS: list[dict[str, Any]] = [
    {"message": TEXT},
    {"message": TEXT | {"text": "/play", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}},
    {"edited_message": TEXT | {"edit_date": 2}},
    {"channel_post": {"message_id": 1, "date": 1, "chat": CHANNEL, "text": "how much?"}},
    {"edited_channel_post": {"message_id": 1, "date": 1, "edit_date": 2, "chat": CHANNEL, "text": "how much?"}},
    {"business_message": TEXT | {"chat": PRIVATE, "business_connection_id": "b"}},
    {"chosen_inline_result": {"result_id": "1", "from": PERSON, "query": "turkey"}},
    {"my_chat_member": CHANGE},
    {"poll": POLL},
    {"message_reaction": REACTION},
    {"pre_checkout_query": {"id": "1", "from": PERSON, "currency": "EUR", "total_amount": 1, "invoice_payload": "x"}},
    {"chat_join_request": {"chat": GROUP, "from": PERSON, "user_chat_id": 1, "date": 1}},
    {"something_of_next_year": {"id": 1}},
    {},
]  # fmt: skip


@pytest.mark.parametrize("content", OTHERS, ids=lambda content: next(iter(content), "empty"))
async def test_other_updates_are_left_alone(person: Person, desk: ScriptedDesk, content: dict[str, Any]) -> None:
    """Groups, channels, business accounts, and kinds of update that nobody asked for."""
    assert await person.sends({"update_id": 1} | content) == []
    assert desk.asked == []


def test_telegram_is_asked_for_what_is_handled() -> None:
    """The kinds of update that are polled are kinds that Telegram has, and each is taken by a handler."""
    assert set(UPDATES) <= set(Update.ALL_TYPES)
    member = {"status": "member", "user": PERSON}
    membership = {"chat": PRIVATE, "from": PERSON, "date": 1, "old_chat_member": member, "new_chat_member": member}
    raws: list[dict[str, Any]] = [
        {"message": TEXT | {"chat": PRIVATE}},
        {"edited_message": TEXT | {"chat": PRIVATE, "edit_date": 2}},
        {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x"}},
        {
            "message_reaction": {
                "chat": PRIVATE,
                "message_id": 1,
                "date": 1,
                "user": PERSON,
                "old_reaction": [],
                "new_reaction": [],
            }
        },
        {"inline_query": {"id": "1", "from": PERSON, "query": "turkey", "offset": ""}},
        {"guest_message": TEXT | {"guest_query_id": "1"}},
        {"my_chat_member": membership},
    ]
    assert {next(iter(raw)) for raw in raws} == set(UPDATES)
    for raw in raws:
        update = Update.de_json({"update_id": 1} | raw)
        assert any(handler.check_update(update) not in (None, False) for handler in every_handler()[0])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@example("\u202e", [" ", "\n", "\u202e", "a\u202eb", "\ud800", "\x00", "\ue000"])
@given(st.text(min_size=1, max_size=600), st.lists(st.text(min_size=1, max_size=80), max_size=4))
async def test_any_text_is_answered_with_what_telegram_takes(
    person: Person, desk: ScriptedDesk, text: str, suggestions: list[str]
) -> None:
    """The same text as question, as answer, and as suggestions."""
    person.unhurried()
    desk.replies[text] = reply(f"x{text}", suggestions=tuple(suggestions))
    for call in await person.says(text):
        if call.asked.get("parse_mode") == "HTML":
            assert Markup(call.text).text.strip()
        assert 0 < len(call.text) <= 32_768
        call.text.encode()
        assert all(clean(label).strip() == label for label in call.labels)
        assert all(len(data.encode()) <= 64 for data in call.data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=64))
async def test_any_button_data_is_answered(person: Person, data: str) -> None:
    """Once each, with a notice."""
    person.unhurried()
    await person.says("one")
    calls = await person.presses("A year earlier", data=data)
    assert [call.method for call in calls] == ["answerCallbackQuery"]
