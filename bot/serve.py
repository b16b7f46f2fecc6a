"""Serving Telegram: from the first request to the last, and what ends it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import socket
from urllib.parse import urlsplit

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.app import Waybill, build, open_desk, running, services
from bot.beside import Job, beside
from bot.daily import daily
from bot.delivery import AT_ONCE, Sender
from bot.errors import FatalError
from bot.intake import Intake
from bot.lanes import Lanes
from bot.polling import REFUSED, Poller
from bot.proxies import proxy_for
from bot.request import PatientRequest, reason
from bot.settings import Settings
from bot.state import State, open_state
from bot.status import marking
from bot.tidying import tidying
from bot.updates import updating
from bot.uploads import Uploads
from bot.wire import PlainRequest
from handlers import UPDATES
from handlers.alarms import tell_of_refresh
from handlers.commands import publish
from handlers.context import Services
from handlers.unanswered import tell

log = logging.getLogger(__name__)
PICTURES = "pictures"
"""The folder of the home where pictures wait that the bot sends by itself."""


async def serve(
    settings: Settings,
    token: str,
    request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
    sending: BaseRequest | None = None,
) -> None:
    """Serve Telegram by long polling until a signal asks to stop; raises a `FatalError` when it cannot go on.

    Answers, updates and what the bot sends by itself have requests of their own: none waits for another's connection.
    """
    proxy_for(settings.api_url)  # says so now if the environment names one that cannot be used
    request = request or PatientRequest()
    sending = sending or PlainRequest(AT_ONCE)
    # Two connections: one that hangs must not keep the next request from being made.
    updates_request = updates_request or PlainRequest(2, read_timeout=30, connect_timeout=10, pool_timeout=10)
    host = urlsplit(settings.api_url).netloc
    stop = asyncio.Event()
    _stop_on_signals(stop)
    lanes = Lanes()
    url = settings.state_url.get_secret_value() if settings.state_url else None
    async with open_desk(settings.home) as desk, open_state(url, settings.home) as state:
        if warning := state.database.warning():
            log.warning("%s", warning)
        lent = services(desk, token.encode(), state, settings.admins)
        lent.uploads = Uploads(settings.home)
        application = build(
            token,
            settings.api_url,
            lent,
            request=request,
            updates_request=updates_request,
            lanes=lanes,
        )

        async def deliver(update: Update) -> None:
            await lanes.room()
            await application.update_queue.put(update)

        intake = Intake(state, application.bot, deliver)
        lanes.handle = intake.handle
        if isinstance(request, PatientRequest):
            request.before_sending = intake.before_sending
        poller = Poller(application.bot, updates_request, intake.accept, UPDATES)
        jobs = _jobs(settings, state, application, lent, sending=sending, poller=poller)
        try:
            async with running(application):
                await application.bot.delete_webhook()  # with one set, Telegram refuses to be polled
                await _publish_commands(application.bot, settings.admins)
                log.info("@%s answers in Telegram; stop with Ctrl-C", application.bot.username)
                if left := await intake.recover():
                    log.info("%d updates that were taken before are handled now", left)
                async with sending, beside(jobs):
                    await poller.run(stop)
                await poller.confirm()  # only now: after a 409 it would disturb the process that took over
        except InvalidToken:
            raise FatalError(f"{REFUSED} (asked at {host})") from None
        except TelegramError as error:
            raise FatalError(f"Telegram cannot be reached at {host}: {reason(error)}") from None


def _jobs(
    settings: Settings, state: State, application: Waybill, lent: Services, *, sending: BaseRequest, poller: Poller
) -> dict[str, Job]:
    """What goes on beside answering."""

    async def refreshed(lines: tuple[str, ...], changed: bool) -> None:
        if lines:
            await tell_of_refresh(application, settings.admins, lines)
        if changed:
            await tell(application, lent)

    request = application.bot.request
    besides = request.made if isinstance(request, PatientRequest) else lambda: 0
    owner = f"{socket.gethostname()}-{secrets.token_hex(4)}"
    sender = Sender(state, application.bot.base_url, sending, owner, settings.home / PICTURES, besides=besides)
    jobs = {
        "updates": updating(state, lent.desk, settings.home / PICTURES, owner, sender.wake),
        "sending": sender.run,
        "tidying": tidying(state),
        "the mark of the last answer": marking(state, lambda: poller.answered),
    }
    if settings.refresh_hour is not None:
        jobs["the daily refresh"] = daily(settings, settings.refresh_hour, refreshed).run
    return jobs


async def _publish_commands(bot: Bot, admins: frozenset[int]) -> None:
    """Keep menus and descriptions as they should be; without them the bot is as good."""
    try:
        await publish(bot, admins)
    except TelegramError as error:
        log.warning("the menus of commands could not be set: %s", reason(error))


def _stop_on_signals(stop: asyncio.Event) -> None:
    """Stop gracefully on the first Ctrl-C or SIGTERM; a second one is not held back."""
    loop = asyncio.get_running_loop()

    def ask_to_stop(number: int) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ask_to_stop, number)
