"""How the bot is: the facts it has, what it fetched, what it is to send and could not, in lines for its admins."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.beside import Job, until
from bot.record import last
from bot.state import State
from knowledge.errors import WaybillError
from knowledge.store import Store, store_path

POLL = "poll"
"""The mark that says when Telegram answered last."""
_EVERY = 60.0
_HOUR, _DAY = 3600, 86_400
_REASONS = 5


async def status(state: State, home: Path) -> list[str]:
    """The lines."""
    polled = await state.marks.get(POLL)
    sent = await state.outbox.count()
    chats = await state.chats.count()
    waiting = (await state.questions.first())[1]
    return [
        f"facts: {_facts(home)}",
        f"last refresh: {_refresh(home)}",
        f"last answer of Telegram: {_ago(float(polled[0])) if polled else 'never'}",
        f"chats: {_counts(chats)}",
        f"updates: {_counts(await state.inbox.count())}",
        f"messages by itself: {_counts(sent)}",
        *(f"  {stage}, {count}: {why}" for stage, why, count in await state.outbox.reasons(_REASONS)),
        f"questions without an answer: {waiting}",
    ]


def marking(state: State, polled: Callable[[], float]) -> Job:
    """The job that keeps for others when Telegram answered last."""

    async def job(stop: asyncio.Event) -> None:
        while not await until(stop, _EVERY):
            if moment := polled():
                await state.marks.put(POLL, str(moment))

    return job


def _facts(home: Path) -> str:
    path = store_path(home)
    if not path.exists():
        return "no store yet"
    try:
        with Store(path) as store:
            counts = dict(store.edition.counts)
            built = f"edition {store.edition.content[:8]}, built {store.edition.built}"
    except WaybillError as error:
        return str(error)
    return f"{built}, {counts.get('observation', 0):,} figures, {counts.get('event', 0):,} reports"


def _refresh(home: Path) -> str:
    record = last(home)
    if not record.at:
        return "never"
    told = "; ".join(line.told for line in record.lines) or "nothing was due"
    return f"{_ago(record.at)} ({told})"


def _ago(moment: float) -> str:
    seconds = max(0, int(time.time() - moment))
    day = datetime.fromtimestamp(moment, tz=UTC).strftime("%Y-%m-%d %H:%M UTC")
    if seconds < _HOUR:
        return f"{day}, {seconds // 60} min ago"
    return f"{day}, {seconds // _HOUR} h ago" if seconds < 2 * _DAY else f"{day}, {seconds // _DAY} days ago"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) or "none"
