"""/settings: the menu, what it sets, and what that changes."""

import pytest

from bot.state import State
from handlers import settings_menu as menu
from handlers.kept import Chat
from handlers.phrases import Phrases, languages, phrases
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import USER, Person

NOVEMBER = 1_795_000_000.0


async def test_the_menu_shows_what_is_set(person: Person) -> None:
    """Defaults at first; four parts to change."""
    (call,) = await person.says("/settings")
    assert "Language: answers as you ask, all else as in Telegram." in call.text
    assert "Updates come at 09:00, UTC." in call.text
    assert "none." in call.text
    assert call.labels == ["Language", "Hour of updates", "Time zone", "Quiet hours"]


@pytest.mark.parametrize(
    ("part", "choice", "kept"),
    [
        ("Hour of updates", "07:00", {"hour": 7}),
        ("Hour of updates", "00:00", {"hour": 0}),
        ("Time zone", "Kyiv (UTC+02)", {"zone": "Europe/Kyiv"}),
        ("Quiet hours", "22:00–07:00", {"quiet_from": 22, "quiet_until": 7}),
        ("Language", "English", {"language": "en"}),
    ],
)
async def test_a_choice_is_kept_and_shown(
    person: Person, state: State, part: str, choice: str, kept: dict[str, str | int]
) -> None:
    """In the same message; and kept over a restart."""
    person.services.clock = lambda: NOVEMBER
    (call,) = await person.says("/settings")
    _, opened = await person.presses(part)
    assert opened.method == "editMessageText"
    _, said = await person.presses(choice, opened)
    assert (said.method, choice in said.text) == ("editMessageText", True)
    found = await state.chats.get(USER)
    assert found
    assert {name: getattr(found, name) for name in kept} == kept
    person.forgotten()
    (again,) = await person.says("/settings")
    assert choice in again.text
    assert call.labels == again.labels


async def test_back_to_the_default(person: Person, state: State) -> None:
    """Each part begins with it; "back" changes nothing."""
    await state.chats.set(USER, "private", hour=7, zone="Asia/Dubai", quiet_from=22, quiet_until=7, language="en")
    await person.says("/settings")
    for part, choice in (
        ("Hour of updates", "as by default"),
        ("Time zone", "as by default"),
        ("Quiet hours", "none"),
        ("Language", "answers as you ask, all else as in Telegram"),
    ):
        await person.presses(part)
        await person.presses("Back")
        await person.presses(part)
        await person.presses(choice)
    assert await state.chats.get(USER) == Chat(
        USER, "private", since=(await state.chats.get(USER) or Chat(0, "")).since
    )


@pytest.mark.parametrize("typed", ["Tashkent", "asia/tashkent", "  ASIA/Tashkent "])
async def test_another_zone_is_typed(person: Person, state: State, typed: str) -> None:
    """Behind the command, or as a reply to the prompt."""
    await person.says("/settings")
    await person.presses("Time zone")
    await person.presses("Another one …")
    (call,) = await person.says(typed)
    assert "Tashkent (UTC+05)" in call.text
    await state.chats.set(USER, "private", zone=None)
    (call,) = await person.says(f"/settings {typed}")
    assert "Tashkent (UTC+05)" in call.text


async def test_a_zone_that_is_none(person: Person, state: State) -> None:
    """Said so, nothing kept."""
    (call,) = await person.says("/settings ../../etc/passwd")
    assert "I do not know that time zone" in call.text
    assert await state.chats.get(USER) is None


async def test_the_chosen_language_is_the_bots(person: Person, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever Telegram's is."""
    asked: list[str | None] = []

    def noted(code: str | None) -> Phrases:
        asked.append(code)
        return phrases("en")

    monkeypatch.setattr("handlers.context.phrases", noted)
    await person.says("/settings")
    assert asked[-1] == "en"
    await state.chats.set(USER, "private", language="tr")
    person.forgotten()
    await person.says("/settings")
    assert asked[-1] == "tr"


async def test_answers_are_in_the_chosen_language(person: Person, state: State, desk: ScriptedDesk) -> None:
    """The question's own settles it until one is chosen."""
    await person.says("one")
    assert desk.asked[-1][2] is None
    await state.chats.set(USER, "private", language="tr")
    person.forgotten()
    await person.says("two")
    assert desk.asked[-1][2] == "tr"


def test_numbers_of_the_menu_do_not_meet() -> None:
    """Each choice sets what its label says, and every number fits a button."""
    words, seen = phrases("en"), set()
    for part in (menu.MAIN, menu.LANGUAGE, menu.HOUR, menu.ZONE, menu.QUIET):
        _, rows = menu.show(part, Chat(1, "private"), NOVEMBER, words)
        for _, number in (button for row in rows for button in row):
            assert 0 <= number <= 999
            if menu.chosen(number) is not None:
                assert number not in seen
                seen.add(number)
    assert len(seen) == 1 + len(languages()) + 1 + 24 + 1 + len(menu.OFFERED) + 1 + len(menu.QUIET_HOURS)
    assert all(menu.find_zone(zone) for zone in menu.OFFERED)


def test_a_number_that_no_button_has_is_harmless() -> None:
    """As by default."""
    assert menu.chosen(999) == {"quiet_from": None, "quiet_until": None}
    assert menu.chosen(299) == {"zone": None}
