"""`waybill ask`: one answer, or a line of JSON for a line of JSON."""

import io
import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import LONGEST_LINE, batch, one

KEYS = {
    "id",
    "question",
    "language",
    "status",
    "intent",
    "text",
    "figures",
    "events",
    "sources",
    "caveats",
    "suggestions",
}


class Said:
    """Stands for a reply."""

    def __init__(self, text: str, talk: list[str]) -> None:
        self.text = text
        self.conversation = talk

    def as_json(self, identity: object, question: str) -> dict[str, Any]:
        """The answer says what was asked before."""
        return {
            "id": identity,
            "question": question,
            "status": "answered",
            "text": self.text,
            "talk": self.conversation,
        }

    def explain(self) -> str:
        """How it was read."""
        return f"read: {self.text}"

    @property
    def wording(self) -> "Said":
        """Its own wording."""
        return self

    def plain(self) -> str:
        """Its text."""
        return self.text


class Echo:
    """Answers with the question, and remembers the talk."""

    def ask_now(self, text: str, previous: Any = None, language: str | None = None) -> Any:
        """The reply; "fail" is a bug."""
        if text == "fail":
            raise ZeroDivisionError
        text.encode()
        return Said(f"{text} [{language}]", [*(previous or []), text])


def answers(source: bytes, language: str | None = None) -> list[dict[str, Any]]:
    """The answers to some lines."""
    return [json.loads(line) for line in batch(Echo(), io.BytesIO(source), ("en", "tr"), language)]


def lines(*objects: object) -> bytes:
    """Objects as lines of JSON."""
    return "".join(json.dumps(each) + "\n" for each in objects).encode()


def test_answers_come_in_order_each_with_its_id() -> None:
    """Also where an id is a number, missing, or used twice."""
    asked = [{"id": "b", "question": "1"}, {"id": 7, "question": "2"}, {"question": "3"}, {"id": "b", "question": "4"}]
    assert [(each["id"], each["question"]) for each in answers(lines(*asked))] == [
        ("b", "1"), (7, "2"), (None, "3"), ("b", "4"),
    ]  # fmt: skip


def test_lines_of_one_chat_share_a_conversation() -> None:
    """Others have none, and a line without a chat stands alone."""
    asked = [
        {"question": "a1", "chat": "a"}, {"question": "b1", "chat": "b"}, {"question": "alone"},
        {"question": "a2", "chat": "a"}, {"question": "alone"},
        {"question": "n", "chat": 1}, {"question": "n2", "chat": 1},
    ]  # fmt: skip
    assert [each["talk"] for each in answers(lines(*asked))] == [
        ["a1"], ["b1"], ["alone"], ["a1", "a2"], ["alone"], ["n"], ["n", "n2"],
    ]  # fmt: skip


def test_the_language_of_a_line_wins() -> None:
    """Else that of the command counts."""
    asked = lines({"question": "x", "language": "tr"}, {"question": "x"}, {"question": "x", "language": None})
    assert [each["text"] for each in answers(asked, "en")] == ["x [tr]", "x [en]", "x [en]"]


@pytest.mark.parametrize(
    ("line", "identity", "why"),
    [
        (b"nonsense", None, "not JSON"),
        (b'{"id": "1", "question": ', None, "not JSON"),
        (b"[" * 100_000, None, "not JSON"),
        (b'"text"', None, "no JSON object"),
        (b"[1]", None, "no JSON object"),
        (b'{"id": "1"}', "1", '"question" must be a text'),
        (b'{"id": "1", "question": 5}', "1", '"question" must be a text'),
        (b'{"id": "1", "question": "x", "chat": {}}', "1", '"chat" must be a text'),
        (b'{"id": "1", "question": "x", "language": "xx"}', "1", "one of en, tr"),
        (b'{"id": "1", "question": "x", "language": 1}', "1", "one of en, tr"),
        (b'{"id": "1", "question": "\xff"}', None, "not UTF-8"),
        (b'{"id": "1", "question": "' + b"x" * LONGEST_LINE + b'"}', None, "longer than"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_declined_with_the_reason(line: bytes, identity: object, why: str) -> None:
    """And the lines around it are answered."""
    source = lines({"id": "before", "question": "x"}) + line + b"\n" + lines({"id": "after", "question": "x"})
    before, declined, after = answers(source)
    assert (before["id"], after["id"]) == ("before", "after")
    assert set(declined) == KEYS
    assert (declined["id"], declined["status"]) == (identity, "declined")
    assert why in declined["text"]
    assert declined["figures"] == declined["sources"] == []


def test_a_fault_of_ours_spoils_one_answer_only(caplog: pytest.LogCaptureFixture) -> None:
    """The line is declined, the log has the trace."""
    failed, fine = answers(lines({"id": "1", "question": "fail"}, {"id": "2", "question": "x"}))
    assert (failed["id"], failed["status"], fine["status"]) == ("1", "declined", "answered")
    assert "ZeroDivisionError" in caplog.text
    assert any(record.levelno == logging.ERROR for record in caplog.records)


def test_blank_lines_ask_nothing() -> None:
    """Neither does a missing newline at the end matter."""
    assert len(answers(b'\n  \n{"question": "x"}\r\n\n{"question": "y"}')) == 2


def test_each_answer_comes_before_the_next_line_is_read() -> None:
    """So that a program can talk through a pipe."""

    class Pipe(io.BytesIO):
        def readline(self, *_args: object) -> bytes:
            reads.append(len(got))
            return lines({"question": "x"}) if len(reads) <= 3 else b""

    reads: list[int] = []
    got: list[str] = []
    for line in batch(Echo(), Pipe(), ("en",), None):
        got.append(line)  # noqa: PERF402 - counted while it grows
    assert reads == [0, 1, 2, 3]


@given(st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")), max_size=5))
def test_any_bytes_at_all_are_answered(given_lines: list[bytes]) -> None:
    """One object for each line that is not blank."""
    got = answers(b"\n".join(given_lines))
    assert len(got) == sum(bool(line.strip()) for line in given_lines)


@given(st.text())
def test_any_question_keeps_its_id_and_becomes_utf_8(question: str) -> None:
    """Halves of characters, which JSON can hold, are replaced."""
    (line,) = batch(Echo(), io.BytesIO(lines({"id": "1", "question": question})), ("en",), None)
    assert json.loads(line.encode())["id"] == "1"
    assert "\n" not in line


def test_one_answer_in_each_form() -> None:
    """Plain text, the contract's JSON, or how it was read."""
    assert one(Echo(), "x\udcff", None, as_json=False, explain=False) == "x? [None]"
    assert json.loads(one(Echo(), "ü", "en", as_json=True, explain=False))["question"] == "ü"
    assert one(Echo(), "x", "en", as_json=False, explain=True) == "read: x [en]"
