"""The local chat: the same application and handlers as in Telegram, with a terminal in Telegram's place."""

from __future__ import annotations

import asyncio
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import IO

from rich.console import Console
from telegram import Update

from bot.app import Waybill, build, open_desk, running, services
from bot.local import API_URL, TOKEN, LocalRequest
from bot.progress import prepare
from bot.screen import Output, Terminal
from bot.state import open_state
from handlers.context import Desk
from handlers.keep import Keep

GREETING = "Waybill, the local chat. Ask in your own words; a number presses a button; /help helps, /quit ends."
STATE = "chat.db"
"""What this chat keeps, apart from what the bot keeps of Telegram's chats."""
_BUTTON = re.compile(r"#?(\d{1,2})")
_END = ("/quit", "/exit")


class Chat:
    """One person's chat with the bot."""

    def __init__(self, desk: Desk, keep: Keep, console: Console, pictures: Path) -> None:
        self._screen = Terminal(console)
        self._api = LocalRequest(self._screen, pictures)
        lent = services(desk, secrets.token_bytes(32), keep)
        self.application: Waybill = build(TOKEN, API_URL, lent, request=self._api, updates_request=self._api)

    async def say(self, line: str) -> bool:
        """Send a line, or press the button that it names; False if it ends the chat."""
        line = line.strip()
        if line in _END:
            return False
        if not line:
            return True
        number = _BUTTON.fullmatch(line)
        if number and 0 < int(number[1]) <= len(self._screen.buttons):
            raw = self._api.press(self._screen.buttons[int(number[1]) - 1])
        elif number and line.startswith("#"):
            self._screen.notice(f"there is no button {line}")
            return True
        else:
            raw = self._api.receive(line)
        await self.application.process_update(Update.de_json(raw, self.application.bot))
        return True


def chat(home: Path) -> None:
    """Talk in the terminal until the end of the input; piped lines are answered one after the other."""
    prepare(home)
    talking = sys.stdin.isatty()
    console = Output(highlight=False)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            session = runner.run(_open(stack, home, console))
            if talking:
                console.print(GREETING, style="dim")
                runner.run(session.say("/start"))
            for line in _typed() if talking else _piped(sys.stdin.buffer):
                if not runner.run(session.say(line)):
                    break
        except KeyboardInterrupt:
            console.print()
        finally:
            runner.run(stack.aclose())


async def _open(stack: AsyncExitStack, home: Path, console: Console) -> Chat:
    desk = await stack.enter_async_context(open_desk(home))
    state = await stack.enter_async_context(open_state(None, home, file=STATE))
    session = Chat(desk, state, console, home / "pictures")
    await stack.enter_async_context(running(session.application))
    return session


def _typed() -> Iterator[str]:
    """Lines from the terminal, with editing and history where Python has them."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - changes what input() can do
    while True:
        try:
            yield input("> ")
        except EOFError:
            print()  # noqa: T201 - the line that Ctrl-D leaves open
            return


def _piped(stream: IO[bytes]) -> Iterator[str]:
    for line in stream:
        yield line.decode("utf-8", "replace")
