"""A Bot API without a network that records what it is asked, and a person who chats with the bot through it."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from telegram import Update
from telegram.request import RequestData

from bot.app import Waybill, build, services
from bot.local import API_URL, TOKEN, Button, LocalRequest, Shown
from bot.request import method_name
from handlers.context import Desk
from handlers.flood import Budget, Guard
from handlers.keep import Keep

RECEIPT = re.compile(r'\n\nReceipt <a href="https://t\.me/waybill_bot\?start=(\w{8})">\1</a>$')
USER = 1
"""The person, and so their private chat."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that the bot made."""

    method: str
    asked: dict[str, Any]
    files: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """What it wanted to say."""
        return str(self.asked.get("text", ""))

    @property
    def said(self) -> str:
        """The same without the receipt at the end, whose id is another one each time."""
        return RECEIPT.sub("", self.text)

    @property
    def receipt(self) -> str:
        """The id of the receipt at the end."""
        found = RECEIPT.search(self.text)
        assert found, self.text
        return found[1]

    @property
    def links(self) -> list[str]:
        """The addresses that its text leads to."""
        return [html.unescape(address) for address in re.findall(r'<a href="([^"]*)">', self.text)]

    @property
    def labels(self) -> list[str]:
        """The buttons under it."""
        rows = self.asked.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def data(self) -> list[str]:
        """What those buttons send."""
        rows = self.asked.get("reply_markup", {}).get("inline_keyboard", [])
        return [button.get("callback_data", "") for row in rows for button in row]

    @property
    def file(self) -> tuple[str, bytes]:
        """The name and the content of the file that it uploads."""
        ((name, content, *_),) = self.files
        return name, content if isinstance(content, bytes) else content.read()


class NoScreen:
    """Shows nothing."""

    def message(self, shown: Shown) -> None:
        """Not shown."""

    def notice(self, text: str) -> None:
        """Not shown."""

    def typing(self) -> None:
        """Not shown."""


class OfflineRequest(LocalRequest):
    """The in-process Bot API; `faults[method]` are given instead of the next answers to that method."""

    def __init__(self, folder: Path) -> None:
        super().__init__(NoScreen(), folder)
        self.calls: list[Call] = []
        self.called: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """Set once a method was called."""
        self.batches: list[list[dict[str, Any]]] = []
        """What getUpdates gives, call by call; then it waits for ever."""
        self.idle = asyncio.Event()
        """Set once it waits for ever."""
        self.documents: dict[str, bytes] = {}
        """Files that people sent, by id."""
        self._methods["getFile"] = lambda asked, _: (
            asked | {"file_unique_id": "u", "file_path": f"d/{asked['file_id']}"}
        )
        self.faults: defaultdict[str, list[tuple[int, str] | Exception]] = defaultdict(list)

    @property
    def newest(self) -> int:
        """The id of the newest message in the chat."""
        return self._last

    def message(self, number: int) -> dict[str, Any]:
        """A message as Telegram shows it in a reply."""
        return dict(self._messages[number])

    def button(self, data: str) -> Button:
        """The button that sends `data`, under whichever message it stands now."""
        for number, message in self._messages.items():
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if button.get("callback_data") == data:
                        return Button(number, button["text"], data)
        raise LookupError(data)

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """The answer, or the fault that is due."""
        if "/file/bot" in url:
            return 200, self.documents[url.rpartition("/")[2]]
        name = method_name(url)
        asked = dict(request_data.parameters) if request_data else dict(parse_qsl(urlsplit(url).query))
        files = (request_data.multipart_data or {}).values() if request_data else ()
        self.calls.append(Call(name, asked, tuple(files)))
        self.called[name].set()
        if self.faults[name]:
            fault = self.faults[name].pop(0)
            if isinstance(fault, Exception):
                raise fault
            return fault[0], json.dumps({"ok": False, "error_code": fault[0], "description": fault[1]}).encode()
        if name == "getUpdates":
            if not self.batches:
                self.idle.set()
                await asyncio.Event().wait()  # a long poll that nothing ends
            return 200, json.dumps({"ok": True, "result": self.batches.pop(0)}).encode()
        return await super().do_request(url, method, request_data, *args, **kwargs)

    def made(self, *methods: str) -> list[Call]:
        """The requests of some methods, in order."""
        return [call for call in self.calls if call.method in methods]


class Person:
    """Somebody in a private chat with the bot; each act returns the requests that it led to."""

    def __init__(self, desk: Desk, keep: Keep, folder: Path, admins: frozenset[int] = frozenset()) -> None:
        self.api = OfflineRequest(folder)
        self.services = services(desk, b"secret", keep, admins)
        self.application: Waybill = build(TOKEN, API_URL, self.services, request=self.api, updates_request=self.api)

    def forgotten(self) -> None:
        """Let the process forget everything, as a restart does; what is kept stays."""
        for memory in (self.services.talks, self.services.by_question, self.services.by_id, self.services.chats):
            memory.clear()

    def unhurried(self) -> None:
        """Let the person ask as much as they like."""
        self.services.guard = Guard(lambda: 0.0, Budget(1e9, 0))

    async def sends(self, raw: dict[str, Any]) -> list[Call]:
        """Any update at all."""
        before = len(self.api.calls)
        await self.application.process_update(Update.de_json(raw, self.application.bot))
        return self.api.calls[before:]

    async def says(self, text: str, **changes: Any) -> list[Call]:
        """A text; `changes` go into the message."""
        raw = self.api.receive(text)
        raw["message"].update(changes)
        return await self.sends(raw)

    async def shows(self, **content: Any) -> list[Call]:
        """A message that is no text."""
        raw = self.api.receive("")
        del raw["message"]["text"]
        raw["message"].update(content)
        return await self.sends(raw)

    async def edits(self, message: int, text: str) -> list[Call]:
        """A message of theirs, edited."""
        raw = self.api.receive(text)
        edited = raw.pop("message") | {"message_id": message, "edit_date": 1_600_000_001}
        return await self.sends(raw | {"edited_message": edited})

    async def presses(self, label: str, call: Call | None = None, **changes: Any) -> list[Call]:
        """The button with that label, under `call` or under what was said last; `changes` go into the query."""
        said = call or self.api.made("sendMessage", "editMessageText")[-1]
        raw = self.api.press(self.api.button(said.data[said.labels.index(label)]))
        raw["callback_query"].update(changes)
        return await self.sends(raw)
