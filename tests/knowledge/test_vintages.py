"""Vintages laid over each other inside a store: as a plain model lays them, in whatever order they come in."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.folder import DATA, Part
from knowledge.load import load
from knowledge.store import build, store_path
from tests.knowledge.importing import TODAY, dump, folder_of_reports, folder_of_vintages, report, rows

PRODUCTS, MONTHS = ("steel", "carpets"), ("2022-01", "2022-02", "2022-03")
KEYS = [(product, month) for product in PRODUCTS for month in MONTHS]
_SQL = """
    SELECT product, period, value, known_from, known_until FROM observation WHERE series = 'own'
    ORDER BY product, period, known_from
"""


@dataclass(frozen=True)
class Told:
    """One vintage: when it was published, whether it says all of its months, and what it says."""

    published: str
    whole: bool
    figures: Mapping[tuple[str, str], str]


def model(vintages: list[Told]) -> list[tuple[str, str, float, str, str]]:
    """What must be in the store, worked out figure by figure."""
    out = []
    for product, month in KEYS:
        current: tuple[float, str] | None = None
        for told in sorted(vintages, key=lambda told: told.published):
            text = told.figures.get((product, month))
            if text is None and not told.whole:
                continue
            value = float(text) if text else None
            if value == (current[0] if current else None):
                continue
            if current:
                out.append((product, month, *current, told.published))
            current = (value, told.published) if value is not None else None
        if current:
            out.append((product, month, *current, ""))
    return sorted(out, key=lambda row: row[:2] + row[3:4])


def base(folder: Path) -> Path:
    """Some facts to lay vintages over; a store of them is built in no time."""
    return folder_of_reports(folder / "base", [report("r", "1")])


def parts(folder: Path, vintages: list[Told]) -> list[Part]:
    """An import for each vintage."""
    out = []
    for at, told in enumerate(vintages):
        name, covers = f"v{told.published}", "2022-Q1" if told.whole else ""
        path = folder_of_vintages(folder / name, {name: (told.published, covers, told.figures)})
        (path / "import.toml").write_text(f"place = {at}\n", "utf-8")
        out.append(Part(f"imports/csv/{name}", path))
    return out


def vintages() -> st.SearchStrategy[list[Told]]:
    """Some vintages of one series, each of a month of its own, in any order."""
    figures = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "10", "20", "30"]), max_size=len(KEYS))
    told = st.builds(Told, st.integers(1, 9).map(lambda n: f"2023-0{n}"), st.booleans(), figures)
    return st.lists(told, min_size=1, max_size=5, unique_by=lambda one: one.published)


@settings(max_examples=40)
@given(vintages())
def test_any_order_gives_what_the_model_gives(told: list[Told]) -> None:
    """However vintages come in, each figure is dated as if they had come one after the other."""
    with TemporaryDirectory() as place:
        home = Path(place)
        build(base(home), store_path(home), TODAY, parts=parts(home / "made", told))
        assert rows(home, _SQL) == model(told)


@settings(max_examples=30)
@given(vintages())
def test_a_vintage_that_repeats_everything_changes_nothing(told: list[Told]) -> None:
    """What is current said again by a whole vintage leaves no trace."""
    current = {row[:2]: f"{row[2]:g}" for row in model(told) if not row[4]}
    with TemporaryDirectory() as place:
        home = Path(place)
        last = Told("2024-01", True, current)
        build(base(home), store_path(home), TODAY, parts=parts(home / "made", [*told, last]))
        assert rows(home, _SQL) == model(told)


def test_a_difference_restates_what_it_left_out(tmp_path: Path) -> None:
    """A vintage that comes in between two that differ is over when the later one was published."""
    first = Told("2023-01", False, {("steel", "2022-01"): "10", ("steel", "2022-02"): "20"})
    later = Told("2023-03", False, {("steel", "2022-02"): "30"})
    between = {"between": ("2023-02", "", {("steel", "2022-01"): "50", ("steel", "2022-02"): "20"})}
    folder = tmp_path / "shipped"
    shutil.copytree(DATA, folder)
    made = folder_of_vintages(
        tmp_path / "made", {f"v{one.published}": (one.published, "", one.figures) for one in (first, later)}
    )
    for file in ("sources.csv", "vintages.csv"):
        new = (made / file).read_text("utf-8").splitlines(keepends=True)[1:]
        text = (folder / file).read_text("utf-8")
        lines = [line.removesuffix(",\n") + "\n" if file == "vintages.csv" else line for line in new]
        (folder / file).write_text(text + "".join(lines), "utf-8")
    for path in (made / "series").iterdir():
        shutil.copy(path, folder / "series")
    part = Part("imports/csv/between", folder_of_vintages(tmp_path / "between", between))
    build(folder, store_path(tmp_path), TODAY, parts=[part])
    assert rows(tmp_path, _SQL) == [
        ("steel", "2022-01", 10.0, "2023-01", "2023-02"),
        ("steel", "2022-01", 50.0, "2023-02", "2023-03"),
        ("steel", "2022-01", 10.0, "2023-03", ""),
        ("steel", "2022-02", 20.0, "2023-01", "2023-03"),
        ("steel", "2022-02", 30.0, "2023-03", ""),
    ]


@settings(max_examples=15)
@given(vintages())
def test_added_is_as_built(told: list[Told]) -> None:
    """A store that an import was added to is the store that is built from everything."""
    told = sorted(told, key=lambda one: one.published)
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr("knowledge.append.LARGE", 0)
        added, whole = Path(place) / "added", Path(place) / "whole"
        folder, laid = base(Path(place)), parts(Path(place) / "made", told)
        for count in range(len(laid) + 1):
            build(folder, store_path(added), TODAY, parts=laid[:count])
        build(folder, store_path(whole), TODAY, parts=laid)
        assert dump(store_path(added)) == dump(store_path(whole))


@settings(max_examples=40)
@given(vintages())
def test_a_folder_lays_its_vintages_alike(told: list[Told]) -> None:
    """What the check of a folder makes of its vintages is what the store makes of them one by one."""
    figures = {f"v{one.published}": (one.published, "2022-Q1" if one.whole else "", one.figures) for one in told}
    with TemporaryDirectory() as place:
        facts, findings = load(folder_of_vintages(Path(place), figures))
    assert [found for found in findings if found.severity == "error" and "no facts" not in found.message] == []
    assert sorted(
        (
            (one.product, str(one.period), one.quantity.value, one.known_from, one.known_until)
            for one in facts.series.get("own", [])
        ),
        key=lambda row: row[:2] + row[3:4],
    ) == model(told)
