"""Topics: what names and words together ask about, what is assumed, and what the conversation gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge.question import Kind, Origin, Question, Slot
from knowledge.topics import Topics
from knowledge.understand import Reader
from knowledge.whens import Past
from tests.conftest import TODAY
from tests.knowledge.asking import asked

Read = Callable[..., Question]


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    """The last of several texts as a question."""

    def last(*texts: str) -> Question:
        past: Past | None = None
        for text in texts:
            outcome = reader.read(text, TODAY, past).outcome
            assert isinstance(outcome, Question), outcome
            past = Past(outcome, past.question if past else None)
        assert past
        return past.question

    return last


def values(slots: tuple[Slot[str], ...]) -> list[str]:
    """The ids of slots."""
    return [slot.value for slot in slots]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("exports to Ukraine in 2021", ["defence-aerospace"]),
        ("total exports in 2025", ["all-goods"]),
        ("How much did Turkey export in 2025?", ["all-goods"]),
        ("top buyers in 2021", ["defence-aerospace"]),
        ("Baykar exports 2023", ["uav-baykar"]),
        ("Aselsan exports 2024", ["company-aselsan"]),
        ("part of Baykar's revenue from exports 2024", ["baykar-exports-in-revenue"]),
        ("turkey's share of world arms exports 2020-24", ["major-arms"]),
        ("arms exports 2020-2024 according to SIPRI", ["major-arms"]),
        ("value per kilogram of defence exports", ["value-per-kilogram"]),
        ("defence exports per employee", ["defence-exports-per-employee"]),
        ("new defence contracts signed in 2024", ["new-defence-contracts"]),
    ],
)
def test_products_by_circumstance(read: Read, text: str, products: list[str]) -> None:
    """Where no single word names the product, the words together do."""
    assert values(read(text).products) == products


@pytest.mark.parametrize(
    ("text", "assumed"), [("exports to Ukraine in 2021", True), ("defence exports in 2021", False)]
)
def test_defaults_are_marked(read: Read, text: str, assumed: bool) -> None:
    """A product that nobody named is assumed, so that the answer can say so."""
    assert (read(text).products[0].origin is Origin.ASSUMED) is assumed


def test_the_seller_is_assumed(read: Read) -> None:
    """The exporter is the one that the store speaks of, unless a text names one."""
    slot = read("defence exports in 2021").exporter
    assert slot
    assert (slot.value, slot.origin) == ("TUR", Origin.ASSUMED)
    named = read("Turkish defence exports in 2021").exporter
    assert named
    assert (named.value, named.origin) == ("TUR", Origin.ASKED)


def test_a_ranking_of_sectors_has_no_product(read: Read) -> None:
    """A question for the sector does not name it."""
    assert read("which sector exported the most in 2024").products == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("defence exports 2024 by SSB", "org-ssb"),
        ("SIPRI: Turkey's share of arms exports 2020-24", "org-sipri"),
        ("defence exports 2024 according to TIM", "org-tim"),
    ],
)
def test_who_is_quoted(read: Read, text: str, who: str) -> None:
    """A body that publishes figures is asked for its own, and is no speaker."""
    question = read(text)
    assert question.attributed
    assert question.attributed.value == who
    assert who not in values(question.people)


@pytest.mark.parametrize(
    ("aspects", "products", "concept"),
    [
        ("kilogram", "steel", "weight"),
        ("employee", "steel", "staff"),
        ("revenue", "steel", "profit"),
        ("count", "steel", "units"),
        ("kilogram", "value-per-kilogram", ""),
        ("employee", "defence-exports-per-employee", ""),
        ("count", "new-defence-contracts", ""),
        ("count percent", "steel", ""),
        ("export", "steel", ""),
    ],
)
def test_words_bound_to_products(topics: Topics, aspects: str, products: str, concept: str) -> None:
    """A word that makes sense only with certain products makes a question of another one something else."""
    unbound = topics.unbound(asked(Kind.LEVEL, aspects, product=products))
    assert (unbound.concept if unbound else "") == concept


@pytest.mark.parametrize(
    ("exporter", "partner", "wrong"),
    [("TUR", "UKR", None), ("GRC", "", "GRC"), ("UKR", "TUR", "UKR"), ("TUR", "TUR", "TUR")],
)
def test_the_wrong_side(topics: Topics, exporter: str, partner: str, wrong: str | None) -> None:
    """Only what the home country sells is known: what it buys and what others sell is not."""
    question = replace(asked(Kind.LEVEL, product="defence-aerospace", buyer=partner), exporter=Slot(exporter))
    found = topics.wrong_side(question)
    assert (found.value if found else None) == wrong


def test_the_narrower_product_is_meant(read: Read) -> None:
    """Where a text names a product and what it is a part of, the part is meant: value per kilogram in defence."""
    assert values(read("value per kilogram in defence 2023").products) == ["value-per-kilogram"]


def test_a_follow_up_takes_over_what_it_leaves_out(read: Read) -> None:
    """Product, partner and period come from before, each marked as carried."""
    question = read("defence exports to Azerbaijan in 2020", "and Qatar?")
    assert (values(question.products), values(question.partners)) == (["defence-aerospace"], ["QAT"])
    assert question.partners[0].origin is Origin.ASKED
    assert question.products[0].origin is Origin.CARRIED
    assert question.periods[0].origin is Origin.CARRIED
    assert question.follows


def test_another_sector_takes_no_partner_over(read: Read) -> None:
    """A product of one's own starts anew, but for the period."""
    question = read("defence exports to Azerbaijan in 2020", "automotive exports?")
    assert values(question.products) == ["automotive"]


def test_a_sum_joins_the_two_questions_before(read: Read) -> None:
    """What is added up is what was asked last and the time before."""
    question = read("automotive exports 2025", "chemicals?", "both together?")
    assert question.kind is Kind.SUM
    assert sorted(values(question.products)) == ["automotive", "chemicals"]


def test_a_source_is_asked_of_the_answer_before(read: Read) -> None:
    """A question for the source remembers which kind of question it is about."""
    question = read("defence exports to Ukraine in Q1 2022", "source?")
    assert question.kind is Kind.SOURCE
    assert question.before_kind is Kind.LEVEL
    assert values(question.partners) == ["UKR"]


def test_a_deal_is_spoken_of_on(read: Read) -> None:
    """System and buyer stay until another one is named."""
    price = read("How many TB2 did Poland order?", "for how much?")
    assert (price.kind, values(price.systems), values(price.partners)) == (Kind.PROCUREMENT, ["sys-tb2"], ["POL"])
    other = read("How many TB2 did Poland order?", "for how much?", "and Romania?")
    assert (values(other.systems), values(other.partners)) == (["sys-tb2"], ["ROU"])


def test_settling_twice_changes_nothing(topics: Topics, read: Read) -> None:
    """A settled question is settled."""
    for text in (
        "exports to Ukraine in 2021",
        "Baykar exports 2023",
        "defence exports 2024 by SSB",
        "who bought the TB2",
    ):
        question = read(text)
        assert topics.settle(question) == question
