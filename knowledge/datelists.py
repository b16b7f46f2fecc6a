"""What the periods of one text share: "Q1 and Q2 of 2024", "first quarter of 2021 and 2022"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.dateranges import Item
from knowledge.dateyears import Years


class Sharing:
    """Hands out, among the expressions of one text, what is said once and meant for several."""

    def __init__(self, reader: Years) -> None:
        """Look at the words between the expressions with `reader`."""
        self.reader = reader

    def share(self, items: Sequence[Item]) -> None:
        """Hand out what a list says once: the year of "Q1 and Q2 of 2024", the part of "Q1 2021 and 2022"."""
        for index in range(len(items) - 1, 0, -1):
            left, right = items[index - 1], items[index]
            if self._yearless(left) and right.period and self._kin(left, right) and self._linked(left, right):
                self._give(left, right.period.last_year)
            elif right.year_first:
                self._lend(right, left)
        for left, right in pairwise(items):
            if not left.part or not left.period or left.part.day:
                continue
            if self._yearless(right) and self._kin(left, right) and self._linked(left, right):
                self._give(right, left.period.last_year)
            else:
                self._lend(left, right)

    def marry(self, items: Sequence[Item]) -> None:
        """Join the one part and the one year that stand apart: "Q1 exports to Ukraine in 2022".

        Both items become that period, so that the words of each are accounted for.
        """
        parts = [item for item in items if self._yearless(item)]
        years = [item for item in items if not self._yearless(item)]
        if len(parts) != 1 or len(years) != 1:
            return
        part, year = parts[0], years[0]
        left, right = sorted((part, year), key=lambda item: item.begin)
        bare = year.grain == "year" and year.period and not year.relative and not year.whole
        if bare and year.period and not self._linked(left, right) and not self._parted(left.end, right.begin):
            self._give(part, year.period.first_year)
            year.period, year.part, year.grain = part.period, part.part, part.grain
            year.apart = year is left

    def _parted(self, begin: int, end: int) -> bool:
        """True if the text sets two periods against each other, or a sentence ends between them."""
        against = {"versus", "compare"}
        small = {"of", "from", "to"}
        if any(against & atom.roles.keys() and not small & atom.roles.keys() for atom in self.reader.atoms):
            return True
        return any(atom.last < atom.first for atom in self.reader.atoms[begin:end])

    def _lend(self, lender: Item, year: Item) -> None:
        """Give the part of one period to the bare year beside it."""
        left, right = (lender, year) if lender.begin < year.begin else (year, lender)
        bare = year.grain == "year" and year.period and not year.part and not year.whole and not year.relative
        if bare and year.period and lender.part and not lender.part.day and self._linked(left, right, strict=True):
            year.part, year.grain, year.year_first = lender.part, lender.grain, lender.year_first
            year.period = lender.part.of(year.period.first_year)

    @staticmethod
    def _yearless(item: Item) -> bool:
        return item.period is None and item.part is not None and not item.relative

    @staticmethod
    def _kin(left: Item, right: Item) -> bool:
        """True for two different parts; "Q1 against Q1 2021" is no list of one year."""
        return bool(left.part and right.part and left.part[:2] != right.part[:2] and not left.part.day)

    @staticmethod
    def _give(item: Item, year: int) -> None:
        if item.part:
            item.period = item.part.of(year)

    def _linked(self, left: Item, right: Item, *, strict: bool = False) -> bool:
        """True if nothing but "and", "against", commas (and, unless `strict`, small words) stands between."""
        links = {"and", "versus", "to"} | (set() if strict else {"of", "the"})
        return all(self.reader.roles(at).keys() & links for at in range(left.end, right.begin))
