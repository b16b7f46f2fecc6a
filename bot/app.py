"""The application put together: services, handlers, and the order in which they start and end."""

from __future__ import annotations

import hmac
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias, cast

from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import BaseRequest

from bot.home import today
from bot.lanes import Lanes
from handlers import every_handler
from handlers.around import around
from handlers.context import Context, Desk, Services
from handlers.errors import failed
from handlers.flood import Guard
from handlers.keep import Keep
from handlers.recent import Recent
from handlers.seal import Seal
from knowledge.desk import Desk as FactDesk

Waybill: TypeAlias = "Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Services, None]"

CONVERSATIONS, CONVERSATION_LASTS = 10_000, 6 * 3600.0
ANSWERS, ANSWER_LASTS = 20_000, 48 * 3600.0
"""Telegram lets a question be edited for 48 hours."""


ALARMS, ALARM_LASTS = 100, 600.0
CHATS, CHAT_LASTS = 20_000, 60.0
"""Another process may change a chat's settings: they are looked at again after a minute."""


def services(desk: Desk, secret: bytes, keep: Keep, admins: frozenset[int] = frozenset()) -> Services:
    """What the handlers are lent. Buttons are signed with a key of their own, made from the process's secret."""
    return Services(
        desk=desk,
        seal=Seal(hmac.digest(secret, b"waybill buttons", "sha256")),
        keep=keep,
        today=today,
        clock=time.time,
        admins=admins,
        chats=Recent(CHATS, CHAT_LASTS, time.monotonic),
        guard=Guard(time.monotonic),
        around=around(time.monotonic),
        alarms=Recent(ALARMS, ALARM_LASTS, time.monotonic),
        talks=Recent(CONVERSATIONS, CONVERSATION_LASTS, time.monotonic),
        by_question=Recent(ANSWERS, ANSWER_LASTS, time.monotonic),
        by_id=Recent(ANSWERS, ANSWER_LASTS, time.monotonic),
    )


def build(
    token: str,
    api_url: str,
    lent: Services,
    *,
    request: BaseRequest,
    updates_request: BaseRequest,
    lanes: Lanes | None = None,
) -> Waybill:
    """The application with its handlers, over the given ways to make requests; it fetches no updates by itself."""
    lanes = lanes or Lanes()
    lent.waiting = lanes.waiting
    types = ContextTypes(context=Context, bot_data=cast("type[Services]", lambda: lent))  # called to make one, no more
    application = (
        Application.builder()
        .token(token)
        .base_url(api_url)
        .base_file_url(f"{api_url.removesuffix('/bot')}/file/bot")
        .request(request)
        .get_updates_request(updates_request)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(lanes)
        .context_types(types)
        .build()
    )
    application.add_handlers(every_handler())
    application.add_error_handler(failed)
    return application


@asynccontextmanager
async def open_desk(home: Path) -> AsyncIterator[FactDesk]:
    """The desk with its thread and its connection, for as long as the block lasts."""
    desk = FactDesk(home, today)
    await desk.start()
    try:
        yield desk
    finally:
        await desk.close()


@asynccontextmanager
async def running(application: Waybill) -> AsyncIterator[None]:
    """The application, ready for updates; what it has taken on is finished before it ends."""
    try:
        await application.initialize()
        await application.start()
        yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()
        await application.bot.shutdown()  # the application forgets it if its own start failed
