"""UN Comtrade's areas by their numbers: countries of today by the codes that the facts use, others by name."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from knowledge.facts import WORLD
from knowledge.folder import DATA
from knowledge.gathered import Country
from knowledge.importers.parsed import CountryRow

_WORLD_CODE = "0"
_WORLD_NAMES = ("WLD", "W00")


class UnknownAreaError(ValueError):
    """An area that is not taken; the text says why."""


class Areas:
    """Finds the code of an area by what a row tells of it, and remembers which areas are no countries of today."""

    def __init__(self, known: Mapping[str, Country]) -> None:
        # Imported here: only an import needs CLDR's list of codes.
        from babel.core import get_global  # noqa: PLC0415

        own = {country.territory: code for code, country in known.items()}
        numbers = {
            str(int(number)): own[territories[0]]
            for number, territories in get_global("territory_aliases").items()
            if number.isdigit() and len(territories) == 1 and territories[0] in own
        }
        self._codes = numbers | {number: area for number, (area, _) in _listed().items()}
        self._countries = known
        self._names = {area: name for area, name in _listed().values() if name}
        self._met: set[str] = set()

    def code(self, number: str, iso: str) -> str:
        """The code of an area by its number, its ISO code or both. Raises UnknownAreaError."""
        number = str(int(number)) if number.isascii() and number.isdecimal() else number
        by_name = WORLD if iso in _WORLD_NAMES else iso if iso in self._countries else ""
        if number in ("", _WORLD_CODE):
            by_number = WORLD if number else by_name
        else:
            by_number = self._codes.get(number, "" if number in _listed() else by_name)
        if not by_number:
            why = _listed()[number][1] if number in _listed() else "no area that is known"
            raise UnknownAreaError(f"{number or iso!r} is {why}" if number or iso else "no area is named")
        if by_name and by_name != by_number:
            raise UnknownAreaError(f"{number!r} is {by_number}, but the row calls it {iso}")
        if by_number in self._names:
            self._met.add(by_number)
        return by_number

    def rows(self) -> list[CountryRow]:
        """The areas met that are no countries of today, as rows of countries.csv."""
        return [CountryRow(area, area, self._names[area]) for area in sorted(self._met)]


@cache
def _listed() -> Mapping[str, tuple[str, str]]:
    """Number → (area, name); no area for a group of countries, whose members report themselves."""
    with (DATA / "comtrade_areas.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (row["area"], row["name"]) for row in csv.DictReader(stream)}
