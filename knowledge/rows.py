"""Reads the rows of a fact file whoever wrote it: nothing in it may do more than earn a sentence.

A file is read line by line with a limit on the file, on the line and on the field, so memory stays bounded.
"""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Self

from knowledge.errors import FactError

if TYPE_CHECKING:
    from _csv import Reader

MAX_FILE = 32 * 1024 * 1024
"""Bytes; the shipped files together are below one megabyte."""
MAX_LINE = 64 * 1024
"""Bytes; the longest shipped line has some 700."""
_BLOCK = 1 << 18
_NEWLINE = ord("\n")
MAX_MESSAGE = 240
"""Characters of what is said about one."""
MAX_FINDINGS = 1000
"""Per file: whoever hands in a hundred thousand bad rows learns nothing from the later ones."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a fact file."""

    file: str
    """Path below the folder of facts, with forward slashes."""
    row: int
    """Line in the file, the header being 1; 0 where the file as a whole is meant."""
    column: str
    """Empty where the row as a whole is meant."""
    message: str
    """One sentence that says what is wrong and what to write."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.row}" if self.row else self.file
        return f"{place}: {self.severity}: {self.column + ': ' if self.column else ''}{self.message}"


class Findings:
    """Collects what is found, and how it is said."""

    def __init__(self) -> None:
        self.all: list[Finding] = []
        self._per_file: dict[str, int] = {}

    def error(self, file: str, row: int, column: str, message: str) -> None:
        """Take note of something that makes the facts unusable."""
        self._add(Finding(file, row, column, message))

    def warning(self, file: str, row: int, column: str, message: str) -> None:
        """Take note of something that a curator should look at."""
        self._add(Finding(file, row, column, message, "warning"))

    @property
    def errors(self) -> list[Finding]:
        """Only the errors."""
        return [found for found in self.all if found.severity == "error"]

    def _add(self, found: Finding) -> None:
        if len(found.message) > MAX_MESSAGE:
            # A cell that is quoted can be as long as a line.
            half = MAX_MESSAGE // 2
            found = replace(found, message=f"{found.message[:half]} ... {found.message[-half:]}")
        count = self._per_file[found.file] = self._per_file.get(found.file, 0) + 1
        if count < MAX_FINDINGS:
            self.all.append(found)
        elif count == MAX_FINDINGS:
            self.all.append(Finding(found.file, 0, "", f"there is more: the first {MAX_FINDINGS} findings are listed"))


class BadFactsError(FactError):
    """Facts that are wrong: the first of them, and how many more there are."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = findings

    def renamed(self, folder: str, name: str) -> BadFactsError:
        """The same of files that are known by another name."""
        findings = [replace(one, file=one.file.replace(folder, name, 1)) for one in self.findings]
        return BadFactsError(str(self).replace(folder, name, 1), findings)


