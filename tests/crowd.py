"""A crowd that says anything: updates of every kind, made by hypothesis, handled by the whole application."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.app import running
from bot.local import _RefusedError
from bot.state import open_state
from handlers.flood import Budget, Guard
from handlers.seal import Press
from knowledge.desk import Desk
from tests.telegram_limits import accepted
from tests.telegram_offline import USER, Person

GROUP, CHANNEL, ADMIN, OTHER = -1001, -1002, USER, 5
_BOT = {"id": 2, "is_bot": True, "first_name": "Waybill", "username": "waybill_bot"}
_KINDS = (
    "mention", "hashtag", "bot_command", "url", "email", "bold", "italic", "underline", "strikethrough", "spoiler",
    "blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji", "expandable_blockquote",
)  # fmt: skip
_COMMANDS = (
    "start", "help", "ask", "check", "verify", "sources", "coverage", "settings", "feedback", "privacy", "stop",
    "curate", "follow", "following", "nonsense",
)  # fmt: skip
_WORDS = (
    "how much", "did Turkey export to", "Ukraine", "Poland", "TB2", "steel", "defence", "in 2022", "Q1 2022",
    "last year", "by month", "2019-2025", "share", "top 5", "who bought", "and a year earlier?", "source?", "compare",
    "30 times", "Azerbaijan", "drones", "million", "%", "çelik", "ihracatı", "@waybill_bot", "<b>", "&amp;", "-1",
    "9999999999",
)  # fmt: skip

anything = st.text(max_size=600)
sayings = st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=12)), max_size=12).map(" ".join)
long_noise = st.builds(lambda text, times: (text * times)[:4096], st.text(min_size=1, max_size=40), st.integers(1, 400))
commands = st.builds(
    lambda name, named, rest: f"/{name}{named} {rest}",
    st.sampled_from(_COMMANDS),
    st.sampled_from(["", "@waybill_bot", "@other_bot"]),
    st.one_of(sayings, st.text(max_size=80)),
)
texts = st.one_of(sayings, commands, anything, long_noise).map(lambda text: text or "x")
entities = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(_KINDS), "offset": st.integers(0, 60), "length": st.integers(1, 60)},
        optional={
            "url": st.sampled_from(["https://t.me/waybill_bot?start=feedback-k7qm2x9d", "tg://user?id=1", ""]),
            "user": st.just(_BOT),
        },
    ),
    max_size=5,
)
data = st.one_of(
    st.text(max_size=64),
    st.from_regex(r"[a-z][0-9]{1,3}\.[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9_-]{11}", fullmatch=True),
)
presses = st.builds(
    Press,
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    st.integers(0, 999),
    st.sampled_from(["k7qm2x9d", "start", "menu", "mine", "queue", "u1", "u99999", "general", "a_-"]),
)
senders = st.sampled_from(["person", "other", "anonymous", "channel"])
acts = st.fixed_dictionaries(
    {
        "what": st.sampled_from(
            ["private", "private", "group", "group", "press", "press", "sealed", "real", "inline", "guest", "edit",
             "reaction", "photo", "forward", "reply", "forget"]
        ),
        "text": texts,
        "entities": entities,
        "data": data,
        "press": presses,
        "sender": senders,
        "group": st.booleans(),
        "number": st.integers(0, 10_000),
        "topic": st.sampled_from([None, None, 7]),
        "language": st.sampled_from(["en", "tr", "uk", "xx", ""]),
    }
)  # fmt: skip
"""One update: what happens, and all that could matter to it."""


def _no_chat(*_: object) -> object:
    raise _RefusedError("chat not found")


class Crowd:
    """The application with the real desk, and whoever does things to it; every request is held to Telegram's limits."""

    def __init__(self, desk: Desk, state: Any, folder: Path) -> None:
        self.person = Person(desk, state, folder, frozenset({ADMIN}))
        self.api = self.person.api
        self.updates = self.requests = 0
        self._last = 0
        methods = self.api._methods
        methods["answerInlineQuery"] = lambda *_: True
        methods["answerGuestQuery"] = lambda *_: {"inline_message_id": "i"}
        methods["getChat"] = _no_chat
        methods["getChatMember"] = lambda asked, _: {
            "status": "creator" if asked["user_id"] == USER else "member",
            "user": {"id": asked["user_id"], "is_bot": False, "first_name": "A"},
            "is_anonymous": False,
        }
        free = Budget(1e12, 0)
        self.person.services.guard = Guard(lambda: 0.0, free, free)
        around = self.person.services.around
        self.person.services.around = replace(around, typing=Guard(lambda: 0.0, free))

    async def does(self, act: dict[str, Any]) -> None:
        """One update; fails where a request would be refused."""
        if act["what"] == "forget":
            self.person.forgotten()
            return
        self.updates += 1
        calls = await self.person.sends({"update_id": self.updates, **self._raw(act)})
        self.requests += len(calls)
        for call in calls:
            accepted(call)
        self.api.calls.clear()

    def _raw(self, act: dict[str, Any]) -> dict[str, Any]:
        what, message = act["what"], self._message(act)
        if what in ("press", "sealed", "real"):
            return {"callback_query": self._query(act)}
        if what == "inline":
            query = act["text"][:256]
            return {"inline_query": {"id": "1", "from": self._who(act), "query": query, "offset": act["data"][:1]}}
        if what == "guest":
            return {"guest_message": message | {"guest_query_id": "1"}}
        if what == "edit":
            return {"edited_message": message | {"message_id": max(1, self._last - act["number"] % 5), "edit_date": 2}}
        if what == "reaction":
            new = [{"type": "emoji", "emoji": act["text"][:1]}, {"type": "emoji", "emoji": "👍"}][: act["number"] % 3]
            return {
                "message_reaction": {
                    "chat": message["chat"], "message_id": self._ours(act)["message_id"], "date": 1,
                    "user": self._who(act), "old_reaction": [], "new_reaction": new,
                }
            }  # fmt: skip
        return {"message": message}

    def _message(self, act: dict[str, Any]) -> dict[str, Any]:
        self.api._last += 1
        self._last = self.api.newest
        chat = self._chat(act)
        message = {"message_id": self._last, "date": 1, "chat": chat, "from": self._who(act)}
        if chat["id"] == GROUP and act["sender"] in ("anonymous", "channel"):
            hidden = GROUP if act["sender"] == "anonymous" else CHANNEL
            message["sender_chat"] = {
                "id": hidden,
                "type": "supergroup" if hidden == GROUP else "channel",
                "title": "C",
            }
        if act["topic"] and chat["id"] == GROUP:
            message |= {"message_thread_id": act["topic"], "is_topic_message": True}
        if act["what"] == "photo":
            return message | {"caption": act["text"][:1024], "caption_entities": self._entities(act), "photo": []}
        if act["what"] == "forward":
            message["forward_origin"] = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
        if act["what"] == "reply":
            message["reply_to_message"] = self._ours(act)
            message["quote"] = {"text": act["text"][-40:], "position": 0}
        return message | {"text": act["text"], "entities": self._entities(act)}

    def _entities(self, act: dict[str, Any]) -> list[dict[str, Any]]:
        """Those that hypothesis made, inside the text; and the command at its start, as Telegram marks it."""
        most = len(act["text"].encode("utf-16-le", "surrogatepass")) // 2
        made = [one for one in act["entities"] if one["offset"] + one["length"] <= most]
        if act["text"].startswith("/"):
            made.append({"type": "bot_command", "offset": 0, "length": len(act["text"].split(maxsplit=1)[0])})
        return made

    def _query(self, act: dict[str, Any]) -> dict[str, Any]:
        ours = self._ours(act)
        chat = ours["chat"]
        query = {"id": "1", "from": self._who(act), "chat_instance": "1", "data": act["data"]}
        if act["what"] == "sealed":
            query["data"] = self.person.services.seal.close(act["press"], chat["id"])
        buttons = [one for row in (ours.get("reply_markup") or {}).get("inline_keyboard", []) for one in row]
        if act["what"] == "real" and buttons:
            query["data"] = buttons[act["number"] % len(buttons)].get("callback_data", "")
        if act["number"] % 7 == 0:
            return query | {"inline_message_id": "i"}
        if act["number"] % 11 == 0:
            return query | {"message": {"chat": chat, "message_id": 1, "date": 0}}
        return query | {"message": ours}

    def _ours(self, act: dict[str, Any]) -> dict[str, Any]:
        """A message of the bot's."""
        newest = [one for one in self.api._messages.values() if one.get("from", {}).get("is_bot")][-20:]
        found = newest[act["number"] % len(newest)] if newest else {"message_id": 1, "text": "x"}
        return {"date": 1, **found, "from": _BOT, "chat": self._chat(act)}

    @staticmethod
    def _chat(act: dict[str, Any]) -> dict[str, Any]:
        if act["what"] == "group" or (act["group"] and act["what"] != "private"):
            return {"id": GROUP, "type": "supergroup", "title": "G <b>"}
        return {"id": USER, "type": "private", "first_name": "A"}

    @staticmethod
    def _who(act: dict[str, Any]) -> dict[str, Any]:
        number = OTHER if act["sender"] == "other" and act["group"] else USER
        return {"id": number, "is_bot": False, "first_name": "A <i>", "language_code": act["language"]}


@contextmanager
def crowd(home: Path, folder: Path) -> Iterator[tuple[asyncio.Runner, Crowd]]:
    """A crowd and what runs it, before the fact store in `home`; an error that was logged fails at the end."""
    logged = _Errors()
    logging.getLogger().addHandler(logged)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            yield runner, runner.run(_open(stack, home, folder))
        finally:
            runner.run(stack.aclose())
            logging.getLogger().removeHandler(logged)
    assert not logged.lines, logged.lines[0]


async def _open(stack: AsyncExitStack, home: Path, folder: Path) -> Crowd:
    desk = Desk(home, lambda: date(2026, 11, 23))
    await desk.start()
    stack.push_async_callback(desk.close)
    state = await stack.enter_async_context(open_state(None, folder))
    made = Crowd(desk, state, folder)
    await stack.enter_async_context(running(made.person.application))
    return made


class _Errors(logging.Handler):
    """What a handler that failed leaves in the log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(logging.Formatter().format(record))
