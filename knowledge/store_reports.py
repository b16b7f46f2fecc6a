"""What the store is asked of reports: events of procurement, and what was said."""

# ruff: noqa: S608 - the parts of statements are written in this module; every value is bound.

from __future__ import annotations

from collections.abc import Iterable

from knowledge.facts import Day, Event, Statement
from knowledge.period import Period
from knowledge.sql import EVENT, Where, event
from knowledge.store_file import StoreFile, asks


class Reports(StoreFile):
    """The events and statements of a store."""

    @asks
    def events(
        self,
        *,
        buyer: str | None = None,
        supplier_country: str | None = None,
        supplier: str | None = None,
        system: str | None = None,
        kinds: Iterable[str] = (),
        within: Period | None = None,
        touching: Period | None = None,
    ) -> list[Event]:
        """Event reports that fit, by date; `system` and `supplier` are entity ids, matched also inside joint rows.

        What has no entity has an id of its words, such as `text:armed-uav`. `within`: every day that the event
        can have been on lies in the span; `touching`: some day does.
        """
        asked = Where().equal("buyer", buyer).equal("supplier_country", supplier_country)
        for role, entity_id in (("system", system), ("supplier", supplier)):
            if entity_id is not None:
                asked.add(
                    "event_id IN (SELECT event_id FROM event_entity WHERE role = ? AND entity_id = ?)", role, entity_id
                )
        wanted = tuple(kinds)
        if wanted:
            asked.add(f"kind IN ({', '.join('?' * len(wanted))})", *wanted)
        if within:
            asked.add("first_month BETWEEN ? AND ? AND last_month <= ?", within.start, within.end, within.end)
        if touching:
            asked.add("first_month <= ? AND last_month >= ?", touching.end, touching.start)
        sql = f"SELECT {EVENT} FROM event {asked} ORDER BY first_month, date, event_id"
        return [event(row) for row in self._all(sql, *asked.values)]

    @asks
    def entities_of(self, event_id: str) -> list[tuple[str, str]]:
        """(role, entity id) that an event is linked to; role is system or supplier."""
        return self._all("SELECT role, entity_id FROM event_entity WHERE event_id = ? ORDER BY role DESC", event_id)

    @asks
    def statements(self, speaker: str | None = None) -> list[Statement]:
        """All statements, or those of one speaker by entity id, by date."""
        asked = Where()
        if speaker is not None:
            asked.add("statement_id IN (SELECT statement_id FROM statement_entity WHERE entity_id = ?)", speaker)
        sql = f"""
            SELECT statement_id, speaker, role, topic, date, summary, source_id FROM statement {asked}
            ORDER BY first_month, date, statement_id
            """
        return [
            Statement(statement_id, name, role, topic, Day(day), summary, source_id)
            for statement_id, name, role, topic, day, summary, source_id in self._all(sql, *asked.values)
        ]
