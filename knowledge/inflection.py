"""Endings that a language hangs on any name or number ("Ukrayna'ya", «України», "doların"), by rules that are data.

`language/inflection.<xx>.toml` has a list of rules, each with the endings of a text that it is for, what every case
puts there, and with `cut` how many of its last letters give way; the first rule that fits counts. A [[rule]] is for a
text as a whole. Where none fits, each word of a name without digits goes by the [[word]] rules («Північної
Македонії»). [agree.<form>] tells the ending of a verb that agrees with a name («замови-ла»), and with `several`.
Languages without such a file list the forms that they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.errors import LanguageError
from knowledge.language import read

_Rules = tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]


class Inflection:
    """The rules of one language; none for most."""

    def __init__(self, table: dict[str, Any], name: str) -> None:
        self.cases = frozenset[str](table.get("cases", ()))
        """Names of the cases, as they stand in phrases: `{partner:dat}`."""
        self._capitals: dict[str, str] = table.get("capitals", {})
        self._rules = _compiled(table.get("rule", ()))
        self._words = _compiled(table.get("word", ()))
        for _, rule in (*self._rules, *self._words):
            if self.cases != rule.keys() - {"ends", "cut"}:
                raise LanguageError(f"{name}: the rule for {rule['ends']!r} must have just {sorted(self.cases)}")
        self.by_word = bool(self._words)
        """True if every word takes its ending: of a list each entry does, not just the last."""
        self._agree: dict[str, tuple[_Rules, str]] = {
            form: (_compiled(rows["rule"]), rows["several"]) for form, rows in table.get("agree", {}).items()
        }

    def decline(self, text: str, case: str) -> str:
        """The text in a case; as it is where the language has no such case, or no rule for it."""
        if case in self._agree:
            return next((rule["form"] for ends, rule in self._agree[case][0] if ends.search(text)), "")
        if case not in self.cases:
            return text
        whole = _put(text, case, self._rules)
        if whole is not None:
            return whole
        if any(letter.isdigit() for letter in text):
            return text
        words = (_put(word, case, self._words) or word for word in text.split(" "))
        return " ".join(words)

    def several(self, form: str) -> str | None:
        """The ending of a verb that agrees with several names; None where `form` is none of a verb."""
        return self._agree[form][1] if form in self._agree else None

    def capital(self, letter: str) -> str:
        """The capital of a letter: "i" is no "I" everywhere."""
        return self._capitals.get(letter, letter.upper())


def _compiled(rules: Iterable[Mapping[str, Any]]) -> _Rules:
    return tuple((re.compile(rf"(?:{rule['ends']})\Z"), rule) for rule in rules)


def _put(text: str, case: str, rules: _Rules) -> str | None:
    """The text with the ending of a case, by the first rule that fits; None if none does."""
    for ends, rule in rules:
        if ends.search(text):
            return text[: len(text) - int(rule.get("cut", 0))] + str(rule[case])
    return None


@cache
def inflection(language: str) -> Inflection:
    """The rules of a language; empty where it has no file."""
    name = f"inflection.{language}"
    there = files("knowledge.language").joinpath(f"{name}.toml").is_file()
    return Inflection(read(name) if there else {}, name)