def refuse(findings: Iterable[Finding], hint: str = "") -> None:
    """Raise BadFactsError if there is an error among the findings."""
    errors = [found for found in findings if found.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more{': ' + hint if hint else ''})" if len(errors) > 1 else ""
        raise BadFactsError(f"{errors[0]}{more}", errors)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a fact file: its place, and its cells by column, without outer spaces."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """The cell of a column that a file may have or not; empty where it has not."""
        return self.cells.get(column, "")


def read_rows(
    folder: Path, file: str, columns: tuple[str, ...], findings: Findings, name: str | None = None
) -> Iterator[Row]:
    """The rows of `folder/file`, which must have these columns (in any order).

    Whatever is wrong goes to `findings`, where the file is called `name` (`file` itself where none is given); a row
    that is not sound is left out, and reading ends where it must.
    """
    name = name or file
    with _Table(folder / file, name, columns, findings, MAX_FILE) as table:
        for number, cells in table:
            yield Row(name, number, {column: cell.strip() for column, cell in zip(table.header, cells, strict=True)})


def read_cells(
    path: Path, name: str, columns: tuple[str, ...], findings: Findings, limit: int
) -> Iterator[tuple[int, list[str]]]:
    """The same for millions of rows: (line, cells as they stand), in the order of `columns`, in a file of some size."""
    with _Table(path, name, columns, findings, limit) as table:
        if table.header in ([], list(columns)):
            yield from table
            return
        places = [table.header.index(column) for column in columns]
        for number, cells in table:
            yield number, [cells[at] for at in places]


class _Stop(Exception):  # noqa: N818 - a way out, not a failure
    """Reading cannot go on: the line and the reason."""


class _Table:
    """A file that is open; what stops its reading is noted on the way out."""

    def __init__(self, path: Path, name: str, columns: tuple[str, ...], findings: Findings, limit: int) -> None:
        self.header: list[str] = []
        """Empty if there is nothing to be read."""
        self._path, self._name, self._columns, self._findings, self._limit = path, name, columns, findings, limit
        self._stream: BinaryIO | None = None
        self._reader: Reader | None = None

    def __enter__(self) -> Self:
        try:
            status = self._path.stat()
            # A pipe would keep its reader waiting for ever.
            if not stat.S_ISREG(status.st_mode):
                self._error(0, "this is no file: put a CSV file there")
            elif status.st_size > self._limit:
                message = f"the file has {status.st_size:,} bytes: split it, {self._limit:,} is the most one may have"
                self._error(0, message)
            else:
                self._stream = self._path.open("rb")
                self._reader = csv.reader(_lines(self._stream), strict=True)
                self._read_header(self._reader)
        except Exception as error:
            if self._stream:
                self._stream.close()
            if not self._note(error):
                raise
            self._reader = None
        return self

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> bool:
        if self._stream:
            self._stream.close()
        return self._note(error)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """(line on which the row starts, cells) of each row that is as wide as the header."""
        reader, width = self._reader, len(self.header)
        if not reader or not width:
            return
        start = reader.line_num + 1
        for cells in reader:
            number, start = start, reader.line_num + 1
            if len(cells) == width:
                yield number, cells
            elif cells:
                self._error(number, f"the row has {len(cells)} cells, the header {width}: quote cells with commas")

    def _read_header(self, reader: Reader) -> None:
        header = [column.strip() for column in next(reader, [])]
        if not header:
            self._error(1, f"the file is empty: its first line must name the columns {', '.join(self._columns)}")
        elif _header(self._name, header, self._columns, self._findings):
            self.header = header

    def _note(self, error: BaseException | None) -> bool:
        """Note what ended the reading, if it is of the file's making."""
        match error:
            case _Stop(args=(number, reason)):
                self._error(number, reason)
            case csv.Error() if self._reader:
                message = f"the row is not proper CSV ({error}): check its quotation marks"
                self._error(self._reader.line_num, message)
            case FileNotFoundError():
                self._error(0, "the file is missing: add it")
            case OSError():
                self._error(0, f"the file cannot be read ({error.strerror or type(error).__name__})")
            case _:
                return False
        return True

    def _error(self, number: int, message: str) -> None:
        self._findings.error(self._name, number, "", message)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a file as text. Raises _Stop at the first that is none."""
    return chain.from_iterable(_blocks(stream))


def _blocks(stream: BinaryIO) -> Iterator[Iterable[str]]:
    """A file in blocks of whole lines: a block is looked at as one, and line by line only if something is wrong."""
    done = 0
    # Spreadsheets put a byte-order mark in front.
    first = True
    while block := stream.read(_BLOCK):
        if block[-1] != _NEWLINE:
            block += stream.readline(MAX_LINE + 1)
        if first:
            block, first = block.removeprefix(b"\xef\xbb\xbf"), False
        try:
            text = "" if b"\0" in block or _may_be_long(block) else block.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        yield StringIO(text, newline="\n") if text else _closely(block, done)
        done += block.count(b"\n")


def _may_be_long(block: bytes) -> bool:
    """True if some line is longer than half of what it may be, or if the last one does not end."""
    step = MAX_LINE // 2
    return any(block.find(b"\n", at, at + step) < 0 for at in range(0, len(block), step))


def _closely(block: bytes, done: int) -> Iterator[str]:
    for number, raw in enumerate(BytesIO(block), done + 1):
        if len(raw) > MAX_LINE:
            raise _Stop(number, f"the line is longer than {MAX_LINE:,} bytes: the rest of the file was not read")
        if b"\0" in raw:
            raise _Stop(number, "the line holds a NUL byte: save the file as UTF-8 text")
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError:
            raise _Stop(number, "the line is not UTF-8: save the file as UTF-8 text") from None


def _header(file: str, header: list[str], columns: tuple[str, ...], findings: Findings) -> bool:
    sound = True
    for column in columns:
        if column not in header:
            findings.error(file, 1, column, "the column is missing: add it to the header")
            sound = False
    for column in sorted({column for column in header if header.count(column) > 1}):
        findings.error(file, 1, column, "the column is there twice: keep one")
        sound = False
    return sound
