"""Points joined to ranges: with both ends, or with one end open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.datepoints import Reader
from knowledge.datetokens import EARLIEST, UNSAID
from knowledge.dateyears import Part, Point
from knowledge.period import Period
from knowledge.question import Anchor, When

_LEADS = ("between", "from", "since", "until", "before", "after")


@dataclass(slots=True)
class Item:
    """One expression, from atom `begin` up to `end`."""

    begin: int
    end: int
    period: Period | None
    grain: str
    anchor: Anchor | None = None
    day: str = ""
    relative: str = ""
    part: Part | None = None
    """The months of the year, where they lie in one: what a list can share."""
    whole: bool = False
    """True for "all of 2021", which takes no part from its neighbour."""
    ends: tuple[When, ...] = ()
    """Both ends of a range, as said."""
    shift: int = 0
    """Months from the other period to this one ("two years earlier")."""
    apart: bool = False
    """True for a year whose part is said after it, with other words between: "how much of 2025 came in December"."""
    year_first: bool = False
    """True for "2022 Q1", whose part the years before it share ("2021 and 2022 Q1")."""

    def starting(self, begin: int) -> Item:
        """The same, with words in front."""
        return replace(self, begin=begin)


class Ranges:
    """Reads ranges; the base of the finder in `knowledge.dates`."""

    def __init__(self, reader: Reader) -> None:
        """Read with `reader`."""
        self.reader = reader
        self._comparing = any("compare" in atom.roles for atom in reader.atoms)

    def behind_year(self, point: Point, begin: int) -> Item | None:
        """What may follow a year and change its sense; see `knowledge.dates`."""
        raise NotImplementedError

    def range(self, at: int) -> Item | None:
        """A point, or a range that begins with one or with a word like "from"."""
        reader = self.reader
        for lead in _LEADS:
            if lead in reader.roles(at):
                point = reader.point(reader.over(at + 1, "of", "the"))
                if point and (found := self._led(lead, at, point)):
                    return found
        if reader.unit(at) == 12 and (part := reader.part(at + 1)) and not reader.year(part[1]):
            # "The year's first quarter", "yılın ilk çeyreği".
            return Item(at, part[1], None, part[0].grain, part=part[0])
        point = reader.point(at)
        return self._plain(point) if point else self._whole_year(at)

    def _led(self, lead: str, begin: int, point: Point) -> Item | None:
        if lead == "between" and self._comparing:
            # "The difference between 2020 and 2021" asks for both, not for what lies between.
            return self._item(point).starting(begin)
        if lead == "between":
            behind = self.reader.over(point.end, "and", "to", "versus")
            if behind == point.end and self.reader.gap(point.end) not in ("-", UNSAID):
                return None
            second = self.reader.point(self.reader.over(behind, "of", "the"))
            found = self._joined(point, second) if second else None
            return found.starting(begin) if found else None
        if lead == "from":
            if found := self._continued(point, led=True):
                return found.starting(begin)
            if "since_after" in self.reader.roles(point.end):
                return self._open("since", begin, point.end + 1, point)
            since = self.reader.words.from_is_since and not self._comparing
            return self._open("since", begin, point.end, point) if since else None
        # "Until 2021 to 2023" is no end but a range.
        if self._continued(point, led=False):
            return None
        return self._open(lead, begin, point.end, point)

    def _plain(self, point: Point) -> Item | None:
        reader, end = self.reader, point.end
        if found := self._continued(point, led=False):
            return found
        roles = reader.roles(end)
        for role in ("since", "until", "before", "after"):
            if f"{role}_after" in roles and not ("of" in roles and role == "since") and self._dative(role, point):
                if (
                    point.year is not None
                    and not point.part
                    and role in ("before", "after")
                    and reader.unit(end + 1) == 12
                ):
                    # "2020'den önceki yıl" is one year.
                    beside = point.year + (1 if role == "after" else -1)
                    return Item(point.begin, end + 2, Period.year(beside), "year")
                return self._open(role, point.begin, end + 1, point)
        if point.year is not None and not point.run and ("to_date" in roles or "ytd" in roles):
            if "ytd" in roles or point.year == reader.today.year:
                return self.year_to_date(point.begin, end + 1, point.year)
            return self._open("since", point.begin, end + 1, point)
        return self.behind_year(point, point.begin) or self._item(point)

    def _dative(self, role: str, point: Point) -> bool:
        """False for "2024 kadar", as much as in 2024, which lacks the ending of "2024'e kadar"."""
        roles = self.reader.roles(point.end - 1)
        return role != "until" or "to_case" in roles or "year" not in roles or not self.reader.words.suffixes["to"]

    def _item(self, point: Point) -> Item:
        return Item(
            point.begin, point.end, point.period, point.grain, None, point.day, point.relative, point.part, point.whole,
            year_first=point.year_first,
        )  # fmt: skip

    def _whole_year(self, at: int) -> Item | None:
        """The whole year, with no year said."""
        reader = self.reader
        if {"whole", "whole_after"} <= reader.roles(at).keys():
            return Item(at, at + 1, None, "year", part=Part(1, 12, "year"), whole=True)
        behind = reader.over(at + 1, "of", "the")
        if "whole" not in reader.roles(at) or reader.unit(behind) != 12 or reader.roles(behind + 1).get("unit"):
            return None
        return Item(at, behind + 1, None, "year", part=Part(1, 12, "year"), whole=True)

    def year_to_date(self, begin: int, end: int, year: int) -> Item:
        """January to today's month of a year."""
        today = self.reader.today
        return Item(begin, end, Period(year * 12, year * 12 + today.month - 1), "to_date")

    def _continued(self, first: Point, *, led: bool) -> Item | None:
        """The range that goes on behind a point: with "to", a dash, or case endings."""
        reader, at = self.reader, first.end
        roles = reader.roles(at)
        if "to" in roles and (led or not self._comparing):
            behind = reader.over(at + 1, "of", "the")
            if "now" in reader.roles(behind):
                return self._open("since", first.begin, behind + 1, first)
            second = reader.point(behind)
            return self._joined(first, second) or (self._backwards(first, second) if led else None) if second else None
        if "now" in roles and "from_case" in reader.roles(at - 1):
            return self._open("since", first.begin, at + 1, first)
        second = reader.point(at)
        if not second:
            if "between_after" in reader.roles(at) and first.run:
                return replace(self._item(first), end=at + 1)
            return self._closed_list(first)
        gap = reader.gap(at)
        alike = bool(first.part) == bool(second.part)
        # "jan apr 2021" has lost its dash; "2020 2021" is more likely a list.
        months = gap == "" and first.year is None and first.grain == second.grain == "month"
        bare = first.year is None or (not first.part and reader.atoms[at - 1].first == reader.atoms[at - 1].last)
        unsaid = gap == UNSAID and bare
        if gap == "-" or (gap == "/" and not first.part) or (alike and (unsaid or months)):
            found = self._joined(first, second)
            if found and reader.roles(found.end).keys() & {"between_after", "until_after"}:
                found = self._with_year(replace(found, end=found.end + 1))
            return found
        closed = "until_after" in reader.roles(second.end)
        cases = "from_case" in reader.roles(at - 1) and "to_case" in reader.roles(second.end - 1)
        if closed or cases:
            found = self._joined(first, second)
            return self._with_year(replace(found, end=found.end + closed)) if found else None
        return None

    def _with_year(self, item: Item) -> Item:
        """A range with the year behind it, where its words end with another than the second point."""
        year = self.reader.year(item.end) if item.period is None and item.part else None
        if not year or not year.number or year.run or not item.part:
            return item
        return replace(item, end=year.end, period=item.part.of(year.number))

    def _closed_list(self, first: Point) -> Item | None:
        """2019 ve 2021 arasında: the word that makes it a range stands behind."""
        reader = self.reader
        behind = reader.over(first.end, "and", "versus")
        second = reader.point(behind) if behind > first.end else None
        if not second or "between_after" not in reader.roles(second.end):
            return None
        found = self._joined(first, second)
        return replace(found, end=found.end + 1) if found else None

    def _joined(self, first: Point, second: Point) -> Item | None:
        """The range between two points; the one without a year takes it from the other."""
        if first.relative or second.relative or first.run or second.run:
            return None
        if first.year is None and second.year is None:
            if not first.part or not second.part:
                return None
            part = Part(first.part.first, second.part.last, "span")
            if part.first > part.last and first.grain != "month":
                return None
            return Item(first.begin, second.end, None, "span", part=part)
        if first.year is None and first.part and second.year is not None and second.part:
            year = second.year - (first.part.first > second.part.last)
            first = replace(first, year=year)
        if second.year is None and second.part and first.year is not None and first.part:
            year = first.year + (second.part.last < first.part.first)
            second = replace(second, year=year)
        start, end = first.period, second.period
        if not start or not end or start.start > end.end or start == end:
            return None
        period = Period(start.start, end.end)
        part = Part(period.first_month, period.last_month, "span")
        inside = period.first_year == period.last_year and (first.part or second.part)
        ends = (When(start, day=first.day, grain=first.grain), When(end, day=second.day, grain=second.grain))
        return Item(first.begin, second.end, period, "span", part=part if inside else None, ends=ends)

    @staticmethod
    def _backwards(first: Point, second: Point) -> Item | None:
        """From June 2025 to June 2024: two ends, and no period between them."""
        start, end = first.period, second.period
        if not start or not end or start.start <= end.start or first.run or second.run:
            return None
        ends = (When(start, day=first.day, grain=first.grain), When(end, day=second.day, grain=second.grain))
        return Item(first.begin, second.end, None, "backwards", ends=ends)

    def _open(self, way: str, begin: int, end: int, point: Point) -> Item | None:
        """Since, after, until, before a point."""
        now = self.reader.month
        grain = "since" if way in ("since", "after") else "until"
        end += grain == "since" and "to_date" in self.reader.roles(end)
        if point.relative:
            return Item(begin, end, None, grain, relative=point.relative)
        period = point.period
        if not period and point.part:
            # "Since March" is the last March that has begun.
            period = point.part.of(self.reader.today.year)
            period = point.part.of(self.reader.today.year - 1) if period.start > now else period
        if not period:
            return None
        if grain == "since":
            start = period.start if way == "since" else period.end + 1
            return Item(begin, end, Period(start, max(start, now)), grain)
        last = period.end if way == "until" else period.start - 1
        return Item(begin, end, Period(EARLIEST * 12, last), grain) if last >= EARLIEST * 12 else None
