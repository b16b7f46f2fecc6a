"""The store: built whole or not at all, opened read-only, every query from an index."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import FactError, StoreError
from knowledge.facts import Entity
from knowledge.folder import DATA
from knowledge.links import Directory, folded, names_of, text_id
from knowledge.period import Period
from knowledge.question import Name
from knowledge.schema import INDEXES, TABLES
from knowledge.store import Store, build, open_store
from knowledge.store import store_path as path_of

TODAY = date(2026, 11, 23)
P = Period.parse


@pytest.fixture
def home(store_path: Path, tmp_path: Path) -> Path:
    """A home folder of one's own with a built store in it."""
    shutil.copy(store_path, path_of(tmp_path))
    return tmp_path


def _open(home: Path, folder: Path = DATA) -> tuple[Store, int]:
    """The store, and how often it was built for that."""
    steps: list[str] = []
    store = open_store(home, today=TODAY, progress=lambda step, _done, _of: steps.append(step), folder=folder)
    return store, steps.count("read") // 2


def _sound(home: Path, folder: Path = DATA) -> bool:
    """True if there is a store that opens without being built."""
    store, builds = _open(home, folder)
    with store:
        return builds == 0 and store.newest("defence-aerospace") == P("2026-09")


# --- building -----------------------------------------------------------------------------------------------


def test_missing_store_is_built_and_then_kept(tmp_path: Path) -> None:
    """The first opening builds the store, in a home that need not exist; the second only opens it."""
    store, builds = _open(tmp_path / "deep" / "home")
    store.close()
    assert builds == 1
    assert _sound(tmp_path / "deep" / "home")
    assert [path.name for path in (tmp_path / "deep" / "home").iterdir()] == ["facts.db"]


def test_progress_ends_where_it_said(tmp_path: Path) -> None:
    """Each step of a build is told from its start to its end, rows counted."""
    told: list[tuple[str, int, int]] = []
    build(DATA, tmp_path / "facts.db", TODAY, lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _, _ in told)) == ["read", "write", "index"]
    written = [(done, of) for step, done, of in told if step == "write"]
    assert written == sorted(written)
    assert written[-1][0] == written[-1][1] > 9000


def test_edition_tells_content_date_and_counts(store: Store, tmp_path: Path) -> None:
    """An edition has the hash of the facts, the day it was built and the rows of each table."""
    assert len(store.edition.content) == 64
    assert store.edition.built == TODAY.isoformat()
    counts = dict(store.edition.counts)
    assert set(counts) == set(TABLES) - {"edition", "file"}
    assert {table for table, rows in counts.items() if not rows} == {"deal", "party", "system_key"}  # imported only
    build(DATA, tmp_path / "facts.db", date(2027, 1, 1))
    with Store(tmp_path / "facts.db") as again:
        assert again.edition.content == store.edition.content
        assert (again.edition.built, again.edition.counts) == ("2027-01-01", store.edition.counts)


def test_tables_are_strict_and_keys_hold(store_path: Path) -> None:
    """Every table is strict, every foreign key finds its row, and the file is whole."""
    with closing(sqlite3.connect(f"file:{store_path}?mode=ro", uri=True)) as connection:
        strict = {name: strict for _, name, _, _, _, strict in connection.execute("PRAGMA table_list")}
        assert {name for name in TABLES if strict[name] != 1} == set()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = {name: len(connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()) for name in TABLES}
        assert keys == {name: len(table.references) for name, table in TABLES.items()}


def test_store_cannot_be_written(store: Store) -> None:
    """An open store refuses every change."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM observation")


# --- staleness and damage -----------------------------------------------------------------------------------


@pytest.fixture
def facts_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped facts, to be changed, with the times of the originals."""
    return shutil.copytree(DATA, tmp_path_factory.mktemp("facts") / "data")


def test_untouched_facts_are_not_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh store opens by the files' sizes and times alone, without reading one."""

    def read(path: Path) -> str:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr("knowledge.folder._digest", read)
    assert _sound(home)
    with pytest.raises(AssertionError, match="was read"):
        build(DATA, home / "other.db", TODAY)


