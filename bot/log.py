"""Logging that never tells the bot's token.

The token is part of every address that the Bot API is called by, so it turns up where nobody put it: in the HTTP
client's log lines, in the texts of its errors, in `repr(bot)`. Everything that leaves this process as text for people
(log lines, tracebacks, error lines) goes through one `Redactor`.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import IO

HIDDEN = "[token]"
_LIKE_A_TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{35,}")
"""What Telegram's tokens look like, also percent-encoded; one that is not ours is a secret too."""
_SHORTEST_SECRET = 12
"""The part of a token behind its colon is hidden by itself from this length on; shorter ones are words by chance."""


class Redactor:
    """Replaces tokens in a text: the one that was configured, and anything that looks like one."""

    def __init__(self, token: str = "") -> None:
        number, _, secret = token.partition(":")
        forms = [token, f"{number}%3A{secret}", f"{number}%3a{secret}"] if secret else [token]
        if len(secret) >= _SHORTEST_SECRET:
            forms.append(secret)
        self._forms = tuple(form for form in forms if form)

    def __call__(self, text: str) -> str:
        """The text without any token."""
        for form in self._forms:
            text = text.replace(form, HIDDEN)
        return _LIKE_A_TOKEN.sub(HIDDEN, text)

    def __repr__(self) -> str:
        return "Redactor()"


class RedactingFormatter(logging.Formatter):
    """A formatter that redacts the finished line: message, arguments, traceback and stack alike.

    A filter would not do: filters of a logger are not asked about the records of its children, and none of them sees
    the traceback.
    """

    def __init__(self, redact: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without any token."""
        return self._redact(super().format(record))


def set_up(token: str = "", stream: IO[str] | None = None) -> logging.Handler:
    """Log to standard error (or `stream`), without tokens; uncaught errors too. Returns the handler."""
    for chatty in ("httpx", "httpcore"):  # at INFO they log each address, and with it the token
        logging.getLogger(chatty).setLevel(logging.WARNING)
    redact = Redactor(token)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(redact))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for ours in ("bot", "handlers", "knowledge"):
        logging.getLogger(ours).setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    _redact_uncaught(redact)
    return handler


def _redact_uncaught(redact: Redactor) -> None:
    """Print uncaught errors, of any thread, without tokens."""

    def show(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))

    def show_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            show(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = show
    threading.excepthook = show_thread
