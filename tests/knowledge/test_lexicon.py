"""The lexicon: known phrases in a text, the longest first, with what each can mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import LanguageError
from knowledge.grammar import Grammar
from knowledge.language import languages, read
from knowledge.lexicon import NAMES, Lexicon
from knowledge.pieces import Meaning
from knowledge.question import Name
from knowledge.text import fold, tokens

NAMED = [
    ("bayraktar tb2", Name("system", "sys-tb2")),
    ("s 400", Name("system", "sys-s400")),
    ("anka", Name("system", "sys-anka")),
    ("baykar", Name("company", "co-baykar")),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """English with a few names."""
    return Lexicon("en", NAMED)


def read_as(lexicon: Lexicon, text: str) -> list[tuple[str, str, str]]:
    """The pieces of a text: words, and kind and id of the first meaning."""
    found = tokens(text)
    pieces = lexicon.pieces(found, [False] * len(found))
    return [(piece.words, *(piece.meanings[0] if piece.meanings else ("", ""))) for piece in pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("defence exports", [("defence", "product", "defence-aerospace"), ("exports", "cue", "export")]),
        ("United Arab Emirates", [("United Arab Emirates", "country", "ARE")]),
        ("South Sudan, Sudan", [("South Sudan", "country", "SSD"), ("Sudan", "country", "SDN")]),
        ("Bayraktar TB2", [("Bayraktar TB2", "system", "sys-tb2")]),
        ("how many times", [("how many times", "cue", "times")]),
        ("gross xyzzy", [("gross", "", ""), ("xyzzy", "", "")]),
        ("Kyiv's", [("Kyiv's", "country", "UKR")]),
        ("", []),
    ],
)
def test_longest_phrase_wins(lexicon: Lexicon, text: str, pieces: list[tuple[str, str, str]]) -> None:
    """A text is cut from the left into the longest phrases that are known; the rest means nothing."""
    assert read_as(lexicon, text) == pieces


@pytest.mark.parametrize("spelling", ["S-400", "s400", "S 400", "the S400"])
def test_designations_are_known_together_and_apart(lexicon: Lexicon, spelling: str) -> None:
    """Nobody remembers whether there is a space before the number."""
    assert ("system", "sys-s400") in [piece[1:] for piece in read_as(lexicon, spelling)]


@pytest.mark.parametrize(
    ("word", "known", "ending"),
    [("ukraine's", "UKR", "s"), ("ukraines", "UKR", "s"), ("ankas", "sys-anka", "s"), ("ukraine", "UKR", "")],
)
def test_endings_are_set_aside(lexicon: Lexicon, word: str, known: str, ending: str) -> None:
    """What is glued to a name is told apart from it, for it can tell the role."""
    meanings, found = lexicon.look_up([word])
    assert (meanings[0].id, found) == (known, ending)


def test_endings_belong_to_names_only(lexicon: Lexicon) -> None:
    """An ending makes no verb of another word."""
    assert lexicon.look_up(["flurbishs"]) == ((), "")


def test_a_word_can_mean_several_things(lexicon: Lexicon) -> None:
    """Meanings are kept until the kind of question chooses: "second" is a place, "arms" a sector."""
    kinds = {meaning.kind for meaning in lexicon.look_up(["second"])[0]}
    assert "place" in kinds
    meanings = lexicon.look_up(["vehicles"])[0]
    assert len(meanings) == len(set(meanings))


def test_taken_tokens_part_phrases(lexicon: Lexicon) -> None:
    """Words that a period has taken are left out, and nothing reaches across them."""
    found = tokens("united 2022 states")
    pieces = lexicon.pieces(found, [False, True, False])
    assert [(piece.first, piece.last) for piece in pieces] == [(0, 0), (2, 2)]
    assert not any(piece.ids("country") for piece in pieces)


@given(
    st.lists(
        st.sampled_from(
            [
                "defence",
                "exports",
                "to",
                "united",
                "states",
                "of",
                "south",
                "sudan",
                "in",
                "tb2",
                "xyz",
                "and",
                "the",
                "2022",
                "$",
            ]
        )
    )
)
def test_pieces_cover_the_text(words: list[str]) -> None:
    """Every token lies in one piece, in order; none is passed over."""
    found = tokens(" ".join(words))
    pieces = LEXICON.pieces(found, [False] * len(found))
    assert [at for piece in pieces for at in range(piece.first, piece.last + 1)] == list(range(len(found)))


LEXICON = Lexicon("en", NAMED)


def test_vocabulary_is_single_words(lexicon: Lexicon) -> None:
    """The words that a typo can be put right to, each once, folded."""
    words = list(lexicon.vocabulary())
    assert len(words) == len(set(words)) > 2000
    assert all(word == fold(word) and " " not in word for word in words)
    assert {"exports", "ukraine", "baykar", "quarter"} & set(words)


@pytest.mark.parametrize("phrases", ["word", [1, 2], {"a": "b"}, None])
def test_a_list_must_be_one(lexicon: Lexicon, phrases: object) -> None:
    """A slip in a language file is reported by its place."""
    with pytest.raises(LanguageError, match=r"en\.toml: cues\.x must be a list of phrases"):
        lexicon._add_all(phrases, Meaning("cue", "x"), "cues.x")


@pytest.mark.parametrize("language", languages())
def test_a_cue_is_evidence_for_something(language: str) -> None:
    """Every word list of an intent is known to the evidence table, or it could never be accounted for."""
    known = {cue for row in read("kinds").values() for cue in row}
    assert set(read(language)["cues"]) - known <= {"official"}


def test_products_are_those_of_the_store(grammar: Grammar, store_products: frozenset[str]) -> None:
    """A name in a language file that stands for no product could only mislead."""
    assert set(grammar.lexicon.table["products"]) <= store_products


def test_kinds_of_names() -> None:
    """Every list of names in the language file fills a slot."""
    assert {"product", "country", "region", "class"} <= NAMES
