"""Loading: every bad row is reported, at its place, in a sentence; nothing in a file can do more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import FactError
from knowledge.folder import DATA, OWN
from knowledge.load import check, facts_of, load
from knowledge.readers import TABLES
from knowledge.rows import MAX_FILE, MAX_FINDINGS, MAX_LINE, Finding

SOURCE = "src,Publisher,Title,https://example.org/a,2022-04,en,press"
GOOD = {
    "sources.csv": [SOURCE, "src2,Publisher,Other,https://example.org/b,2022-05,en,official_statistics"],
    "entities.csv": ["sys-x,system,Example Drone,ED|Örnek,A drone.,src"],
    "observations.csv": ["obs,TUR,UKR,defence-aerospace,2022-Q1,value,59100000,USD,exact,100000,TIM,src,"],
    "vintages.csv": ["src,own,TUR,WLD,value,USD,10,TIM,", "src2,own,TUR,WLD,value,USD,10,TIM,"],
    "remarks.csv": ["TUR,WLD,steel,2022,A remark.,src"],
    "events.csv": ["ev,order,UKR,TUR,Baykar,Example Drone,16,exact,69000000,USD,2022-01-27,alleged,Press,src,"],
    "statements.csv": ["st,Somebody,Minister,Sales,2022-04,Said so.,src"],
}
SERIES = {"src": ["steel,2022-01,100", "steel,2022-02,200"], "src2": ["steel,2022-02,210", "steel,2022-03,300"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small sound folder of facts with every kind of file."""
    for name, rows in GOOD.items():
        _write(tmp_path, name, rows)
    (tmp_path / "series").mkdir()
    for source, rows in SERIES.items():
        (tmp_path / "series" / f"{source}.csv").write_text("\n".join(["product,period,value", *rows]), "utf-8")
    return tmp_path


def _write(folder: Path, name: str, rows: list[str]) -> None:
    (folder / name).write_text("\n".join([",".join(TABLES[name].columns), *rows]) + "\n", "utf-8")


def _only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_small_folder_is_sound(folder: Path) -> None:
    """A sound folder has no findings and gives every fact; the shipped tables stand in for missing ones."""
    assert set(GOOD) == set(OWN)
    facts, findings = load(folder)
    assert findings == []
    assert (len(facts.sources), len(facts.entities), len(facts.observations)) == (2, 1, 1)
    assert (len(facts.remarks), len(facts.events), len(facts.statements)) == (1, 1, 1)
    assert facts.entities[0].aliases == ("ED", "Örnek")
    assert facts.observations[0].known_from == "2022-04"
    assert "UKR" in facts.countries


def test_vintages_lie_over_each_other(folder: Path) -> None:
    """A revised month is current from the later bulletin on; its earlier value is kept with its end."""
    series = load(folder)[0].series["own"]
    told = {(str(one.period), one.quantity.value, one.known_from, one.known_until) for one in series}
    assert told == {
        ("2022-01", 100, "2022-04", ""),
        ("2022-02", 200, "2022-04", "2022-05"),
        ("2022-02", 210, "2022-05", ""),
        ("2022-03", 300, "2022-05", ""),
    }


