"""Periods in text: every expression of time in a question, with the words that made it.

`today` is handed in and is the only clock. What only the data can settle stays an anchor (the latest, all there
is); what only the conversation can settle stays a relation ("a year earlier") or a part without a year ("in the
first quarter"). Three layers: `datewords` says which word plays which role, `datetokens` makes atoms of the
tokens, `dateyears` and `datepoints` find points, `dateranges` joins them, `datelists` hands out what a list shares.

Choices: an open end reaches `today`'s month ("since 2019"), an open start `EARLIEST` ("until 2021"); "last
quarter" and "last 12 months" are complete ones; "early", "mid" and "late" are the first quarter, the second and
third, and the last; "last few years" with no years beside it is five; a winter has the name of the year it ends in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.datelists import Sharing
from knowledge.datepoints import GRAINS, Reader
from knowledge.dateranges import Item
from knowledge.daterelations import FEW_YEARS, Relations
from knowledge.datetokens import EARLIEST, atoms, is_day
from knowledge.datewords import DateWords
from knowledge.dateyears import Part, Point
from knowledge.period import Period
from knowledge.question import Anchor, When
from knowledge.text import Token

__all__ = ["EARLIEST", "DateWords", "Found", "find_periods", "with_year"]

_IDLE = frozenset((
    "of", "the", "and", "versus", "compare", "to", "unsure", "now", "measure", "unit_word", "data", "known", "several",
    "ending", "earlier", "later", "ago", "break",
    "since_after", "until_after", "before_after", "after_after", "between_after", "whole_after",
))  # fmt: skip
"""Roles that begin no expression: atoms with nothing else are passed over."""


@dataclass(frozen=True, slots=True)
class Found:
    """One period expression, from token `first` to token `last`."""

    first: int
    last: int
    when: When
    """Resolved where the text and the clock suffice. `grain`: month, quarter, half, year, day, span (other runs of
    months and ranges), since, until, to_date, vague, backwards (a range that ends before it begins: no period)."""
    relative: str = ""
    """year_earlier, previous, next, shifted, same or that: to the question before, or to the other period of this text.
    `when.period` is then None, or the given year ("the same period of 2024")."""
    needs_year: bool = False
    """True for "in the first quarter": `with_year` resolves it. With `relative`, the year is that of the relation."""
    part: tuple[int, int] | None = None
    """First and last month (1 to 12) of a part without a year; a first that is the later is that of the year before."""
    ends: tuple[When, ...] = ()
    """Both ends of a range, for questions about the change from one to the other ("growth from 2020 to 2024")."""
    shift: int = 0
    """Months from the other period to this one, where `relative` is shifted."""
    apart: bool = False
    """True for a year whose part is said after it, with other words between."""


def find_periods(tokens: Sequence[Token], words: DateWords, today: date, text: str = "") -> list[Found]:
    """The periods of a text, the longest at each place, from left to right, without overlaps.

    A part and a year that stand apart ("Q1 exports to Ukraine in 2022") are two finds of the same period.

    Hand in the `text` that the tokens came from: "2020-24" and "in 2020 24 drones" differ only in the signs
    between the tokens, and without it the cautious reading is taken.
    """
    made = atoms(tokens, words, text)
    if not made:
        return []
    found: list[Found] = []
    for item in _Finder(Reader(made, words, today), _IDLE).items():
        if not found or made[item.begin].first > found[-1].last:
            found.append(_found(item, made[item.begin].first, made[item.end - 1].last))
    return found


def with_year(found: Found, year: int) -> When:
    """The period of a part without a year, in `year`; any other as it is."""
    if not found.part:
        return found.when
    first, last = found.part
    grain, day = found.when.grain, ""
    if found.when.day:
        number = int(found.when.day[-2:])
        grain, day = ("day", f"{year:04}{found.when.day[1:]}") if is_day(year, first, number) else ("month", "")
    return When(Part(first, last, grain).of(year), day=day, grain=grain)


def _found(item: Item, first: int, last: int) -> Found:
    part = (item.part.first, item.part.last) if item.part and item.period is None else None
    when = When(item.period, item.anchor, item.day, item.grain)
    return Found(first, last, when, item.relative, part is not None, part, item.ends, item.shift, item.apart)


class _Finder(Relations):
    """Tries every kind of expression at each atom."""

    def items(self) -> list[Item]:
        """The expressions in order, with what lists share handed out ("Q1 and Q2 of 2024")."""
        found: list[Item] = []
        at = 0
        while at < len(self.starts):
            item = self.expression(at) if self.starts[at] and not self._compared(found, at) else None
            if item:
                self._period_word(item, found[-1].end if found else 0)
                found.append(item)
            at = max(at + 1, item.end) if item else at + 1
        sharing = Sharing(self.reader)
        sharing.share(found)
        sharing.marry(found)
        return found

    def _compared(self, found: Sequence[Item], at: int) -> bool:
        """True for the "to" of "2022 to 2021", which is no range: so is the "до" that elsewhere is "until"."""
        roles = self.reader.roles
        between = range(found[-1].end, at) if found and {"to", "until"} <= roles(at).keys() else None
        if found and found[-1].grain == "to_date":
            return False
        return between is not None and all(roles(one).keys() & {"of", "the", "unit_word"} for one in between)

    def _period_word(self, item: Item, after: int) -> None:
        """Take in the "period" of "the period January to March", "ocak-mart döneminde"."""
        if "period" in self.reader.roles(item.end):
            item.end += 1
        at = item.begin - 1
        while at > after and not self.reader.roles(at).keys().isdisjoint(("of", "the")):
            at -= 1
        if at >= after and "period" in self.reader.roles(at):
            item.begin = at

    def expression(self, at: int) -> Item | None:
        """The longest expression that begins at an atom."""
        roles = self.reader.roles(at)
        if "break" in roles:
            return None
        return (
            self._anchor(at)
            or (self._same(at) if "same" in roles else None)
            or self.range(at)
            or (self.rolling(at) if roles.keys() & {"last", "latest"} else None)
            or self.ending(at)
            or self.clock(at)
            or self.relative(at)
        )

    def _anchor(self, at: int) -> Item | None:
        """Ever, on record, latest, year to date."""
        reader, roles = self.reader, self.reader.roles(at)
        if "all" in roles:
            return Item(at, at + 1, None, "", Anchor.ALL)
        if "ytd" in roles:
            year = reader.year(reader.over(at + 1, "of", "the"))
            if year and year.number and not year.run:
                return self.year_to_date(at, year.end, year.number)
            return self.year_to_date(at, at + 1, reader.today.year)
        if "to_date" in roles:
            year = reader.year(reader.over(at + 1, "of", "the"))
            if year and year.number == reader.today.year:
                return self.year_to_date(at, year.end, year.number)
            return Item(at, at + 1, None, "", Anchor.ALL)
        if "recent_years" in roles:
            return self._explicit(at, at + 1) or self.last(at, at + 1, 12, FEW_YEARS, "vague")
        return self._latest(at) if roles.keys() & {"latest", "last"} else None

    def _latest(self, at: int) -> Item | None:
        """Latest, newest quarter, last known figure, last month available: as far as the data go."""
        reader, roles = self.reader, self.reader.roles(at)
        if "this" in roles and reader.unit(at + 1):
            return None
        end = at + 1
        if "latest" not in roles:
            if reader.unit(end) and "known" in reader.roles(end + 1):
                return Item(at, end + 2, None, GRAINS.get(reader.unit(end), ""), Anchor.LATEST)
            if not reader.roles(end).keys() & {"known", "data"} or reader.unit(end):
                return None
        elif reader.roles(end).keys() & {"number", "several"} and reader.unit(end + 1):
            return None
        end = reader.over(end, "latest", "known")
        behind, unit = reader.whole_unit(end)
        return Item(at, behind if unit else end, None, GRAINS.get(unit, ""), Anchor.LATEST)

    def _same(self, at: int) -> Item | None:
        """The same period, the same quarter of 2024, the same period a year earlier."""
        reader = self.reader
        end = at + 1 + ("number" in reader.roles(at + 1))
        unit = reader.unit(end)
        if unit == 12 or not (unit or "period" in reader.roles(end)):
            return None
        grain = GRAINS.get(unit, "")
        behind = reader.over(end + 1, "of", "the")
        year = reader.year(behind)
        if not year or year.run:
            return Item(at, end + 1, None, grain, relative="same")
        return self._same_of(at, year.end, Point(None, year.number, year.relative, behind, year.end), grain)

    def _same_of(self, begin: int, end: int, year: Point, grain: str) -> Item:
        # "The same period last year" is a year before the period of the text, whatever the clock says.
        if year.relative == "year_earlier" or "last" in self.reader.roles(year.begin):
            return Item(begin, end, None, grain, relative="year_earlier")
        period = Period.year(year.year) if year.year else None
        return Item(begin, end, period, grain, relative=year.relative or "same")

    def behind_year(self, point: Point, begin: int) -> Item | None:
        """The "same period" that follows its year ("2021'in aynı dönemi")."""
        if point.part or point.run:
            return None
        at = self.reader.over(point.end, "of", "the")
        same = self._same(at) if "same" in self.reader.roles(at) else None
        if not same or same.period or same.relative != "same":
            return None
        return self._same_of(begin, same.end, point, same.grain)
