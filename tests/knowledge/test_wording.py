"""Wording: answers as sentences, sources numbered, nothing of the facts mistaken for marks."""

from __future__ import annotations

import re

import pytest

from knowledge.answer import Answer, Status, say
from knowledge.facts import Day, Source
from knowledge.period import Period
from knowledge.phrases import BOLD, PLAIN
from knowledge.quantity import Quantity
from knowledge.question import Kind, Name
from knowledge.wording import Wording, aligned
from tests.knowledge.conftest import Ask
from tests.knowledge.golden import cases

Q1 = Period.parse("2022-Q1")


def source(number: int, published: str = "2022-04-06") -> Source:
    """A source."""
    return Source(
        f"s{number}", f"Paper {number}", f"Title {number}", f"https://example.org/{number}", published, "en", "press"
    )


def answer(*sources: Source, more: int = 0) -> Answer:
    """An answer with these sources."""
    lead = say("gap.newest", period=Q1)
    return Answer(Status.ANSWERED, Kind.LEVEL, (lead,), sources=sources, more_sources=more)


def test_sources_are_numbered_and_counted(wording: Wording) -> None:
    """Five are shown with publisher, title and date; the rest is counted."""
    worded = wording.word(answer(*(source(number) for number in range(1, 8)), more=2))
    assert [line.number for line in worded.sources] == [1, 2, 3, 4, 5]
    assert worded.sources[0].text == "Paper 1, “Title 1”, 6 April 2022"
    assert worded.sources[0].url == "https://example.org/1"
    assert "4" in worded.more
    assert worded.more in worded.plain()


def test_one_more_is_singular(wording: Wording) -> None:
    """One further report is one."""
    assert "1 more report " in wording.word(answer(*(source(number) for number in range(6)))).more


def test_no_source_no_line(wording: Wording) -> None:
    """An answer without sources names none."""
    assert "Sources" not in wording.word(answer()).plain()


def test_undated_sources(wording: Wording) -> None:
    """A date that is not known is not made up."""
    assert wording.word(answer(source(1, ""))).sources[0].text == "Paper 1, “Title 1”"


def test_marks_come_from_phrases_alone(wording: Wording) -> None:
    """Characters that mark bold runs are taken out of what facts and users say."""
    loud = source(1)
    worded = wording.say(say("gap.nothing", product=f"{BOLD}loud{PLAIN}"))
    assert BOLD not in worded
    assert PLAIN not in worded
    assert BOLD not in wording.arg(Source(**{**vars_of(loud), "publisher": f"{BOLD}X"}), "")


def vars_of(found: Source) -> dict[str, str]:
    """The fields of a source."""
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (("a", "b", "c"), "", "a, b, and c"),
        (("a", "b"), "or", "a or b"),
        (("a",), "", "a"),
        ("word", "start", "Word"),
        (Name("country", "USA"), "", "the United States"),
        (Name("country", "USA"), "start", "The United States"),
        (Name("country", "UKR"), "", "Ukraine"),
        (Name("country", "TUR"), "", "Türkiye"),
        (Name("product", "defence-aerospace"), "", "defence and aviation products"),
        (Name("system", "sys-tb2"), "", "Bayraktar TB2"),
        (Name("company", "co-baykar"), "", "Baykar"),
        (Q1, "in", "in the first quarter of 2022"),
        (Day("2022-01-27"), "in", "on 27 January 2022"),
        (Quantity.reported(59_100_000, "USD", 100_000), "", "$59.1 million"),
        (Quantity.reported(59_100_000, "USD", 100_000), "million", "59.1"),
        (Quantity.reported(20, "items", 1, "more_than"), "low", "?"),
        (7, "", "7"),
    ],
)
def test_arguments(wording: Wording, value: object, spec: str, text: str) -> None:
    """Whatever a phrase can be filled with has its words."""
    assert wording.arg(value, spec) == text


def test_columns() -> None:
    """The first column to the left, the others to the right, no blanks at the ends."""
    assert aligned([["a", "bb"], ["ccc", "d"]]) == "a    bb\nccc   d"


REPLIES = [case.wordings[0] for case in cases() if not case.before]


def test_no_reply_shows_its_machinery(ask: Ask) -> None:
    """No golden reply shows an id, a brace, a Python value, a doubled blank or sign, or an empty line."""
    bad = re.compile(
        r"[{}]|\b(?:None|True|False|Quantity)\b|\.\.|,,|\( |\(\)|“”| ,| \.(?!\w)|\b(?:sys|co|p|org)-[a-z]|class:|text:"
    )
    wrong = {}
    for text in REPLIES:
        reply = ask(text)
        shown = "\n".join(
            (*reply.wording.taken_over, reply.wording.lead, *reply.wording.details, *reply.wording.caveats)
        )
        if bad.search(shown) or "\n\n" in reply.text:
            wrong[text] = shown
    assert wrong == {}


def test_every_sentence_ends(ask: Ask) -> None:
    """Lead and details of every golden reply are sentences: a capital or a figure first, a stop at the end."""
    wrong = {}
    for text in REPLIES:
        worded = ask(text).wording
        for sentence in (worded.lead, *worded.caveats, *worded.taken_over):
            plain = sentence.translate(str.maketrans("", "", BOLD + PLAIN))
            if not re.match(r"[A-ZÀ-ž0-9$€£“−+K]", plain) or plain[-1] not in ".?!”:":
                wrong[text] = plain
    assert wrong == {}