@pytest.mark.parametrize(
    ("file", "column", "value", "says"),
    [
        ("observations.csv", "source_id", "nobody", "no source"),
        ("observations.csv", "period", "2022-13", "not a period"),
        ("observations.csv", "period", "0022", "between 1900 and 2100"),
        ("observations.csv", "exporter", "TR", "no country code"),
        ("observations.csv", "partner", "ukr", "no country code"),
        ("observations.csv", "product", "cheese", "no product"),
        ("observations.csv", "measure", "weight", "not one of"),
        ("observations.csv", "unit", "percent", "not one of USD, EUR, GBP"),
        ("observations.csv", "qualifier", "maybe", "not one of"),
        ("observations.csv", "value", "59.1m", "not a number"),
        ("observations.csv", "value", "nan", "not a number"),
        ("observations.csv", "value", "1_000", "not a number"),
        ("observations.csv", "value", "-100000", "below 0"),
        ("observations.csv", "rounding", "0", "more than 0"),
        ("observations.csv", "rounding", "", "not a number"),
        ("observations.csv", "rounding", "1000000", "cannot have been rounded"),
        ("observations.csv", "attributed_to", "", "empty"),
        ("sources.csv", "published", "2022-02-30", "not a date"),
        ("sources.csv", "url", "javascript:alert(1)", "not a web address"),
        ("sources.csv", "kind", "rumour", "not one of"),
        ("entities.csv", "kind", "ghost", "not one of"),
        ("vintages.csv", "rounding", "-10", "more than 0"),
        ("vintages.csv", "measure", "share", "not one of value"),
        ("remarks.csv", "text", "", "empty"),
        ("events.csv", "buyer", "XXX", "no country code"),
        ("events.csv", "kind", "theft", "not one of"),
        ("events.csv", "certainty", "sure", "not one of"),
        ("events.csv", "date", "2022-04/2022-01", "ends before it starts"),
        ("events.csv", "date", "soon", "not a date"),
        ("events.csv", "quantity", "1.5", "not a count"),
        ("events.csv", "quantity_qualifier", "unknown", "only there"),
        ("events.csv", "value", "0", "not the value"),
        ("events.csv", "unit", "TRY", "not one of"),
        ("statements.csv", "summary", "", "empty"),
        ("statements.csv", "date", "", "not a date"),
    ],
)
def test_bad_cell_is_named(folder: Path, file: str, column: str, value: str, says: str) -> None:
    """A bad cell is reported with file, row, column and what is wrong, and its row is left out."""
    columns = TABLES[file].columns
    cells = GOOD[file][0].split(",")
    cells[columns.index(column)] = value
    _write(folder, file, [",".join(cells), *GOOD[file][1:]])
    findings = [found for found in check(folder) if (found.file, found.row) == (file, 2)]
    assert [found.column for found in findings] == [column]
    assert says in findings[0].message
    assert findings[0].severity == "error"


@pytest.mark.parametrize(
    ("measure", "unit", "value", "says"),
    [
        ("share", "percent", "101", "no share"),
        ("growth_yoy", "percent", "-101", "nothing falls"),
        ("rank", "rank", "0", "not a rank"),
        ("ratio_yoy", "ratio", "0", "number of times"),
    ],
)
def test_impossible_figure(folder: Path, measure: str, unit: str, value: str, says: str) -> None:
    """A figure that its measure cannot have is refused."""
    row = f"obs,TUR,UKR,defence-aerospace,2022,{measure},{value},{unit},exact,1,TIM,src,"
    _write(folder, "observations.csv", [row])
    found = _only(check(folder))
    assert (found.column, says in found.message) == ("value", True)


@pytest.mark.parametrize("file", [name for name in GOOD if name not in ("remarks.csv", "vintages.csv")])
def test_duplicate_id(folder: Path, file: str) -> None:
    """The second row with an id is refused."""
    _write(folder, file, [*GOOD[file], GOOD[file][0]])
    found = _only(check(folder))
    assert (found.row, found.column) == (len(GOOD[file]) + 2, TABLES[file].columns[0])
    assert "twice" in found.message


def test_every_bad_row_at_once(folder: Path) -> None:
    """Bad rows in several files are all reported in one go, and the sound rows are still read."""
    bad = "bad,TUR,UKR,cheese,2022-13,value,x,USD,exact,1,TIM,nobody,"
    _write(folder, "observations.csv", [bad, *GOOD["observations.csv"], bad.replace("bad", "worse")])
    _write(folder, "events.csv", [GOOD["events.csv"][0].replace("UKR", "??")])
    facts, findings = load(folder)
    assert {(found.file, found.row) for found in findings} == {
        ("observations.csv", 2), ("observations.csv", 4), ("events.csv", 2),
    }  # fmt: skip
    assert sum(found.row == 2 and found.file == "observations.csv" for found in findings) == 4
    assert [one.observation_id for one in facts.observations] == ["obs"]
    with pytest.raises(FactError, match=r"observations\.csv:2: .*and 8 more"):
        facts_of(folder)


