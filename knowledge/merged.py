"""The shipped facts and what was imported, put together: definitions stay as they are, reports are added.

The large tables of an import, its observations and series, are not read here but streamed into the store.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from knowledge.cells import Cells
from knowledge.folder import OWN, PART, REGISTERS, SHARED, Part
from knowledge.gathered import Facts, Vintage
from knowledge.readers import TABLES
from knowledge.rows import Findings, read_rows

_T = TypeVar("_T")
OBSERVATIONS = "observations.csv"
_SMALL = tuple(file for file in (*SHARED, *OWN, *REGISTERS) if file != OBSERVATIONS)


@dataclass(frozen=True, slots=True)
class Layer:
    """One import as it is laid over what came before."""

    part: Part
    facts: Facts
    """Its small tables; beside them the reference tables that it is read with."""
    vintages: tuple[Vintage, ...]
    """Those that nothing before it has already."""


def in_order(parts: Iterable[Part]) -> list[Part]:
    """Imports in the order in which they were made."""
    return sorted(parts, key=lambda part: (place_of(part.path), part.name))


def layers(base: Facts, parts: Iterable[Part], findings: Findings) -> Iterator[Layer]:
    """Add the small tables of each import to `base`; give back what is left to be streamed."""
    for part in in_order(parts):
        facts = read_part(part, base, findings)
        known = base.ids("vintages")
        yield Layer(part, facts, tuple(one for one in facts.vintages if one.source.source_id not in known))
        _merge(base, facts)


def read_part(part: Part, base: Facts, findings: Findings) -> Facts:
    """The small tables of an import, read beside the reference tables of `base`."""
    facts = Facts(
        products=dict(base.products), tim_slugs=dict(base.tim_slugs), countries=dict(base.countries),
        country_names=list(base.country_names),
    )  # fmt: skip
    for file in _SMALL:
        if (part.path / file).exists() or file == "sources.csv":
            for row in read_rows(part.path, file, TABLES[file].columns, findings, f"{part.name}/{file}"):
                TABLES[file].read(Cells(row, findings), facts)
    for path in sorted((part.path / "series").glob("*.csv")):
        if path.stem not in facts.ids("vintages"):
            message = "no row of vintages.csv tells what this file is: add one"
            findings.error(f"{part.name}/series/{path.name}", 0, "", message)
    return facts


def conflicts(base: Facts, facts: Facts, part: Part, findings: Findings) -> None:
    """Report what an import defines otherwise than it is defined already."""
    pairs = (
        ("sources.csv", base.sources, facts.sources),
        ("products.csv", base.products, facts.products),
        ("countries.csv", base.countries, facts.countries),
        ("entities.csv", {one.entity_id: one for one in base.entities}, {one.entity_id: one for one in facts.entities}),
    )
    for file, before, now in pairs:
        for key, one in now.items():
            if before.get(key, one) != one:
                findings.error(f"{part.name}/{file}", 0, "", f"{key!r} is known already, and is something else there")
    # What a vintage or an edition said stays said: a later one needs an id of its own.
    for file, taken, new in (
        ("vintages.csv", base.ids("vintages"), facts.ids("vintages")),
        ("registers.csv", base.registers.keys(), facts.registers.keys()),
    ):
        for key in sorted(taken & new):
            message = f"{key!r} was imported before with other content: give this one another source_id"
            findings.error(f"{part.name}/{file}", 0, "source_id", message)


def _merge(base: Facts, facts: Facts) -> None:
    for source in facts.sources.values():
        base.sources.setdefault(source.source_id, source)
    for product in facts.products.values():
        base.products.setdefault(product.product_id, product)
    for country in facts.countries.values():
        base.countries.setdefault(country.country, country)
    base.country_names += [one for one in facts.country_names if one not in set(base.country_names)]
    known = {one.entity_id for one in base.entities}
    base.entities += [one for one in facts.entities if one.entity_id not in known]
    # Who reports something again reports it anew.
    base.events = _latest([*base.events, *facts.events], lambda one: one.event_id)
    base.statements = _latest([*base.statements, *facts.statements], lambda one: one.statement_id)
    base.remarks = list(dict.fromkeys([*base.remarks, *facts.remarks]))
    base.vintages += [one for one in facts.vintages if one.source.source_id not in base.ids("vintages")]
    base.ids("vintages").update(facts.ids("vintages"))
    base.deals += [one for one in facts.deals if one.source_id not in base.registers]
    base.registers = facts.registers | base.registers


def _latest(all_: Iterable[_T], key: Callable[[_T], str]) -> list[_T]:
    return list({key(one): one for one in all_}.values())


def told(path: Path) -> dict[str, object]:
    """What an import tells of itself; nothing if it cannot be read."""
    try:
        return tomllib.loads((path / PART).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def place_of(path: Path) -> int:
    """Its place in the order of imports; what does not tell comes first."""
    place = told(path).get("place")
    return place if isinstance(place, int) else 0
