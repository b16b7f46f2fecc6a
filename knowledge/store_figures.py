"""What the store is asked of figures: observations, the official months, vintages, how far they reach."""

# ruff: noqa: S608 - the parts of statements are written in this module; every value is bound.

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Self

from knowledge.facts import WORLD, Observation
from knowledge.period import Period
from knowledge.sql import OBSERVATION, Where, observation
from knowledge.store_file import StoreFile, asks

OFFICIAL = "tim"
"""The official monthly series, as vintages.csv calls it."""


class Figures(StoreFile):
    """The figures of a store, as they are known now or were on a day."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._day = ""
        self._there: dict[str, bool] = {}

    def as_of(self, day: str) -> Self:
        """The same store as it was known at the end of a day (YYYY-MM-DD); the newest vintages for an empty one.

        It shares this one's connection. Figures by period answer for that day; coverage stays that of today.
        """
        other = copy(self)
        other._day = day  # noqa: SLF001 - the copy is another of this very class
        return other

    def _known(self, asked: Where) -> Where:
        """What was the current value on the day that this store looks from."""
        if not self._day:
            return asked.add("known_until = ''")
        return asked.add("known_from <= ? AND (known_until = '' OR known_until > ?)", self._day, self._day)

    @asks
    def observations(
        self,
        *,
        product: str | None = None,
        partner: str | None = None,
        exporter: str = "TUR",
        measure: str | None = "value",
        period: Period | None = None,
        within: Period | None = None,
        attributed_to: str | None = None,
        values: tuple[float, float] | None = None,
    ) -> list[Observation]:
        """Every current observation that fits, all sources, in order of period.

        `period` exactly, or any period `within` a span; `attributed_to` is an entity id or a name as the facts
        have it; `values` are the least and the most that its number may be. Name a product, a partner or a speaker:
        without any, all of the exporter's facts come.
        """
        asked = self._known(Where("exporter = ?", exporter))
        asked.equal("product", product).equal("partner", partner).equal("measure", measure)
        if period:
            asked.add("start_month = ? AND end_month = ?", period.start, period.end)
        if within:
            # That a period also starts before the end goes without saying, but it gives the index both its ends.
            asked.add("start_month BETWEEN ? AND ? AND end_month <= ?", within.start, within.end, within.end)
        if values is not None:
            asked.add("value BETWEEN ? AND ?", *values)
        if attributed_to is not None:
            asked.add(
                "attributed_to IN (SELECT attributed_to FROM attribution WHERE entity_id = ? UNION ALL SELECT ?)",
                attributed_to, attributed_to,
            )  # fmt: skip
        sql = f"SELECT {OBSERVATION} FROM observation {asked} ORDER BY start_month, end_month, observation_id"
        return [observation(row) for row in self._all(sql, *asked.values)]

    @asks
    def months(
        self,
        product: str,
        span: Period,
        *,
        partner: str | None = WORLD,
        exporter: str = "TUR",
        series: str = OFFICIAL,
    ) -> list[Observation]:
        """The official monthly series to one partner or to each, current vintage, in order.

        Months that are not there are absent.
        """
        asked = Where("series = ?", series).add("exporter = ?", exporter).equal("partner", partner)
        asked.add("product = ?", product)
        asked.add("start_month >= ? AND end_month <= ? AND end_month = start_month", span.start, span.end)
        self._known(asked).add("series <> ''")
        sql = f"SELECT {OBSERVATION} FROM observation {asked} ORDER BY start_month"
        return [observation(row) for row in self._all(sql, *asked.values)]

    @asks
    def has_series(self, series: str) -> bool:
        """True if there is anything of a series."""
        if series not in self._there:
            sql = "SELECT 1 FROM observation WHERE series = ? AND known_until = '' AND series <> '' LIMIT 1"
            self._there[series] = bool(self._all(sql, series))
        return self._there[series]

    @asks
    def earlier(self, observation_ids: Sequence[str]) -> list[Observation]:
        """The superseded vintages of these observations (same series and period), newest first."""
        sql = f"""
            SELECT {", ".join(f"old.{column}" for column in OBSERVATION.split(", "))}
            FROM observation AS new CROSS JOIN observation AS old
              ON old.series = new.series AND old.exporter = new.exporter AND old.partner = new.partner
              AND old.product = new.product AND old.start_month = new.start_month
              AND old.end_month = new.end_month AND old.measure = new.measure
            WHERE new.observation_id IN (SELECT value FROM json_each(?)) AND new.series <> ''
              AND old.known_until <> '' AND old.known_from < new.known_from
            ORDER BY old.known_from DESC, old.start_month, old.observation_id
            """
        return [observation(row) for row in self._all(sql, json.dumps(list(observation_ids)))]

    @asks
    def by_product(
        self, span: Period, level: str, *, exporter: str = "TUR", partner: str = WORLD, series: str = OFFICIAL
    ) -> list[tuple[str, float, float, int]]:
        """(product, sum of the official months in `span`, summed rounding step, months found), largest first.

        For the products of one level. Compare only those that have every month: `months found == len(span)`.
        """
        # CROSS JOIN keeps the order: a handful of products, then each one's months from the covering index.
        sql = """
            SELECT product.product_id, sum(value), sum(step), count(*)
            FROM product CROSS JOIN observation ON observation.product = product.product_id
            WHERE product.level = ? AND series = ? AND exporter = ? AND partner = ? AND start_month >= ?
              AND end_month <= ? AND end_month = start_month AND known_until = '' AND series <> ''
            GROUP BY product.product_id ORDER BY sum(value) DESC, product.product_id
            """
        return self._all(sql, level, series, exporter, partner, span.start, span.end)

    @asks
    def newest(self, product: str, partner: str = WORLD, exporter: str = "TUR") -> Period | None:
        """The latest month of the official series, else the latest period of any value observation; None if none.

        Of several periods with the same end the shortest counts as the latest.
        """
        sql = """
            SELECT last_start, last_end FROM coverage
            WHERE exporter = ? AND product = ? AND partner = ? AND measure = 'value'
            ORDER BY series = '', last_end DESC, last_start DESC LIMIT 1
            """
        return next((Period(*row) for row in self._all(sql, exporter, product, partner)), None)

    @asks
    def oldest(self, product: str, partner: str = WORLD, exporter: str = "TUR") -> Period | None:
        """The earliest, likewise."""
        sql = """
            SELECT first_start, first_end FROM coverage
            WHERE exporter = ? AND product = ? AND partner = ? AND measure = 'value'
            ORDER BY series = '', first_start, first_end LIMIT 1
            """
        return next((Period(*row) for row in self._all(sql, exporter, product, partner)), None)

    @asks
    def partners(self, product: str, exporter: str = "TUR") -> list[tuple[str, Period, Period, int]]:
        """(partner, first period, last period, count of value observations) for each partner but the world."""
        sql = """
            SELECT partner, first_start, first_end, last_start, last_end, observations FROM coverage
            WHERE exporter = ? AND product = ? AND partner <> ? AND measure = 'value' ORDER BY partner, series
            """
        found: dict[str, tuple[str, Period, Period, int]] = {}
        for partner, first_start, first_end, last_start, last_end, count in self._all(sql, exporter, product, WORLD):
            first, last = Period(first_start, first_end), Period(last_start, last_end)
            _, other_first, other_last, others = found.get(partner, (partner, first, last, 0))
            latest = max(last, other_last, key=lambda period: (period.end, period.start))
            found[partner] = (partner, min(first, other_first), latest, count + others)
        return list(found.values())

    @asks
    def newest_year(self, product: str, exporter: str, least: int) -> Period | None:
        """The newest calendar year that at least so many value observations to partners speak of; None if none is."""
        reach = "SELECT min(first_start), max(last_end) FROM coverage WHERE exporter = ? AND product = ?"
        first, last = self._all(f"{reach} AND partner <> ? AND measure = 'value'", exporter, product, WORLD)[0]
        for year in range(last // 12, first // 12 - 1, -1) if last is not None else ():
            asked = self._known(Where("exporter = ? AND product = ?", exporter, product)).add("measure = 'value'")
            asked.add("partner <> ? AND start_month = ? AND end_month = ?", WORLD, year * 12, year * 12 + 11)
            if self._all(f"SELECT count(*) FROM observation {asked}", *asked.values)[0][0] >= least:
                return Period.year(year)
        return None

    @asks
    def remarks(
        self, product: str, period: Period, partner: str = WORLD, exporter: str = "TUR"
    ) -> list[tuple[str, str]]:
        """(remark, source id) that a curator made on the figure of exactly this period."""
        sql = """
            SELECT text, source_id FROM remark
            WHERE exporter = ? AND product = ? AND partner = ? AND start_month = ? AND end_month = ?
            """
        return self._all(sql, exporter, product, partner, period.start, period.end)
