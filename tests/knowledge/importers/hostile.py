"""Files that no importer must take: damaged, mistaken, or made to do harm. Each is made when it is asked for."""

from __future__ import annotations

import gzip
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from tests.knowledge.importers.comtrade_files import Trade, as_csv, as_json, current, handed
from tests.knowledge.importers.workbooks import figures, row_of, workbook
from tests.knowledge.importing import folder_of_reports, folder_of_vintages, report, source

Make = Callable[[Path], object]
HUNDRED = 100 * 1024 * 1024
HTML = b"<!DOCTYPE html><html><head><title>404</title></head><body>Not found</body></html>"
_BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(12))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def raw(content: bytes) -> Make:
    """A file with some content."""
    return lambda path: path.write_bytes(content)


def book(change: Callable[[Worksheet], object] | None = None) -> Make:
    """TIM's workbook of September 2026, changed."""
    return lambda path: workbook(path, 2026, 9, figures(), change=change)


def member(name: str, change: Callable[[bytes], bytes]) -> Make:
    """The workbook with one member of the zip changed."""

    def make(path: Path) -> None:
        workbook(path, 2026, 9, figures())
        with zipfile.ZipFile(path) as packed:
            members = {one.filename: packed.read(one) for one in packed.infolist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for one, content in members.items():
                if content := change(content) if one == name else content:
                    packed.writestr(one, content)

    return make


def cut(share: float) -> Make:
    """The workbook, cut short."""

    def make(path: Path) -> None:
        workbook(path, 2026, 9, figures())
        os.truncate(path, int(path.stat().st_size * share))

    return make


def cell(label: str, at: int, value: object) -> Make:
    """The workbook with one cell changed; columns count from 1."""
    return book(lambda sheet: sheet.cell(row_of(sheet, label), at).__setattr__("value", value))


def _checksum(path: Path) -> None:
    workbook(path, 2026, 9, figures())
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 16] ^= 0xFF
    path.write_bytes(bytes(content))


def _prolog(content: str, encoding: str = "utf-8") -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        text = xml.decode("utf-8")
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        return (head + content + text[start:]).encode(encoding)

    return change


def _zip_of(count: int, size: int) -> Make:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for at in range(count):
                with packed.open(f"xl/{at}.xml", "w", force_zip64=True) as file:
                    for _ in range(max(size >> 20, 1)):
                        file.write(b"\0" * min(size, 1 << 20))

    return make


def _twice(path: Path) -> None:
    workbook(path, 2026, 9, figures())
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/workbook.xm_", b"<a/>")
    path.write_bytes(path.read_bytes().replace(b"xl/workbook.xm_", b"xl/workbook.xml"))


def _encrypted(path: Path) -> None:
    workbook(path, 2026, 9, figures())
    _lock(path)


def _lock(path: Path) -> None:
    """Say of the first member of a zip that it is encrypted."""
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, struct.unpack_from("<H", content, at + 8)[0] | 1)
    path.write_bytes(bytes(content))


def _long_line(name: str, start: bytes = b"") -> Make:
    def make(path: Path) -> None:
        target = path / name if name else path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(start)
            for _ in range(100):
                file.write(b"x" * (1 << 20))

    return make


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def _reports(*rows: tuple[str, ...]) -> Make:
    return lambda path: folder_of_reports(path, rows or [report("one", "5")])


def _spoilt(name: str, content: bytes | Make) -> Make:
    """A good folder of facts with one file spoilt."""

    def make(path: Path) -> None:
        folder_of_reports(path, [report("one", "5")])
        if isinstance(content, bytes):
            (path / name).write_bytes(content)
        else:
            (path / name).unlink(missing_ok=True)
            content(path / name)

    return make


def _text(name: str, old: str, new: str, encoding: str = "utf-8") -> Make:
    def make(path: Path) -> None:
        folder_of_reports(path, [report("one", "5"), report("two", "6")])
        text = (path / name).read_text("utf-8")
        assert old in text
        (path / name).write_bytes(text.replace(old, new).encode(encoding))

    return make


def _traversal(path: Path) -> None:
    folder_of_vintages(path, {"v2": ("2026-02", "", {("steel", "2024-01"): "120"})})
    for name in ("sources.csv", "vintages.csv"):
        text = (path / name).read_text("utf-8")
        (path / name).write_text(text.replace("v2", "../../secret"), "utf-8")


