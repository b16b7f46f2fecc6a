"""Single cells of an exported register: numbers, years, lots and the marks of doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from knowledge.importers.sipri_lines import Line
from knowledge.transfers import Lot

_COUNT = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_YEAR = re.compile(r"(\d{4})(?:\s*[-–/]\s*(\d{4}))?")
_ORDER = re.compile(r"(\d{4})(?:-\d{2}(?:-\d{2})?)?")
_FIRST, _LAST = 1900, 2100
_STATUS = {"second hand": "second-hand", "second hand but modernized": "second-hand-modernized"}
_UNKNOWN = ("", "..", "-", "n/a")


class BadCell(Exception):  # noqa: N818 - a finding in the making
    """A cell that cannot be read; the text says why."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


class Count(NamedTuple):
    """A number as text, empty if there is none, and `?` where the register doubts it."""

    text: str
    mark: str


def count(line: Line, field: str) -> Count:
    """A count; brackets and question marks in the cell itself are doubt too."""
    text, marked = _unmarked(line[field])
    if text in _UNKNOWN:
        text = ""
    elif not _COUNT.fullmatch(text.replace(",", "")):
        raise BadCell(line.head(field), f"{line[field]!r} is not a number")
    return Count(str(int(text.replace(",", ""))) if text else "", "?" if marked or line.doubt(field) else "")


def decimal(line: Line, field: str) -> str:
    """A decimal number as written; empty if there is none."""
    text, _ = _unmarked(line[field])
    if text in _UNKNOWN:
        return ""
    if not _DECIMAL.fullmatch(text):
        raise BadCell(line.head(field), f"{line[field]!r} is not a number")
    return text


def summed(numbers: Iterable[str]) -> str:
    """The sum of decimal numbers; empty if none is known."""
    known = [Decimal(number) for number in numbers if number]
    return str(sum(known, Decimal(0))) if known else ""


def order_year(line: Line) -> tuple[str, str]:
    """The year of the order and its mark of doubt; both empty where the register has no year."""
    text, marked = _unmarked(line["order_year"])
    if text in _UNKNOWN:
        return "", ""
    found = _ORDER.fullmatch(text)
    if not found:
        raise BadCell(line.head("order_year"), f"{line['order_year']!r} is not a year")
    _sane(int(found[1]), line, "order_year")
    return found[1], "?" if marked or line.doubt("order_year") else ""


def years(line: Line) -> list[Lot]:
    """The years of delivery of a row that has them in one cell, of which the register tells the sum alone."""
    out: dict[int, Lot] = {}
    for part in re.split(r"[;,]", line["delivery_years"]):
        text, marked = _unmarked(part)
        if text in _UNKNOWN:
            continue
        found = _YEAR.fullmatch(text)
        if not found:
            raise BadCell(line.head("delivery_years"), f"{text!r} is not a year")
        first, last = int(found[1]), int(found[2] or found[1])
        _sane(first, line, "delivery_years")
        _sane(last, line, "delivery_years")
        for year in range(first, last + 1):
            out[year] = Lot(year, None, marked)
    return [out[year] for year in sorted(out)]


def lots(line: Line, delivered: Count) -> list[Lot]:
    """The one year of delivery of a row in the newer shape, with its number."""
    text, marked = _unmarked(line["delivery_year"])
    if text in _UNKNOWN:
        return []
    found = _YEAR.fullmatch(text)
    if not found or found[2]:
        raise BadCell(line.head("delivery_year"), f"{line['delivery_year']!r} is not a year")
    _sane(int(text), line, "delivery_year")
    number = int(delivered.text) if delivered.text else None
    return [Lot(int(text), number, marked or line.doubt("delivery_year"), bool(delivered.mark))]


def status(text: str) -> str:
    """The state of the goods in one word."""
    folded = " ".join(text.lower().split())
    return _STATUS.get(folded) or re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def _unmarked(text: str) -> tuple[str, bool]:
    """A cell without brackets and question marks, and whether there were any."""
    bare = text.strip().strip("()?[]").strip()
    return bare, bare != text.strip()


def _sane(year: int, line: Line, field: str) -> None:
    if not _FIRST <= year <= _LAST:
        raise BadCell(line.head(field), f"{year} is not a year from {_FIRST} to {_LAST}")
