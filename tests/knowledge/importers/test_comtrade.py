"""UN Comtrade's files: every shape of them, each flow by itself, each row that cannot be taken named with its cell."""

from __future__ import annotations

import csv
import gzip
import shutil
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import RefusedError
from knowledge.folder import DATA
from knowledge.gathered import Facts
from knowledge.importers.comtrade import read
from knowledge.importers.parsed import Parsed
from knowledge.imports import Outcome, import_file
from knowledge.load import facts_of
from tests.knowledge.importers.comtrade_files import Trade, as_csv, as_json, classic, current, handed
from tests.knowledge.importing import TODAY, rows, tree

SHARED = Path(__file__).parents[4] / "shared" / "data"
TRADES = (
    Trade("TUR", "X", "WLD", "1000"),
    Trade("TUR", "X", "DEU", "600"),
    Trade("TUR", "X", "UKR", "300"),
    Trade("DEU", "M", "TUR", "650"),
    Trade("DEU", "RX", "TUR", "20"),
    Trade("TUR", "M", "S19", "70"),
)
FLOWS = {
    ("customs_export", "TUR", "WLD", "all-goods", "2022", "1000"),
    ("customs_export", "TUR", "DEU", "all-goods", "2022", "600"),
    ("customs_export", "TUR", "UKR", "all-goods", "2022", "300"),
    ("customs_import", "TUR", "DEU", "all-goods", "2022", "650"),
    ("customs_re_export", "DEU", "TUR", "all-goods", "2022", "20"),
    ("customs_import", "S19", "TUR", "all-goods", "2022", "70"),
}


@pytest.fixture(scope="module")
def known() -> Facts:
    """The reference tables."""
    return facts_of(DATA)


@pytest.fixture
def parsed(known: Facts) -> Callable[[Path], Parsed]:
    """Reads a file beside the shipped facts."""
    return lambda path: read(path, known, TODAY)


def flows(found: Parsed) -> set[tuple[str, ...]]:
    """(measure, exporter, partner, product, period, value) of every row."""
    measures = {one.source_id: one.measure for one in found.vintages}
    return {
        (measures[row.source_id], row.exporter, row.partner, row.product, row.period, row.value) for row in found.series
    }


def refused(found: Parsed) -> list[str]:
    """What was said of the rows that were not taken."""
    list(found.series)
    return [str(one) for one in found.refused]


