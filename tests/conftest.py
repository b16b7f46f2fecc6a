"""What several tests share: one fact store, built once."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from knowledge.folder import DATA
from knowledge.store import Store, build
from knowledge.store import store_path as path_of

TODAY = date(2026, 11, 23)

# The same examples everywhere and every time: a test that fails once must fail for the next person too. Kept out
# of the working tree, where a folder of examples would be collected.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "waybill-hypothesis")
settings.register_profile("waybill", derandomize=True, deadline=None, database=None)
settings.load_profile("waybill")


@pytest.fixture(autouse=True)
def levels() -> Iterator[None]:
    """What one test lets be logged is no other's business: the programme's own set-up is for a whole process."""
    names = [None, *logging.root.manager.loggerDict]
    before = {name: logging.getLogger(name).level for name in names}
    yield
    for name in [None, *logging.root.manager.loggerDict]:
        logging.getLogger(name).setLevel(before.get(name, logging.NOTSET))


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of the shipped facts is; its parent is a home folder. Not to be written to."""
    path = path_of(tmp_path_factory.mktemp("home"))
    build(DATA, path, TODAY)
    return path


@pytest.fixture(scope="session")
def store(store_path: Path) -> Iterator[Store]:
    """The store of the shipped facts."""
    with Store(store_path) as opened:
        yield opened
