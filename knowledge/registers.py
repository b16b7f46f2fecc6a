"""Registers of deals: their rows read, and their editions laid over each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from knowledge.cells import Cells
from knowledge.gathered import Facts, Listed, Register

WHOLE = "all"
"""What an edition covers that lists every deal."""
REGISTER = ("source_id", "register", "covers")
"""Columns of registers.csv."""
DEAL = tuple(column for column in Listed._fields if column not in ("register", "known_from", "known_until"))
"""Columns of deals.csv."""
_DOUBTS = ("", "?")
_COVERS = re.compile(rf"{WHOLE}|\d{{4}}/\d{{4}}|")
_YEAR = re.compile(r"\d{4}|")
_ASIDE = len(Listed._fields) - 3
"""How many fields of a deal tell of the deal itself: behind them stand the edition and its dates."""


def read_register(cells: Cells, facts: Facts) -> None:
    """A row of registers.csv."""
    source_id = cells.key("source_id", facts.ids("registers"))
    cells.known("source_id", facts.sources, "source in sources.csv")
    register, covers = cells.text("register"), cells.row["covers"]
    if not _COVERS.fullmatch(covers):
        cells.bad("covers", f"{covers!r} is neither `{WHOLE}` nor a span of years like 2015/2024 nor empty")
    if cells.sound:
        facts.registers[source_id] = Register(facts.sources[source_id], register, covers)


def read_deal(cells: Cells, facts: Facts) -> None:
    """A row of deals.csv."""
    row = cells.row
    source_id = cells.known("source_id", facts.registers, "edition of a register in registers.csv")
    deal_id = cells.key("deal_id", facts.ids(f"deals of {source_id}"))
    for column in ("recipient", "supplier"):
        cells.text(f"{column}_name")
        if row[column]:
            cells.known(column, facts.countries, "country code in countries.csv (three capital letters)")
    for column in ("order_year_doubt", "ordered_doubt", "delivered_doubt", "delivery_years_doubt"):
        cells.one_of(column, _DOUBTS)
    if not _YEAR.fullmatch(row["order_year"]):
        cells.bad("order_year", f"{row['order_year']!r} is no year")
    designation = cells.text("designation")
    ordered, delivered = (_at_least_0(cells, column) for column in ("ordered", "delivered"))
    each, order, delivery = (_at_least_0(cells, column) for column in ("tiv_unit", "tiv_order", "tiv_delivered"))
    local = cells.one_of("local_production", ("", "yes"))
    if cells.sound:
        edition = facts.registers[source_id]
        facts.deals.append(
            Listed(
                deal_id, edition.register, row["recipient"], row["recipient_name"], row["supplier"],
                row["supplier_name"], designation, row["description"], row["category"],
                int(row["order_year"]) if row["order_year"] else None, row["order_year_doubt"], ordered,
                row["ordered_doubt"], delivered, row["delivered_doubt"], row["delivery_years"],
                row["delivery_years_doubt"], row["status"], local, row["comments"], each, order,
                delivery, source_id, edition.source.published, "",
            )
        )  # fmt: skip


def laid(facts: Facts) -> Iterator[Listed]:
    """The editions of each register laid over each other, oldest first: a deal is current until one has it otherwise.

    A deal that an edition has as the one before it had it stays as it was.
    """
    listed: dict[str, list[Listed]] = defaultdict(list)
    for deal in facts.deals:
        listed[deal.source_id].append(deal)
    current: dict[tuple[str, str], Listed] = {}
    for edition in sorted(facts.registers.values(), key=lambda edition: edition.source.published):
        published, seen = edition.source.published, set()
        for deal in listed[edition.source.source_id]:
            key = (deal.register, deal.deal_id)
            seen.add(key)
            before = current.get(key)
            # The numbers of a span of years are no news of the whole deal.
            if before and (before[:_ASIDE] == deal[:_ASIDE] or edition.covers not in ("", WHOLE)):
                continue
            if before:
                yield before._replace(known_until=published)
            current[key] = deal
        if edition.covers == WHOLE:
            for key in [key for key in current if key[0] == edition.register and key not in seen]:
                yield current.pop(key)._replace(known_until=published)
    yield from current.values()


def _at_least_0(cells: Cells, column: str) -> float | None:
    number: Decimal | None = cells.number_or_none(column)
    if number is not None and number < 0:
        cells.bad(column, f"{number} is below 0, which nothing in a register can be")
    return None if number is None else float(number)
