"""What is new of what is followed goes to the outbox, in one message a chat, at the hour that the chat wants.

What is due is found by what each subscription was told last, never by the clock: a bot that was down sends later, and
skips nothing. The message and what it tells are kept in one transaction: nothing is told twice.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import update as change
from telegram.constants import ParseMode

from bot.beside import Job, until
from bot.state import State
from bot.state.mail import Message
from bot.state.tables import subscriptions
from handlers.context import Desk
from handlers.kept import Chat, Subscription
from handlers.markup import render
from handlers.news import NOW, News, message, news
from handlers.phrases import phrases
from handlers.settings_menu import DEFAULT_HOUR, DEFAULT_ZONE
from knowledge.chart import Sketch, paint

log = logging.getLogger(__name__)
EVERY = 900.0
"""Seconds between two looks; one that finds nothing new costs little."""
LEASE = "updates"
_LEASED = 1800.0
_PRIORITY = 5
_HOURS = 72


_Known: TypeAlias = "dict[tuple[str | None, ...], News | None]"
"""News by what they depend on: most subscriptions have theirs in common with many others."""


def updating(state: State, desk: Desk, pictures: Path, owner: str, wake: asyncio.Event) -> Job:
    """The job: one process at a time looks for what is due. `wake` is set when there is something to send."""

    async def job(stop: asyncio.Event) -> None:
        while not stop.is_set():
            if await state.leases.take(LEASE, owner, _LEASED) and await enqueue(state, desk, pictures):
                wake.set()
            await until(stop, EVERY)

    return job


async def enqueue(state: State, desk: Desk, pictures: Path) -> int:
    """Put into the outbox what is new for whom; in how many chats that was."""
    known: _Known = {}
    told, after = 0, None
    while chats := await state.subscriptions.chats(after):
        for chat in chats:
            told += await _chat(state, desk, pictures, chat, known)
        after = chats[-1]
    return told


async def _chat(state: State, desk: Desk, pictures: Path, chat: int, known: _Known) -> int:
    """What is new for one chat, for each of its forum topics by itself."""
    settings = await state.chats.get(chat) or Chat(chat, "private")
    every = [
        replace(one, language=settings.language or one.language)
        for one in await state.subscriptions.of(chat)
        if not one.paused
    ]
    told = 0
    for topic, followed in groupby(sorted(every, key=lambda one: (one.topic, one.id)), key=lambda one: one.topic):
        found: list[tuple[Subscription, News]] = []
        for one in followed:
            found += await _one(state, desk, one, known)
        if found:
            await _put(state, pictures, settings, topic, found)
            told += 1
    return told


async def _one(state: State, desk: Desk, one: Subscription, known: _Known) -> list[tuple[Subscription, News]]:
    """The news of one subscription; most have it in common with many others."""
    key = (one.kind, one.subject, one.language, one.frequency, one.seen, str(one.previous))
    if key not in known:
        try:
            known[key] = await news(desk, state, one)
        except Exception:
            log.exception("the news of subscription %d cannot be told", one.id)
            known[key] = None
    new = known[key]
    return [(one, new)] if new else []


async def _put(state: State, pictures: Path, chat: Chat, topic: int, found: list[tuple[Subscription, News]]) -> None:
    """One message with all the news, and in the same transaction what each subscription now knows."""
    words = phrases(chat.language or found[0][0].language)
    blocks = message((new for _, new in found), words)
    dedupe = "news:" + ",".join(f"{one.id}-{new.id}" for one, new in found)
    at_once = any(one.frequency == NOW for one, _ in found)
    moment = send_at(chat, state.database.clock(), at_once=at_once)
    messages = [
        Message(
            chat.id,
            f"{dedupe}:{number}",
            {"text": part.html, "parse_mode": ParseMode.HTML, "link_preview_options": {"is_disabled": True}},
            topic=topic,
            priority=_PRIORITY,
            not_before=moment,
        )
        for number, part in enumerate(render(blocks))
    ]
    for number, picture in enumerate(dict.fromkeys(new.picture for _, new in found if new.picture)):
        name = await asyncio.to_thread(_drawn, picture, pictures)
        first = Message(
            chat.id, f"{dedupe}:p{number}", {"caption": picture.caption}, "sendPhoto", topic, priority=_PRIORITY,
            not_before=moment, picture=name,
        )  # fmt: skip
        messages.append(first)
    async with state.database.write() as connection:
        await state.outbox.put(messages, connection)
        for one, new in found:
            mine = subscriptions.c.id == one.id
            await connection.execute(change(subscriptions).where(mine).values(seen=new.seen))


def _drawn(picture: Sketch, folder: Path) -> str:
    """The name of the file with a picture; drawn once, put in its place whole."""
    path = folder / f"{picture.key}.png"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_bytes(paint(picture).png)
        fresh.replace(path)
    return path.name


@dataclass(frozen=True, slots=True)
class _Hours:
    """When a chat wants to hear."""

    hour: int
    quiet: frozenset[int]


def send_at(chat: Chat, now: float, *, at_once: bool) -> float:
    """The moment from which a message may go: the next delivery hour, or at once, and never in the quiet hours."""
    hours = _hours(chat)
    here = datetime.fromtimestamp(now, UTC).astimezone(_zone(chat))
    if _fits(here, hours, at_once=at_once):
        return now
    whole = here.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    # Steps are taken in UTC: a day can have 23 hours or 25, and lack the very hour.
    ahead = (whole + timedelta(hours=number) for number in range(1, _HOURS))
    fitting = (moment for moment in ahead if _fits(moment.astimezone(here.tzinfo), hours, at_once=at_once))
    return next(fitting).timestamp()


def _fits(moment: datetime, hours: _Hours, *, at_once: bool) -> bool:
    return moment.hour not in hours.quiet and (at_once or moment.hour == hours.hour)


def _hours(chat: Chat) -> _Hours:
    """The hour of delivery, or where that is a quiet one the end of the quiet hours."""
    hour, quiet = DEFAULT_HOUR if chat.hour is None else chat.hour, frozenset[int]()
    if chat.quiet_from is not None and chat.quiet_until is not None:
        length = (chat.quiet_until - chat.quiet_from) % 24
        quiet = frozenset((chat.quiet_from + number) % 24 for number in range(length))
        hour = chat.quiet_until if hour in quiet else hour
    return _Hours(hour, quiet)


def _zone(chat: Chat) -> ZoneInfo:
    try:
        return ZoneInfo(chat.zone or DEFAULT_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(DEFAULT_ZONE)
