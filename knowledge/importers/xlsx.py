"""Reads one sheet of a workbook that a stranger hands in: bounded before it is parsed, and nothing in it runs.

A workbook is a zip of XML. Its size, its members and their tags are counted first, and a document type, which is all
that entities can come from, is refused. Formulas are not worked out: a cell with one says so.
"""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import RefusedError
from knowledge.importers.files import opened

MAX_FILE = 8 * 1024 * 1024
"""Bytes; TIM's workbooks have some 50,000."""
MAX_MEMBERS = 200
MAX_UNPACKED = 32 * 1024 * 1024
"""Bytes of all members together."""
MAX_TAGS = 400_000
"""Tags of one member; a year of sectors and its sub-products have some 20,000."""
_BLOCK = 1 << 16
_LONGEST = 4096
"""Characters of one text."""
Cell = str | float | None


class Formula(str):
    """The text of a formula, which is not worked out."""

    __slots__ = ()


def read_sheet(file: Path, name: str, *, rows: int, columns: int) -> list[Sequence[Cell]]:
    """The cells of a sheet, row by row, up to a number of rows and columns. Raises RefusedError."""
    with opened(file, MAX_FILE) as stream:
        _look_like_a_workbook(stream, file.name)
        _count(stream, file.name)
        stream.seek(0)
        try:
            return _cells(stream, file.name, name, rows, columns)
        except RefusedError:
            raise
        except Exception as error:  # a parser of strangers' files raises what it likes
            raise RefusedError(f"{file.name} is a damaged workbook ({type(error).__name__})") from error


def column(at: int) -> str:
    """The letter of a column, the first being 0; a sheet of ours has fewer than 26."""
    return chr(ord("A") + at)


def _look_like_a_workbook(stream: BinaryIO, name: str) -> None:
    start = stream.read(512)
    if start.startswith(b"PK"):
        return
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError(f"{name} is an old or an encrypted workbook: save it as an .xlsx file without a password")
    if text.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--")):
        raise RefusedError(f"{name} is a web page, not a workbook")
    raise RefusedError(f"{name} is not a workbook")


def _count(stream: BinaryIO, name: str) -> None:
    """See that what is packed is small, plain and whole."""
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            if len(members) > MAX_MEMBERS:
                raise RefusedError(f"{name} has {len(members):,} members: {MAX_MEMBERS} is the most that is read")
            if (size := sum(member.file_size for member in members)) > MAX_UNPACKED:
                raise RefusedError(f"{name} unpacks to {size:,} bytes: {MAX_UNPACKED:,} is the most that is read")
            if len({member.filename for member in members}) < len(members):
                raise RefusedError(f"{name} is a damaged workbook (a member is there twice)")
            for member in members:
                if member.flag_bits & 1:
                    raise RefusedError(f"{name} is encrypted: save it without a password")
                _scan(packed, member, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise RefusedError(f"{name} is a damaged or truncated workbook ({error})") from error


def _scan(packed: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Read a member through: its checksum must be right, its tags few, and it must have no document type."""
    tags, tail = 0, b""
    with packed.open(member) as stream:
        while block := stream.read(_BLOCK):
            if not member.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            # In UTF-16 a letter has a zero beside it.
            plain = tail + block.replace(b"\0", b"")
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise RefusedError(f"{name} has a document type in {member.filename[:80]!r}, which no workbook needs")
            tags += block.count(b"<")
            if tags > MAX_TAGS:
                raise RefusedError(f"{name} has more than {MAX_TAGS:,} tags in {member.filename[:80]!r}")
            tail = plain[-16:]


def _cells(stream: BinaryIO, file: str, name: str, rows: int, columns: int) -> list[Sequence[Cell]]:
    # Imported here: only a workbook needs it, and it costs a tenth of a second.
    from openpyxl import DEFUSEDXML, load_workbook  # noqa: PLC0415

    if not DEFUSEDXML:  # pragma: no cover - it is installed with us
        raise RefusedError("workbooks are read only where defusedxml is installed, and not switched off for openpyxl")
    book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    try:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if name not in sheets:
            there = ", ".join(repr(title[:31]) for title in list(sheets)[:5]) or "none"
            raise RefusedError(f"{file} has no sheet {name!r} (sheets: {there})")
        walk = sheets[name].iter_rows(max_row=rows, max_col=columns)
        return [[_value(cell.value, cell.data_type) for cell in row] for row in walk]
    finally:
        book.close()


def _value(value: object, kind: str) -> Cell:
    if kind == "f":
        return Formula(str(value)[:_LONGEST])
    if value is None or isinstance(value, str):
        return value[:_LONGEST] if value else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)[:_LONGEST]
    return float(value) if math.isfinite(value) else str(value)
