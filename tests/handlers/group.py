"""A group in which people talk with each other and, now and then, to the bot."""

from __future__ import annotations

import re
from typing import Any

from handlers.addressed import ANONYMOUS_ADMIN, CHANNEL_SENDER
from tests.telegram_offline import Call, Person

CHAT = -1001
ANN, BOB = 11, 12
BOT = {"id": 2, "is_bot": True, "first_name": "Waybill", "username": "waybill_bot"}
ANONYMOUS = {
    "from": {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    "sender_chat": {"id": CHAT, "type": "supergroup", "title": "G"},
}
CHANNEL = {
    "from": {"id": CHANNEL_SENDER, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
    "sender_chat": {"id": -1009, "type": "channel", "title": "C"},
}


def who(number: int) -> dict[str, Any]:
    """A person."""
    return {"id": number, "is_bot": False, "first_name": f"P{number}", "language_code": "en"}


def entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions in a text, as Telegram marks them."""
    found = []
    for one in re.finditer(r"(?:^|(?<=\s))(?:/\w+(?:@\w+)?|@\w+)", text):
        kind = "mention" if one[0].startswith("@") else "bot_command"
        length = len(one[0].encode("utf-16-le")) // 2
        found.append({"type": kind, "offset": len(text[: one.start()].encode("utf-16-le")) // 2, "length": length})
    return found


class Group:
    """The same application as a person talks to, seen from a group; each act returns the requests that it led to."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.api = person.api
        self.admins = set[int]()
        self.person.api._methods["getChatMember"] = self._member
        self.person.api._methods["answerGuestQuery"] = lambda *_: {"inline_message_id": "i"}
        self._raws: dict[int, dict[str, Any]] = {}

    def _member(self, asked: dict[str, Any], _: object) -> dict[str, Any]:
        user = who(asked["user_id"])
        if asked["user_id"] not in self.admins:
            return {"status": "member", "user": user}
        return {"status": "creator", "user": user, "is_anonymous": False}

    def raw(self, text: str, by: int = ANN, *, to: int | None = None, **changes: Any) -> dict[str, Any]:
        """A message; `to` is the id of the one it replies to."""
        self.api._last += 1
        message = {
            "message_id": self.api.newest, "date": 1_600_000_000, "from": who(by), "text": text,
            "chat": {"id": CHAT, "type": "supergroup", "title": "G"}, "entities": entities(text),
        }  # fmt: skip
        if to:
            message["reply_to_message"] = self._raws[to]
        message |= {name.removesuffix("_"): content for name, content in changes.items()}
        self._raws[self.api.newest] = {key: value for key, value in message.items() if key != "reply_to_message"}
        return message

    async def says(self, text: str, by: int = ANN, *, to: int | None = None, **changes: Any) -> list[Call]:
        """Somebody says something."""
        return await self._sent({"message": self.raw(text, by, to=to, **changes)})

    async def edits(self, number: int, text: str) -> list[Call]:
        """A message is edited."""
        self._raws[number] |= {"text": text, "entities": entities(text), "edit_date": 1_600_000_001}
        return await self._sent({"edited_message": self._raws[number]})

    async def presses(self, label: str, call: Call, by: int = ANN, **changes: Any) -> list[Call]:
        """Somebody presses a button under a message of the bot's."""
        button = self.api.button(call.data[call.labels.index(label)])
        message = self._raws[button.message] | {"reply_markup": call.asked["reply_markup"]}
        query = {"id": "1", "from": who(by), "chat_instance": "1", "data": button.data, "message": message}
        return await self._sent({"callback_query": query | changes})

    async def guest(self, text: str, by: int = ANN, **changes: Any) -> list[Call]:
        """Somebody names the bot where it is no member."""
        return await self._sent({"guest_message": self.raw(text, by, guest_query_id="guest1", **changes)})

    async def _sent(self, content: dict[str, Any]) -> list[Call]:
        calls = await self.person.sends({"update_id": 1} | content)
        topic = next(iter(content.values())).get("message_thread_id")
        for number, message in self.api._messages.items():
            self._raws[number] = message | {
                "chat": {"id": CHAT, "type": "supergroup", "title": "G"},
                "from": BOT,
                **({"message_thread_id": topic, "is_topic_message": True} if topic else {}),
            }
        return calls
