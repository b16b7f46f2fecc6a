"""A tiny Bot API inside the process: what the local chat and the tests talk to instead of Telegram.

It keeps one private chat and calls a `Screen` whenever that chat changes. It refuses what Telegram would refuse of the
few methods that the bot uses, so that the local chat is an honest preview.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from telegram.request import BaseRequest, RequestData

from bot.request import method_name

Json: TypeAlias = dict[str, Any]
Method: TypeAlias = Callable[[Json, RequestData | None], object]

TOKEN = "0:local"  # noqa: S105 - opens nothing
API_URL = "http://local/bot"
USER = {"id": 1, "is_bot": False, "first_name": "You", "language_code": "en"}
CHAT = {"id": 1, "type": "private", "first_name": "You"}
_BOT = {"id": 2, "is_bot": True, "first_name": "Waybill", "username": "waybill_bot"}
_LONGEST = 4096
_DATE = 1_600_000_000
"""Every message has a date; nobody here looks at it."""


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button, as it was sent."""

    message: int
    label: str
    data: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the chat shows it."""

    text: str
    """Telegram's HTML if `html`, else plain."""
    html: bool
    buttons: tuple[Button, ...]
    edited: bool
    picture: Path | None = None


class Screen(Protocol):
    """Where the chat is shown."""

    def message(self, shown: Shown) -> None:
        """A message came, or was edited."""

    def notice(self, text: str) -> None:
        """The notice that a pressed button gave."""

    def typing(self) -> None:
        """An answer is being written."""


