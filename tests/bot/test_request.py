"""Requests over real sockets: those that are made again, those that must not be, and what their errors tell."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.request import PAUSES, PatientRequest, method_name, reason
from bot.wire import PlainRequest

MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
TOKEN = "123456:AAsecret-secret-secret-secret-secret-secret"  # noqa: S105 - opens nothing
Outcome = str | tuple[int, object]
"""A status with a body; or `close`: the connection, without an answer; `half`: in its middle; `hang`: for ever."""


def flood(seconds: int) -> Outcome:
    """What Telegram says when requests come too fast."""
    return 429, {"description": "Too Many Requests", "parameters": {"retry_after": seconds}}


class Server:
    """Speaks HTTP on a socket of this machine: its outcomes one after the other, then success."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        self.heads: list[str] = []
        self.connections = 0
        self.url = ""
        self._open: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        self._open.add(writer)
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                length = next((int(line[15:]) for line in head.splitlines() if line.startswith("Content-Length:")), 0)
                self.bodies.append(await reader.readexactly(length))
                self.heads.append(head)
                self.asked.append(method_name(head.split()[1]))
                if not await self._answer(writer, self.outcomes.pop(0) if self.outcomes else (200, {})):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, outcome: Outcome) -> bool:
        if outcome == "hang":
            await asyncio.Event().wait()
        if isinstance(outcome, str):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{" if outcome == "half" else b"")
            return False
        status, body = outcome
        if isinstance(body, dict):
            result = MESSAGE if self.asked[-1].startswith(("send", "edit")) else True
            body = json.dumps({"ok": status == 200, "result": result} | body)
        raw = str(body).encode()
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw)
        await writer.drain()
        return True


@asynccontextmanager
async def listening(server: Server) -> AsyncIterator[Server]:
    """The server on a port of its own."""
    serving = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{serving.sockets[0].getsockname()[1]}/bot"
    try:
        yield server
    finally:
        serving.close()
        for writer in server._open:
            writer.close()


@asynccontextmanager
async def bot(server: Server, attempts: int = 5) -> AsyncIterator[Bot]:
    """A bot whose requests go to `server`, with little time and without any pause between attempts."""
    async with listening(server), PatientRequest((0.0,) * (attempts - 1), read_timeout=0.2) as request:
        yield Bot(TOKEN, server.url, request=request)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Straight to the server, whatever the environment says."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr("bot.wire._proxy", lambda _scheme, _host: None)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def chain(error: BaseException | None) -> str:
    """All that a log with traces could tell of an error."""
    told = ""
    while error:
        told += repr(error) + str(error)
        error = error.__cause__ or error.__context__
    return told


@pytest.mark.parametrize(
    "fault",
    [
        (500, {"description": "Internal Server Error: restart"}),
        (502, "<html>Bad Gateway</html>"),
        (504, {"description": "Gateway Timeout"}),
        flood(0),
    ],
    ids=str,
)
async def test_faults_that_pass_are_waited_out(fault: Outcome, caplog: pytest.LogCaptureFixture) -> None:
    """A message that Telegram could not take is sent again; each fault is a line."""
    server = Server(fault, fault)
    async with bot(server) as someone:
        assert (await someone.send_message(1, "x")).message_id == 1
    assert server.asked == ["sendMessage"] * 3
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.request"]
    assert len(lines) == 2
    assert all(line.startswith("sendMessage: ") and "again in 0 s" in line and "\n" not in line for line in lines)
    assert "secret" not in caplog.text


