"""The rows of UN Comtrade's files under one set of names: CSV or JSON, of today or as they were before 2022."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO

from knowledge.errors import RefusedError
from knowledge.importers.files import text_lines
from knowledge.importers.json_rows import JsonRows

FIELDS: Mapping[str, tuple[str, ...]] = {
    "type": ("typeCode",),
    "frequency": ("freqCode",),
    "period": ("period",),
    "year": ("refYear", "Year", "yr"),
    "month": ("refMonth",),
    "flow_code": ("flowCode", "Trade Flow Code", "rgCode"),
    "flow": ("flowDesc", "Trade Flow", "rgDesc"),
    "reporter_code": ("reporterCode", "Reporter Code", "rtCode"),
    "reporter_iso": ("reporterISO", "Reporter ISO", "rt3ISO"),
    "reporter": ("reporterDesc", "Reporter", "rtTitle"),
    "partner_code": ("partnerCode", "Partner Code", "ptCode"),
    "partner_iso": ("partnerISO", "Partner ISO", "pt3ISO"),
    "partner": ("partnerDesc", "Partner", "ptTitle"),
    "partner2": ("partner2Code", "2nd Partner Code", "ptCode2"),
    "classification": ("classificationCode", "Classification", "pfCode"),
    "product_code": ("cmdCode", "Commodity Code"),
    "product": ("cmdDesc", "Commodity", "cmdDescE"),
    "customs": ("customsCode", "Customs Proc. Code", "cstCode"),
    "supply": ("mosCode",),
    "transport": ("motCode", "Mode of Transport Code"),
    "value": ("primaryValue", "Trade Value (US$)", "TradeValue"),
}
"""Field → the names that its column had over the years, in CSV and in JSON."""
_NEEDED = (("period",), ("flow_code", "flow"), ("reporter_code", "reporter_iso"), ("partner_code", "partner_iso"),
           ("product_code",), ("value",))  # fmt: skip
"""Of each of these one must be there."""
MAX_ROWS = 5_000_000
_LISTS = ("data", "dataset")
_ENCODINGS = ("utf-8", "latin-1")
"""The site itself exports accents in the second."""
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line (its entry in JSON), its cells by field, and what is wrong with it as a whole."""

    number: int
    cells: Mapping[str, str]
    heads: Mapping[str, str]
    """Field → what the file calls it."""
    problem: str = ""

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")

    def head(self, field: str) -> str:
        """What the publisher calls the field."""
        return self.heads.get(field, FIELDS[field][0])


def rows(file: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of a file. Raises RefusedError if it is none of Comtrade's."""
    start = file.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] if hasattr(file, "peek") else b""
    yield from _objects(file, name) if start in (b"{", b"[") else _lines(file, name)


def _lines(file: BinaryIO, name: str) -> Iterator[Row]:
    lines = text_lines(file, name, _ENCODINGS)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    names = [cell.strip() for cell in _cells(header, delimiter)]
    heads, places = _shape(names, name)
    width = len(names)
    while names and not names[-1]:
        names.pop()
    for number, line in enumerate(lines, 2):
        if number > MAX_ROWS:
            raise RefusedError(f"{name} has more than {MAX_ROWS:,} lines: split it")
        if not line.strip(f"{delimiter} \t\r\n"):
            continue
        cells = _cells(line, delimiter)
        # The site ends each row, but not its header, with a comma: what stands behind the last column must be empty.
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) != width:
            told = f"the row has {len(cells)} cells, the header {width}" if cells else "the row is not proper CSV"
            yield Row(number, {}, heads, told)
            continue
        yield Row(number, {field: cells[at].strip() for field, at in places}, heads)


def _objects(file: BinaryIO, name: str) -> Iterator[Row]:
    entries = iter(JsonRows(file, name, _LISTS))
    first = next(entries, None)
    if first is None:
        raise RefusedError(f"{name} holds no rows: the query behind it found nothing")
    heads, _ = _shape(list(first[1]), name)
    for number, entry in chain([first], entries):
        yield Row(number, {field: _text(entry.get(head)) for field, head in heads.items()}, heads)


def _shape(names: Sequence[str], file: str) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """Field → its name in the file; (field, place)."""
    plain = [_plain(one) for one in names]
    places = [
        (field, plain.index(_plain(known)))
        for field, spellings in FIELDS.items()
        for known in spellings
        if plain.count(_plain(known)) == 1
    ]
    heads = {field: names[at] for field, at in places}
    missing = [FIELDS[fields[0]][0] for fields in _NEEDED if not heads.keys() & set(fields)]
    if len(missing) == len(_NEEDED):
        raise RefusedError(f"{file} is no file of UN Comtrade's: its first line names none of their columns")
    if missing:
        columns = ", ".join(map(repr, missing))
        raise RefusedError(f"{file}:1: there is no column {columns}: the shape has changed, or it is another file")
    return heads, places


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _text(value: Any) -> str:
    """A cell of JSON as the CSV has it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip()
    return "?"


def _plain(name: str) -> str:
    """A column's name without what programs that save it again change."""
    return "".join(letter for letter in name.lower() if letter.isalnum())
