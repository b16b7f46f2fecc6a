"""Menus and descriptions are set where they differ, and only there."""

from typing import Any

from telegram import MenuButtonCommands
from telegram.request import RequestData

from bot.local import _RefusedError
from handlers.commands import ADMIN, GROUP, GROUP_ADMIN, PRIVATE, publish
from handlers.phrases import languages
from tests.telegram_offline import Person

SET = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton")


async def test_everything_is_set_once(person: Person) -> None:
    """By place and language; the second start changes nothing; what differs is put right."""
    bot = person.application.bot
    await publish(bot)
    made = person.api.made("setMyCommands")
    menus = {
        (call.asked["scope"]["type"], call.asked.get("language_code", "")): [
            command["command"] for command in call.asked["commands"]
        ]
        for call in made
    }
    assert menus[("all_private_chats", "")] == list(PRIVATE)
    assert menus[("all_group_chats", "")] == list(GROUP)
    assert menus[("all_chat_administrators", "")] == list(GROUP_ADMIN)
    assert len(made) == 3 * len(languages())
    assert len(person.api.made("setMyDescription")) == len(languages())
    assert len(person.api.made("setMyShortDescription")) == len(languages())
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    before = len(person.api.made(*SET))
    await publish(bot)
    assert len(person.api.made(*SET)) == before
    await bot.set_my_commands([("old", "Old one")], made[0].asked["scope"])
    await bot.set_my_short_description("Old")
    await publish(bot)
    assert len(person.api.made(*SET)) == before + 4


async def test_admins_have_a_menu_of_their_own(person: Person) -> None:
    """One who never wrote to the bot does not hold up the others."""
    kept = person.api._methods["setMyCommands"]

    def refuse(asked: dict[str, Any], data: RequestData | None) -> object:
        if asked["scope"].get("chat_id") == 7:
            raise _RefusedError("chat not found")
        return kept(asked, data)

    person.api._methods["setMyCommands"] = refuse
    await publish(person.application.bot, frozenset({7, 8}))
    scopes = [call.asked["scope"] for call in person.api.made("setMyCommands")]
    admins = [call for call in person.api.made("setMyCommands") if call.asked["scope"]["type"] == "chat"]
    assert [command["command"] for command in admins[0].asked["commands"]] == list(ADMIN)
    assert {"type": "chat", "chat_id": 8} in scopes
    assert person.api.made("setMyDescription")


async def test_every_command_is_answered(person: Person) -> None:
    """What the menu offers is no unknown command."""
    for name in PRIVATE:
        calls = await person.says(f"/{name}")
        assert calls
        assert not any("I do not know the command" in call.text for call in calls), name