@pytest.mark.parametrize("shape", ["current.csv", "bare.csv", "classic.csv", "current.json", "list.json"])
def test_every_shape_says_the_same(shape: str, tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Of today and of before, CSV with and without the comma that shifts careless readers, JSON."""
    content = {
        "current.csv": as_csv(current(TRADES)),
        "bare.csv": as_csv(current(TRADES), trailing=False),
        "classic.csv": as_csv(classic(TRADES)),
        "current.json": as_json(current(TRADES)),
        "list.json": b"[" + as_json(current(TRADES)).partition(b"[")[2].rpartition(b"]")[0] + b"]",
    }[shape]
    path = tmp_path / shape
    path.write_bytes(content)
    assert flows(parsed(path)) == FLOWS


@pytest.mark.parametrize("packed", ["zip", "gz", "bom", "latin-1", "tabs"])
def test_however_it_is_packed(packed: str, tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Zipped, gzipped, with a byte-order mark, with the site's own accents, with tabs."""
    text = as_csv(current(TRADES))
    path = tmp_path / "handed"
    match packed:
        case "zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("TradeData.csv", text)
        case "gz":
            path.write_bytes(gzip.compress(text))
        case "bom":
            path.write_bytes(b"\xef\xbb\xbf" + text)
        case "latin-1":
            path.write_bytes(text.decode().encode("latin-1"))
        case _:
            plain = [",".join(row) for row in (current(TRADES)[0], *(one.values() for one in current(TRADES)))]
            path.write_text("\n".join(line.replace("Asia, nes", "Asia").replace(",", "\t") for line in plain), "utf-8")
    assert flows(parsed(path)) == FLOWS


def test_the_same_flows_give_the_same_sources(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Whatever the order and the shape: so that the same query fetched again changes nothing."""
    one = parsed(handed(tmp_path / "one.csv", *TRADES))
    other_path = tmp_path / "other.json"
    other_path.write_bytes(as_json(current(reversed(TRADES))))
    assert list(one.sources) == list(parsed(other_path).sources)
    titles = [source.title for source in one.sources]
    assert "UN Comtrade Database, imports as reported by Germany and Türkiye, 2022" in titles


def test_precision_is_that_of_the_reporter(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """One prints whole dollars, another thousandths: neither gets the other's."""
    path = handed(
        tmp_path / "in.csv",
        Trade("DEU", "M", "TUR", "26051239954.465"),
        Trade("DEU", "M", "UKR", "5.0"),
        Trade("CHN", "M", "TUR", "4520330498"),
    )
    found = parsed(path)
    steps = {one.source_id: one.rounding for one in found.vintages}
    assert {(row.partner, row.value, steps[row.source_id]) for row in found.series} == {
        ("DEU", "26051239954.465", "0.001"), ("DEU", "5", "0.001"), ("CHN", "4520330498", "1"),
    }  # fmt: skip


def test_months_and_years_are_kept_apart(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Each under its own period."""
    path = handed(tmp_path / "in.csv", Trade("TUR", "X", "DEU", "5", "202203"), Trade("TUR", "X", "DEU", "60", "2022"))
    assert {row[4:] for row in flows(parsed(path))} == {("2022-03", "5"), ("2022", "60")}


def test_commodities_have_their_own_products(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """By their classification; a zero that a spreadsheet took is put back; services are no goods."""
    path = handed(
        tmp_path / "in.csv",
        Trade("TUR", "X", "DEU", "5", code="8802", text="Aircraft"),
        Trade("TUR", "X", "DEU", "6", code="88", text="Aircraft, spacecraft"),
        Trade("TUR", "X", "DEU", "7", code="1", text="Animals; live"),
        Trade("TUR", "X", "DEU", "8", code="7", more={"classificationCode": "S4"}),
        Trade("TUR", "X", "DEU", "9", code="SC", text="Transport", more={"typeCode": "S", "classificationCode": "EB"}),
    )
    found = parsed(path)
    products = {row.product_id: (row.parent, row.label) for row in found.products}
    assert products == {
        "hs-01": ("all-goods", "Animals; live (HS 01)"),
        "hs-88": ("all-goods", "Aircraft, spacecraft (HS 88)"),
        "hs-8802": ("hs-88", "Aircraft (HS 8802)"),
        "sitc-7": ("all-goods", "All Commodities (SITC 7)"),
        "eb-sc": ("", "Transport (EB SC)"),
    }
    assert {(row[0], row[3]) for row in flows(found)} >= {("customs_export", "hs-88"), ("services_export", "eb-sc")}


def test_parts_of_rows_are_left_out(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """By second partner, by procedure, by transport: their whole is a row of its own."""
    path = handed(
        tmp_path / "in.csv",
        Trade("TUR", "X", "DEU", "600"),
        Trade("TUR", "X", "DEU", "400", more={"motCode": "2100"}),
        Trade("TUR", "X", "DEU", "100", more={"partner2Code": "276"}),
        Trade("TUR", "X", "DEU", "100", more={"customsCode": "C01"}),
    )
    found = parsed(path)
    assert {row[5] for row in flows(found)} == {"600"}
    assert any("3 rows that are parts of others" in note for note in found.notes)


BAD: Sequence[tuple[Trade, str]] = (
    (Trade("TUR", "X", "DEU", ""), "primaryValue: the cell is empty"),
    (Trade("TUR", "X", "DEU", "-5"), "primaryValue: '-5' is no amount of US dollars"),
    (Trade("TUR", "X", "DEU", "=1+1"), "primaryValue: '=1+1' is no amount"),
    (Trade("TUR", "X", "DEU", "2.7E+12"), "primaryValue: '2.7E+12' was rounded by a spreadsheet"),
    (Trade("TUR", "X", "DEU", "5", "2022Q1"), "period: '2022Q1' is neither a year like 2022 nor a month"),
    (Trade("TUR", "X", "DEU", "5", "202213"), "period: '202213' is neither"),
    (Trade("TUR", "X", "DEU", "5", more={"freqCode": "M"}), "freqCode: 'M' does not fit the period 2022"),
    (Trade("TUR", "X", "DEU", "5", more={"refYear": "2021"}), "refYear: '2021' does not fit the period 2022"),
    (Trade("TUR", "X", "DEU", "5", "202203", more={"refMonth": "4"}), "refMonth: '4' does not fit"),
    (Trade("TUR", "DX", "DEU", "5"), "flowCode: DX (domestic exports) is a part of another flow"),
    (Trade("TUR", "Q", "DEU", "5"), "flowCode: 'Q' is none of M, X, RX and RM"),
    (Trade("TUR", "X", "DEU", "5", more={"flowDesc": "Import"}), "flowCode: 'X' and 'Import' are two different"),
    (Trade("WLD", "X", "DEU", "5"), "reporterCode: the world reports nothing itself"),
    (Trade("TUR", "X", "DEU", "5", more={"partnerCode": "156"}), "partnerCode: '156' is CHN, but the row calls it DEU"),
    (
        Trade("TUR", "X", "DEU", "5", more={"partnerCode": "97", "partnerISO": "EUR"}),
        "partnerCode: '97' is a group of countries",
    ),
    (
        Trade("TUR", "X", "DEU", "5", more={"partnerCode": "9999", "partnerISO": "QQQ"}),
        "partnerCode: '9999' is no area that is known",
    ),
    (Trade("TUR", "X", "DEU", "5", code="88;DROP"), "cmdCode: '88;DROP' is no code of a commodity"),
    (Trade("TUR", "X", "DEU", "5", more={"classificationCode": "Z9"}), "classificationCode: 'Z9' is none of"),
    (Trade("TUR", "X", "DEU", "5", more={"typeCode": "S"}), "classificationCode: 'H6' does not fit the type S"),
    (Trade("TUR", "X", "DEU", "5", more={"typeCode": "G"}), "typeCode: 'G' is neither C (goods) nor S (services)"),
    (Trade("TUR", "X", "WLD", "1001"), "primaryValue: 1001 is the second figure for this flow and period"),
)


@pytest.mark.parametrize(("trade", "says"), BAD, ids=[says for _, says in BAD])
def test_a_bad_row_is_named(trade: Trade, says: str, tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """File, row, column and reason; the others are taken."""
    found = parsed(handed(tmp_path / "in.csv", *TRADES[:3], trade))
    assert flows(found) == {row for row in FLOWS if row[:2] == ("customs_export", "TUR")}
    (line,) = [str(one) for one in found.refused]
    assert line.startswith(f"in.csv:5: error: {says}")


def test_rows_of_another_width_are_named(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Shifted cells are no figures."""
    path = handed(tmp_path / "in.csv", *TRADES)
    text = path.read_text("utf-8").replace('"600",', '"600","7",').replace('"300",\n', "\n")
    path.write_text(text, "utf-8")
    assert refused(parsed(path)) == [
        "in.csv:3: error: the row has 25 cells, the header 24",
        "in.csv:4: error: primaryValue: the cell is empty: there is no value in US dollars",
    ]


def test_partners_that_are_more_than_the_world_are_doubtful(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Then something is counted twice, or missing."""
    path = handed(tmp_path / "in.csv", Trade("TUR", "X", "WLD", "100"), Trade("TUR", "X", "DEU", "90"),
                  Trade("TUR", "X", "UKR", "20"))  # fmt: skip
    (doubt,) = refused(parsed(path))
    assert doubt == (
        "in.csv: warning: TUR, exports of all-goods in 2022: the partners make 110, the row on the world says 100"
    )


def test_mostly_bad_rows_refuse_the_file(tmp_path: Path, parsed: Callable[[Path], Parsed]) -> None:
    """Then it is another file."""
    path = handed(tmp_path / "in.csv", TRADES[0], *(Trade("TUR", "X", "DEU", f"{one}x") for one in range(3)))
    with pytest.raises(RefusedError, match=r"in\.csv: most rows cannot be read.*in\.csv:3: error: primaryValue"):
        parsed(path)


def test_long_reading_is_told(known: Facts, tmp_path: Path) -> None:
    """Rows so far, and about how many there are: also of a packed file."""
    trades = [Trade("TUR", "X", "DEU", str(at), code=f"{at:06}") for at in range(40_000)]
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress(as_csv(current(trades))))
    told: list[tuple[int, int]] = []
    list(read(path, known, TODAY, lambda done, of: told.append((done, of))).series)
    assert [done for done, _ in told] == [16384, 32768]
    assert all(30_000 < of < 50_000 for _, of in told)


# --- as imports ----------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, store_path: Path) -> Path:
    """A home with the shipped store."""
    place = tmp_path / "home"
    place.mkdir()
    shutil.copy(store_path, place)
    return place


def bring(home: Path, path: Path, today: date = TODAY, *, dry_run: bool = False) -> Outcome:
    """Import a file."""
    return import_file(home, "comtrade", path, today=today, dry_run=dry_run)


def test_imported_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    """Neither on the same day nor on a later one, whatever the file is called."""
    path = handed(tmp_path / "in.csv", *TRADES)
    tried = bring(home, path, dry_run=True)
    assert (tried.part, tried.difference.new.count, tried.difference.refused) == ("", 6, ())
    done = bring(home, path)
    assert done.difference.new.count == 6
    before = tree(home)
    assert bring(home, path).known
    again = bring(home, path.rename(tmp_path / "other.csv"), date(2026, 12, 24))
    assert (again.known, again.part, bool(again.difference)) == (True, "", False)
    assert {name: content for name, content in tree(home).items() if ".lock" not in name} == {
        name: content for name, content in before.items() if ".lock" not in name
    }


def test_a_revision_is_a_new_vintage(home: Path, tmp_path: Path) -> None:
    """The old value keeps its dates; what the later file does not speak of stays."""
    bring(home, handed(tmp_path / "one.csv", *TRADES))
    later = date(2026, 12, 24)
    path = handed(tmp_path / "two.csv", Trade("DEU", "M", "TUR", "657.5"), Trade("DEU", "M", "UKR", "9"))
    tried = bring(home, path, later, dry_run=True)
    (revised,) = tried.difference.revised.figures
    assert (revised.exporter, revised.partner, revised.before, revised.after) == ("TUR", "DEU", 650, 657.5)
    assert revised.percent == pytest.approx(7.5 / 6.5)
    assert (tried.difference.new.count, tried.difference.withdrawn.count) == (1, 0)
    bring(home, path, later)
    sql = """
        SELECT value, step, known_from, known_until FROM observation
        WHERE measure = 'customs_import' AND exporter = 'TUR' AND partner = 'DEU' ORDER BY known_from
        """
    assert rows(home, sql) == [(650.0, 1.0, "2026-11-23", "2026-12-24"), (657.5, 0.1, "2026-12-24", "")]
    sql = "SELECT count(*) FROM observation WHERE measure LIKE 'customs%' AND known_until = ''"
    assert rows(home, sql) == [(7,)]


def test_no_other_figure_is_touched(home: Path, tmp_path: Path) -> None:
    """Whatever asks for values gets what it got before."""
    sql = "SELECT * FROM observation WHERE measure = 'value' ORDER BY observation_id"
    before = rows(home, sql)
    bring(home, handed(tmp_path / "one.csv", *TRADES))
    assert rows(home, sql) == before


@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not here")
@pytest.mark.parametrize(("name", "count"), [("classic", 288), ("current", 1352)])
def test_the_real_files_are_taken_whole(
    name: str, count: int, parsed: Callable[[Path], Parsed], tmp_path: Path
) -> None:
    """Every row of them; and every sum is the one that a plain reading gives."""
    del tmp_path
    path = SHARED / f"comtrade-{name}-export.csv"
    found = parsed(path)
    taken = flows(found)
    assert (len(taken), found.refused) == (count, [])
    with path.open(encoding="latin-1", newline="") as stream:
        table = csv.reader(stream)
        header = next(table)
        column = header.index("primaryValue" if name == "current" else "Trade Value (US$)")
        printed = sum(float(row[column]) for row in table)
    assert sum(float(row[5]) for row in taken) == pytest.approx(printed, rel=1e-12)