def test_very_many_bad_rows_are_cut_short(folder: Path) -> None:
    """A hundred thousand bad rows do not become a hundred thousand findings."""
    _write(folder, "remarks.csv", ["?,?,?,?,?,?"] * 2000)
    findings = check(folder)
    assert len(findings) == MAX_FINDINGS
    assert "there is more" in findings[-1].message


def _contradictory(growth: str, rounding: str) -> list[str]:
    return [
        "now,TUR,UKR,defence-aerospace,2022-Q1,value,59100000,USD,exact,100000,TIM,src,",
        "before,TUR,UKR,defence-aerospace,2021-Q1,value,1900000,USD,exact,100000,TIM,src,",
        f"growth,TUR,UKR,defence-aerospace,2022-Q1,growth_yoy,{growth},percent,exact,{rounding},TIM,src2,",
    ]


def test_contradiction_is_a_warning(folder: Path) -> None:
    """A growth that two levels of the same body cannot make is a warning at the growth's row."""
    _write(folder, "observations.csv", _contradictory("1500", "1"))
    found = _only(check(folder))
    assert (found.file, found.row, found.severity) == ("observations.csv", 4, "warning")
    assert "growth_yoy of 1500" in found.message
    assert facts_of(folder).observations


@pytest.mark.parametrize(("growth", "rounding"), [("2978", "1"), ("3000", "100"), ("3010.5", "0.1")])
def test_rounding_is_no_contradiction(folder: Path, growth: str, rounding: str) -> None:
    """A growth that the rounded levels allow is not worth a word: 59.1 over 1.9 is 2,932 to 3,097 percent up."""
    _write(folder, "observations.csv", _contradictory(growth, rounding))
    assert check(folder) == []


def test_another_body_is_no_contradiction(folder: Path) -> None:
    """Levels that another body gave are not held against a growth."""
    rows = [row.replace(",TIM,src2,", ",SSB,src2,") for row in _contradictory("1500", "1")]
    _write(folder, "observations.csv", rows)
    assert check(folder) == []


