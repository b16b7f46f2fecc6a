"""Endings that a language hangs on any name or number ("Ukrayna'ya", "2022'nin", "doların"), by rules that are data.

`language/inflection.<xx>.toml` has a list of rules, each with the endings of a text that it is for and what every
case adds to it; the first rule that fits counts. Languages without such a file list the forms that they need.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.errors import LanguageError
from knowledge.language import read


class Inflection:
    """The rules of one language; none for most."""

    def __init__(self, table: dict[str, Any], name: str) -> None:
        self.cases = frozenset[str](table.get("cases", ()))
        """Names of the cases, as they stand in phrases: `{partner:dat}`."""
        self._capitals: dict[str, str] = table.get("capitals", {})
        self._rules = tuple((re.compile(rf"(?:{rule['ends']})\Z"), rule) for rule in table.get("rule", ()))
        for _, rule in self._rules:
            if self.cases != rule.keys() - {"ends"}:
                raise LanguageError(f"{name}: the rule for {rule['ends']!r} must have just {sorted(self.cases)}")

    def decline(self, text: str, case: str) -> str:
        """The text in a case; as it is where the language has no such case, or no rule for it."""
        if case not in self.cases:
            return text
        return text + next((rule[case] for ends, rule in self._rules if ends.search(text)), "")

    def capital(self, letter: str) -> str:
        """The capital of a letter: "i" is no "I" everywhere."""
        return self._capitals.get(letter, letter.upper())


@cache
def inflection(language: str) -> Inflection:
    """The rules of a language; empty where it has no file."""
    name = f"inflection.{language}"
    there = files("knowledge.language").joinpath(f"{name}.toml").is_file()
    return Inflection(read(name) if there else {}, name)
