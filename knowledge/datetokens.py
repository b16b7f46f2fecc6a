"""Tokens → atoms: each word, number or code of a text with the roles that it may play in a period.

Numbers are the delicate part. What cannot be a year, a day or an ordinal plays no role at all: "59.1", "$2000",
"2000 drones", "F-35".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.datewords import DateWords, Roles
from knowledge.text import Token

EARLIEST, LATEST = 1950, 2050
"""The years that a four-digit number may mean."""
UNSAID = "~"
"""The one character between two tokens of a text that was not handed in: a space, a dash, anything."""
_BLANK = " .\t\u00a0\u202f"
"""Signs that say nothing about how two tokens hang together ("Jan. - Sept.")."""
_MONEY = frozenset("$€£₺₴")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"} | dict.fromkeys("‐‑‒–—−", "-"))
_BREAK = re.compile(r"[?!;\n…]")
_ISO = re.compile(r"(\d{4})[-.](\d\d)[-.](\d\d)")
_DOTTED = re.compile(r"(?:(\d{1,2})[.])?(\d{1,2})[.](\d{4})")
_SHORT_DOTTED = re.compile(r"(\d{2})[.](\d{2})[.](\d{2})")
_DOTTED_YEAR = re.compile(r"(\d{4})[.](0[1-9]|1[0-2])")
_YEARS = re.compile(r"\d{4}(?:,\d{4})+")
_GLUED = re.compile(r"(\d+)(['-]?)([^\W\d_]+)")
_NOTHING: Roles = {}


@dataclass(frozen=True, slots=True)
class Atom:
    """One unit of the grammar. One token may give two ("1q22"), several tokens one ("year to date")."""

    first: int
    last: int
    roles: Roles
    gap: str = ""
    """The signs between the atom before and this one; UNSAID where one character is all that is known."""


def expand(short: int) -> int:
    """The year that two digits stand for."""
    return 2000 + short if short < 50 else 1900 + short


def is_day(year: int, month: int, day: int) -> bool:
    """True if there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def atoms(tokens: Sequence[Token], words: DateWords, text: str) -> list[Atom]:
    """The atoms of a text, in order; a break between sentences is an atom without a role."""
    return list(_Maker(tokens, words, text))