async def test_what_did_not_reach_telegram_is_sent_again(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody listens: surely not sent, whatever the method; the errors tell the host and not the token."""
    url = f"http://127.0.0.1:{free_port()}/bot"
    async with PatientRequest((0.0, 0.0)) as request:
        with pytest.raises(NetworkError) as caught:
            await Bot(TOKEN, url, request=request).send_message(1, "x")
    assert len(caplog.records) == 2
    assert "127.0.0.1" in caught.value.message
    assert "ClientConnectorError" in reason(caught.value)
    assert "secret" not in chain(caught.value) + caplog.text


@pytest.mark.parametrize("fault", ["close", "half", "hang"])
async def test_a_message_that_may_have_arrived_is_not_sent_twice(fault: str) -> None:
    """Telegram has no way to ask whether it did; and the error does not tell the token."""
    server = Server(fault)
    async with bot(server) as someone:
        with pytest.raises(NetworkError) as caught:
            await someone.send_message(1, "x")
    assert server.asked == ["sendMessage"]
    assert isinstance(caught.value, TimedOut) == (fault == "hang")
    assert "secret" not in chain(caught.value)


async def test_a_connection_that_takes_too_long_is_surely_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's own words for it have the whole address in them; ours do not."""

    async def never(*_: Any, **__: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("aiohttp.TCPConnector._create_connection", never)
    async with PatientRequest((0.0,), connect_timeout=0.05, pool_timeout=0) as request:
        with pytest.raises(TimedOut) as caught:
            await Bot(TOKEN, "http://127.0.0.1:1/bot", request=request).send_message(1, "x")
    assert getattr(caught.value.__cause__, "unsent", None) is True
    assert "127.0.0.1" in chain(caught.value)
    assert "secret" not in chain(caught.value)


async def test_what_can_be_repeated_is_repeated() -> None:
    """An edit has the same effect once and twice."""
    server = Server("close", "half", "hang")
    async with bot(server) as someone:
        await someone.edit_message_text("x", 1, 1)
    assert server.asked == ["editMessageText"] * 4


@pytest.mark.parametrize(
    ("outcome", "error"),
    [
        ((400, {"description": "Bad Request: chat not found"}), BadRequest),
        ((403, {"description": "Forbidden: bot was blocked by the user"}), Forbidden),
        (flood(10072), RetryAfter),
    ],
)
async def test_what_does_not_pass_is_said_at_once(outcome: Outcome, error: type[Exception]) -> None:
    """Refusals, and floods that nobody would wait for."""
    server = Server(outcome)
    async with bot(server) as someone:
        with pytest.raises(error):
            await someone.send_message(1, "x")
    assert len(server.asked) == 1


async def test_patience_ends() -> None:
    """After the last attempt the fault is the outcome."""
    server = Server(*["close"] * 9)
    async with bot(server, attempts=3) as someone:
        with pytest.raises(NetworkError):
            await someone.get_me()
    assert len(server.asked) == 3


@pytest.mark.parametrize("body", ['{"ok":tr', "[1]", "", "<html>page</html>"])
async def test_a_body_that_is_no_json_is_a_fault_like_any_other(body: str, caplog: pytest.LogCaptureFixture) -> None:
    """A flood without its number, and then a success that was spoilt: few words, no trace, no body."""
    server = Server((429, "<html>slow down</html>"), (200, body))
    async with bot(server) as someone:
        with pytest.raises(TelegramError, match="no JSON") as caught:
            await someone.send_message(1, "x")
    assert len(server.asked) == 2
    assert "page" not in str(caught.value)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


async def test_a_failure_without_json_is_its_status() -> None:
    """The page of a proxy is not repeated."""
    async with bot(Server((502, "<html>\r\n<h1>nginx</h1>")), attempts=1) as someone:
        with pytest.raises(NetworkError) as caught:
            await someone.get_me()
    assert caught.value.message == "Bad Gateway (502)"


async def test_nobody_is_led_elsewhere() -> None:
    """A redirect is not followed: the address is a secret."""
    server = Server((302, "moved"))
    async with bot(server) as someone:
        with pytest.raises(NetworkError):
            await someone.get_me()
    assert len(server.asked) == 1


async def test_connections_are_kept() -> None:
    """Requests one after the other share one."""
    server = Server()
    async with bot(server) as someone:
        for _ in range(5):
            await someone.send_message(1, "ş <b>ї</b> 🙂", parse_mode="HTML")
    assert server.connections == 1
    assert json.loads(server.bodies[0]) == {"chat_id": 1, "text": "ş <b>ї</b> 🙂", "parse_mode": "HTML"}
    assert "application/json" in server.heads[0]


async def test_files_go_as_a_form() -> None:
    """A picture with its caption, and keyboards as JSON."""
    server = Server()
    async with bot(server) as someone:
        await someone.send_photo(1, InputFile(b"\x89PNG...", "chart.png"), caption="çay")
    assert "multipart/form-data" in server.heads[0]
    assert b'filename="chart.png"' in server.bodies[0]
    assert b"\x89PNG..." in server.bodies[0]
    assert "çay".encode() in server.bodies[0]


async def test_it_can_be_opened_again() -> None:
    """Fresh connections after a fault; and none without a session."""
    request = PlainRequest()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post("http://127.0.0.1:1/bot1:x/getMe")
    server = Server()
    async with listening(server):
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert await request.post(f"{server.url}1:x/getMe") is True
            await request.shutdown()
            await request.shutdown()
    assert server.connections == 2
    assert request.read_timeout == 30


def test_pauses_grow_and_end_soon() -> None:
    """A start without a network fails within seconds."""
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES) < 10
    assert issubclass(TimedOut, NetworkError)


def test_the_method_of_an_address() -> None:
    """Without the token."""
    assert method_name("https://api.telegram.org/bot1:token/getUpdates?offset=1&x=/y") == "getUpdates"
