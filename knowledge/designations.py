"""Designations of weapons as people write them: "Leopard 2A6", "leopard2a6", "F-16s", "m 777", and families of them.

A register prints one designation for each model: "Leopard-2A6", "C-130H Hercules", "Mi-24V/Mi-35". People also name
the family ("Leopard 2", "C-130"), the popular name alone ("Hercules"), and put spaces and hyphens where they like. A
key is what is left of a name without any of these: `leopard2a6`, `leopard2`, `leopard`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.text import fold

_NOT_KEY = re.compile(r"[^\w]+|_")
_RUN = re.compile(r"\d+|[^\W\d_]+")
_CALIBRE = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?mm|\d+cm")
_NO_NAMES = frozenset(
    (
        "aircraft", "and", "batch", "block", "chassis", "class", "configuration", "engine", "for", "heavy", "improved",
        "light", "mark", "medium", "mk", "mod", "model", "modernized", "new", "series", "ship", "super", "system",
        "the", "training", "turret", "type", "vehicle", "version",
    )
)  # fmt: skip
"""Words of designations that name nothing by themselves."""
_SHORTEST = 3
"""Letters of a name that stands alone; "AS" and "Mi" do so only with their numbers."""
_PLURAL = re.compile(r"(?<=[\w])'?s$")
_ALTERNATIVES = "/"


def squeezed(name: str) -> str:
    """A name as a key: folded, without spaces, hyphens and stops."""
    return _NOT_KEY.sub("", fold(name))


def singular(key: str) -> str:
    """The key without the s of a plural ("f16s", "hercs")."""
    return _PLURAL.sub("", key)


@dataclass(frozen=True, slots=True)
class Key:
    """One way to name a designation."""

    key: str
    label: str
    """As printed, up to where the key ends: "Leopard-2"."""
    root: str
    """What models of one family share: `leopard`, `f16`, `c130`."""
    first: bool
    """True if the name begins the designation; a name from further back gives way to such a one."""


def keys(designation: str) -> tuple[Key, ...]:
    """Every way to name a designation, each key once."""
    words = [word for word in re.split(r"[\s()]+", designation) if word and not _CALIBRE.fullmatch(fold(word))]
    words = words or [designation]
    out: dict[str, Key] = {}
    for label, start, first in (*_models(designation, words), *_popular(words)):
        key = squeezed(label)
        if _stands_alone(key) and key not in out:
            out[key] = Key(key, label.strip(" -/"), _root(start), first)
    return tuple(out.values())


def _models(designation: str, words: list[str]) -> Iterator[tuple[str, str, bool]]:
    """(label, the word that it starts with, is it the first word) for the designation and what it begins with."""
    yield designation, words[0], True
    before = ""
    for at, word in enumerate(words):
        for part in _alternatives(word) if _numbered(word) else ():
            for label in _cuts(part):
                yield before + label, words[0] if at else part, True
                if at:
                    yield label, part, False
        before += f"{word} "


def _popular(words: list[str]) -> Iterator[tuple[str, str, bool]]:
    """The same for the popular name, alone and behind the model ("C-130 Hercules" of "C-130H Hercules")."""
    for first, last in _names(words):
        name = " ".join(words[first:last])
        yield name, words[0], not first
        if first and _numbered(words[0]):
            for part in _alternatives(words[0]):
                for label in _cuts(part):
                    yield f"{label} {name}", part, True


@dataclass(slots=True)
class Book:
    """Every key of many designations, with the designations that it stands for."""

    labels: dict[str, str] = field(default_factory=dict)
    systems: dict[str, dict[str, str]] = field(default_factory=dict)
    """Key → designation → its root."""
    _shapes: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Key → as printed ("F-4", "F4") → the designations."""

    @classmethod
    def of(cls, designations: Iterable[str], taken: Mapping[str, object] | frozenset[str] = frozenset()) -> Book:
        """The keys of these designations, but for those in `taken`, which are names of something else."""
        book = cls()
        weak: list[tuple[Key, str]] = []
        for designation in sorted(designations):
            for key in keys(designation):
                if key.key in taken:
                    continue
                # The S-300 is a missile system; only where nothing else is called so is it the Camcopter S-300.
                if key.first or not _numbered(key.key):
                    book._add(key, designation)
                else:
                    weak.append((key, designation))
        strong = frozenset(book.systems)
        for key, designation in weak:
            if key.key not in strong:
                book._add(key, designation)
        book._tell_apart()
        return book

    def also(self, name: str, printed: str) -> None:
        """Take what is called `name` elsewhere for what is printed so; nothing if there is no such thing."""
        key, known = squeezed(name), squeezed(printed)
        if known in self.systems:
            self.systems.setdefault(key, {}).update(self.systems[known])
            self.labels[key] = self.labels[known]

    def _add(self, key: Key, designation: str) -> None:
        self.systems.setdefault(key.key, {})[designation] = key.root
        shapes = self._shapes.setdefault(key.key, {})
        shapes.setdefault(key.label, set()).add(designation)
        # What most are called so: "F-4" for the Phantoms, not "F4" for the F4U.
        self.labels[key.key] = min(shapes, key=lambda label: (-len(shapes[label]), len(label), label))

    def _tell_apart(self) -> None:
        """Give families that only lose their hyphen in the key roots of their own: the F4U Corsair is no F-4 Phantom.

        Where they share a popular name, or have none, they are one family that is printed in two ways.
        """
        for key, shapes in self._shapes.items():
            names = {label: _popular_names(found) for label, found in shapes.items()}
            main = names[self.labels[key]]
            for label, found in shapes.items():
                if _numbered(key) and main and names[label] and not main & names[label]:
                    self.systems[key] |= dict.fromkeys(found, label)


