"""Near names: typos are put right where only one word can be meant, and designations never are."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.grammar import Grammar
from knowledge.names import Speller
from knowledge.slips import SHORTEST, allowed, slips
from knowledge.store import Store

KNOWN = ("exports", "ukraine", "defence", "ankara", "anka", "nigeria", "austria", "australia", "tb2", "tb3", "import",
         "automotive", "azerbaijan", "chemicals", "steel", "poland")  # fmt: skip
SPELLER = Speller(KNOWN, frozenset(("steal", "holland")))


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("exprots", "exports"),
        ("ukrain", "ukraine"),
        ("ukriane", "ukraine"),
        ("defnce", "defence"),
        ("deffence", "defence"),
        ("azerbajian", "azerbaijan"),
        ("automotvie", "automotive"),
        ("chemicalls", "chemicals"),
        ("polond", "poland"),
    ],
)
def test_slips_are_put_right(slip: str, word: str) -> None:
    """One letter missing, doubled, wrong or swapped; two of them in a long word."""
    assert SPELLER.near(slip) == (word,)


@pytest.mark.parametrize(
    "word", ["tb4", "tb1", "t128", "ank", "2023", "steal", "holland", "sweden", "xyzzy", "defenestration", "", "a"]
)
def test_what_stays_as_it_is(word: str) -> None:
    """Designations, numbers, short words, words in common use, and what is near nothing."""
    assert SPELLER.near(word) == ()


@pytest.mark.parametrize("pair", [("anka", "ankara"), ("niger", "nigeria"), ("tb2", "tb3"), ("import", "export")])
def test_names_that_are_not_each_other(grammar: Grammar, pair: tuple[str, str]) -> None:
    """Both words of a pair are known, so that neither is ever taken for the other."""
    assert all(grammar.knows(word) for word in pair)


@pytest.mark.parametrize("common", ["steal", "iron", "tank", "turkeys", "person", "mail", "male", "rain", "spin"])
def test_real_words_are_no_typos(grammar: Grammar, common: str) -> None:
    """A word in common use is what it says, known or unknown."""
    assert grammar.knows(common) or grammar.speller.near(common) == ()


def test_several_are_all_told() -> None:
    """Where two words are as near, both are told and none is chosen."""
    assert SPELLER.near("austraia") == ("australia", "austria")


def test_the_first_letter_settles_a_tie() -> None:
    """A first letter is seldom mistyped."""
    assert Speller(("tanks", "banks")).near("tankz") == ("tanks",)


@pytest.mark.parametrize(("word", "slips"), [("iran", 1), ("ukraine", 1), ("colombia", 2), ("azerbaijan", 2)])
def test_the_bar_rises_as_words_get_shorter(word: str, slips: int) -> None:
    """A short word bears one slip, a long one two."""
    assert allowed(word) == slips


@given(st.sampled_from([word for word in KNOWN if len(word) >= SHORTEST and word.isalpha()]), st.data())
def test_a_swap_is_found(word: str, data: st.DataObject) -> None:
    """Two neighbouring letters swapped: the word is among what is near, or something nearer is."""
    at = data.draw(st.integers(1, len(word) - 2))
    slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assume(slip not in SPELLER and slip != word)
    assert word in SPELLER.near(slip)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789'", max_size=12))
def test_near_is_only_what_is_known(word: str) -> None:
    """Nothing is ever made up, and the answer does not change when asked again."""
    first = SPELLER.near(word)
    assert set(first) <= set(KNOWN)
    assert SPELLER.near(word) == first


@given(st.text("abcdeo", min_size=4, max_size=11), st.text("abcdeo", min_size=4, max_size=11))
def test_the_index_misses_no_near_word(word: str, known: str) -> None:
    """Whatever is near by measure shares a slip, so that the index finds it."""
    if OSA.distance(word, known) <= min(allowed(word), allowed(known)):
        assert slips(word) & slips(known)


def test_names_of_the_store_are_put_right_like_words(store: Store) -> None:
    """The words of names come from the index of the store, those of the language from memory."""
    speller = Speller(("export",), names=store.names("en"))
    assert speller.near("bayraktr") == ("bayraktar",)
    assert speller.near("exprot") == ("export",)
    assert speller.near("ukrain") == ("ukraine",)
    assert ("bayraktar" in speller, "bayraktr" in speller) == (True, False)
