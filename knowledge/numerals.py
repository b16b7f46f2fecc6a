"""Numbers as a language writes them in figures: "1,059" and "59.1" in one, "1.059" and "59,1" in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_GROUP = 3


class Numerals:
    """How one language writes numbers, from [numbers] of its file.

    `decimal` is the sign before the decimals, `endings` what is glued to a number ("1st"), `scales` what multiplies
    it ("50m").
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._decimal: str = table.get("decimal", ".")
        self._group = "," if self._decimal == "." else "."
        self._endings = tuple(sorted(table.get("endings", ()), key=len, reverse=True))
        self._scales: tuple[tuple[str, float], ...] = tuple(
            sorted(table.get("scales", {}).items(), key=lambda pair: -len(pair[0]))
        )

    def value(self, word: str) -> float | None:
        """What a folded word means as a number; None if it is none."""
        if not word[:1].isdigit():
            return None
        ending = next((ending for ending in self._endings if word.endswith(ending)), "")
        plain, scale = word.removesuffix(ending), 1.0
        for mark, times in self._scales:
            if plain.endswith(mark) and plain.removesuffix(mark).isdigit():
                plain, scale = plain.removesuffix(mark), float(times)
                break
        whole, *groups = plain.split(self._group)
        if groups and all(len(group.partition(self._decimal)[0]) == _GROUP for group in groups):
            plain = whole + "".join(groups)
        elif groups:
            # Written the other language's way: "59,1" in English.
            plain = plain.replace(self._group, ".") if len(groups) == 1 and self._decimal not in plain else ""
        plain = plain.replace(self._decimal, ".")
        return float(plain) * scale if plain.replace(".", "", 1).isdigit() and plain.isascii() else None
