"""Parsing: tokens put right, periods, known phrases, numbers and amounts; every word somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.grammar import Grammar
from knowledge.parse import LIMIT, parse
from knowledge.store import Store
from tests.conftest import TODAY

WORDS = [
    "defence",
    "exports",
    "to",
    "ukraine",
    "in",
    "q1",
    "2022",
    "how",
    "many",
    "tb2",
    "did",
    "poland",
    "buy",
    "$",
    "59.1",
    "million",
    "16",
    "percent",
    "flurbish",
    "and",
    "the",
    "first",
    "nine",
    "months",
    "of",
    "2026",
    "anka-7",
    "exprots",
    "last",
    "year",
    "3rd",
    "1,059",
    "€",
    "-",
    "?",
]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$59.1 million", 59_100_000, "USD"),
        ("59.1 million dollars", 59_100_000, "USD"),
        ("59.1 million", 59_100_000, "USD"),
        ("59.1m dollars", 59_100_000, "USD"),
        ("1.2bn dollars", 1_200_000_000, "USD"),
        ("2.6 billion euros", 2_600_000_000, "EUR"),
        ("€ 223 million", 223_000_000, "EUR"),
        ("£5 billion", 5_000_000_000, "GBP"),
        ("$270,000,000", 270_000_000, "USD"),
        ("48.6 percent", 48.6, "percent"),
        ("48.6%", 48.6, "percent"),
        ("1,059 vehicles", 1059, ""),
        ("16 drones", 16, ""),
        ("the 16", 16, ""),
    ],
)
def test_amounts(grammar: Grammar, text: str, value: float, unit: str) -> None:
    """A number with the sign, the scale and the unit around it is one amount."""
    (amount,) = parse(text, grammar, TODAY).amounts
    assert amount.value == pytest.approx(value)
    assert amount.unit == unit


def test_amounts_are_one_piece(grammar: Grammar) -> None:
    """What makes an amount is accounted for with it, and quoted as written."""
    parsed = parse("where is the $59.1 million from", grammar, TODAY)
    (amount,) = parsed.amounts
    assert amount.piece.words == "$ 59.1 million"
    assert amount.piece in parsed.pieces


@pytest.mark.parametrize("text", ["in 2022", "January 2024", "Q3 2025", "the first nine months of 2026"])
def test_periods_are_no_amounts(grammar: Grammar, text: str) -> None:
    """A year is never counted."""
    parsed = parse(f"defence exports {text}", grammar, TODAY)
    assert parsed.amounts == ()
    assert len(parsed.periods) == 1


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("how many Anka-7 were sold", "Anka-7"),
        ("Anka-S for Ukraine", ""),
        ("TB2-X orders", "TB2-X"),
        ("TB4 orders", "TB4"),
        ("defence exports flurbish", "flurbish"),
        ("defence exports 2022", ""),
    ],
)
def test_what_is_unknown(grammar: Grammar, text: str, unknown: str) -> None:
    """A designation with something tied to it is another thing than the designation."""
    assert " ".join(piece.words for piece in parse(text, grammar, TODAY).unknown) == unknown


def test_typos_are_put_right_and_remembered(grammar: Grammar) -> None:
    """The word that was meant is read, the one that was written stays known."""
    parsed = parse("defence exprots to ukrain", grammar, TODAY)
    assert [(piece.words, piece.near) for piece in parsed.pieces if piece.near] == [
        ("exprots", "exports"), ("ukrain", "ukraine"),
    ]  # fmt: skip
    assert parsed.unknown == ()


def test_doubtful_words_keep_their_choices(grammar: Grammar) -> None:
    """A word near several known ones is none of them."""
    parsed = parse("exports to Austraia", grammar, TODAY)
    ((piece, choices),) = parsed.doubtful
    assert piece.words == "Austraia"
    assert choices == ("australia", "austria")
    assert not piece.meanings


def test_long_texts_are_cut(grammar: Grammar) -> None:
    """Noise stays cheap: what lies behind the limit is not read."""
    parsed = parse("defence exports " + "a" * LIMIT + " to Ukraine", grammar, TODAY)
    assert len(parsed.text) == LIMIT
    assert not any(piece.ids("country") for piece in parsed.pieces)


@pytest.fixture(scope="module")
def own(store: Store) -> Grammar:
    """The grammar, for tests that hypothesis repeats."""
    return Grammar.load("en", store.names("en"))


def test_every_word_is_somewhere(own: Grammar) -> None:
    """Pieces and periods cover the text in order and do not overlap, but for periods within periods."""

    @given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
    def holds(text: str) -> None:
        parsed = parse(text, own, TODAY)
        in_periods = {at for found in parsed.periods for at in range(found.first, found.last + 1)}
        in_pieces = [at for piece in parsed.pieces for at in range(piece.first, piece.last + 1)]
        assert in_pieces == sorted(set(in_pieces))
        assert not in_periods & set(in_pieces)
        assert in_periods | set(in_pieces) == set(range(len(parsed.tokens)))
        assert {id(amount.piece) for amount in parsed.amounts} <= {id(piece) for piece in parsed.pieces}

    holds()
