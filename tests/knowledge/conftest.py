"""What the tests of the library share: one desk over the shipped facts, and the parts it is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.answers.desk_view import View
from knowledge.desk import Desk, Reply
from knowledge.grammar import Grammar
from knowledge.store import Store
from knowledge.topics import Topics, load_topics
from knowledge.understand import Reader
from knowledge.wording import Wording
from tests.conftest import TODAY

Ask = Callable[..., Reply]
"""Asks one question after the other in one conversation; the last one's reply."""


@pytest.fixture(scope="session")
def desk(store_path: Path) -> Desk:
    """The desk over the shipped facts, on the day of the tests."""
    return Desk(store_path.parent, lambda: TODAY)


@pytest.fixture(scope="session")
def ask(desk: Desk) -> Ask:
    """Ask the desk; several texts are one conversation."""

    def asked(*texts: str) -> Reply:
        reply = desk.ask_now(texts[0])
        for text in texts[1:]:
            reply = desk.ask_now(text, reply.conversation)
        return reply

    return asked


@pytest.fixture(scope="session")
def view(store: Store) -> View:
    """What answerers look at."""
    return View(store, TODAY)


@pytest.fixture(scope="session")
def grammar(store: Store) -> Grammar:
    """English, with the names of the store."""
    return Grammar.load("en", store.names("en"))


@pytest.fixture(scope="session")
def topics(store: Store) -> Topics:
    """The shipped rules."""
    return load_topics(store)


@pytest.fixture(scope="session")
def reader(grammar: Grammar, topics: Topics) -> Reader:
    """Reads English questions."""
    return Reader(grammar, topics)


@pytest.fixture(scope="session")
def wording(store: Store) -> Wording:
    """Words answers in English."""
    return Wording("en", store)


@pytest.fixture(scope="session")
def store_products(store: Store) -> frozenset[str]:
    """The ids of every product of the store, parts and companies included."""
    return frozenset(product.product_id for product in store.products())
