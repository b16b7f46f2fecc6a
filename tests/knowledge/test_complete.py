"""Names that somebody has not finished typing."""

import pytest

from knowledge.complete import Completer
from knowledge.name_book import Listed
from knowledge.question import Name

NAMES = [
    ("poland", Name("country", "POL")),
    ("republic of poland", Name("country", "POL")),
    ("ukraine", Name("country", "UKR")),
    ("united kingdom", Name("country", "GBR")),
    ("united states", Name("country", "USA")),
    ("bayraktar tb2", Name("system", "tb2")),
    ("ukrainian thing", Name("system", "sipri:9")),
    ("ulan person", Name("person", "p")),
]


@pytest.fixture
def completer() -> Completer:
    """Knows a few."""
    return Completer(Listed(NAMES), ["The automotive industry", "Steel"])


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("turkey ukr", ("turkey ukraine",)),
        ("exports to Pol", ("exports to poland",)),
        ("united", ("united states", "united kingdom")),
        ("to united k", ("to united kingdom",)),
        ("auto", ("The automotive industry",)),
        ("st", ("Steel",)),
        ("bayr", ("bayraktar tb2",)),
        ("ukraine", ()),
        ("ukraine ", ()),
        ("ul", ()),
        ("u", ()),
        ("", ()),
        ("2022", ()),
        ("ukr?", ()),
    ],
)
def test_the_last_words_are_completed(completer: Completer, text: str, completed: tuple[str, ...]) -> None:
    """With names that questions are about: short ones, no persons, nothing that only a register knows."""
    assert completer.complete(text) == completed


def test_no_more_than_are_wanted(completer: Completer) -> None:
    """The likely ones."""
    assert completer.complete("un", most=1) == ("united states",)
