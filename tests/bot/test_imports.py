"""`waybill facts import`: what it prints, where, and with which exit status."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.__main__ import start
from bot.imports import report as told
from knowledge.difference import Change, Deal, Difference, Figure
from knowledge.imports import Outcome
from knowledge.period import Period
from knowledge.rows import Finding
from tests.knowledge.importers.workbooks import figures, workbook
from tests.knowledge.importing import folder_of_reports, report, source, tree


@pytest.fixture
def home(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with the shipped store."""
    place = tmp_path / "home"
    place.mkdir()
    shutil.copy(store_path, place)
    monkeypatch.setenv("WAYBILL_HOME", str(place))
    return place


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Exit status, lines of standard output, standard error."""
    status = start(["facts", "import", *arguments])
    printed = capsys.readouterr()
    return status, printed.out.splitlines(), printed.err


def test_tried_then_made_then_made_again(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run prints all that a curator decides on and changes nothing; the import says where it is kept."""
    revised = figures() | {("steel", "2026-09"): 1_300_000_000, ("steel", "2026-08"): 1_200_000_000}
    revised |= {(product, "2026-10"): value for (product, month), value in revised.items() if month == "2026-09"}
    path = str(workbook(tmp_path / "book.xlsx", 2026, 10, revised))
    before = tree(home)
    status, lines, err = run(capsys, "tim", path, "--dry-run")
    assert (status, err) == (0, "")
    assert {name: content for name, content in tree(home).items() if ".lock" not in name} == before
    heads = [line for line in lines if not line.startswith("  ")]
    assert heads[:5] == ["new: 30", "revised: 2", "withdrawn: 0", "unchanged: 268", "refused: 0"]
    assert "  steel 2026-10: 1,300,000,000 USD" in lines
    old = figures()["steel", "2026-09"]
    change = (1_300_000_000 / old - 1) * 100
    assert f"  steel 2026-09: {old:,} -> 1,300,000,000 USD ({change:+.2f}%)" in lines
    assert "can be answered now: 30" in heads
    assert "  Exports of steel in October 2026?" in lines
    assert lines[-1] == "a dry run: nothing was changed"
    status, again, err = run(capsys, "tim", path)
    assert (status, err, again[:-1]) == (0, "", lines[:-1])
    assert again[-1].startswith("imported: imports/tim/tim-2026-10-workbook-")
    assert run(capsys, "tim", path) == (0, ["nothing changes: this was imported before"], "")


def test_what_is_imported_is_answered(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At once, and with its source."""
    assert home.exists()
    known = figures() | {
        (product, "2026-10"): value for (product, month), value in figures().items() if month == "2026-09"
    }
    run(capsys, "tim", str(workbook(tmp_path / "book.xlsx", 2026, 10, known)))
    assert start(["ask", "Steel exports in October 2026?"]) == 0
    answer = capsys.readouterr().out
    assert f"${known['steel', '2026-09'] / 1e9:.3f} billion" in answer
    assert "October 2026 workbook" in answer or "Turkish Exporters' Assembly" in answer


def test_refused_rows_are_listed_where_it_is_only_tried(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them with their reasons; the import itself names the first."""
    assert home.exists()
    bad = [report("one", "5x"), report("two", "6", product="gold"), report("three", "7")]
    path = str(folder_of_reports(tmp_path / "in", bad))
    status, lines, err = run(capsys, "csv", path, "--dry-run")
    assert (status, err) == (1, "waybill: in is refused: 2 of its rows are wrong\n")
    assert [line.split(": ")[0] for line in lines] == ["in/observations.csv:2", "in/observations.csv:3"]
    status, lines, err = run(capsys, "csv", path)
    assert (status, lines, err.count("\n")) == (1, [], 1)
    assert err.endswith("(and 1 more)\n")


def test_a_report_to_another_country(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Is told with where it goes, and asked about with it."""
    assert home.exists()
    folder = folder_of_reports(tmp_path / "in", [report("x", "500", source_id="new")], source("new"))
    _, lines, _ = run(capsys, "csv", str(folder), "--dry-run")
    assert "  steel to UKR 2024: 500 USD" in lines
    assert "  How much steel did Türkiye export to Ukraine in 2024?" in lines or any(
        "Ukraine" in line for line in lines
    )


@pytest.mark.parametrize("arguments", [["xml", "file"], ["tim"], [], ["tim", "a", "b"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2."""
    assert run(capsys, *arguments)[0] == 2


def test_every_kind_of_change_has_its_line() -> None:
    """Deals with the fields that changed, refused rows with their place, doubts, notes, other tables."""
    figure = Figure("DEU", "WLD", "steel", Period.parse("2024"), "value", "USD", 10.5, None)
    deals = (
        Deal("d1", "Poland", "Germany", "Leopard-2A4", (("ordered", "14", "28"), ("status", "", "new"))),
        Deal("d2", "Norway", "Germany", "Type-212", ()),
    )
    found = Difference(
        revised=Change(2, deals=deals),
        withdrawn=Change(1001, figures=(figure,)),
        history=3,
        others={"event": (2, 1)},
        refused=(Finding("register.csv", 7, "ordered", "'x' is no number"), Finding("b", 2, "N", "odd", "warning")),
        notes=("A part of the register.",),
    )
    lines = list(told(Outcome("imports/sipri/x", known=False, difference=found, questions=("Q?",) * 41), dry_run=False))
    assert lines == [
        "A part of the register.",
        "new: 0",
        "revised: 2",
        "  Germany to Poland: Leopard-2A4: ordered 14 -> 28; status - -> new",
        "  Germany to Norway: Type-212",
        "withdrawn: 1,001",
        "  DEU: steel 2024: 10.5 USD",
        "  ... and 1 more",
        "event: 2 new, 1 changed",
        "history only, nothing current changes: 3",
        "unchanged: 0",
        "refused: 1",
        "  register.csv:7: error: ordered: 'x' is no number",
        "doubtful: b:2: warning: N: odd",
        "can be answered now: 41",
        *["  Q?"] * 40,
        "  ... and 1 more",
        "imported: imports/sipri/x",
    ]