def test_same_facts_of_another_time_are_fresh(home: Path, facts_folder: Path) -> None:
    """Files that were only copied or checked out again do not make a store stale."""
    for path in facts_folder.rglob("*.csv"):
        os.utime(path, (1, 1))
    assert _sound(home, facts_folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: _replace(folder / "remarks.csv", "First published", "First Published"),
        lambda folder: _replace(folder / "series" / "tim-2026-09-bulletin.csv", "634108320", "634108330"),
        lambda folder: (folder / "remarks.csv").unlink(),
    ],
    ids=["same size", "series", "file gone"],
)
def test_other_facts_are_stale(home: Path, facts_folder: Path, change: Callable[[Path], None]) -> None:
    """A change of one letter, even of the same length, or a file that goes, makes the store be built again."""
    change(facts_folder)
    store, builds = _open(home, facts_folder)
    store.close()
    assert builds == 1
    assert _sound(home, facts_folder)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def _sql(*statements: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return run


def _overwrite(at: float, content: bytes, *, skip: int = 0) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(int(path.stat().st_size * at) + skip)
            file.write(content)

    return run


def _overwrite_with_another(path: Path) -> None:
    path.unlink()
    _sql("CREATE TABLE t (x)")(path)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(b"\xff" * 50_000),
    "header only": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "one byte short": lambda path: os.truncate(path, path.stat().st_size - 1),
    "too long": lambda path: path.write_bytes(path.read_bytes() + b"more"),
    "hole in the middle": _overwrite(0.5, b"\0" * 20_000),
    "garbage at the start": _overwrite(0, b"garbage"),
    "garbage in the schema": _overwrite(0, b"\xaa" * 4096, skip=100),
    "table gone": _sql("PRAGMA foreign_keys = OFF", "DROP TABLE event_entity"),
    "index gone": _sql("DROP INDEX observation_flow"),
    "edition gone": _sql("DELETE FROM edition"),
    "older schema": _sql("UPDATE edition SET value = '0' WHERE key = 'schema'"),
    "another database": _overwrite_with_another,
    "a text file": lambda path: path.write_text("source_id,publisher\n" * 1000),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damaged_store_is_rebuilt(home: Path, damage: Callable[[Path], object]) -> None:
    """However a store is damaged, opening it heals it, and it answers as before."""
    damage(path_of(home))
    with pytest.raises(StoreError):
        Store(path_of(home))
    store, builds = _open(home)
    store.close()
    assert builds == 1
    assert _sound(home)


def test_damage_found_late_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage that only a query meets is one clear sentence, not SQLite's."""
    monkeypatch.setattr("knowledge.store_file._CHECKED", 0)
    _overwrite(0.3, b"\0" * 1_200_000)(path_of(home))
    with Store(path_of(home)) as store, pytest.raises(StoreError, match=r"is damaged .* build it again"):
        _ask_everything(store)


def _ask_everything(store: Store) -> None:
    for query in QUERIES.values():
        query(store)


def test_failed_build_leaves_the_old_store(home: Path, facts_folder: Path) -> None:
    """If the new facts are wrong the error names them and the old store stays as it was."""
    before = path_of(home).read_bytes()
    _replace(facts_folder / "events.csv", ",order,", ",theft,")
    with pytest.raises(FactError, match=r"events\.csv:\d+: error: kind"):
        open_store(home, today=TODAY, folder=facts_folder)
    assert path_of(home).read_bytes() == before
    assert [path.name for path in home.iterdir()] == ["facts.db"]


def test_home_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    """A home that is a file is told in one sentence, which names it."""
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written to .*home.*choose another folder"):
        open_store(tmp_path / "home", today=TODAY)


_BUILDER = """
import sys
from datetime import date
from pathlib import Path
from knowledge.store import open_store
print("ready", flush=True)
sys.stdin.readline()
with open_store(Path(sys.argv[1]), today=date(2026, 11, 23)) as store:
    print(store.newest("defence-aerospace"), flush=True)
"""


def _builder(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", _BUILDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_processes_that_build_at_once_all_end_well(tmp_path: Path) -> None:
    """Four processes that find no store each get one that answers, and one whole store is left."""
    builders = [_builder(tmp_path) for _ in range(4)]
    for builder in builders:
        assert builder.stdin
        builder.stdin.write("go\n")
        builder.stdin.flush()
    answers = [builder.communicate(timeout=60)[0] for builder in builders]
    assert answers == ["2026-09\n"] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["facts.db"]
    assert _sound(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_build_leaves_no_half_store(tmp_path: Path) -> None:
    """A build that is killed at any moment leaves no store or a whole one; what it leaves besides is swept later."""
    killed = 0
    for delay in (0.05, 0.15, 0.25, 0.35):
        builder = _builder(tmp_path)
        assert builder.stdin
        builder.stdin.write("go\n")
        builder.stdin.flush()
        time.sleep(delay)
        builder.send_signal(signal.SIGKILL)
        builder.communicate(timeout=60)
        killed += builder.returncode == -signal.SIGKILL
        if path_of(tmp_path).exists():
            assert _sound(tmp_path)
            path_of(tmp_path).unlink()
    assert killed
    left = tmp_path / ".facts.db-dead.new"
    left.touch()
    for path in tmp_path.glob(".facts.db-*.new"):
        os.utime(path, (1, 1))
    build(DATA, path_of(tmp_path), TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["facts.db"]


def test_fresh_store_opens_fast(store_path: Path) -> None:
    """Opening a fresh store takes some milliseconds, and loads nothing that only a build needs."""
    script = (
        "import sys, time; from datetime import date; from pathlib import Path\n"
        "from knowledge.store import open_store\n"
        "best = 9\n"
        "for _ in range(5):\n"
        "    start = time.perf_counter(); open_store(Path(sys.argv[1]), today=date(2026, 11, 23)).close()\n"
        "    best = min(best, time.perf_counter() - start)\n"
        "print(best, *sorted({'sqlite_utils', 'babel', 'knowledge.build', 'knowledge.load'} & set(sys.modules)))"
    )
    out = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script, str(store_path.parent)], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert len(out) == 1
    assert float(out[0]) < 0.1  # some 5 ms; the bound is loose because the machine is shared


# --- queries ------------------------------------------------------------------------------------------------

REGISTER: dict[str, Callable[[Store], object]] = {
    "deals of a recipient": lambda s: s.register.deals(recipients=["POL"], suppliers=[]),
    "deals of a recipient, of a kind": lambda s: s.register.deals(recipients=["POL"], descriptions=["tank"]),
    "deals of a pair": lambda s: s.register.deals(recipients=["POL"], suppliers=["KOR"]),
    "deals of a supplier of its day": lambda s: s.register.deals(suppliers=["sipri:soviet-union"]),
    "deals of a model": lambda s: s.register.deals(designations=["Leopard-2A4"]),
    "deals of a kind": lambda s: s.register.deals(descriptions=["tank"]),
}
"""Queries that find nothing in the shipped facts: registers are imported."""
QUERIES: dict[str, Callable[[Store], object]] = {
    "one flow, one period": lambda s: s.observations(product="defence-aerospace", partner="UKR", period=P("2022-Q1")),
    "one flow, all": lambda s: s.observations(product="defence-aerospace", partner="UKR", measure=None),
    "all partners": lambda s: s.observations(product="defence-aerospace", period=P("2022-Q1")),
    "all partners within": lambda s: s.observations(product="defence-aerospace", within=P("2022"), measure=None),
    "all products": lambda s: s.observations(partner="UKR", within=P("2022")),
    "one speaker": lambda s: s.observations(attributed_to="org-sipri", measure=None, within=P("2010/2026")),
    "one speaker, one flow": lambda s: s.observations(
        attributed_to="org-ssb", product="defence-aerospace", partner="WLD", period=P("2022")
    ),
    "months": lambda s: s.months("defence-aerospace", P("2022")),
    "by product": lambda s: s.by_product(P("2022"), "sector"),
    "earlier": lambda s: s.earlier([o.observation_id for o in s.months("defence-aerospace", P("2026-01/2026-09"))]),
    "newest": lambda s: s.newest("defence-aerospace", "UKR"),
    "oldest": lambda s: s.oldest("defence-aerospace"),
    "partners": lambda s: s.partners("defence-aerospace"),
    "remarks": lambda s: s.remarks("defence-aerospace", P("2022-Q1")),
    "events of a buyer": lambda s: s.events(buyer="UKR", within=P("2022")),
    "events of a country": lambda s: s.events(supplier_country="USA"),
    "events of a system": lambda s: s.events(system="sys-tb2", kinds=("delivery", "donation")),
    "events of a supplier": lambda s: s.events(supplier="co-baykar", touching=P("2022-03")),
    "events of a kind": lambda s: s.events(kinds=("donation",)),
    "events of a time": lambda s: s.events(within=P("2022-03")),
    "events touching a time": lambda s: s.events(touching=P("2022-03")),
    "entities of an event": lambda s: s.entities_of("ukr-tb2-contract-gur"),
    "statements of a speaker": lambda s: s.statements("p-gorgun"),
    "entity": lambda s: s.entity("sys-tb2"),
    "entities of a kind": lambda s: s.entities("system"),
    "source": lambda s: s.source("tim-2026-09-bulletin"),
    "names": lambda s: s.names("en"),
    "named": lambda s: s.named("tb2", "en"),
    "country labels": lambda s: s.country_labels("tr"),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_query_finds_something_from_an_index(store_path: Path, query: Callable[[Store], object]) -> None:
    """Every named query has an answer in the shipped facts and never walks through a whole table or index."""
    asked: list[str] = []
    with Store(store_path) as store:
        store._connection.set_trace_callback(asked.append)
        assert query(store)
        store._connection.set_trace_callback(None)
        assert asked
        for sql in asked:
            plan = [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
            # A list that the question itself brought (json_each, one constant) is not a table.
            walks = [step for step in plan if step.startswith("SCAN") and "json_each" not in step]
            assert [step for step in walks if step != "SCAN CONSTANT ROW"] == [], plan
            assert any("INDEX" in step for step in plan), plan


def test_every_index_is_used(store_path: Path) -> None:
    """There is no index that no query is answered from."""
    plans: list[str] = []
    with Store(store_path) as store:
        asked: list[str] = []
        store._connection.set_trace_callback(asked.append)
        for query in (*QUERIES.values(), *REGISTER.values()):
            query(store)
        store._connection.set_trace_callback(None)
        for sql in asked:
            plans += [row[3] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert [name for name in INDEXES if not any(name in step.split() for step in plans)] == []


def test_founding_figure(store: Store) -> None:
    """$59.1 million in the first quarter of 2022, from several sources, bounds included."""
    found = store.observations(product="defence-aerospace", partner="UKR", period=P("2022-Q1"))
    assert len(found) > 5
    lead = next(one for one in found if one.source_id.startswith("dailysabah"))
    assert (lead.quantity.value, lead.quantity.low, lead.quantity.high) == (59.1e6, 59.05e6, 59.15e6)
    assert store.source(lead.source_id).publisher == "Daily Sabah"
    assert all(one.partner == "UKR" and str(one.period) == "2022-Q1" for one in found)


def test_months_and_their_earlier_vintage(store: Store) -> None:
    """The newest vintage leads, month by month; a revised month's earlier value is one question away."""
    months = store.months("defence-aerospace", P("2026-01/2026-12"))
    assert [str(one.period) for one in months] == [f"2026-{month:02}" for month in range(1, 10)]
    january, may = months[0], months[4]
    assert (january.quantity.value, january.known_from, january.known_until) == (549_277_730, "2026-10", "")
    assert (may.source_id, store.earlier([may.observation_id])) == ("tim-2026-08-bulletin", [])
    (before,) = store.earlier([january.observation_id])
    assert (before.quantity.value, before.known_from, before.known_until) == (554_338_010, "2026-09", "2026-10")
    assert before.source_id == "tim-2026-08-bulletin"
    revised = {one.period for one in store.earlier([one.observation_id for one in months])}
    assert revised < {one.period for one in months}


def test_current_figures_only(store: Store) -> None:
    """A superseded value is in no answer but `earlier`."""
    for one in store.observations(product="all-goods", within=P("2026"), measure=None):
        assert one.known_until == ""
    assert len(store.months("all-goods", P("2026"))) == 9


def test_by_product_adds_up(store: Store) -> None:
    """The sums of a level are the sums of its months, largest first, with the months counted."""
    sectors = store.by_product(P("2022"), "sector")
    assert len(sectors) == 26
    assert [one[1] for one in sectors] == sorted((one[1] for one in sectors), reverse=True)
    defence = next(one for one in sectors if one[0] == "defence-aerospace")
    months = store.months("defence-aerospace", P("2022"))
    assert defence == ("defence-aerospace", sum(one.quantity.value for one in months), 120.0, 12)
    assert {one[3] for one in store.by_product(P("2026"), "sector")} == {9}


def test_newest_and_oldest(store: Store) -> None:
    """The official months decide where they are; else the reports do; what is not known is None."""
    assert (store.oldest("defence-aerospace"), store.newest("defence-aerospace")) == (P("2019-01"), P("2026-09"))
    ukraine = store.observations(product="defence-aerospace", partner="UKR")
    newest = store.newest("defence-aerospace", "UKR")
    assert newest is not None
    assert newest.end == max(one.period.end for one in ukraine)
    assert store.newest("steel", "UKR") is None
    assert store.oldest("no such product") is None


def test_partners(store: Store) -> None:
    """Every partner with a value is listed once, with its span and count; the world is none of them."""
    partners = {partner: (first, last, count) for partner, first, last, count in store.partners("defence-aerospace")}
    assert "WLD" not in partners
    assert len(partners) > 20
    for partner, (first, last, count) in partners.items():
        found = store.observations(product="defence-aerospace", partner=partner)
        assert count == len(found)
        assert first.start == min(one.period.start for one in found)
        assert last.end == max(one.period.end for one in found)


@pytest.mark.parametrize(("by", "told"), [("org-ssb", {"SSB", "SSM", "TIM and SSB"}), ("SSM", {"SSM"})])
def test_attributed(store: Store, by: str, told: set[str]) -> None:
    """A body's figures are found by its entity under all its names, or by one name as it stands."""
    assert {one.attributed_to for one in store.observations(attributed_to=by, measure=None)} == told


def test_remarks(store: Store) -> None:
    """What was noted on a sum of months is found by exactly its period."""
    ((text, source_id),) = store.remarks("defence-aerospace", P("2022-Q1"))
    assert "First published as 961.1m" in text
    assert store.source(source_id).kind == "official_statistics"
    assert store.remarks("defence-aerospace", P("2022-Q2")) == []


def test_events_by_system_keep_families_apart(store: Store) -> None:
    """Joint rows are found under each of their systems; TB2 is not TB3, Anka not Aksungur, a kit no aircraft."""
    joint = {one.event_id for one in store.events(system="sys-tb2")} & {
        one.event_id for one in store.events(system="sys-akinci")
    }
    assert joint
    assert all("Akinci" in one.system for one in store.events(system="sys-akinci"))
    assert all("Anka" in one.system for one in store.events(system="sys-anka"))
    assert {one.system for one in store.events(system="sys-f16")} == {"F-16 Block 70"}
    assert {one.system for one in store.events(system="sys-f16-kit")} == {"F-16 modernisation kit"}
    assert not any(one.system == "Bayraktar TB3" for one in store.events(system="sys-tb2"))
    assert {one.system for one in store.events(system="sys-cobra")} > {"Cobra", "Cobra II", "Arma 8x8 and Cobra II"}
    assert len(store.events(system="text:armed-uav")) == 11


def test_events_by_supplier(store: Store) -> None:
    """A joint supplier is found under each of its names."""
    for entity_id in ("co-tai", "co-baykar"):
        assert "TAI / Baykar" in {one.supplier for one in store.events(supplier=entity_id)}


def test_events_within_and_touching(store: Store) -> None:
    """`within` is a part of `touching`, both as the dates themselves say, in order of date."""
    span, every = P("2022-H1"), store.events()
    within, touching = store.events(within=span), store.events(touching=span)
    assert [one for one in every if one.date.within(span)] == within
    assert [one for one in every if one.date.touches(span)] == touching
    assert len(within) < len(touching) < len(every) == 658


def test_event_comes_back_as_it_was_told(store: Store) -> None:
    """An event's number and money keep the hedge and bounds of the source; an unknown number is none."""
    events = {one.event_id: one for one in store.events(buyer="UKR")}
    more = events["ukr-tb2-purchases-20plus"].quantity
    assert more is not None
    assert (more.value, more.low, more.high, more.qualifier) == (20, 20, None, "more_than")
    about = events["ukr-tb2-fleet-20-portfolio"].quantity
    assert about is not None
    assert (about.low, about.high) == (15, 25)
    money = events["ukr-tb2-contract-2019-69m"].value
    assert money is not None
    assert (money.value, money.low, money.high, money.unit) == (69e6, 68.5e6, 69.5e6, "USD")
    assert events["ukr-tb2-production-2021-03"].quantity is None


def test_statements(store: Store) -> None:
    """Statements are found by who spoke, also where the speaker is named with others."""
    assert len(store.statements()) == 112
    told = store.statements("org-tim")
    assert "Turkish Exporters Assembly (TIM), as reported" in {one.speaker for one in told}
    assert {one.speaker for one in store.statements("p-haluk")} == {"Haluk Bayraktar"}


def test_lookups_of_one(store: Store) -> None:
    """One entity, product or source comes by its id; an unknown source is a KeyError, the others None."""
    tb2 = store.entity("sys-tb2")
    assert tb2 is not None
    assert tb2.name == "Bayraktar TB2"
    assert "TB-2" in tb2.aliases
    assert store.entity("sys-none") is None
    steel = store.product("steel")
    assert steel is not None
    assert (steel.parent, steel.official) == ("group-industry", "Çelik")
    assert store.product("cheese") is None
    assert {one.level for one in store.products("group")} == {"group"}
    assert store.source_count() == 741
    with pytest.raises(KeyError):
        store.source("no-such-source")


# --- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Turkey", "en", Name("country", "TUR")),
        ("Türkiye", "en", Name("country", "TUR")),
        ("TURKIYE", "en", Name("country", "TUR")),
        ("U.S.A.", "en", Name("country", "USA")),
        ("Bosnia and Herzegovina", "en", Name("country", "BIH")),
        ("Ivory Coast", "en", Name("country", "CIV")),
        ("Kosovo", "en", Name("country", "XKX")),
        ("worldwide", "en", Name("country", "WLD")),
        ("Ukrayna", "tr", Name("country", "UKR")),
        ("Туреччина", "uk", Name("country", "TUR")),
        ("Польща", "uk", Name("country", "POL")),
        ("Великобритания", "ru", Name("country", "GBR")),
        ("TB-2", "en", Name("system", "sys-tb2")),
        ("TB2", "tr", Name("system", "sys-tb2")),
        ("Байрактар ТБ2", "uk", Name("system", "sys-tb2")),
        ("Erdogan", "en", Name("person", "p-erdogan")),
        ("ERDOĞAN", "en", Name("person", "p-erdogan")),
        ("Ердоган", "uk", Name("person", "p-erdogan")),
        ("TUSAŞ", "en", Name("company", "co-tai")),
        ("Nagorno-Karabakh war", "en", Name("conflict", "cf-karabakh")),
        ("AOR+", "en", Name("system", "sys-aor")),
    ],
)
def test_name_is_known(store: Store, text: str, language: str, name: Name) -> None:
    """A name is found under its folded words, in its language or in any."""
    assert name in store.named(folded(text), language)
    assert (folded(text), name) in store.names(language)


def test_names_keep_to_their_language(store: Store) -> None:
    """A country's name in one language is not one in another; brackets do not make one country another."""
    assert store.named(folded("Ukrayna"), "en") == []
    assert store.named(folded("Великобритания"), "ru") == [Name("country", "GBR")]
    assert Name("country", "VGB") not in store.named(folded("Virgin Islands"), "en")


def test_country_labels(store: Store) -> None:
    """Every country has a name to show in every language."""
    for language, name in (("en", "Ukraine"), ("tr", "Ukrayna"), ("uk", "Україна"), ("ru", "Украина")):
        labels = store.country_labels(language)
        assert (labels["UKR"], len(labels)) == (name, 251)


@given(st.sampled_from(["Anka", "Anka-S", "armed Anka", "UAV"]), st.text("abras", max_size=4))
def test_only_whole_names_link(name: str, more: str) -> None:
    """Letters glued to a name make it another word, and words beside it another name: neither is linked."""
    directory = Directory([Entity("sys-anka", "system", "Anka", ("Anka-S",), "A drone.", "src")])
    text = name + more
    expected = "sys-anka" if text in ("Anka", "Anka-S") else text_id(text)
    assert directory.links(text, ("system",)) == (expected,)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Anka and armoured vehicles", ("sys-anka", "text:armoured-vehicles")),
        ("big things (Anka)", ("text:big-things", "sys-anka")),
        ("tents and uniforms", ("text:tents", "text:uniforms", "text:tents-and-uniforms")),
        ("Anka/Anka-S", ("sys-anka",)),
        ("", ()),
        ("?!", ()),
    ],
)
def test_joint_texts_are_taken_apart(text: str, ids: tuple[str, ...]) -> None:
    """Each part of a joint text is linked, to its entity or by its words; a text without words to nothing."""
    directory = Directory([Entity("sys-anka", "system", "Anka", ("Anka-S",), "A drone.", "src")])
    assert directory.links(text, ("system",), keep_parts=True) == ids


def test_person_has_a_last_name() -> None:
    """A person is found by the last name alone, a system is not."""
    person = Entity("p", "person", "Haluk Görgün", ("Халук Гёргюн",), "Head.", "src")
    assert set(names_of(person)) == {"haluk gorgun", "gorgun", "халук гергюн", "гергюн"}
    assert set(names_of(Entity("s", "system", "Big Drone", (), "One.", "src"))) == {"big drone"}
