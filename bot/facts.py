"""`waybill facts`: the fact files checked, the fact store built."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bot.errors import FatalError
from bot.home import today
from bot.progress import progress
from knowledge.folder import DATA, parts_of
from knowledge.load import check
from knowledge.store import build, store_path


def run_check() -> None:
    """Print everything that is wrong with the shipped facts, one line each; fails if there are errors."""
    findings = check(DATA)
    for found in findings:
        click.echo(str(found))
    errors = sum(found.severity == "error" for found in findings)
    if errors:
        raise FatalError(f"{errors} {'error' if errors == 1 else 'errors'} in the fact files")
    click.echo(f"the fact files are sound (warnings: {len(findings)})")


def run_build(home: Path) -> None:
    """Build the fact store anew from the shipped facts and from what was imported, whatever is there."""
    path, began = store_path(home), time.monotonic()
    with progress(lines=True) as tell:
        build(DATA, path, today(), tell, parts_of(home))
    click.echo(f"built {path} in {time.monotonic() - began:.1f} s")
