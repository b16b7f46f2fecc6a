"""Where the fact store and the bot's state live."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from platformdirs import user_data_path


def default_home() -> Path:
    """The platform's folder for a program's data."""
    return user_data_path("waybill", appauthor=False)


def find_home() -> Path:
    """The folder that `Settings().home` names, found without loading the settings where that is possible.

    `waybill ask` needs nothing else of them, and pydantic-settings would be a quarter of its start.
    """
    if "WAYBILL_HOME" in os.environ:
        return Path(os.environ["WAYBILL_HOME"]).expanduser() if os.environ["WAYBILL_HOME"] else default_home()
    if not Path(".env").exists():
        return default_home()
    from bot.settings import load  # noqa: PLC0415 - see above

    return load().home


def today() -> date:
    """The date by which "this year" and "last quarter" are read. The only clock of dates in the project."""
    return datetime.now(tz=UTC).date()
