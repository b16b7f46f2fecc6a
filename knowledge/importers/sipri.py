"""SIPRI's trade register, as its site exports it, to rows of deals.

Two shapes are about: one row a deal (with numbers ordered and unnamed columns that hold a `?` where the cell before
is uncertain), and the newer one with one row for each year of delivery, which are put together here. Doubt stays
with the field that it belongs to. Trend-indicator values are an index of volume; nothing here makes money of them.
"""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from zlib import crc32

from knowledge.errors import RefusedError
from knowledge.gathered import Facts
from knowledge.importers.files import opened, text_lines
from knowledge.importers.parsed import ALL, DealRow, Parsed, RegisterRow, SourceRow, Tell
from knowledge.importers.sipri_cells import BadCell, count, decimal, lots, order_year, status, summed, years
from knowledge.importers.sipri_lines import Line, Lines, Shape
from knowledge.parties import Parties, plain_name
from knowledge.rows import Finding
from knowledge.transfers import Lot

REGISTER = "sipri"
MAX_FILE = 64 * 1024 * 1024
"""Bytes; the whole register of all countries and years has four million."""
MAX_DEALS = 250_000
"""The whole register has some 30,000."""
_URL = "https://www.sipri.org/databases/armstransfers"
_GENERATED = re.compile(r"generated:?\s+(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SCOPE = re.compile(r"from\s+(.+?)\s+to\s+(.+?)\s*\.\s.*year range\s+'([^']*)'\s+to\s+'([^']*)'", re.IGNORECASE)
_FIRST = "1950"
"""The year in which the register begins."""
_ENCODINGS = ("utf-8", "latin-1")


def read(file: Path, known: Facts, today: date, tell: Tell | None = None) -> Parsed:
    """The deals of one exported register, in either of the two shapes."""
    del tell
    refused: list[Finding] = []
    with opened(file, MAX_FILE) as stream:
        lines = Lines(text_lines(stream, file.name, _ENCODINGS), file.name)
        reader = _Reader(lines.shape, Parties.of(known), file.name, refused)
        for line in lines:
            reader.take(line)
            if reader.deals > MAX_DEALS:
                raise RefusedError(f"{file.name} has more than {MAX_DEALS:,} deals, which SIPRI's register has not")
    deals = reader.rows()
    if not deals:
        raise RefusedError(f"{file.name} holds no deal that can be read" + (f": {refused[0]}" if refused else ""))
    if len(refused) > len(deals):
        raise RefusedError(f"{file.name}: most rows cannot be read, so its shape has changed; the first: {refused[0]}")
    covers, part = _scope(lines.preamble, today)
    notes = [f"This is a part of the register ({part}): no deal is taken for withdrawn."] if part else []
    if not lines.shape.has("ordered"):
        notes.append("This export gives no numbers ordered, only deliveries.")
    source = _source(lines.preamble, today, part)
    return Parsed(
        REGISTER,
        [source],
        registers=[RegisterRow(source.source_id, REGISTER, covers)],
        deals=[deal._replace(source_id=source.source_id) for deal in deals],
        refused=refused,
        notes=notes,
        expected=len(deals),
    )


class _Reader:
    """Collects rows until all of a deal are there: the newer shape spreads one deal over several rows."""

    def __init__(self, shape: Shape, parties: Parties, file: str, refused: list[Finding]) -> None:
        self._shape = shape
        self._parties = parties
        self._file = file
        self._refused = refused
        self._same: dict[str, str] = {}
        """Names and designations, each kept once however many rows have it."""
        self._single: list[DealRow] = []
        self._spread: dict[str, list[DealRow]] = defaultdict(list)

    @property
    def deals(self) -> int:
        """How many deals were met."""
        return len(self._single) + len(self._spread)

    def take(self, line: Line) -> None:
        """One row of the file; what cannot be read is noted."""
        if line.problem:
            self._refused.append(Finding(self._file, line.number, "", line.problem))
            return
        try:
            deal = self._deal(line)
        except BadCell as bad:
            self._refused.append(Finding(self._file, line.number, bad.column, str(bad)))
            return
        identity = line["deal_id"]
        if identity:
            # A contract for several systems has one number in the register.
            self._spread[f"{identity} {deal.deal_id}"].append(deal)
        else:
            self._single.append(deal)

    def rows(self) -> list[DealRow]:
        """The deals, each with an id that the next edition will give it too."""
        deals = [*self._single, *(_joined(rows) for rows in self._spread.values())]
        groups: dict[str, list[DealRow]] = defaultdict(list)
        for deal in deals:
            groups[deal.deal_id].append(deal)
        out = []
        for identity, group in groups.items():
            # Editions list deals in different orders: what seldom changes decides which of several is which.
            group.sort(
                key=lambda deal: (deal.description, int(deal.ordered or 0), deal.delivery_years[:4], deal.comments)
            )
            out += [deal._replace(deal_id=f"{identity}:{n}" if n > 1 else identity) for n, deal in enumerate(group, 1)]
        return out

    def _deal(self, line: Line) -> DealRow:
        recipient, recipient_name = self._party(line, "recipient")
        supplier, supplier_name = self._party(line, "supplier")
        designation = self._text(line, "designation")
        ordered_in, ordered_in_doubt = order_year(line)
        ordered, delivered = count(line, "ordered"), count(line, "delivered")
        deliveries = years(line) if self._shape.has("delivery_years") else lots(line, delivered)
        names = (
            supplier or plain_name(supplier_name),
            recipient or plain_name(recipient_name),
            plain_name(designation),
        )
        return DealRow(
            deal_id=f"{REGISTER}:{':'.join(names).lower()}:{ordered_in}",
            recipient=recipient,
            recipient_name=recipient_name,
            supplier=supplier,
            supplier_name=supplier_name,
            designation=designation,
            description=self._text(line, "description"),
            category=self._same.setdefault(line["category"], line["category"]),
            order_year=ordered_in,
            order_year_doubt=ordered_in_doubt,
            ordered=ordered.text,
            ordered_doubt=ordered.mark,
            delivered=delivered.text,
            delivered_doubt=delivered.mark,
            delivery_years="|".join(map(str, deliveries)),
            delivery_years_doubt=_mark(line.doubt("delivery_years"), *(lot.year_doubt for lot in deliveries)),
            status=status(line["status"]),
            local_production="yes" if line["local"].lower() == "yes" else "",
            comments=line["comments"],
            tiv_unit=decimal(line, "tiv_unit"),
            tiv_order=decimal(line, "tiv_order"),
            tiv_delivered=decimal(line, "tiv_delivered"),
            source_id="",
        )

    def _text(self, line: Line, field: str) -> str:
        text = line[field]
        if not text:
            raise BadCell(line.head(field), "the cell is empty")
        return self._same.setdefault(text, text)

    def _party(self, line: Line, field: str) -> tuple[str, str]:
        name = self._text(line, field)
        return self._parties.code(name), name


def _joined(rows: list[DealRow]) -> DealRow:
    """One deal of the rows that the newer shape has for its years of delivery."""
    first = rows[0]
    if len(rows) == 1:
        return first
    deliveries = sorted(Lot.parse(part) for row in rows for part in row.delivery_years.split("|") if part)
    return first._replace(
        delivered=str(sum(int(row.delivered or 0) for row in rows)),
        delivered_doubt=_mark(*(row.delivered_doubt for row in rows)),
        delivery_years="|".join(map(str, deliveries)),
        delivery_years_doubt=_mark(*(row.delivery_years_doubt for row in rows)),
        order_year_doubt=_mark(*(row.order_year_doubt for row in rows)),
        tiv_delivered=summed(row.tiv_delivered for row in rows),
    )


def _mark(*doubts: object) -> str:
    return "?" if any(doubts) else ""


def _scope(preamble: list[str], today: date) -> tuple[str, str]:
    """What the export covers, `all`, a span of years of delivery or nothing; and in words what it is a part of."""
    found = _SCOPE.search(" ".join(preamble))
    if not found:
        return "", "not said to be whole"
    seller, buyer, first, last = (part.strip() for part in found.groups())
    parts, covers = [], ""
    if not all(name.lower() in ("all countries", "all") for name in (seller, buyer)):
        parts.append(f"from {seller} to {buyer} only")
    if first.isdigit() or last.isdigit():
        start, end = first if first.isdigit() else _FIRST, last if last.isdigit() else str(today.year)
        covers = f"{start}/{end}"
        parts.append(f"deliveries from {start} to {end} only")
    return (covers if parts else ALL), ", ".join(parts)


def _source(preamble: list[str], today: date, part: str) -> SourceRow:
    """The edition: dated by the day on which the site made the file, else by the day of the import."""
    found = _GENERATED.search(" ".join(preamble))
    day = today
    if found and found[2].lower() in _MONTHS:
        with contextlib.suppress(ValueError):
            day = date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    # Two parts that were made on one day are two editions.
    suffix = f"-part-{crc32(' '.join(preamble).encode()):08x}" if part else ""
    title = "SIPRI Arms Transfers Database, trade register" + (f" ({part})" if part else "")
    return SourceRow(f"{REGISTER}-{day.isoformat()}{suffix}", "SIPRI", title, _URL, day.isoformat(), "en", "database")
