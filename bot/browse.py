"""`waybill facts browse`: the fact store in Datasette, for whoever wants to look at the rows themselves.

Datasette is no dependency but an extra, and a programme of its own here: it runs beside us on the store as it is.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bot.errors import FatalError
from bot.home import today
from knowledge.store import open_store, store_path

METADATA = Path(__file__).with_name("browse.json")
"""Titles, descriptions and facets of the tables, as Datasette reads them."""


def run_browse(home: Path, port: int) -> None:
    """Serve the store of a home on this machine until interrupted. Raises FatalError where Datasette is not there."""
    if find_spec("datasette") is None:
        raise FatalError("Datasette is not installed: install it with `pip install 'waybill-bot[browse]'`")
    open_store(home, today=today()).close()
    done = subprocess.run([*command(store_path(home)), "--port", str(port)], check=False)  # noqa: S603 - our own
    if done.returncode:
        raise FatalError(f"Datasette ended with exit status {done.returncode}")


def command(store: Path) -> list[str]:
    """What runs Datasette on a store, which is opened as one that never changes."""
    return [sys.executable, "-m", "datasette", "serve", "--immutable", str(store), "--metadata", str(METADATA)]
