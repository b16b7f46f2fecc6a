"""The daily refresh: at its hour, once, after a time off too; what went wrong is told once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.alerts import alert_of
from bot.daily import DAY, HOUR, Daily, due
from bot.local import API_URL, TOKEN
from bot.offspring import Ended, run_facts
from bot.record import Line, Record, last
from bot.settings import Settings
from tests.telegram_offline import OfflineRequest

EIGHT = 20_000 * DAY + 8 * HOUR
LATE = Line("late", "2026-10: not published yet, and was due on 1 November 2026")
SAME = Line("unchanged", "2026-09: nothing new")


class House:
    """A home with a clock, and a refresh that finds what it is told to find."""

    def __init__(self, home: Path) -> None:
        self.home, self.now = home, EIGHT
        self.finds: list[Sequence[Line] | Ended | Exception] = []
        self.told: list[tuple[tuple[str, ...], bool]] = []
        self.refreshed = 0
        self.done = asyncio.Event()
        self.daily = Daily(home, 8, self.hear, self.refresh, lambda: self.now)

    async def refresh(self) -> Ended:
        """One refresh."""
        self.refreshed += 1
        self.done.set()
        found = self.finds.pop(0) if self.finds else (SAME,)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, Ended):
            return found
        Record(self.now, tuple(found)).write(self.home)
        return Ended(0, (), ())

    async def hear(self, lines: tuple[str, ...], changed: bool) -> None:
        """What it has to tell."""
        self.told.append((lines, changed))

    async def at(self, moment: float) -> bool:
        """Look at a moment."""
        self.now = moment
        return await self.daily.look()


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house."""
    return House(tmp_path)


@given(st.floats(0, 1e10), st.integers(0, 23))
def test_the_hour_is_never_more_than_a_day_ago(at: float, hour: int) -> None:
    """And it is that hour."""
    found = due(at, hour)
    assert at - DAY <= found <= at
    assert found % DAY == pytest.approx(hour * HOUR, abs=1e-3)


async def test_once_a_day(house: House) -> None:
    """At the hour, not twice, and again at the next; a time off only delays."""
    assert await house.at(EIGHT)
    assert not await house.at(EIGHT + 1)
    assert not await house.at(EIGHT + DAY - 1)
    assert await house.at(EIGHT + DAY)
    assert await house.at(EIGHT + 11 * DAY + 5)
    assert not await house.at(EIGHT + 12 * DAY - 1)
    assert house.refreshed == 3


async def test_a_refresh_by_hand_counts(house: House) -> None:
    """What the home says was done need not be done again, by this process or by another."""
    Record(EIGHT + 60, (SAME,)).write(house.home)
    assert not await house.at(EIGHT + 120)
    assert not await House(house.home).at(EIGHT + 180)


async def test_what_is_late_or_wrong_is_told_once(house: House) -> None:
    """And again when it is something else; an import is told to who waits for it."""
    broken, new = (
        Line("refused", "2026-10: the layout has changed at B3"),
        Line("imported", "2026-10: imported, 29 new"),
    )
    house.finds = [[SAME], [SAME, LATE], [SAME, LATE], [SAME, LATE, broken], [new]]
    for day in range(5):
        assert await house.at(EIGHT + day * DAY)
    assert house.told == [((), False), ((LATE.told,), False), ((), False), ((broken.told,), False), ((), True)]


async def test_one_that_breaks_is_told_and_not_tried_until_tomorrow(house: House) -> None:
    """Its last line, as the command prints it; one that hangs is ended."""
    house.finds = [Ended(1, (), ("a", "waybill: no space left")), TimeoutError(), Ended(-9, (), ())]
    for day in range(3):
        assert await house.at(EIGHT + day * DAY)
        assert not await house.at(EIGHT + day * DAY + HOUR)
    assert [lines[0] for lines, _ in house.told] == [
        "waybill: no space left",
        "the refresh took longer than 1200 seconds and was ended",
        "the refresh ended without a word",
    ]


async def test_it_runs_until_it_is_told_to_stop(house: House) -> None:
    """And looks at once."""
    stop = asyncio.Event()
    task = asyncio.create_task(house.daily.run(stop))
    await house.done.wait()
    stop.set()
    await task
    assert house.refreshed == 1


def test_a_record_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    """The refresh is due then."""
    assert last(tmp_path) == Record(0.0)
    for text in ("", "[]", '{"at": "x", "lines": []}', '{"at": 1, "lines": [1]}', '{"at": 1}'):
        (tmp_path / "refreshed.json").write_text(text)
        assert last(tmp_path) == Record(0.0), text


async def test_its_own_process_learns_no_token(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And prints what the command prints; one that takes too long is ended."""
    monkeypatch.setenv("WAYBILL_TOKEN", "no token at all")  # would be refused
    ended = await run_facts(store_path.parent, "check", seconds=60)
    assert (ended.status, ended.err) == (0, ())
    assert ended.out[-1].startswith("the fact files are sound")
    with pytest.raises(TimeoutError):
        await run_facts(store_path.parent, "check", seconds=0.001)


async def test_every_admin_is_told(tmp_path: Path) -> None:
    """One who never started the bot does not keep the others from it."""
    api = OfflineRequest(tmp_path)
    api.faults["sendMessage"].append((403, "Forbidden: bot can't initiate conversation with a user"))
    alert = alert_of(Settings(token=SecretStr(TOKEN), api_url=API_URL, admins=frozenset({7, 5})), api)
    assert alert
    await asyncio.to_thread(alert, ["2026-10: <the layout> has changed"])
    sent = [call for call in api.calls if call.method == "sendMessage"]
    assert [call.asked["chat_id"] for call in sent] == [5, 7]
    assert "2026-10: &lt;the layout&gt; has changed" in sent[-1].text


def test_without_a_token_or_admins_there_is_nobody_to_tell() -> None:
    """The command prints it all the same."""
    assert alert_of(Settings(token=None, admins=frozenset({1}))) is None
    assert alert_of(Settings(token=SecretStr(TOKEN), admins=frozenset())) is None


async def test_telegram_out_of_reach_is_no_failure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says so."""
    api = OfflineRequest(tmp_path)
    api.faults["getMe"] = [(401, "Unauthorized")]
    alert = alert_of(Settings(token=SecretStr(TOKEN), api_url=API_URL, admins=frozenset({7})), api)
    assert alert
    await asyncio.to_thread(alert, ["x"])
    assert "the admins cannot be told" in caplog.text
    assert TOKEN not in caplog.text
