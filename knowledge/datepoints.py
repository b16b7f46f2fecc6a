"""One point of time in a row of atoms: a part of a year, a year, or both in either order.

"Q1 2022", "2022'nin ilk çeyreği", "27 January 2022", "the end of last year", "first nine months". Ranges, lists
and what hangs on the clock alone are put together in `knowledge.dates`.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.datetokens import UNSAID, is_day
from knowledge.datewords import Roles
from knowledge.dateyears import Part, Point, Year, Years

GRAINS = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_LEADS = ("of", "since", "until", "from", "to", "before", "after", "between", "vague", "last", "this")
"""In front of a month that is also a common word ("in march"), these make it a month."""


class Reader(Years):
    """Finds points in the atoms of one text."""

    def point(self, at: int) -> Point | None:
        """The point that begins at an atom, as long as it goes."""
        roles = self.roles(at)
        if "vague" in roles:
            return self._vague(at)
        if found := self.part(at):
            part, end = found
            behind = self.over(end, "of", "the")
            if year := self.year(behind) or self._year_short(end, part) or self._that_year(behind):
                if year.run:
                    return Point(part, None, "", at, end) if part.bare else None
                return self._fixed(Point(part, year.number, year.relative, at, year.end))
            if part.bare:
                return Point(part, None, "", at, end)
        if not (year := self.year(at)):
            return None
        return self._after_year(at, year)

    def _after_year(self, at: int, year: Year) -> Point:
        """A year, and the part of it that may follow ("2022 Q1", "2022'nin ilk çeyreği", "2022 sonunda")."""
        alone = Point(None, year.number, year.relative, at, year.end, year.whole, year.run)
        if year.run or year.whole:
            return alone
        behind = self.over(year.end, "of", "the")
        if self.words.postpositions and (vague := self.roles(year.end).get("vague")):
            part = Part(*divmod(vague, 100), "vague")
            if not self.year(self.over(year.end + 1, "of", "the")) and not self.part(year.end + 1):
                return Point(part, year.number, year.relative, at, year.end + 1)
        found = self.part(behind)
        if not found:
            return alone
        part, end = found
        # "in 2024, march 2025": the part has a year of its own.
        if self.year(self.over(end, "of", "the")) or "and" in self.roles(behind):
            return alone
        return self._fixed(Point(part, year.number, year.relative, at, end, year_first=True))

    def _fixed(self, point: Point) -> Point:
        """Without the day where the month of that year has none such."""
        part = point.part
        if part and part.day and point.year is not None and not is_day(point.year, part.first, part.day):
            return replace(point, part=part._replace(day=0, grain="month"))
        return point

    def _vague(self, at: int) -> Point | None:
        """Early 2022, the end of last year, the end of March 2022."""
        part = Part(*divmod(self.roles(at)["vague"], 100), "vague")
        behind = self.over(at + 1, "of", "the")
        if "vague" in self.roles(behind):
            return None
        point = self.point(behind)
        if not point:
            year = self._that_year(behind) if behind > at + 1 else None
            return Point(part, None, "", at, year.end) if year else None
        if point.part:
            return replace(point, begin=at)
        return replace(point, begin=at, part=part) if not point.run else None

    def part(self, at: int) -> tuple[Part, int] | None:
        """The part of a year that begins at an atom, and the atom behind it."""
        roles = self.roles(at)
        if not roles:
            return None
        if ready := self._ready(roles):
            return ready, at + 1
        if "number" in roles and (found := self._day_first(at)):
            return found
        if "month" in roles and (found := self._month(at)):
            return found
        if "last" in roles and (found := self._closing(at)):
            return found
        if "ordinal" in roles or "number" in roles:
            return self._counted(at)
        if unit := roles.get("unit", 0):
            return self._unit_first(at, unit)
        return None

    @staticmethod
    def _ready(roles: Roles) -> Part | None:
        """The part that one atom is: a code, a date in figures, a season."""
        if "part" in roles:
            first, last = divmod(roles["part"], 100)
            return Part(first, last, GRAINS[last - first + 1])
        if "dated" in roles:
            month, day = divmod(roles["dated"], 100)
            return Part(month, month, "day" if day else "month", day)
        if "run_part" in roles:
            return Part(*divmod(roles["run_part"], 100), "span", bare=False)
        return Part(*divmod(roles["season"], 100), "vague", bare=False) if "season" in roles else None

    def _day_first(self, at: int) -> tuple[Part, int] | None:
        """27 January, 27th of January."""
        behind = self.over(at + 1, "of", "the") if "ordinal" in self.roles(at) else at + 1
        month, day = self.roles(behind).get("month", 0), self.roles(at)["number"]
        if not month or not is_day(2024, month, day):
            return None
        if "unsure" in self.roles(behind) and "ordinal" not in self.roles(at):
            sure = self.year(behind + 1) or "of" in self.roles(at - 1 if at else len(self.atoms))
            if not sure:
                return None
        return Part(month, month, "day", day), behind + 1

    def _month(self, at: int) -> tuple[Part, int] | None:
        month, end = self.roles(at)["month"], at + 1
        number = self.roles(end).get("number", 0)
        if "ordinal" in self.roles(end) and is_day(2024, month, number) and not self.unit(end + 1):
            return Part(month, month, "day", number), end + 1
        if number and is_day(2024, month, number) and self._is_day(end):
            return Part(month, month, "day", number), end + 1
        if self.unit(end) == 1 and "ago" not in self.roles(end + 1) and "earlier" not in self.roles(end + 1):
            return Part(month, month, "month"), end + 1
        if "unsure" in self.roles(at) and not self._is_month(at):
            return None
        return Part(month, month, "month"), end

    def _is_day(self, at: int) -> bool:
        """True if the number behind a month is its day: "march 14, 2024", "june 28"."""
        if "month" in self.roles(at + 1):
            return False
        if self.year(at + 1) and self.gap(at + 1) in ("", ",", UNSAID):
            return True
        last = at + 1 >= len(self.atoms) or self.gap(at + 1).startswith(",")
        return last and not self._year_short(at, Part(1, 1, "month"))

    def _is_month(self, at: int) -> bool:
        """True if the company of a word like "may" or "march" makes it a month."""
        end = at + 1
        if at and any(role in self.roles(at - 1) for role in _LEADS):
            return True
        if self.year(self.over(end, "of", "the")) or self._year_short(end, Part(1, 1, "month")):
            return True
        if at and "year" in self.roles(at - 1):
            return True
        return self._beside_month(end, 1) or (at > 0 and self._beside_month(at - 1, -1))

    def _beside_month(self, at: int, step: int) -> bool:
        """True if a month stands next, or behind a joining word; "may march" may as well be two other words."""
        joined = not self.roles(at).keys().isdisjoint(("and", "to", "versus"))
        beside = at + step * joined
        if beside < 0 or "month" not in self.roles(beside):
            return False
        marked = self.gap(at if step > 0 else at + 1) in ("-", "/", ",")
        return joined or marked or "unsure" not in self.roles(beside) or self.year(beside + 1) is not None

    def _closing(self, at: int) -> tuple[Part, int] | None:
        """The last quarter, the last three months: of a year that must follow or lead."""
        number = self.roles(at + 1).get("number", 1) if not self.unit(at + 1) else 1
        behind = at + 1 if self.unit(at + 1) else at + 2
        months = number * self.unit(behind)
        if not 0 < months < 12:
            return None
        grain = GRAINS[self.unit(behind)] if number == 1 else "span"
        return Part(13 - months, 12, grain, bare=False), behind + 1

    def _counted(self, at: int) -> tuple[Part, int] | None:
        """First quarter, 1. çeyrek, first nine months, 9 months; the "first" of "first and second quarter"."""
        roles = self.roles(at)
        ordinal, number = roles.get("ordinal", 0), roles.get("number", 0)
        unit = self.unit(at + 1)
        if ordinal == 1 and (count := self.roles(at + 1).get("number", 0)) and (unit := self.unit(at + 2)):
            return (Part(1, count * unit, "span"), at + 3) if unit < 12 and 1 < count * unit <= 12 else None
        aside = not self.roles(at + 2).keys().isdisjoint(("ago", "earlier", "before", "after", "ending"))
        if unit == 1 and not ordinal:
            # "Nine-month exports of 2025": the year stands apart, but it must stand somewhere.
            apart = self.dated and number < 12 and (self.gap(at + 1) == "-" or "spanning" in self.roles(at + 1))
            return (Part(1, number, "span", bare=apart), at + 2) if 1 < number <= 12 and not aside else None
        # "1. çeyrek" is written in figures; "iki çeyrek önce" counts.
        index = ordinal or (number if "digits" in roles and not aside else 0)
        if unit in (1, 3, 6) and 1 <= index <= 12 // unit:
            end = at + 3 if unit == 6 and self.unit(at + 2) == 12 and self._bare_unit(at + 2) else at + 2
            return Part((index - 1) * unit + 1, index * unit, GRAINS[unit], bare=unit > 1), end
        if ordinal and not unit:
            return self._elliptical(at, ordinal)
        return None

    def _bare_unit(self, at: int) -> bool:
        """True for the "year" of "half year", which belongs to the half."""
        return not self.atoms[at].gap.strip("-?") and not self.roles(at + 1).keys() & {"earlier", "ago", "before"}

    def _elliptical(self, at: int, ordinal: int) -> tuple[Part, int] | None:
        """The unit of "first, second and third quarter" stands behind the last."""
        behind = at + 1
        while True:
            step = self.over(behind, "and", "to", "versus", "the")
            if (step == behind and self.gap(behind) not in (",", "-", "/")) or "ordinal" not in self.roles(step):
                return None
            if (unit := self.unit(step + 1)) in (3, 6):
                break
            behind = step + 1
        if ordinal > 12 // unit:
            return None
        return Part((ordinal - 1) * unit + 1, ordinal * unit, GRAINS[unit]), at + 1

    def _unit_first(self, at: int, unit: int) -> tuple[Part, int] | None:
        """Quarter 1, "the month of March"."""
        if unit in (3, 6) and 1 <= (number := self.roles(at + 1).get("number", 0)) <= 12 // unit:
            return Part((number - 1) * unit + 1, number * unit, GRAINS[unit]), at + 2
        if unit == 1 and "spanning" not in self.roles(at):
            month = self.roles(self.over(at + 1, "of")).get("month", 0)
            return (Part(month, month, "month"), self.over(at + 1, "of") + 1) if month else None
        return None
