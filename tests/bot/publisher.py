"""A publisher's server on this machine: serves what it is told to, as badly as it is told to."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Act = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; the server's table says what to do with it."""

    server: Server

    def do_GET(self) -> None:
        """Do what the table says; what it does not list is not there."""
        self.server.seen.append((self.path, dict(self.headers.items())))
        act = self.server.acts.get(self.path, missing)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            act(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """Paths → what happens there; and what was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.acts: dict[str, Act] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.server_port}"

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(one == path for one, _ in self.seen)


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """A server for the time of a test."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def missing(request: Request) -> None:
    """As TIM's site says that there is nothing."""
    request.answer(404, b"<!DOCTYPE html><html><body>404</body></html>", Content_Type="text/html")


def file(path: Path, tag: str = "") -> Act:
    """The file; with a tag, not again to whoever has it."""

    def act(request: Request) -> None:
        if tag and request.headers["If-None-Match"] == tag:
            request.send_response(304)
            request.end_headers()
        else:
            request.answer(200, path.read_bytes(), **({"ETag": tag} if tag else {}))

    return act


def says(status: int, content: bytes = b"", **headers: str) -> Act:
    """Always the same."""
    return lambda request: request.answer(status, content, **headers)


def broken(path: Path, share: float) -> Act:
    """Promises the whole file and breaks off."""

    def act(request: Request) -> None:
        content = path.read_bytes()
        request.send_response(200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content[: int(len(content) * share)])

    return act


def dripping(path: Path, pause: float) -> Act:
    """A few bytes at a time."""

    def act(request: Request) -> None:
        content = path.read_bytes()
        request.send_response(200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        for at in range(0, len(content), 512):
            request.wfile.write(content[at : at + 512])
            request.wfile.flush()
            time.sleep(pause)

    return act


def silent(seconds: float) -> Act:
    """Takes the request and says nothing."""
    return lambda _: time.sleep(seconds)


def after(*acts: Act) -> Act:
    """One after the other; the last one stays."""
    left = list(acts)

    def act(request: Request) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        now(request)

    return act


def endless(request: Request) -> None:
    """Never stops, and promises nothing."""
    request.send_response(200)
    request.end_headers()
    for _ in range(1000):
        request.wfile.write(b"PK" + b"x" * (1 << 16))