class LocalRequest(BaseRequest):
    """Answers the Bot API's requests in the process."""

    def __init__(self, screen: Screen, pictures: Path) -> None:
        self._screen = screen
        self._pictures = pictures
        self._messages: dict[int, Json] = {}
        self._last = 0
        self._wants_reply: Json | None = None
        """A message that the user's next text replies to."""
        self._methods: dict[str, Method] = {
            "getMe": lambda *_: _BOT,
            "sendMessage": self._send,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "editMessageText": self._edit,
            "deleteMessage": self._delete,
            "sendChatAction": self._typing,
            "answerCallbackQuery": self._notice,
            "deleteWebhook": lambda *_: True,
            **self._profile("MyCommands", "commands", []),
            **self._profile("MyDescription", "description", {"description": ""}),
            **self._profile("MyShortDescription", "short_description", {"short_description": ""}),
            **self._profile("ChatMenuButton", "menu_button", {"type": "default"}),
        }

    @property
    def read_timeout(self) -> float | None:
        """Nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_args: Any, **_kwargs: Any
    ) -> tuple[int, bytes]:
        """The answer of the server to one request."""
        del method
        call = self._methods.get(method_name(url))
        if call is None:
            return _answer(404, "Not Found: method not found")
        try:
            return _answer(200, call(dict(request_data.parameters) if request_data else {}, request_data))
        except _RefusedError as error:
            return _answer(400, f"Bad Request: {error}")

    def receive(self, text: str) -> Json:
        """The update that tells of a message which the user wrote."""
        message = self._store({"from": USER, "text": text})
        if self._wants_reply:
            message["reply_to_message"], self._wants_reply = self._wants_reply, None
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"update_id": self._last, "message": message}

    def press(self, button: Button) -> Json:
        """The update that tells of a button which the user pressed."""
        query = {"id": "1", "from": USER, "chat_instance": "1", "data": button.data}
        return {"update_id": self._last, "callback_query": query | {"message": self._messages[button.message]}}

    def _store(self, content: Json) -> Json:
        self._last += 1
        message = {"message_id": self._last, "date": _DATE, "chat": CHAT, **content}
        self._messages[self._last] = message
        return message

    def _send(self, asked: Json, _: RequestData | None) -> Json:
        message = self._store({"from": _BOT, "text": _text(asked["text"]), **_links(asked), **_keyboard(asked)})
        self._wants_reply = message if (asked.get("reply_markup") or {}).get("force_reply") else None
        self._show(message, asked, edited=False)
        return message

    def _edit(self, asked: Json, _: RequestData | None) -> Json:
        message = self._messages.get(asked["message_id"])
        if message is None or message["from"] != _BOT:
            raise _RefusedError("message to edit not found")
        new = {"text": _text(asked["text"]), "reply_markup": None, **_links(asked), **_keyboard(asked)}
        if all(message.get(key) == value for key, value in new.items()):
            raise _RefusedError("message is not modified")
        message.update(new)
        self._show(message, asked, edited=True)
        return message

    def _delete(self, asked: Json, _: RequestData | None) -> bool:
        if self._messages.pop(asked["message_id"], None) is None:
            raise _RefusedError("message to delete not found")
        return True

    def _send_photo(self, asked: Json, data: RequestData | None) -> Json:
        message, path = self._save(asked, data, "picture-{}.png")
        message["photo"] = [{"file_id": path.name, "file_unique_id": path.name, "width": 1, "height": 1}]
        self._show(message, asked, edited=False, picture=path)
        return message

    def _send_document(self, asked: Json, data: RequestData | None) -> Json:
        message, path = self._save(asked, data, "{}")
        message["document"] = {"file_id": path.name, "file_unique_id": path.name, "file_name": path.name}
        self._show(message, asked, edited=False, picture=path)
        return message

    def _save(self, asked: Json, data: RequestData | None, named: str) -> tuple[Json, Path]:
        """The file of a request, saved; `named` is filled with the message's number, or is the file's own name."""
        files = list((data.multipart_data if data else {}).values())
        again = self._pictures / Path(str(asked.get("photo", ""))).name
        if not files and not again.is_file():
            raise _RefusedError("wrong file identifier/HTTP URL specified")
        message = self._store({"from": _BOT, "caption": asked.get("caption", ""), **_keyboard(asked)})
        if not files:
            return message, again
        name, content = files[0][:2]
        self._pictures.mkdir(parents=True, exist_ok=True)
        path = self._pictures / (named.format(message["message_id"]) if named != "{}" else Path(name).name)
        path.write_bytes(content if isinstance(content, bytes) else content.read())
        return message, path

    def _typing(self, *_: object) -> bool:
        self._screen.typing()
        return True

    def _notice(self, asked: Json, _: RequestData | None) -> bool:
        if asked.get("text"):
            self._screen.notice(asked["text"])
        return True

    def _profile(
        self, name: str, field: str, default: object
    ) -> dict[str, Callable[[Json, RequestData | None], object]]:
        """The two methods for something that Telegram shows of the bot, by place and language."""
        kept: dict[tuple[str, str], object] = {}

        def put(asked: Json, _: RequestData | None) -> bool:
            kept[_menu(asked)] = {field: asked[field]} if field in str(default) else asked[field]
            return True

        return {f"get{name}": lambda asked, _: kept.get(_menu(asked), default), f"set{name}": put}

    def _show(self, message: Json, asked: Json, *, edited: bool, picture: Path | None = None) -> None:
        rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = tuple(
            Button(message["message_id"], button["text"], button["callback_data"], number)
            for number, row in enumerate(rows)
            for button in row
            if "callback_data" in button
        )
        text = message.get("text") or message.get("caption", "")
        self._screen.message(Shown(text, asked.get("parse_mode") == "HTML", buttons, edited, picture))


class _RefusedError(Exception):
    """What Telegram answers with status 400."""


def _answer(status: int, result: object) -> tuple[int, bytes]:
    if status == 200:
        body = {"ok": True, "result": result}
    else:
        body = {"ok": False, "error_code": status, "description": result}
    return status, json.dumps(body).encode()


def _text(text: str) -> str:
    if not text.strip():
        raise _RefusedError("message text is empty")
    if len(text) > 8 * _LONGEST:
        raise _RefusedError("text is too long")
    return text


def _keyboard(asked: Json) -> Json:
    keyboard = asked.get("reply_markup") or {}
    return {"reply_markup": keyboard} if "inline_keyboard" in keyboard else {}


def _links(asked: Json) -> Json:
    """The addresses that a text leads to, as entities; where they stand in it matters to nobody here."""
    found = re.findall(r'<a href="([^"]*)">', asked["text"]) if asked.get("parse_mode") == "HTML" else []
    return {"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": html.unescape(one)} for one in found]}


def _menu(asked: Json) -> tuple[str, str]:
    return json.dumps(asked.get("scope")), asked.get("language_code", "")
