"""What the data of a button says, signed: an action, a number, and the answer that it belongs to.

Button data comes back from the user's client, which may send what it likes. Sealed data opens only in the chat it was
made for, and only unchanged.
"""

from __future__ import annotations

import base64
import hmac
import re
from dataclasses import dataclass

_MAC = 8
"""Bytes of the signature that are kept; a guess has to be made online, one press each."""
_FORM = re.compile(r"([a-z])(\d{1,3})\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]{11})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Press:
    """What one button does."""

    action: str
    """One lower-case letter."""
    number: int
    """Which of several, from 0."""
    answer: str
    """Id of the answer that the button stands under."""


class Seal:
    """Signs and checks button data with a key of the process."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def close(self, press: Press, chat: int, owner: int = 0) -> str:
        """Button data for a message in `chat`; at most 33 of the 64 bytes that Telegram allows.

        With an `owner` it opens for them only.
        """
        data = f"{press.action}{press.number}.{press.answer}"
        return f"{data}.{self._sign(data, chat, owner)}"

    def open(self, sealed: str, chat: int, owner: int = 0) -> Press | None:
        """What the button does; None if this process never made that data for that chat, and that owner."""
        form = _FORM.fullmatch(sealed)
        if form is None:
            return None
        action, number, answer, mac = form.groups()
        if not hmac.compare_digest(mac, self._sign(f"{action}{number}.{answer}", chat, owner)):
            return None
        return Press(action, int(number), answer)

    def _sign(self, data: str, chat: int, owner: int) -> str:
        whose = f"{chat}/{owner}" if owner else f"{chat}"
        mac = hmac.digest(self._key, f"{whose}.{data}".encode(), "sha256")[:_MAC]
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")
