"""A question to a store of ten million figures and a hundred thousand names, beside the shipped one.

`python -m tests.bench.large [FIGURES] [FOLDER]`: the store is made in the folder once, and asked again from then on.
Each store is asked by a process of its own: the memory is that of the answering, not of the building.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.generated import home
from tests.bench.memory import peak
from tests.bench.speed import warm

FIGURES, NAMES = 10_000_000, 100_000
_ASK = "asks"


def asked(place: Path) -> tuple[float, float, float]:
    """Milliseconds at the median and the 99th percentile, megabytes: by a process that asks every golden question."""
    command = [sys.executable, "-m", "tests.bench.large", _ASK, str(place)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    median, slow, megabytes = json.loads(done.stdout)
    return median, slow, megabytes


def main() -> None:
    """Print one row a store."""
    if sys.argv[1:2] == [_ASK]:
        median, slow = warm(sys.argv[2])
        print(json.dumps([median, slow, peak()]))  # noqa: T201
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FIGURES
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(place)
        began = time.perf_counter()
        large, small = home(folder / "large", count, NAMES), home(folder / "shipped", 0, 0)
        print(f"made in {time.perf_counter() - began:.0f} s")  # noqa: T201
        rows = {f"{count:,} figures, {NAMES:,} names": asked(large), "the shipped store": asked(small)}
        for name, (median, slow, megabytes) in rows.items():
            print(f"{name:40} median {median:6.2f} ms   99th percentile {slow:6.2f} ms   {megabytes:4.0f} MB")  # noqa: T201
        (_, one, _), (_, other, _) = rows.values()
        print(f"{'large to shipped, 99th percentile':40} {one / other:6.2f} times")  # noqa: T201


if __name__ == "__main__":
    main()
