"""Lays the vintages of a series over each other inside the store, however many rows they have.

A vintage is a claim about flows and periods: a figure, or that there is none. In the order in which they became
known, a claim that repeats the one before it is left out, and each of the others ends where the next begins.
"""

# ruff: noqa: S608 - the parts of statements are written in this module; every value is bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from knowledge.bulk import Withdrawn
from knowledge.period import Period

_KEY = "exporter, partner, product, start_month, end_month, measure, unit"
_ORDER = f"PARTITION BY {_KEY} ORDER BY known_from, place"


class Laid(NamedTuple):
    """A vintage that is in the store."""

    series: str
    source_id: str
    known_from: str
    exporter: str
    """Empty for all."""
    partner: str
    covers: Period | None
    """The periods of which it says all. None: what it does not speak of stayed as its folder had it before."""
    first: int
    """The largest rowid before its folder was in."""
    last: int
    """The largest rowid when it was in."""


def lay(connection: sqlite3.Connection, series: str, vintages: Sequence[Laid], withdrawn: Iterable[Withdrawn]) -> None:
    """Date every figure of one series, given all its vintages in the order in which they came in."""
    connection.execute(
        """
        CREATE TEMP TABLE claim (
            row INTEGER, copied INTEGER, exporter TEXT, partner TEXT, product TEXT, start_month INTEGER,
            end_month INTEGER, measure TEXT, unit TEXT, value REAL, source_id TEXT, known_from TEXT, place INTEGER
        )
        """
    )
    try:
        _claim(connection, series, vintages, withdrawn)
        connection.execute(f"CREATE INDEX temp.claim_key ON claim ({_KEY}, source_id)")
        for vintage in vintages:
            if vintage.covers:
                _take_back(connection, vintage, vintage.covers)
            else:
                _restate(connection, vintage)
        _date(connection)
    finally:
        connection.execute("DROP TABLE temp.claim")


def _claim(
    connection: sqlite3.Connection, series: str, vintages: Sequence[Laid], withdrawn: Iterable[Withdrawn]
) -> None:
    """Collect what is in the store and what was taken back."""
    connection.execute(
        f"""
        INSERT INTO claim SELECT rowid, NULL, {_KEY}, value, source_id, known_from, rowid
        FROM observation WHERE series = ? AND series <> ''
        """,
        (series,),
    )
    # What ended before came to an end then, unless another figure began: that one is placed behind.
    connection.execute(
        f"""
        INSERT INTO claim SELECT NULL, NULL, {_KEY}, NULL, '', known_until, 0
        FROM observation WHERE series = ? AND series <> '' AND known_until <> ''
        """,
        (series,),
    )
    last = {vintage.source_id: vintage.last for vintage in vintages}
    connection.executemany(
        f"""
        INSERT INTO claim SELECT DISTINCT NULL, NULL, {_KEY}, NULL, :source_id, :known_from, :place
        FROM observation
        WHERE series = :series AND exporter = :exporter AND partner = :partner AND product = :product
          AND start_month = :start_month AND end_month = :end_month AND measure = :measure
        """,
        [one._asdict() | {"place": last[one.source_id]} for one in withdrawn if one.series == series],
    )


def _take_back(connection: sqlite3.Connection, vintage: Laid, covers: Period) -> None:
    """A vintage that says all of some periods takes back what it does not speak of."""
    connection.execute(
        f"""
        INSERT INTO claim
        SELECT DISTINCT NULL, NULL, {_KEY}, NULL, :source_id, :known_from, :place FROM claim AS old
        WHERE (known_from < :known_from OR known_from = :known_from AND place <= :place) AND value IS NOT NULL
          AND start_month >= :start AND end_month <= :end
          AND :exporter IN ('', exporter) AND :partner IN ('', partner)
          AND NOT EXISTS (
              SELECT 1 FROM claim AS new WHERE new.source_id = :source_id AND {_same("new", "old")}
          )
        """,
        {
            "source_id": vintage.source_id, "known_from": vintage.known_from, "place": vintage.last,
            "start": covers.start, "end": covers.end, "exporter": vintage.exporter, "partner": vintage.partner,
        },
    )  # fmt: skip


def _restate(connection: sqlite3.Connection, vintage: Laid) -> None:
    """A vintage that tells only differences says again what its folder said before.

    That matters where a vintage of another folder comes in between with something else.
    """
    connection.execute(
        f"""
        INSERT INTO claim
        SELECT NULL, row, {_KEY}, value, :source_id, :known_from, place FROM claim AS old
        WHERE row IS NOT NULL AND place > :first AND place <= :last AND known_from < :known_from
          AND NOT EXISTS (
              SELECT 1 FROM claim AS next
              WHERE {_same("next", "old")} AND next.place > :first AND next.place <= :last
                AND next.known_from > old.known_from AND next.known_from <= :known_from
          )
          AND EXISTS (
              SELECT 1 FROM claim AS other
              WHERE {_same("other", "old")} AND NOT (other.place > :first AND other.place <= :last)
                AND other.known_from < :known_from AND other.known_from >= old.known_from
          )
        """,
        {
            "source_id": vintage.source_id,
            "known_from": vintage.known_from,
            "first": vintage.first,
            "last": vintage.last,
        },
    )


def _date(connection: sqlite3.Connection) -> None:
    """Leave out what only repeats, and let each claim end where the next begins."""
    connection.execute(
        f"""
        CREATE TEMP TABLE kept AS SELECT * FROM (
            SELECT *, lag(value) OVER (PARTITION BY {_KEY} ORDER BY known_from, place) AS before FROM claim
        ) WHERE value IS NOT before
        """
    )
    try:
        connection.execute(
            """
            INSERT INTO observation
            SELECT kept.source_id || ':' || old.observation_id, old.exporter, old.partner, old.product, period,
                   old.start_month, old.end_month, old.measure, old.value, low, high, old.unit, qualifier, step,
                   attributed_to, kept.source_id, note, series, kept.known_from, ''
            FROM kept JOIN observation AS old ON old.rowid = kept.copied WHERE kept.copied IS NOT NULL
            """
        )
        connection.execute(
            """
            UPDATE kept SET row = (
                SELECT new.rowid FROM observation AS old JOIN observation AS new
                  ON new.observation_id = kept.source_id || ':' || old.observation_id WHERE old.rowid = kept.copied
            ) WHERE copied IS NOT NULL
            """
        )
        connection.execute(
            f"""
            UPDATE observation SET known_until = dated.until FROM (
                SELECT row, coalesce(lead(known_from) OVER ({_ORDER}), '') AS until FROM kept
            ) AS dated WHERE observation.rowid = dated.row AND observation.known_until <> dated.until
            """
        )
        connection.execute(
            """
            DELETE FROM observation WHERE rowid IN (
                SELECT row FROM claim WHERE row IS NOT NULL EXCEPT SELECT row FROM kept
            )
            """
        )
    finally:
        connection.execute("DROP TABLE temp.kept")


def _same(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in _KEY.split(", "))
