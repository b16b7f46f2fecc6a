"""What the tests of imports share: homes, small folders of facts, and the rows of a store."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.folder import DATA
from knowledge.readers import TABLES
from knowledge.store import store_path

TODAY = date(2026, 11, 23)
SERIES = ("product", "period", "value")
VINTAGES = (*TABLES["vintages.csv"].columns, "covers")


def write(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A CSV file in a folder, which is made."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def source(identity: str, published: str = "2026-10") -> tuple[str, ...]:
    """A row of sources.csv."""
    return (identity, "Publisher", f"Title of {identity}", f"https://example.org/{identity}", published, "en", "press")


def report(
    identity: str, value: str, *, source_id: str = "a", product: str = "steel", period: str = "2024"
) -> tuple[str, ...]:
    """A row of observations.csv."""
    return (identity, "TUR", "UKR", product, period, "value", value, "USD", "exact", "1", "TIM", source_id, "")


def folder_of_reports(folder: Path, reports: Iterable[Sequence[str]], *sources: tuple[str, ...]) -> Path:
    """A folder of facts with some reports."""
    write(folder, "sources.csv", TABLES["sources.csv"].columns, sources or [source("a")])
    write(folder, "observations.csv", TABLES["observations.csv"].columns, reports)
    return folder


def folder_of_vintages(
    folder: Path, vintages: Mapping[str, tuple[str, str, Mapping[tuple[str, str], str]]], series: str = "own"
) -> Path:
    """A folder of facts with vintages: id → (published, covers, (product, period) → value)."""
    write(folder, "sources.csv", TABLES["sources.csv"].columns, [source(one, vintages[one][0]) for one in vintages])
    rows = [(one, series, "TUR", "WLD", "value", "USD", "10", "TIM", "", vintages[one][1]) for one in vintages]
    write(folder, "vintages.csv", VINTAGES, rows)
    for one, (_, _, figures) in vintages.items():
        write(folder, f"series/{one}.csv", SERIES, [(*key, value) for key, value in figures.items()])
    return folder


def shipped_without_september(folder: Path) -> Path:
    """The shipped facts as they were before the bulletin of September 2026."""
    shutil.copytree(DATA, folder)
    (folder / "series" / "tim-2026-09-bulletin.csv").unlink()
    for name in ("vintages.csv",):
        lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("tim-2026-09-bulletin")]
        (folder / name).write_text("".join(kept), "utf-8")
    return folder


def rows(home: Path, sql: str, *values: object) -> list[Any]:
    """What a query finds in the store of a home."""
    with closing(sqlite3.connect(f"file:{store_path(home)}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def dump(path: Path) -> list[Any]:
    """All that a store says, but for how it came about: every row of every table, in order."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            (name, sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr))  # noqa: S608
            for name in sorted(names)
            if not name.startswith("sqlite_")
        ]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
