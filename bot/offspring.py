"""`waybill facts ...` run by a process of its own, for the bot: it can use up neither its memory nor its time."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEMORY = 2 * 1024**3
"""Bytes of address space that it may take."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it: the exit status, and what it printed where."""

    status: int
    out: tuple[str, ...]
    err: tuple[str, ...]


async def run_facts(home: Path, *arguments: str, seconds: float, settings: Mapping[str, str] | None = None) -> Ended:
    """Run `waybill facts` with the arguments for a home; a `TimeoutError` if it takes longer than the seconds.

    It learns nothing of the token, not from a `.env` file either; `settings` are further variables for it.
    """
    environment = os.environ | {"WAYBILL_TOKEN": "", "WAYBILL_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "facts", *arguments,
        stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe,
        env=environment | dict(settings or {}), cwd=Path(__file__).parents[1],
    )  # fmt: skip
    with suppress(ImportError, AttributeError, ProcessLookupError, PermissionError):  # not on every system
        import resource  # noqa: PLC0415 - see above

        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        out, err = await asyncio.wait_for(process.communicate(), seconds)
    except (TimeoutError, asyncio.CancelledError):
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    return Ended(process.returncode or 0, _lines(out), _lines(err))


def _lines(printed: bytes) -> tuple[str, ...]:
    return tuple(printed.decode("utf-8", "replace").strip().splitlines())
