"""Refusals: the word that stood in the way is named, and what can be answered is offered."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from knowledge.language import read
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "word", "suggestion"),
    [
        ("defence exports flurbish 2024", "“flurbish”", "Exports of defence and aviation products in 2024?"),
        ("steel exports in tonnes 2024", "“tonnes”", "Exports of steel in 2024?"),
        ("how many TB2 did Ukraine lose", "“lose”", "How many Bayraktar TB2 did Ukraine order?"),
        ("range of the TB2", "“range”", "Who bought"),
        ("Turkey's defence budget 2024", "“defence budget”", "Exports of"),
        ("Greek defence exports in 2022", "“Greek”", "Exports of defence and aviation products in 2022?"),
    ],
)
def test_the_word_is_named(ask: Ask, text: str, word: str, suggestion: str) -> None:
    """The reply quotes the word, says what can be answered, and offers the nearest question."""
    reply = ask(text)
    assert reply.answer.status is Status.DECLINED
    assert word in reply.wording.lead
    assert reply.wording.suggestions[0].startswith(suggestion)
    assert not reply.answer.figures


def test_each_concept_has_words_of_its_own(ask: Ask) -> None:
    """A measure that is not held is declined by its name, not as an unknown word."""
    for concept, text in (
        ("weight", "steel in tonnes"),
        ("staff", "baykar employees"),
        ("budget", "defence budget 2024"),
    ):
        assert concept in read("en")["outside"]
        assert "I do not know what" not in ask(text).text


def test_a_near_name_is_asked_back(ask: Ask) -> None:
    """Two names that are as near are both offered, and neither is taken."""
    reply = ask("defence exports to Austraia in 2021")
    assert reply.answer.status is Status.CLARIFY
    assert "is Australia or Austria meant?" in reply.text


def test_an_empty_question_is_asked_back(ask: Ask) -> None:
    """Nothing to ask about is no reason to guess."""
    reply = ask("and then?")
    assert reply.answer.status is Status.CLARIFY
    assert "I need to know what you ask about" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "<b>steel</b> exports flurb&nbsp;ish",
        "steel exports {value} 2024",
        "steel \ue000flurbish\ue001 exports",
        "steel %s %d {0}",
    ],
)
def test_words_of_users_are_no_markup(ask: Ask, text: str) -> None:
    """Whatever was typed is quoted as it is, or not at all."""
    reply = ask(text)
    assert "\ue000\ue000" not in reply.wording.lead
    assert not reply.answer.figures or "{" not in reply.text


def test_choices_are_named_once(ask: Ask) -> None:
    """A name with two spellings is one choice."""
    assert "Mali, Mali" not in ask("exports to Malia in 2021").text
