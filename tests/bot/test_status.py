"""What admins are told of how the bot is."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

import pytest

from bot.record import Line, Record
from bot.state import State, open_state
from bot.state.mail import Message
from bot.status import marking, status


async def told(home: Path) -> str:
    """The lines."""
    async with open_state(None, home) as state:
        return "\n".join(await status(state, home))


async def test_of_an_empty_home(tmp_path: Path) -> None:
    """Nothing is there, and that is said."""
    assert await told(tmp_path) == (
        "facts: no store yet\nlast refresh: never\nlast answer of Telegram: never\nchats: none\nupdates: none\n"
        "messages by itself: none\nquestions without an answer: 0"
    )


async def test_of_one_that_works(tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts, refresh, chats, and why messages did not arrive."""
    shutil.copy(store_path, tmp_path)
    Record(time.time() - 3 * 86_400 - 60, (Line("unchanged", "2026-09: nothing new"),)).write(tmp_path)
    async with open_state(None, tmp_path) as state:
        await state.chats.activate(1, "private")
        await state.outbox.put([Message(1, "a", {"text": "x"})])
        (row,) = await state.outbox.take("me", 1)
        await state.outbox.sending(row)
        await state.outbox.dead(row, "message is too long")
        await state.questions.add("x", "en", "x?", "unknown_word")
        await _mark(state, monkeypatch)
    text = await told(tmp_path)
    assert "figures, " in text
    assert "3 days ago (2026-09: nothing new)" in text
    assert "last answer of Telegram: " in text
    assert "UTC, 2 min ago" in text
    assert "chats: 1 active" in text
    assert "messages by itself: 1 dead\n  dead, 1: message is too long" in text
    assert text.endswith("questions without an answer: 1")


async def _mark(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = iter([False, False, True])

    async def a_minute(*_: object) -> bool:
        return next(minutes)

    monkeypatch.setattr("bot.status.until", a_minute)
    moments = iter([0.0, time.time() - 130])
    await marking(state, lambda: next(moments))(asyncio.Event())


async def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    """And nothing fails."""
    (tmp_path / "facts.db").write_bytes(b"x" * 5000)
    assert "damaged" in await told(tmp_path)
