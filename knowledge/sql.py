"""Rows of the store to facts, conditions to SQL, and the look at a file before SQLite gets it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.errors import StoreError
from knowledge.facts import Day, Entity, Event, Observation
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.schema import TABLES

_HEADER = b"SQLite format 3\0"


class Where:
    """Grows the conditions of a query together with their values."""

    def __init__(self, condition: str = "", *values: object) -> None:
        self._conditions = [condition] if condition else []
        self.values = list(values)

    def add(self, condition: str, *values: object) -> Where:
        """One condition more, with the values for its question marks."""
        self._conditions.append(condition)
        self.values += values
        return self

    def equal(self, column: str, value: str | None) -> Where:
        """That a column has a value, unless that is None."""
        return self if value is None else self.add(f"{column} = ?", value)

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


def columns(table: str) -> str:
    """The columns of a table as a query lists them."""
    return ", ".join(TABLES[table].columns)


OBSERVATION = columns("observation")
EVENT = columns("event")
ENTITY = columns("entity")


def observation(row: Sequence[Any]) -> Observation:
    """A row of OBSERVATION."""
    (
        observation_id, exporter, partner, product, _, start, end, measure, value, low, high, unit, qualifier, step,
        attributed_to, source_id, note, _, known_from, known_until,
    ) = row  # fmt: skip
    return Observation(
        observation_id, exporter, partner, product, Period(start, end), measure,
        Quantity(value, low, high, unit, qualifier, step), attributed_to, source_id, note, known_from, known_until,
    )  # fmt: skip


def event(row: Sequence[Any]) -> Event:
    """A row of EVENT."""
    (
        event_id, kind, buyer, supplier_country, supplier, system, quantity, quantity_step, qualifier, value,
        value_step, unit, day, _, _, certainty, attributed_to, source_id, note,
    ) = row  # fmt: skip
    return Event(
        event_id, kind, buyer, supplier_country, supplier, system,
        None if quantity is None else Quantity.reported(quantity, "items", quantity_step, qualifier),
        None if value is None else Quantity.reported(value, unit, value_step),
        Day(day), certainty, attributed_to, source_id, note,
    )  # fmt: skip


def entity(row: Sequence[Any]) -> Entity:
    """A row of ENTITY."""
    entity_id, kind, name, aliases, description, source_id = row
    return Entity(entity_id, kind, name, tuple(aliases.split("|")) if aliases else (), description, source_id)


def check_file(path: Path) -> None:
    """See that the file is there, is SQLite's and is as long as its header says: cheap at any size."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise StoreError(f"there is no fact store at {path} ({error.strerror}): build it") from error
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if not header.startswith(_HEADER) or size != pages * (65536 if page == 1 else page):
        raise StoreError(f"the fact store {path} is damaged: build it again")
