"""Folding and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold, tokens

LETTERS = st.text("abcxyzABC İIıiĞğŞşÇçÖöÜü АБВйЙїЇёЁєґ 0123456789 .,'’-–?!/()&%$ éèñßœ", max_size=60)


@given(LETTERS)
def test_folding_is_final(text: str) -> None:
    """Folding a folded text changes nothing."""
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_case_does_not_matter(text: str) -> None:
    """A text in capitals folds as it does in small letters, dots of the Turkish i included."""
    assert fold(text.upper()) == fold(text.lower())


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    """Tokens come in order, do not overlap, and each is as long as its place in the text."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert len(token.text) == token.end - token.start
        end = token.end


@pytest.mark.parametrize(
    "spellings",
    [
        ("TİM", "Tım", "tim", "TIM", "tİm"),
        ("Türkiye", "TURKIYE", "türkiye", "turkiye"),
        ("Akıncı", "AKINCI", "akinci"),
        ("Київ", "КИЇВ"),
        ("Çavuşoğlu", "cavusoglu", "ÇAVUŞOĞLU"),
        ("ещё", "еще"),
        ("Błaszczak", "blaszczak"),
    ],
)
def test_spellings_of_one_word(spellings: tuple[str, ...]) -> None:
    """Spellings of one word fold to one form."""
    assert len({fold(one) for one in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("й", "и"), ("ї", "і"), ("Niger", "Nigeria"), ("TB2", "TB3")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Letters and names that are different stay so."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TB-2", ["tb", "2"]),
        ("TB2's price?", ["tb2's", "price"]),
        ("$59.1 million", ["$", "59.1", "million"]),
        ("on 2022-01-27!", ["on", "2022-01-27"]),
        ("1,059 drones", ["1,059", "drones"]),
        ("U.S. & U.K.", ["u.s", "u.k"]),
        ("Ukrayna’ya", ["ukrayna'ya"]),
        ("🇺🇦 ...", []),
    ],
)
def test_cutting(text: str, words: list[str]) -> None:
    """Words, numbers, dates and signs are cut as people read them."""
    assert [token.fold for token in tokens(text)] == words
