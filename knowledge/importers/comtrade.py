"""UN Comtrade's files, as its site and its interface give them out, to series of customs figures.

Each side of a trade is kept by itself: what a reporter says it sent, and what its partner says it received. A row on
the world is one figure more, never a sum; nothing is ever added to it. A file is the answer to some query, so what it
lacks was not withdrawn; what it has otherwise than an earlier one is a new vintage.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from knowledge import customs
from knowledge.errors import RefusedError
from knowledge.facts import TOTAL, WORLD
from knowledge.gathered import Facts
from knowledge.importers.comtrade_areas import Areas, UnknownAreaError
from knowledge.importers.comtrade_cells import BadCellError, broken_down, flow, period, product, value
from knowledge.importers.comtrade_rows import Row, rows
from knowledge.importers.comtrade_spool import Kept, Spool
from knowledge.importers.parsed import Parsed, ProductRow, SeriesRow, SourceRow, Tell, VintageRow
from knowledge.importers.unpacked import unpacked
from knowledge.rows import Findings

MAX_FILE = 512 * 1024 * 1024
"""Bytes as handed in."""
MAX_UNPACKED = 2 * 1024**3
_MAX_PRODUCTS = 50_000
_URL = "https://comtradeplus.un.org/"
_SLACK = 0.005
"""Share of the world row by which its partners may be more: each is rounded."""
_NAMED = 4
"""Reporters that a title names; more are counted."""
_LABEL = 120
_TICK = 0x3FFF
"""Rows between two words of progress, less one; a mask."""
_PATIENCE = 10_000
"""Bad rows from which on it is asked whether there are more of them than good ones."""


def read(file: Path, known: Facts, today: date, tell: Tell | None = None) -> Parsed:
    """The flows of one file, in any of the shapes that UN Comtrade gives out."""
    findings, spool = Findings(), Spool()
    try:
        return _read(file, _Reader(file.name, known, findings, spool), findings, today, tell or _silence)
    except BaseException:
        spool.close()
        raise


def _read(file: Path, reader: _Reader, findings: Findings, today: date, tell: Tell) -> Parsed:
    shares = [0.0]
    with unpacked(file, MAX_FILE, MAX_UNPACKED, shares.append) as stream:
        for count, row in enumerate(rows(stream, file.name), 1):
            reader.take(row)
            if not count & _TICK:
                tell(count, max(count, int(count / (shares[-1] or 1))))
                del shares[:-1]
            if reader.refused > _PATIENCE:
                reader.check()
    spool, refused = reader.spool, reader.refused
    if not spool.count:
        first = f": {findings.errors[0]}" if refused else ""
        raise RefusedError(f"{file.name} holds no row that can be taken{first}")
    reader.check()
    for gap in spool.gaps(WORLD, _SLACK):
        message = (
            f"{gap.reporter}, {customs.FLOWS[gap.measure].words} of {gap.product} in {gap.period}: the partners make "
            f"{gap.partners:,.0f}, the row on the world says {gap.world:,.0f}"
        )
        findings.warning(file.name, 0, "", message)
    return _parsed(reader, findings, today)


def _silence(done: int, of: int) -> None:
    """Say nothing."""


class _Reader:
    """Takes rows one by one; what cannot be taken is noted."""

    def __init__(self, file: str, known: Facts, findings: Findings, spool: Spool) -> None:
        self.areas = Areas(known.countries)
        self.spool = spool
        self.products: dict[str, str] = {}
        """Id → what the file calls it."""
        self.known = known
        self.broken_down = 0
        self.repeated = 0
        self.refused = 0
        self._file = file
        self._findings = findings
        self._same: dict[tuple[str, str], str] = {}

    def take(self, row: Row) -> None:
        """One row of the file."""
        if row.problem:
            self._refuse(row, "", row.problem)
            return
        if broken_down(row):
            self.broken_down += 1
            return
        try:
            self._keep(row)
        except BadCellError as bad:
            self._refuse(row, row.head(bad.field), str(bad))

    def check(self) -> None:
        """Refuse a file that is mostly something else."""
        if self.refused > self.spool.count:
            first = self._findings.errors[0]
            raise RefusedError(f"{self._file}: most rows cannot be read, so its shape has changed; the first: {first}")

    def _keep(self, row: Row) -> None:
        measure = flow(row)
        reporter, partner = self._area(row, "reporter"), self._area(row, "partner")
        if reporter == WORLD:
            raise BadCellError("reporter_code", "the world reports nothing itself: its figures are sums of others")
        code = self._product(row)
        amount, places = value(row)
        ends = (partner, reporter) if customs.FLOWS[measure].into else (reporter, partner)
        before = self.spool.take(Kept(measure, *ends, code, period(row), amount), reporter, places)
        if before == amount:
            self.repeated += 1
        elif before is not None:
            raise BadCellError("value", f"{amount} is the second figure for this flow and period: {before} is another")

    def _area(self, row: Row, side: str) -> str:
        number, iso = row[f"{side}_code"], row[f"{side}_iso"]
        found = self._same.get((number, iso))
        if found is None:
            try:
                found = self.areas.code(number, iso)
            except UnknownAreaError as error:
                raise BadCellError(f"{side}_code" if number else f"{side}_iso", str(error)) from None
            self._same[number, iso] = found
        return found

    def _product(self, row: Row) -> str:
        code = product(row)
        if code != TOTAL and code not in self.products:
            self.products[code] = " ".join(row["product"].split())
            if len(self.products) > _MAX_PRODUCTS:
                raise RefusedError(f"{self._file} names more than {_MAX_PRODUCTS:,} commodities, which no list has")
        return code

    def _refuse(self, row: Row, column: str, why: str) -> None:
        self.refused += 1
        self._findings.error(self._file, row.number, column, why)


def _parsed(reader: _Reader, findings: Findings, today: date) -> Parsed:
    groups, digest = reader.spool.groups(), reader.spool.digest()[:10]
    sources, vintages, named = [], [], []
    for measure, places, reporters, first, last, _ in groups:
        flow_ = customs.FLOWS[measure]
        identity = f"{customs.SERIES}-{digest}-{measure.replace('_', '-')}-{places}"
        span = first if first == last else f"{first} to {last}"
        title = f"UN Comtrade Database, {flow_.words} as reported by {_listed(reporters, reader.known)}, {span}"
        sources.append(
            SourceRow(identity, customs.SPEAKER, title, _URL, today.isoformat(), "en", "official_statistics")
        )
        step = f"{10.0**-places:.{places}f}"
        note = "What a query found: what it lacks was not withdrawn. US dollars as printed."
        vintages.append(
            VintageRow(identity, customs.SERIES, "", "", measure, "USD", step, customs.SPEAKER, note)
        )  # fmt: skip
        named.append((identity, measure, places))
    return Parsed(
        customs.SERIES,
        sources,
        countries=reader.areas.rows(),
        products=_products(reader),
        vintages=vintages,
        series=_series(reader.spool, named),
        refused=findings.all,
        notes=_notes(reader, groups, today),
        expected=reader.spool.count,
    )


def _series(spool: Spool, named: list[tuple[str, str, int]]) -> Iterator[SeriesRow]:
    with closing(spool):
        for identity, measure, places in named:
            for row in spool.rows(measure, places):
                yield SeriesRow(identity, row.product, row.period, row.value, row.exporter, row.partner)


def _products(reader: _Reader) -> Iterator[ProductRow]:
    """The commodities as rows of products.csv, each behind what it is a part of; a known one as it is known."""
    known = reader.known.products
    for identity in sorted(reader.products, key=lambda one: (len(one), one)):
        text, (system, _, code) = reader.products[identity], identity.partition("-")
        printed = f"{system.upper()} {code.upper()}"
        if before := known.get(identity):
            row = ProductRow(identity, before.level, before.parent, before.label, before.official)
        else:
            wider = next((identity[:at] for at in (-1, -2) if identity[:at] in reader.products), TOTAL)
            label = f"{text[:_LABEL]} ({printed})" if text else printed
            row = ProductRow(identity, "part", "" if system == "eb" else wider, label, "")
        yield row


def _notes(reader: _Reader, groups: list[tuple[str, int, tuple[str, ...], str, str, int]], today: date) -> list[str]:
    totals: dict[str, int] = {}
    for measure, *_, count in groups:
        totals[measure] = totals.get(measure, 0) + count
    flows = ", ".join(f"{count:,} of {customs.FLOWS[measure].words}" for measure, count in totals.items())
    notes = [f"rows taken: {flows}; each side of a trade is kept by itself, and none is added to another"]
    if reader.broken_down:
        notes.append(
            f"left out: {reader.broken_down:,} rows that are parts of others (by second partner, customs procedure, "
            "mode of supply or transport)"
        )
    if reader.repeated:
        notes.append(f"left out: {reader.repeated:,} rows that say again what another row says")
    notes.append(f"the file does not say when it was published: its figures count as known from {today.isoformat()}")
    return notes


def _listed(reporters: tuple[str, ...], known: Facts) -> str:
    if len(reporters) > _NAMED:
        return f"{len(reporters)} countries"
    names = [known.countries[one].name if one in known.countries else one for one in reporters]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
