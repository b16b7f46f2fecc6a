"""The names that a store knows, looked up one at a time: a hundred thousand of them need not be loaded.

A designation is found however it is parted: "s 400", "S-400" and "s400" are one name. What only a register of arms
transfers knows gives way to whatever else is called so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

from knowledge.designations import singular, squeezed
from knowledge.question import Name
from knowledge.slips import can_slip, slips

REGISTERED = "sipri:"
"""What begins an id that only a register knows."""
_CACHED = 20_000
_BEGUN = 4_000
"""Names that are looked at to complete one."""
_BEHIND = "\U0010ffff"
"""What sorts behind every letter."""
_RUN = re.compile(r"\d+|[^\W\d_]+")


@runtime_checkable
class Names(Protocol):
    """Names that can be looked up."""

    longest: int
    """Words of the longest name."""

    def named(self, fold: str) -> tuple[Name, ...]:
        """What a folded name stands for; what only a register knows comes last."""
        ...

    def has_word(self, word: str) -> bool:
        """True if a word occurs in a name."""
        ...

    def near(self, word: str) -> tuple[Sequence[str], Sequence[str]]:
        """Words of names that can be near to one, and those of names that only a register knows."""
        ...

    def beginning(self, begun: str) -> Iterable[tuple[str, Name]]:
        """(folded name, what it names) of names that begin so; not all where there are very many."""
        ...


class Listed:
    """A few names, in memory."""

    def __init__(self, names: Iterable[tuple[str, Name]]) -> None:
        self._names: dict[str, list[Name]] = {}
        for fold, name in names:
            for spelling in spellings(fold, name.kind):
                self._names.setdefault(spelling, []).append(name)
        self._words = frozenset(word for fold in self._names for word in fold.split(" "))
        self.longest = max((fold.count(" ") + 2 for fold in self._names), default=1)

    def named(self, fold: str) -> tuple[Name, ...]:
        """What a folded name stands for."""
        return next((tuple(self._names[form]) for form in _forms(fold) if form in self._names), ())

    def has_word(self, word: str) -> bool:
        """True if a word occurs in a name."""
        return word in self._words

    def near(self, _word: str) -> tuple[Sequence[str], Sequence[str]]:
        """Every word that can be put right: there are few."""
        return [word for word in self._words if can_slip(word)], ()

    def beginning(self, begun: str) -> Iterable[tuple[str, Name]]:
        """Names that begin so."""
        return [(fold, name) for fold, names in self._names.items() if fold.startswith(begun) for name in names]


class NameBook:
    """The names of one language and those that are written alike in all."""

    def __init__(self, ask: Callable[..., list[Any]], language: str) -> None:
        self._ask = ask
        self._language = language
        longest, firsts = 1, set[str]()
        for first, words in ask(
            """
            SELECT substr(fold, 1, instr(fold || ' ', ' ') - 1), max(length(fold) - length(replace(fold, ' ', '')))
            FROM name WHERE language IN (?, '') GROUP BY 1
            """,
            language,
        ):
            firsts.update(_beginnings(first))
            # One more: a designation may be parted once more than it is in the register.
            longest = max(longest, words + 2)
        self._firsts = frozenset(firsts)
        self.longest = longest
        """Words of the longest name."""
        self._found: dict[str, tuple[Name, ...]] = {}
        self._words: dict[str, bool] = {}

    def __iter__(self) -> Iterator[tuple[str, Name]]:
        """Every (folded name, what it names): for those who need all."""
        sql = "SELECT fold, kind, id FROM name WHERE language IN (?, '') ORDER BY fold, kind, id"
        return iter([(fold, Name(kind, identity)) for fold, kind, identity in self._ask(sql, self._language)])

    def named(self, fold: str) -> tuple[Name, ...]:
        """What a folded name stands for; what only a register knows comes last."""
        first = fold.partition(" ")[0]
        if first not in self._firsts and singular(first) not in self._firsts:
            return ()
        found = self._found.get(fold)
        if found is None:
            if len(self._found) >= _CACHED:
                self._found.clear()
            found = self._found[fold] = self._look_up(_forms(fold))
        return found

    def has_word(self, word: str) -> bool:
        """True if a word occurs in a name."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= _CACHED:
                self._words.clear()
            sql = "SELECT 1 FROM name_word WHERE language IN (?, '') AND word = ? LIMIT 1"
            known = self._words[word] = bool(self._ask(sql, self._language, word))
        return known

    def near(self, word: str) -> tuple[Sequence[str], Sequence[str]]:
        """Words of names that share a slip with this one, and those of names that only a register knows."""
        sql = """
            SELECT rare, words FROM name_slip
            WHERE language IN (?, '') AND slip IN (SELECT value FROM json_each(?))
            """
        found: tuple[set[str], set[str]] = (set(), set())
        for rare, words in self._ask(sql, self._language, json.dumps(sorted(slips(word)))):
            found[rare].update(words.split(" "))
        return sorted(found[0]), sorted(found[1] - found[0])

    def beginning(self, begun: str) -> Iterable[tuple[str, Name]]:
        """Names that begin so, the first thousands of them."""
        sql = "SELECT fold, kind, id FROM name WHERE language IN (?, '') AND fold >= ? AND fold < ? LIMIT ?"
        found = self._ask(sql, self._language, begun, begun + _BEHIND, _BEGUN)
        return [(fold, Name(kind, identity)) for fold, kind, identity in found]

    def _look_up(self, forms: Sequence[str]) -> tuple[Name, ...]:
        sql = "SELECT kind, id FROM name WHERE language IN (?, '') AND fold = ? ORDER BY kind, id"
        for form in forms:
            names = [Name(kind, identity) for kind, identity in self._ask(sql, self._language, form)]
            if names:
                return tuple(sorted(names, key=lambda name: name.id.startswith(REGISTERED)))
        return ()


def spellings(fold: str, kind: str) -> Iterable[str]:
    """How a folded name is kept: as it is, and a designation also without its spaces."""
    yield fold
    if kind == "system" and " " in fold and any(letter.isdigit() for letter in fold):
        yield squeezed(fold)


def _beginnings(first: str) -> Iterator[str]:
    """A first word, and what it begins with where people may put a space: "tb2" and "tb"."""
    yield first
    if not first.isalpha():
        for run in _RUN.finditer(first):
            yield first[: run.end()]


def _forms(fold: str) -> tuple[str, ...]:
    """A name as it was written, then without spaces, then without the s of a plural."""
    if not any(letter.isdigit() for letter in fold):
        return (fold,)
    together = squeezed(fold)
    return tuple(dict.fromkeys((fold, together, singular(together))))
