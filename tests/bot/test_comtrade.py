"""UN Comtrade asked by a scripted library: what comes is imported, and the key gets out nowhere."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.__main__ import start
from tests.knowledge.importers.comtrade_files import Trade, current

KEY = "0123456789abcdef-secret-key"
ROWS = [{**row, "primaryValue": float(row["primaryValue"])} for row in current([Trade("TUR", "X", "DEU", "600.5")])]


@pytest.fixture
def home(tmp_path: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the shipped store, and a key."""
    shutil.copy(store_path, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WAYBILL_HOME", str(tmp_path))
    monkeypatch.setenv("WAYBILL_COMTRADE_KEY", KEY)
    return tmp_path


def scripted(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]) -> None:
    """A library that answers so."""
    monkeypatch.setitem(sys.modules, "comtradeapicall", SimpleNamespace(getFinalData=answer))


def frame(rows: list[Any]) -> SimpleNamespace:
    """What the library gives: something that can be told as JSON."""
    return SimpleNamespace(to_json=lambda **_: json.dumps(rows))


def test_what_comes_is_imported(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the codes that were given; twice changes nothing."""
    asked: dict[str, Any] = {}

    def answer(key: str, **codes: Any) -> SimpleNamespace:
        asked.update(codes, key=key)
        return frame(ROWS)

    scripted(monkeypatch, answer)
    command = ["facts", "fetch", "--reporter", "792", "--period", "2022", "--partner", "276", "--flow", "X"]
    assert start([*command, "--dry-run"]) == 0
    assert not list((home / "imports").glob("comtrade/*"))
    assert start(command) == 0
    out = capsys.readouterr().out
    assert "TUR, exports of all-goods to DEU 2022: 600.5 USD" in out
    assert (asked["key"], asked["freqCode"], asked["reporterCode"], asked["flowCode"]) == (KEY, "A", "792", "X")
    assert start(command) == 0
    assert capsys.readouterr().out == "nothing changes: this was imported before\n"


def test_the_key_gets_out_nowhere(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The library prints, logs and raises it, as its own addresses have it."""

    def answer(key: str, **_: Any) -> None:
        print(f"Request error: https://example.org/?subscription-key={key}")  # noqa: T201 - as the library does
        logging.getLogger("urllib3").warning("GET /?subscription-key=%s", key)
        raise ConnectionError(f"https://example.org/?subscription-key={key}")

    scripted(monkeypatch, answer)
    assert start(["facts", "fetch", "--reporter", "792", "--period", "2022"]) == 1
    told = capsys.readouterr()
    assert told.err == "waybill: UN Comtrade cannot be asked (ConnectionError): try again later\n"
    assert KEY not in told.out + told.err + caplog.text
    assert not list(home.glob("imports/comtrade/*"))


@pytest.mark.parametrize("found", [None, frame([])])
def test_nothing_is_said_to_be_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], found: object
) -> None:
    """A wrong key gives no rows either."""
    del home
    scripted(monkeypatch, lambda *_, **__: found)
    assert start(["facts", "fetch", "--reporter", "792", "--period", "2022"]) == 1
    assert "gave no rows: the key may be wrong" in capsys.readouterr().err


def test_without_a_key_or_the_library_it_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line that says what would help."""
    del home
    monkeypatch.setitem(sys.modules, "comtradeapicall", None)
    assert start(["facts", "fetch", "--reporter", "792", "--period", "2022"]) == 1
    assert "pip install waybill-bot[comtrade]" in capsys.readouterr().err
    monkeypatch.setenv("WAYBILL_COMTRADE_KEY", "")
    assert start(["facts", "fetch", "--reporter", "792", "--period", "2022"]) == 1
    assert "set WAYBILL_COMTRADE_KEY" in capsys.readouterr().err
