"""Streams the observations and series of an import into the store: millions of rows, none of them kept in memory.

There are few sources, units and periods and many rows. Each combination is looked at closely once, by the same reader
that checks the shipped facts; a row of known parts costs some look-ups and the arithmetic of its number.
"""

# ruff: noqa: S608 - the parts of statements are names from knowledge.schema; every value is bound.

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.cells import Cells
from knowledge.gathered import Vintage
from knowledge.merged import OBSERVATIONS, Layer
from knowledge.readers import TABLES as FILES
from knowledge.readers import observation_of
from knowledge.records import Record, observation_record
from knowledge.rows import Findings, Row, read_cells
from knowledge.schema import TABLES
from knowledge.series import claim_id, claims

MAX_BULK = 4 * 1024**3
"""Bytes of one file; ten million observations have some 1.3 thousand million."""
_COLUMNS = TABLES["observation"].columns
INSERT = (
    f"INSERT INTO observation ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    "ON CONFLICT (observation_id) DO NOTHING"
)
_TICK = 0x3FFF
"""Rows between two words of progress, less one; a mask."""


_How = tuple[str, float, str, str, float, str, str, str]
"""Measure, half a step, unit, qualifier, step, speaker, source, date of the source."""
_EXACT = 16
"""Digits from which on a whole number may not be one of those that a float has."""


class Withdrawn(NamedTuple):
    """That a vintage takes back what was known."""

    series: str
    exporter: str
    partner: str
    product: str
    start_month: int
    end_month: int
    measure: str
    source_id: str
    known_from: str


@dataclass(slots=True)
class Taken:
    """What was streamed of one file."""

    rows: int = 0
    """Sound rows, also those that the store has already."""
    added: int = 0


Tick = Callable[[int], None]
"""Called now and then with the number of rows so far."""


def take(connection: sqlite3.Connection, rows: Iterator[Record], tick: Tick) -> Taken:
    """Insert rows of observations; one whose id is taken is left out and shows in the difference of the counts."""
    taken = Taken()

    def counted() -> Iterator[Record]:
        count = 0
        for row in rows:
            count += 1
            if not count & _TICK:
                tick(count)
            yield row
        taken.rows = count

    before = connection.total_changes
    connection.executemany(INSERT, counted())
    taken.added = connection.total_changes - before
    tick(taken.rows)
    return taken


def series(layer: Layer, vintage: Vintage, findings: Findings, withdrawn: list[Withdrawn]) -> Iterator[Record]:
    """The sound rows of one vintage; figures that it takes back go to `withdrawn`."""
    source_id, published = vintage.source.source_id, vintage.source.published
    name = f"series/{source_id}.csv"
    step, half, unit, by = float(vintage.step), float(vintage.step) / 2, vintage.unit, vintage.attributed_to
    measure, series_ = vintage.measure, vintage.series
    rows = claims(
        layer.part.path / name, f"{layer.part.name}/{name}", vintage, layer.facts, findings=findings, limit=MAX_BULK
    )
    codes: dict[object, str] = {}
    for claim in rows:
        _, exporter, partner, product, period, value = claim
        if value is None:
            withdrawn.append(
                Withdrawn(series_, exporter, partner, product, period.start, period.end, measure, source_id, published)
            )
            continue
        code = codes.get(period) or codes.setdefault(period, str(period))
        yield (
            claim_id(claim, vintage), exporter, partner, product, code, period.start, period.end, measure, value,
            value - half, value + half, unit, "exact", step, by, source_id, "", series_, published, "",
        )  # fmt: skip


class Reports:
    """The sound rows of an import's observations.csv; what is wrong with the others goes to `findings`."""

    def __init__(self, layer: Layer, findings: Findings) -> None:
        self.file = f"{layer.part.name}/{OBSERVATIONS}"
        self.line = 0
        """Where the row stands that was given out last."""
        self._path = layer.part.path / OBSERVATIONS
        self._facts = layer.facts
        self._findings = findings
        self._hows: dict[tuple[str, ...], _How] = {}
        """What rows of the same measure, unit, speaker and source have in common, by their cells."""
        self._periods: dict[str, tuple[str, int, int]] = {}

    def __iter__(self) -> Iterator[Record]:
        if not self._path.exists():
            return
        columns, hows, periods = FILES[OBSERVATIONS].columns, self._hows, self._periods
        countries, products = self._facts.countries, self._facts.products
        for number, cells in read_cells(self._path, self.file, columns, self._findings, MAX_BULK):
            self.line = number
            (
                identity, exporter, partner, product, period, measure, text, unit, qualifier, rounding, by, source_id,
                note,
            ) = cells  # fmt: skip
            # Written out and in plain tuples: a call or a name looked up here is a second in every ten million rows.
            identity = identity.strip()
            how = hows.get((measure, unit, qualifier, rounding, by, source_id))
            when = periods.get(period)
            if (
                how and when and identity and exporter in countries and partner in countries and product in products
                and text.isdecimal() and len(text) < _EXACT
            ):  # fmt: skip
                value = float(text)
                measure, half, unit, qualifier, step, by, source_id, published = how
                if not value % step:
                    period, start, end = when
                    yield (
                        identity, exporter, partner, product, period, start, end, measure, value, value - half,
                        value + half, unit, qualifier, step, by, source_id, note.strip(), "", published, "",
                    )  # fmt: skip
                    continue
            if record := self._closely(columns, cells):
                yield record

    def _closely(self, columns: tuple[str, ...], cells: list[str]) -> Record | None:
        """Read a row as the shipped ones are read, and remember its parts if they are right."""
        stripped = (cell.strip() for cell in cells)
        row = Cells(Row(self.file, self.line, dict(zip(columns, stripped, strict=True))), self._findings)
        found = observation_of(row, self._facts)
        if not found:
            return None
        number = found.quantity
        self._periods[cells[4]] = (str(found.period), found.period.start, found.period.end)
        if number.qualifier == "exact" and found.measure in ("value", "target") and number.step == int(number.step):
            self._hows[(cells[5], *cells[7:12])] = (
                found.measure, number.step / 2, number.unit, "exact", number.step, found.attributed_to,
                found.source_id, found.known_from,
            )  # fmt: skip
        return observation_record(found, "")
