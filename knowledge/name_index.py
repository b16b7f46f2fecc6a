"""The words of all names, put into a new store, with what they are found by when they are misspelt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from knowledge.name_book import REGISTERED
from knowledge.slips import can_slip, slips


def index_words(connection: sqlite3.Connection) -> None:
    """Fill the tables that are worked out from the names of a store that is being built."""
    connection.execute("CREATE TEMP TABLE said (language TEXT, word TEXT, rare INTEGER, id TEXT)")
    connection.execute("CREATE TEMP TABLE word (language TEXT, word TEXT, rare INTEGER, things INTEGER)")
    connection.execute("CREATE TEMP TABLE slip (language TEXT, slip TEXT, rare INTEGER, word TEXT)")
    try:
        connection.executemany("INSERT INTO temp.said VALUES (?, ?, ?, ?)", _words(connection))
        connection.execute(
            """
            INSERT INTO temp.word SELECT language, word, min(rare), count(DISTINCT CASE WHEN NOT rare THEN id END)
            FROM temp.said GROUP BY language, word
            """
        )
        connection.execute("INSERT INTO name_word SELECT language, word, things FROM temp.word")
        connection.executemany("INSERT INTO temp.slip VALUES (?, ?, ?, ?)", _slips(connection))
        connection.execute(
            """
            INSERT INTO name_slip SELECT language, slip, rare, group_concat(word, ' ') FROM temp.slip
            GROUP BY language, slip, rare
            """
        )
    finally:
        connection.execute("DROP TABLE temp.slip")
        connection.execute("DROP TABLE temp.word")
        connection.execute("DROP TABLE temp.said")


def _words(connection: sqlite3.Connection) -> Iterator[tuple[str, str, bool, str]]:
    for language, fold, identity in connection.execute("SELECT language, fold, id FROM name"):
        for word in fold.split(" "):
            yield language, word, identity.startswith(REGISTERED), identity


def _slips(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int, str]]:
    for language, word, rare in connection.execute("SELECT language, word, rare FROM temp.word"):
        if can_slip(word):
            for slip in slips(word):
                yield language, slip, rare, word
