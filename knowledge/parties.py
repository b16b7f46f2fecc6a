"""Who buys and sells in a register of arms transfers: countries of today and of their day, groups, organisations.

A country of today has its code; any other party has an id made of its name: `sipri:soviet-union`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from knowledge.links import folded

if TYPE_CHECKING:
    from knowledge.gathered import Facts

_FILE = Path(__file__).parent / "data" / "register_parties.csv"
_OWN = "sipri:"
_UNKNOWN = "sipri:unknown"
"""What begins the ids of parties that the register does not know; nobody asks for them by a name."""
_SHORTEST = 3


class Listed(NamedTuple):
    """A party of the shipped list."""

    name: str
    party: str
    aliases: tuple[str, ...]
    successors: tuple[str, ...]
    """Codes of countries of today that came after it."""
    label: str
    """What it is called in a sentence, where that is not its printed name."""


@cache
def listed() -> tuple[Listed, ...]:
    """The shipped list: parties that the names of today's countries do not tell, and what else people call them."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Listed(row["name"], row["party"], _parts(row["aliases"]), _parts(row["successors"]), row["label"])
            for row in csv.DictReader(stream)
        )


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """A name as part of an id: "Hezbollah (Lebanon)*" is `hezbollah-lebanon`."""
    return re.sub(r"[^\w]+", "-", folded(name)).strip("-")


def label(name: str) -> str:
    """A name to show: without the asterisks that mark groups and organisations."""
    return next((one.label for one in listed() if one.name == name and one.label), name.rstrip("*").strip())


@dataclass(frozen=True, slots=True)
class Parties:
    """Finds the code of a country, or the id of another party, by the name that a register prints."""

    codes: Mapping[str, str]
    """Folded name → code, for countries of today."""

    @classmethod
    def of(cls, known: Facts) -> Parties:
        """With the countries that the reference tables know."""
        # Imported here: it reads the names of the world's countries, which only an import needs.
        from knowledge import countries  # noqa: PLC0415

        codes = {
            name: code
            for language, name, code in countries.names(known.countries.values(), known.country_names)
            if language == "en"
        }
        codes |= {folded(one.name): one.party for one in listed() if not one.party.startswith(_OWN)}
        return cls(codes)

    def code(self, name: str) -> str:
        """The code of a country of today; empty for any other party."""
        return "" if name.endswith("*") else self.codes.get(_folded(name), "")


def party_id(code: str, name: str) -> str:
    """The id of a party: its code, else the one that the shipped list gives it, else one made of its name."""
    return code or _listed_ids().get(name) or _OWN + plain_name(name)


def names_of(parties: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(folded name, party id) for parties given as (id, printed name), and for what else people call them."""
    for party, name in parties:
        if party.startswith(_OWN) and not party.startswith(_UNKNOWN):
            yield folded(name), party
    for one in listed():
        for alias in one.aliases:
            if len(alias) >= _SHORTEST:
                yield folded(alias), one.party


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@lru_cache(maxsize=2_000)
def _folded(name: str) -> str:
    return folded(name)


def predecessors(party: str) -> tuple[str, ...]:
    """The parties of another day that a country of today succeeded: Russia's is the Soviet Union."""
    return tuple(dict.fromkeys(one.party for one in listed() if party in one.successors))


@cache
def _listed_ids() -> dict[str, str]:
    return {one.name: one.party for one in listed()}
