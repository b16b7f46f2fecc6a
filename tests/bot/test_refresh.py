"""Refreshing from a publisher's server: what it serves becomes a vintage, whatever else it does is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.fetch import LIMIT, Patience
from bot.record import last
from bot.refresh import Step, refresh, run_refresh
from bot.settings import Settings
from knowledge.errors import WaybillError
from knowledge.importers.tim import address
from knowledge.period import Period
from knowledge.store import Store, build, store_path
from tests.bot import publisher
from tests.bot.publisher import Act, Server
from tests.knowledge.importers.workbooks import figures, row_of, workbook
from tests.knowledge.importing import dump, rows, shipped_without_september, tree

TODAY = date(2026, 10, 5)
HASTE = Patience(attempts=3, wait=0.01, longest=0.05, connect=2.0, silence=0.4, whole=1.0)
AUGUST, SEPTEMBER, OCTOBER = (Period.month(2026, month) for month in (8, 9, 10))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped facts without the bulletin of September."""
    return shipped_without_september(tmp_path_factory.mktemp("shipped") / "data")


@pytest.fixture(scope="module")
def august(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The store of them."""
    path = store_path(tmp_path_factory.mktemp("august"))
    build(shipped, path, TODAY)
    return path.read_bytes()


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of August and September, as they were published."""
    place = tmp_path_factory.mktemp("books")
    workbook(place / "8.xlsx", 2026, 8, figures("tim-2026-08-bulletin"))
    workbook(place / "9.xlsx", 2026, 9, figures())
    return place


@pytest.fixture
def home(august: bytes, tmp_path: Path) -> Path:
    """A home that knows the figures up to August."""
    place = tmp_path / "home"
    place.mkdir()
    store_path(place).write_bytes(august)
    return place


@pytest.fixture
def server() -> Iterator[Server]:
    """A publisher who has published nothing yet."""
    with publisher.serving() as started:
        yield started


def path_of(month: Period) -> str:
    """Where a publisher has the workbook of a month."""
    return address(month, "/files/downloads/rakamlar")


def steps(home: Path, server: Server, shipped: Path, today: date = TODAY) -> list[Step]:
    """What a refresh does."""
    return list(refresh(home, server.url, today=today, folder=shipped, patience=HASTE))


def test_from_august_to_september(home: Path, server: Server, shipped: Path, books: Path, store_path: Path) -> None:
    """Every figure of the September vintage is in, every revised one has its old value with its dates, no other."""
    server.acts |= {
        path_of(AUGUST): publisher.file(books / "8.xlsx"),
        path_of(SEPTEMBER): publisher.file(books / "9.xlsx"),
    }
    done = steps(home, server, shipped)
    assert [(step.month, step.status, step.told) for step in done] == [
        (AUGUST, "unchanged", "nothing new"),
        (SEPTEMBER, "imported", "imported, 30 new, 190 revised"),
    ]
    sql = """
        SELECT product, period, value, low, high, step, known_from, known_until FROM observation WHERE series = 'tim'
        ORDER BY product, period, known_from
        """
    assert rows(home, sql) == rows(store_path.parent, sql)
    with Store(home / "facts.db") as store:
        (newest,) = store.months("defence-aerospace", SEPTEMBER)
        assert store.source(newest.source_id).url.endswith("/2026/9/2026-09-sektorel-bazda-rakamlar.xlsx")


def test_the_second_time_nothing_is_sent(home: Path, server: Server, shipped: Path, books: Path) -> None:
    """The publisher is asked whether something changed, and says no; nothing changes here."""
    server.acts |= {path_of(SEPTEMBER): publisher.file(books / "9.xlsx", tag='"v1"')}
    steps(home, server, shipped)
    before = tree(home)
    again = steps(home, server, shipped)
    assert [(step.month, step.status) for step in again] == [(SEPTEMBER, "unchanged")]
    assert server.seen[-1][1]["If-None-Match"] == '"v1"'
    assert tree(home) == before


def test_a_month_issued_again_is_another_vintage(home: Path, server: Server, shipped: Path, books: Path) -> None:
    """A newest month that its publisher corrects is fetched once more and revised."""
    server.acts |= {path_of(SEPTEMBER): publisher.file(books / "9.xlsx", tag='"v1"')}
    steps(home, server, shipped)
    corrected = figures() | {("steel", "2026-09"): 1_234_567_890}
    again = workbook(books / "9b.xlsx", 2026, 9, corrected)
    server.acts |= {path_of(SEPTEMBER): publisher.file(again, tag='"v2"')}
    (step,) = steps(home, server, shipped, date(2026, 10, 20))
    assert step.told == "imported, 1 revised"
    sql = "SELECT value, known_from, known_until FROM observation WHERE product = 'steel' AND period = '2026-09'"
    now = (1_234_567_890.0, "2026-10-20", "")
    assert sorted(rows(home, sql), reverse=True) == sorted(
        [(float(figures()["steel", "2026-09"]), "2026-10", "2026-10-20"), now], reverse=True
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (1, ("missing", "not published yet, due on 1 October 2026")),
        (2, ("missing", "not published yet, due on 1 October 2026")),
        (3, ("late", "not published yet, and was due on 1 October 2026")),
    ],
)
def test_not_published_yet_is_no_error(
    home: Path, server: Server, shipped: Path, day: int, told: tuple[str, str]
) -> None:
    """It says when it is due, or was."""
    before = tree(home)
    (_, newest) = steps(home, server, shipped, date(2026, 10, day))
    assert (newest.month, (newest.status, newest.told)) == (SEPTEMBER, told)
    assert {name: content for name, content in tree(home).items() if ".lock" not in name} == before


