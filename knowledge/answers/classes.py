"""Families of systems, theatres of conflicts and kinds of note, as `data/classes.csv` lists them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.text import fold

_FILE = Path(__file__).parent.parent / "data" / "classes.csv"


@dataclass(frozen=True, slots=True)
class Family:
    """What belongs together: entities by id, and words that tell a member by its text."""

    entities: frozenset[str]
    words: re.Pattern[str] | None
    excluded: re.Pattern[str] | None
    """Words that tell a text is about something else (the engine of a helicopter is none)."""
    plain: tuple[str, ...]
    """The words as they stand in the file."""

    def names(self, text: str) -> bool:
        """True if the words of the family stand in `text`, and none of those that exclude it."""
        folded = fold(text)
        if self.excluded and self.excluded.search(folded):
            return False
        return bool(self.words and self.words.search(folded))

    def excludes(self, text: str) -> bool:
        """True if a word that rules the family out stands in `text`."""
        return bool(self.excluded and self.excluded.search(fold(text)))


@cache
def families(kind: str) -> dict[str, Family]:
    """The families of a kind (system, theatre, note) by id, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {row["class_id"]: _family(row) for row in csv.DictReader(stream) if row["kind"] == kind}


def _family(row: dict[str, str]) -> Family:
    members = [member for member in row["members"].split("|") if member]
    words = tuple(member for member in members if not member.startswith("sys-"))
    return Family(frozenset(members) - frozenset(words), pattern(words), pattern(row["except"].split("|")), words)


def pattern(words: list[str] | tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds any of these phrases as whole words in a folded text; None if there are none."""
    found = sorted({fold(word) for word in words if word}, key=len, reverse=True)
    if not found:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in found) + r")(?!\w)")
