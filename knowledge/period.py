"""One value type for every span of whole months: a month, a quarter, a half, a year or more.

There is no clock here: "last quarter" is resolved in `knowledge.dates`, which is handed `today`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.errors import FactError

_CODE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?")
_MONTHS = {1: "month", 3: "quarter", 6: "half", 12: "year"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed run of months. `start` and `end` count months since year 0 (year * 12 + month - 1)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise FactError(f"a period cannot end ({_code(self.end)}) before it starts ({_code(self.start)})")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The month `month` (1 to 12) of `year`."""
        return cls(year * 12 + month - 1, year * 12 + month - 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """The quarter `quarter` (1 to 4) of `year`."""
        return cls(year * 12 + quarter * 3 - 3, year * 12 + quarter * 3 - 1)

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """The half `half` (1 or 2) of `year`."""
        return cls(year * 12 + half * 6 - 6, year * 12 + half * 6 - 1)

    @classmethod
    def year(cls, year: int) -> Period:
        """The whole of `year`."""
        return cls(year * 12, year * 12 + 11)

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read `2022`, `2022-H1`, `2022-Q1`, `2022-03` or `2022-01/2022-04`; raises FactError."""
        first, slash, last = code.partition("/")
        if slash:
            return cls(cls.parse(first).start, cls.parse(last).end)
        found = _CODE.fullmatch(code)
        if not found:
            raise FactError(f"{code!r} is not a period: write 2022, 2022-H1, 2022-Q1, 2022-03 or 2022-01/2022-04")
        year, quarter, half, month = found.groups()
        if quarter:
            return cls.quarter(int(year), int(quarter))
        if half:
            return cls.half(int(year), int(half))
        if month:
            if not 1 <= int(month) <= 12:
                raise FactError(f"{code!r} is not a period: there is no month {month}")
            return cls.month(int(year), int(month))
        return cls.year(int(year))

    def __str__(self) -> str:
        """The code that `parse` reads, in its shortest form."""
        year, month = divmod(self.start, 12)
        match self.kind:
            case "month":
                return _code(self.start)
            case "quarter":
                return f"{year:04}-Q{month // 3 + 1}"
            case "half":
                return f"{year:04}-H{month // 6 + 1}"
            case "year":
                return f"{year:04}"
        return f"{_code(self.start)}/{_code(self.end)}"

    def __len__(self) -> int:
        """The number of months."""
        return self.end - self.start + 1

    def __contains__(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    @property
    def kind(self) -> str:
        """`month`, `quarter`, `half` or `year` where it is a calendar one, else `span`."""
        kind = _MONTHS.get(len(self))
        return kind if kind and self.start % len(self) == 0 else "span"

    @property
    def first_year(self) -> int:
        """The year of the first month."""
        return self.start // 12

    @property
    def last_year(self) -> int:
        """The year of the last month."""
        return self.end // 12

    @property
    def first_month(self) -> int:
        """The first month, 1 to 12."""
        return self.start % 12 + 1

    @property
    def last_month(self) -> int:
        """The last month, 1 to 12."""
        return self.end % 12 + 1

    @property
    def to_date(self) -> bool:
        """True for the first months of a year that stop short of a calendar quarter, half or year."""
        return self.kind == "span" and self.first_month == 1 and self.first_year == self.last_year

    def overlaps(self, other: Period) -> bool:
        """True if the two share a month."""
        return self.start <= other.end and other.start <= self.end

    def shifted(self, months: int) -> Period:
        """The same length, `months` later (earlier where negative)."""
        return Period(self.start + months, self.end + months)

    def previous(self) -> Period:
        """The period of the same length that ends right before this one."""
        return self.shifted(-len(self))

    def year_earlier(self) -> Period:
        """The same months one year earlier (as many years as a longer span covers)."""
        return self.shifted(-12 * -(-len(self) // 12))

    def split(self, kind: str) -> tuple[Period, ...]:
        """The whole months, quarters, halves or years inside, in order; parts cut off are left out."""
        size = next(size for size, name in _MONTHS.items() if name == kind)
        first = -(-self.start // size) * size
        return tuple(Period(at, at + size - 1) for at in range(first, self.end - size + 2, size))

    def months(self) -> Iterator[Period]:
        """Each month, in order."""
        return (Period(at, at) for at in range(self.start, self.end + 1))


def _code(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"
