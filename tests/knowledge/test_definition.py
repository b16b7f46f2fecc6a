"""Answers about what something is and who makes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge.answer import Answer, Status
from knowledge.answers import definition
from knowledge.answers.desk_view import View
from knowledge.question import Kind, Name
from knowledge.store import Store
from knowledge.wording import Wording
from tests.knowledge.asking import asked


@pytest.fixture(scope="module")
def view(store: Store) -> View:
    """What the answerers may look at."""
    return View(store, date(2026, 11, 23))


def answer(view: View, aspects: str = "", **slots: Any) -> Answer:
    """The answer to a question about a name."""
    return definition.answer(asked(Kind.DEFINITION, aspects, **slots), view)


NAMES: list[tuple[dict[str, str], str]] = [
    ({"people": "org-tim"}, "Exporters"),
    ({"people": "org-ssb"}, "procurement"),
    ({"system": "sys-tb2"}, "Baykar"),
    ({"system": "sys-ada"}, "corvette"),
    ({"people": "p-gorgun"}, "SSB"),
    ({"people": "org-sipri"}, "volume"),
    ({"system": "sys-kizilelma"}, "unmanned"),
    ({"company": "co-roketsan"}, "Missile"),
    ({"conflict": "cf-springshield"}, "Idlib"),
    ({"product": "defence-aerospace"}, "sector"),
]


@pytest.mark.parametrize(("slots", "word"), NAMES)
def test_description(view: View, slots: dict[str, str], word: str) -> None:
    """A name is answered with its description and a source."""
    found = answer(view, **slots)
    assert found.status is Status.ANSWERED
    assert word in Wording("en", view.store).word(found).plain()
    assert found.sources


MAKERS = [
    ("sys-tb2", "co-baykar"), ("sys-kaan", "co-tai"), ("sys-boran", "co-mke"), ("sys-kirpi", "co-bmc"),
    ("sys-f16", "co-lockheed"), ("sys-hizir", "co-katmerciler"), ("sys-pars", "co-fnss"), ("sys-mam", "co-roketsan"),
    ("sys-mazepa", "RMK Marine"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "maker"), MAKERS)
def test_maker(view: View, system: str, maker: str) -> None:
    """Who makes a system is told from descriptions, else from the suppliers that reports name."""
    found = answer(view, "who_made", system=system)
    assert found.lead[0].key in ("definition.maker", "definition.supplier")
    made = dict(found.lead[0].args)["makers"]
    assert isinstance(made, tuple)
    assert Name("company", maker) in made


def test_unknown_is_declined(view: View) -> None:
    """What has no description is declined."""
    found = answer(view, buyer="UKR")
    assert found.status is Status.DECLINED
    assert not found.sources


def test_everything_described_can_be_worded(view: View) -> None:
    """Every entity and every product has an answer in words."""
    wording = Wording("en", view.store)
    slot = {"system": "system", "company": "company", "conflict": "conflict"}
    for entity in view.store.entities():
        found = answer(view, "who_made", **{slot.get(entity.kind, "people"): entity.entity_id})
        assert found.status is Status.ANSWERED
        assert wording.word(found).plain()
    for product in view.store.products():
        assert wording.word(answer(view, product=product.product_id)).plain()


def test_maker_for_a_country_is_the_supplier_of_its_deals(view: View) -> None:
    """Who builds a system in a country is told by that country's deals, as suppliers and no more."""
    found = answer(view, "who_made", system="sys-ada", buyer="PAK")
    assert found.lead[0].key == "definition.supplier_for"
    assert answer(view, "who_made", system="sys-ada", buyer="POL").status is Status.DECLINED
