"""Imports: a publisher's file is read, kept in the home as a folder of facts, and laid over the shipped facts.

Two renames make an import: the new folder goes to its place, then the new store. Whatever ends the process before the
first leaves everything as it was; after it the store is out of date, and whoever opens it builds it anew.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from knowledge.answerable import questions
from knowledge.build import building, swap
from knowledge.difference import Difference, compare
from knowledge.errors import RefusedError, StoreError
from knowledge.folder import DATA, IMPORTS, Part, parts_of
from knowledge.gathered import Facts
from knowledge.importers import IMPORTERS
from knowledge.importers.parsed import Parsed, Read
from knowledge.load import facts_of
from knowledge.merged import conflicts, in_order, layers, place_of, read_part, told
from knowledge.rows import BadFactsError, Findings, refuse
from knowledge.staging import sign, stage
from knowledge.store import open_store, store_path

if TYPE_CHECKING:
    from knowledge.store import Progress

_LOCK = ".lock"
_NEW = ".new-"
_PATIENCE = 30.0
"""Seconds to wait for another import to end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import."""

    part: str
    """`imports/<kind>/<id>`; empty if nothing was kept, because nothing is new or because it was only tried."""
    known: bool
    """True if this very content was imported before."""
    difference: Difference
    questions: tuple[str, ...] = ()
    """What could not be answered before and can be now."""


def import_file(
    home: Path,
    kind: str,
    file: Path,
    *,
    today: date,
    folder: Path = DATA,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Import a publisher's file into a home; with `dry_run` only find out what would change.

    Raises RefusedError or BadFactsError if the file is not taken, StoreError if the home cannot be written.
    """
    with _locked(home) as root:
        new = root / f"{_NEW}{uuid4().hex}"
        try:
            return _Import(home, folder, kind, file, today, progress or _silence).run(new, dry_run=dry_run)
        except OSError as error:
            raise StoreError(f"the import cannot be written to {root} ({error.strerror}): make room there") from error
        finally:
            shutil.rmtree(new, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Import:
    """One import on its way."""

    home: Path
    folder: Path
    kind: str
    file: Path
    today: date
    tell: Progress

    def run(self, new: Path, *, dry_run: bool) -> Outcome:
        """Read, stage, build beside, compare; then put in place, unless it is only tried or nothing is new."""
        home = self.home
        open_store(home, today=self.today, progress=self.tell, folder=self.folder).close()
        parts = in_order(parts_of(home))
        base = _known(self.folder, parts)
        self.tell("parse", 0, 0)
        parsed = _reader(self.kind)(self.file, base, self.today, lambda done, of: self.tell("parse", done, of))
        parsed = _dated(parsed, base, self.today)
        staged = stage(parsed, new, lambda rows: self.tell("parse", rows, max(parsed.expected, rows)))
        self.tell("parse", staged.rows, staged.rows)
        part = Part(f"{IMPORTS}/{self.kind}/{staged.source or staged.digest[:12]}", staged.path)
        if told(home / part.name).get("digest") == staged.digest:
            return Outcome("", True, Difference(unchanged=staged.rows))
        place = max((place_of(one.path) for one in parts), default=0) + 1
        sign(staged, kind=self.kind, file=self.file.name, place=place, imported=self.today.isoformat())
        try:
            facts = self._check(part, base)
            with building(self.folder, store_path(home), self.today, self.tell, (*parts, part)) as built:
                found = compare(store_path(home), built.path, list(facts.sources), staged.rows - built.taken_back)
                found = replace(found, refused=tuple(parsed.refused), notes=tuple(parsed.notes))
                if not (staged.rows or facts.events or facts.statements or facts.remarks or facts.entities):
                    raise RefusedError(f"{self.file.name} holds no facts")
                asked = questions(built.path, found.opened)
                if dry_run or not found:
                    return Outcome("", False, found, asked)
                _place(staged.path, home / part.name)
                swap(built.path, store_path(home))
        except BadFactsError as error:
            # Whoever handed in the file knows it by its own name.
            raise error.renamed(part.name, self.file.name) from error
        return Outcome(part.name, False, found, asked)

    def _check(self, part: Part, base: Facts) -> Facts:
        """The small tables of an import. Refuses what is wrong in itself, or at odds with what is there."""
        findings = Findings()
        facts = read_part(part, base, findings)
        conflicts(base, facts, part, findings)
        refuse(findings.all)
        return facts


def _silence(step: str, done: int, of: int) -> None:
    """Say nothing."""


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[Path]:
    """One import at a time; what an import that was killed left behind is removed. A killed holder holds nothing."""
    root = home / IMPORTS
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(root / _LOCK, timeout=_PATIENCE, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{root} cannot be written ({error}): choose another folder") from error
    with contextlib.closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise StoreError(f"another import into {home} is under way ({error}): try again when it is done") from error
        for left in root.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield root


def _known(folder: Path, parts: list[Part]) -> Facts:
    """The small tables of everything so far."""
    facts, findings = facts_of(folder), Findings()
    for _ in layers(facts, parts, findings):
        pass
    refuse(findings.all)
    return facts


def _reader(kind: str) -> Read:
    try:
        module = import_module(IMPORTERS[kind])
    except KeyError:
        raise RefusedError(f"{kind!r} is not one of {', '.join(IMPORTERS)}") from None
    return cast("Read", module.read)


def _dated(parsed: Parsed, base: Facts, today: date) -> Parsed:
    """Tell apart what a publisher issued twice in one month, where the publication itself does not tell the day.

    The second issue gets the day of the import, or the last one of that month: never one after the next vintage.
    """
    vintages, sources = list(parsed.vintages), list(parsed.sources)
    for at, source in enumerate(sources):
        if source.source_id in base.sources:
            sources[at] = source._replace(published=base.sources[source.source_id].published)
            continue
        named = {one.series for one in vintages if one.source_id == source.source_id}
        before = {one.source.published for one in base.vintages if one.series in named}
        if source.published in before and len(source.published) == len("2026-10"):
            year, month = map(int, source.published.split("-"))
            last = date(year, month, monthrange(year, month)[1])
            sources[at] = source._replace(published=max(min(today, last).isoformat(), f"{source.published}-01"))
    parsed.vintages, parsed.sources = vintages, sources
    return parsed


def _place(new: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    new.rename(final)
