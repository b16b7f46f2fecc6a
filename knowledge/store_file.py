"""The store's file: opened read-only, seen to be sound, asked one statement at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar
from urllib.parse import quote

from knowledge.errors import StoreError
from knowledge.schema import INDEXES, TABLES, VERSION
from knowledge.sql import check_file

_CHECKED = 8 * 1024 * 1024
"""Bytes up to which a store is checked page by page when it is opened: some milliseconds; the shipped one has three."""
_S = TypeVar("_S", bound="StoreFile")
_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Edition:
    """What a store was built from: content hash, build date, counts per table."""

    content: str
    built: str
    """YYYY-MM-DD."""
    counts: tuple[tuple[str, int], ...]


def asks(query: Callable[Concatenate[_S, _P], _R]) -> Callable[Concatenate[_S, _P], _R]:
    """Turn what SQLite says of a damaged file into a StoreError."""

    @wraps(query)
    def asked(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return query(self, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"the fact store {self.path} is damaged ({error}): build it again") from error

    return asked


class StoreFile:
    """An open store file. One connection, to be used in the thread that opened it.

    Raises StoreError if the file is missing, damaged or of another schema.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        check_file(path)
        # A store is never written in place, so SQLite need not look for locks and journals: `immutable`.
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(address, uri=True)
            self._edition = self._read_edition()
        except sqlite3.Error as error:
            self.close()
            raise StoreError(f"the fact store {path} is damaged ({error}): build it again") from error

    def close(self) -> None:
        """Close the file; the store cannot be asked any more."""
        if hasattr(self, "_connection"):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def edition(self) -> Edition:
        """What this store was built from."""
        return self._edition

    @asks
    def _asked(self, sql: str, *values: object) -> list[Any]:
        return self._all(sql, *values)

    def _all(self, sql: str, *values: object) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def _read_edition(self) -> Edition:
        if self.path.stat().st_size <= _CHECKED:
            (verdict,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
        there = {name for (name,) in self._all("SELECT name FROM sqlite_master")}
        if missing := (TABLES.keys() | INDEXES.keys()) - there:
            raise sqlite3.DatabaseError(f"{min(missing)} is missing")
        row = dict(self._all("SELECT key, value FROM edition"))
        if row.get("schema") != str(VERSION):
            raise sqlite3.DatabaseError(f"its schema is {row.get('schema')}, not {VERSION}")
        counts = ((key.removeprefix("rows:"), int(value)) for key, value in row.items() if key.startswith("rows:"))
        return Edition(row.get("content", ""), row.get("built", ""), tuple(sorted(counts)))


def identity(path: Path) -> tuple[int, int] | None:
    """Tells one file from another in its place; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
