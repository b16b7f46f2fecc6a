"""Ranks: who or what comes first, and among how many."""

from __future__ import annotations

import pytest

from knowledge.store import Store
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize("number", [1, 3, 10])
def test_as_many_as_asked_for(ask: Ask, number: int) -> None:
    """Top n has n rows, the largest first."""
    answer = ask(f"top {number} export sectors in 2025").answer
    assert answer.table
    assert len(answer.table.rows) == number
    values = [figure.quantity.value for figure in answer.figures]
    assert values == sorted(values, reverse=True)


def test_sectors_are_ranked_without_totals_and_groups(ask: Ask, store: Store) -> None:
    """A total or a main group is no sector: it would always win."""
    answer = ask("top 40 export sectors in 2025").answer
    levels = {store.product(figure.product).level for figure in answer.figures}  # type: ignore[union-attr]
    assert levels == {"sector"}
    assert answer.table
    assert len(answer.table.rows) == len(store.products("sector"))


def test_only_known_partners_are_counted(ask: Ask) -> None:
    """Where not all destinations were published the answer says how many were."""
    assert (
        "Only destinations whose figures were published are counted here"
        in ask("top buyers of defence goods in 2021").text
    )


def test_a_place_is_told_with_its_whole(ask: Ask) -> None:
    """The place asked for is the first figure: second of 26."""
    reply = ask("second largest sector by exports in 2025")
    assert (reply.answer.figures[0].quantity.value, reply.answer.figures[0].quantity.unit) == (2, "rank")
    assert "2nd of 26" in reply.text


def test_the_record_is_looked_for_everywhere(ask: Ask, store: Store) -> None:
    """The record month is the highest of all months, and the span that was looked at is told."""
    reply = ask("record month for steel exports")
    newest, oldest = store.newest("steel"), store.oldest("steel")
    assert newest
    assert oldest
    span = type(newest)(oldest.start, newest.end)
    best = max(store.months("steel", span), key=lambda month: month.quantity.value)
    assert reply.answer.figures[0].period == best.period
    assert "Looked at: January 2019 to September 2026" in reply.text


def test_least_turns_it_round(ask: Ask) -> None:
    """The smallest comes first where the smallest is asked for."""
    values = [figure.quantity.value for figure in ask("smallest export sectors in 2025").answer.figures]
    assert values == sorted(values)


def test_growth_is_ranked_by_growth(ask: Ask) -> None:
    """The fastest growing is the first by percent, not by money."""
    answer = ask("fastest growing sector in 2025").answer
    assert answer.figures[0].quantity.unit == "percent"
    values = [figure.quantity.value for figure in answer.figures]
    assert values == sorted(values, reverse=True)


def test_a_world_rank_is_quoted(ask: Ask) -> None:
    """Turkey's place in the world is what SIPRI gave, never worked out."""
    reply = ask("turkey's rank in world arms exports 2021-25 sipri")
    figure = reply.answer.figures[0]
    assert (figure.quantity.unit, figure.quantity.value, figure.derived) == ("rank", 11, False)
    assert "$" not in reply.text


@pytest.mark.parametrize("text", ["which country bought the most in 2021", "which country bought the least in 2021"])
def test_countries_are_not_sectors(ask: Ask, text: str) -> None:
    """Asked which country, an answer names countries."""
    assert all(figure.partner not in ("", "WLD") for figure in ask(text).answer.figures[:1])
    assert "automotive" not in ask(text).text
    assert "plants" not in ask(text).text


@pytest.mark.xfail(reason="the place among the sectors is asked for, the sector's best month is told", strict=True)
def test_the_rank_of_a_sector(ask: Ask) -> None:
    """The rank of a sector is its place among the sectors."""
    assert ask("rank of steel in 2024").answer.figures[0].quantity.unit == "rank"


@pytest.mark.parametrize(
    ("text", "place"),
    [("was 2025 the best year for defence?", 1), ("is September 2026 a record for total exports", 2)],
)
def test_whether_a_time_is_a_record_is_its_place(ask: Ask, text: str, place: int) -> None:
    """Among all times of its length that are known."""
    figure = ask(text).answer.figures[0]
    assert (figure.quantity.unit, figure.quantity.value) == ("rank", place)


def test_who_bought_is_refused_where_nobody_is_known(ask: Ask) -> None:
    """The figures are there, only not by destination."""
    assert "only as a whole" in ask("top 5 destinations of steel").text
