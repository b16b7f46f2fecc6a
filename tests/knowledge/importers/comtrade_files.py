"""Made-up files in UN Comtrade's shapes, for tests: no row of theirs is in them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

_CURRENT = (
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "reporterISO",
    "reporterDesc", "flowCode", "flowDesc", "partnerCode", "partnerISO", "partnerDesc", "partner2Code", "partner2ISO",
    "partner2Desc", "classificationCode", "cmdCode", "cmdDesc", "customsCode", "mosCode", "motCode", "primaryValue",
)  # fmt: skip
_CLASSIC = (
    "Classification", "Year", "Period", "Trade Flow Code", "Trade Flow", "Reporter Code", "Reporter", "Reporter ISO",
    "Partner Code", "Partner", "Partner ISO", "Commodity Code", "Commodity", "Trade Value (US$)", "Flag",
)  # fmt: skip
_AREAS: Mapping[str, tuple[str, str, str]] = {
    "WLD": ("0", "W00", "World"),
    "TUR": ("792", "TUR", "Türkiye"),
    "DEU": ("276", "DEU", "Germany"),
    "UKR": ("804", "UKR", "Ukraine"),
    "POL": ("616", "POL", "Poland"),
    "FRA": ("251", "FRA", "France"),
    "CHN": ("156", "CHN", "China"),
    "S19": ("490", "S19", "Other Asia, nes"),
}
_FLOWS = {"M": ("Import", "1"), "X": ("Export", "2"), "RX": ("Re-export", "3"), "RM": ("Re-import", "4")}


class Trade(NamedTuple):
    """One row: who reports which flow with whom, of what, when, and what it is worth."""

    reporter: str
    flow: str
    partner: str
    value: str
    period: str = "2022"
    code: str = "TOTAL"
    text: str = "All Commodities"
    more: Mapping[str, str] = {}
    """Cells that differ from what they would be, by their columns."""


def current(trades: Iterable[Trade]) -> list[dict[str, str]]:
    """Rows under the column names of today."""
    return [_current(one) for one in trades]


def _current(one: Trade) -> dict[str, str]:
    yearly = len(one.period) == 4
    flow = _FLOWS.get(one.flow, (one.flow, ""))[0]
    cells = (
        "C", "A" if yearly else "M", f"{one.period[:4]}0101", one.period[:4], "52" if yearly else one.period[4:],
        one.period, *_AREAS[one.reporter], one.flow, flow, *_AREAS[one.partner], "0", "W00", "World", "H6", one.code,
        one.text, "C00", "0", "0", one.value,
    )  # fmt: skip
    return dict(zip(_CURRENT, cells, strict=True)) | dict(one.more)


def classic(trades: Iterable[Trade]) -> list[dict[str, str]]:
    """Rows under the column names of before 2022."""
    out = []
    for one in trades:
        flow, number = _FLOWS[one.flow]
        (reporter, iso, name), (partner, other, of) = _AREAS[one.reporter], _AREAS[one.partner]
        cells = (
            "H5", one.period[:4], one.period, number, flow, reporter, name, iso, partner, of,
            "WLD" if other == "W00" else other, one.code, one.text, one.value, "0",
        )  # fmt: skip
        out.append(dict(zip(_CLASSIC, cells, strict=True)) | dict(one.more))
    return out


def as_csv(rows: Iterable[Mapping[str, str]], *, trailing: bool = True) -> bytes:
    """A CSV as the site gives it: every cell quoted, a comma behind each row but not behind the header."""
    listed = list(rows)
    out = io.StringIO()
    out.write(",".join(listed[0]) + "\n")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=",\n" if trailing else "\n")
    writer.writerows(row.values() for row in listed)
    return out.getvalue().encode()


def as_json(rows: Iterable[Mapping[str, str]]) -> bytes:
    """JSON as the interface gives it: numbers as numbers, the rows under `data`."""
    listed = [{name: _typed(name, cell) for name, cell in row.items()} for row in rows]
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(listed), "data": listed, "error": ""}).encode()


def _typed(name: str, cell: str) -> object:
    if name == "primaryValue":
        return float(cell)
    return int(cell) if name.endswith("Code") and cell.isdigit() else cell


def handed(path: Path, *trades: Trade) -> Path:
    """A file of some rows under today's names."""
    path.write_bytes(as_csv(current(trades)))
    return path
