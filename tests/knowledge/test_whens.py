"""Periods that need a second one: of the same text, of the conversation, or of the calendar."""

from __future__ import annotations

import pytest

from knowledge.question import Origin, Question
from knowledge.understand import Reader
from knowledge.whens import Past
from tests.conftest import TODAY


def question(reader: Reader, *texts: str) -> Question:
    """The last text as it is read on top of the ones before."""
    past: Past | None = None
    for text in texts:
        outcome = reader.read(text, TODAY, past).outcome
        read = outcome if isinstance(outcome, Question) else outcome.partial
        assert read
        past = Past(read, past.question if past else None)
    assert past
    return past.question


def periods(read: Question) -> list[str]:
    """The periods of a question, as codes."""
    return [str(slot.value.period or slot.value.anchor) for slot in read.periods]


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("steel exports in March 2024", "and a year earlier?"), ["2023-03"]),
        (("steel exports in March 2024", "the month before?"), ["2024-02"]),
        (("steel exports in Q1 2024", "the quarter before"), ["2023-Q4"]),
        (("steel exports in 2024", "the year before?"), ["2023"]),
        (("steel exports in March 2024", "the same month of 2022"), ["2022-03"]),
        (("steel exports in H1 2025", "the same period of 2024"), ["2024-H1"]),
        (("steel exports January to August 2025", "and the same period a year earlier"), ["2024-01/2024-08"]),
        (("steel exports in March 2024", "and that year as a whole?"), ["2024"]),
        (("steel exports in 2024", "two years earlier?"), ["2022"]),
        (("steel exports in June 2025", "and a year later?"), ["2026-06"]),
        (("steel exports in June 2025", "next year?"), ["2026-06"]),
        (("steel exports in Q1 2025", "the quarter after that"), ["2025-Q2"]),
        (("steel exports in Q2 2024", "the month before?"), ["2024-03"]),
        (("steel exports in March 2024", "and the quarter before?"), ["2023-Q4"]),
        (("steel exports in 2024", "and in March?"), ["2024-03"]),
        (("steel exports in 2024", "first quarter?"), ["2024-Q1"]),
        (("steel exports in 2024", "and carpets?"), ["2024"]),
        (("steel exports in March 2024", "and a year earlier?", "and a year earlier?"), ["2022-03"]),
    ],
)
def test_periods_from_the_conversation(reader: Reader, texts: tuple[str, ...], codes: list[str]) -> None:
    """A period that leans on another leans on the one that was spoken of last."""
    assert periods(question(reader, *texts)) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("defence exports in Q1 2022 and a year earlier", {"2022-Q1", "2021-Q1"}),
        ("defence exports Q1 2022 against the same period of 2021", {"2022-Q1", "2021-Q1"}),
        ("defence exports in January and February 2022", {"2022-01", "2022-02"}),
        ("growth of steel exports from June 2024 to June 2025", {"2024-06", "2025-06"}),
        ("how did steel exports change from June 2025 to June 2024", {"2024-06", "2025-06"}),
        ("steel exports grew from January to June 2025 by how much", {"2025-H1"}),
        ("Q1 exports to Ukraine in 2022", {"2022-Q1"}),
        ("automotive exports until October 2024, from the start of the year", {"2024-01/2024-10"}),
        ("how many TB2 were delivered to Poland by April 2023", {"1950-01/2023-04"}),
        ("steel exports by April 2023", {"2023-04"}),
        ("defence exports in the first and second quarter of 2024", {"2024-Q1", "2024-Q2"}),
        ("defence exports, January to April 2021", {"2021-01/2021-04"}),
        ("defence exports in 2020, 2021 and 2022", {"2020", "2021", "2022"}),
    ],
)
def test_periods_from_the_same_text(reader: Reader, text: str, codes: set[str]) -> None:
    """What one text names twice it names once with its year."""
    assert set(periods(question(reader, text))) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steel exports in March", "2026-03"),
        ("steel exports in October", "2026-10"),
        ("steel exports in December", "2025-12"),
        ("steel exports in the first quarter", "2026-Q1"),
        ("steel exports in the fourth quarter", "2025-Q4"),
    ],
)
def test_a_missing_year_is_assumed(reader: Reader, text: str, code: str) -> None:
    """Without any year it is the newest one in which the period is over, and the slot says that nobody said it."""
    (slot,) = question(reader, text).periods
    assert str(slot.value.period) == code
    assert slot.origin is Origin.ASSUMED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steel exports last month", "2026-10"),
        ("steel exports last quarter", "2026-Q3"),
        ("steel exports last year", "2025"),
        ("steel exports in the previous quarter", "2026-Q3"),
        ("steel exports next year", "2027"),
    ],
)
def test_the_calendar(reader: Reader, text: str, code: str) -> None:
    """The day on which a question is asked is handed in."""
    assert periods(question(reader, text)) == [code]


def test_where_a_period_comes_from_is_remembered(reader: Reader) -> None:
    """What the conversation gave is marked as carried, and what it was related to is kept."""
    read = question(reader, "steel exports in March 2024", "and a year earlier?")
    assert read.periods[0].origin is Origin.CARRIED
    assert [str(slot.value.period) for slot in read.related] == ["2024-03"]
    assert read.follows


def test_own_periods_lean_on_nothing(reader: Reader) -> None:
    """A question with a period of its own takes none over."""
    read = question(reader, "steel exports in March 2024", "carpet exports in 2023")
    assert periods(read) == ["2023"]
    assert read.periods[0].origin is Origin.ASKED
    assert not read.follows


@pytest.mark.parametrize("text", ["latest steel exports", "the newest figure for steel", "steel, most recent"])
def test_anchors_stay_open(reader: Reader, text: str) -> None:
    """Only the data can tell which month is the newest."""
    assert periods(question(reader, text)) == ["latest"]


def test_a_named_period_beats_an_anchor(reader: Reader) -> None:
    """The current figure of August is about August."""
    assert periods(question(reader, "chemicals in august 2026, current figure")) == ["2026-08"]
