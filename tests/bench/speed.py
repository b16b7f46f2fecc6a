"""How long an answer takes: from a cold start, and once warm. `make bench` runs it.

Cold: the whole process of `waybill ask`, store already built. Warm: one question after another through the
desk, every question of the golden sets; the median and the slowest hundredth.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from knowledge.desk import Desk

GOLDEN = Path(__file__).parents[1] / "golden"
COLD_RUNS = 9
TODAY = date(2026, 11, 23)


def questions() -> list[str]:
    """The questions of the golden sets, each once."""
    lines = (
        line for file in sorted(GOLDEN.glob("en-*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
    )
    return list(dict.fromkeys(json.loads(line)["q"] for line in lines if line))


def cold(home: str) -> float:
    """Seconds of a whole process, the median of several."""
    command = [sys.executable, "-m", "bot", "ask", "How much did Turkey export to Ukraine in Q1 2022?"]
    times = []
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={"WAYBILL_HOME": home, "PATH": ""})  # noqa: S603
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def warm(home: str) -> tuple[float, float]:
    """Milliseconds of a question in a warm desk: the median and the 99th percentile."""
    desk = Desk(Path(home), lambda: TODAY)
    asked = questions()
    for question in asked[:20]:
        desk.ask_now(question)
    times = []
    for question in asked:
        start = time.perf_counter()
        desk.ask_now(question)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        median, slowest = warm(home)
        start = cold(home)
    rows = (
        ("cold start of `waybill ask`, s", start, 0.5),
        ("warm question, median, ms", median, 2.0),
        ("warm question, 99th percentile, ms", slowest, 20.0),
    )
    for name, value, limit in rows:
        sys.stdout.write(f"{name:38} {value:7.3f}   (limit {limit})\n")
    if any(value > limit for _, value, limit in rows):
        raise SystemExit("slower than the limits")


if __name__ == "__main__":
    main()