def _root(word: str) -> str:
    """What the models of a family share: the letters in front where they are a name, else up to the first number."""
    runs = _RUN.findall(fold(word))
    if not runs:
        return squeezed(word)
    if not runs[0].isdigit() and len(runs[0]) >= _SHORTEST and runs[0] not in _NO_NAMES:
        return str(runs[0])
    number = next((at for at, run in enumerate(runs) if run.isdigit() and at), 0)
    return "".join(runs[: number + 1]) if number else "".join(runs)


def _alternatives(word: str) -> Iterator[str]:
    """Two names for "Mi-24V/Mi-35", one each for "R-27R/T" and "Block-50/52"."""
    yield word
    if _ALTERNATIVES in word:
        for part in word.split(_ALTERNATIVES):
            if _stands_alone(squeezed(part)):
                yield part


def _cuts(word: str) -> Iterator[str]:
    """A word and what it begins with: "Leopard-2A6", "Leopard-2", "Leopard"; not "Leopard-2A", which is no model."""
    found = list(_RUN.finditer(word))
    for at, run in enumerate(found):
        last = at == len(found) - 1
        if last or run.group().isdigit() or (not at and len(run.group()) >= _SHORTEST):
            yield word if last else word[: run.end()]


def _names(words: list[str]) -> Iterator[tuple[int, int]]:
    """Where the popular names stand: (1, 3) for "S-70 Black Hawk", (2, 3) for "A-4S Super Skyhawk"."""
    start = None
    for at, word in enumerate([*words, "0"]):
        plain = not _numbered(word) and fold(word) not in _NO_NAMES
        if plain and start is None:
            start = at
        elif not plain and start is not None:
            yield start, at
            start = None


def _popular_names(designations: Iterable[str]) -> set[str]:
    """The popular names that designations have, folded."""
    split = ([word for word in re.split(r"[\s()]+", one) if word] for one in designations)
    return {fold(" ".join(words[first:last])) for words in split for first, last in _names(words)}


def popular(key: str) -> bool:
    """True if a key is a popular name ("exocet"), which models of several makers' numbers can share."""
    return not _numbered(key)


def _numbered(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _stands_alone(key: str) -> bool:
    """True if a key can be a name by itself: letters and digits, or letters enough that are no general word."""
    if key.isdigit() or len(key) < 2:
        return False
    if _numbered(key):
        return any(letter.isalpha() for letter in key)
    return len(key) >= _SHORTEST and key not in _NO_NAMES
