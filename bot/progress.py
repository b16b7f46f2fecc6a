"""The progress of long work on the fact store, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.home import today
from knowledge.store import Progress, open_store

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_STEPS = {
    "fetch": "Fetching",
    "parse": "Reading the file",
    "read": "Reading the facts",
    "write": "Writing the fact store",
    "index": "Indexing",
}


def prepare(home: Path) -> None:
    """See that there is a good fact store in `home`; if it has to be built, whoever sits at a terminal sees it grow."""
    with progress(lines=False) as tell:
        open_store(home, today=today(), progress=tell).close()


@contextmanager
def progress(*, lines: bool) -> Iterator[Progress]:
    """Shows work while it goes on: bars on a terminal, elsewhere a line for each step if `lines` are wanted."""
    with ExitStack() as stack:
        yield _bar(stack) if sys.stderr.isatty() else _lines() if lines else _silence


def _bar(stack: ExitStack) -> Progress:
    bars: list[Bar] = []
    tasks: dict[str, TaskID] = {}

    def draw(step: str, done: int, of: int) -> None:
        if not bars:
            bars.append(stack.enter_context(_columns()))
        if step not in tasks:
            tasks[step] = bars[0].add_task(_STEPS[step], total=None, count="")
        elif not done:
            bars[0].reset(tasks[step], total=None)  # the same step once more, of the next store or file
        rate = bars[0].tasks[bars[0].task_ids.index(tasks[step])].speed
        count = f"{done:,} rows" + (f", {rate:,.0f}/s" if rate else "") if of > 1 else ""
        bars[0].update(tasks[step], completed=done, total=of or None, count=count)

    return draw


def _columns() -> Bar:
    # Imported here: most starts find a good store and show nothing.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _lines() -> Progress:
    told: set[str] = set()

    def tell(step: str, done: int, of: int) -> None:
        del done, of
        if step not in told:
            told.add(step)
            click.echo(f"{_STEPS[step]} ...", err=True)

    return tell


def _silence(step: str, done: int, of: int) -> None:
    """Say nothing."""
