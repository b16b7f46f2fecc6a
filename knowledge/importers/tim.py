"""The monthly workbook of the Turkish Exporters' Assembly (TIM): exports by sector, one year in thousand dollars."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from knowledge.errors import RefusedError
from knowledge.folder import DATA
from knowledge.gathered import Facts
from knowledge.importers.parsed import Parsed, SeriesRow, SourceRow, Tell, VintageRow
from knowledge.importers.xlsx import Cell, Formula, column, read_sheet
from knowledge.period import Period
from knowledge.rows import Finding
from knowledge.text import fold

SHEET = "SEKTOR"
SERIES = "tim"
ADDRESS = "https://tim.org.tr/files/downloads/rakamlar"
"""Where TIM keeps its workbooks."""
FIRST = Period.month(2019, 1)
"""The earliest month of which there is a workbook, that of December 2019."""
TOTAL, GROUPS = "all-goods", ("group-agriculture", "group-industry", "group-mining")
STEP = Decimal(10)
"""Dollars that the figures are kept to: the hundredth of a thousand."""
_HEADER = 4
_TITLE = "sektor"
_MONTHS = (
    "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SUM = "toplam"
_WIDTH = len(_MONTHS) + 2
_ROWS = 200
"""Rows in which the table must end; it has some 40."""
_SLACK = 1.0
"""Thousand dollars by which sums may be off: each figure is rounded."""
_MOST = 1e9
"""Thousand dollars that no month reaches."""
_STRANGE = 8.0
"""Times by which a month may differ from what is known of it, until it is taken for another unit."""
_YEAR = re.compile(r"(?<![\d.])(20[0-4]\d)(?![\d.])")
_HEADING = re.compile(r"[A-ZÇĞİÖŞÜ]\.\s")
"""What begins a heading between group and sector, like `A. BİTKİSEL ÜRÜNLER`: it is a sum of its own."""


def address(month: Period, base: str = ADDRESS) -> str:
    """Where the workbook is that was published for a month."""
    year, number = month.first_year, month.first_month
    return f"{base}/{year}/{number}/{year}-{number:02}-sektorel-bazda-rakamlar.xlsx"


def read(file: Path, known: Facts, today: date, tell: Tell | None = None) -> Parsed:
    """The months of one workbook that are published: one vintage of the series."""
    del today, tell
    table = _Table(file.name, read_sheet(file, SHEET, rows=_HEADER + _ROWS, columns=_WIDTH))
    year = table.year()
    table.check_header()
    lines = table.lines(_labels(known))
    months = table.published(lines[TOTAL])
    table.check_groups(lines, months)
    refused = [*table.doubts(lines, months), *table.shortfalls(lines, months, known)]
    span = Period(Period.month(year, 1).start, Period.month(year, months).start)
    _check_unit(table, lines[TOTAL], span, known)
    rows = [
        SeriesRow("", product, str(month), str(_dollars(value)))
        for product, line in lines.items()
        if not product.startswith(_UNKEPT)
        for month, value in zip(span.months(), line.values, strict=False)
    ]
    digest = hashlib.sha256("\n".join(",".join(row) for row in sorted(rows)).encode()).hexdigest()[:8]
    newest = Period.month(year, months)
    source = _source(newest, digest)
    note = f"What TIM's workbook of {newest} says of {year}, month by month; its thousand dollars kept to ten."
    return Parsed(
        "tim",
        [source],
        vintages=[
            VintageRow(source.source_id, SERIES, "TUR", "WLD", "value", "USD", str(STEP), "TIM", note, str(span))
        ],
        series=[row._replace(source_id=source.source_id) for row in rows],
        refused=refused,
        expected=len(rows),
    )


def source_id(newest: Period, digest: str = "") -> str:
    """The id of the vintage whose newest month this is."""
    return f"tim-{newest}-workbook" + (f"-{digest}" if digest else "")


_UNKEPT = "?"
"""Marks lines that are known and not kept."""
_HEADED = "?."
"""And among them those that are sums of the lines below."""


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    """As the sheet counts."""
    label: str
    values: tuple[float, ...]
    total: Cell


class _Table:
    """The cells of the sheet, each with its name at hand."""

    def __init__(self, file: str, rows: Sequence[Sequence[Cell]]) -> None:
        self.file = file
        self._rows = rows

    def refuse(self, row: int, at: int, why: str) -> RefusedError:
        """What to raise over a cell; rows count from 1, columns from 0."""
        return RefusedError(f"{self.file}: {SHEET}!{column(at)}{row}: {why}")

    def year(self) -> int:
        """The year that the title names."""
        texts = [str(cell) for row in self._rows[: _HEADER - 1] for cell in row if isinstance(cell, str)]
        years = {int(found) for text in texts for found in _YEAR.findall(text)}
        if len(years) != 1:
            told = " and ".join(map(str, sorted(years))) or "none"
            raise self.refuse(1, 0, f"the title must name one year, and names {told}: the layout has changed")
        return years.pop()

    def check_header(self) -> None:
        """See that every column is where it belongs."""
        wanted = (_TITLE, *_MONTHS, _SUM)
        found = self._rows[_HEADER - 1] if len(self._rows) >= _HEADER else ()
        for at, name in enumerate(wanted):
            cell = found[at] if at < len(found) else None
            if _plain(cell) != name:
                told = f"{cell[:40]!r}" if isinstance(cell, str) else cell
                raise self.refuse(_HEADER, at, f"{name.upper()} was expected, not {told}: the layout has changed")

    def lines(self, labels: Mapping[str, str]) -> dict[str, _Line]:
        """Product → its line, down to the total; what comes below are other tables."""
        found: dict[str, _Line] = {}
        for row, cells in enumerate(self._rows[_HEADER:], _HEADER + 1):
            label, figures = cells[0], cells[1:]
            if not _plain(label):
                if any(cell is not None for cell in figures):
                    raise self.refuse(row, 0, "the row has figures and no label: the layout has changed")
                continue
            product = self._product(row, str(label), labels)
            if product in found:
                raise self.refuse(row, 0, f"{_clean(str(label))!r} is there twice, in row {found[product].row} too")
            found[product] = _Line(row, _clean(str(label)), tuple(self._values(row, figures[:-1])), figures[-1])
            if product == TOTAL:
                break
        else:
            raise self.refuse(_HEADER + 1, 0, "no row TOPLAM closes the table: the layout has changed")
        for group, label in zip(GROUPS, ("I. TARIM", "II. SANAYİ", "III. MADENCİLİK"), strict=True):
            if group not in found:
                raise self.refuse(found[TOTAL].row, 0, f"the main group {label} is not above: the layout has changed")
        return found

    def published(self, total: _Line) -> int:
        """How many months are out: those to come are printed as 0."""
        months = max((at for at, value in enumerate(total.values, 1) if value), default=0)
        if not months:
            raise self.refuse(total.row, 1, "TOPLAM is 0 in every month: no figure is published yet")
        if not all(total.values[:months]):
            raise self.refuse(total.row, total.values.index(0) + 1, "TOPLAM is 0 before a month that is published")
        return months

    def check_groups(self, lines: Mapping[str, _Line], months: int) -> None:
        """The three main groups make up the total, in every month."""
        total = lines[TOTAL]
        for at in range(len(_MONTHS)):
            made = sum(lines[group].values[at] for group in GROUPS)
            if abs(made - total.values[at]) > _SLACK:
                message = f"TOPLAM is {total.values[at]:,.2f} but I + II + III make {made:,.2f}"
                raise self.refuse(total.row, at + 1, message)
        for line in lines.values():
            for at in range(months, len(_MONTHS)):
                if line.values[at]:
                    raise self.refuse(line.row, at + 1, "there is a figure in a month that has no TOPLAM")

    def doubts(self, lines: Mapping[str, _Line], months: int) -> Iterator[Finding]:
        """Lines whose year is not the sum of their months."""
        for line in lines.values():
            made = sum(line.values[:months])
            if isinstance(line.total, float) and abs(made - line.total) > _SLACK * months:
                message = f"the year's total of {line.label} is {line.total:,.2f}, its months make {made:,.2f}"
                yield Finding(self.file, line.row, column(_WIDTH - 1), message, "warning")

    def shortfalls(self, lines: Mapping[str, _Line], months: int, known: Facts) -> Iterator[Finding]:
        """Groups that are not the sum of their sectors; refused if that is because a sector has gone."""
        for group in GROUPS:
            sectors = [one.product_id for one in known.products.values() if one.parent == group and one.official]
            if group == "group-industry":
                sectors += [one for one in lines if one.startswith(_UNKEPT) and not one.startswith(_HEADED)]
            here = [lines[one] for one in sectors if one in lines]
            gone = [one for one in sectors if one not in lines]
            whole = lines[group]
            made = [sum(line.values[at] for line in here) for at in range(months)]
            off = [at for at in range(months) if abs(made[at] - whole.values[at]) > _SLACK * 5]
            if not off:
                continue
            at, more = off[0], f" (and so in {len(off) - 1} more months)" if len(off) > 1 else ""
            message = f"{whole.label} is {whole.values[at]:,.2f}, its sectors make {made[at]:,.2f}{more}"
            if gone:
                missing = known.products[gone[0]].official
                raise self.refuse(whole.row, at + 1, f"{message}: {missing!r} is missing")
            yield Finding(self.file, whole.row, column(at + 1), message, "warning")

    def _product(self, row: int, label: str, labels: Mapping[str, str]) -> str:
        if product := labels.get(_plain(label)):
            return product
        if _HEADING.match(_clean(label)):
            return f"{_HEADED}{_plain(label)}"
        raise self.refuse(row, 0, f"no sector is known as {_clean(label)[:60]!r}: add it to tim_labels.csv")

    def _values(self, row: int, cells: Sequence[Cell]) -> Iterator[float]:
        for at, cell in enumerate(cells, 1):
            if isinstance(cell, Formula):
                raise self.refuse(row, at, "the cell holds a formula, and formulas are not worked out")
            if isinstance(cell, str):
                raise self.refuse(row, at, f"{cell[:40]!r} is not a number")
            value = cell or 0.0
            if not 0 <= value < _MOST:
                raise self.refuse(row, at, f"{value:,.2f} thousand dollars cannot be the exports of a month")
            yield value


def _check_unit(table: _Table, total: _Line, span: Period, known: Facts) -> None:
    """A total far from what is known of its month is in another unit, or of something else."""
    before = {
        one.period: one.quantity.value
        for one in known.series.get(SERIES, ())
        if one.product == TOTAL and not one.known_until
    }
    for at, (month, value) in enumerate(zip(span.months(), total.values, strict=False), 1):
        if month in before and not 1 / _STRANGE < value * 1000 / before[month] < _STRANGE:
            message = f"{value:,.2f} thousand dollars is far from the {before[month] / 1000:,.2f} that are known"
            raise table.refuse(total.row, at, f"{message}: the unit has changed")


def _source(newest: Period, digest: str) -> SourceRow:
    label = f"{_ENGLISH[newest.first_month - 1]} {newest.first_year}"
    return SourceRow(
        source_id(newest, digest),
        "Turkish Exporters' Assembly (TIM)",
        f"Sektörel bazda ihracat rakamları (monthly exports by sector), {label} workbook",
        address(newest),
        str(newest.shifted(1)),
        "tr",
        "official_statistics",
    )


def _dollars(thousands: float) -> Decimal:
    return (Decimal(repr(thousands)) * 1000 / STEP).quantize(Decimal(1), ROUND_HALF_UP) * STEP


def _labels(known: Facts) -> dict[str, str]:
    """Plain label → product: the official labels of today, and those of other years."""
    found = {_plain(one.official): one.product_id for one in known.products.values() if one.official}
    return _renamed() | found


@cache
def _renamed() -> dict[str, str]:
    with (DATA / "tim_labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {_plain(row["label"]): row["product"] or f"{_UNKEPT}{_plain(row['label'])}" for row in rows}


def _clean(label: str) -> str:
    """Without the dots and spaces that set a label in, and without its line breaks."""
    return " ".join(label.split()).lstrip(". ")


def _plain(cell: Cell) -> str:
    """A label as labels are compared: letters and digits only, so that dots, commas and spaces do not matter."""
    return "".join(letter for letter in fold(cell) if letter.isalnum()) if isinstance(cell, str) else ""
