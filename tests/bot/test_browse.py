"""The store in Datasette."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot import browse
from bot.__main__ import FAILED, start
from knowledge.schema import TABLES

THERE = find_spec("datasette") is not None


def test_the_metadata_fit_the_store() -> None:
    """Every table is described or hidden, and names only columns that it has."""
    tables = json.loads(browse.METADATA.read_text("utf-8"))["databases"]["facts"]["tables"]
    assert tables.keys() == TABLES.keys()
    for name, told in tables.items():
        assert told.get("hidden") or told["description"]
        named = {*told.get("facets", ()), *(told[key] for key in ("label_column", "sort_desc") if key in told)}
        assert named <= TABLES[name].columns.keys(), name


@pytest.mark.skipif(THERE, reason="Datasette is installed")
def test_without_datasette_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to install."""
    assert start(["facts", "browse"]) == FAILED
    assert capsys.readouterr().err == (
        "waybill: Datasette is not installed: install it with `pip install 'waybill-bot[browse]'`\n"
    )


@pytest.mark.skipif(not THERE, reason="Datasette is not installed")
def test_datasette_shows_an_observation_with_its_source(store_path: Path) -> None:
    """Asked in its own process, without a network: the very command that is served, and one page of it."""
    done = subprocess.run(  # noqa: S603 - our own command
        [*browse.command(store_path), "--get", "/facts/observation.json?_size=1&_shape=objects&_labels=on"],
        capture_output=True,
        check=True,
    )
    (row,) = json.loads(done.stdout)["rows"]
    assert row["source_id"]["label"]
