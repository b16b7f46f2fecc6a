"""Help and small talk: a word back and an example, never a figure."""

from __future__ import annotations

import re

import pytest

from knowledge.answer import Status
from knowledge.question import Kind
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("hi", "Hello."),
        ("Good evening!", "Hello."),
        ("thanks", "You are welcome."),
        ("good bot", "You are welcome."),
        ("bye", "Goodbye."),
        ("are you a real person", "I am Waybill"),
        ("who are you?", "I am Waybill"),
        ("lol", "I answer questions about"),
    ],
)
def test_a_word_back(ask: Ask, text: str, reply: str) -> None:
    """Each is answered in kind."""
    found = ask(text)
    assert found.answer.kind is Kind.SMALLTALK
    assert found.text.startswith(reply)
    assert not found.answer.figures
    assert not found.answer.sources
    assert "$" not in found.text


def test_help_has_an_example_of_each_kind(ask: Ask) -> None:
    """Whoever asks for help sees one question of every kind."""
    reply = ask("help")
    assert len(reply.wording.details) == len(Kind) - 2


def test_examples_of_help_are_answered(ask: Ask) -> None:
    """Whatever help shows can be asked, and gets an answer of its kind."""
    lines = [line for line in ask("help").wording.details if not line.startswith("a source")]
    texts = [text for line in lines for text in re.findall("“(.*?)”", line)]
    assert len(texts) >= len(Kind) - 3
    assert [text for text in texts if ask(text).answer.status is not Status.ANSWERED] == []


def test_a_greeting_does_not_hide_a_question(ask: Ask) -> None:
    """A polite question is a question."""
    reply = ask("Hello! Defence exports in 2021, please. Thanks!")
    assert reply.answer.kind is Kind.LEVEL
    assert reply.answer.figures[0].quantity.value == 3_224_785_650
