"""Telegram's limits, so that a test sees a request that the real server would refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from tests.telegram_offline import Call

MOST_TEXT, MOST_CAPTION, MOST_RAW, MOST_ENTITIES = 4096, 1024, 32_768, 100
_TAGS = {"b", "i", "a", "pre", "code"}
_ALONE = {"pre", "code"}
"""Tags that can neither hold another tag nor stand in one."""
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Markup(HTMLParser):
    """Telegram's HTML: known tags, well nested, none inside itself."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.entities = 0
        self.links: list[str | None] = []
        self.inside = False
        """True if something stands in a block of code, or code in something: Telegram drops one of the two."""
        self.feed(source)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, tag
        assert tag not in self.open, f"<{tag}> inside itself"
        self.inside |= bool(self.open and _ALONE & {tag, *self.open})
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        self.open.append(tag)
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def accepted(call: Call) -> None:
    """Fail where Telegram would refuse the request; a method that nobody expected is refused as well."""
    json.dumps(call.asked, default=str, ensure_ascii=False).encode()
    _METHODS[call.method](call.asked, call)
    _keyboard(call.asked.get("reply_markup") or {})
    replied = call.asked.get("reply_parameters")
    assert replied is None or replied["message_id"] > 0


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _text(text: str, parse_mode: object, most: int = MOST_TEXT) -> None:
    assert len(text.encode()) <= MOST_RAW
    shown, entities = text, 0
    if parse_mode:
        assert parse_mode == "HTML"
        parsed = Markup(text)
        shown, entities = parsed.text, parsed.entities
        assert not parsed.inside
        assert all((address or "").startswith(("https://", "http://")) for address in parsed.links)
    assert shown.strip()
    assert _units(shown) <= most, _units(shown)
    assert entities <= MOST_ENTITIES


def _said(asked: dict[str, Any], _: Call) -> None:
    _text(asked["text"], asked.get("parse_mode"))


def _sent(asked: dict[str, Any], call: Call) -> None:
    assert _units(asked.get("caption") or "") <= MOST_CAPTION
    if call.files:
        name, content = call.file
        assert name
        assert content
    else:
        assert asked["photo"]


def _told(asked: dict[str, Any], _: Call) -> None:
    assert asked["callback_query_id"]
    assert _units(asked.get("text") or "") <= 200


def _results(asked: dict[str, Any], _: Call) -> None:
    results = asked["results"]
    assert len(results) <= 50
    assert len({one["id"] for one in results}) == len(results)
    for one in results:
        _result(one)
    button = asked.get("button")
    if button:
        assert button["text"].strip()
        assert _START.fullmatch(button["start_parameter"])


def _result(one: dict[str, Any]) -> None:
    assert one["type"] == "article"
    assert 0 < len(one["id"].encode()) <= 64
    assert one["title"].strip()
    content = one["input_message_content"]
    _text(content["message_text"], content.get("parse_mode"))
    _keyboard(one.get("reply_markup") or {})


def _keyboard(markup: dict[str, Any]) -> None:
    rows = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    assert all(rows)
    assert all(len(row) <= 8 for row in rows)
    assert len(buttons) <= 100
    for button in buttons:
        assert button["text"].strip()
        kinds = button.keys() - {"text"}
        assert len(kinds) == 1, kinds
        if "callback_data" in button:
            assert 0 < len(button["callback_data"].encode()) <= 64
        elif "copy_text" in button:
            assert 0 < len(button["copy_text"]["text"]) <= 256
        else:
            assert button["url"].startswith("https://")


_METHODS: dict[str, Callable[[dict[str, Any], Call], None]] = {
    "sendMessage": _said,
    "editMessageText": _said,
    "sendPhoto": _sent,
    "sendDocument": _sent,
    "answerCallbackQuery": _told,
    "answerInlineQuery": _results,
    "answerGuestQuery": lambda asked, _: _result(asked["result"]),
    "deleteMessage": lambda *_: None,
    "sendChatAction": lambda *_: None,
    "getChat": lambda *_: None,
    "getChatMember": lambda *_: None,
    "getFile": lambda *_: None,
}
