"""Receipts as values: ids, what is kept of an answer, what has become of it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import receipts
from handlers.kept import Receipt
from knowledge.answer import Figure
from knowledge.desk import Reply
from knowledge.quantity import Quantity
from tests.handlers.scripted import SOURCE, reply


def kept(answer: Reply) -> Receipt:
    """The receipt of an answer."""
    figures = tuple(receipts._figure(figure) for figure in answer.answer.figures)
    return Receipt("k7qm2x9d", 1, "how much?", "en", None, "", "e", figures, (), date(2026, 11, 23), 0.0)


def with_figures(*figures: Figure) -> Reply:
    """An answer with other figures."""
    one = reply("One.")
    return replace(one, answer=replace(one.answer, figures=figures))


(FIGURE,) = reply("One.").answer.figures


def test_ids_are_short_and_safe() -> None:
    """Eight letters and digits that nobody confuses, and that a deep link can hold."""
    made = {receipts.new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(receipts.read_id(one) == one and re.fullmatch(r"[a-z0-9]{8}", one) for one in made)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k7qm2x9d", "k7qm2x9d"),
        (" #K7QM-2X9D ", "k7qm2x9d"),
        ("O1lIo000", "01110000"),
        ("k7qm2x9", None),
        ("k7qm2x9du", None),
        ("k7qm2x9u", None),
        ("", None),
        ("../../etc", None),
        ("k7qm2x9d\n; DROP TABLE receipts", None),
    ],
)
def test_ids_are_read_as_people_type_them(typed: str, read: str | None) -> None:
    """Letters that look like digits are digits; anything else is none."""
    assert receipts.read_id(typed) == read


@given(st.text(max_size=100))
def test_any_text_is_an_id_or_none(text: str) -> None:
    """Never an error."""
    found = receipts.read_id(text)
    assert found is None or receipts.read_id(found) == found


def test_a_kept_figure_comes_back() -> None:
    """With its bounds and its period; of its sources only the ids."""
    figure = replace(FIGURE, exporter="TUR", partner="UKR", product="steel", derived=True, formula="1 + 1")
    back = receipts.restore(receipts._figure(figure))
    assert replace(back, sources=figure.sources) == figure
    assert [one.source_id for one in back.sources] == ["s1"]
    assert receipts._figure(figure)["vintage"] == SOURCE.published


def test_the_same_answer_is_not_revised() -> None:
    """Nor one that a finer source now gives with more digits."""
    assert not receipts.compare(kept(with_figures(FIGURE)), with_figures(FIGURE))
    finer = replace(FIGURE, quantity=Quantity.reported(59_123_000, "USD", 1000))
    assert not receipts.compare(kept(with_figures(FIGURE)), with_figures(finer))


def test_a_revised_figure_is_found() -> None:
    """With what it was and what it is."""
    now = replace(FIGURE, quantity=Quantity.reported(61.0e6, "USD", 1e5))
    found = receipts.compare(kept(with_figures(FIGURE)), with_figures(now))
    assert [(one.then.quantity.value, one.now.quantity.value) for one in found.revised] == [(59.1e6, 61.0e6)]
    assert found.gone == ()


def test_a_figure_that_is_not_given_any_more_is_found() -> None:
    """As when "the newest month" has become another one."""
    found = receipts.compare(kept(with_figures(FIGURE)), with_figures())
    assert [figure.quantity for figure in found.gone] == [FIGURE.quantity]


def test_of_several_sources_one_that_agrees_is_enough() -> None:
    """Figures that differ by source stand beside each other."""
    other = replace(FIGURE, quantity=Quantity.reported(70e6, "USD", 1e5))
    assert not receipts.compare(kept(with_figures(FIGURE, other)), with_figures(other, FIGURE))