def _raw(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _huge(folder: Path) -> None:
    with (folder / "events.csv").open("wb") as file:
        file.truncate(MAX_FILE + 1)


def _long_line(folder: Path) -> None:
    with (folder / "events.csv").open("wb") as file:
        file.write(b"event_id," + b"x" * (MAX_FILE - 100))


def _folder_for_file(folder: Path) -> None:
    (folder / "events.csv").unlink()
    (folder / "events.csv").mkdir()


def _pipe_for_file(folder: Path) -> None:
    (folder / "events.csv").unlink()
    os.mkfifo(folder / "events.csv")


_HEAD = ",".join(TABLES["events.csv"].columns).encode()


@pytest.mark.parametrize(
    ("damage", "file", "row", "says"),
    [
        (_raw("events.csv", b""), "events.csv", 1, "is empty"),
        (_raw("events.csv", b"\0" * 100), "events.csv", 1, "NUL"),
        (_raw("events.csv", _HEAD + b"\nev,ord\0er\n"), "events.csv", 2, "NUL"),
        (_raw("events.csv", _HEAD + "\nev,İ".encode("utf-16-le")), "events.csv", 2, "NUL"),
        (_raw("events.csv", _HEAD + "\nev,ş".encode("iso-8859-9")), "events.csv", 2, "not UTF-8"),
        (_raw("events.csv", _HEAD + b"\n" + b"x" * (MAX_LINE + 1)), "events.csv", 2, "longer than"),
        (_raw("events.csv", _HEAD + b'\n"ev,order\n'), "events.csv", 2, "quotation marks"),
        (_raw("events.csv", _HEAD + b"\n" + b'"' + b"a\n" * 200_000), "events.csv", None, "quotation marks"),
        (_raw("events.csv", _HEAD + b"\nev,order,UKR\n"), "events.csv", 2, "3 cells"),
        (_raw("events.csv", _HEAD.replace(b",buyer", b"")), "events.csv", 1, "add it to the header"),
        (_raw("events.csv", _HEAD + b",note"), "events.csv", 1, "there twice"),
        (_raw("series/other.csv", b"product,period,value\n"), "series/other.csv", 0, "no row of vintages.csv"),
        (_raw("series/src.csv", b"product,period,value\nsteel,2022-01,15\n"), "series/src.csv", 2, "steps of 10"),
        (_raw("series/src.csv", b"product,period,value\ngold,2022-01,10\n"), "series/src.csv", 2, "no product"),
        (lambda folder: (folder / "series" / "src.csv").unlink(), "series/src.csv", 0, "missing"),
        (_huge, "events.csv", 0, "split it"),
        (_long_line, "events.csv", 1, "longer than"),
        (_folder_for_file, "events.csv", 0, "no file"),
        (_pipe_for_file, "events.csv", 0, "no file"),
    ],
)
def test_hostile_file_earns_a_sentence(
    folder: Path, damage: Callable[[Path], object], file: str, row: int | None, says: str
) -> None:
    """A damaged or hostile file earns one clear finding at its place, never an exception."""
    damage(folder)
    found = _only(check(folder))
    assert found.file == file
    assert row is None or found.row == row
    assert says in found.message
    assert "\n" not in str(found)


def test_vintage_reads_no_file_elsewhere(folder: Path) -> None:
    """A source whose id is a path does not make its series be read from there."""
    (folder / "secret.csv").write_text("product,period,value\nsteel,2022-01,10\n", "utf-8")
    _write(folder, "sources.csv", [*GOOD["sources.csv"], SOURCE.replace("src", "../secret", 1)])
    _write(folder, "vintages.csv", [*GOOD["vintages.csv"], "../secret,own,TUR,WLD,value,USD,10,TIM,"])
    found = _only(check(folder))
    assert (found.file, found.row, found.column) == ("vintages.csv", 4, "source_id")


def test_missing_sources_and_empty_folder(tmp_path: Path) -> None:
    """A folder without sources, with nothing but sources, or that is not there says what to add."""
    assert "missing" in str(_only(check(tmp_path)))
    _write(tmp_path, "sources.csv", [SOURCE])
    assert "holds no facts" in str(_only(check(tmp_path)))
    assert "no such folder" in str(_only(check(tmp_path / "nowhere")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: _HEAD + b"\n" + text.encode())))
def test_no_content_raises(folder: Path, content: bytes) -> None:
    """Whatever bytes a fact file holds, loading ends with findings, not with an exception."""
    (folder / "events.csv").write_bytes(content)
    facts, findings = load(folder)
    assert findings or facts.events or content.strip() == _HEAD.strip() or not content.removeprefix(_HEAD).strip()


def test_byte_order_mark_and_windows_lines_are_fine(folder: Path) -> None:
    """What spreadsheets save as "CSV UTF-8" is read as it is."""
    path = folder / "events.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(folder) == []


def test_row_is_counted_in_lines(folder: Path) -> None:
    """After a cell with line breaks the row number is still the line that an editor shows."""
    long = GOOD["statements.csv"][0].replace("Said so.", '"Said\nso,\nat length."')
    _write(folder, "statements.csv", [long, GOOD["statements.csv"][0].replace("Minister", "")])
    assert {found.row for found in check(folder)} == {5}


def test_findings_read_like_a_compiler_s(folder: Path) -> None:
    """A finding prints as file:row: severity: column: sentence."""
    _write(folder, "statements.csv", [GOOD["statements.csv"][0].replace("2022-04", "later")])
    assert str(_only(check(folder))).startswith("statements.csv:2: error: date: 'later' is not a date")


def test_own_reference_table_wins(folder: Path) -> None:
    """A folder with its own products is checked against those."""
    shutil.copy(DATA / "products.csv", folder)
    text = (folder / "products.csv").read_text("utf-8")
    (folder / "products.csv").write_text(text + "cheese,sector,group-agriculture,Cheese,,\n", "utf-8")
    _write(folder, "remarks.csv", ["TUR,WLD,cheese,2022,A remark.,src"])
    assert check(folder) == []
