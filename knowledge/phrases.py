"""The phrases of one language: looked up by key, filled, and put in the right plural."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale

from knowledge.errors import LanguageError
from knowledge.inflection import inflection

BOLD, PLAIN = "\ue000", "\ue001"
"""Marks around a bold run. They are private-use characters: no text of users or facts keeps them."""

_PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))
"""The CLDR plural categories: a table of nothing else is one phrase in its plurals."""

Word = Callable[[Any, str], str]
"""Words one argument in the manner that the format specification names."""


class Phrases:
    """One language's phrases, flattened to dotted keys."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.inflection = inflection(language)
        self._texts = _texts(language)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> frozenset[str]:
        """Every key."""
        return frozenset(self._texts)

    def fill(self, key: str, args: Mapping[str, Any], word: Word) -> str:
        """The phrase with its arguments worded by `word`; raises LanguageError for a key that is not there."""
        try:
            text = self._texts[key]
        except KeyError:
            raise LanguageError(f"phrases/{self.language}: there is no phrase {key!r}") from None
        if isinstance(text, dict):
            count = args.get("n", 0)
            amount = getattr(count, "value", count)
            text = text.get(str(self.locale.plural_form(amount)), text["other"])
        return "".join(
            f"{before}{word(args[name], spec)}" if name is not None else before for before, name, spec in _parts(text)
        )


@cache
def _parts(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """What stands before an argument, its name, and how it is to be worded; no name at the end of the text.

    The library's formatter reads the text each time anew, which took a fifth of an answer.
    """
    return tuple((before, name, spec or "") for before, name, spec, _ in string.Formatter().parse(text))


@cache
def _texts(language: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    folder = files("knowledge.language").joinpath("phrases").joinpath(language)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            try:
                _flatten(tomllib.loads(file.read_text(encoding="utf-8")), "", out)
            except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise LanguageError(f"phrases/{language}/{file.name} cannot be read: {error}") from error
    return out


def _flatten(table: Mapping[str, Any], prefix: str, out: dict[str, Any]) -> None:
    for key, value in table.items():
        if isinstance(value, dict) and not _PLURALS.issuperset(value):
            _flatten(value, f"{prefix}{key}.", out)
        elif isinstance(value, dict):
            out[prefix + key] = {form: _bold(text) for form, text in value.items()}
        else:
            out[prefix + key] = _bold(value)


def _bold(text: str) -> str:
    """`**run**` as marked runs."""
    parts = text.split("**")
    return "".join(part if at % 2 == 0 else f"{BOLD}{part}{PLAIN}" for at, part in enumerate(parts))
