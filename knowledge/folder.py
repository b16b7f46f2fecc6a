"""The files that make up a folder of facts, and how to tell whether they changed. Imports little: it runs at start."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
"""The shipped facts."""
SHARED = ("countries.csv", "country_names.csv", "products.csv")
"""Reference tables: a folder without one takes the shipped one."""
OWN = (
    "sources.csv", "entities.csv", "observations.csv", "vintages.csv", "remarks.csv", "events.csv", "statements.csv",
)  # fmt: skip
"""The other tables, each before those that refer to it."""
REGISTERS = ("registers.csv", "deals.csv")
"""Registers of deals, which only imports have."""
PART = "import.toml"
"""What an import tells of itself: its kind, the file that it was made from, and its place in the order of imports."""
IMPORTS = "imports"
"""Where a home keeps what was imported: `imports/<kind>/<id>` is a folder of facts each."""


class Part(NamedTuple):
    """One import that a home keeps: a folder of facts that are laid over the shipped ones."""

    name: str
    """`imports/<kind>/<id>`, with forward slashes: what its files are called in findings and fingerprints."""
    path: Path


class Fingerprint(NamedTuple):
    """What tells a changed file from an unchanged one, the cheap signs first."""

    name: str
    size: int
    mtime_ns: int
    digest: str


def parts_of(home: Path) -> tuple[Part, ...]:
    """The imports that a home keeps, by name. What begins with a dot is not finished, or no import."""
    root = home / IMPORTS
    return tuple(
        Part(f"{IMPORTS}/{kind.name}/{one.name}", Path(one.path))
        for kind in _folders(root)
        for one in _folders(Path(kind.path))
    )


def files_of(folder: Path, parts: Iterable[Part] = ()) -> dict[str, Path]:
    """Every file that the facts of a folder and of some imports are read from, by its name."""
    paths = {name: folder / name for name in (*OWN, *REGISTERS)}
    paths |= {f"series/{path.name}": path for path in sorted((folder / "series").glob("*.csv"))}
    paths |= {name: folder / name if (folder / name).exists() else DATA / name for name in SHARED}
    found = {name: path for name, path in paths.items() if path.exists()}
    for part in parts:
        found |= {f"{part.name}/{name}": path for name, path in part_files(part.path).items()}
    return found


def part_files(path: Path) -> dict[str, Path]:
    """Every file that the facts of an import are read from, by its name below its folder."""
    with os.scandir(path) as entries:
        there = {entry.name for entry in entries}
    found = {name: path / name for name in (PART, *SHARED, *OWN, *REGISTERS) if name in there}
    if "series" in there:
        found |= {f"series/{one.name}": one for one in sorted((path / "series").glob("*.csv"))}
    return found


def fingerprints(folder: Path, parts: Iterable[Part] = ()) -> list[Fingerprint]:
    """One for every file that the facts of a folder and of some imports are read from."""
    return [_fingerprint(name, path) for name, path in files_of(folder, parts).items()]


def unchanged(folder: Path, before: list[Fingerprint], parts: Iterable[Part] = ()) -> bool:
    """True if the files are still the ones of these fingerprints; reads a file only if its time has changed."""
    known = {one.name: one for one in before}
    files = files_of(folder, parts)
    return known.keys() == files.keys() and all(_is(known[name], path) for name, path in files.items())


def _folders(path: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            found = [entry for entry in entries if entry.name[0] != "." and entry.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=lambda entry: entry.name)


def _is(known: Fingerprint, path: Path) -> bool:
    status = path.stat()
    if status.st_size != known.size:
        return False
    return status.st_mtime_ns == known.mtime_ns or _digest(path) == known.digest


def _fingerprint(name: str, path: Path) -> Fingerprint:
    status = path.stat()
    return Fingerprint(name, status.st_size, status.st_mtime_ns, _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
