"""Requests to Telegram over aiohttp: one session, kept connections, and no error that tells the token.

The library's own request class is built on httpx, which does a third as many requests a second, and fewer the more of
them are under way.
"""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.log import Redactor
from bot.proxies import proxy_for

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming type of retry_after; else each 429 is a warning

_FAILURE = 300
_IDLE = 15.0
"""Seconds for which an unused connection is kept: shorter than servers keep theirs, or requests would meet its end."""
_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_TOKEN = re.compile(r"/bot(\d[^/]*)/")
_OURS = ("reply_markup", "entities", "link_preview_options", "reply_to_message")
"""What Telegram repeats of a message that we sent. Nobody reads it here, and reading takes longer than all the rest."""
_JSON = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
_FORM = {"Accept-Encoding": "identity"}


class Fault(Exception):  # noqa: N818 - it is the cause of an error, never raised by itself
    """What went wrong on the way, in a few words without the token."""

    def __init__(self, text: str, *, unsent: bool) -> None:
        super().__init__(text)
        self.unsent = unsent
        """True if the request surely did not reach the server."""


class PlainRequest(BaseRequest):
    """One attempt a request. An answer that is no JSON is a fault in few words: a proxy's page is not repeated."""

    __slots__ = ("_connect", "_connections", "_pool", "_read", "_session", "_write")

    def __init__(
        self,
        connections: int = 64,
        *,
        read_timeout: float = 30,
        write_timeout: float = 30,
        connect_timeout: float = 10,
        pool_timeout: float = 30,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; connections are made when they are needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(  # noqa: PLR0917 - the library's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request; what a server says beside the status of a failure counts only if it is JSON."""
        if self._session is None:
            raise RuntimeError("the request class is not initialized")
        files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _or(read_timeout, self._read),
            _or(write_timeout, self._write),
            _or(connect_timeout, self._connect),
            _or(pool_timeout, self._pool),
        )
        error: TelegramError
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_FORM if files or request_data is None else _JSON,
                timeout=timeout,
                proxy=_proxy(*urlsplit(url)[:2]),
                allow_redirects=False,  # whoever answered for Telegram must not be told the token elsewhere
            ) as response:
                status, body = response.status, await response.read()
        except TimeoutError as late:  # also those of aiohttp
            fault = _fault(late, url)
            error = TimedOut(f"Timed out: {fault}")
        except (aiohttp.ClientError, OSError) as broken:
            fault = _fault(broken, url)
            error = NetworkError(str(fault))
        else:
            return status, body if status < _FAILURE or body.startswith(b"{") else b"{}"
        raise error from fault  # here, where nothing of the client's own error, which names the address, hangs on to it

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The object in an answer."""
        try:
            found = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise TelegramError("an answer that is no JSON")
        result = found.get("result")
        if isinstance(result, dict) and "message_id" in result:
            for name in _OURS:
                result.pop(name, None)
        return found


def _body(request_data: RequestData | None) -> bytes | aiohttp.FormData | None:
    """The parameters as one JSON object; with files, as a form."""
    if request_data is None:
        return None
    if not request_data.contains_files:
        return json.dumps(request_data.parameters, ensure_ascii=False).encode("utf-8", "replace")
    form = aiohttp.FormData()
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _or(given: Any, default: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else default


@lru_cache(maxsize=64)
def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """The client has no time-out for writing alone: what is left of the whole is for it."""
    parts = (read, write, connect, pool)
    whole = None if any(part is None for part in parts) else sum(part or 0 for part in parts)
    reaching = None if connect is None or pool is None else connect + pool
    return aiohttp.ClientTimeout(total=whole, connect=reaching, sock_connect=connect, sock_read=read)


@lru_cache(maxsize=16)
def _proxy(scheme: str, host: str) -> str | None:
    return proxy_for(f"{scheme}://{host}")


def _fault(error: Exception, url: str) -> Fault:
    """The client's error in words, without the token of the address it was about."""
    found = _TOKEN.search(url)
    told = " ".join(f"{type(error).__name__} {error}".split())
    return Fault(Redactor(found[1] if found else "")(told), unsent=isinstance(error, _UNSENT))
