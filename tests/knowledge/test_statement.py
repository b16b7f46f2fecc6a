"""Answers about statements: the right speaker, the right subject, and nobody else's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from knowledge.answer import Answer, Phrase, Status
from knowledge.answers import statement
from knowledge.answers.desk_view import View
from knowledge.question import Kind, Name, Origin
from knowledge.store import Store
from knowledge.wording import Wording
from tests.knowledge.asking import asked


@pytest.fixture(scope="module")
def view(store: Store) -> View:
    """What the answerers may look at."""
    return View(store, date(2026, 11, 23))


def answer(view: View, aspects: str = "", **slots: Any) -> Answer:
    """The answer to a question about statements."""
    return statement.answer(asked(Kind.STATEMENT, aspects, **slots), view)


def summaries(found: Answer) -> list[str]:
    """The summaries told, the first sentence first."""
    told: list[Phrase] = [*found.lead, *found.details]
    return [str(dict(phrase.args)["summary"]) for phrase in told if phrase.key == "statement.said"]


SAID: list[tuple[dict[str, Any], str, str]] = [
    ({"people": "p-demir", "period": "2022-Q1", "topic": "exports"}, "Ismail Demir", "$961m"),
    ({"people": "p-lavrov", "system": "class:drone", "buyer": "UKR"}, "Sergey Lavrov", "encouraging Kyiv"),
    ({"company": "co-baykar", "buyer": "RUS"}, "Haluk Bayraktar", "would not sell"),
    ({"people": "p-reznikov", "day": "2022-06-28", "system": "sys-tb2"}, "Oleksii Reznikov", "up to 50"),
    ({"people": "p-bolat", "buyer": "ISR"}, "Omer Bolat", "no weapons"),
    ({"people": "p-guler", "system": "sys-f16"}, "Yasar Guler", "79 upgrade kits"),
    ({"people": "org-tim", "buyer": "UKR", "topic": "equipment"}, "Turkish Exporters Assembly (TIM)", "does not say"),
    ({"people": "p-starmer", "system": "sys-typhoon", "topic": "jobs"}, "Keir Starmer", "20,000"),
    ({"people": "p-poroshenko", "system": "sys-tb2", "period": "2019-01"}, "Petro Poroshenko", "Ukrspetsexport"),
    ({"people": "p-demir", "period": "2019-11", "topic": "goal"}, "Ismail Demir", "$10.2bn"),
    ({"people": "p-haluk", "buyer": "UKR", "topic": "factory"}, "Haluk Bayraktar", "construction near Kyiv"),
    ({"people": "p-aliyev", "system": "class:drone"}, "Ilham Aliyev", "Armenian"),
    ({"people": "org-ispr", "system": "sys-t129"}, "ISPR", "baseless"),
    ({"people": "org-hrw", "buyer": "BFA"}, "Ilaria Allegrozzi", "laws of war"),
    ({"buyer": "ISR", "amount": 506e6, "topic": "error"}, "Bianet", "turned out to be an error"),
    ({"buyer": "SDN", "topic": "embassy washington"}, "Embassy of Turkey in Washington", "Denied"),
    ({"people": "p-erdogan", "system": "class:drone", "number": 770}, "Recep Tayyip Erdogan", "770 unmanned"),
]


@pytest.mark.parametrize(("slots", "speaker", "part"), SAID)
def test_the_right_words_lead(view: View, slots: dict[str, Any], speaker: str, part: str) -> None:
    """A question after someone's words gets the statement on that subject, by that speaker, first."""
    found = answer(view, **slots)
    assert found.status is Status.ANSWERED
    assert dict(found.lead[0].args)["speaker"] == Name("voice", speaker)
    assert part in summaries(found)[0]
    assert found.sources


