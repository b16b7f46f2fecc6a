"""What can be followed by name, and how things stand with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.desk import Desk
from knowledge.followed import Topic, topic_of
from knowledge.period import Period
from knowledge.topics import Topics
from knowledge.understand import Reader
from knowledge.update import Update
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steel", "product:steel"),
        ("total exports", "product:all-goods"),
        ("Turkish defence exports", "product:defence-aerospace"),
        ("Turkey to Ukraine", "product:defence-aerospace partner:UKR"),
        ("Bayraktar TB2", "system:sys-tb2"),
        ("Baykar", "company:co-baykar"),
        ("steel exports in 2024", ""),
        ("How much steel did Turkey export?", ""),
        ("steel and cement", ""),
        ("who bought Bayraktar TB2", ""),
        ("the weather", ""),
    ],
)
def test_a_topic_is_a_name_and_nothing_else(reader: Reader, topics: Topics, text: str, code: str) -> None:
    """What asks for a time, a number or an order stays a question."""
    topic = topic_of(reader.read(text, TODAY, None).outcome, topics)
    assert str(topic or "") == code
    assert not topic or Topic.parse(code) == topic


@pytest.mark.parametrize("code", ["", "product:", "weather:rain", "product:steel weather:rain", "steel"])
def test_codes_that_are_none(code: str) -> None:
    """A code of another version is no topic."""
    assert Topic.parse(code) is None


async def stands(store_path: Path, code: str, period: str = "") -> Update:
    """How things stand with a topic."""
    desk = Desk(store_path.parent, lambda: TODAY)
    topic = Topic.parse(code)
    assert topic
    found = await desk.update(topic, "en", Period.parse(period) if period else None)
    await desk.close()
    assert found
    return found


async def test_how_it_stands_with_goods(store_path: Path) -> None:
    """The newest whole quarter, and the figures of the last ones as they are worded; no deals are about steel."""
    found = await stands(store_path, "product:steel")
    assert (found.label, str(found.period), found.says) == ("Steel", "2026-Q3", True)
    assert found.figures["2026-Q3"].partition(" ")[2] in found.wording.plain()
    assert len(found.figures) == 8
    assert not found.reports


async def test_how_it_stands_with_a_country_whose_figures_end(store_path: Path) -> None:
    """Nothing is known of the newest quarter; of an earlier one there is."""
    assert not (await stands(store_path, "product:defence-aerospace partner:UKR")).says
    then = await stands(store_path, "product:defence-aerospace partner:UKR", "2022-Q1")
    assert then.says
    assert "Ukraine" in then.label
    assert then.reports


async def test_how_it_stands_with_a_system(store_path: Path) -> None:
    """Its reports, each as a sentence; a quarter without one says nothing."""
    now = await stands(store_path, "system:sys-tb2")
    assert not now.says
    assert any("Poland" in sentence for sentence in now.reports.values())
    assert (await stands(store_path, "system:sys-tb2", "2024-Q4")).says
