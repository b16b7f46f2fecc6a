"""The golden table: how questions are read and answered, case by case, over the shipped facts."""

from __future__ import annotations

from collections import Counter

import pytest
from _pytest.mark import ParameterSet

from knowledge.answers import TABLE
from knowledge.desk import Desk
from knowledge.language import languages, read
from knowledge.question import Kind, Trouble
from tests.knowledge.golden import MODEL, Case, ask, cases, differences

CASES = cases()
OTHERS = [language for language in languages() if language != MODEL]
ENOUGH = 10
"""Wordings that each kind of question must have."""


def wordings(key: str, value: str) -> list[str]:
    """Every wording of the cases that expect this, and get it."""
    sound = (case for case in CASES if "xfail" not in case.expect)
    return [wording for case in sound if case.expect.get(key) == value for wording in case.wordings]


def parameter(case: Case, language: str = MODEL) -> ParameterSet:
    """The case as a parameter; one that cannot hold yet must fail, so that mending it strikes it out."""
    reason = case.expect.get("xfail")
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=f"{language}: {case.name}", marks=marks)


def test_there_are_cases() -> None:
    """A table that is not read proves nothing."""
    assert len(CASES) >= 150
    assert all(case.wordings and case.expect for case in CASES)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_case(desk: Desk, case: Case) -> None:
    """Each wording is read and answered as the table says."""
    found = {
        wording: problems
        for wording in case.wordings
        if (problems := list(differences(case, wording, ask(desk, case, wording))))
    }
    assert not found, "\n".join(f"{wording!r}: {'; '.join(lines)}" for wording, lines in found.items())


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_asks_the_same(language: str) -> None:
    """Each English case has its sibling."""
    assert [case.name for case in cases(language)] == [case.name for case in CASES]


@pytest.mark.parametrize("case", [parameter(case, language) for language in OTHERS for case in cases(language)])
def test_siblings(desk: Desk, case: Case) -> None:
    """A case asked in another language has the reading, the figures and the sources that it has in English."""
    test_case(desk, case)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_asked_in_many_ways(kind: Kind) -> None:
    """Each kind of question has at least ten wordings that are answered, and one reply that is pinned."""
    answered = [
        case
        for case in CASES
        if case.expect.get("kind") == kind and case.expect.get("status", "answered") == "answered"
    ]
    assert sum(len(case.wordings) for case in answered) >= ENOUGH
    assert any("reply" in case.expect for case in answered)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row.kind))
def test_every_row_of_the_table_has_cases(row: object) -> None:
    """Whoever adds a kind of question adds its golden cases."""
    assert wordings("kind", row.kind)  # type: ignore[attr-defined]


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_cases(trouble: Trouble) -> None:
    """Each way not to be understood has several wordings, and one reply that is pinned."""
    assert len(wordings("trouble", trouble)) >= ENOUGH // 2
    assert any("reply" in case.expect for case in CASES if case.expect.get("trouble") == trouble)


def concepts() -> list[str]:
    """What people ask for and the store does not hold, by the names of the language file and of the rules."""
    table = read("en")
    return sorted({*table["outside"], "other_flow"})


@pytest.mark.parametrize("concept", concepts())
def test_every_outside_concept_has_cases(concept: str) -> None:
    """Each measure that the store does not hold is asked for, and declined by its name."""
    assert len(wordings("concept", concept)) >= 3


def test_no_wording_stands_twice() -> None:
    """Two cases never share a wording, unless they follow on different questions."""
    count = Counter((case.before, wording) for case in CASES for wording in case.wordings)
    assert [wording for (_, wording), times in count.items() if times > 1] == []


def test_names_are_unique() -> None:
    """A failure names one case."""
    assert len({case.name for case in CASES}) == len(CASES)
