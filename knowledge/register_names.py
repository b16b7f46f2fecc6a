"""What a register of deals is asked by, put into a new store: its parties, its designations, its classes.

A store without a register gets none of this, so that its names stay what they are.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from knowledge import register_kinds
from knowledge.designations import Book
from knowledge.links import folded
from knowledge.parties import label, names_of, party_id
from knowledge.readers import LANGUAGES

_ALIASES = Path(__file__).parent / "data" / "register_aliases.csv"
"""What the press calls by other names (mostly NATO's) than the register prints."""
SYSTEM = "sipri:"
"""What begins the id of a system that only a register knows; behind it stands its name as printed."""


def derive(connection: sqlite3.Connection) -> None:
    """Fill the tables that are worked out from the deals of a store that is being built."""
    designations = [name for (name,) in connection.execute("SELECT DISTINCT designation FROM deal")]
    if not designations:
        return
    _parties(connection)
    book = Book.of(designations)
    with _ALIASES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            book.also(row["name"], row["printed"])
    connection.executemany(
        "INSERT INTO system_key VALUES (?, ?, ?, ?)",
        (
            (key, designation, root, book.labels[key])
            for key, found in book.systems.items()
            for designation, root in found.items()
        ),
    )
    _names(connection, _system_names(book))
    _names(connection, ((fold, "class", class_id, "en") for fold, class_id in register_kinds.names()))


def _parties(connection: sqlite3.Connection) -> None:
    printed = connection.execute(
        "SELECT recipient, recipient_name FROM deal UNION SELECT supplier, supplier_name FROM deal ORDER BY 1, 2"
    ).fetchall()
    parties = [(party_id(code, name), name) for code, name in printed]
    connection.executemany("INSERT INTO party VALUES (?, ?)", parties)
    strangers = {party: name for party, name in reversed(parties) if party.startswith(SYSTEM)}
    connection.executemany("INSERT INTO country VALUES (?, '')", ((party,) for party in sorted(strangers)))
    connection.executemany(
        "INSERT INTO country_label VALUES (?, ?, ?)",
        ((language, party, label(name)) for party, name in strangers.items() for language in LANGUAGES),
    )
    there = {party for party, _ in parties}
    _names(connection, ((fold, "country", party, "en") for fold, party in names_of(parties) if party in there))


def _system_names(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Each name as a key and as it is written: its single words must not pass for slips of the pen."""
    for key, printed in book.labels.items():
        for fold in dict.fromkeys((key, folded(printed))):
            yield fold, "system", SYSTEM + printed, ""


def _names(connection: sqlite3.Connection, rows: Iterator[tuple[str, str, str, str]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO name (fold, kind, id, language) VALUES (?, ?, ?, ?)", (row for row in rows if row[0])
    )
