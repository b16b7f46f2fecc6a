"""Imports: kept in the home, laid over the shipped facts, all or nothing, and told before they are made."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import FactError, RefusedError, StoreError
from knowledge.folder import parts_of
from knowledge.imports import Outcome, import_file
from knowledge.rows import BadFactsError
from knowledge.store import build, open_store, store_path
from tests.knowledge.importing import (
    TODAY,
    dump,
    folder_of_reports,
    folder_of_vintages,
    report,
    rows,
    source,
    tree,
)

STEEL, CARPETS = ("steel", "2024-01"), ("carpets", "2024-01")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Shipped facts: one report and one vintage."""
    folder = folder_of_vintages(tmp_path / "facts", {"v1": ("2026-01", "", {STEEL: "100", CARPETS: "50"})})
    text = (folder / "sources.csv").read_text("utf-8")
    folder_of_reports(folder, [report("shipped", "7")])
    (folder / "sources.csv").write_text(text + ",".join(source("a")) + "\n", "utf-8")
    lines = [line.rpartition(",")[0] for line in (folder / "vintages.csv").read_text("utf-8").splitlines()]
    (folder / "vintages.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, facts: Path) -> Path:
    """A home with a store of them."""
    place = tmp_path / "home"
    build(facts, store_path(place), TODAY)
    return place


def bring(home: Path, facts: Path, folder: Path, *, dry_run: bool = False) -> Outcome:
    """Import a folder of facts."""
    return import_file(home, "csv", folder, today=TODAY, folder=facts, dry_run=dry_run)


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """New, revised, withdrawn, unchanged."""
    found = outcome.difference
    return found.new.count, found.revised.count, found.withdrawn.count, found.unchanged


def test_a_vintage_is_compared_and_then_kept(home: Path, facts: Path, tmp_path: Path) -> None:
    """What is new, revised, withdrawn and unchanged is told; the folder is kept; the old values keep their dates."""
    figures = {STEEL: "120", ("steel", "2024-02"): "30", CARPETS: ""}
    folder = folder_of_vintages(tmp_path / "v2", {"v2": ("2026-02", "", figures)}, series="own")
    before = tree(home)
    tried = bring(home, facts, folder, dry_run=True)
    assert counts(tried) == (1, 1, 1, 0)
    assert {name: content for name, content in tree(home).items() if ".lock" not in name} == before
    (revised,) = tried.difference.revised.figures
    assert (revised.product, str(revised.period), revised.before, revised.after) == ("steel", "2024-01", 100, 120)
    assert revised.percent == pytest.approx(20)
    (withdrawn,) = tried.difference.withdrawn.figures
    assert (withdrawn.product, withdrawn.before, withdrawn.after, withdrawn.percent) == ("carpets", 50, None, None)
    assert tried.questions == ("Exports of steel in February 2024?",)
    done = bring(home, facts, folder)
    assert (counts(done), done.questions) == (counts(tried), tried.questions)
    assert [part.name for part in parts_of(home)] == [done.part]
    kept = tree(home / done.part)
    assert kept["series/v2.csv"] == (folder / "series" / "v2.csv").read_bytes()
    sql = "SELECT value, known_from, known_until FROM observation WHERE series = 'own' ORDER BY 1, 2"
    assert rows(home, sql) == [
        (30.0, "2026-02", ""), (50.0, "2026-01", "2026-02"), (100.0, "2026-01", "2026-02"), (120.0, "2026-02", ""),
    ]  # fmt: skip


def test_the_same_twice_changes_nothing(home: Path, facts: Path, tmp_path: Path) -> None:
    """Not a byte."""
    folder = folder_of_reports(tmp_path / "in", [report("new", "5")])
    assert bring(home, facts, folder).part
    before = tree(home)
    again = bring(home, facts, folder)
    assert (again.known, again.part, bool(again.difference)) == (True, "", False)
    assert tree(home) == before


def test_a_vintage_that_repeats_what_is_known_is_not_kept(home: Path, facts: Path, tmp_path: Path) -> None:
    """Nothing is new in it, so there is nothing to keep."""
    folder = folder_of_vintages(tmp_path / "v2", {"v2": ("2026-02", "2024-01", {STEEL: "100", CARPETS: "50"})})
    done = bring(home, facts, folder)
    assert (done.part, done.known, counts(done)) == ("", False, (0, 0, 0, 2))
    assert parts_of(home) == ()


def test_a_report_told_anew_supersedes_the_old_one(home: Path, facts: Path, tmp_path: Path) -> None:
    """Never an overwrite: the old value is still there, with its end."""
    folder = folder_of_reports(tmp_path / "in", [report("shipped", "8", source_id="b")], source("b", "2026-11"))
    done = bring(home, facts, folder)
    assert counts(done) == (0, 1, 0, 0)
    sql = "SELECT observation_id LIKE 'shipped%', value, known_from, known_until FROM observation WHERE series = ''"
    assert sorted(rows(home, sql)) == [(1, 7.0, "2026-10", "2026-11"), (1, 8.0, "2026-11", "")]
    assert rows(home, "SELECT observation_id FROM observation WHERE value = 8") == [("shipped",)]


def test_a_report_told_again_is_unchanged(home: Path, facts: Path, tmp_path: Path) -> None:
    """It is known; only what is new counts as new."""
    folder = folder_of_reports(tmp_path / "in", [report("shipped", "7"), report("more", "9", period="2023")])
    assert counts(bring(home, facts, folder)) == (1, 0, 0, 1)


def test_imports_make_a_store_stale(home: Path, facts: Path, tmp_path: Path) -> None:
    """A store that lacks an import, or has one that is gone, is built anew when it is opened."""
    old = store_path(home).read_bytes()
    done = bring(home, facts, folder_of_reports(tmp_path / "in", [report("new", "5")]))
    new = dump(store_path(home))
    store_path(home).write_bytes(old)
    with open_store(home, today=TODAY, folder=facts) as store:
        assert [one.quantity.value for one in store.observations(product="steel", partner="UKR")] == [5, 7]
    assert dump(store_path(home)) == new
    shutil.rmtree(home / done.part)
    with open_store(home, today=TODAY, folder=facts) as store:
        assert [one.quantity.value for one in store.observations(product="steel", partner="UKR")] == [7]


@pytest.mark.parametrize(
    ("reports", "says"),
    [
        ([report("one", "5x")], "observations.csv:2: error: value: '5x' is not a number"),
        ([report("one", "5"), report("one", "6")], "observations.csv:3: error: observation_id: 'one' is there twice"),
        ([report("one", "5"), report("two", "6", product="gold")], "observations.csv:3: error: product: 'gold' is no"),
        ([report("one", "5"), report("two", "-6")], "observations.csv:3: error: value: -6 is below 0"),
        ([report("one", "5"), report("two", "6", source_id="x")], "observations.csv:3: error: source_id: 'x' is no"),
        ([report("one", "5"), report("two", "6", period="2024-13")], "observations.csv:3: error: period: "),
        ([report("one", "5"), report("", "6")], "observations.csv:3: error: observation_id: the cell is empty"),
        ([report("one", "1.5")], "observations.csv:2: error: rounding: 1.5 cannot have been rounded"),
    ],
)
def test_one_bad_row_refuses_all(
    home: Path, facts: Path, tmp_path: Path, reports: Sequence[Sequence[str]], says: str
) -> None:
    """The place of the first is told, by the name of the folder that was handed in; nothing is left behind."""
    before = tree(home)
    with pytest.raises(BadFactsError) as error:
        bring(home, facts, folder_of_reports(tmp_path / "handed", reports))
    assert str(error.value).startswith(f"handed/{says}")
    assert "\n" not in str(error.value)
    assert {name: content for name, content in tree(home).items() if ".lock" not in name} == before


def test_a_vintage_is_never_written_over(home: Path, facts: Path, tmp_path: Path) -> None:
    """What was imported under an id stays; another content needs another id."""
    bring(home, facts, folder_of_vintages(tmp_path / "a", {"v2": ("2026-02", "", {STEEL: "120"})}))
    with pytest.raises(FactError, match="'v2' was imported before with other content"):
        bring(home, facts, folder_of_vintages(tmp_path / "b", {"v2": ("2026-02", "", {STEEL: "130"})}))


def test_definitions_are_not_taken_over(home: Path, facts: Path, tmp_path: Path) -> None:
    """An import cannot make another source of a known one."""
    other = ("a", "Somebody Else", "Title", "https://example.org/b", "2026-10", "en", "press")
    with pytest.raises(FactError, match="'a' is known already, and is something else there"):
        bring(home, facts, folder_of_reports(tmp_path / "in", [report("new", "5")], other))


def test_figures_twice_in_a_vintage_are_wrong(home: Path, facts: Path, tmp_path: Path) -> None:
    """One flow and period has one figure in a vintage."""
    folder = folder_of_vintages(tmp_path / "in", {"v2": ("2026-02", "", {STEEL: "120"})})
    with (folder / "series" / "v2.csv").open("a", encoding="utf-8") as file:
        file.write("steel,2024-01,130\n")
    with pytest.raises(FactError, match=r"in/series/v2.csv: error: period: 1 rows speak"):
        bring(home, facts, folder)


def test_a_series_may_name_its_flows_row_by_row(home: Path, facts: Path, tmp_path: Path) -> None:
    """As a file of many partners does."""
    folder = folder_of_vintages(tmp_path / "in", {"w1": ("2026-02", "", {})}, series="wide")
    text = (folder / "vintages.csv").read_text("utf-8").replace("TUR,WLD", ",")
    (folder / "vintages.csv").write_text(text, "utf-8")
    lines = ["product,period,value,exporter,partner", "steel,2024,10,TUR,UKR", "steel,2024,20,TUR,POL"]
    (folder / "series" / "w1.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert counts(bring(home, facts, folder)) == (2, 0, 0, 0)
    sql = "SELECT observation_id, partner, value FROM observation WHERE series = 'wide' ORDER BY value"
    assert rows(home, sql) == [("w1:TUR:UKR:steel:2024", "UKR", 10.0), ("w1:TUR:POL:steel:2024", "POL", 20.0)]


def test_a_kind_that_is_none(home: Path, facts: Path) -> None:
    """Is refused like everything else."""
    with pytest.raises(RefusedError, match="'xml' is not one of tim, sipri, comtrade, csv"):
        import_file(home, "xml", facts, today=TODAY, folder=facts)


def test_one_import_at_a_time(home: Path, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one waits, and then says so."""
    monkeypatch.setattr("knowledge.imports._PATIENCE", 0.1)
    (home / "imports").mkdir()
    with closing(sqlite3.connect(home / "imports" / ".lock", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"another import into .* is under way"):
            bring(home, facts, folder_of_reports(tmp_path / "in", [report("new", "5")]))


def test_second_issue_of_a_month_is_dated_within_it(home: Path, facts: Path, tmp_path: Path) -> None:
    """Two issues of one month are told apart, and the next month's vintage is newer than both."""
    for name, published, value in (("i1", "2026-10", "110"), ("i2", "2026-10", "120"), ("i3", "2026-11", "130")):
        # A folder in our own shape dates itself: two alike are told apart by the order in which they come.
        bring(home, facts, folder_of_vintages(tmp_path / name, {name: (published, "", {STEEL: value})}))
    sql = "SELECT value, known_from, known_until FROM observation WHERE series = 'own' AND product = 'steel' ORDER BY 1"
    assert rows(home, sql) == [
        (100.0, "2026-01", "2026-10"), (110.0, "2026-10", "2026-10"), (120.0, "2026-10", "2026-11"),
        (130.0, "2026-11", ""),
    ]  # fmt: skip


# --- killed at any moment -----------------------------------------------------------------------------------

_SCRIPT = """
import os, signal, sys
from datetime import date
from pathlib import Path
import sqlite_utils, babel.core
from knowledge.imports import import_file
from knowledge.importers import csv
home, facts, handed, last = sys.argv[1:]
seen = 0
def watch(event, arguments):
    # Each time the process is about to touch a file is a moment to be killed at.
    global seen
    if event.partition(".")[0] in ("open", "os", "shutil", "sqlite3"):
        seen += 1
        if seen == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
import_file(Path(home), "csv", Path(handed), today=date(2026, 11, 23), folder=Path(facts))
print(seen)
"""


def _run(home: Path, facts: Path, handed: Path, last: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", _SCRIPT, str(home), str(facts), str(handed), str(last)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_any_moment_leaves_the_old_or_the_new(home: Path, facts: Path, tmp_path: Path) -> None:
    """A process that is killed as it touches its n-th file leaves one whole set of imports and a store that opens."""
    handed = folder_of_vintages(tmp_path / "in", {"v2": ("2026-02", "", {STEEL: "120", CARPETS: ""})})
    old, place = dump(store_path(home)), tmp_path / "victim"
    shutil.copytree(home, place)
    done = _run(place, facts, handed, 0)
    assert done.returncode == 0, done.stderr
    touches, new = int(done.stdout), dump(store_path(place))
    assert touches > 30
    ends: list[str] = []
    for last in range(1, touches + 1, max(1, touches // 40)):
        shutil.rmtree(place)
        shutil.copytree(home, place)
        assert _run(place, facts, handed, last).returncode == -signal.SIGKILL
        kept = parts_of(place)
        with open_store(place, today=TODAY, folder=facts) as store:
            current = [one.quantity.value for one in store.observations(product="steel", partner="WLD")]
        assert (len(kept), current) in ((0, [100]), (1, [120])), last
        ends.append("new" if kept else "old")
        assert _without_times(dump(store_path(place))) == _without_times(new if kept else old), last
        # Whoever imports next finds nothing in the way and leaves nothing behind.
        after = bring(place, facts, handed)
        assert after.known == bool(kept)
        assert _without_times(dump(store_path(place))) == _without_times(new)
        assert not list((place / "imports").glob(".new-*"))
    assert {"old", "new"} == set(ends), ends
    assert ends == sorted(ends, key=["old", "new"].index)


def _without_times(tables: list[tuple[str, list[tuple[object, ...]]]]) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Without what tells of files and not of facts."""
    return [(name, found) for name, found in tables if name not in ("file", "edition")]


def test_today_is_a_date() -> None:
    """The tests have one, so that they are the same tomorrow."""
    assert date(2026, 11, 23) == TODAY
