"""What Telegram shows of the bot beside messages: menus of commands by place, descriptions. Set where they differ."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.constants import MenuButtonType
from telegram.error import BadRequest

from handlers.phrases import DEFAULT, Phrases, languages, phrases

log = logging.getLogger(__name__)
PRIVATE = (
    "start", "help", "ask", "check", "verify", "sources", "coverage", "follow", "following", "settings",
    "feedback", "privacy", "stop",
)  # fmt: skip
GROUP = ("ask", "help", "check", "verify", "sources", "coverage", "follow", "following", "feedback", "privacy")
GROUP_ADMIN = (*GROUP, "settings", "stop")
"""What administrators of a group may decide for it, too."""
ADMIN = (*PRIVATE, "curate")
"""Those whom `WAYBILL_ADMINS` names, in their private chats."""


async def publish(bot: Bot, admins: frozenset[int] = frozenset()) -> None:
    """Set what differs from what Telegram has, in every language; English also stands for all others."""
    for language in languages():
        code, words = (None if language == DEFAULT else language), phrases(language)
        await _commands(bot, BotCommandScopeAllPrivateChats(), code, menu(words))
        await _commands(bot, BotCommandScopeAllGroupChats(), code, menu(words, GROUP))
        await _commands(bot, BotCommandScopeAllChatAdministrators(), code, menu(words, GROUP_ADMIN))
        for admin in sorted(admins):
            try:
                await _commands(bot, BotCommandScopeChat(admin), code, menu(words, ADMIN))
            except BadRequest as error:  # who never wrote to the bot is unknown to it
                log.info("the menu of admin %d cannot be set: %s", admin, error.message)
        if (await bot.get_my_description(code)).description != words("description"):
            await bot.set_my_description(words("description"), code)
        if (await bot.get_my_short_description(code)).short_description != words("short_description"):
            await bot.set_my_short_description(words("short_description"), code)
    if (await bot.get_chat_menu_button()).type != MenuButtonType.COMMANDS:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def menu(words: Phrases, names: tuple[str, ...] = PRIVATE) -> tuple[BotCommand, ...]:
    """Commands with their descriptions."""
    return tuple(BotCommand(name, words(f"command_{name}")) for name in names)


async def _commands(bot: Bot, scope: BotCommandScope, code: str | None, wanted: tuple[BotCommand, ...]) -> None:
    if tuple(await bot.get_my_commands(scope, code)) != wanted:
        await bot.set_my_commands(wanted, scope, code)
