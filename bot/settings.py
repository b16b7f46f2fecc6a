"""What the environment and a `.env` file say: the variables of the process, checked, the token kept secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import FatalError
from bot.home import default_home

TELEGRAM = "https://api.telegram.org/bot"
TIM = "https://tim.org.tr"
HOURS = 24
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_USER_ID = re.compile(r"\d{1,15}", re.ASCII)
_WEB_URL = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
_API_URL = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?/bot")


class Settings(BaseSettings):
    """The settings of one process. A variable that is set wins over `.env`; one that is set to nothing unsets it."""

    model_config = SettingsConfigDict(
        env_prefix="WAYBILL_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",  # a .env file is often shared with other programs
        hide_input_in_errors=True,  # the input may be the token
        frozen=True,
    )

    token: SecretStr | None = None
    """The bot's token; None: the local chat."""
    api_url: str = TELEGRAM
    """Base address of the Bot API server, without the token."""
    home: Path = Field(default_factory=default_home)
    """Folder of the fact store and the bot's state."""
    state_url: SecretStr | None = None
    """Address of the state database, which may hold a password; None: an SQLite file in `home`."""
    tim_url: str = TIM
    """Base address of TIM's monthly workbooks."""
    comtrade_key: SecretStr | None = None
    """Key of UN Comtrade's interface, for `waybill facts fetch`."""
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    """Telegram ids of the users that may import facts and see statistics."""
    refresh_hour: int | None = 8
    """The hour (UTC) from which the bot refreshes its facts, once a day; None: never by itself."""

    @field_validator("token", mode="before")
    @classmethod
    def _token(cls, value: object) -> object:
        text = _plain(value)
        if text and not _TOKEN.fullmatch(text):
            raise ValueError("is not a bot token (they look like 123456:ABC..., @BotFather gives them)")
        return text or None

    @field_validator("api_url", mode="before")
    @classmethod
    def _api_url(cls, value: object) -> object:
        text = str(value or TELEGRAM).strip().rstrip("/")
        if not _API_URL.fullmatch(text):
            raise ValueError("must be an address that ends in /bot, like http://127.0.0.1:8081/bot")
        return text

    @field_validator("tim_url", mode="before")
    @classmethod
    def _tim_url(cls, value: object) -> object:
        text = str(value or TIM).strip().rstrip("/")
        if not _WEB_URL.fullmatch(text):
            raise ValueError("must be a web address, like https://tim.org.tr")
        return text

    @field_validator("home", mode="before")
    @classmethod
    def _home(cls, value: object) -> object:
        return Path(str(value)).expanduser() if value else default_home()

    @field_validator("state_url", "comtrade_key", mode="before")
    @classmethod
    def _secret(cls, value: object) -> object:
        return _plain(value) or None

    @field_validator("admins", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        words = [word.strip() for word in str(value).split(",")] if isinstance(value, str) else value or ()
        if isinstance(words, list) and not all(_USER_ID.fullmatch(word) for word in words if word):
            raise ValueError("must be user ids with commas between them, like 12345,67890")
        return frozenset(int(word) for word in words if word) if isinstance(words, list) else words

    @field_validator("refresh_hour", mode="before")
    @classmethod
    def _refresh_hour(cls, value: object) -> object:
        text = str(value).strip().casefold()
        if text in ("never", "none"):
            return None
        if not (text.isdecimal() and int(text) < HOURS):
            raise ValueError("must be an hour from 0 to 23 (UTC), or never")
        return int(text)


def _plain(value: object) -> str:
    """A secret's text, whether it is wrapped already or not."""
    return (value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")).strip()


def load() -> Settings:
    """The settings, or a `FatalError` that names the variable and what is wrong with it."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = f"WAYBILL_{first['loc'][0]}".upper() if first["loc"] else "the settings"
        raise FatalError(f"{name} {first['msg'].removeprefix('Value error, ')}") from None
    except (UnicodeDecodeError, OSError) as error:
        raise FatalError(f".env cannot be read: {error.__class__.__name__}") from None
