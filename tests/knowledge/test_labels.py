"""What the bot asks of the desk beside answers: figures in words, the facts' edition, and answers as of another day."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.desk import Desk
from knowledge.labels import Label
from tests.conftest import TODAY


@pytest.fixture
async def desk(store_path: Path) -> AsyncIterator[Desk]:
    """The real one."""
    opened = Desk(store_path.parent, lambda: TODAY)
    await opened.start()
    yield opened
    await opened.close()


async def test_figures_in_words(desk: Desk) -> None:
    """What, who to whom, when, and how much, for every figure of the answer."""
    reply = await desk.ask("How much defence equipment did Turkey export to Ukraine in the first quarter of 2022?")
    first, *others = await desk.labels(reply.answer.figures, reply.language)
    assert first == Label(
        "Defence and aviation products", "Türkiye → Ukraine", "the first quarter of 2022", "$59.1 million"
    )
    assert len(others) == len(reply.answer.figures) - 1
    assert await desk.labels((), "en") == ()


async def test_a_picture_is_settled_where_there_is_one(desk: Desk) -> None:
    """What it shows is drawn elsewhere; some answers have none."""
    found = await desk.sketch(await desk.ask("steel exports by year 2019-2025"))
    assert found is not None
    assert found.caption
    assert await desk.sketch(await desk.ask("Who has bought the moon?")) is None


async def test_another_store_in_its_place_is_opened(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an import by another process; answers that are remembered are worked out anew."""
    monkeypatch.setattr("knowledge.desk._LOOK_EVERY", 0.0)
    shutil.copy(store_path, tmp_path / store_path.name)
    desk = Desk(tmp_path, lambda: TODAY)
    first = await desk.ask("steel exports in 2025")
    room = desk._room
    shutil.copy(store_path, tmp_path / "new")
    (tmp_path / "new").replace(tmp_path / store_path.name)
    again = await desk.ask("steel exports in 2025")
    assert desk._room is not room
    assert again.text == first.text
    later = desk._room
    await desk.ask("steel exports in 2024")
    assert desk._room is later
    await desk.close()


async def test_the_edition_of_the_facts(desk: Desk) -> None:
    """The same for every answer from the same facts."""
    first, second = await desk.ask("steel exports in 2025"), await desk.ask("help")
    assert first.edition == second.edition
    assert first.edition.startswith("20")


async def test_asked_again_as_of_then(desk: Desk) -> None:
    """The year before the one in which it was asked is last year."""
    for day, period in ((None, "2025"), (date(2024, 5, 1), "2023")):
        reply = await desk.ask("defence exports last year", None, None, day)
        assert str(reply.answer.figures[0].period) == period