SILENT: list[tuple[dict[str, Any], str]] = [
    ({"people": "p-putin", "system": "sys-tb2"}, "statement.gap.silent"),
    ({"people": "p-lavrov", "system": "sys-s400"}, "statement.gap.subject"),
    ({"people": "p-demir", "period": "2017"}, "statement.gap.subject"),
    ({"people": "p-erdogan", "buyer": "UKR", "topic": "trains"}, "statement.gap.subject"),
    ({"people": "p-erdogan", "product": "steel"}, "statement.gap.subject"),
    ({"people": "p-lavrov", "product": "steel"}, "statement.gap.subject"),
    ({"people": "p-zelensky", "buyer": "POL"}, "statement.gap.subject"),
    ({"people": "p-haluk", "system": "sys-kirpi"}, "statement.gap.subject"),
    ({"people": "p-haluk", "buyer": "UKR", "topic": "factory submarine"}, "statement.gap.subject"),
    ({"people": "p-erdogan", "system": "class:drone", "number": 771}, "statement.gap.subject"),
    ({"buyer": "UKR", "product": "defence-aerospace", "period": "2022-Q1", "topic": "customs"}, "statement.gap.nobody"),
    ({"topic": "weather"}, "statement.gap.nobody"),
    ({"buyer": "UKR"}, "statement.gap.nobody"),
]


@pytest.mark.parametrize(("slots", "key"), SILENT)
def test_nobody_else_is_quoted(view: View, slots: dict[str, Any], key: str) -> None:
    """Where the speaker said nothing on the subject, it is said so, and nobody else answers."""
    found = answer(view, **slots)
    assert found.status is Status.DECLINED
    assert found.lead[0].key == key


def test_who_did_speak_is_told(view: View) -> None:
    """Where a speaker was silent on a subject, those on record are named, and what the speaker spoke of."""
    found = answer(view, people="p-zelensky", buyer="POL")
    assert [phrase.key for phrase in found.details] == ["statement.gap.who", "statement.gap.spoke"]


def test_words_of_another_kind_are_no_subject(view: View) -> None:
    """How old somebody is, is not answered with what was said last."""
    assert answer(view, "coverage", people="p-erdogan").status is Status.DECLINED
    assert answer(view, "coverage said", people="p-erdogan").status is Status.ANSWERED


def test_a_carried_slot_only_orders(view: View) -> None:
    """What the conversation named before does not silence a speaker who spoke of something else."""
    question = asked(Kind.STATEMENT, "said", people="p-lavrov", buyer="UKR", product="steel")
    products = tuple(replace(slot, origin=Origin.CARRIED) for slot in question.products)
    assert statement.answer(replace(question, products=products), view).status is Status.ANSWERED


@pytest.mark.parametrize(("region", "part"), [("middle-east", "Middle East $381.1m"), ("africa", "Africa")])
def test_a_region_is_what_was_said(view: View, region: str, part: str) -> None:
    """A region stands in what was said; that the Middle East Monitor says it does not count."""
    told = summaries(answer(view, region=region, period="2021", product="defence-aerospace"))
    assert told
    assert all(part.split(maxsplit=1)[0] in one for one in told)
    assert any(part in one for one in told)


def test_a_region_shows_every_account(view: View) -> None:
    """Figures for a part of the world are all told where they disagree."""
    found = answer(view, region="africa", period="2021", product="defence-aerospace")
    told = " ".join(summaries(found))
    assert "$328m" in told
    assert "$288m" in told
    assert found.caveats[0].key == "statement.differ"


@pytest.mark.parametrize("period", ["2023", "2021-Q3"])
def test_a_region_needs_its_period(view: View, period: str) -> None:
    """A part of the world in a time that no statement is about is declined."""
    assert answer(view, region="africa", period=period).status is Status.DECLINED


def test_without_a_subject_the_newest_words_come_first(view: View) -> None:
    """A speaker without a subject is answered with the newest statements."""
    found = answer(view, people="p-reznikov")
    assert "50" in summaries(found)[0]
    assert len(summaries(found)) > 1


def test_a_number_somebody_gave_comes_from_the_report(view: View) -> None:
    """How many a speaker named is told as a figure, from the report that quotes the speaker."""
    found = answer(view, "count delivery", people="p-reznikov", system="sys-tb2", period="2022-06")
    assert found.kind is Kind.STATEMENT
    assert (found.figures[0].quantity.value, found.figures[0].quantity.qualifier) == (50, "up_to")


def test_every_speaker_can_be_asked(view: View) -> None:
    """Everybody who said something can be asked for, and is answered in words."""
    wording = Wording("en", view.store)
    speakers = [entity for entity in view.store.entities("person") if view.store.statements(speaker=entity.entity_id)]
    assert len(speakers) > 30
    for entity in speakers:
        found = answer(view, people=entity.entity_id)
        assert found.status is Status.ANSWERED
        assert wording.word(found).plain()
