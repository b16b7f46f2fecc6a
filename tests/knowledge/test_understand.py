"""Understanding: the best reading wins, what speaks for it can be seen, and no word is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.question import Kind, NotUnderstood, Question, Trouble
from knowledge.ranking import LEFT_OVER, LIKENESS
from knowledge.understand import Reader
from tests.conftest import TODAY

ASKED = [
    "defence exports to Ukraine in Q1 2022",
    "growth of steel exports in 2025",
    "how many times were defence exports in 2022 those of 2002",
    "share of automotive in exports 2025",
    "top 5 buyers of defence goods in 2021",
    "defence exports by quarter 2024",
    "automotive and chemicals in 2025 together",
    "defence or jewellery in 2025, which is bigger",
    "How many TB2 did Poland order",
    "what did Lavrov say about Turkish drones",
    "what is TIM",
    "what are your sources",
    "which sectors do you have",
    "when are the next figures due",
    "help",
    "hello",
]


@pytest.mark.parametrize("text", [*ASKED, "flurbish", "", "imports of what"])
def test_readings_are_ranked(reader: Reader, text: str) -> None:
    """The best comes first, and each score is the sum of its evidence."""
    found = reader.read(text, TODAY)
    scores = [reading.score for reading in found.readings]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1
    for reading in found.readings:
        assert sum(weight for _, weight in reading.evidence) == pytest.approx(reading.score)


@pytest.mark.parametrize(("text", "kind"), list(zip(ASKED, Kind, strict=True)))
def test_each_kind_wins_clearly(reader: Reader, text: str, kind: Kind) -> None:
    """A plain question of a kind is read as that kind."""
    found = reader.read(text, TODAY)
    assert isinstance(found.outcome, Question)
    assert found.outcome.kind is kind
    assert found.readings[0].question.kind is kind
    assert found.readings[0].score > found.readings[1].score


def test_left_over_words_cost(reader: Reader) -> None:
    """A word that a reading cannot account for is named in its evidence, with what it costs."""
    found = reader.read("defence exports flurbish 2024", TODAY)
    evidence = dict(found.readings[0].evidence)
    assert evidence["left over: flurbish"] == -LEFT_OVER


def test_likeness_is_weighed(reader: Reader) -> None:
    """Likeness to the example wordings counts, within its bounds."""
    for text in ASKED:
        for reading in reader.read(text, TODAY).readings:
            assert 0 <= dict(reading.evidence)["like an example"] <= LIKENESS
    best = reader.read(ASKED[0], TODAY).readings[0]
    assert dict(best.evidence)["like an example"] > 0


@pytest.mark.parametrize(
    ("text", "trouble", "words", "concept"),
    [
        ("defence exports flurbish 2024", Trouble.UNKNOWN_WORD, ("flurbish",), ""),
        pytest.param(
            *("flurbish exports to gorblax", Trouble.UNKNOWN_WORD, ("flurbish", "gorblax"), ""),
            marks=pytest.mark.xfail(
                reason="a statement takes both words for topics, and then nothing is left", strict=True
            ),
        ),
        ("Turkish semiconductor exports 2024", Trouble.UNKNOWN_WORD, ("semiconductor",), ""),
        ("how many TB2 did Ukraine lose", Trouble.OTHER_MEASURE, ("lose",), "losses"),
        ("Turkey's defence budget 2024", Trouble.OTHER_MEASURE, ("defence budget",), "budget"),
        ("steel exports in tonnes 2024", Trouble.OTHER_MEASURE, ("tonnes",), "weight"),
        ("Greek defence exports in 2022", Trouble.OTHER_MEASURE, ("Greek",), "other_flow"),
        ("defence exports to Austraia 2021", Trouble.NEAR_MISS, ("Austraia",), ""),
        ("and then?", Trouble.INCOMPLETE, (), ""),
        ("", Trouble.INCOMPLETE, (), ""),
        ("???", Trouble.INCOMPLETE, (), ""),
    ],
)
def test_what_stands_in_the_way(
    reader: Reader, text: str, trouble: Trouble, words: tuple[str, ...], concept: str
) -> None:
    """What is not understood is a value: why, and by which words."""
    outcome = reader.read(text, TODAY).outcome
    assert isinstance(outcome, NotUnderstood)
    assert (outcome.trouble, outcome.words, outcome.concept) == (trouble, words, concept)


def test_near_names_are_choices(reader: Reader) -> None:
    """A name near two known ones is asked back with both."""
    outcome = reader.read("defence exports to Austraia 2021", TODAY).outcome
    assert isinstance(outcome, NotUnderstood)
    assert {name.id for name in outcome.choices} == {"AUS", "AUT"}


def test_what_is_left_serves_suggestions(reader: Reader) -> None:
    """The reading without the word that stood in the way is kept, for suggestions."""
    outcome = reader.read("steel exports in tonnes 2024", TODAY).outcome
    assert isinstance(outcome, NotUnderstood)
    assert outcome.partial
    assert [slot.value for slot in outcome.partial.products] == ["steel"]


def test_slots_remember_their_words(reader: Reader) -> None:
    """A slot knows the words that gave it, and whether they were only near."""
    outcome = reader.read("defence exprots to Ukrain in Q1 2022", TODAY).outcome
    assert isinstance(outcome, Question)
    (partner,) = outcome.partners
    assert (partner.words, partner.near) == ("Ukrain", True)
    assert not outcome.products[0].near


@pytest.mark.parametrize("number", [1, 3, 10])
def test_the_n_of_top_n(reader: Reader, number: int) -> None:
    """How many are wanted is a number of the question."""
    outcome = reader.read(f"top {number} export sectors in 2025", TODAY).outcome
    assert isinstance(outcome, Question)
    assert outcome.number == number


def test_reading_is_a_pure_function(reader: Reader) -> None:
    """The same text is read the same way every time, in any order."""
    first = [reader.read(text, TODAY).outcome for text in ASKED]
    assert [reader.read(text, TODAY).outcome for text in reversed(ASKED)] == list(reversed(first))


NONSENSE = st.text("bcdfghjklmnpqrstvwxz", min_size=5, max_size=9).map(lambda word: f"zq{word}")
"""Words of no language."""


def test_no_word_is_passed_over(reader: Reader) -> None:
    """A question with one word of no language in it is never understood as if the word were not there."""

    @given(st.sampled_from(ASKED[:8]), NONSENSE, st.integers(0, 6))
    def holds(text: str, word: str, place: int) -> None:
        words = text.split()
        words.insert(min(place, len(words)), word)
        outcome = reader.read(" ".join(words), TODAY).outcome
        assert isinstance(outcome, NotUnderstood)
        assert outcome.trouble is Trouble.UNKNOWN_WORD
        assert word in outcome.words

    holds()
