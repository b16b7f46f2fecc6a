"""Which language a text is in, by evidence: the words of each language that it has."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from babel.core import get_global

from knowledge.grammar import Grammar
from knowledge.text import tokens

_NAME = 0.4
"""A name tells less than a word: it is much the same in many languages."""
_MISSPELT = 0.3
_LITTLE = 0.5
"""A text is no text of a language that accounts for less of it than this, if there is a better one."""
_SCRIPTS = {"CYRILLIC": "Cyrl", "LATIN": "Latn"}


def tongue(text: str, languages: Sequence[str], grammar: Callable[[str], Grammar]) -> str:
    """The language that accounts for most of a text; the first of `languages` where none does, or on a draw.

    Of two that account for as much, the one that has the letters of the text: "çelik" is not English.
    Languages of another script are asked only about a text that the others make little of; and none any more once
    one accounts for every word: loading one takes time.
    """
    if len(languages) == 1:
        return languages[0]
    scripts = _scripts(text)
    words = [token.fold for token in tokens(text) if any(letter.isalpha() for letter in token.fold)]
    written = [language for language in languages if not scripts or _script_of(language) in scripts]
    best, most = (
        (languages[0], 0.0) if languages[0] in written or not words else (next(iter(written), languages[0]), 0.0)
    )
    letters = {letter for letter in text.lower() if letter.isalpha()}
    fewest = len(letters) + 1
    for language in written if words else ():
        known = sum(_weight(grammar(language), word) for word in words)
        strange = len(letters - grammar(language).lexicon.letters)
        if known > most or (known == most > 0 and strange < fewest):
            best, most, fewest = language, known, strange
        if known == len(words) and not strange:
            return best
    if scripts and most < len(words) * _LITTLE:
        for language in languages:
            if language not in written and (known := _respelt(grammar(language), words)) > most:
                best, most = language, known
    return best


def _respelt(grammar: Grammar, words: Sequence[str]) -> float:
    """How much of a text a language accounts for once its words are put into its own letters."""
    if not grammar.respelling:
        return 0.0
    return sum(_weight(grammar, spelt) for word in words if (spelt := grammar.respelt(word)))


def _weight(grammar: Grammar, word: str) -> float:
    if grammar.dates.knows(word):
        return 1.0
    meanings, _ = grammar.lexicon.look_up([word])
    if not meanings:
        return _MISSPELT if word in grammar.speller else 0.0
    return 1.0 if any(meaning.kind in ("cue", "filler", "outside", "product") for meaning in meanings) else _NAME


def _scripts(text: str) -> frozenset[str]:
    """ISO codes of the scripts of a text's letters, of those known: names stand in Latin letters in any language."""
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in set(text) if letter.isalpha()}
    return frozenset(_SCRIPTS[name] for name in names if name in _SCRIPTS)


@cache
def _script_of(language: str) -> str:
    """The script that a language is written in, by CLDR."""
    likely = str(get_global("likely_subtags").get(language, ""))
    return next((part for part in likely.split("_") if len(part) == len("Latn")), "Latn")
