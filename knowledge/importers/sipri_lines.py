"""The lines of an exported register: preamble, header in any of its wordings, and rows that a comment has broken."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.errors import RefusedError
from knowledge.importers.files import MAX_LINE

COLUMNS = {
    "deal_id": ("sipri at database id", "deal id"),
    "recipient": ("recipient", "buyer"),
    "supplier": ("supplier", "seller"),
    "designation": ("weapon designation", "designation"),
    "description": ("weapon description", "description"),
    "category": ("armament category",),
    "order_year": ("year of order", "order date", "year of order/licence", "year(s) of order"),
    "order_year_doubt": ("order date is estimate",),
    "ordered": ("number ordered", "numbers ordered"),
    "delivered": ("number delivered", "numbers delivered", "number delivered/produced"),
    "delivered_doubt": ("numbers delivered is estimate", "number delivered is estimate"),
    "delivery_years": ("year(s) of delivery", "year(s) of deliveries", "years of delivery", "years of deliveries"),
    "delivery_year": ("delivery year",),
    "delivery_year_doubt": ("delivery year is estimate",),
    "status": ("status",),
    "comments": ("comments", "comment"),
    "tiv_unit": ("sipri tiv per unit", "tiv deal unit"),
    "tiv_order": ("sipri tiv for total order",),
    "tiv_delivered": ("sipri tiv of delivered weapons", "tiv delivery values"),
    "local": ("local production",),
}
"""Field → the names that SIPRI has given its column."""
_NEEDED = ("recipient", "supplier", "designation", "description", "order_year", "delivered")
_PREAMBLE = 100
"""Lines; SIPRI writes eleven before the header."""
_BROKEN = 5
"""Lines over which a comment can be spread."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where each field stands."""

    heads: tuple[str, ...]
    """The names of the columns as printed."""
    places: dict[str, int]
    marks: dict[str, int]
    """Field → the unnamed column behind it, in which a `?` means that the field is uncertain."""

    def has(self, field: str) -> bool:
        """True if there is such a column."""
        return field in self.places

    @classmethod
    def of(cls, cells: list[str]) -> Shape | None:
        """The shape that a header tells of; None if the cells are no header."""
        names = [" ".join(cell.split()).lower() for cell in cells]
        places = {
            field: names.index(name) for field, known in COLUMNS.items() for name in known if names.count(name) == 1
        }
        if not {"recipient", "supplier", "designation"} <= places.keys():
            return None
        fields = {place: field for field, place in places.items()}
        marks = {fields[at - 1]: at for at, name in enumerate(names) if name in ("", "?") and at - 1 in fields}
        return cls(tuple(cell.strip() for cell in cells), places, marks)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its place in the file, its cells, and what is wrong with it as a whole."""

    number: int
    cells: tuple[str, ...]
    shape: Shape
    problem: str = ""

    def __getitem__(self, field: str) -> str:
        place = self.shape.places.get(field)
        return "" if place is None else self.cells[place]

    def doubt(self, field: str) -> bool:
        """True if the register doubts the field: by the unnamed column behind it or by a column that says so."""
        mark = self.shape.marks.get(field)
        if mark is not None and "?" in self.cells[mark]:
            return True
        return self[f"{field}_doubt"].lower() in ("yes", "true", "1", "?")

    def head(self, field: str) -> str:
        """What the publisher calls the field."""
        place = self.shape.places.get(field)
        return field if place is None else self.shape.heads[place]


class Lines:
    """The rows of a register; `shape` and `preamble` are read at once. Raises RefusedError if there is no header."""

    def __init__(self, lines: Iterator[str], name: str) -> None:
        self._lines = lines
        self._number = 0
        self._kept: list[str] = []
        self.preamble: list[str] = []
        self._delimiter = ","
        self.shape = self._header(name)

    def __iter__(self) -> Iterator[Line]:
        while (text := self._next()) is not None:
            if text.strip(",; \t"):
                yield self._line(text)

    def _header(self, name: str) -> Shape:
        while (text := self._next()) is not None and self._number <= _PREAMBLE:
            for delimiter in (",", ";", "\t"):
                cells = _cells(_bare(text, delimiter), delimiter)
                shape = Shape.of(cells) if cells else None
                if shape:
                    self._delimiter = delimiter
                    missing = [COLUMNS[field][0] for field in _NEEDED if not shape.has(field)]
                    if not (shape.has("delivery_years") or shape.has("delivery_year")):
                        missing.append(COLUMNS["delivery_years"][0])
                    if missing:
                        raise RefusedError(
                            f"{name}:{self._number}: the register has no column {', '.join(map(repr, missing))}: "
                            "its shape has changed, or it is another file"
                        )
                    return shape
            self.preamble.append(text.strip())
        raise RefusedError(
            f"{name} is no SIPRI trade register: none of its first lines names the columns Recipient and Supplier"
        )

    def _line(self, text: str) -> Line:
        """A row, put together again where a line break in a comment has parted it."""
        number, width = self._number, len(self.shape.heads)
        cells = self._fit(text)
        joined = text
        taken: list[str] = []
        while len(cells) < width and len(taken) < _BROKEN and len(joined) < MAX_LINE:
            following = self._next()
            if following is None:
                break
            taken.append(following)
            joined = f"{joined} {following}"
            cells = self._fit(joined)
        if len(cells) == width:
            return Line(number, tuple(cell.strip() for cell in cells), self.shape)
        # What was taken on trial are rows of their own.
        self._kept = [*taken, *self._kept]
        self._number -= len(taken)
        cells = self._fit(text)
        found = f"the row has {len(cells)} cells, the header {width}" if cells else "the row is not proper CSV"
        return Line(number, (), self.shape, found)

    def _fit(self, text: str) -> list[str]:
        """The cells, without the empty ones behind the last column; none where the quotation marks are open."""
        cells = _cells(_bare(text, self._delimiter), self._delimiter)
        while len(cells) > len(self.shape.heads) and not cells[-1].strip():
            del cells[-1]
        return cells

    def _next(self) -> str | None:
        text = self._kept.pop(0) if self._kept else next(self._lines, None)
        if text is not None:
            self._number += 1
            return text.rstrip("\r\n")
        return None


def _bare(text: str, delimiter: str) -> str:
    """The line without the semicolons that some exports end it with."""
    return text.rstrip("; \t") if delimiter == "," else text


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
