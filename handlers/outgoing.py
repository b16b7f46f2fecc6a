"""Sending a message by the shortest way: what the library would make of the answer, nobody here looks at.

The library's own method turns the keyboard into data attribute by attribute, and Telegram's copy of the message into
objects: half of what an answer costs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError
from telegram.request import RequestData

if TYPE_CHECKING:
    from telegram.request._requestparameter import RequestParameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a request, as the library's own: without files."""

    name: str
    value: Any
    input_files: None = None
    multipart_data: None = None

    @property
    def json_value(self) -> str:
        """As text."""
        return self.value if isinstance(self.value, str) else json.dumps(self.value)


async def send_message(bot: Bot, parameters: Mapping[str, Any]) -> int:
    """Send a message with these parameters of the Bot API, but for those that are None; its id."""
    given = [Parameter(name, value) for name, value in parameters.items() if value is not None]
    data = RequestData(cast("list[RequestParameter]", given))
    sent = await bot.request.post(f"{bot.base_url}/sendMessage", data)
    if not isinstance(sent, dict) or "message_id" not in sent:
        raise TelegramError("an answer that is no message")
    return int(sent["message_id"])


def plain(keyboard: InlineKeyboardMarkup | ForceReply | None) -> dict[str, Any] | None:
    """A keyboard as data."""
    if isinstance(keyboard, InlineKeyboardMarkup):
        return {"inline_keyboard": [[_plain(button) for button in row] for row in keyboard.inline_keyboard]}
    return keyboard.to_dict() if keyboard else None


def _plain(button: InlineKeyboardButton) -> dict[str, Any]:
    simple = isinstance(button.callback_data, str) and not (button.style or button.icon_custom_emoji_id)
    return {"text": button.text, "callback_data": button.callback_data} if simple else button.to_dict()
