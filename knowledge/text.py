"""Folding and tokens: the one place that decides when two spellings are the same word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans(
    {
        "ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e",
        "‘": "'", "’": "'", "ʼ": "'", "ʹ": "'", "`": "'", "´": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    }
)  # fmt: skip
_KEEP = {"й": "й", "ї": "ї", "ё": "е"}
"""Letters whose mark makes another letter (й, ї), kept; ё is written е by half of all writers."""
_TOKEN = re.compile(
    r"""
    \d{4}-\d{2}-\d{2}                   # 2022-01-27
  | \d+(?:[.,]\d+)+                     # 59.1  1,059
  | \d+(?:st|nd|rd|th)?(?!\w)           # 16  1st
  | [^\W_]+(?:[.&'][^\W_]+)*            # words, U.S, won't, L3Harris, TB2
  | [$€£%+]
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign of a text, with its place in it."""

    text: str
    fold: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in the form in which names and words are compared.

    Case, accents and the Turkish dotted and dotless i are levelled ("TİM", "Tım" and "tim" are one), Cyrillic
    й and ї stay letters of their own, typographic quotes and dashes become plain.
    """
    plain = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold().translate(_SAME)
    if plain.isascii():
        return plain
    return "".join(map(_bare, plain))


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and signs of a text; punctuation and emoji are left out."""
    return tuple(
        Token(found.group(), fold(found.group()).removesuffix("'"), found.start(), found.end())
        for found in _TOKEN.finditer(text.translate(_QUOTES))
    )


def folds(phrase: str) -> tuple[str, ...]:
    """The folded words, numbers and signs of a phrase: quickly for the single plain words that most phrases are."""
    return (fold(phrase),) if phrase.isalpha() else tuple(token.fold for token in tokens(phrase))


_QUOTES = str.maketrans("‘’ʼ`´", "'" * 5)
"""Typographic apostrophes, one character each, so that places in the text stay true."""


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """The letter without its marks, but for those that make another letter; soft hyphens and joiners vanish."""
    return _KEEP.get(letter) or "".join(
        part for part in unicodedata.normalize("NFD", letter) if unicodedata.category(part) not in ("Mn", "Cf")
    )
