"""`waybill facts refresh`: what TIM has published since is fetched and imported; all else is told in a line."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import click

from bot.errors import FatalError
from bot.fetch import Fetched, Fetcher, Patience, UnreachableError
from bot.home import today as now
from bot.progress import progress
from bot.record import Line, Record
from bot.settings import Settings
from knowledge.calendar import lacking, release
from knowledge.errors import WaybillError
from knowledge.folder import DATA
from knowledge.importers.tim import FIRST, SERIES, TOTAL, address
from knowledge.imports import Outcome, import_file
from knowledge.period import Period
from knowledge.store import Progress, open_store

_FOLDERS = "/files/downloads/rakamlar"
"""Where TIM's site keeps the workbooks; a mirror may keep them right below its address."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
Alert = Callable[[Sequence[str]], None]
"""Told of what a curator has to look at, in lines."""


@dataclass(frozen=True, slots=True)
class Step:
    """What came of one month."""

    month: Period
    status: Literal["imported", "unchanged", "missing", "late", "refused", "unreachable"]
    """`missing`: not published yet; `late`: and it was due."""
    told: str

    @property
    def failed(self) -> bool:
        """True where the publisher's server or workbook was at fault; being late is none."""
        return self.status in ("refused", "unreachable")

    def __str__(self) -> str:
        return f"{self.month}: {self.told}"


def run_refresh(settings: Settings, alert: Alert | None = None) -> None:
    """Refresh the home's facts and print what came of it; fails if a workbook was refused or could not be had."""
    with progress(lines=False) as tell:
        steps = list(refresh(settings.home, settings.tim_url, today=now(), progress=tell))
    Record(time.time(), tuple(Line(step.status, str(step)) for step in steps)).write(settings.home)
    bad = [step for step in steps if step.failed]
    for step in steps:
        if not step.failed:
            click.echo(str(step))
    if not steps:
        click.echo("nothing is due")
    if bad and alert:
        alert([str(step) for step in bad])
    if bad:
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        raise FatalError(f"{bad[0]}{more}")


def refresh(
    home: Path,
    base: str,
    *,
    today: date,
    folder: Path = DATA,
    patience: Patience | None = None,
    progress: Progress | None = None,
) -> Iterator[Step]:
    """Fetch and import, month by month, the workbooks of what the store lacks, and of its newest month once more."""
    work = _Work(home, base, today, folder, progress or _silence)
    work.have.update(work.known())
    months, newest = work.due(), max(work.have, default=None)
    fetcher = Fetcher(home, patience or Patience(), lambda done, of: work.tell("fetch", done, of))
    with closing(fetcher), tempfile.TemporaryDirectory(prefix="waybill-") as place:
        for month in months:
            try:
                yield work.month(month, newest, fetcher, Path(place))
            except UnreachableError as error:
                # The others are on the same server.
                yield Step(month, "unreachable", str(error))
                return
            except WaybillError as error:
                yield Step(month, "refused", str(error))


@dataclass(frozen=True, slots=True)
class _Work:
    home: Path
    base: str
    today: date
    folder: Path
    tell: Progress

    have: set[Period] = field(default_factory=set)
    """The months that the store has."""

    def known(self) -> list[Period]:
        """The months that the store has."""
        with open_store(self.home, today=self.today, progress=self.tell, folder=self.folder) as store:
            return [one.period for one in store.months(TOTAL, Period(FIRST.start, Period.year(self.today.year).end))]

    def due(self) -> list[Period]:
        """The months whose workbooks to ask for, in order: what is lacking, and the newest once more.

        A workbook has its whole year: of a past year December will do.
        """
        wanted = {max(self.have)} if self.have else set()
        for month in lacking(SERIES, self.have, FIRST, self.today):
            wanted.add(month if month.first_year == self.today.year else Period.month(month.first_year, 12))
        return sorted(wanted)

    def month(self, month: Period, newest: Period | None, fetcher: Fetcher, place: Path) -> Step:
        """Fetch one workbook and import it, if it is there and new."""
        fetched, file = self._get(fetcher, month, place)
        if fetched.status == "missing" and month not in self.have:
            return _missing(month, newest, self.today)
        if fetched.status != "new":
            return Step(month, "unchanged", "nothing new")
        outcome = import_file(self.home, "tim", file, today=self.today, folder=self.folder, progress=self.tell)
        fetcher.remember(fetched)
        if not outcome.part:
            return Step(month, "unchanged", "nothing new")
        return Step(month, "imported", _summary(outcome))

    def _get(self, fetcher: Fetcher, month: Period, place: Path) -> tuple[Fetched, Path]:
        """The workbook of a month, from the first address that has it."""
        bases = [self.base] if urlsplit(self.base).path.strip("/") else [self.base + _FOLDERS, self.base]
        file = place / Path(urlsplit(address(month)).path).name
        for one in bases:
            fetched = fetcher.fetch(address(month, one), file, again=month not in self.have)
            if fetched.status != "missing":
                break
        return fetched, file


def _silence(step: str, done: int, of: int) -> None:
    """Say nothing."""


def _missing(month: Period, newest: Period | None, today: date) -> Step:
    """Not an error: it is not out yet, or not kept any more, as December 2019 may be one day."""
    coming = release(SERIES, month, newest, today)
    if coming is None:
        return Step(month, "missing", "not kept by the publisher")
    due = f"{coming.due.day} {_MONTHS[coming.due.month - 1]} {coming.due.year}"
    if coming.late:
        return Step(month, "late", f"not published yet, and was due on {due}")
    return Step(month, "missing", f"not published yet, due on {due}")


def _summary(outcome: Outcome) -> str:
    found = outcome.difference
    counts = (("new", found.new), ("revised", found.revised), ("withdrawn", found.withdrawn))
    told = ", ".join(f"{change.count} {word}" for word, change in counts if change.count)
    return f"imported, {told or 'history only'}"
