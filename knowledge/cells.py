"""Single cells of a fact file: each reader gives the value, or notes one sentence and gives a stand-in."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.facts import Day
from knowledge.period import Period
from knowledge.rows import Findings, Row

_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,9})?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEARS = range(1900, 2101)
_EPOCH = Period.month(1900, 1)


class Cells:
    """The cells of one row. `sound` turns false with the first bad cell; the stand-ins must then not be used."""

    def __init__(self, row: Row, findings: Findings) -> None:
        self.row = row
        self.sound = True
        self._findings = findings

    def bad(self, column: str, message: str) -> None:
        """Note that the cell is wrong."""
        self.sound = False
        self._findings.error(self.row.file, self.row.number, column, message)

    def text(self, column: str) -> str:
        """Whatever stands there, but something must."""
        cell = self.row[column]
        if not cell:
            self.bad(column, "the cell is empty: fill it in")
        return cell

    def key(self, column: str, taken: set[str]) -> str:
        """An identifier that no other row of the file has."""
        cell = self.text(column)
        if cell in taken:
            self.bad(column, f"{cell!r} is there twice: each row needs its own")
        taken.add(cell)
        return cell

    def known(self, column: str, names: Container[str], what: str) -> str:
        """A reference to something that is defined elsewhere, as `what` says ("source in sources.csv")."""
        cell = self.text(column)
        if cell and cell not in names:
            self.bad(column, f"{cell!r} is no {what}")
        return cell

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        """One of a few words."""
        cell = self.row[column]
        if cell not in allowed:
            self.bad(column, f"{cell!r} is not one of {', '.join(allowed)}")
        return cell

    def number(self, column: str) -> Decimal:
        """A decimal number, exactly as written."""
        cell = self.row[column]
        if not _NUMBER.fullmatch(cell):
            self.bad(column, f"{cell!r} is not a number: write it in full units, like 59100000 or 48.6")
            return Decimal(1)
        return Decimal(cell)

    def number_or_none(self, column: str) -> Decimal | None:
        """A decimal number, or nothing."""
        return self.number(column) if self.row[column] else None

    def period(self, column: str) -> Period:
        """A period of whole months between 1900 and 2100."""
        try:
            period = Period.parse(self.row[column])
            if period.first_year in _YEARS and period.last_year in _YEARS:
                return period
            self.bad(column, f"{period} is not between {_YEARS[0]} and {_YEARS[-1]}")
        except FactError as error:
            self.bad(column, str(error))
        return _EPOCH

    def date(self, column: str) -> str:
        """A year, a month or a day; may be empty."""
        cell = self.row[column]
        if cell and _days(cell) is None:
            self.bad(column, f"{cell!r} is not a date: write 2022, 2022-03 or 2022-03-31")
        return cell

    def day(self, column: str) -> Day:
        """A date or a range of dates; must be there."""
        cell = self.row[column]
        first, slash, last = cell.partition("/")
        start, end = _days(first), _days(last if slash else first)
        if start is None or end is None:
            self.bad(column, f"{cell!r} is not a date: write 2022, 2022-03, 2022-03-31 or a range like 2022-01/2022-04")
        elif start[0] > end[1]:
            self.bad(column, f"{cell!r} ends before it starts")
        else:
            return Day(cell)
        return Day("1900")


def _days(code: str) -> tuple[str, str] | None:
    """The first and last day, as text that sorts, that a date can mean; None if it is no date."""
    found = _DATE.fullmatch(code)
    if not found or int(found[1]) not in _YEARS:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}"
