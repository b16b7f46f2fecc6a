"""What the descriptions of a register mean: classes that people ask for, and categories that are never mixed.

The table is `data/register_kinds.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from knowledge.links import folded

_FILE = Path(__file__).parent / "data" / "register_kinds.toml"
PART = "part"
"""Category of what is only a part of a weapon: turrets and chassis."""
OTHER = "other"
"""Category of a description that the table does not know."""


@dataclass(frozen=True, slots=True)
class WeaponClass:
    """A class of weapons: the descriptions that belong to it, and what people call it beside the language files."""

    class_id: str
    words: tuple[str, ...]
    _patterns: re.Pattern[str]
    _except: re.Pattern[str] | None

    def holds(self, description: str) -> bool:
        """True if a thing of this description belongs to the class."""
        plain = description.lower()
        if category(description) == PART or (self._except and self._except.fullmatch(plain)):
            return False
        return bool(self._patterns.fullmatch(plain))


@cache
def classes() -> Mapping[str, WeaponClass]:
    """Every class by its id."""
    return {
        class_id: WeaponClass(
            class_id, tuple(row.get("words", ())), _pattern(row["patterns"]), _maybe(row.get("except"))
        )
        for class_id, row in _table()["class"].items()
    }


def class_of(class_id: str, words: str) -> WeaponClass | None:
    """The class that is meant: the one that is called so, else the one of this id, else none.

    The language files know fewer classes than a register does: "attack helicopters" are `helicopter` there.
    """
    return classes().get(_by_words().get(folded(words), class_id))


@lru_cache(maxsize=2_000)
def category(description: str) -> str:
    """The category of a description: aircraft, ships, missiles, ..., `part`, or `other`."""
    plain = description.lower()
    for row in _categories():
        if row[1].fullmatch(plain) and not (row[2] and row[2].fullmatch(plain)):
            return row[0]
    return OTHER


@lru_cache(maxsize=2_000)
def kin(description: str) -> str:
    """What models that share a popular name must share too, to be one thing.

    An Exocet is one from the air as from a ship; a Javelin against tanks is none against aircraft.
    """
    mine = category(description)
    return next((one for one in _table()["apart"].get(mine, ()) if classes()[one].holds(description)), mine)


def names() -> Iterator[tuple[str, str]]:
    """(folded words, class id) for the words that the table has."""
    return iter(_by_words().items())


@cache
def _by_words() -> dict[str, str]:
    return {folded(words): one.class_id for one in classes().values() for words in one.words}


@cache
def _categories() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple((row["name"], _pattern(row["patterns"]), _maybe(row.get("except"))) for row in _table()["category"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _maybe(patterns: Iterable[str] | None) -> re.Pattern[str] | None:
    return _pattern(patterns) if patterns else None
