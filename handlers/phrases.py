"""What the bot itself says, beside its answers: buttons, notices, /start. A file a language, all with the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from knowledge.errors import LanguageError
from knowledge.language import read
from knowledge.phrases import BOLD, PLAIN

DEFAULT = "en"
_STARS = re.compile(r"\*\*(.+?)\*\*")
_NAME = re.compile(r"\{(\w+)\}")


class Phrases:
    """The phrases of one language."""

    def __init__(self, language: str, texts: Mapping[str, str], examples: tuple[str, ...]) -> None:
        self.language = language
        self.examples = examples
        """Questions that /start offers as buttons."""
        self._texts = texts

    def __call__(self, key: str, **names: object) -> str:
        """The phrase, filled in."""
        return self._texts[key].format(**names)

    def shape(self) -> dict[str, frozenset[str]]:
        """Each key with the names that its phrase has to be filled with: the same in every language."""
        return {key: frozenset(_NAME.findall(text)) for key, text in self._texts.items()}


def languages() -> tuple[str, ...]:
    """The languages that the bot speaks."""
    return tuple(_load())


def phrases(code: str | None) -> Phrases:
    """The phrases of a language by its IETF tag ("tr", "uk-UA"), or of English where there is none."""
    every = _load()
    return every.get((code or DEFAULT).partition("-")[0].lower()) or every[DEFAULT]


def make(language: str, table: Mapping[str, object]) -> Phrases:
    """One language from what its file holds."""
    examples = table.get("examples")
    if not isinstance(examples, list) or not examples or not all(isinstance(line, str) for line in examples):
        raise LanguageError(f"{language}: examples must be a list of questions")
    texts = {key: value.strip() if isinstance(value, str) else "" for key, value in table.items() if key != "examples"}
    if not all(texts.values()):
        raise LanguageError(f"{language}: {', '.join(key for key, text in texts.items() if not text)} must be texts")
    marked = {key: _STARS.sub(rf"{BOLD}\1{PLAIN}", text) for key, text in texts.items()}
    return Phrases(language, marked, tuple(examples))


def compare(model: Phrases, other: Phrases) -> None:
    """Refuse a language whose keys, or the names in its phrases, are not those of `model`."""
    want, have = model.shape(), other.shape()
    wrong = [f"{key} is missing" for key in want if key not in have]
    wrong += [f"{key} is not known" for key in have if key not in want]
    wrong += [f"{key} needs {sorted(want[key])}" for key in want if key in have and want[key] != have[key]]
    if wrong:
        raise LanguageError(f"{other.language}: {'; '.join(wrong)}")


@cache
def _load() -> Mapping[str, Phrases]:
    """Every language there is, English first, all complete."""
    names = {file.name.removesuffix(".toml") for file in (files("knowledge.language") / "ui").iterdir()}
    found = {name: make(name, read(f"ui/{name}")) for name in (DEFAULT, *sorted(names - {DEFAULT}))}
    for other in found.values():
        compare(found[DEFAULT], other)
    return found
