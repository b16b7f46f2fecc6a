"""TIM's workbook: what it says becomes a vintage, whatever its year calls things."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.errors import RefusedError
from knowledge.folder import DATA
from knowledge.gathered import Facts
from knowledge.importers.parsed import Parsed, SeriesRow
from knowledge.importers.tim import address, read
from knowledge.load import facts_of
from knowledge.period import Period
from tests.knowledge.importers.workbooks import Figures, figures, row_of, workbook
from tests.knowledge.importing import TODAY


@pytest.fixture(scope="module")
def known() -> Facts:
    """The shipped facts."""
    return facts_of(DATA)


def parsed(path: Path, known: Facts) -> tuple[Parsed, dict[tuple[str, str], int]]:
    """What the importer gives, and its figures by product and month."""
    found = read(path, known, TODAY)
    return found, {(row.product, row.period): int(row.value) for row in found.series}


def of(year: int, months: int, known: Figures) -> dict[tuple[str, str], int]:
    """The figures of the first months of a year."""
    codes = {f"{year}-{month:02}" for month in range(1, months + 1)}
    return {key: value for key, value in known.items() if key[1] in codes}


def _number(sheet: Worksheet, row: int, at: int) -> float:
    value = sheet.cell(row, at).value
    assert isinstance(value, int | float)
    return value


def _add(sheet: Worksheet, row: int, at: int, more: float) -> None:
    sheet.cell(row, at).value = _number(sheet, row, at) + more


def _set(sheet: Worksheet, at: str, value: str) -> None:
    sheet[at].value = value


@pytest.mark.parametrize(
    ("year", "months", "old"),
    [(2026, 9, False), (2026, 8, False), (2025, 12, False), (2023, 1, False), (2019, 12, True), (2020, 7, True)],
)
def test_every_figure_comes_through(year: int, months: int, old: bool, known: Facts, tmp_path: Path) -> None:
    """Thirty lines, each published month to the ten dollars; what comes below the total and later is left."""
    path = workbook(tmp_path / "book.xlsx", year, months, figures(), old=old)
    found, told = parsed(path, known)
    assert told == of(year, months, figures())
    assert len(told) == 30 * months
    assert found.refused == []
    assert len({row.source_id for row in found.series}) == 1


def test_the_vintage_tells_what_it_is(known: Facts, tmp_path: Path) -> None:
    """Its id, its source with TIM's own address, its date, and that it says all of its months."""
    (found, _) = parsed(workbook(tmp_path / "any name.xlsx", 2026, 9, figures()), known)
    (source,) = found.sources
    (vintage,) = found.vintages
    assert re.fullmatch(r"tim-2026-09-workbook-[0-9a-f]{8}", source.source_id)
    assert (source.published, source.kind, source.language) == ("2026-10", "official_statistics", "tr")
    assert source.url == ("https://tim.org.tr/files/downloads/rakamlar/2026/9/2026-09-sektorel-bazda-rakamlar.xlsx")
    assert "September 2026" in source.title
    assert (vintage.series, vintage.exporter, vintage.partner, vintage.covers) == (
        "tim",
        "TUR",
        "WLD",
        "2026-01/2026-09",
    )


def test_address() -> None:
    """The month is bare in the folder and padded in the name."""
    assert address(Period.parse("2025-12"), "http://x").endswith("x/2025/12/2025-12-sektorel-bazda-rakamlar.xlsx")


def test_the_same_content_has_the_same_id(known: Facts, tmp_path: Path) -> None:
    """However it is packed, styled or called."""
    first, again, other = (
        read(workbook(tmp_path / f"{name}.xlsx", 2026, 9, known_, change=change), known, TODAY)
        for name, known_, change in (
            ("a", figures(), None),
            ("b", figures(), lambda sheet: _set(sheet, "P1", "x")),
            ("c", figures() | {("hazelnuts", "2026-01"): 10}, None),
        )
    )
    assert list(first.sources) == list(again.sources) != list(other.sources)


