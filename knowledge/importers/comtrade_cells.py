"""Single cells of UN Comtrade's rows: the flow, the period, the commodity, the value with its precision."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from knowledge import customs
from knowledge.folder import DATA
from knowledge.importers.comtrade_rows import Row
from knowledge.period import Period

_VALUE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_SPOILT = re.compile(r"[0-9.,]+[eE]\+?[0-9]+")
_CODE = re.compile(r"[0-9A-Za-z]{1,12}")
_YEAR, _MONTH = re.compile(r"(?:19|20)[0-9][0-9]"), re.compile(r"((?:19|20)[0-9][0-9])(0[1-9]|1[0-2])")
_OLD_FLOWS: Mapping[str, str] = {"1": "M", "2": "X", "3": "RX", "4": "RM"}
"""Numbers of flows before 2022."""
_PARTS: Mapping[str, str] = {
    "DX": "domestic exports",
    "FM": "foreign imports",
    "MIP": "imports for inward processing",
    "MOP": "imports after outward processing",
    "XIP": "exports after inward processing",
    "XOP": "exports for outward processing",
}
"""Flows that are parts of all imports or exports."""
_NAMED: Mapping[str, str] = {"import": "M", "export": "X", "reexport": "RX", "reimport": "RM"}
_WHOLE: Mapping[str, tuple[str, ...]] = {
    "partner2": ("", "0"),
    "customs": ("", "C00"),
    "supply": ("", "0", "-1"),
    "transport": ("", "0"),
}
"""Field → what it says of a row that is not broken down by it."""
_SYSTEMS: Mapping[str, str] = {"H": "hs", "S": "sitc", "B": "bec", "E": "eb"}
"""First letter of a classification → what its products are called after."""
_ALL = "TOTAL"


class BadCellError(ValueError):
    """A cell that cannot be taken: the field, and why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def broken_down(row: Row) -> bool:
    """True for a part of another row: by a second partner, by customs procedure, by means of transport."""
    return any(row[field] not in whole for field, whole in _WHOLE.items())


def flow(row: Row) -> str:
    """The measure that a row is of."""
    kind = row["type"] or "C"
    if kind not in ("C", "S"):
        raise BadCellError("type", f"{kind!r} is neither C (goods) nor S (services)")
    told = "".join(letter for letter in row["flow"].lower() if letter.isalpha()).removesuffix("s")
    code = row["flow_code"].upper()
    code = _OLD_FLOWS.get(code, code)
    named = _NAMED.get(told, "")
    if code in _PARTS:
        raise BadCellError("flow_code", f"{code} ({_PARTS[code]}) is a part of another flow, which is taken whole")
    if code and named and code != named:
        raise BadCellError("flow_code", f"{row['flow_code']!r} and {row['flow']!r} are two different flows")
    found = customs.measure(code or named, goods=kind == "C")
    if not found:
        what = row["flow_code"] or row["flow"]
        raise BadCellError("flow_code" if row["flow_code"] else "flow", f"{what!r} is none of M, X, RX and RM")
    return found


def period(row: Row) -> str:
    """The year or the month, as our facts write it; what else the row says of the time must agree."""
    text = row["period"]
    year, month = _YEAR.fullmatch(text), _MONTH.fullmatch(text)
    if not year and not month:
        raise BadCellError("period", f"{text!r} is neither a year like 2022 nor a month like 202203")
    frequency = row["frequency"].upper()
    if frequency and frequency != ("M" if month else "A"):
        raise BadCellError("frequency", f"{row['frequency']!r} does not fit the period {text}")
    found = Period.month(int(month[1]), int(month[2])) if month else Period.year(int(text))
    if row["year"] and row["year"] != str(found.first_year):
        raise BadCellError("year", f"{row['year']!r} does not fit the period {text}")
    # A year has the month 52.
    if month and row["month"] and row["month"].lstrip("0") != str(found.first_month):
        raise BadCellError("month", f"{row['month']!r} does not fit the period {text}")
    return str(found)


def product(row: Row) -> str:
    """The id of the commodity in our facts: `hs-8802`, `sitc-7`, `eb-sc`; `all-goods` for all of them."""
    code = row["product_code"].strip("'")
    if not _CODE.fullmatch(code):
        raise BadCellError("product_code", f"{row['product_code']!r} is no code of a commodity")
    kind = row["classification"][:1].upper() or "H"
    if kind not in _SYSTEMS:
        raise BadCellError("classification", f"{row['classification']!r} is none of HS, SITC, BEC and EBOPS")
    if (kind == "E") is not (row["type"] == "S"):
        raise BadCellError("classification", f"{row['classification']!r} does not fit the type {row['type'] or 'C'}")
    if code.upper() == _ALL and kind != "E":
        return "all-goods"
    if kind == "H" and code.isdecimal() and len(code) % 2:
        # Spreadsheets take the zero in front of chapters 1 to 9.
        code = f"0{code}"
    found = f"{_SYSTEMS[kind]}-{code.lower()}"
    return _named().get(found, found)


def value(row: Row) -> tuple[str, int]:
    """The value in US dollars as it is written, and how many decimal places it needs."""
    text = row["value"].replace("_", "")
    if not text:
        raise BadCellError("value", "the cell is empty: there is no value in US dollars")
    if _SPOILT.fullmatch(text):
        raise BadCellError("value", f"{text!r} was rounded by a spreadsheet: take the file as it was downloaded")
    if not _VALUE.fullmatch(text):
        raise BadCellError("value", f"{row['value']!r} is no amount of US dollars")
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return (f"{int(whole)}.{rest}" if rest else str(int(whole))), len(rest)


@cache
def _named() -> Mapping[str, str]:
    """Commodities that the shipped facts know by another id."""
    with (DATA / "comtrade_products.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["product"] for row in csv.DictReader(stream)}
