"""One table, each row a ratio within one run: `make bench`, or `python -m tests.bench [REPORTS]`.

Ours is set against the other on the same questions or rows, in the same minutes; above 1 ours is quicker.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import importing, speed, telegram, understanding
from tests.bench.memory import peak

REPORTS = 200_000
"""Rows that are imported unless another number is given."""
COLD, WARM, MEMORY = 0.5, 5.0, 300.0
"""What is aimed at: seconds, milliseconds at the 99th percentile, megabytes."""
Row = tuple[str, str, str, str]


def answering(home: Path) -> Iterator[Row]:
    """Questions a second beside other libraries."""
    mine = understanding.ours(home)
    for name, other in (
        ("rapidfuzz extractOne", understanding.fuzzy()),
        ("padacioso", understanding.padacioso()),
        ("hassil", understanding.hassil()),
    ):
        told = (f"{other:,.0f}/s", f"{mine / other:.2f}") if other else ("not installed", "")
        yield (f"understood and answered, to {name}", f"{mine:,.0f}/s", *told)


def imports(count: int, place: Path) -> Iterator[Row]:
    """Rows a second beside the sqlite3 shell."""
    if not shutil.which("sqlite3"):
        yield ("imported, to sqlite3's .import", "", "not installed", "")
        return
    given = importing.folder(place / "big", count)
    for name, indexes in (("table alone", False), ("with all indexes", True)):
        path = place / f"ours-{indexes}.db"
        mine = importing.ours(given, path, indexes=indexes)
        theirs = importing.shell(path, place / f"shell-{indexes}.db", indexes=indexes)
        rates = (f"{count / mine:,.0f}/s", f"{count / theirs:,.0f}/s", f"{theirs / mine:.2f}")
        yield (f"imported, {name}, to .import", *rates)
    whole = importing.whole(given, place / "home")
    yield ("the whole of `facts import`, to .import with indexes", f"{count / whole:,.0f}/s",
           f"{count / theirs:,.0f}/s", f"{theirs / whole:.2f}")  # fmt: skip


def serving(home: Path) -> Iterator[Row]:
    """Answers a second of the whole process beside echo bots, if the simulator of the Bot API server is here."""
    simulator = Path(os.environ.get("WAYBILL_BOTAPI", telegram.SIMULATOR))
    if not (simulator / "sim").is_dir():
        yield ("answers through python-telegram-bot, to an echo bot", "", "no simulator", "")
        return
    rates = {name: each[0] for name, each in asyncio.run(telegram.measure(simulator, home, rounds=1)).items()}
    for name, kind in (("a stock echo bot", "stock"), ("an echo bot with our request class", "ours")):
        echo = max(rate for bot, rate in rates.items() if bot.startswith(kind))
        mine = rates["waybill"]
        yield (
            f"answers through python-telegram-bot, to {name}",
            f"{mine:,.0f}/s",
            f"{echo:,.0f}/s",
            f"{mine / echo:.2f}",
        )


def limits(home: Path) -> Iterator[Row]:
    """Times and memory beside what is aimed at."""
    median, slowest = speed.warm(str(home))
    cold = speed.cold(str(home))
    megabytes = peak()
    yield ("warm question, median, to 2 ms", f"{median:.2f} ms", "2 ms", f"{2 / median:.2f}")
    yield ("warm question, 99th percentile, to the aim", f"{slowest:.2f} ms", f"{WARM:.0f} ms", f"{WARM / slowest:.2f}")
    yield ("cold start of `waybill ask`, to the aim", f"{cold:.2f} s", f"{COLD} s", f"{COLD / cold:.2f}")
    yield ("memory of a desk, to the aim", f"{megabytes:.0f} MB", f"{MEMORY:.0f} MB", f"{MEMORY / megabytes:.2f}")


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    load = os.getloadavg()[0]
    day = datetime.now(tz=UTC).date()
    versions = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    sys.stdout.write(f"{day}, {os.cpu_count()} cores, load {load:.1f}, {versions}\n\n")
    sys.stdout.write("| what | Waybill | beside it | ratio |\n|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "shipped"
        # The desk's memory first: an import leaves its own behind.
        for rows in (limits(home), answering(home), serving(home), imports(count, Path(place))):
            for row in rows:
                sys.stdout.write(f"| {' | '.join(row)} |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
