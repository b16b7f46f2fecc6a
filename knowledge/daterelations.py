"""Expressions that hang on the clock, on a number or on another period: "last 12 months", "two years earlier"."""

from __future__ import annotations

from knowledge.datepoints import GRAINS, Reader
from knowledge.dateranges import Item, Ranges
from knowledge.datetokens import EARLIEST
from knowledge.period import Period

FEW_YEARS = 5
DECADE, _DECADE = "decade", 120
"""The grain of ten years, and the months of it."""


class Relations(Ranges):
    """Reads them; a base of the finder in `knowledge.dates`."""

    def __init__(self, reader: Reader, idle: frozenset[str]) -> None:
        """Read with `reader`; atoms with no other than `idle` roles begin no expression."""
        super().__init__(reader)
        self.starts = [not idle.issuperset(atom.roles) for atom in reader.atoms]

    def rolling(self, at: int) -> Item | None:
        """Last 12 months, past five years, last few years."""
        reader = self.reader
        roles, unit = reader.roles(at + 1), reader.unit(at + 2)
        if not unit or not roles.keys() & {"number", "several"}:
            return None
        number = roles.get("number", FEW_YEARS)
        if found := self._explicit(at, at + 3):
            return found
        if "ending" in reader.roles(at + 3) and (found := self.ending(at + 1)):
            return found.starting(at)
        if "number" not in roles and unit != 12:
            return None
        return self.last(at, at + 3, unit, number, "span" if "number" in roles else "vague")

    def _explicit(self, at: int, end: int) -> Item | None:
        """The years that follow "last few years" tell which."""
        behind = self.reader.over(end, "of", "the")
        found = self.range(behind) if behind < len(self.starts) and self.starts[behind] else None
        if found and found.period and not found.relative and found.grain in ("year", "span"):
            return found.starting(at)
        return None

    def last(self, begin: int, end: int, unit: int, number: int, grain: str) -> Item | None:
        """The last complete units before today."""
        behind = self.reader.month // min(unit, 12) * min(unit, 12)
        start = behind - unit * number
        if number < 1 or start < EARLIEST * 12:
            return None
        return Item(begin, end, Period(start, behind - 1), grain if number > 1 or unit > 12 else GRAINS[unit])

    def ending(self, at: int) -> Item | None:
        """Twelve months to March 2022, the year ended June 2021."""
        reader = self.reader
        number = reader.roles(at).get("number", 0)
        mark = at + 1 + bool(number)
        whole = reader.unit(at) if reader.unit(at) in (3, 6, 12) else 0
        months = number if number and reader.unit(at + 1) == 1 else whole
        if not months or "ending" not in reader.roles(mark):
            return None
        point = reader.point(reader.over(mark + 1, "of", "the"))
        if not point or not point.part or not point.period:
            return None
        return Item(at, point.end, Period(point.period.end - months + 1, point.period.end), "span")

    def clock(self, at: int) -> Item | None:
        """Last quarter, this month, last march, two months ago."""
        reader, roles = self.reader, self.reader.roles(at)
        now = reader.month
        if "last" in roles:
            behind, unit = reader.whole_unit(at + 1)
            if unit:
                return self.last(at, behind, unit, 1, "span")
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

    def relative(self, at: int) -> Item | None:
        """The quarter before, the previous month, next quarter, that period, two years earlier."""
        reader, roles = self.reader, self.reader.roles(at)
        if found := self._shifted(at):
            return found
        unit = reader.unit(at + 1)
        if unit or "period" in reader.roles(at + 1):
            for role in ("previous", "next", "that"):
                if role in roles:
                    return Item(at, at + 2, None, DECADE if unit == _DECADE else GRAINS.get(unit, ""), relative=role)
        mark = at + 1 + (roles.get("number") == 1)
        unit = reader.unit(mark - 1)
        counted = at > 0 and reader.roles(at - 1).keys() & {"number", "several", "last"}
        if (unit in (1, 3, 6) or "period" in reader.roles(mark - 1)) and not counted:
            if "earlier" in reader.roles(mark) and not ("before" in reader.roles(mark) and reader.point(mark + 1)):
                return Item(at, mark + 1, None, GRAINS.get(unit, ""), relative="previous")
            if "ago" in reader.roles(mark) and unit:
                return self.last(at, mark + 1, unit, 1, "span")
        return None

    def _shifted(self, at: int) -> Item | None:
        """Two years earlier, the five years before, a month later: as far from the other period as is said."""
        reader = self.reader
        number = reader.roles(at).get("number", 0)
        unit = reader.unit(at + bool(number))
        mark = at + 1 + bool(number)
        roles = reader.roles(mark)
        counted = at > 0 and reader.roles(at - 1).keys() & {"number", "several"}
        if not unit or counted or (roles.keys() & {"before", "after"} and reader.point(mark + 1)):
            return None
        if "later" in roles:
            return Item(at, mark + 1, None, GRAINS.get(unit, ""), relative="shifted", shift=max(number, 1) * unit)
        if number > 1 and "earlier" in roles and "ago" not in roles:
            return Item(at, mark + 1, None, GRAINS.get(unit, ""), relative="shifted", shift=-number * unit)
        return None
