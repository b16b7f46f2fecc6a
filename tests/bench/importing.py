"""How fast rows go into the store, beside the sqlite3 shell's own `.import` of the same rows into the same table.

`python -m tests.bench.importing [ROWS]`. Ours reads a folder of facts in which every cell is checked; the shell is
handed the finished rows of the table. Once with the table alone, and once with all its indexes.
"""

from __future__ import annotations

import csv
import itertools
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from knowledge import bulk
from knowledge.folder import DATA, Part
from knowledge.imports import import_file
from knowledge.load import facts_of
from knowledge.merged import layers
from knowledge.readers import TABLES
from knowledge.rows import Findings
from knowledge.schema import create_indexes, create_tables
from knowledge.store import open_store
from tests.bench.memory import peak

TODAY = date(2026, 11, 23)
SOURCE = "big,Publisher,Title,https://example.org/a,2026-10,en,official_statistics"
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Reports of yearly exports between all countries; ids in no order, as publishers' are."""
    facts, draw = facts_of(DATA), random.Random(1)  # noqa: S311 - the same rows every time
    countries = [code for code in facts.countries if code != "WLD"]
    flows = itertools.product(countries, countries, list(facts.products)[:30], range(1990, 2025))
    for at, (exporter, partner, product, year) in enumerate(itertools.islice(flows, count)):
        yield (
            f"big-{at * 7_368_787 % 100_000_007:09}", exporter, partner, product, str(year), "value",
            str(draw.randrange(10**9)), "USD", "exact", "1", "TIM", "big", "",
        )  # fmt: skip


def folder(path: Path, count: int) -> Path:
    """A folder of facts in our own shape with that many reports."""
    path.mkdir()
    (path / "sources.csv").write_text(f"source_id,publisher,title,url,published,language,kind\n{SOURCE}\n", "utf-8")
    with (path / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TABLES["observations.csv"].columns)
        writer.writerows(rows(count))
    return path


def table(path: Path) -> sqlite3.Connection:
    """An empty store to be filled fast."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(_FAST + "; PRAGMA cache_size = -98304; PRAGMA threads = 4")
    create_tables(Database(connection))
    return connection


def ours(given: Path, path: Path, *, indexes: bool) -> float:
    """Seconds to read, check and insert the reports of a folder."""
    findings = Findings()
    (layer,) = layers(facts_of(DATA), [Part("imports/csv/big", given)], findings)
    with closing(table(path)) as connection:
        start = time.perf_counter()
        connection.execute("BEGIN")
        bulk.take(connection, iter(bulk.Reports(layer, findings)), lambda _: None)
        if indexes:
            create_indexes(Database(connection))
        connection.execute("COMMIT")
    assert not findings.all
    return time.perf_counter() - start


def shell(given: Path, path: Path, *, indexes: bool) -> float:
    """Seconds of the sqlite3 shell for the same rows, as the finished rows of the table."""
    made = path.with_suffix(".csv")
    if not made.exists():
        _sqlite3("-csv", str(given), f".once {made}", "SELECT * FROM observation")
    table(path).close()
    command = ["-cmd", _FAST, "-cmd", "PRAGMA cache_size = -98304", "-cmd", "PRAGMA threads = 4"]
    command += ["-csv", str(path), f".import {made} observation", *([";".join(_indexes())] if indexes else [])]
    start = time.perf_counter()
    _sqlite3(*command)
    return time.perf_counter() - start


def _sqlite3(*arguments: str) -> None:
    subprocess.run(["sqlite3", *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607


def _indexes() -> list[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        database = Database(connection)
        create_tables(database)
        create_indexes(database)
        found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return [sql for (sql,) in found]


def whole(given: Path, home: Path) -> float:
    """Seconds of `waybill facts import csv`, from the file to the store that answers: checked, compared, synced."""
    open_store(home, today=TODAY).close()
    start = time.perf_counter()
    import_file(home, "csv", given, today=TODAY)
    return time.perf_counter() - start


def main() -> None:
    """Print one table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if not shutil.which("sqlite3"):
        sys.exit("the sqlite3 shell is not here")
    with tempfile.TemporaryDirectory() as place:
        given = folder(Path(place) / "big", count)
        print(f"{count:,} reports; rows a second")  # noqa: T201
        for name, indexes in (("table alone", False), ("with all indexes", True)):
            mine = ours(given, Path(place) / f"ours-{indexes}.db", indexes=indexes)
            theirs = shell(Path(place) / f"ours-{indexes}.db", Path(place) / f"shell-{indexes}.db", indexes=indexes)
            print(f"{name:20} ours {count / mine:10,.0f}   .import {count / theirs:10,.0f}   ratio {theirs / mine:.2f}")  # noqa: T201
        seconds = whole(given, Path(place) / "home")
        megabytes = peak()
        print(f"{'the whole command':20} ours {count / seconds:10,.0f}   in {seconds:.1f} s, {megabytes:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
