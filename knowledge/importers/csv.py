"""A folder in our own fact shape, for anyone's facts: taken as it is, checked like the shipped one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge.errors import RefusedError
from knowledge.folder import part_files
from knowledge.gathered import Facts
from knowledge.importers.parsed import Parsed, Tell
from knowledge.load import check

_SMALL = 16 * 1024 * 1024
"""Bytes of all files up to which what is doubtful in them is looked for too, not only what is wrong."""


def read(file: Path, known: Facts, today: date, tell: Tell | None = None) -> Parsed:
    """The folder as it is: its rows are checked as they go into the store."""
    del known, today, tell
    if not file.is_dir():
        raise RefusedError(f"{file.name} is no folder: hand in a folder of facts, with sources.csv and what cites them")
    found = part_files(file)
    if "sources.csv" not in found:
        raise RefusedError(f"{file.name} has no sources.csv: every fact cites a source that is listed there")
    parsed = Parsed("csv", (), folder=file)
    if sum(path.stat().st_size for path in found.values() if path.is_file()) <= _SMALL:
        parsed.refused += [found for found in check(file) if found.severity == "warning"]
    return parsed
