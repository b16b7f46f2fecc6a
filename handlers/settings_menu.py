"""What the menu of /settings shows: each part as a text and rows of labelled choices. Numbers say what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale

from handlers.kept import Chat
from handlers.phrases import Phrases, languages

Rows: TypeAlias = list[list[tuple[str, int]]]
T = TypeVar("T")

MAIN, LANGUAGE, HOUR, ZONE, QUIET, TYPE_ZONE = range(6)
"""The parts; the last one asks for a text."""
_LANGUAGES, _HOURS, _ZONES, _QUIETS = 10, 100, 200, 300
"""Where the numbers of the choices begin: the first of each is "as by default"."""
DEFAULT_HOUR, DEFAULT_ZONE = 9, "UTC"
"""When updates come where nothing was chosen."""
QUIET_HOURS = ((22, 7), (22, 8), (23, 7), (23, 8), (0, 8), (21, 9))
OFFERED = (
    "Europe/Istanbul", "Europe/Kyiv", "Europe/Moscow", "Europe/Berlin", "Europe/London", "Europe/Athens", "Asia/Baku",
    "Asia/Dubai", "Asia/Tbilisi", "Asia/Almaty", "America/New_York", "UTC",
)  # fmt: skip


def chosen(number: int) -> dict[str, str | int | None] | None:
    """What a choice sets; None if the number opens a part of the menu."""
    if number >= _QUIETS:
        quiet = _pick(QUIET_HOURS, number - _QUIETS)
        return {"quiet_from": quiet[0] if quiet else None, "quiet_until": quiet[1] if quiet else None}
    if number >= _ZONES:
        return {"zone": _pick(OFFERED, number - _ZONES)}
    if number >= _HOURS:
        return {"hour": _pick(range(24), number - _HOURS)}
    if number >= _LANGUAGES:
        return {"language": _pick(languages(), number - _LANGUAGES)}
    return None


def show(part: int, chat: Chat, now: float, words: Phrases) -> tuple[str, Rows]:
    """A part of the menu."""
    return _PARTS.get(part, _main)(chat, now, words)


def find_zone(typed: str) -> str | None:
    """The IANA name of a zone that somebody typed, or whose city they typed. Slow the first time."""
    return _zones().get("_".join(typed.split()).casefold())


@cache
def _zones() -> Mapping[str, str]:
    names = sorted(available_timezones(), reverse=True)
    cities = {name.rpartition("/")[2].casefold(): name for name in names}
    return cities | {name.casefold(): name for name in names}


def _main(chat: Chat, now: float, words: Phrases) -> tuple[str, Rows]:
    zone = chat.zone or DEFAULT_ZONE
    quiet = _span(chat.quiet_from, chat.quiet_until) if chat.quiet_from is not None else words("settings_no_quiet")
    lines = [
        words("settings_title"),
        words("settings_language", language=_name(chat.language) if chat.language else words("settings_as_telegram")),
        words("settings_hour", hour=_clock(DEFAULT_HOUR if chat.hour is None else chat.hour), zone=_zoned(zone, now)),
        words("settings_quiet", hours=quiet),
    ]
    labels = ("button_language", "button_hour", "button_zone", "button_quiet")
    numbers = (LANGUAGE, HOUR, ZONE, QUIET)
    buttons = [(words(label), number) for label, number in zip(labels, numbers, strict=True)]
    return "\n".join(lines), _rows(buttons, 2)


def _language(_: Chat, __: float, words: Phrases) -> tuple[str, Rows]:
    names = [words("settings_as_telegram"), *map(_name, languages())]
    return words("settings_choose_language"), _choices(names, _LANGUAGES, 1, words)


def _hour(_: Chat, __: float, words: Phrases) -> tuple[str, Rows]:
    names = [words("settings_default"), *map(_clock, range(24))]
    return words("settings_choose_hour"), _choices(names, _HOURS, 6, words)


def _zone(_: Chat, now: float, words: Phrases) -> tuple[str, Rows]:
    names = [words("settings_default"), *(_zoned(zone, now) for zone in OFFERED)]
    text, rows = words("settings_choose_zone"), _choices(names, _ZONES, 2, words)
    return text, [*rows[:-1], [(words("button_other_zone"), TYPE_ZONE)], rows[-1]]


def _quiet(_: Chat, __: float, words: Phrases) -> tuple[str, Rows]:
    names = [words("settings_no_quiet"), *(_span(*hours) for hours in QUIET_HOURS)]
    return words("settings_choose_quiet"), _choices(names, _QUIETS, 3, words)


_PARTS: Mapping[int, Callable[[Chat, float, Phrases], tuple[str, Rows]]] = {
    LANGUAGE: _language,
    HOUR: _hour,
    ZONE: _zone,
    QUIET: _quiet,
}


def _choices(names: Sequence[str], first: int, width: int, words: Phrases) -> Rows:
    """A row for "as by default", rows for the others, and the way back."""
    numbered = [(name, first + place) for place, name in enumerate(names)]
    return [numbered[:1], *_rows(numbered[1:], width), [(words("button_back"), MAIN)]]


def _rows(buttons: Sequence[tuple[str, int]], width: int) -> Rows:
    return [list(buttons[at : at + width]) for at in range(0, len(buttons), width)]


def _pick(choices: Sequence[T], number: int) -> T | None:
    return choices[number - 1] if 0 < number <= len(choices) else None


def _name(language: str) -> str:
    """A language in its own words."""
    return (Locale(language).get_display_name(language) or language).capitalize()


def _clock(hour: int) -> str:
    return f"{hour:02}:00"


def _span(first: int | None, last: int | None) -> str:
    return f"{_clock(first or 0)}–{_clock(last or 0)}"


def _zoned(zone: str, now: float) -> str:
    """A zone by its city, with its distance from UTC at the moment."""
    city = zone.rpartition("/")[2].replace("_", " ")
    try:
        offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone)).strftime("%z")
    except ZoneInfoNotFoundError:
        return city
    return city if zone == "UTC" else f"{city} (UTC{offset[:3]}{f':{offset[3:]}' if offset[3:] != '00' else ''})"
