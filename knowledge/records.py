"""Facts to the rows of the store's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge.facts import Day, Observation
from knowledge.folder import Fingerprint
from knowledge.gathered import Facts
from knowledge.links import Directory, names_of
from knowledge.name_book import spellings
from knowledge.period import Period
from knowledge.registers import laid

Value = str | int | float | None
Record = Sequence[Value]


def records(facts: Facts, files: Sequence[Fingerprint]) -> Iterator[tuple[str, Sequence[Record]]]:
    """Each table with its rows, in an order in which a foreign key finds what it points to."""
    # Imported here for the same reason as sqlite-utils: it reads the names of the world's countries.
    from knowledge import countries  # noqa: PLC0415

    directory, slugs = Directory(facts.entities), facts.tim_slugs
    known = facts.countries.values()
    yield "file", files
    yield (
        "source",
        [
            (one.source_id, one.publisher, one.title, one.url, one.published, one.language, one.kind)
            for one in facts.sources.values()
        ],
    )
    yield "country", [(one.country, one.territory) for one in known]
    yield "country_label", list(countries.labels(known))
    yield (
        "product",
        [
            (one.product_id, one.level, one.parent or None, one.label, one.official, slugs.get(one.product_id, ""))
            for one in facts.products.values()
        ],
    )
    yield (
        "observation",
        [
            *(observation_record(one, "") for one in facts.observations),
            *(observation_record(one, series) for series, vintages in facts.series.items() for one in vintages),
        ],
    )
    yield (
        "remark",
        [
            (one.exporter, one.partner, one.product, one.period.start, one.period.end, one.text, one.source_id)
            for one in facts.remarks
        ],
    )
    yield (
        "entity",
        [
            (one.entity_id, one.kind, one.name, "|".join(one.aliases), one.description, one.source_id)
            for one in facts.entities
        ],
    )
    yield "event", [
        (
            one.event_id, one.kind, one.buyer, one.supplier_country, one.supplier, one.system,
            one.quantity.value if one.quantity else None, one.quantity.step if one.quantity else 0.0,
            one.quantity.qualifier if one.quantity else "unknown", one.value.value if one.value else None,
            one.value.step if one.value else 0.0, one.value.unit if one.value else "",
            one.date.code, *_span(one.date), one.certainty, one.attributed_to, one.source_id, one.note,
        )
        for one in facts.events
    ]  # fmt: skip
    yield (
        "event_entity",
        [
            (role, entity_id, event.event_id)
            for event in facts.events
            for role, text, kinds in (
                ("system", event.system, ("system", "conflict")),
                ("supplier", event.supplier, ("company", "organisation")),
            )
            for entity_id in directory.links(text, kinds, keep_parts=True)
        ],
    )
    yield "statement", [
        (
            one.statement_id, one.speaker, one.role, one.topic, one.date.code, *_span(one.date), one.summary,
            one.source_id,
        )
        for one in facts.statements
    ]  # fmt: skip
    yield (
        "statement_entity",
        [
            (entity_id, one.statement_id)
            for one in facts.statements
            for entity_id in directory.links(one.speaker, ("person", "organisation", "company"))
        ],
    )
    yield "deal", list(laid(facts))
    yield (
        "name",
        sorted(
            {(language, name, "country", code) for language, name, code in countries.names(known, facts.country_names)}
            | {
                ("", spelling, _kind(one.kind), one.entity_id)
                for one in facts.entities
                for name in names_of(one)
                for spelling in spellings(name, one.kind)
            }
        ),
    )


def attributions(facts: Facts, said: Iterable[str]) -> list[Record]:
    """Whom the names under which observations are quoted mean."""
    directory = Directory(facts.entities)
    return [
        (entity_id, name)
        for name in sorted(said)
        for entity_id in directory.links(name, ("organisation", "company", "person"))
    ]


def _kind(kind: str) -> str:
    """The kind of name; a group of countries is asked about like an organisation."""
    return "organisation" if kind == "country_group" else kind


def observation_record(one: Observation, series: str) -> Record:
    """A row of the table of observations; `series` is empty for a single report."""
    number = one.quantity
    return (
        one.observation_id, one.exporter, one.partner, one.product, str(one.period), one.period.start, one.period.end,
        one.measure, number.value, number.low, number.high, number.unit, number.qualifier, number.step,
        one.attributed_to, one.source_id, one.note, series, one.known_from, one.known_until,
    )  # fmt: skip


def _span(day: Day) -> tuple[int, int]:
    """The first and the last month that a date can mean."""
    return Period.parse(day.first[:7]).start, Period.parse(day.last[:7]).end
