"""How people ask and how answers are put, as data: one set of files a language. The code knows no language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.errors import LanguageError

_LANGUAGE = re.compile(r"[a-z]{2}\.toml")
_HERE = files("knowledge.language")


@cache
def read(name: str) -> dict[str, Any]:
    """The table in `knowledge/language/<name>.toml`; raises LanguageError with the file's name."""
    try:
        return tomllib.loads(_HERE.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LanguageError(f"knowledge/language/{name}.toml cannot be read: {error}") from error


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages in which questions are understood, in the order that settles draws between them."""
    found = {file.name[:2] for file in _HERE.iterdir() if _LANGUAGE.fullmatch(file.name)}
    order = [code for code in read("languages")["order"] if code in found]
    return (*order, *sorted(found - set(order)))


@cache
def answering() -> tuple[str, ...]:
    """Codes of the languages in which answers can be given: those that have phrases; in the same order."""
    folder = _HERE.joinpath("phrases")
    return tuple(code for code in languages() if folder.joinpath(code).is_dir())


@cache
def common_words(language: str) -> frozenset[str]:
    """Real words of a language that are near a known one, and must not be taken for a slip of it."""
    return _words(f"common.{language}.txt")


@cache
def forms(language: str) -> frozenset[str]:
    """Words of a language that its file has only the stems of: slips are put right to them as well."""
    return _words(f"forms.{language}.txt")


def _words(name: str) -> frozenset[str]:
    file = _HERE.joinpath(name)
    return frozenset(file.read_text(encoding="utf-8").split()) if file.is_file() else frozenset()


def answered_in(spoken: str, wanted: str | None) -> str:
    """The language of an answer: the one that is asked for, else the question's, else the first that has phrases."""
    return next((code for code in (wanted, spoken) if code in answering()), answering()[0])
