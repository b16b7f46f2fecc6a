"""A misspelt name among many: what is looked at are a few of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

import pytest
from sqlite_utils import Database

from knowledge.name_book import NameBook
from knowledge.name_index import index_words
from knowledge.names import Speller
from knowledge.schema import create_tables
from knowledge.slips import can_slip
from knowledge.text import folds
from tests.bench.generated import names

COUNT = 6_000
MOST = 0.05
"""Of all the words, for one that is misspelt."""


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """A store with many names."""
    with closing(sqlite3.connect(":memory:")) as opened:
        create_tables(Database(opened))
        rows = {(" ".join(folds(name)), kind, one) for one, kind, name, _ in names(COUNT)}
        opened.executemany("INSERT INTO name (language, fold, kind, id) VALUES ('', ?, ?, ?)", sorted(rows))
        index_words(opened)
        yield opened


@pytest.fixture
def book(connection: sqlite3.Connection) -> NameBook:
    """Its names."""

    def ask(sql: str, *values: object) -> list[Any]:
        return connection.execute(sql, values).fetchall()

    return NameBook(ask, "en")


def test_few_of_many_words_are_looked_at(connection: sqlite3.Connection, book: NameBook) -> None:
    """And the right one is among them."""
    words = [word for (word,) in connection.execute("SELECT word FROM name_word ORDER BY word") if can_slip(word)]
    assert len(words) > COUNT // 2
    speller = Speller((), frozenset(), book)
    for word in islice(words, 0, None, 50):
        misspelt = f"{word[:2]}{word[3]}{word[2]}{word[4:]}" if word[2] != word[3] else f"{word}x"
        looked_at = sum(map(len, book.near(misspelt)))
        assert 0 < looked_at <= MOST * len(words), misspelt
        assert word in book.near(misspelt)[0]
        assert misspelt in words or speller.near(misspelt), misspelt


def test_no_look_up_reads_a_whole_table(connection: sqlite3.Connection) -> None:
    """Every question that is asked of the names while a text is read finds its rows by an index."""
    plans: list[str] = []

    def ask(sql: str, *values: object) -> list[Any]:
        plans.extend(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values))
        return connection.execute(sql, values).fetchall()

    book = NameBook(ask, "en")
    plans.clear()  # the first words of all names are read once, when the store is opened
    (first, *_), *_ = connection.execute("SELECT fold FROM name WHERE fold LIKE '% %' LIMIT 1").fetchall()
    assert book.named(first)
    book.has_word("somewrd")
    book.near("somewrd")
    list(book.beginning("so"))
    assert plans
    assert not [step for step in plans if step.startswith("SCAN") and "json_each" not in step]
