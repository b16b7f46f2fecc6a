"""Whole sets of questions: nothing harmful is ever said, and what is not yet right is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from knowledge.desk import Conversation, Desk
from knowledge.language import languages

GOLDEN = Path(__file__).parent.parent / "golden"
SETS = sorted(path for language in languages() for path in GOLDEN.glob(f"{language}-*.jsonl"))
SHARED = Path(__file__).parents[3] / "shared" / "questions"
FAILURES = GOLDEN / "known_failures.txt"
TOLERANCE = 0.006
HARMFUL = frozenset(("wrong", "false", "bad"))


def fold(text: str) -> str:
    """The text as the judge compares it."""
    plain = text.casefold().replace("i̇", "i").replace("ı", "i")
    return plain.replace("\u00a0", " ").replace("\u202f", " ")


def has(text: str, word: object) -> bool:
    """True if the folded text holds the word; numbers only as whole numbers."""
    folded = fold(str(word))
    if re.fullmatch(r"[\d.,]+", folded):
        return re.search(rf"(?<![\d.,]){re.escape(folded)}(?!\d|[.,]\d)", text) is not None
    return folded in text


def judge(expect: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    """`right`, `miss` or `other` (nothing was claimed), `wrong` or `false` (harmful: something untrue was)."""
    wanted = expect.get("status", "answered")
    wanted = [wanted] if isinstance(wanted, str) else wanted
    status, text = reply["status"], fold(reply["text"])
    if status not in wanted:
        if status == "answered":
            return "false"
        return "miss" if "answered" in wanted else "other"
    if status == "answered" and not _sound(expect, reply):
        return "wrong"
    some = expect.get("contains_any", [])
    if not all(has(text, word) for word in expect.get("contains", [])) or (
        some and not any(has(text, w) for w in some)
    ):
        return "wrong" if status == "answered" else "other"
    return "wrong" if any(has(text, word) for word in expect.get("not_contains", [])) else "right"


def _sound(expect: Mapping[str, Any], reply: Mapping[str, Any]) -> bool:
    """True if the first figure and the sources are those that were expected."""
    if not reply["sources"] and not expect.get("no_source"):
        return False
    first = (reply["figures"] or [{"value": None, "unit": ""}])[0]
    values = expect.get("any_value") or ([[expect["value"], expect.get("unit")]] if "value" in expect else [])
    if values and not any(_close(first, value, unit, expect.get("tol", TOLERANCE)) for value, unit in values):
        return False
    cited = [fold(json.dumps(source, ensure_ascii=False)) for source in reply["sources"]]
    names = expect.get("sources", [])
    return not names or any(has(source, name) for source in cited for name in names)


def _close(figure: Mapping[str, Any], value: float, unit: str | None, tolerance: float) -> bool:
    if figure["value"] is None or (unit is not None and fold(figure["unit"]) != fold(unit)):
        return False
    return bool(abs(figure["value"] - value) <= max(abs(value) * tolerance, 1e-9))


def read(path: Path) -> list[dict[str, Any]]:
    """The questions of a set, in order."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def verdicts(desk: Desk, path: Path) -> dict[str, str]:
    """The judgement on each question, by its id; lines with one `chat` are one conversation."""
    chats: dict[str, Conversation | None] = {}
    out: dict[str, str] = {}
    for line in read(path):
        reply = desk.ask_now(line["q"], chats.get(line.get("chat", "")), line.get("lang"))
        if "chat" in line:
            chats[line["chat"]] = reply.conversation
        out[line["id"]] = judge(line["expect"], reply.as_json(line["id"], line["q"]))
    return out


@pytest.fixture(scope="module")
def judged(desk: Desk) -> dict[str, str]:
    """The judgements on the project's own sets."""
    found: dict[str, str] = {}
    for path in SETS:
        found |= verdicts(desk, path)
    return found


def test_there_are_questions(judged: dict[str, str]) -> None:
    """Both sets are there, and no id is used twice."""
    assert len(SETS) >= 2
    assert len(judged) == sum(len(read(path)) for path in SETS) >= 800


def test_nothing_harmful_is_said(judged: dict[str, str]) -> None:
    """Declining is allowed where an answer was possible; a wrong answer never is."""
    assert {identity: verdict for identity, verdict in judged.items() if verdict in HARMFUL} == {}


def test_what_is_not_right_is_written_down(judged: dict[str, str]) -> None:
    """The list of known failures is exact, with how each fails: whoever mends one must strike it out."""
    known = [line for line in FAILURES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert known == sorted(known)
    assert [f"{identity} {judged[identity]}" for identity in sorted(judged) if judged[identity] != "right"] == known


@pytest.mark.parametrize("language", languages())
def test_shared_questions(desk: Desk, language: str) -> None:
    """The examples that the project was given: at least 95 of 100 right, nothing harmful."""
    name = f"examples-{language}.jsonl"
    if not (SHARED / name).exists():
        pytest.skip("the shared questions are not here")
    found = verdicts(desk, SHARED / name)
    assert [identity for identity, verdict in found.items() if verdict in HARMFUL] == []
    assert sum(verdict == "right" for verdict in found.values()) >= 0.95 * len(found)


@pytest.mark.parametrize(
    ("expect", "reply", "verdict"),
    [
        ({"value": 16, "unit": "items"}, {"value": 16, "unit": "items"}, "right"),
        ({"value": 16, "unit": "items"}, {"value": 12, "unit": "items"}, "wrong"),
        ({"value": 100, "unit": "USD"}, {"value": 100.5, "unit": "USD"}, "right"),
        ({"value": 100, "unit": "USD"}, {"value": 100, "unit": "EUR"}, "wrong"),
        ({"any_value": [[1, "USD"], [2, "USD"]]}, {"value": 2, "unit": "USD"}, "right"),
        ({"status": "declined"}, {"value": 2, "unit": "USD"}, "false"),
        ({"contains": ["1.9"]}, {"value": 2, "unit": "USD"}, "right"),
        ({"contains": ["1.95"]}, {"value": 2, "unit": "USD"}, "wrong"),
        ({"not_contains": ["Ukraine"]}, {"value": 2, "unit": "USD"}, "wrong"),
    ],
)
def test_the_judge(expect: dict[str, Any], reply: dict[str, Any], verdict: str) -> None:
    """The judge takes a wrong figure, unit or word for what it is."""
    answer = {
        "status": "answered",
        "text": "It was $1.9 million to Ukraine.",
        "figures": [reply],
        "sources": [{"a": 1}],
    }
    assert judge(expect, answer) == verdict
