"""The values that periods in text are built of, and the year of one: said, short, or by relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from knowledge.datetokens import Atom, expand
from knowledge.datewords import DateWords, Roles
from knowledge.period import Period


class Part(NamedTuple):
    """Months of an unnamed year; where `first` comes after `last`, it starts in the year before."""

    first: int
    last: int
    grain: str
    day: int = 0
    bare: bool = True
    """False where it means something only with a year beside it ("summer", "9 months")."""

    def of(self, year: int) -> Period:
        """These months of a year."""
        return Period((year - (self.first > self.last)) * 12 + self.first - 1, year * 12 + self.last - 1)


class Year(NamedTuple):
    """A year as said: a number, a relation to the question before, or neither ("of the year")."""

    number: int | None
    relative: str
    end: int
    """The atom behind it."""
    whole: bool = False
    run: int = 0
    """The last year of "2020-24", which is one expression."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a range may begin or end, from atom `begin` up to `end`."""

    part: Part | None
    year: int | None
    relative: str
    begin: int
    end: int
    whole: bool = False
    run: int = 0
    year_first: bool = False

    @property
    def period(self) -> Period | None:
        """The months, where the year is known."""
        if self.year is None:
            return None
        if self.part:
            return self.part.of(self.year)
        return Period(self.year * 12, (self.run or self.year) * 12 + 11)

    @property
    def grain(self) -> str:
        """The unit of the words."""
        if self.part:
            return self.part.grain
        return "span" if self.run else "year"

    @property
    def day(self) -> str:
        """The single day: YYYY-MM-DD, --MM-DD while the year is unknown."""
        if not self.part or not self.part.day:
            return ""
        tail = f"-{self.part.first:02}-{self.part.day:02}"
        return f"{self.year:04}{tail}" if self.year is not None else f"-{tail}"


class Years:
    """Walks the atoms of one text and finds the years."""

    def __init__(self, atoms: Sequence[Atom], words: DateWords, today: date) -> None:
        """Read `atoms`; "last year" hangs on `today`."""
        self.atoms = atoms
        self.words = words
        self.today = today
        self.month = today.year * 12 + today.month - 1
        self._roles: list[Roles] = [atom.roles for atom in atoms]
        self.dated = any("year" in roles for roles in self._roles)
        # Padded, so that looking ahead (and one behind the first) needs no check.
        self._roles += [{}] * 16

    def roles(self, at: int) -> Roles:
        """The roles of an atom; none behind the last."""
        return self._roles[at]

    def over(self, at: int, *roles: str) -> int:
        """The first atom from `at` on that has none of these roles."""
        while not self.roles(at).keys().isdisjoint(roles):
            at += 1
        return at

    def unit(self, at: int) -> int:
        """The months of the unit that an atom names, or 0."""
        return self.roles(at).get("unit", 0)

    def whole_unit(self, at: int) -> tuple[int, int]:
        """The atom behind a unit, "full" or not, and the months of it; 0 where there is none."""
        if {"whole", "whole_after"} <= self.roles(at).keys():
            return at + 1, 12
        at = self.over(at, "whole")
        return at + 1, self.unit(at)

    def gap(self, at: int) -> str:
        """The signs before an atom."""
        return self.atoms[at].gap if at < len(self.atoms) else ""

    def year(self, at: int) -> Year | None:
        """The year that begins at an atom: "2022", "the whole year 2022", "last year", "FY 22"."""
        step, whole, fiscal = at, False, False
        while (roles := self.roles(step)).keys() & {"whole", "fiscal"} or (
            roles.get("unit") == 12 and "year" in self.roles(step + 1)
        ):
            whole, fiscal = whole or "whole" in roles, fiscal or "fiscal" in roles
            step = self.over(step + 1, "of", "the")
        if "year" in roles:
            end = step + 1 + ("fiscal" in self.roles(step + 1) and self.unit(step + 2) == 12)
            if self.unit(end) == 12 and not self.roles(end + 1).keys() & {"earlier", "ago", "before"}:
                end += 1
            closing = self.over(end, "the", "of")
            if "whole_after" in self.roles(closing):
                whole, end = True, closing + 1
            return Year(roles["year"], "", end, whole, roles.get("run", 0))
        if fiscal and "short" in roles:
            return Year(expand(roles["short"]), "", step + 1, whole)
        return self._said_year(step, whole=whole)

    def _said_year(self, at: int, *, whole: bool) -> Year | None:
        """This year, last year, that year, the previous year, a year earlier, two years ago."""
        roles, now = self.roles(at), self.today.year
        if "offset" in roles:
            return Year(now + roles["offset"], "", at + 1, whole)
        if beside := self._beside(at):
            return beside
        if self.unit(at + 1) == 12:
            for role, number, relative in (
                ("this", now, ""), ("last", now - 1, ""), ("that", None, "that"), ("same", None, "that"),
                ("previous", None, "year_earlier"), ("next", None, "next"),
            ):  # fmt: skip
                if role in roles and not (role == "same" and "period" in self.roles(at + 2)):
                    return Year(number, relative, at + 2, whole)
            if "number" in roles and "ago" in self.roles(at + 2) and roles["number"] > 1:
                return Year(now - roles["number"], "", at + 3)
            if roles.get("number") == 1 and self.roles(at + 2).keys() & {"earlier", "ago"}:
                return self._year_earlier(at, at + 2)
        if roles.get("unit") == 12 and self.roles(at + 1).keys() & {"earlier", "ago"}:
            return self._year_earlier(at, at + 1)
        return None

    def _beside(self, at: int) -> Year | None:
        """The year before 2020, two years after 2020."""
        count = self.roles(at).get("number", 0)
        mark = at + 1 + bool(count)
        way = {"before": -1, "until": -1, "after": 1}
        sign = next((step for role, step in way.items() if role in self.roles(mark)), 0)
        if not sign or self.unit(mark - 1) != 12 or "year" not in self.roles(mark + 1):
            return None
        return Year(self.roles(mark + 1)["year"] + sign * (count or 1), "", mark + 2)

    def _year_earlier(self, at: int, mark: int) -> Year | None:
        """A year earlier; not the "years earlier" of "two years earlier"."""
        if at and self.roles(at - 1).keys() & {"number", "several"}:
            return None
        return Year(None, "year_earlier", mark + 1)

    def _that_year(self, at: int) -> Year | None:
        """The "of the year" of "first quarter of the year": no year, but part of the expression."""
        if self.unit(at) != 12 or self.roles(at + 1).keys() & {"earlier", "ago", "ending", "number"}:
            return None
        return Year(None, "", at + 1)

    def _year_short(self, at: int, part: Part) -> Year | None:
        """The two digits right behind a part: "q1 22", "march 22", not "march 24 TB2" nor "june 28"."""
        short = self.roles(at).get("short")
        if short is None or self.gap(at).startswith(",") or part.day or part.grain == "vague":
            return None
        if short > self.today.year % 100 + (1 if part.grain == "month" else 10):
            return None
        if "month" in self.roles(at + 1) or self.unit(at + 1):
            return None
        return Year(expand(short), "", at + 1)
