"""What went wrong while an update was handled: one apology to the user, the trace to log and admins, an id for both."""

from __future__ import annotations

import logging
import secrets

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from handlers.alarms import alarm
from handlers.context import Context, place_of
from handlers.markup import paragraph
from handlers.refusals import shut_out
from handlers.replies import say

log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log the error, and apologise if the user can be reached. The log gets no text of the user."""
    error = context.error
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(error, Forbidden | ChatMigrated) or (isinstance(error, BadRequest) and shut_out(error)):
        log.info("update %s: the chat cannot be written to: %s", number, error.message)
        return
    if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
        log.warning("update %s: the answer may not have arrived: %s", number, error.message)
        return
    error_id = secrets.token_hex(4)
    log.error("error %s in update %s", error_id, number, exc_info=error)
    if isinstance(update, Update):
        await _apologise(update, context, error_id)
    if error is not None:
        await alarm(context, error, error_id, number)


async def _apologise(update: Update, context: Context, error_id: str) -> None:
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or update.guest_message:
        return
    try:
        text = context.words(user)("failed", id=error_id)
        await say(context, place_of(message, user.id), [paragraph(text)])
    except TelegramError as error:
        log.warning("error %s: no apology could be sent: %s", error_id, error.message)
