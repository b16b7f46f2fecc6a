"""Fetches a file from a publisher's server, whatever the server does: slow, broken, busy, too large, unchanged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx
import stamina

from bot.errors import FatalError

LIMIT = 8 * 1024 * 1024
"""Bytes of one file; TIM's workbooks have some 50,000."""
_TAGS = "fetched.json"
_MOST_WAIT = 30.0
"""Seconds that a server may ask us to wait before we try again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server, and how often to try."""

    attempts: int = 4
    wait: float = 0.5
    """Seconds before the second attempt; twice that before the third, and so on, with some jitter."""
    longest: float = 8.0
    """Seconds between two attempts at most, unless the server asks for more."""
    connect: float = 10.0
    silence: float = 20.0
    """Seconds without a byte."""
    whole: float = 120.0
    """Seconds for one attempt, however steadily the bytes drip."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of it."""

    status: Literal["new", "same", "missing"]
    url: str
    tags: tuple[tuple[str, str], ...] = ()
    """What makes the next request a conditional one."""


class UnreachableError(FatalError):
    """A server that cannot be reached, or does not do its work, after several attempts."""


class _Busy(Exception):  # noqa: N818 - a reason to try again
    """The server says that it cannot just now."""

    def __init__(self, status: int, after: float | None) -> None:
        super().__init__(f"it answers {status}")
        self.after = after


class Fetcher:
    """Fetches files one after the other, and remembers in the home which of them it has seen."""

    def __init__(self, home: Path, patience: Patience, tick: Callable[[int, int], None]) -> None:
        self._file = home / _TAGS
        self._patience = patience
        self._tick = tick
        self._client = httpx.Client(
            timeout=httpx.Timeout(patience.silence, connect=patience.connect),
            follow_redirects=True,
            max_redirects=5,
            headers={"User-Agent": "waybill-bot"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(self, url: str, to: Path, *, again: bool) -> Fetched:
        """Get a file; one that was got before and has not changed only if wanted `again`.

        Raises UnreachableError, or FatalError if there is no use in trying once more.
        """
        stamina.instrumentation.set_on_retry_hooks([])  # they would log every attempt
        patience = self._patience
        try:
            for attempt in stamina.retry_context(
                on=_again,
                attempts=patience.attempts,
                timeout=None,
                wait_initial=patience.wait,
                wait_max=patience.longest,
                wait_jitter=patience.wait,
            ):
                with attempt:
                    return self._once(url, to, {} if again else self._known().get(url, {}))
        except httpx.TooManyRedirects as error:
            raise UnreachableError(f"{url} sends us round in circles") from error
        except (httpx.HTTPError, httpx.InvalidURL, _Busy) as error:
            raise UnreachableError(f"{url} cannot be fetched: {_why(error)}; try again later") from error
        raise AssertionError("unreachable")  # pragma: no cover - the loop ends with a result or an error

    def remember(self, fetched: Fetched) -> None:
        """That a file was taken in: it need not be sent again."""
        known = self._known() | {fetched.url: dict(fetched.tags)}
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(known, indent=1), "utf-8")
        new.replace(self._file)

    def _once(self, url: str, to: Path, condition: dict[str, str]) -> Fetched:
        ends = time.monotonic() + self._patience.whole
        with self._client.stream("GET", url, headers=condition) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched("same", url)
            if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
                return Fetched("missing", url)
            if response.status_code >= 500 or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                raise _Busy(response.status_code, _after(response))
            if response.status_code != httpx.codes.OK:
                raise FatalError(f"{url} cannot be fetched: the server answers {response.status_code}")
            self._save(response, url, to, ends)
            tags = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
            return Fetched(
                "new", url, tuple((ours, response.headers[its]) for ours, its in tags if its in response.headers)
            )

    def _save(self, response: httpx.Response, url: str, to: Path, ends: float) -> None:
        length = response.headers.get("content-length", "")
        of, done = int(length) if length.isdecimal() else 0, 0
        with to.open("wb") as file:
            for block in response.iter_bytes(1 << 16):
                done += len(block)
                if max(done, of) > LIMIT:
                    raise FatalError(f"{url} is larger than {LIMIT:,} bytes, which no workbook of theirs is")
                if time.monotonic() > ends:
                    raise httpx.ReadTimeout("the file came too slowly", request=response.request)
                file.write(block)
                self._tick(done, max(of, done))

    def _known(self) -> dict[str, dict[str, str]]:
        with suppress(OSError, ValueError, TypeError, AttributeError):
            known = json.loads(self._file.read_text("utf-8"))
            return {str(url): {str(tag): str(value) for tag, value in tags.items()} for url, tags in known.items()}
        return {}


def _again(error: Exception) -> bool | float:
    if isinstance(error, _Busy):
        return True if error.after is None else min(error.after, _MOST_WAIT)
    return isinstance(error, httpx.TransportError | httpx.DecodingError) and not isinstance(
        error, httpx.UnsupportedProtocol
    )


def _after(response: httpx.Response) -> float | None:
    """Seconds that the server asks us to wait."""
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isdecimal() else None


def _why(error: Exception) -> str:
    match error:
        case httpx.TimeoutException():
            return "the server is too slow"
        case httpx.ConnectError():
            return "the server cannot be reached"
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return "the connection broke off"
        case _Busy():
            return str(error)
    return f"{type(error).__name__}"
