"""What a text leaves out or holds itself to, and the brackets that only explain a name."""

from __future__ import annotations

import pytest

from knowledge.question import Kind, NotUnderstood, Question
from knowledge.understand import Reader
from tests.conftest import TODAY


def read(reader: Reader, text: str) -> Question | NotUnderstood:
    """A text as it is read."""
    return reader.read(text, TODAY, None).outcome


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("total exports 2025 without automotive", ["automotive"]),
        ("exports of all goods except steel in 2024", ["steel"]),
        ("total exports 2024 excluding defence, steel and carpets", ["defence-aerospace", "steel", "carpets"]),
        ("total exports 2024 apart from the steel and leather sectors", ["steel", "leather"]),
        ("who bought most defence goods in 2021 other than the US", ["USA"]),
        ("biggest buyer of defence goods in 2021 besides the US and Azerbaijan", ["USA", "AZE"]),
        ("largest defence companies by exports in 2024, apart from Baykar", ["uav-baykar"]),
        ("steel exports 2024, automotive excluded", ["automotive"]),
        ("without steel, automotive exports in 2024", ["steel"]),
    ],
)
def test_names_beside_the_word_are_left_out(reader: Reader, text: str, left_out: list[str]) -> None:
    """The names right behind it, or right before it; a list only where it ends like one."""
    found = read(reader, text)
    assert isinstance(found, Question)
    assert [slot.value.id for slot in found.left_out] == left_out


@pytest.mark.parametrize(
    "text",
    [
        "what share of exports without steel was automotive in 2024",
        "which other sector grew in 2024",
        "steel exports 2024 without subsidies",
        "TB2 buyers other than Poland and their prices",
        "who was the only buyer of steel",
        "steel only exports in what year",
    ],
)
def test_anything_else_is_named_and_refused(reader: Reader, text: str) -> None:
    """Where nothing can be taken off or passed over exactly, the word stands in the way."""
    found = read(reader, text)
    assert isinstance(found, NotUnderstood)
    assert found.words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("only steel exports in 2024", Kind.LEVEL),
        ("steel exports, only in June 2025", Kind.LEVEL),
        ("Nigeria's 43 TB2: bought or only planned?", Kind.PROCUREMENT),
    ],
)
def test_only_beside_a_name_says_no_more(reader: Reader, text: str, kind: Kind) -> None:
    """The word holds a question to what it names anyway."""
    found = read(reader, text)
    assert isinstance(found, Question)
    assert found.kind is kind
    assert not found.left_out


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("TEI (engine maker) exports 2024", "TEI exports 2024"),
        ("exports of Baykar (the drone maker) in 2023", "exports of Baykar in 2023"),
        ("exports of TAI (Turkish Aerospace) in 2024", "exports of TAI in 2024"),
    ],
)
def test_brackets_that_explain_a_name_change_nothing(reader: Reader, text: str, plain: str) -> None:
    """What the entity's own description says is no second name."""
    found, without = read(reader, text), read(reader, plain)
    assert isinstance(found, Question)
    assert isinstance(without, Question)
    assert (found.kind, found.products) == (without.kind, without.products)


@pytest.mark.parametrize("text", ["defence exports (to Ukraine) 2021", "steel exports (2024)"])
def test_brackets_that_narrow_are_read(reader: Reader, text: str) -> None:
    """A partner or a period in brackets is one."""
    found = read(reader, text)
    assert isinstance(found, Question)
    assert found.periods
    assert bool(found.partners) is ("Ukraine" in text)
