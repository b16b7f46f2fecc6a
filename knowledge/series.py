"""Reads the files in `series/`: what one vintage says of every flow and period, or that it takes a figure back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from knowledge.cells import Cells
from knowledge.gathered import Facts, Vintage
from knowledge.period import Period
from knowledge.rows import Findings, Row, read_cells

COLUMNS = ("product", "period", "value")
"""Columns of a file in `series/`."""
FLOW = ("exporter", "partner")
"""Further columns, where the vintage names no exporter or no partner."""


class Claim(NamedTuple):
    """What a vintage says of one flow in one period."""

    row: int
    exporter: str
    partner: str
    product: str
    period: Period
    value: float | None
    """None where the vintage takes back what was known."""


def claims(path: Path, file: str, vintage: Vintage, facts: Facts, *, findings: Findings, limit: int) -> Iterator[Claim]:
    """The sound rows of a vintage's file; what is wrong with the others goes to `findings`.

    That no other row speaks of the same is not looked at.
    """
    own = tuple(column for column, given in zip(FLOW, (vintage.exporter, vintage.partner), strict=True) if not given)
    columns, step = (*COLUMNS, *own), vintage.step
    whole = int(step) if step == int(step) else 0
    # There are few flows and periods and many rows: each is looked at closely once.
    flows: dict[tuple[str, ...], tuple[str, str, str]] = {}
    periods: dict[str, Period] = {}
    for number, cells in read_cells(path, file, columns, findings, limit):
        code, text = cells[1], cells[2]
        flow, period = flows.get((cells[0], *cells[3:])), periods.get(code)
        if flow and period and whole and text.isdecimal() and len(text) < 19 and not int(text) % whole:
            yield Claim(number, *flow, period, float(text))
            continue
        row = Cells(Row(file, number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))), findings)
        period = row.period("period")
        flow = _flow(row, vintage, facts)
        value = _value(row, step)
        if row.sound:
            flows[cells[0], *cells[3:]] = flow
            periods[code] = period
            yield Claim(number, *flow, period, value)


def claim_id(claim: Claim, vintage: Vintage) -> str:
    """The id of the observation that a claim is: `<source>:<product>:<period>`, with the flow where rows name it."""
    own = ((claim.exporter, vintage.exporter), (claim.partner, vintage.partner))
    flow = "".join(f"{code}:" for code, given in own if not given)
    return f"{vintage.source.source_id}:{flow}{claim.product}:{claim.period}"


def _flow(row: Cells, vintage: Vintage, facts: Facts) -> tuple[str, str, str]:
    product = row.known("product", facts.products, "product in products.csv")
    exporter, partner = (
        given or row.known(column, facts.countries, "country code in countries.csv (three capital letters)")
        for column, given in zip(FLOW, (vintage.exporter, vintage.partner), strict=True)
    )
    return exporter, partner, product


def _value(row: Cells, step: Decimal) -> float | None:
    value = row.number_or_none("value")
    if value is None:
        return None
    if value < 0:
        row.bad("value", f"{value} is below 0, which exports cannot be")
    elif value % step:
        row.bad("value", f"{value} cannot have been rounded to steps of {step}")
    return float(value)
