"""Several sources of one figure: who leads, who agrees, who differs, and who only repeats another."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts import Observation, Source
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.reconcile import authority, in_order, origin, reconcile

Row = tuple[str, float, str, float, str]
"""Publisher, value in millions, qualifier, rounding step in millions, whom it quotes."""


def source(publisher: str, kind: str = "press", published: str = "2022-04-06", language: str = "en") -> Source:
    """A source by a publisher; its id is the publisher's name."""
    return Source(publisher, publisher, "Title", "https://example.org", published, language, kind)


def observation(
    publisher: str, value: float, qualifier: str = "exact", step: float = 0.1, who: str = "TIM"
) -> Observation:
    """What a publisher prints of one flow."""
    quantity = Quantity.reported(value * 1e6, "USD", step * 1e6, qualifier)
    return Observation(
        f"{publisher}-{value}", "TUR", "UKR", "defence-aerospace", Period.parse("2022-Q1"), "value", quantity, who,
        publisher, "", "2022-04", "",
    )  # fmt: skip


def lead(*rows: Row) -> tuple[float, list[float]]:
    """The leading value and the ones that differ, in millions."""
    found = reconcile([observation(*row) for row in rows], lambda name: source(name.partition("#")[0]))
    assert found
    return found.lead.lead.quantity.value / 1e6, [voice.lead.quantity.value / 1e6 for voice in found.others]


TIM: Row = ("Daily Sabah", 59.1, "exact", 0.1, "TIM")


@pytest.mark.parametrize(
    ("rows", "first", "others"),
    [
        ([TIM, ("Reuters", 59.1, "exact", 0.1, "TIM")], 59.1, []),
        ([TIM, ("Blog", 61.0, "exact", 0.1, "press")], 59.1, [61.0]),
        ([("Blog", 61.0, "exact", 0.1, "press"), TIM], 59.1, [61.0]),
        ([("Ministry", 60.0, "exact", 0.1, "SSB"), TIM], 59.1, [60.0]),
        ([("Blog", 60.0, "exact", 0.1, "press"), ("Paper", 62.0, "exact", 0.1, "SSB")], 62.0, [60.0]),
        ([("A", 60.0, "more_than", 1, "TIM"), ("B", 60.4, "exact", 0.1, "TIM")], 60.4, []),
        ([("A", 59.0, "exact", 1, "TIM"), TIM], 59.1, []),
        ([("A", 10.0, "more_than", 1, "TIM"), TIM], 59.1, [10.0]),
    ],
)
def test_who_leads(rows: list[Row], first: float, others: list[float]) -> None:
    """Official statistics before the state, the state before the press; the exact and precise before the rounded."""
    assert lead(*rows) == (first, others)


def test_no_sources_no_figure() -> None:
    """Nothing comes of nothing."""
    assert reconcile([], source) is None


@pytest.mark.parametrize(
    ("publisher", "text"),
    [
        ("Reuters", "reuters"),
        ("Milli Chronicle (Reuters)", "reuters"),
        ("Comparemela (Anadolu copy)", "anadolu"),
        ("World Stock Market (Capital.gr / AMPE)", "capital.gr"),
        ("Dunya (copied on a forum)", "dunya"),
        ("Timer.az (via AzPolitika)", "via azpolitika"),
        ("Defence.pk forum (TurDef text)", "turdef"),
    ],
)
def test_whose_text_it_is(publisher: str, text: str) -> None:
    """A copy of a wire story is the wire's."""
    assert origin(source(publisher)) == text


def test_copies_count_once() -> None:
    """Two copies of one wire story are one voice; two publishers of their own are two."""
    found = reconcile(
        [observation(name, 59.1) for name in ("Milli Chronicle (Reuters)", "National Post (Reuters)", "Daily Sabah")],
        source,
    )
    assert found
    assert set(found.lead.origins(source)) == {"reuters", "daily sabah"}


def test_copies_do_not_outvote() -> None:
    """Ten copies of one text weigh as much as one."""
    copies = [observation(f"Site {number} (Wire)", 70.0, who="press") for number in range(10)]
    own = [observation(name, 60.0, who="press") for name in ("Paper", "Journal")]
    found = reconcile([*copies, *own], source)
    assert found
    assert found.lead.lead.quantity.value == 60e6


def test_the_original_stands_for_its_copies() -> None:
    """One source for each text first, the original if it is there; then the copies."""
    sources = [source("Post (Reuters)"), source("Herald (Reuters)"), source("Reuters"), source("Daily Sabah")]
    assert [found.publisher for found in in_order(sources)] == [
        "Reuters",
        "Daily Sabah",
        "Herald (Reuters)",
        "Post (Reuters)",
    ]


@pytest.mark.parametrize(
    ("who", "rank"),
    [("TIM", 0), ("SIPRI", 0), ("SSB", 1), ("Baykar", 1), ("Somebody", 2), ("not stated", 3), ("press", 3)],
)
def test_authority(who: str, rank: int) -> None:
    """Official statistics, the state or a maker, others, nobody in particular."""
    assert authority(observation("A", 1.0, who=who)) == rank


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Daily Sabah", "Reuters", "Post (Reuters)", "Blog", "Ahval"]),
        st.sampled_from([10.0, 11.0, 59.1, 59.0, 59.14, 60.0]),
        st.sampled_from(["exact", "about", "more_than", "nearly", "at_least"]),
        st.sampled_from([0.1, 1.0, 10.0]),
        st.sampled_from(["TIM", "SSB", "press", "Somebody"]),
    ),
    min_size=1, max_size=4, unique_by=lambda row: (row[0], row[1]),
)  # fmt: skip


@given(ROWS)
def test_order_does_not_matter(rows: list[Row]) -> None:
    """Whoever is read first, the same value leads, and the same differ."""
    assert len({(first, tuple(others)) for first, others in (lead(*order) for order in permutations(rows))}) == 1


@given(ROWS)
def test_nobody_is_lost(rows: list[Row]) -> None:
    """Every report stands with one voice, and what stands with another voice is no member of the lead's rounding."""
    found = reconcile([observation(*row) for row in rows], source)
    assert found
    voices = (found.lead, *found.others)
    assert sum(len(voice.reports) for voice in voices) == len(rows)
    assert all(report.quantity.may_equal(voice.lead.quantity) for voice in voices for report in voice.reports)
