"""Words of one script written in the letters of another: "skilky" for «скільки», for those who have no such keyboard.

The table is data, [latin] in the file of a language: what stands for which letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Respelling:
    """Turns words in Latin letters into the letters of a language; knows none without a table."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = dict(table)
        groups = sorted(self._table, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, groups))) if groups else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def __call__(self, word: str) -> str:
        """The folded word in the language's own letters; empty if it is not wholly in Latin ones."""
        if self._pattern is None or not word.isascii() or not word.replace("'", "").isalpha():
            return ""
        return self._pattern.sub(lambda found: self._table[found.group()], word)
