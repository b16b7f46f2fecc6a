"""Quantities: bounds hold the truth through every operation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quantity import Quantity, total

TRUTHS = st.integers(1, 10**12)
STEPS = st.sampled_from([1, 10, 1000, 100_000, 10**6, 10**9])


def _printed(truth: int, step: int, unit: str = "USD") -> Quantity:
    """What a source prints that rounds `truth` to `step`."""
    return Quantity.reported(float((truth + step // 2) // step * step), unit, float(step))


def _holds(quantity: Quantity, truth: float) -> bool:
    slack = 1e-9 * max(1.0, abs(truth))
    low = float("-inf") if quantity.low is None else quantity.low
    high = float("inf") if quantity.high is None else quantity.high
    return low - slack <= truth <= high + slack


@given(TRUTHS, STEPS)
def test_report_holds_the_truth(truth: int, step: int) -> None:
    """A rounded figure's bounds hold what was rounded."""
    assert _holds(_printed(truth, step), truth)


@given(st.lists(st.tuples(TRUTHS, STEPS), min_size=1, max_size=24))
def test_sum_holds_the_true_sum(parts: list[tuple[int, int]]) -> None:
    """The sum of rounded figures holds the sum of what was rounded."""
    assert _holds(total(_printed(*part) for part in parts), sum(truth for truth, _ in parts))


@given(TRUTHS, STEPS, TRUTHS, STEPS)
def test_difference_ratio_growth_and_share_hold_the_truth(one: int, step: int, base: int, base_step: int) -> None:
    """So do a difference, a ratio, a growth and a share, where the base is not rounded to nothing."""
    first, second = _printed(one, step), _printed(base, base_step)
    assert _holds(first - second, one - base)
    if second.value > 0:
        assert _holds(first.ratio(second), one / base)
        assert _holds(first.growth(second), (one / base - 1) * 100)
        assert _holds(first.share(second), one / base * 100)


@given(TRUTHS, STEPS, STEPS)
def test_two_roundings_of_one_truth_may_be_equal(truth: int, step: int, other: int) -> None:
    """Figures that were rounded from one number are never called different, in either order."""
    one, two = _printed(truth, step), _printed(truth, other)
    assert one.may_equal(two)
    assert two.may_equal(one)


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("exact", 19.5, 20.5),
        ("about", 19, 21),
        ("more_than", 20, None),
        ("at_least", 20, None),
        ("less_than", 0, 20),
        ("up_to", 0, 20),
        ("nearly", 19, 20),
        ("unknown", None, None),
    ],
)
def test_words_of_the_source_set_the_bounds(qualifier: str, low: float | None, high: float | None) -> None:
    """Each hedge bounds the value as it says, and leaves open what it leaves open."""
    quantity = Quantity.reported(20, "items", 1, qualifier)
    assert (quantity.low, quantity.high) == (low, high)
    assert quantity.open is (low is None or high is None)


def test_founding_ratio() -> None:
    """59.1 million over 1.9 million is about 31 times, 30.3 to 32.0 with the rounding."""
    times = Quantity.reported(59.1e6, "USD", 1e5).ratio(Quantity.reported(1.9e6, "USD", 1e5))
    assert times.low is not None
    assert times.high is not None
    assert (round(times.value, 1), round(times.low, 1), round(times.high, 1)) == (31.1, 30.3, 32.0)


def test_units_do_not_mix() -> None:
    """Dollars are never added to or divided by anything else."""
    dollars, euros = Quantity.reported(1, "USD"), Quantity.reported(1, "EUR")
    with pytest.raises(ValueError, match="add"):
        dollars + euros
    with pytest.raises(ValueError, match="divide"):
        dollars.ratio(euros)
    with pytest.raises(ValueError, match="positive base"):
        dollars.ratio(Quantity.reported(0, "USD"))


def test_open_side_stays_open() -> None:
    """A sum with "more than" in it has no upper bound and says so."""
    both = Quantity.reported(20, "items", 0, "more_than") + Quantity.reported(5, "items")
    assert (both.low, both.high, both.qualifier) == (25, None, "more_than")
