"""The period words of one language, from `language/dates.<xx>.toml`: which word plays which role.

A word in the file is a form, a stem with an open ending (`квартал*`), or several of these (`year to date`).
A month that is also a common word carries a question mark (`may?`): it counts only in the company of a date.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import LanguageError
from knowledge.text import fold

UNITS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
VAGUE = {"early": (1, 3), "mid": (4, 9), "late": (10, 12)}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
OFFSETS = {"this": 0, "last": -1, "before_last": -2, "next": 1}
_TO_TWELVE = {str(number): number for number in range(1, 13)}
_VALUES: dict[str, tuple[str, Mapping[str, int]]] = {
    "months": ("month", _TO_TWELVE),
    "ordinals": ("ordinal", _TO_TWELVE),
    "numbers": ("number", _TO_TWELVE),
    "units": ("unit", UNITS),
    "vague": ("vague", {name: first * 100 + last for name, (first, last) in VAGUE.items()}),
    "seasons": ("season", {name: first * 100 + last for name, (first, last) in SEASONS.items()}),
    "years": ("offset", OFFSETS),
}
"""Section of the file → role, and the value that each of its keys stands for."""
_ROLES = frozenset((
    "of", "the", "and", "versus", "compare", "from", "to", "between", "since", "until", "before", "after",
    "since_after", "until_after", "before_after", "after_after", "between_after", "last", "this", "next",
    "previous", "that", "same", "earlier", "later", "ago", "ending", "period", "whole", "whole_after", "fiscal",
    "latest", "known", "data", "all", "to_date", "ytd", "now", "several", "recent_years", "measure", "unit_word",
    "spanning", "break",
))  # fmt: skip
"""Keys of the section [roles]; a word there simply plays the role."""
_SUFFIXES = ("number", "decade", "from", "to")
_CODES = ("quarter", "quarter_behind", "half", "months", "fiscal")
_LONGEST_ENDING = 9
_REMEMBERED = 8192

Roles = Mapping[str, int]


class Word(NamedTuple):
    """One word of a phrase: its folded form, or stem where `open`."""

    form: str
    open: bool

    def fits(self, word: str) -> bool:
        """True if a folded word of a text is this word."""
        if not self.open:
            return word == self.form
        return word.startswith(self.form) and len(word) - len(self.form) <= _LONGEST_ENDING


class _Entry(NamedTuple):
    rest: tuple[Word, ...]
    role: str
    value: int


class _Known(NamedTuple):
    """What may start with one word: phrases, longest first, and the roles of the word alone."""

    phrases: tuple[_Entry, ...]
    roles: dict[str, int]


class DateWords:
    """One language's period words; `load` reads each file once."""

    def __init__(self, language: str, data: Mapping[str, object], name: str) -> None:
        """Take a parsed file; raises LanguageError with the file and the key."""
        self.language = language
        self._name = name
        self._forms: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._seen: dict[str, _Known] = {}
        sections = {*_VALUES, "roles", "suffixes", "codes", "settings"}
        self._same_keys("the file", set(data), sections)
        for section, (role, values) in _VALUES.items():
            for key, forms in self._lists(data, section, set(values)).items():
                for form in forms:
                    self._add(form, role, values[key], f"{section}.{key}")
        for role, forms in self._lists(data, "roles", set(_ROLES)).items():
            for form in forms:
                self._add(form, role, 1, f"roles.{role}")
        endings = self._lists(data, "suffixes", set(_SUFFIXES))
        self.suffixes = {name: frozenset(map(_folded, forms)) for name, forms in endings.items()}
        self.endings = frozenset[str]().union(*self.suffixes.values())
        self.code = self._codes(self._lists(data, "codes", set(_CODES)))
        settings = data["settings"]
        if not isinstance(settings, dict) or not all(isinstance(value, bool) for value in settings.values()):
            raise LanguageError(f"{name}: [settings] must be true or false, each")
        self._same_keys("[settings]", set(settings), {"from_is_since", "postpositions"})
        self.from_is_since: bool = settings["from_is_since"]
        self.postpositions: bool = settings["postpositions"]

    @classmethod
    def load(cls, language: str) -> DateWords:
        """The words of a language ("en"), read once."""
        return _load(language)

    @classmethod
    def read(cls, path: Path) -> DateWords:
        """The words in a file named `dates.<language>.toml`; raises LanguageError."""
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LanguageError(f"{path.name}: cannot be read: {error}") from error
        return cls(path.name.split(".")[1], data, path.name)

    def match(self, words: Sequence[str], at: int) -> tuple[int, Roles]:
        """How many words from `at` on make the longest known phrase, and the roles that it plays."""
        known = self._seen.get(words[at]) or self._look_up(words[at])
        if not known.phrases:
            return 1, known.roles
        size = 0
        roles: dict[str, int] = {}
        for rest, role, value in known.phrases:
            if len(rest) < size:
                break
            end = at + 1 + len(rest)
            if end > len(words) or not rest[0].fits(words[at + 1]):
                continue
            if all(word.fits(words[at + 1 + step]) for step, word in enumerate(rest)):
                size = len(rest)
                roles[role] = value
        return (size + 1, roles) if roles else (1, known.roles)

    def knows(self, word: str) -> bool:
        """True if a folded word plays a role of its own."""
        return bool((self._seen.get(word) or self._look_up(word)).roles)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every whole word of the language file, folded: what a misspelt period word may have been."""
        first = {form for form in self._forms if form.isalpha()}
        rest = (entry.rest for entries in (*self._forms.values(), *self._stems.values()) for entry in entries)
        return frozenset(first | {word.form for words in rest for word in words if not word.open})

    def _codes(self, letters: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
        """The pattern of codes like Q1, 1Q22, 2022Q1, H1, 9M25, FY22."""
        folded = {name: [_folded(form) for form in forms] for name, forms in letters.items()}
        self.quarters = frozenset(folded["quarter"] + folded["quarter_behind"])
        self.halves = frozenset(folded["half"])
        part = "|".join(folded["quarter"] + folded["half"])
        behind = "|".join([part, *folded["quarter_behind"], *folded["months"]])
        # Glued to the code, two digits are a year only after "1q" or an apostrophe: H225 and Q400 are aircraft.
        return re.compile(
            rf"(?:(?P<before>\d{{4}})'?)?(?P<letter>{part})(?P<n>\d)(?:'(?P<short>\d\d)|'?(?P<after>\d{{4}}))?"
            rf"|(?P<n2>\d{{1,2}})(?P<letter2>{behind})'?(?P<after2>\d{{4}}|\d\d)?"
            rf"|(?:{'|'.join(folded['fiscal'])})'?(?P<fiscal>\d{{4}}|\d\d)"
        )

    def _look_up(self, word: str) -> _Known:
        alone = self._forms.get(word, [])
        phrases = [entry for entry in alone if entry.rest]
        alone = [entry for entry in alone if not entry.rest]
        for size in range(len(word), max(0, len(word) - _LONGEST_ENDING - 1), -1):
            entries = self._stems.get(word[:size], [])
            phrases += [entry for entry in entries if entry.rest]
            # The exact form knows best, then the longest stem.
            alone = alone or [entry for entry in entries if not entry.rest]
        phrases.sort(key=lambda entry: -len(entry.rest))
        known = _Known(tuple(phrases), {entry.role: entry.value for entry in alone})
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[word] = known
        return known

    def _add(self, form: str, role: str, value: int, key: str) -> None:
        if form.endswith("?"):
            form = form.removesuffix("?")
            self._add(form, "unsure", 1, key)
        if form.isalpha():
            self._forms.setdefault(_folded(form), []).append(_Entry((), role, value))
            return
        words = [Word(_folded(piece.removesuffix("*")), piece.endswith("*")) for piece in form.split()]
        if not words or not all(word.form.replace("'", "").isalpha() or word.form == "%" for word in words):
            raise LanguageError(f"{self._name}: {key}: {form!r} is no word, and no words with spaces between them")
        first, *rest = words
        (self._stems if first.open else self._forms).setdefault(first.form, []).append(_Entry(tuple(rest), role, value))

    def _lists(self, data: Mapping[str, object], section: str, keys: set[str]) -> dict[str, list[str]]:
        table = data[section]
        if not isinstance(table, dict):
            raise LanguageError(f"{self._name}: [{section}] must be a table")
        self._same_keys(f"[{section}]", set(table), keys)
        for key, forms in table.items():
            if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
                raise LanguageError(f"{self._name}: {section}.{key} must be a list of words")
        return table

    def _same_keys(self, where: str, found: set[str], wanted: set[str]) -> None:
        if missing := sorted(wanted - found):
            raise LanguageError(f"{self._name}: {where} lacks {', '.join(missing)}")
        if extra := sorted(found - wanted):
            raise LanguageError(f"{self._name}: {where} has {', '.join(extra)}, which nothing uses")


@cache
def _folded_letter(letter: str) -> str:
    return fold(letter)


def _folded(word: str) -> str:
    """`fold`, letter by letter: a file has thousands of words, and few letters."""
    return "".join(map(_folded_letter, unicodedata.normalize("NFC", word)))


@cache
def _load(language: str) -> DateWords:
    return DateWords.read(Path(__file__).parent / "language" / f"dates.{language}.toml")
