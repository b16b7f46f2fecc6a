"""Sums over the deals of a register: doubt in any deal is doubt in the sum, and what has no number is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.answer import Arg, say
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.transfers import Transfer

_RUNS = 4
"""Runs of years that are told one by one."""
_SELECTED = re.compile(r"\bnot (?:contract )?(?:yet )?(?:ordered|signed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What one deal adds to a sum: at least `low`, at most `high` (None where nothing bounds it)."""

    value: int | None
    """None where the register has no number."""
    low: int
    high: int | None
    doubtful: bool = False
    split: int = 0
    """How much more it can be where the number is of more years than were asked about, as the register prints it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum with what makes it unsure."""

    value: int
    low: int
    high: int | None
    deals: int
    doubtful: int
    """Deals whose number the register marks as uncertain."""
    missing: int
    """Deals without a number."""
    split: int
    """Deals of which only a part lies in the period."""
    most: int
    """What the sum comes to if all that lies partly in the period lies wholly in it, doubt left aside."""

    @property
    def told(self) -> Arg:
        """The sum in words: both ends where deals lie partly in the period, "or more" where numbers are missing."""
        if self.split:
            key = "register.span_about" if self.doubtful else "register.span"
            return say(key, low=self.low_end, high=self.high_end)
        if self.doubtful and self.missing:
            return say("register.or_more", number=self.low_end)
        return self.quantity

    @property
    def low_end(self) -> str:
        """The least, as the register prints it."""
        return f"{self.value:,}"

    @property
    def high_end(self) -> str:
        """The most, as the register prints it."""
        return f"{self.most:,}"

    @property
    def quantity(self) -> Quantity:
        """The sum as a figure: `about` where a number is doubted, `at least` where one is missing or split."""
        qualifier = "about" if self.doubtful else "at_least" if self.missing or self.split else "exact"
        return Quantity(self.value, self.low, self.high, "items", qualifier)

    @property
    def known(self) -> bool:
        """True if any deal has a number."""
        return self.deals > self.missing


@dataclass(frozen=True, slots=True)
class Volume:
    """A sum of trend-indicator values, in millions: an index of volume, never money."""

    low: float
    high: float
    """More than `low` where some deals lie only partly in the period."""

    def __str__(self) -> str:
        low, high = f"{self.low:,.0f}", f"{self.high:,.0f}"
        return low if low == high else f"{low}–{high}"

    @property
    def open(self) -> bool:
        """True if the register leaves it open how much of it falls into the period."""
        return round(self.low) != round(self.high)

    @property
    def quantity(self) -> Quantity:
        """The volume as a figure."""
        qualifier = "at_least" if self.open else "exact"
        return Quantity(round(self.low, 2), round(self.low, 2), round(self.high, 2), "TIV million", qualifier)


def volume(deals: Iterable[Transfer], period: Period | None = None, *, of_deliveries: bool) -> Volume:
    """The volume of what was delivered (in a period), or ordered."""
    low = high = 0.0
    for deal in deals:
        value = (deal.tiv_delivered if of_deliveries else deal.tiv_order) or 0.0
        part = _share(deal, period) if of_deliveries and period else 1.0
        low += value * (part or 0.0)
        high += value if part is None else value * part
    return Volume(low, high)


def ordered(deals: Iterable[Transfer], period: Period | None = None) -> Tally:
    """How many were ordered; where a period was asked about, a doubted year of order is doubt too."""
    return _sum(_ordered(deal, dated=period is not None) for deal in deals)


def delivered(deals: Iterable[Transfer], period: Period | None = None) -> Tally:
    """How many were delivered, in a period if there is one."""
    return _sum(_delivered(deal, period) for deal in deals)


def counted(deals: Iterable[Transfer], period: Period | None = None, *, of_deliveries: bool) -> Tally:
    """How many were delivered, or ordered."""
    return delivered(deals, period) if of_deliveries else ordered(deals, period)


def selected(deals: Sequence[Transfer]) -> list[Transfer]:
    """Deals that by the register's own note are chosen and not yet ordered."""
    return [deal for deal in deals if _SELECTED.search(deal.comments)]


def years(deals: Iterable[Transfer], *, of_deliveries: bool, period: Period | None = None) -> Arg:
    """The years of order or of delivery (in a period), runs of them shortened: "2007, 2011–2015".

    Empty if there are none; only the first and the last where there are many runs.
    """
    found = {year for deal in deals for year in (deal.years if of_deliveries else (deal.order_year,)) if year}
    found = {year for year in found if period is None or Period.year(year).overlaps(period)}
    runs: list[list[int]] = []
    for year in sorted(found):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    if len(runs) > _RUNS:
        return say("register.with_gaps", first=str(runs[0][0]), last=str(runs[-1][1]))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _sum(parts: Iterable[Part]) -> Tally:
    all_parts = list(parts)
    highs = [part.high for part in all_parts]
    return Tally(
        value=sum(part.value or 0 for part in all_parts),
        low=sum(part.low for part in all_parts),
        high=None if None in highs else sum(high for high in highs if high is not None),
        deals=len(all_parts),
        doubtful=sum(part.doubtful for part in all_parts),
        missing=sum(part.value is None for part in all_parts),
        split=sum(bool(part.split) for part in all_parts),
        most=sum((part.value or 0) + part.split for part in all_parts),
    )


def _share(deal: Transfer, period: Period) -> float | None:
    """How much of a deal's deliveries fell into a period; None where the register does not tell."""
    inside = [lot for lot in deal.lots if Period.year(lot.year).overlaps(period)]
    if len(inside) == len(deal.lots):
        return 1.0
    numbers = [lot.number for lot in deal.lots]
    total = sum(number or 0 for number in numbers)
    return None if None in numbers or not total else sum(lot.number or 0 for lot in inside) / total


def _ordered(deal: Transfer, *, dated: bool) -> Part:
    if deal.ordered is None:
        return Part(None, 0, None)
    if deal.ordered_doubt or (dated and deal.order_year_doubt):
        return Part(deal.ordered, 0, None, doubtful=True)
    return Part(deal.ordered, deal.ordered, deal.ordered)


def _delivered(deal: Transfer, period: Period | None) -> Part:
    if deal.delivered is None:
        return Part(None, 0, None)
    if period is None:
        if deal.delivered_doubt:
            return Part(deal.delivered, 0, None, doubtful=True)
        return Part(deal.delivered, deal.delivered, deal.delivered)
    inside = [lot for lot in deal.lots if Period.year(lot.year).overlaps(period)]
    if all(lot.number is not None for lot in deal.lots) and deal.lots:
        number = sum(lot.number or 0 for lot in inside)
        doubtful = any(lot.number_doubt or lot.year_doubt for lot in inside)
        return Part(number, 0 if doubtful else number, None if doubtful else number, doubtful=doubtful)
    doubtful = deal.delivered_doubt or deal.years_doubt
    if len(inside) == len(deal.lots):
        return Part(deal.delivered, 0 if doubtful else deal.delivered, None if doubtful else deal.delivered, doubtful)
    # Each year of delivery saw one at least, if there are as many; the register does not part the sum.
    low, high = len(inside), deal.delivered - (len(deal.lots) - len(inside))
    if deal.delivered < len(deal.lots):
        low, high = 0, deal.delivered if inside else 0
    return Part(low, 0 if doubtful else low, None if doubtful else high, doubtful, split=high - low)