class _Maker:
    def __init__(self, tokens: Sequence[Token], words: DateWords, text: str) -> None:
        self._tokens = tokens
        self._folds = [token.fold for token in tokens]
        self._words = words
        self._text = text

    def __iter__(self) -> Iterator[Atom]:
        at = 0
        while at < len(self._tokens):
            gap = self._gap(at)
            if gap != " " and _BREAK.search(gap):
                yield Atom(at, at - 1, _NOTHING, gap)
            fold = self._folds[at]
            if fold.isalpha():
                size, roles = self._words.match(self._folds, at)
                yield Atom(at, at + size - 1, roles, gap.strip(_BLANK))
            else:
                last, parts = self._number(at) if any(map(str.isdigit, fold)) else self._marked(at)
                for roles in parts:
                    yield Atom(at, last, roles, gap.strip(_BLANK))
                    gap = ""
                size = last - at + 1
            at += size

    def _gap(self, at: int) -> str:
        """What stands before token `at`; guessed from its length where the text was not handed in."""
        if not at:
            return self._text[: self._tokens[0].start].translate(_PLAIN)
        start, end = self._tokens[at - 1].end, self._tokens[at].start
        if self._text:
            return self._text[start:end].translate(_PLAIN)
        return {0: "", 1: UNSAID, 2: ","}.get(end - start, "-" if end - start == 3 else "")

    def _marked(self, at: int) -> tuple[int, Sequence[Roles]]:
        """A word with an apostrophe or a point in it: as it is, else without its ending."""
        size, roles = self._words.match(self._folds, at)
        if not roles:
            stem, mark, ending = self._folds[at].rpartition("'")
            if mark and ending in self._words.endings:
                roles = self._words.match([stem], 0)[1]
        return at + size - 1, [roles]

    def _number(self, at: int) -> tuple[int, Sequence[Roles]]:
        fold = self._folds[at]
        if fold.isdecimal():
            return self._digits(at, int(fold), len(fold))
        if found := _ISO.fullmatch(fold):
            return at, self._date(*map(int, found.groups()))
        if found := _DOTTED.fullmatch(fold):
            day, month, year = (int(group or 0) for group in found.groups())
            return at, self._date(year, month, day)
        if found := _SHORT_DOTTED.fullmatch(fold):
            return at, self._date(expand(int(found[3])), int(found[2]), int(found[1]))
        if found := _DOTTED_YEAR.fullmatch(fold):
            return at, self._date(int(found[1]), int(found[2]), 0)
        if _YEARS.fullmatch(fold):
            years = [int(year) for year in fold.split(",")]
            if years == list(range(years[0], years[-1] + 1)) and years[0] >= EARLIEST and years[-1] <= LATEST:
                return at, [{"year": years[0], "run": years[-1]}]
            return at, [_NOTHING]
        return self._mixed(at, fold)

    def _mixed(self, at: int, fold: str) -> tuple[int, Sequence[Roles]]:
        """Digits and letters in one token: a code ("1q22"), a number with its ending ("1st", "2021de")."""
        if found := self._words.code.fullmatch(fold):
            return at, self._code(found)
        head, mark, ending = fold.rpartition("'")
        if mark and ending in self._words.endings and (found := self._words.code.fullmatch(head)):
            return at, self._code(found)
        if found := _GLUED.fullmatch(fold):
            digits, mark, ending = found.groups()
            number = int(digits)
            if len(digits) == 4 and EARLIEST <= number <= LATEST:
                if (
                    number % 10 == 0
                    and ending in self._words.suffixes["decade"]
                    and (not mark or ending not in self._words.suffixes["number"])
                ):
                    return at, [{"year": number, "run": number + 9}]
                if ending in self._words.endings:
                    return at, [{"year": number} | self._case(ending)]
            if number <= 31 and ending in self._words.endings:
                return at, [{"number": number, "ordinal": number, "digits": 1}]
        return at, [_NOTHING]

    def _digits(self, at: int, number: int, length: int) -> tuple[int, Sequence[Roles]]:
        before = self._folds[at - 1] if at else ""
        if before in _MONEY and self._gap(at).strip() in ("", UNSAID):
            return at, [_NOTHING]
        last, ending = self._ending(at)
        year = length == 4 and EARLIEST <= number <= LATEST
        # With an ending it stands for itself: "2021'de İHA" are no 2021 of them.
        if not (year and ending) and self._counts(last + 1, year=year):
            return last, [{"number": number}]
        if year:
            if number % 10 == 0 and ending in self._words.suffixes["decade"] - self._words.suffixes["number"]:
                return last, [{"year": number, "run": number + 9}]
            return self._after_year(at, number) or (last, [{"year": number} | self._case(ending)])
        if length > 2:
            return at, [_NOTHING]
        if dated := self._before_year(at, number):
            return dated
        if length == 2 and self._apostrophe(at):
            return last, [{"year": expand(number)} | self._case(ending)]
        roles = {"number": number, "digits": 1}
        if ending:
            roles["ordinal"] = number
        if length == 2 and not self._designation(last + 1):
            roles["short"] = number
        return last, [roles]

    def _counts(self, at: int, *, year: bool) -> bool:
        """True if the word at a place makes the number right before it a count of something."""
        if at >= len(self._tokens):
            return False
        roles = self._words.match(self._folds, at)[1]
        if year:
            month = at >= 2 and "month" in self._words.match(self._folds, at - 2)[1]
            return not month and "measure" in roles and self._gap(at).strip() in ("", UNSAID)
        return "measure" in roles or "unit_word" in roles

    def _after_year(self, at: int, year: int) -> tuple[int, Sequence[Roles]] | None:
        """2022-03, 2022/03/15, 2020-24."""
        gap, second = self._small(at + 1)
        if not second or gap not in ("-", "/", UNSAID) or self._before_unit(at + 2):
            return None
        number = int(second)
        padded = len(second) == 2
        if 1 <= number <= 12 and (gap != UNSAID or second[0] == "0"):
            third_gap, third = self._small(at + 2)
            if third and third_gap == gap and is_day(year, number, int(third)):
                return at + 2, self._date(year, number, int(third))
            return at + 1, self._date(year, number, 0)
        # Without the text, "2020 24" may as well be a year and a count, unless nothing follows.
        if padded and (gap != UNSAID or at + 2 == len(self._tokens)) and number > year % 100:
            return at + 1, [{"year": year, "run": year - year % 100 + number}]
        return None

    def _before_unit(self, at: int) -> bool:
        """True for the "1" of "2022/1. çeyrek"."""
        return at < len(self._tokens) and self._words.match(self._folds, at)[1].get("unit") in (3, 6)

    def _before_year(self, at: int, number: int) -> tuple[int, Sequence[Roles]] | None:
        """03/2022, 27/01/2022, 01/27/2022."""
        for size, numbers in ((2, self._row(at, 3)), (1, self._row(at, 2))):
            if not numbers or not EARLIEST <= numbers[-1] <= LATEST:
                continue
            *_, year = numbers
            first, month = (0, number) if size == 1 else (number, numbers[1])
            if size == 2 and month > 12 >= first:
                first, month = month, first
            if 1 <= month <= 12 and (not first or is_day(year, month, first)):
                return at + size, self._date(year, month, first)
        return None

    def _row(self, at: int, size: int) -> list[int]:
        """`size` numbers in a row with the same sign between them; empty if they are not there."""
        folds = self._folds[at : at + size]
        gaps = {self._gap(step).strip() or " " for step in range(at + 1, min(at + size, len(self._tokens)))}
        if len(folds) < size or not all(map(str.isdecimal, folds)) or len(gaps) > 1 or len(folds[-1]) != 4:
            return []
        if not gaps <= {"/", "-", "."} and not (gaps == {UNSAID} and (size == 3 or folds[0][0] == "0")):
            return []
        return [int(fold) for fold in folds]

    def _small(self, at: int) -> tuple[str, str]:
        """The sign before token `at` and its digits, if it is a number of one or two digits."""
        if at >= len(self._tokens) or not self._folds[at].isdecimal() or len(self._folds[at]) > 2:
            return "", ""
        return self._gap(at), self._folds[at]

    def _ending(self, at: int) -> tuple[int, str]:
        """The last token of a number with its case ending ("2022'nin", "2023-м"), and the ending."""
        if at + 1 < len(self._tokens) and self._folds[at + 1] in self._words.endings:
            gap = self._gap(at + 1)
            if gap in ("'", "-") or gap == UNSAID:
                return at + 1, self._folds[at + 1]
        return at, ""

    def _case(self, ending: str) -> dict[str, int]:
        """The direction that a case ending gives ("2020'den 2025'e")."""
        return {f"{way}_case": 1 for way in ("from", "to") if ending in self._words.suffixes[way]}

    def _designation(self, at: int) -> bool:
        """True for the likes of TB2: in front of one, two digits are a count."""
        if at >= len(self._tokens):
            return False
        fold = self._folds[at]
        return fold[0].isalpha() and not fold.isalpha() and "'" not in fold and not self._words.code.fullmatch(fold)

    def _apostrophe(self, at: int) -> bool:
        gap = self._gap(at)
        return bool(self._text) and gap.endswith("'") and (len(gap) > 1 or not at)

    def _date(self, year: int, month: int, day: int) -> Sequence[Roles]:
        if not EARLIEST <= year <= LATEST or not 1 <= month <= 12 or (day and not is_day(year, month, day)):
            return [_NOTHING]
        return [{"dated": month * 100 + day}, {"year": year}]

    def _code(self, found: re.Match[str]) -> Sequence[Roles]:
        """The part first, then the year, whichever order the code has."""
        if found["fiscal"]:
            year, part, size = found["fiscal"], 0, 0
        else:
            year = found["before"] or found["after"] or found["short"] or found["after2"] or ""
            letter, count = found["letter"] or found["letter2"], int(found["n"] or found["n2"])
            size = 3 if letter in self._words.quarters else 6 if letter in self._words.halves else 0
            if not 1 <= count <= (12 // size if size else 12):
                return [_NOTHING]
            part = ((count - 1) * size + 1) * 100 + count * size if size else 100 + count
            if not size and count == 1:
                return [_NOTHING]
        number = (int(year) if len(year) == 4 else expand(int(year))) if year else 0
        if year and not EARLIEST <= number <= LATEST:
            return [_NOTHING]
        return ([{"part" if size else "run_part": part}] if part else []) + ([{"year": number}] if year else [])
