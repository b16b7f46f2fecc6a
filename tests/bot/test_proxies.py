"""The proxy that the environment names."""

import asyncio

import pytest

from bot import wire
from bot.errors import FatalError
from bot.proxies import proxy_for
from bot.wire import PlainRequest

API = "https://api.telegram.org/bot"


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, API, None),
        ({"HTTPS_PROXY": "http://p:3128"}, API, "http://p:3128"),
        ({"https_proxy": "http://p:3128"}, API, "http://p:3128"),
        ({"HTTPS_PROXY": "p:3128"}, API, "http://p:3128"),
        ({"HTTPS_PROXY": "http://user:word@p:3128"}, API, "http://user:word@p:3128"),
        ({"HTTP_PROXY": "http://p:3128"}, API, None),
        ({"HTTP_PROXY": "http://p:3128"}, "http://10.0.0.1:8081/bot", "http://p:3128"),
        ({"ALL_PROXY": "http://p:3128"}, API, "http://p:3128"),
        ({"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://p:2"}, API, "http://p:2"),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "telegram.org"}, API, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "*"}, API, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "example.org"}, API, "http://p:3128"),
        ({"HTTPS_PROXY": ""}, API, None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    """By the address's scheme, else the one for all; hosts can be left out."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy


def test_a_proxy_of_another_kind_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Better than requests that go around it."""
    monkeypatch.setenv("ALL_PROXY", "socks5://user:word@p:1080")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(FatalError, match="socks5") as caught:
        proxy_for(API)
    assert "word" not in str(caught.value)


async def test_requests_go_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told the whole address, as proxies are."""
    lines = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok": true, "result": 1}')
        writer.close()

    serving = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = serving.sockets[0].getsockname()[1]
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    wire._proxy.cache_clear()
    async with PlainRequest() as request:
        assert await request.post("http://far.example/bot1:x/getMe") == 1
    wire._proxy.cache_clear()
    serving.close()
    assert lines == ["POST http://far.example/bot1:x/getMe HTTP/1.1"]
