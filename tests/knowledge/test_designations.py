"""Designations as people write them, their families, and the classes and parties of a register."""

from __future__ import annotations

import pytest

from knowledge import parties, register_kinds
from knowledge.designations import Book, keys, singular, squeezed


@pytest.mark.parametrize(
    ("designation", "named"),
    [
        ("Leopard-2A6", ["leopard2a6", "leopard2", "leopard"]),
        ("C-130H Hercules", ["c130hhercules", "c130h", "c130", "hercules", "c130hercules"]),
        ("Mi-24V/Mi-35", ["mi24vmi35", "mi24", "mi24v", "mi35"]),
        ("UFH/M-777 155mm", ["m777", "ufh"]),
        ("Bayraktar TB2", ["bayraktartb2", "bayraktar", "tb2"]),
        ("S-70 Black Hawk", ["s70", "blackhawk", "s70blackhawk"]),
        ("A-4S Super Skyhawk", ["a4", "a4s", "skyhawk"]),
        ("2S9 120mm", ["2s9"]),
        ("F-16(ADF)", ["f16adf", "f16"]),
        ("King Air", ["kingair"]),
    ],
)
def test_a_designation_has_the_names_that_people_use(designation: str, named: list[str]) -> None:
    """Whole, short, by family, by its popular name."""
    assert set(named) <= {key.key for key in keys(designation)}


@pytest.mark.parametrize(
    ("designation", "never"),
    [
        ("Leopard-2A6", ["leopard2a", "2a6", "a6"]),
        ("S-70 Black Hawk", ["black", "hawk", "s", "70"]),
        ("2S9 120mm", ["120mm", "2", "9"]),
        ("Type-209/1400", ["type", "1400"]),
        ("Leopard-2 chassis", ["chassis"]),
        ("R-27R/T", ["t"]),
    ],
)
def test_what_is_no_name_is_none(designation: str, never: list[str]) -> None:
    """No half model, no calibre, no general word, no bare number."""
    assert not set(never) & {key.key for key in keys(designation)}


def test_the_book_tells_families_apart() -> None:
    """T-5 is not T-55; a name from inside a designation gives way to one that begins another."""
    book = Book.of(["T-55", "T-54", "S-300PMU", "Camcopter S-300", "FGM-148 Javelin", "Javelin", "MQ-9 Reaper"])
    assert "t5" not in book.systems
    assert set(book.systems["s300"]) == {"S-300PMU"}
    assert book.systems["javelin"] == {"FGM-148 Javelin": "fgm", "Javelin": "javelin"}
    assert book.labels["s300"] == "S-300"


@pytest.mark.parametrize("written", ["Leopard 2A6", "leopard2a6", "LEOPARD-2 A6", "Leopard-2A6"])
def test_spaces_and_hyphens_do_not_matter(written: str) -> None:
    """One key for every spelling."""
    assert squeezed(written) == "leopard2a6"


def test_plurals() -> None:
    """F-16s are F-16, and nothing is left of nothing."""
    assert [singular(key) for key in ("f16s", "leopards", "s")] == ["f16", "leopard", "s"]


@pytest.mark.parametrize(
    ("description", "category", "classes"),
    [
        ("tank", "armoured_vehicles", {"tank", "main-battle-tank"}),
        ("tank turret", "part", set()),
        ("self-propelled gun chassis", "part", set()),
        ("armoured personnel carrier", "armoured_vehicles", {"apc", "armoured-vehicle"}),
        ("SAM system", "air_defence", {"sam-system"}),
        ("portable SAM", "missiles", {"sam", "manpads", "missile"}),
        ("combat aircraft radar", "sensors", {"radar"}),
        ("armed UAV", "aircraft", {"drone", "armed-drone"}),
        ("combat helicopter", "aircraft", {"helicopter", "attack-helicopter"}),
        ("tanker/transport aircraft", "aircraft", {"aircraft", "transport-aircraft", "tanker-aircraft"}),
        ("multiple rocket launcher", "artillery", {"artillery", "rocket"}),
        ("something new", "other", set()),
    ],
)
def test_descriptions_belong_to_classes(description: str, category: str, classes: set[str]) -> None:
    """A radar of an aircraft is no aircraft, a turret no tank."""
    assert register_kinds.category(description) == category
    assert {one.class_id for one in register_kinds.classes().values() if one.holds(description)} == classes


def test_words_choose_the_finer_class() -> None:
    """The language files call attack helicopters helicopters; a register can tell them apart."""
    finer, coarse = (register_kinds.class_of("helicopter", words) for words in ("attack helicopters", "choppers"))
    assert finer
    assert coarse
    assert (finer.class_id, coarse.class_id) == ("attack-helicopter", "helicopter")
    assert register_kinds.class_of("teapot", "teapots") is None


def test_parties_of_their_day() -> None:
    """Countries of today have codes, all others ids made of their names; aliases lead to either."""
    assert parties.party_id("DEU", "Germany") == "DEU"
    assert parties.party_id("", "Soviet Union") == "sipri:soviet-union"
    assert parties.party_id("", "North Yemen") == parties.party_id("", "Yemen Arab Republic (North Yemen)")
    assert parties.party_id("", "New Group (Nowhere)*") == "sipri:new-group-nowhere"
    names = dict(parties.names_of([("sipri:soviet-union", "Soviet Union"), ("DEU", "Germany")]))
    assert (names["soviet union"], names["ussr"], names["west germany"]) == ("sipri:soviet-union",) * 2 + ("DEU",)
    assert parties.label("Hezbollah (Lebanon)*") == "Hezbollah (Lebanon)"