def test_nothing_is_asked_for_before_it_is_due(home: Path, server: Server, shipped: Path) -> None:
    """On the last day of September its figures cannot be out."""
    steps(home, server, shipped, date(2026, 9, 30))
    assert {path for path, _ in server.seen} == {path_of(AUGUST), address(AUGUST, "")}


def test_a_mirror_may_keep_them_right_below(home: Path, server: Server, shipped: Path, books: Path) -> None:
    """With or without the folders of TIM's site, and with a path of its own."""
    server.acts |= {address(SEPTEMBER, ""): publisher.file(books / "9.xlsx")}
    assert [step.status for step in steps(home, server, shipped)] == ["unchanged", "imported"]
    server.acts |= {address(SEPTEMBER, "/copies/tim"): publisher.file(books / "9.xlsx")}
    done = list(refresh(home, f"{server.url}/copies/tim", today=TODAY, folder=shipped, patience=HASTE))
    assert [step.status for step in done] == ["unchanged"]


def test_several_months_behind(home: Path, server: Server, shipped: Path, books: Path) -> None:
    """Each month is a vintage of its own; what is missing in between is not waited for."""
    later = figures() | {
        (product, "2026-10"): value for (product, month), value in figures().items() if month == "2026-09"
    }
    book = workbook(books / "10.xlsx", 2026, 10, later)
    server.acts |= {path_of(SEPTEMBER): publisher.file(books / "9.xlsx"), path_of(OCTOBER): publisher.file(book)}
    done = steps(home, server, shipped, date(2026, 12, 1))
    assert [(str(step.month), step.status) for step in done] == [
        ("2026-08", "unchanged"), ("2026-09", "imported"), ("2026-10", "imported"), ("2026-11", "missing"),
    ]  # fmt: skip
    assert len(list((home / "imports" / "tim").iterdir())) == 2


HTML = b"<!DOCTYPE html><html><body>Bak\xc4\xb1mday\xc4\xb1z</body></html>"
BAD: dict[str, tuple[str, str]] = {
    "web page": ("refused", "is a web page, not a workbook"),
    "cut file": ("refused", "is a damaged or truncated workbook"),
    "changed layout": ("refused", "SEKTOR!A22: no sector is known as"),
    "too large": ("refused", "is larger than"),
    "never ends": ("refused", "is larger than"),
    "forbidden": ("refused", "the server answers 403"),
    "broken server": ("unreachable", "it answers 500; try again later"),
    "busy server": ("unreachable", "it answers 503; try again later"),
    "breaks off": ("unreachable", "the connection broke off; try again later"),
    "silent": ("unreachable", "the server is too slow; try again later"),
    "drips": ("unreachable", "the server is too slow; try again later"),
    "in circles": ("unreachable", "round in circles"),
}


