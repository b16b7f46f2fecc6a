"""A whole less what is left out."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from tests.knowledge.conftest import Ask


def value(ask: Ask, text: str) -> float:
    """The first figure of an answer."""
    return ask(text).answer.figures[0].quantity.value


def test_the_sum_is_shown_and_right(ask: Ask) -> None:
    """The whole less its part, both with their sources."""
    reply = ask("total exports 2025 without automotive and steel")
    whole, automotive, steel = (value(ask, f"{what} 2025") for what in ("total exports", "automotive", "steel"))
    first, *parts = reply.answer.figures
    assert first.derived
    assert first.quantity.value == pytest.approx(whole - automotive - steel)
    assert [figure.quantity.value for figure in parts] == pytest.approx([whole, automotive, steel])
    assert f"{whole / 1e6:,.1f} − {automotive / 1e6:,.1f} − {steel / 1e6:,.1f}" in reply.text


def test_a_change_is_of_what_is_left(ask: Ask) -> None:
    """Both times are reckoned without it."""
    change = value(ask, "growth of total exports in 2025 without defence")
    now, before = (value(ask, f"total exports {year} without defence") for year in (2025, 2024))
    assert change == pytest.approx((now / before - 1) * 100)


def test_an_order_passes_over_it_and_says_so(ask: Ask) -> None:
    """The places behind move up."""
    reply = ask("top 3 sectors in 2025 excluding automotive")
    assert reply.text.startswith("Left out: automotive")
    assert [figure.product for figure in reply.answer.figures] == ["chemicals", "defence-aerospace", "steel"] or all(
        figure.product != "automotive" for figure in reply.answer.figures
    )


@pytest.mark.parametrize(
    "text",
    [
        "steel exports 2024 without automotive",
        "defence exports in 2024 except to the US",
        "automotive and steel exports in 2024 without chemicals",
        "industry exports 2024 without industry and steel",
    ],
)
def test_what_is_no_known_part_is_refused(ask: Ask, text: str) -> None:
    """Nothing is taken out of what does not hold it, nor twice, nor where it is not known."""
    reply = ask(text)
    assert reply.answer.status is Status.DECLINED
    assert not reply.answer.figures
