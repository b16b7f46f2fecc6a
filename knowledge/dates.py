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
from knowledge.dateranges import Item, Ranges
from knowledge.datetokens import EARLIEST, atoms, is_day
from knowledge.datewords import DateWords
from knowledge.dateyears import Part, Point
from knowledge.period import Period
from knowledge.question import Anchor, When
from knowledge.text import Token

__all__ = ["EARLIEST", "DateWords", "Found", "find_periods", "with_year"]

_FEW_YEARS = 5
_IDLE = frozenset((
    "of", "the", "and", "versus", "compare", "to", "unsure", "now", "measure", "unit_word", "data", "known", "several",
    "ending", "earlier", "ago", "break",
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
    months and ranges), since, until, to_date, vague."""
    relative: str = ""
    """year_earlier, previous, next, same or that: to the question before, or to the other period of this text.
    `when.period` is then None, or the given year ("the same period of 2024")."""
    needs_year: bool = False
    """True for "in the first quarter": `with_year` resolves it. With `relative`, the year is that of the relation."""
    part: tuple[int, int] | None = None
    """First and last month (1 to 12) of a part without a year; a first that is the later is that of the year before."""
    ends: tuple[When, ...] = ()
    """Both ends of a range, for questions about the change from one to the other ("growth from 2020 to 2024")."""


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
    for item in _Finder(Reader(made, words, today)).items():
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
    return Found(first, last, when, item.relative, part is not None, part, item.ends)


class _Finder(Ranges):
    """Tries every kind of expression at each atom."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._starts = [not _IDLE.issuperset(atom.roles) for atom in reader.atoms]

    def items(self) -> list[Item]:
        """The expressions in order, with what lists share handed out ("Q1 and Q2 of 2024")."""
        found: list[Item] = []
        at = 0
        while at < len(self._starts):
            item = self.expression(at) if self._starts[at] and not self._compared(found, at) else None
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
            or (self._rolling(at) if roles.keys() & {"last", "latest"} else None)
            or self._ending(at)
            or self._clock(at)
            or self._relative(at)
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
            return self._explicit(at, at + 1) or self._last(at, at + 1, 12, _FEW_YEARS, "vague")
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

    def _rolling(self, at: int) -> Item | None:
        """Last 12 months, past five years, last few years."""
        reader = self.reader
        roles, unit = reader.roles(at + 1), reader.unit(at + 2)
        if not unit or not roles.keys() & {"number", "several"}:
            return None
        number = roles.get("number", _FEW_YEARS)
        if found := self._explicit(at, at + 3):
            return found
        if "ending" in reader.roles(at + 3) and (found := self._ending(at + 1)):
            return found.starting(at)
        if "number" not in roles and unit != 12:
            return None
        return self._last(at, at + 3, unit, number, "span" if "number" in roles else "vague")

    def _explicit(self, at: int, end: int) -> Item | None:
        """The years that follow "last few years" tell which."""
        behind = self.reader.over(end, "of", "the")
        found = self.range(behind) if behind < len(self._starts) and self._starts[behind] else None
        if found and found.period and not found.relative and found.grain in ("year", "span"):
            return found.starting(at)
        return None

    def _last(self, begin: int, end: int, unit: int, number: int, grain: str) -> Item | None:
        """The last complete units before today."""
        behind = self.reader.month // min(unit, 12) * min(unit, 12)
        start = behind - unit * number
        if number < 1 or start < EARLIEST * 12:
            return None
        return Item(begin, end, Period(start, behind - 1), grain if number > 1 or unit > 12 else GRAINS[unit])

    def _ending(self, at: int) -> Item | None:
        """Twelve months to March 2022, the year ended June 2021."""
        reader = self.reader
        number = reader.roles(at).get("number", 0)
        mark = at + 1 + bool(number)
        months = number if number and reader.unit(at + 1) == 1 else 12 if reader.unit(at) == 12 else 0
        if not months or "ending" not in reader.roles(mark):
            return None
        point = reader.point(reader.over(mark + 1, "of", "the"))
        if not point or not point.part or not point.period:
            return None
        return Item(at, point.end, Period(point.period.end - months + 1, point.period.end), "span")

    def _clock(self, at: int) -> Item | None:
        """Last quarter, this month, last march, two months ago."""
        reader, roles = self.reader, self.reader.roles(at)
        now = reader.month
        if "last" in roles:
            behind, unit = reader.whole_unit(at + 1)
            if unit:
                return self._last(at, behind, unit, 1, "span")
        unit = reader.unit(at + 1)
        if unit in (1, 3, 6) and "this" in roles:
            start = now // unit * unit
            return Item(at, at + 2, Period(start, start + unit - 1), GRAINS[unit])
        if unit in (1, 3, 6) and "number" in roles and "ago" in reader.roles(at + 2):
            start = (now // unit - roles["number"]) * unit
            return Item(at, at + 3, Period(start, start + unit - 1), GRAINS[unit])
        month = reader.roles(at + 1).get("month", 0)
        if month and roles.keys() & {"last", "this"}:
            point = reader.point(at + 1)
            if point and (point.year is not None or point.day):
                return None
            year = reader.today.year - ("last" in roles and month >= reader.today.month)
            return Item(at, at + 2, Period.month(year, month), "month")
        return None

    def _relative(self, at: int) -> Item | None:
        """The quarter before, the previous month, next quarter, that period."""
        reader, roles = self.reader, self.reader.roles(at)
        unit = reader.unit(at + 1)
        if unit or "period" in reader.roles(at + 1):
            for role in ("previous", "next", "that"):
                if role in roles:
                    return Item(at, at + 2, None, GRAINS.get(unit, ""), relative=role)
        mark = at + 1 + (roles.get("number") == 1)
        unit = reader.unit(mark - 1)
        counted = at > 0 and reader.roles(at - 1).keys() & {"number", "several", "last"}
        if (unit in (1, 3, 6) or "period" in reader.roles(mark - 1)) and not counted:
            if "earlier" in reader.roles(mark) and not ("before" in reader.roles(mark) and reader.point(mark + 1)):
                return Item(at, mark + 1, None, GRAINS.get(unit, ""), relative="previous")
            if "ago" in reader.roles(mark) and unit:
                return self._last(at, mark + 1, unit, 1, "span")
        return None
