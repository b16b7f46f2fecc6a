"""Registers of deals: editions laid over each other, doubt kept per field, what is gone withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from knowledge.folder import REGISTERS
from knowledge.importers.parsed import DealRow, RegisterRow
from knowledge.imports import Outcome, import_file
from knowledge.load import load
from knowledge.readers import TABLES
from knowledge.registers import DEAL, REGISTER
from tests.knowledge.importing import TODAY, folder_of_reports, report, rows, source, write

TANKS = DealRow(
    "d1", "POL", "Poland", "DEU", "Germany", "Leopard-2A4", "tank", "Armoured vehicles", "2002", "", "128", "?", "128",
    "", "2002|2003", "?", "second-hand", "", "", "1.5", "192", "192", "e1",
)  # fmt: skip
GROUP = TANKS._replace(
    deal_id="d2", recipient="", recipient_name="Hezbollah (Lebanon)*", supplier="", supplier_name="Soviet Union",
    ordered="", ordered_doubt="", delivered="", delivery_years="", delivery_years_doubt="", order_year="",
    tiv_order="", tiv_delivered="", tiv_unit="",
)  # fmt: skip


def edition(folder: Path, name: str, published: str, covers: str, deals: Iterable[DealRow]) -> Path:
    """A folder with one edition of a register."""
    write(folder, "sources.csv", TABLES["sources.csv"].columns, [source(name, published)])
    write(folder, "registers.csv", RegisterRow._fields, [(name, "sipri", covers)])
    write(folder, "deals.csv", DealRow._fields, [deal._replace(source_id=name) for deal in deals])
    return folder


def bring(home: Path, folder: Path) -> Outcome:
    """Import it over one shipped report."""
    base = folder_of_reports(home.parent / "base", [report("r", "1")])
    return import_file(home, "csv", folder, today=TODAY, folder=base)


_SQL = "SELECT deal_id, ordered, known_from, known_until FROM deal ORDER BY deal_id, known_from"


def test_columns_are_those_that_importers_write() -> None:
    """One list of columns, in one order, on both sides."""
    assert DealRow._fields == DEAL == TABLES["deals.csv"].columns
    assert RegisterRow._fields == REGISTER == TABLES["registers.csv"].columns
    assert set(REGISTERS) <= TABLES.keys()


def test_a_deal_keeps_its_doubts(tmp_path: Path) -> None:
    """Each field its own; what is not known is nothing, not zero; a party that is no country has its name."""
    done = bring(tmp_path / "home", edition(tmp_path / "e1", "e1", "2025-03-13", "all", [TANKS, GROUP]))
    assert (done.difference.new.count, done.difference.unchanged) == (2, 0)
    assert {deal.designation for deal in done.difference.new.deals} == {"Leopard-2A4"}
    sql = """
        SELECT recipient, recipient_name, order_year, ordered, ordered_doubt, delivered, delivered_doubt,
               delivery_years, delivery_years_doubt, tiv_order FROM deal ORDER BY deal_id
        """
    tanks, group = rows(tmp_path / "home", sql)
    assert tanks == ("POL", "Poland", 2002, 128.0, "?", 128.0, "", "2002|2003", "?", 192.0)
    assert group == ("", "Hezbollah (Lebanon)*", None, None, "", None, "", "", "", None)


def test_editions_lie_over_each_other(tmp_path: Path) -> None:
    """A revised deal, one that is gone and one that is new; an unchanged one stays as it was."""
    home, other = tmp_path / "home", TANKS._replace(deal_id="d3", designation="BMP-1")
    bring(home, edition(tmp_path / "e1", "e1", "2025-03-13", "all", [TANKS, GROUP, other]))
    revised = [TANKS._replace(ordered="142"), other, TANKS._replace(deal_id="d4", designation="T-72")]
    done = bring(home, edition(tmp_path / "e2", "e2", "2026-03-10", "all", revised))
    found = done.difference
    assert (found.new.count, found.revised.count, found.withdrawn.count, found.unchanged) == (1, 1, 1, 1)
    assert found.revised.deals[0].changes == (("ordered", "128", "142"),)
    assert found.withdrawn.deals[0].recipient == "Hezbollah (Lebanon)*"
    assert rows(home, _SQL) == [
        ("d1", 128.0, "2025-03-13", "2026-03-10"), ("d1", 142.0, "2026-03-10", ""),
        ("d2", None, "2025-03-13", "2026-03-10"), ("d3", 128.0, "2025-03-13", ""), ("d4", 128.0, "2026-03-10", ""),
    ]  # fmt: skip


def test_a_part_withdraws_nothing(tmp_path: Path) -> None:
    """What a part of a register does not list is not gone; numbers of some years are no news of the whole deal."""
    home = tmp_path / "home"
    bring(home, edition(tmp_path / "e1", "e1", "2025-03-13", "all", [TANKS, GROUP]))
    bring(home, edition(tmp_path / "e2", "e2", "2026-03-10", "", [TANKS._replace(ordered="142")]))
    bring(home, edition(tmp_path / "e3", "e3", "2026-04-10", "2003/2003", [TANKS._replace(delivered="10")]))
    assert rows(home, _SQL) == [
        ("d1", 128.0, "2025-03-13", "2026-03-10"), ("d1", 142.0, "2026-03-10", ""), ("d2", None, "2025-03-13", ""),
    ]  # fmt: skip


def test_the_same_edition_on_another_day_is_not_kept(tmp_path: Path) -> None:
    """It says nothing new."""
    home = tmp_path / "home"
    bring(home, edition(tmp_path / "e1", "e1", "2025-03-13", "all", [TANKS, GROUP]))
    again = bring(home, edition(tmp_path / "e2", "e2", "2025-03-14", "all", [TANKS, GROUP]))
    assert (again.part, bool(again.difference), again.difference.unchanged) == ("", False, 2)


@pytest.mark.parametrize(
    ("field", "cell", "says"),
    [
        ("recipient", "PL", "no country code"),
        ("recipient_name", "", "empty"),
        ("designation", "", "empty"),
        ("order_year", "02", "'02' is no year"),
        ("ordered", "many", "not a number"),
        ("delivered", "-1", "below 0"),
        ("ordered_doubt", "maybe", "not one of"),
        ("tiv_unit", "x", "not a number"),
        ("local_production", "no", "not one of"),
        ("source_id", "e9", "no edition"),
        ("deal_id", "", "empty"),
    ],
)
def test_bad_cell_is_named(tmp_path: Path, field: str, cell: str, says: str) -> None:
    """With its row and column; the other deal is read."""
    folder = edition(tmp_path / "e", "e1", "2025-03-13", "all", [])
    bad = TANKS._replace(**{field: cell})
    write(folder, "deals.csv", DealRow._fields, [bad, GROUP])
    facts, findings = load(folder)
    assert [(found.file, found.row, found.column) for found in findings] == [("deals.csv", 2, field)]
    assert says in findings[0].message
    assert [deal.deal_id for deal in facts.deals] == ["d2"]


@pytest.mark.parametrize(("deals", "says"), [([TANKS, TANKS], "'d1' is there twice")])
def test_a_deal_is_once_in_an_edition(tmp_path: Path, deals: Sequence[DealRow], says: str) -> None:
    """Two rows of one id are a mistake."""
    _, findings = load(edition(tmp_path / "e", "e1", "2025-03-13", "all", deals))
    assert [says in found.message for found in findings] == [True]


def test_what_an_edition_covers_is_all_or_years_or_nothing(tmp_path: Path) -> None:
    """Anything else is refused."""
    _, findings = load(edition(tmp_path / "e", "e1", "2025-03-13", "some", []))
    assert "neither `all` nor a span of years" in findings[0].message
