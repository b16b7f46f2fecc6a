"""Golden cases: read from `tests/golden/<language>.toml`, and compared with what the desk makes of them.

A `[[case]]` is a question in several wordings; all that it names must hold for every one of them, `reply` for
the first. A `[[dialogue]]` is a conversation: each `[[dialogue.turn]]` is a case that follows on the first
wordings of the turns before it.

| key | what must hold |
|---|---|
| `kind` | the kind of question it is read as |
| `products`, `partners`, `regions`, `periods` | exactly these, in any order |
| `systems`, `companies`, `people`, `conflicts` | exactly these, in any order |
| `exporter`, `attributed` | this one |
| `aspects` | at least these |
| `number`, `place` | this one |
| `trouble`, `concept`, `words` | why it is not understood, and the words that stood in the way |
| `status` | `answered` unless it says otherwise; `clarify` or `declined` |
| `value` (within `tol`, relative), `unit`, `period`, `derived`, `formula` | the first figure |
| `figures` | values that are among the figures |
| `no_figures` | no figure at all |
| `sources` | at least these are cited |
| `contains`, `not_contains` | parts of the reply |
| `reply` | the whole reply to the first wording |
| `xfail` | why the case cannot hold yet; it must be struck out once it does |

The English table says what holds. Every other language has the same cases by the same names, each with wordings of its
own: what the English case says of the reading, the figures and the sources holds for these as well, and only what is
words of an answer (`reply`, `contains`, `not_contains`, `words`) and `xfail` stand beside them.

Adding a case needs no Python: write it with `reply = "?"` if the reply is to be pinned, run
`python -m tests.write_golden`, and read what it wrote.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.desk import Conversation, Desk, Reply
from knowledge.question import NotUnderstood, Question, Slot, When

FOLDER = Path(__file__).parent.parent / "golden"
MODEL = "en"
"""The language whose table says what holds in all."""
_WORDED = ("reply", "contains", "not_contains", "words", "xfail")
"""Keys that are words of one language, or hold for one alone."""
SLOTS = ("products", "partners", "regions", "periods", "systems", "companies", "people", "conflicts")
_OUTSIDE = frozenset(("gap.newest", "gap.oldest", "gap.partner_period"))
"""Phrases that tell that a period lies beyond what is known."""
_TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Case:
    """One question in several wordings, with what must hold for each."""

    name: str
    wordings: tuple[str, ...]
    expect: dict[str, Any]
    before: tuple[str, ...] = ()
    """The questions that the conversation began with."""


def path_of(language: str) -> Path:
    """The table of a language."""
    return FOLDER / f"{language}.toml"


def cases(language: str = MODEL) -> list[Case]:
    """Every case and every turn, in the order of the file; with what the English ones say, in another language."""
    if language == MODEL:
        return _read(path_of(MODEL))
    model = {case.name: case for case in _read(path_of(MODEL))}
    return [
        replace(case, expect={**_neutral(model[case.name]), **case.expect})
        for case in _read(path_of(language))
        if case.name in model
    ]


def _neutral(case: Case) -> dict[str, Any]:
    return {key: value for key, value in case.expect.items() if key not in _WORDED}


def _read(path: Path) -> list[Case]:
    table = tomllib.loads(path.read_text("utf-8"))
    found = [_case(entry, ()) for entry in table["case"]]
    for dialogue in table.get("dialogue", ()):
        before: tuple[str, ...] = ()
        for number, turn in enumerate(dialogue["turn"], 1):
            found.append(_case({"name": f"{dialogue['name']} {number}", **turn}, before))
            before = (*before, turn["wordings"][0])
    return found


def _case(entry: dict[str, Any], before: tuple[str, ...]) -> Case:
    expect = {key: value for key, value in entry.items() if key not in ("name", "wordings")}
    unknown = expect.keys() - CHECKS.keys() - {"tol", "xfail"}
    if unknown:
        raise ValueError(f"{entry['name']}: no such key: {', '.join(sorted(unknown))}")
    return Case(entry["name"], tuple(entry["wordings"]), expect, before)


def ask(desk: Desk, case: Case, wording: str) -> Reply:
    """The reply to one wording, in the conversation of its case."""
    conversation: Conversation | None = None
    for text in case.before:
        conversation = desk.ask_now(text, conversation).conversation
    return desk.ask_now(wording, conversation)


def differences(case: Case, wording: str, reply: Reply) -> Iterator[str]:
    """What does not hold, one line each."""
    for key, want in {"status": "answered", **case.expect}.items():
        if key in ("tol", "xfail", "reply"):
            continue
        have = CHECKS[key](reply)
        if key in ("value", "number", "place"):
            fits = have is not None and abs(have - want) <= abs(want) * case.expect.get("tol", _TOLERANCE)
        elif key in ("aspects", "sources", "figures", "contains"):
            fits = all(item in have for item in want)
        elif key == "not_contains":
            fits = not any(item in have for item in want)
        else:
            fits = have == (sorted(want) if isinstance(want, list) else want)
        if not fits:
            yield f"{key}: {have!r}, not {want!r}"
    if wording == case.wordings[0] and "reply" in case.expect and reply.text != case.expect["reply"].strip("\n"):
        yield f"reply:\n{reply.text}\n--- not\n{case.expect['reply']}"


def question(reply: Reply) -> Question | None:
    """The question as it was read; for one that was not understood, what would have been left of it."""
    outcome = reply.understanding.outcome
    return outcome.partial if isinstance(outcome, NotUnderstood) else outcome


def trouble(reply: Reply) -> str:
    """Why there is no answer, by the name of a `Trouble`; empty for an answer.

    A question that is understood fails on what the facts lack: the period, or the thing itself.
    """
    outcome = reply.understanding.outcome
    if isinstance(outcome, NotUnderstood):
        return str(outcome.trouble)
    if reply.answer.status == "answered":
        return ""
    keys = {phrase.key for phrase in reply.answer.lead}
    if keys & _OUTSIDE:
        return "outside_period"
    if keys & {"gap.what", "trouble.incomplete"}:
        return "incomplete"
    return "unknown_word" if "trouble.unknown_word" in keys else "no_fact"


def _slots(name: str) -> Callable[[Reply], list[str]]:
    def read(reply: Reply) -> list[str]:
        asked = question(reply)
        slots: tuple[Slot[Any], ...] = getattr(asked, name) if asked else ()
        return sorted(_plain(slot.value) for slot in slots)

    return read


def _plain(value: object) -> str:
    if isinstance(value, When):
        return value.day or str(value.period or value.anchor)
    return str(value)


def _one(name: str) -> Callable[[Reply], Any]:
    def read(reply: Reply) -> Any:
        found = getattr(question(reply), name)
        return found.value if isinstance(found, Slot) else found

    return read


def _refusal(name: str) -> Callable[[Reply], Any]:
    def read(reply: Reply) -> Any:
        found = getattr(reply.understanding.outcome, name, "")
        return sorted(found) if isinstance(found, tuple) else found

    return read


def _figure(name: str) -> Callable[[Reply], Any]:
    def read(reply: Reply) -> Any:
        figures = reply.as_json(None, "")["figures"]
        return figures[0][name] if figures else None

    return read


CHECKS: dict[str, Callable[[Reply], Any]] = {
    "kind": lambda reply: str(asked.kind) if (asked := question(reply)) else None,
    **{name: _slots(name) for name in SLOTS},
    **{name: _one(name) for name in ("exporter", "attributed", "aspects", "number", "place")},
    "trouble": trouble,
    **{name: _refusal(name) for name in ("concept", "words")},
    "status": lambda reply: str(reply.answer.status),
    **{name: _figure(name) for name in ("value", "unit", "period", "derived", "formula")},
    "figures": lambda reply: [figure["value"] for figure in reply.as_json(None, "")["figures"]],
    "no_figures": lambda reply: not reply.answer.figures,
    "sources": lambda reply: [source.source_id for source in reply.answer.sources],
    "contains": lambda reply: reply.text,
    "not_contains": lambda reply: reply.text,
    "reply": lambda reply: reply.text,
}
"""What each key of a case looks at."""
