"""Lays the vintages of a folder's series over each other: a figure is current until a later vintage has another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from knowledge.facts import Observation
from knowledge.gathered import Facts, Vintage
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.rows import MAX_FILE, Findings
from knowledge.series import Claim, claim_id, claims


class _Key(NamedTuple):
    series: str
    exporter: str
    partner: str
    product: str
    period: Period


def lay(folder: Path, facts: Facts, findings: Findings) -> None:
    """Read every vintage of a folder, oldest first, into the observations of its series."""
    current: dict[_Key, Observation] = {}
    for vintage in sorted(facts.vintages, key=lambda vintage: (vintage.source.published, vintage.place)):
        done = facts.series.setdefault(vintage.series, [])
        done += _over(current, _claims(folder, vintage, facts, findings), vintage, findings)
    for key, observation in current.items():
        facts.series[key.series].append(observation)
    for path in sorted((folder / "series").glob("*.csv")):
        if path.stem not in facts.ids("vintages"):
            findings.error(f"series/{path.name}", 0, "", "no row of vintages.csv tells what this file is: add one")


def covered(key: _Key, vintage: Vintage) -> bool:
    """True if the vintage says all of this flow and period, so that its silence takes a figure back."""
    return (
        vintage.covers is not None
        and key.period in vintage.covers
        and key.series == vintage.series
        and vintage.exporter in ("", key.exporter)
        and vintage.partner in ("", key.partner)
    )


def _claims(folder: Path, vintage: Vintage, facts: Facts, findings: Findings) -> dict[_Key, Claim]:
    """What a vintage says; what it says twice is wrong."""
    file = _file(vintage)
    said: dict[_Key, Claim] = {}
    for claim in claims(folder / file, file, vintage, facts, findings=findings, limit=MAX_FILE):
        key = _Key(vintage.series, claim.exporter, claim.partner, claim.product, claim.period)
        if key in said:
            findings.error(file, claim.row, "period", f"{claim.product} has two figures for {claim.period}: keep one")
        said.setdefault(key, claim)
    return said


def _over(
    current: dict[_Key, Observation], said: dict[_Key, Claim], vintage: Vintage, findings: Findings
) -> list[Observation]:
    """Lay a vintage over what is current; gives back what it replaced or took back."""
    gone = [key for key in current if key not in said and covered(key, vintage)]
    news = []
    for key, claim in said.items():
        before = current.get(key)
        if (before.quantity.value if before else None) != claim.value:
            news.append((key, claim))
            gone += [key] if before else []
        elif not vintage.covers:
            message = "the figure is the one of the vintage before: leave the row out"
            findings.warning(_file(vintage), claim.row, "value", message)
    replaced = [replace(current.pop(key), known_until=vintage.source.published) for key in gone]
    current.update((key, observation(claim, claim.value, vintage)) for key, claim in news if claim.value is not None)
    return replaced


def _file(vintage: Vintage) -> str:
    return f"series/{vintage.source.source_id}.csv"


def observation(claim: Claim, value: float, vintage: Vintage) -> Observation:
    """The observation that a claim is."""
    source = vintage.source
    return Observation(
        claim_id(claim, vintage), claim.exporter, claim.partner, claim.product, claim.period, vintage.measure,
        Quantity.reported(value, vintage.unit, float(vintage.step)), vintage.attributed_to, source.source_id, "",
        source.published, "",
    )  # fmt: skip
