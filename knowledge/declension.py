"""How names change with their case, for languages in which the case tells who does what: "Україна", "Україні".

The rules are data, [[endings.declined]] in the file of a language: `plain` lists what a name ends in, or `after` the
letters behind which endings are simply added; every other key is a case with the endings that it has there. A case
that a rule leaves out looks like the plain form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

NOMINATIVE = "nom"


class _Rule(NamedTuple):
    plain: str
    cases: dict[str, tuple[str, ...]]


class Declension:
    """The rules of one language; without any, no name has a case."""

    def __init__(self, rules: Iterable[Mapping[str, Any]], fixed: Iterable[str] = ()) -> None:
        self._fixed = frozenset(fixed)
        """Words that never change."""
        self._rules: list[_Rule] = []
        for rule in rules:
            cases = {case: tuple(rule[case]) for case in rule if case not in ("plain", "after")}
            self._rules += [_Rule(plain, cases) for plain in rule.get("plain", ())]
            for letter in rule.get("after", ""):
                self._rules.append(
                    _Rule(letter, {case: tuple(letter + end for end in ends) for case, ends in cases.items()})
                )
        self._rules.sort(key=lambda rule: -len(rule.plain))
        self._all = tuple(dict.fromkeys(case for rule in self._rules for case in rule.cases))
        self._known: dict[str, set[str]] = {}

    def endings(self) -> Iterator[tuple[str, str]]:
        """(ending, what stands there in the plain form) for every form that differs from it."""
        for plain, cases in self._rules:
            for ends in cases.values():
                for end in ends:
                    if end != plain:
                        yield end, plain

    def decline(self, name: str) -> Iterator[str]:
        """Every form of a folded name, the plain one included, and remember the cases of each."""
        for case in (NOMINATIVE, *self._all) if self._rules else ():
            for words in product(*(self._declined(word, case) for word in name.split(" "))):
                form = " ".join(words)
                self._known.setdefault(form, set()).add(case)
                yield form

    def cases(self, form: str) -> frozenset[str]:
        """The cases that a form of a name can stand in; none for what is no such name."""
        return frozenset(self._known.get(form, ()))

    def _declined(self, word: str, case: str) -> tuple[str, ...]:
        for plain, cases in self._rules if word not in self._fixed else ():
            if word.endswith(plain) and (word == plain or len(word) > len(plain)):
                base = word[: len(word) - len(plain)]
                return tuple(base + end for end in cases[case]) if case in cases else (word,)
        return (word,)