def _link_to(target: str) -> Make:
    return lambda path: path.symlink_to(target)


def _noise(seed: int) -> bytes:
    return random.Random(seed).randbytes(100_000)  # noqa: S311 - the same noise every time


def _set(sheet: Worksheet, at: str, value: object) -> None:
    sheet[at].value = value


def _label(old: str, new: str | None) -> Make:
    """The workbook with one label changed."""
    return book(lambda sheet: sheet.cell(row_of(sheet, old), 1).__setattr__("value", new))


def _exchanged(sheet: Worksheet) -> None:
    _set(sheet, "C4", "MART")
    _set(sheet, "D4", "ŞUBAT")


def _hole(sheet: Worksheet) -> None:
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, 3).value = 0


def _millions(sheet: Worksheet) -> None:
    for row in range(5, sheet.max_row + 1):
        for at in range(2, 15):
            value = sheet.cell(row, at).value
            assert isinstance(value, int | float)
            sheet.cell(row, at).value = value / 1000


def _stray(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("product,period,value\n", "utf-8")


_HUGE = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
_SHEET = "xl/worksheets/sheet1.xml"
_TIM: dict[str, Make] = {
    "empty": raw(b""),
    "half": cut(0.5),
    "nearly whole": cut(0.98),
    "head only": cut(0.01),
    "web page": raw(HTML),
    "web page with a byte-order mark": raw(b"\xef\xbb\xbf\r\n" + HTML),
    "error in XML": raw(b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"),
    "JSON": raw(b'{"error": "not found"}'),
    "zeros": raw(b"\0" * 100_000),
    "noise": raw(_noise(1)),
    "noise that begins like a zip": raw(b"PK\x03\x04" + _noise(2)),
    "old workbook": raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)),
    "zip bomb": _zip_of(1, 1 << 30),
    "many members": _zip_of(5000, 10),
    "member twice": _twice,
    "encrypted": _encrypted,
    "wrong checksum": _checksum,
    "no workbook in it": member("xl/workbook.xml", lambda _: b""),
    "no sheet in it": member(_SHEET, lambda _: b""),
    "sheet that is no XML": member(_SHEET, lambda _: b"not XML"),
    "sheet cut short": member(_SHEET, lambda xml: xml[: len(xml) // 2]),
    "entity bomb": member(_SHEET, _prolog(_BOMB)),
    "entity bomb in the styles": member("xl/styles.xml", _prolog(_BOMB)),
    "entity from outside": member("xl/workbook.xml", _prolog(_OUTSIDE)),
    "entity in UTF-16": member(_SHEET, _prolog(_BOMB, "utf-16")),
    "a cell for each of a million tags": member(
        _SHEET, lambda xml: xml.replace(b"<sheetData>", b'<sheetData><row r="1">' + b"<c/>" * 1_000_000 + b"</row>")
    ),
    "nested deep": member(_SHEET, lambda xml: xml.replace(b"<sheetData>", b"<a>" * 500_000)),
    "huge dimensions": member(
        _SHEET,
        lambda xml: xml.replace(b"</sheetData>", _HUGE).replace(b"TOPLAM", b"T").replace(b"OCAK", b"O"),
    ),
    "only a cell far away": member(
        _SHEET, lambda xml: xml[: xml.index(b"<sheetData>")] + b"<sheetData>" + _HUGE + b"</worksheet>"
    ),
    "wrong sheet": book(lambda sheet: sheet.__setattr__("title", "ÜLKE")),
    "no title": book(lambda sheet: _set(sheet, "A1", "İHRACAT")),
    "title of two years": book(lambda sheet: _set(sheet, "A1", "2025 ve 2026 YILI")),
    "months exchanged": book(_exchanged),
    "column inserted": book(lambda sheet: sheet.insert_cols(2)),
    "row inserted above": book(lambda sheet: sheet.insert_rows(1)),
    "formula": cell("Çelik", 3, "=SUM(C5:C6)"),
    "text for a number": cell("Çelik", 3, "1.234,5"),
    "error for a number": cell("Çelik", 3, "#REF!"),
    "below zero": cell("Çelik", 3, -1),
    "more than there is": cell("Çelik", 3, 1e12),
    "not a number": member(_SHEET, lambda xml: xml.replace(b"<v>1", b"<v>1e999", 1)),
    "sum that is none": cell("TOPLAM", 4, 1_000_000.0),
    "sector twice": _label("Halı", "Çelik"),
    "unknown sector": _label("Halı", "Uçan Halı"),
    "sector gone": book(lambda sheet: sheet.delete_rows(row_of(sheet, "Halı"))),
    "figures without a label": _label("Halı", None),
    "group gone": book(lambda sheet: sheet.delete_rows(row_of(sheet, "III."))),
    "no total": book(lambda sheet: sheet.delete_rows(row_of(sheet, "TOPLAM"))),
    "nothing published": lambda path: workbook(path, 2026, 0, figures()),
    "hole among the months": book(_hole),
    "million dollars": book(_millions),
    "hundred megabytes in a line": _long_line(""),
    "a terabyte of nothing": _sparse,
    "folder": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "link to nowhere": _link_to("/nowhere/at/all"),
    "link in a circle": lambda path: path.symlink_to(path.name),
    "link to a device": _link_to("/dev/zero"),
    "not there": lambda _: None,
}
_CSV: dict[str, Make] = {
    "file for a folder": raw(b"observation_id\n"),
    "empty folder": lambda path: path.mkdir(),
    "folder that is not there": lambda _: None,
    "no reports": lambda path: folder_of_reports(path, [], source("a")),
    "unbalanced quotes": _spoilt("observations.csv", b'observation_id,"exporter\none,TUR\n'),
    "quotes in a cell": _text("observations.csv", "one,", 'o"n"e,"'),
    "NUL bytes": _text("observations.csv", "TIM", "T\0M"),
    "Turkish Windows letters": _text("sources.csv", "Title", "Başlık", "cp1254"),
    "UTF-16": _text("observations.csv", "TIM", "TİM", "utf-16"),
    "hundred megabytes in a line": _spoilt("observations.csv", _long_line("", b"observation_id,")),
    "quote that never ends": _spoilt("events.csv", b'event_id,"kind\n' + b"a,b\n" * 1_000_000),
    "a terabyte of nothing": _spoilt("observations.csv", _sparse),
    "pipe": _spoilt("observations.csv", os.mkfifo),
    "folder for a file": _spoilt("observations.csv", lambda path: path.mkdir()),
    "link to a file elsewhere": _spoilt("observations.csv", _link_to("/etc/passwd")),
    "link to a device": _spoilt("observations.csv", _link_to("/dev/zero")),
    "empty file": _spoilt("observations.csv", b""),
    "column gone": _text("observations.csv", ",qualifier", ",note2"),
    "column twice": _text("observations.csv", ",qualifier", ",note"),
    "cells too many": _text("observations.csv", "TIM", "TIM,,,"),
    "formula": _reports(report("one", "=1+1")),
    "not a number": _reports(report("one", "nan")),
    "endless number": _reports(report("one", "9" * 400)),
    "digits of another script": _reports(report("one", "٣٤")),
    "unknown source": _reports(report("one", "5", source_id="b")),
    "unknown product": _reports(report("one", "5", product="gold")),
    "id twice": _reports(report("one", "5"), report("one", "6")),
    "path for an id": _traversal,
    "web page for a table": _spoilt("observations.csv", HTML),
    "series that nobody names": _spoilt("series/x.csv", _stray),
    "link for the series": _spoilt("series", _link_to("/etc")),
}
_TABLE: dict[str, Make] = {
    "empty": raw(b""),
    "web page": raw(HTML),
    "zeros": raw(b"\0" * 100_000),
    "noise": raw(_noise(3)),
    "a workbook": book(),
    "other columns": raw(b"name,colour\nsteel,grey\n"),
    "hundred megabytes in a line": _long_line(""),
    "a terabyte of nothing": _sparse,
    "one endless quote": raw(b'"' + b"a,b\n" * 1_000_000),
    "a million short lines": raw(b"a\n" * 1_000_000),
    "folder": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "link to a device": _link_to("/dev/zero"),
    "not there": lambda _: None,
}
_TRADE = Trade("TUR", "X", "DEU", "600")
_ROW = as_csv(current([_TRADE]))


def _trades(*trades: Trade) -> Make:
    return lambda path: handed(path, *trades)


def _zipped(**members: bytes) -> Make:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in members.items():
                packed.writestr(name, content)

    return make


def _gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(_ROW)
        for _ in range(2100):
            packed.write(b"\n" * (1 << 20))


def _locked(path: Path) -> None:
    _zipped(a=_ROW)(path)
    _lock(path)


def _half_a_zip(path: Path) -> None:
    _zipped(a=_ROW * 200)(path)
    os.truncate(path, path.stat().st_size // 2)


_COMTRADE: dict[str, Make] = {
    "zip of several files": _zipped(a=_ROW, b=_ROW),
    "zip of nothing": _zipped(),
    "zip within a zip": _zipped(a=b"PK\x03\x04" + _noise(4)),
    "zip bomb": _zip_of(1, 1 << 30),
    "zip with a password": _locked,
    "zip cut short": _half_a_zip,
    "gzip bomb": _gzip_bomb,
    "gzip cut short": raw(gzip.compress(_ROW * 200)[:-60]),
    "gzip with noise in it": raw(gzip.compress(_ROW)[:40] + _noise(5)),
    "header alone": raw(_ROW.partition(b"\n")[0] + b"\n"),
    "no value column": raw(_ROW.replace(b"primaryValue", b"value2", 1)),
    "no period column": raw(_ROW.replace(b",period,", b",moment,", 1)),
    "columns shifted by one": raw(_ROW.replace(b"typeCode,", b"", 1)),
    "row of a spreadsheet's": _trades(_TRADE._replace(value="2.7E+12")),
    "formula": _trades(_TRADE._replace(value="=1+1")),
    "formula for a link": _trades(_TRADE._replace(value='=HYPERLINK("http://example.org")')),
    "below zero": _trades(_TRADE._replace(value="-600")),
    "endless number": _trades(_TRADE._replace(value="9" * 400)),
    "not a number": _trades(_TRADE._replace(value="NaN")),
    "digits of another script": _trades(_TRADE._replace(value="٣٤")),
    "code that is a statement": _trades(_TRADE._replace(code="1');DROP TABLE kept;--")),
    "world that reports": _trades(_TRADE._replace(reporter="WLD")),
    "nothing but parts": _trades(_TRADE._replace(more={"motCode": "2100"})),
    "NUL bytes": raw(_ROW.replace(b"600", b"6\x0000")),
    "UTF-16": raw(_ROW.decode().encode("utf-16")),
    "quote that never ends": raw(_ROW + b'"' + b"a,b\n" * 1_000_000),
    "mostly unreadable": raw(_ROW + b"a,b\n" * 1_000_000),
}
_JSON: dict[str, Make] = {
    "JSON without rows": raw(b'{"count": 0, "data": [], "error": ""}'),
    "JSON of rows that are no objects": raw(b'{"data": [1, 2, 3]}'),
    "JSON with a comma too many": raw(as_json(current([_TRADE])).replace(b"}]", b"},]")),
    "JSON in UTF-16": raw(as_json(current([_TRADE])).decode().encode("utf-16")),
    "JSON with an endless number": raw(as_json(current([_TRADE])).replace(b"600.0", b"6" * 300)),
    "JSON nested within a row": raw(b'{"data": [{"cmdCode": ' + b"[" * 30_000 + b"]" * 30_000 + b"}]}"),
    "JSON that never comes to its rows": raw(b'{"note": "' + b"x" * (1 << 20) + b'", "data": []}'),
    "JSON that is cut short": raw(b'{"data": [{"typeCode": "C", "freq'),
    "JSON that is nested deep": raw(b"[" * 100_000),
    "JSON of something else": raw(b'{"error": "not found"}'),
    "JSON with a long text": raw(b'{"data": [{"cmdDesc": "' + b"x" * (1 << 24) + b'"}]}'),
}
HOSTILE: dict[str, tuple[str, Make]] = {
    **{f"tim: {name}": ("tim", make) for name, make in _TIM.items()},
    **{f"csv: {name}": ("csv", make) for name, make in _CSV.items()},
    **{f"sipri: {name}": ("sipri", make) for name, make in _TABLE.items()},
    **{f"comtrade: {name}": ("comtrade", make) for name, make in {**_TABLE, **_COMTRADE, **_JSON}.items()},
}
"""Name → (kind to import it as, what makes it at a path)."""
