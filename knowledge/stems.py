"""Phrases of several words with stems in them: "оборонн* продукц*" stands for every case of the two words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from knowledge.text import tokens

T = TypeVar("T")
_KEY = 2
"""Letters of its first word by which a phrase is found."""


class _Word(NamedTuple):
    form: str
    open: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.form) if self.open else word == self.form


class Stems(Generic[T]):
    """Such phrases with what they mean."""

    def __init__(self) -> None:
        self._phrases: dict[tuple[int, str], list[tuple[tuple[_Word, ...], T]]] = {}
        self.longest = 1
        """Words of the longest phrase."""
        self._words: dict[bool, set[str]] = {False: set(), True: set()}
        """Every word of a phrase, whole words and stems apart."""

    def add(self, phrase: str, meaning: T) -> None:
        """Learn a phrase as it stands in a file, a star behind every stem."""
        words = []
        for part in phrase.split():
            *before, last = (token.fold for token in tokens(part.rstrip("*")))
            words += [*(_Word(word, open=False) for word in before), _Word(last, open=part.endswith("*"))]
        self.longest = max(self.longest, len(words))
        for word in words:
            self._words[word.open].add(word.form)
        self._phrases.setdefault((len(words), words[0].form[:_KEY]), []).append((tuple(words), meaning))

    def has_word(self, word: str) -> bool:
        """True if a word occurs in a phrase, or begins like a stem in one."""
        stems = self._words[True]
        return word in self._words[False] or any(word[:cut] in stems for cut in range(len(word), 1, -1))

    def look_up(self, folds: Sequence[str]) -> tuple[T, ...]:
        """What a phrase can mean; of the known ones that fit, those that say most of its words."""
        best, most = list[T](), 0
        for words, meaning in self._phrases.get((len(folds), folds[0][:_KEY]), ()):
            if all(word.fits(fold) for word, fold in zip(words, folds, strict=True)):
                said = sum(len(word.form) for word in words)
                if said >= most:
                    best, most = [*(best if said == most else ()), meaning], said
        return tuple(dict.fromkeys(best))
