"""The state as one file and back: whole, also while it is written; nothing is lost where something is wrong."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.backup import run_backup, run_restore
from bot.errors import FatalError
from bot.settings import Settings
from bot.state import open_state


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with a state in which one chat has chosen a language."""
    chosen = Settings(home=tmp_path / "home")
    asyncio.run(choose(chosen, "uk"))
    return chosen


async def choose(settings: Settings, language: str) -> None:
    """Choose a language in chat 1."""
    async with open_state(None, settings.home) as state:
        await state.chats.set(1, "private", language=language)


async def chosen(settings: Settings) -> str | None:
    """What is chosen there."""
    async with open_state(None, settings.home) as state:
        chat = await state.chats.get(1)
        return chat.language if chat else None


def test_there_and_back(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was chosen after the backup is gone after the restore, and kept beside it."""
    copy = tmp_path / "copy.db"
    run_backup(settings, copy)
    asyncio.run(choose(settings, "tr"))
    run_restore(settings, copy)
    assert asyncio.run(chosen(settings)) == "uk"
    assert (settings.home / "state.db.before-restore").exists()
    told = capsys.readouterr().out
    assert "the state is in" in told
    assert "what was there is state.db.before-restore" in told


async def test_while_it_is_written(settings: Settings, tmp_path: Path) -> None:
    """A backup is whole; a restore waits for nobody."""
    async with open_state(None, settings.home) as state:
        await state.chats.set(1, "private", language="tr")
        run_backup(settings, tmp_path / "copy.db")
        with pytest.raises(FatalError, match="is in use: stop the bot first"):
            run_restore(settings, tmp_path / "copy.db")
        assert await chosen(settings) == "tr"


def test_to_a_new_home(settings: Settings, tmp_path: Path) -> None:
    """On another machine."""
    run_backup(settings, tmp_path / "copy.db")
    other = Settings(home=tmp_path / "other")
    run_restore(other, tmp_path / "copy.db")
    assert asyncio.run(chosen(other)) == "uk"


def test_what_is_no_backup_is_refused(settings: Settings, tmp_path: Path) -> None:
    """In one line, and the state stays."""
    (tmp_path / "text").write_text("hello" * 1000)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE x (y)")
    run_backup(settings, tmp_path / "cut.db")
    whole = (tmp_path / "cut.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 2])
    for name in ("text", "other.db", "cut.db", "nothing"):
        with pytest.raises(FatalError, match=name):
            run_restore(settings, tmp_path / name)
    assert asyncio.run(chosen(settings)) == "uk"


def test_a_backup_replaces_nothing(settings: Settings, tmp_path: Path) -> None:
    """Neither an older one nor anything else; and there must be a state."""
    (tmp_path / "there").write_text("x")
    with pytest.raises(FatalError, match="exists already"):
        run_backup(settings, tmp_path / "there")
    with pytest.raises(FatalError, match="there is no state yet"):
        run_backup(Settings(home=tmp_path / "empty"), tmp_path / "copy.db")
    with pytest.raises(FatalError, match="cannot be written"):
        run_backup(settings, tmp_path / "no folder" / "copy.db")


def test_postgresql_has_its_own(tmp_path: Path) -> None:
    """Which is said."""
    there = Settings(home=tmp_path, state_url=SecretStr("postgresql://u:secret@h/d"))
    with pytest.raises(FatalError, match="pg_dump") as told:
        run_backup(there, tmp_path / "copy.db")
    assert "secret" not in str(told.value)
