"""20,000 updates of made-up text, entities and button data: no error, no request that Telegram would refuse.

`python -m tests.bench.crowd [HOW MANY]`. The suite does the same with a few hundred.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from knowledge.folder import DATA
from knowledge.store import build, store_path
from tests.crowd import acts, crowd

MANY = 20_000


def main() -> None:
    """Let the crowd in."""
    many = int(sys.argv[1]) if sys.argv[1:] else MANY
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build(DATA, store_path(home), date(2026, 11, 23))
        with crowd(home, home) as (runner, someone):

            @settings(
                max_examples=1000, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(acts)
            def once(act: dict[str, Any]) -> None:
                runner.run(someone.does(act))

            while someone.updates < many:
                once()
                sys.stderr.write(f"{someone.updates} updates\n")
            took = time.perf_counter() - began
            sys.stdout.write(f"{someone.updates} updates, {someone.requests} requests, {took:.0f} s\n")
    sys.stdout.write("no error, and nothing that Telegram would refuse\n")


if __name__ == "__main__":
    main()
