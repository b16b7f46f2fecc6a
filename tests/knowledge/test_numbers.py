"""Numbers in words: hedges kept, no more digits than the source gave."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts import Day
from knowledge.numbers import Figures
from knowledge.period import Period
from knowledge.phrases import Phrases
from knowledge.quantity import QUALIFIERS, Quantity, total

FIGURES = Figures(Phrases("en"))
Q = Quantity.reported


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Q(59_100_000, "USD", 100_000), "$59.1 million"),
        (Q(1_900_000, "USD", 100_000), "$1.9 million"),
        (Q(961_072_000, "USD", 1_000), "$961.1 million"),
        (Q(3_224_785_650, "USD", 10), "$3.225 billion"),
        (Q(5_500_000_000, "USD", 100_000_000), "$5.5 billion"),
        (Q(5_000_000_000, "USD", 1_000_000_000), "$5 billion"),
        (Q(999_960_000, "USD", 10), "$1.000 billion"),
        (Q(270_000_000, "USD"), "$270 million"),
        (Q(223_000_000, "EUR", 1_000_000), "€223 million"),
        (Q(83, "USD", 1), "$83"),
        (Q(-1_289_000_000, "USD", 1_000_000), "−$1.289 billion"),
        (Q(20, "items", 1, "more_than"), "more than 20"),
        (Q(50, "items", 1, "up_to"), "up to 50"),
        (Q(124_000_000, "USD", 1_000_000, "about"), "about $124 million"),
        (Q(30, "ratio", 1, "nearly"), "nearly 30"),
        (Q(3_000_000_000, "USD", 1e9, "at_least"), "at least $3 billion"),
        (Q(100_000_000, "USD", 1e6, "less_than"), "less than $100 million"),
        (Q(1059, "items"), "1,059"),
        (Q(48.6, "percent", 0.1), "48.6%"),
        (Q(2978, "percent", 1), "2,978%"),
        (Q(11, "rank"), "11th"),
        (Q(2, "rank"), "2nd"),
        (Q(23, "rank"), "23rd"),
    ],
)
def test_quantities(quantity: Quantity, text: str) -> None:
    """As precise as the source, with its hedge."""
    assert FIGURES.quantity(quantity) == text


@pytest.mark.parametrize(("spec", "text"), [("bare", "20"), ("abs", "20"), ("", "more than 20")])
def test_the_hedge_can_be_left_to_the_sentence(spec: str, text: str) -> None:
    """Only a sentence that hedges itself leaves the hedge out."""
    assert FIGURES.quantity(Q(20, "items", 1, "more_than"), spec) == text


def test_signs() -> None:
    """A change shows its direction; a fall told in words does not show it twice."""
    fall, rise = Q(-16.8, "percent", 0.1), Q(48.6, "percent", 0.1)
    assert [FIGURES.quantity(one, "signed") for one in (fall, rise)] == ["−16.8%", "+48.6%"]
    assert FIGURES.quantity(fall, "abs") == "16.8%"


def test_derived_figures_do_not_look_surer() -> None:
    """A ratio of rounded figures is given as far as it bears, with both ends."""
    times = Q(59_100_000, "USD", 100_000).ratio(Q(1_900_000, "USD", 100_000))
    assert FIGURES.quantity(times) == "31.1"
    assert FIGURES.bounds(times) == ("30.3", "32.0")


def test_open_bounds_are_not_made_up() -> None:
    """Where a side is open there are no two ends to tell."""
    assert FIGURES.bounds(Q(20, "items", 1, "more_than")) is None


def test_sums_keep_their_zeros() -> None:
    """A computed sum of round figures says how far it is known."""
    assert FIGURES.quantity(total([Q(4_950_000_000, "USD", 10), Q(4_950_000_000, "USD", 10)])) == "$9.900 billion"


@pytest.mark.parametrize(
    ("code", "spec", "text"),
    [
        ("2022-Q1", "", "the first quarter of 2022"),
        ("2022-Q1", "in", "in the first quarter of 2022"),
        ("2022-Q1", "short", "Q1 2022"),
        ("2022-03", "in", "in March 2022"),
        ("2022-03", "short", "Mar 2022"),
        ("2025-H2", "", "the second half of 2025"),
        ("2025", "in", "in 2025"),
        ("2026-01/2026-09", "in", "from January to September 2026"),
        ("2020-01/2024-12", "", "2020 to 2024"),
        ("2021-11/2022-02", "", "November 2021 to February 2022"),
    ],
)
def test_periods(code: str, spec: str, text: str) -> None:
    """Periods as a reader would write them."""
    assert FIGURES.period(Period.parse(code), spec) == text


@pytest.mark.parametrize(
    ("code", "spec", "text"),
    [
        ("2022-01-27", "", "27 January 2022"),
        ("2022-01-27", "in", "on 27 January 2022"),
        ("2022-01", "in", "in January 2022"),
        ("2022", "in", "in 2022"),
        ("2022-10/2024-05-16", "", "between October 2022 and 16 May 2024"),
    ],
)
def test_dates(code: str, spec: str, text: str) -> None:
    """A date is as precise as it is known."""
    assert FIGURES.day(Day(code), spec) == text


@given(
    st.integers(1, 10**13), st.sampled_from([0.0, 1.0, 10.0, 1e3, 1e5, 1e6, 1e8]), st.sampled_from(QUALIFIERS),
    st.sampled_from(["USD", "EUR", "items", "percent", "ratio"]),
)  # fmt: skip
def test_any_quantity_can_be_worded(value: int, step: float, qualifier: str, unit: str) -> None:
    """Every figure has words, with a digit in them, and within 1 in 1,000 of the figure."""
    text = FIGURES.quantity(Q(float(value), unit, step, qualifier))
    found = re.search(r"[\d,]+(?:\.\d+)?", text)
    assert found
    scale = 1e9 if "billion" in text else 1e6 if "million" in text else 1
    coarse = max(step, value * 0.001, 0.5)
    assert abs(float(found.group().replace(",", "")) * scale - value) <= coarse


@given(st.integers(10**6, 10**12), st.integers(1, 10**6), st.sampled_from([1.0, 10.0, 1e5]))
def test_what_differs_looks_different(value: int, by: int, step: float) -> None:
    """Unless no source is as precise: then there is nothing to tell them apart by."""
    one, other = Q(float(value), "USD", step), Q(float(value + by), "USD", step)
    digits = FIGURES.digits(one, [one, other])
    assert digits == FIGURES.digits(other, [one, other])
    if by > 2 * step:
        assert FIGURES.quantity(one, digits=digits) != FIGURES.quantity(other, digits=digits)


@pytest.mark.parametrize(
    ("change", "text"), [(-0.0079, "−0.008%"), (0.04, "+0.04%"), (0.06, "+0.1%"), (0, "0.0%"), (-12.34, "−12.3%")]
)
def test_a_change_never_looks_like_none(change: float, text: str) -> None:
    """One digit of it is shown, however small it is."""
    assert FIGURES.quantity(Q(change, "percent"), "signed") == text
