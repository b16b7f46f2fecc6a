"""Telling the admins in Telegram what needs a look."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.polling import REFUSED
from bot.request import PatientRequest, reason
from bot.settings import Settings
from handlers.alarms import tell_of_refresh

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Alone:
    """A bot without an application."""

    bot: Bot


def alert_of(settings: Settings, request: BaseRequest | None = None) -> Callable[[Sequence[str]], None] | None:
    """What tells the admins, from a process that serves nobody; None without a token or without admins."""
    if settings.token is None or not settings.admins:
        return None
    token = settings.token.get_secret_value()

    async def tell(lines: Sequence[str]) -> None:
        try:
            async with Bot(token, settings.api_url, request=request or PatientRequest()) as bot:
                await tell_of_refresh(_Alone(bot), settings.admins, lines)
        except InvalidToken:  # its text has the token in it
            log.warning("the admins cannot be told: %s", REFUSED)
        except TelegramError as error:
            log.warning("the admins cannot be told: %s", reason(error))

    return lambda lines: asyncio.run(tell(lines))
