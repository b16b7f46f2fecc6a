"""The local chat: the same application, in a terminal."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.console import Console
from telegram import InputFile
from telegram.error import BadRequest, InvalidToken

from bot.app import running
from bot.chat import Chat
from bot.state import open_state
from handlers.keep import Keep
from knowledge.answer import Status
from tests.handlers.scripted import ScriptedDesk, reply

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


class Talk:
    """A chat and what stands on its screen."""

    def __init__(self, desk: ScriptedDesk, keep: Keep, folder: Path, *, terminal: bool) -> None:
        self.file = io.StringIO()
        console = Console(file=self.file, force_terminal=terminal, highlight=False, width=80)
        self.chat = Chat(desk, keep, console, folder / "pictures")
        self.desk = desk

    async def says(self, line: str) -> str:
        """What a line brings to the screen."""
        before = len(self.file.getvalue())
        assert await self.chat.say(line)
        return self.file.getvalue()[before:]


@pytest.fixture(params=[False, True], ids=["pipe", "terminal"])
async def talk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Talk]:
    """A chat on a terminal, and one through a pipe."""
    async with open_state(None, tmp_path) as state:
        made = Talk(ScriptedDesk(), state, tmp_path, terminal=request.param)
        async with running(made.chat.application):
            yield made


@pytest.fixture
async def pipe(tmp_path: Path) -> AsyncIterator[Talk]:
    """A chat through a pipe."""
    async with open_state(None, tmp_path) as state:
        made = Talk(ScriptedDesk(), state, tmp_path, terminal=False)
        async with running(made.chat.application):
            yield made


async def test_a_piped_question_is_answered_plainly(pipe: Talk) -> None:
    """No colours, no line breaks of ours, addresses written out, buttons as numbers."""
    pipe.desk.replies["how much?"] = reply(
        "\ue000$59.1 million\ue001 & more" + " and more" * 20, suggestions=("and Poland?",)
    )
    shown = re.sub(r"Receipt \w{8}\n", "Receipt 0\n", await pipe.says("how much?\n"))
    assert shown == (
        "$59.1 million & more" + " and more" * 20 + "\n\n"
        "Sources: [1] Daily <Sabah>, April 2022 (https://example.org/a?b=1&c=2)\n\n"
        "Receipt 0\n"
        "  #1 A year earlier\n  #2 Sources in full  #3 CSV  #4 Cite\n"
        "  #5 👍  #6 👎  #7 Follow this\n  #8 and Poland?\n\n"
    )


async def test_a_terminal_shows_bold_and_links(tmp_path: Path) -> None:
    """As a terminal can: escape sequences for bold and for hyperlinks."""
    desk = ScriptedDesk({"how much?": reply("\ue000$59.1 million\ue001 & more")})
    async with open_state(None, tmp_path) as state:
        talk = Talk(desk, state, tmp_path, terminal=True)
        async with running(talk.chat.application):
            text = await talk.says("how much?")
    assert "\x1b[1m$59.1 million\x1b[0m & more" in text
    assert ";https://example.org/a?b=1&c=2\x1b\\" in text


async def test_numbers_press_buttons(talk: Talk) -> None:
    """With and without #; they are those of the newest message that has any."""
    talk.desk.replies["one"] = reply("One.", suggestions=("and Poland?",))
    await talk.says("one")
    assert "and Poland?" in await talk.says("#8")
    assert talk.desk.asked[-1][0] == "and Poland?"
    assert "The sources in full" in await talk.says("2")
    await talk.says(" 1 ")
    assert talk.desk.asked[-1][0] == "and a year earlier?"


async def test_a_number_without_its_button(talk: Talk) -> None:
    """#9 is said to be missing; a bare number is a text like any other."""
    await talk.says("one")
    assert "there is no button #9" in await talk.says("#9")
    assert [text for text, *_ in talk.desk.asked] == ["one"]
    await talk.says("2022")
    await talk.says("9")
    assert [text for text, *_ in talk.desk.asked] == ["one", "2022", "9"]


async def test_a_conversation_and_commands(talk: Talk) -> None:
    """The handlers are those of Telegram."""
    await talk.says("one")
    await talk.says("two")
    assert talk.desk.asked[-1][1] == "after Answer to: one"
    assert "#1 " in await talk.says("/start")
    assert "/hlep" in await talk.says("/hlep")


async def test_it_ends_when_it_is_told_to(talk: Talk) -> None:
    """Empty lines do nothing."""
    assert await talk.says("\n") == ""
    for line in ("/quit", "/exit\n", " /quit "):
        assert await talk.chat.say(line) is False


async def test_an_edited_message_is_shown_again(pipe: Talk) -> None:
    """A choice turns into its answer."""
    pipe.desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, ("Turkey?",))
    await pipe.says("turky")
    assert (await pipe.says("#1")).startswith("(edited)\nTurkey?\n\nAnswer to: Turkey?\n")


async def test_a_notice_is_shown(pipe: Talk) -> None:
    """What Telegram would show over the chat."""
    await pipe.says("one")
    pipe.chat.application.bot_data.by_id.clear()
    await pipe.chat.application.bot_data.keep.chats.delete(1)
    assert (await pipe.says("#1")).startswith("(I no longer have this answer")


async def test_a_picture_is_saved_and_its_path_shown(talk: Talk, tmp_path: Path) -> None:
    """With its caption."""
    bot = talk.chat.application.bot
    await bot.send_photo(1, InputFile(PNG, "chart.png"), caption="<b>Exports</b> by year", parse_mode="HTML")
    (path,) = (tmp_path / "pictures").iterdir()
    assert path.read_bytes() == PNG
    shown = talk.file.getvalue().replace("\n", "")
    assert str(path) in shown
    assert "by year" in shown


async def test_typing_is_shown_to_those_who_wait(tmp_path: Path) -> None:
    """On a terminal only."""
    async with open_state(None, tmp_path) as state:
        for terminal in (True, False):
            talk = Talk(ScriptedDesk(), state, tmp_path, terminal=terminal)
            await talk.chat.application.bot.send_chat_action(1, "typing")
            assert ("..." in talk.file.getvalue()) == terminal


async def test_what_telegram_would_refuse_is_refused_here(talk: Talk) -> None:
    """So that the local chat is an honest preview."""
    bot = talk.chat.application.bot
    for call, why in (
        (bot.send_message(1, " \n"), "empty"),
        (bot.send_message(1, "x" * 40_000), "too long"),
        (bot.edit_message_text("x", 1, 999), "not found"),
        (bot.delete_message(1, 999), "not found"),
    ):
        with pytest.raises(BadRequest, match=why):
            await call
    message = await bot.send_message(1, "x")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("x", 1, message.message_id)
    with pytest.raises(InvalidToken):
        await bot.send_dice(1)
