"""The JSON answer: the contract that others rely on, held for every golden question."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.desk import Desk
from knowledge.question import Kind
from tests.knowledge.conftest import Ask
from tests.knowledge.golden import ask as ask_case
from tests.knowledge.golden import cases

KEYS = {
    "id", "question", "language", "status", "intent", "text", "figures", "events", "sources", "caveats", "suggestions",
}  # fmt: skip
FIGURE = {
    "measure", "value", "low", "high", "unit", "qualifier", "exporter", "partner", "product", "period", "derived",
    "formula", "sources",
}  # fmt: skip
EVENT = {"kind", "buyer", "supplier", "system", "quantity", "date", "certainty", "sources"}
SOURCE = {"source_id", "publisher", "title", "url", "published"}
WITHOUT_SOURCE = {"help", "smalltalk"}


@pytest.fixture(scope="module")
def answers(desk: Desk) -> list[dict[str, Any]]:
    """The JSON of every wording of every golden case."""
    return [ask_case(desk, case, wording).as_json("7", wording) for case in cases() for wording in case.wordings]


def test_there_are_answers(answers: list[dict[str, Any]]) -> None:
    """Answered, declined and asked back, of every kind."""
    assert {answer["status"] for answer in answers} == {"answered", "declined", "clarify"}
    assert {answer["intent"] for answer in answers} >= set(map(str, Kind))
    assert len(answers) > 400


def test_shape(answers: list[dict[str, Any]]) -> None:
    """Every key of the contract is there, and the whole can be written as JSON."""
    for answer in answers:
        assert answer.keys() >= KEYS
        assert json.loads(json.dumps(answer)) == answer
        assert answer["id"] == "7"
        assert answer["text"].strip()
        assert all(figure.keys() >= FIGURE for figure in answer["figures"])
        assert all(event.keys() >= EVENT for event in answer["events"])
        assert all(source.keys() >= SOURCE for source in answer["sources"])


def test_figures_only_where_answered(answers: list[dict[str, Any]]) -> None:
    """What is declined or asked back shows no figure."""
    assert [answer["question"] for answer in answers if answer["figures"] and answer["status"] != "answered"] == []


def test_answers_have_sources(answers: list[dict[str, Any]]) -> None:
    """What is answered has a source, but for help and small talk, which claim nothing."""
    lacking = [
        answer["question"]
        for answer in answers
        if answer["status"] == "answered" and not answer["sources"] and answer["intent"] not in WITHOUT_SOURCE
    ]
    assert lacking == []


def test_talk_claims_nothing(answers: list[dict[str, Any]]) -> None:
    """Help and small talk show no figure and cite nobody."""
    for answer in answers:
        if answer["intent"] in WITHOUT_SOURCE:
            assert not answer["figures"]
            assert not answer["sources"]


def test_bounds_hold_the_value(answers: list[dict[str, Any]]) -> None:
    """The value lies between its bounds; an open side is null and its wording says so."""
    for figure in (figure for answer in answers for figure in answer["figures"]):
        low, value, high = figure["low"], figure["value"], figure["high"]
        assert low is None or low <= value + 1e-6, figure
        assert high is None or value - 1e-6 <= high, figure
        if figure["qualifier"] in ("more_than", "at_least"):
            assert high is None
        if figure["qualifier"] == "exact":
            assert low is not None
            assert high is not None


def test_derived_figures_show_their_sum(answers: list[dict[str, Any]]) -> None:
    """A figure that was computed here says how."""
    for figure in (figure for answer in answers for figure in answer["figures"]):
        assert not figure["derived"] or figure["formula"] or figure["unit"] == "rank", figure
        assert figure["derived"] or not figure["formula"], figure


def test_figures_cite_what_the_answer_cites(answers: list[dict[str, Any]]) -> None:
    """Every figure has a source, and the first figure's are among those of the answer."""
    for answer in answers:
        cited = {source["source_id"] for source in answer["sources"]}
        assert all(figure["sources"] for figure in answer["figures"])
        if answer["figures"]:
            assert cited & set(answer["figures"][0]["sources"]), answer["question"]


def test_events_cite_what_the_answer_cites(answers: list[dict[str, Any]]) -> None:
    """An event is told with its source, its certainty as the source has it."""
    for answer in answers:
        for event in answer["events"]:
            assert event["sources"]
            assert event["certainty"] in ("official", "reported", "alleged", "denied")


def test_no_source_is_listed_twice(answers: list[dict[str, Any]]) -> None:
    """Sources and suggestions are each named once."""
    for answer in answers:
        ids = [source["source_id"] for source in answer["sources"]]
        assert len(ids) == len(set(ids)), answer["question"]
        assert len(answer["suggestions"]) == len(set(answer["suggestions"])), answer["question"]


def test_money_is_in_whole_units(ask: Ask) -> None:
    """Money is never in millions, percentages are in points of 100, ratios in times."""
    first = [
        ask(text).as_json(None, text)["figures"][0]
        for text in (
            "defence exports to Ukraine in Q1 2022",
            "growth of automotive exports in 2025",
            "How many times larger were Turkish defence sales to Ukraine in Q1 2022 than a year earlier?",
        )
    ]
    assert [(figure["value"], figure["unit"]) for figure in first[:1]] == [(59_100_000, "USD")]
    assert first[1]["unit"] == "percent"
    assert first[1]["value"] == pytest.approx(11.58, abs=0.01)
    assert (first[2]["unit"], round(first[2]["value"], 1)) == ("ratio", 31.1)


def test_question_and_id_are_given_back(ask: Ask) -> None:
    """Whoever asks in batches finds the answer again."""
    found = ask("hello").as_json(None, " hello ")
    assert found["id"] is None
    assert found["question"] == " hello "
    assert found["language"] == "en"
