"""Writes what an importer gave back into a folder of facts, which becomes an import when it is moved to its place."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from knowledge.errors import RefusedError
from knowledge.folder import OWN, PART, REGISTERS, SHARED
from knowledge.importers.files import opened
from knowledge.importers.parsed import (
    CountryRow,
    DealRow,
    EntityRow,
    ObservationRow,
    Parsed,
    ProductRow,
    RegisterRow,
    SeriesRow,
    SourceRow,
    VintageRow,
)
from knowledge.series import COLUMNS, FLOW

_T = TypeVar("_T", bound=tuple[str, ...])
_TICK = 0x3FFF
MAX_COPIED = 4 * 1024**3
"""Bytes of one file of a folder in our own shape."""
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder that is written and not yet in its place."""

    path: Path
    source: str
    """The id of its source; empty if it has several, or brings its own files."""
    figures: int
    """Rows of observations and of series."""
    deals: int
    """Rows of registers."""
    digest: str
    """Hash of all that is in it: the same file read again gives the same."""

    @property
    def rows(self) -> int:
        """Of both."""
        return self.figures + self.deals


def stage(parsed: Parsed, path: Path, tick: Tick) -> Staged:
    """Write the rows, or copy the folder, into the new folder `path`."""
    path.mkdir(parents=True)
    sources: list[SourceRow] = []
    if parsed.folder:
        figures, deals = _copy(parsed.folder, path, tick)
    else:
        counter = _Counter(tick)
        sources = list(parsed.sources)
        _rows(path / "sources.csv", SourceRow._fields, sources)
        _rows(path / "countries.csv", CountryRow._fields, parsed.countries)
        _rows(path / "products.csv", ProductRow._fields, parsed.products)
        _rows(path / "entities.csv", EntityRow._fields, parsed.entities)
        vintages = list(parsed.vintages)
        _rows(path / "vintages.csv", VintageRow._fields, vintages)
        _series(path / "series", {one.source_id: one for one in vintages}, counter(parsed.series))
        _rows(path / "observations.csv", ObservationRow._fields, counter(parsed.observations))
        figures = counter.count
        _rows(path / "registers.csv", RegisterRow._fields, parsed.registers)
        _rows(path / "deals.csv", DealRow._fields, counter(parsed.deals))
        deals = counter.count - figures
        tick(counter.count)
    source = sources[0].source_id if len(sources) == 1 else ""
    return Staged(path, source, figures, deals, _digest(path))


def sign(staged: Staged, *, kind: str, file: str, place: int, imported: str) -> None:
    """Write down what an import is and which place it has among the others, and bring all of it to disk."""
    path = staged.path
    # JSON's strings are TOML's, as long as nothing is written as half of a pair.
    name = json.dumps(file.encode("utf-8", "replace").decode(), ensure_ascii=False)
    text = f'kind = "{kind}"\nfile = {name}\nimported = {imported}\nplace = {place}\n'
    text += f'digest = "{staged.digest}"\n'
    (path / PART).write_text(text, "utf-8")
    for folder, _, names in os.walk(path):
        for name in (*names, "."):
            _sync(Path(folder) / name)


def _sync(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # a folder, where folders cannot be opened
        return
    try:
        os.fsync(handle)
    except OSError:
        if not path.is_dir():
            raise
    finally:
        os.close(handle)


class _Counter:
    """Counts rows as they pass, over several tables."""

    def __init__(self, tick: Tick) -> None:
        self.count = 0
        self._tick = tick

    def __call__(self, rows: Iterable[_T]) -> Iterator[_T]:
        for row in rows:
            self.count += 1
            if not self.count & _TICK:
                self._tick(self.count)
            yield row


def _rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A file of rows; none if there are none."""
    walk = iter(rows)
    first = next(walk, None)
    if first is None:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerow(first)
        writer.writerows(walk)


def _series(folder: Path, vintages: Mapping[str, VintageRow], rows: Iterable[SeriesRow]) -> None:
    """A file for each vintage, with the flow where the vintage names none."""
    with ExitStack() as stack:
        for source_id, group in groupby(rows, lambda row: row.source_id):
            folder.mkdir(exist_ok=True)
            vintage = vintages[source_id]
            own = tuple(column for column in FLOW if not getattr(vintage, column))
            file = stack.enter_context((folder / f"{source_id}.csv").open("x", encoding="utf-8", newline=""))
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow((*COLUMNS, *own))
            writer.writerows((row.product, row.period, row.value, *(getattr(row, one) for one in own)) for row in group)


def _copy(source: Path, path: Path, tick: Tick) -> tuple[int, int]:
    """Copy the files of a folder in our own shape, and count figures and deals; what else is there stays there."""
    lines = deals = 0
    names = [name for name in (*SHARED, *OWN, *REGISTERS) if os.path.lexists(source / name)]
    if (source / "series").is_symlink():
        raise RefusedError(f"{source.name}/series is a link: put the folder itself there")
    if (source / "series").is_dir():
        names += [f"series/{one.name}" for one in sorted((source / "series").glob("*.csv"))]
        (path / "series").mkdir()
    for name in names:
        # A link in a folder from somewhere else can point to anything of ours.
        if (source / name).is_symlink():
            raise RefusedError(f"{source.name}/{name} is a link: put the file itself there")
        with opened(source / name, MAX_COPIED, f"{source.name}/{name}") as file, (path / name).open("xb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
        if name == "observations.csv" or name.startswith("series/"):
            lines += _lines(path / name)
            tick(lines)
        elif name == "deals.csv":
            deals = _lines(path / name)
    return lines, deals


def _lines(path: Path) -> int:
    """Rows below the header."""
    with path.open("rb") as file:
        return max(sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1, 0)


def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        whole.update(f"{file.relative_to(path).as_posix()} {digest}\n".encode())
    return whole.hexdigest()