def _act(name: str, books: Path, server: Server) -> Act:
    """What a bad server does."""
    book = books / "9.xlsx"
    match name:
        case "cut file":
            return publisher.says(200, book.read_bytes()[:4000])
        case "changed layout":
            change = workbook(
                books / "drift.xlsx", 2026, 9, figures(),
                change=lambda sheet: sheet.cell(row_of(sheet, "Halı"), 1).__setattr__("value", "Uçan Halı"),
            )  # fmt: skip
            return publisher.file(change)
        case "too large":
            return publisher.says(200, b"PK" + bytes(LIMIT))
        case "drips":
            return publisher.dripping(book, 0.1)
        case "breaks off":
            return publisher.broken(book, 0.5)
        case "silent":
            return publisher.silent(2)
        case "in circles":
            return publisher.says(302, Location=server.url + path_of(SEPTEMBER))
    table = {"web page": publisher.says(200, HTML), "never ends": publisher.endless}
    status = {"forbidden": 403, "broken server": 500, "busy server": 503}
    return table.get(name) or publisher.says(status[name], HTML)


@pytest.mark.parametrize("name", BAD)
def test_whatever_a_server_does_is_one_line(name: str, home: Path, server: Server, shipped: Path, books: Path) -> None:
    """Told in one line, with the home as it was; tried again where that may help, and only there."""
    status, says = BAD[name]
    server.acts |= {path_of(SEPTEMBER): _act(name, books, server)}
    before, began = tree(home), time.monotonic()
    last = steps(home, server, shipped)[-1]
    assert (last.month, last.status) == (SEPTEMBER, status)
    assert says in last.told
    assert "\n" not in last.told
    assert {file: content for file, content in tree(home).items() if ".lock" not in file} == before
    asked = server.count(path_of(SEPTEMBER))
    assert asked == (1 if status == "refused" else HASTE.attempts) or name == "in circles"
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("name", ["broken server", "busy server", "breaks off", "silent"])
def test_a_fault_that_passes_is_no_fault(name: str, home: Path, server: Server, shipped: Path, books: Path) -> None:
    """The next attempt brings it."""
    good = publisher.file(books / "9.xlsx")
    server.acts |= {path_of(SEPTEMBER): publisher.after(_act(name, books, server), good)}
    assert steps(home, server, shipped)[-1].status == "imported"
    assert server.count(path_of(SEPTEMBER)) == 2


def test_a_busy_server_is_given_the_time_it_asks_for(home: Path, server: Server, shipped: Path, books: Path) -> None:
    """Retry-After is heeded."""
    good = publisher.file(books / "9.xlsx")
    server.acts |= {path_of(SEPTEMBER): publisher.after(publisher.says(429, Retry_After="1"), good)}
    began = time.monotonic()
    assert steps(home, server, shipped)[-1].status == "imported"
    assert time.monotonic() - began > 1


def test_nobody_there(home: Path, shipped: Path) -> None:
    """A server that is off."""
    with publisher.serving() as server:
        url = server.url
    (step,) = refresh(home, url, today=TODAY, folder=shipped, patience=HASTE)
    assert (step.status, "the server cannot be reached" in step.told) == ("unreachable", True)


def test_what_went_wrong_reaches_who_cares(
    home: Path, server: Server, books: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command fails with the one line, and an alert has it too; good news is printed."""
    monkeypatch.setattr("bot.refresh.now", lambda: date(2026, 11, 23))
    server.acts |= {path_of(OCTOBER): publisher.says(200, HTML), path_of(SEPTEMBER): publisher.file(books / "9.xlsx")}
    told: list[Sequence[str]] = []
    with pytest.raises(WaybillError, match=r"^2026-10: .* is a web page, not a workbook$") as error:
        run_refresh(Settings(home=home, tim_url=server.url), told.append)
    assert told == [[str(error.value)]]
    assert last(home).of("refused") == (str(error.value),)
    assert last(home).of("unchanged") == ("2026-09: nothing new",)
    assert capsys.readouterr().out == "2026-09: nothing new\n"


def test_from_the_command_line(home: Path, server: Server, tmp_path: Path) -> None:
    """Nothing but plain lines; not published yet is a success, a broken server is not."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("WAYBILL_")}
    env |= {"WAYBILL_HOME": str(home), "WAYBILL_TIM_URL": server.url, "PYTHONPATH": str(Path(__file__).parents[2])}

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", "facts", "refresh"],
            capture_output=True, text=True, check=False, cwd=tmp_path, env=env, timeout=60,
        )  # fmt: skip

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-09: nothing new\n" in done.stdout
    assert "not published yet" in done.stdout
    store = dump(store_path(home))
    server.acts |= {path_of(SEPTEMBER): publisher.says(403)}
    done = run()
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("waybill: 2026-09: http://127.0.0.1:")
    assert dump(store_path(home)) == store
