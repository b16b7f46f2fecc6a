"""Makes workbooks of the shape that TIM publishes: from the shipped figures, as they stood in any vintage."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.folder import DATA

MONTHS = (
    "OCAK", "ŞUBAT", "MART", "NİSAN", "MAYIS", "HAZİRAN", "TEMMUZ", "AĞUSTOS", "EYLÜL", "EKİM", "KASIM", "ARALIK",
)  # fmt: skip
HEADER = ["S E K T Ö R", *MONTHS, "TOPLAM"]
OLD = {
    "electrical-electronics": "Elektrik Elektronik",
    "ships-yachts": "Gemi ve Yat",
    "ornamental-plants": "Süs Bitkileri ve Mam.",
    "furniture-paper-forestry": "Mobilya,Kağıt ve Orman Ürünleri",
}
"""How the workbooks of 2019 and 2020 call some sectors."""
Figures = Mapping[tuple[str, str], int]
"""(product, month) → dollars."""


def products() -> dict[str, tuple[str, str]]:
    """Product → (its official label, its group), for what the workbook lists."""
    with (DATA / "products.csv").open(encoding="utf-8", newline="") as file:
        return {row["product_id"]: (row["official"], row["parent"]) for row in csv.DictReader(file) if row["official"]}


def figures(*bulletins: str) -> dict[tuple[str, str], int]:
    """The shipped figures as they stood after these bulletins, laid over each other."""
    found: dict[tuple[str, str], int] = {}
    for bulletin in bulletins or ("tim-2026-08-bulletin", "tim-2026-09-bulletin"):
        with (DATA / "series" / f"{bulletin}.csv").open(encoding="utf-8", newline="") as file:
            found |= {(row["product"], row["period"]): int(row["value"]) for row in csv.DictReader(file)}
    return found


def workbook(
    path: Path,
    year: int,
    months: int,
    known: Figures,
    *,
    old: bool = False,
    change: Callable[[Worksheet], object] | None = None,
) -> Path:
    """Write the workbook of a year with the first `months` published; `old` as in 2019 and 2020."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "SEKTOR"
    sheet.append([f"{year} YILI SEKTÖREL BAZDA İHRACAT RAKAMLARI (1.000 $)"])
    sheet.append([])
    sheet.append([None, "İHRACATÇI BİRLİKLERİ KAYIT RAKAMLARI"])
    sheet.append(HEADER)
    for label, values in _lines(year, months, known, old=old):
        sheet.append([label, *values, round(sum(values), 2)])
    if old:
        sheet.append([])
        sheet.append(["ALT MAL GRUPLARI"])
        sheet.append(HEADER)
        sheet.append(["Çelik", *[1.0] * 12, 12.0])
        sheet.append(["TOPLAM", *[1.0] * 12, 12.0])
    if change:
        change(sheet)
    book.save(path)
    return path


def row_of(sheet: Worksheet, label: str) -> int:
    """The row of a label, as the sheet counts; the first that holds it."""
    return next(row for row in range(5, sheet.max_row + 1) if label in str(sheet.cell(row, 1).value))


def _lines(year: int, months: int, known: Figures, *, old: bool) -> list[tuple[str, list[float]]]:
    listed = products()

    def values(*wanted: str) -> list[float]:
        out = []
        for month in range(1, 13):
            code = f"{year}-{month:02}"
            out.append(round(sum(known[one, code] for one in wanted) / 1000, 2) if month <= months else 0)
        return out

    lines: list[tuple[str, list[float]]] = []
    for group in ("group-agriculture", "group-industry", "group-mining"):
        sectors = [one for one, (_, parent) in listed.items() if parent == group]
        lines.append((f". {listed[group][0]}", values(group)))
        if group != "group-mining":
            half = len(sectors) // 2
            for heading, some in (("A. BİTKİSEL ÜRÜNLER", sectors[:half]), ("C. SANAYİ MAMULLERİ", sectors[half:])):
                lines.append((f".     {heading[:2]} {group} {heading[3:]}", values(*some)))
                lines += [(f" {_label(one, listed, old=old)}  ", values(one)) for one in some]
        else:
            lines += [(f" {_label(one, listed, old=old)}\n", values(one)) for one in sectors]
    if old:
        rest = [
            round(whole - sum(values(one)[at] for one, (_, parent) in listed.items() if parent == "group-industry"), 2)
            for at, whole in enumerate(values("group-industry"))
        ]
        lines.insert(-2, ("Diğer Sanayi Ürünleri", rest))
    lines.append(("TOPLAM", values("all-goods")))
    return lines


def _label(product: str, listed: Mapping[str, tuple[str, str]], *, old: bool) -> str:
    label = OLD.get(product, listed[product][0]) if old else listed[product][0]
    return label.replace(" ve ", "  ve ", 1)