def test_a_sector_s_zero_is_a_figure(known: Facts, tmp_path: Path) -> None:
    """Only a month without a total is not published; a sector may have exported nothing."""

    def nothing(sheet: Worksheet) -> None:
        row = row_of(sheet, "Tütün")
        for label in ("I. TARIM", "TOPLAM"):
            _add(sheet, row_of(sheet, label), 2, -_number(sheet, row, 2))
        sheet.cell(row, 2).value = 0

    found, told = parsed(workbook(tmp_path / "book.xlsx", 2026, 9, figures(), change=nothing), known)
    assert told["tobacco", "2026-01"] == 0
    assert all(one.column == "N" for one in found.refused)


def test_labels_of_other_years(known: Facts, tmp_path: Path) -> None:
    """Dots, spaces, line breaks and the names of 2019 are one sector each."""
    labels = {
        "Elektronik": "  .Elektrik   Elektronik \n",
        "Mobilya": "Mobilya,Kağıt ve\nOrman Ürünleri",
        "Çelik": "ÇELİK",
    }

    def rename(sheet: Worksheet) -> None:
        for old, new in labels.items():
            sheet.cell(row_of(sheet, old), 1).value = new

    path = workbook(tmp_path / "book.xlsx", 2026, 9, figures(), change=rename)
    assert parsed(path, known)[1] == of(2026, 9, figures())


def test_text_kept_in_a_table_of_its_own(known: Facts, tmp_path: Path) -> None:
    """As spreadsheet programs write it: the cells only point to their text."""
    path = workbook(tmp_path / "book.xlsx", 2026, 9, figures())
    with zipfile.ZipFile(path) as packed:
        members = {one: packed.read(one) for one in packed.namelist()}
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return b'<c %st="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = re.sub(
        rb'<c ([^>]*?)t="inlineStr"[^>]*><is>(.*?)</is></c>', shared, members[sheet], flags=re.DOTALL
    )
    assert len(texts) > 40
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    members["xl/sharedStrings.xml"] = b"<sst %s>%s</sst>" % (main, b"".join(b"<si>%s</si>" % one for one in texts))
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = "[Content_Types].xml"
    members[types] = members[types].replace(
        b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for one, content in members.items():
            packed.writestr(one, content)
    assert parsed(path, known)[1] == of(2026, 9, figures())


def test_a_shortfall_without_a_missing_sector_is_a_doubt(known: Facts, tmp_path: Path) -> None:
    """From 2019 to 2022 other industry was printed or not; without it the group is larger than its sectors."""
    found = read(workbook(tmp_path / "book.xlsx", 2021, 12, figures()), known, TODAY)
    (doubt,) = found.refused
    assert doubt.severity == "warning"
    assert str(doubt).startswith("book.xlsx:18: warning: B: II. SANAYİ is ")
    assert "11 more months" in doubt.message


@pytest.mark.parametrize(("off", "taken"), [(0.5, True), (1.5, False)], ids=["within rounding", "beyond rounding"])
def test_the_groups_make_up_the_total(off: float, taken: bool, known: Facts, tmp_path: Path) -> None:
    """To the thousand dollars; a difference names the cell, both sums and nothing else."""

    def change(sheet: Worksheet) -> None:
        _add(sheet, row_of(sheet, "TOPLAM"), 9, off)

    path = workbook(tmp_path / "book.xlsx", 2026, 9, figures(), change=change)
    if taken:
        assert list(read(path, known, TODAY).series)
        return
    with pytest.raises(
        RefusedError, match=r"^book.xlsx: SEKTOR!I\d+: TOPLAM is [\d,.]+ but I \+ II \+ III make [\d,.]+$"
    ):
        read(path, known, TODAY)


def test_rows_are_in_our_shape(known: Facts, tmp_path: Path) -> None:
    """Cells are text, as in a file."""
    found = read(workbook(tmp_path / "book.xlsx", 2026, 1, figures()), known, TODAY)
    rows = list(found.series)
    assert all(isinstance(row, SeriesRow) and all(isinstance(cell, str) for cell in row) for row in rows)
    assert len(rows) == found.expected == 30
