"""The shipped facts: sound, whole, and the official series as the two bulletins had it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.folder import DATA, OWN, SHARED
from knowledge.load import check
from knowledge.period import Period
from knowledge.quantity import total
from knowledge.store import Store
from knowledge.text import tokens

P = Period.parse
VINTAGE = Path(__file__).parents[3] / "shared" / "data" / "tim-vintage-2026-09.csv"
"""TIM's own differences, where they are at hand."""


def test_shipped_facts_are_sound() -> None:
    """No shipped row is wrong; the warnings are contradictions between what sources say, which are kept on purpose."""
    findings = check(DATA)
    assert [str(found) for found in findings if found.severity == "error"] == []
    assert findings
    assert all("does not follow from" in found.message for found in findings)
    assert any("growth_yoy of 5491" in found.message for found in findings)


def test_no_file_is_missing() -> None:
    """Every kind of fact file is shipped, and both vintages."""
    names = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    assert {*SHARED, *OWN} <= names
    assert {name for name in names if name.startswith("series/")} == {
        "series/tim-2026-08-bulletin.csv", "series/tim-2026-09-bulletin.csv",
    }  # fmt: skip


def test_files_are_reviewable() -> None:
    """Fact files are UTF-8 with plain line ends, so that a change shows as the rows it changes."""
    paths = list(DATA.rglob("*.csv"))
    assert len(paths) >= 12
    for path in paths:
        content = path.read_bytes()
        assert b"\r" not in content, path
        assert content.endswith(b"\n"), path
        content.decode("utf-8")


def test_counts(store: Store) -> None:
    """Nothing of what was gathered got lost on the way into the store."""
    counts = dict(store.edition.counts)
    assert (counts["source"], counts["event"], counts["statement"]) == (741, 658, 112)
    series = 30 * 92 + 220
    assert counts["observation"] == 1243 - len(SUMS) + series
    assert counts["entity"] >= 122


SUMS = {
    "2019": 2740988, "2020": 2279027, "2021": 3224786, "2022": 4395997, "2023": 5545622, "2024": 6734843,
    "2025": 10016302, "2021-Q1": 646723, "2022-Q1": 947403, "2023-Q1": 1071693, "2024-Q1": 988019,
    "2025-Q1": 1704288, "2026-Q1": 1901710, "2023-H1": 2371525, "2024-H1": 2882572, "2025-H1": 3603091,
    "2026-H1": 4658618, "2026-01/2026-09": 6926490, "2026-09": 634108,
}  # fmt: skip
"""Thousand dollars: what a curator added up from TIM's workbooks by hand."""


@pytest.mark.parametrize(("period", "thousands"), SUMS.items())
def test_series_adds_up_to_what_was_worked_out_by_hand(store: Store, period: str, thousands: int) -> None:
    """The months of defence and aerospace add up to the sums that a curator made, to the last digit printed."""
    months = store.months("defence-aerospace", P(period))
    assert len(months) == len(P(period))
    assert round(total(one.quantity for one in months).value / 1000) == thousands


def test_sums_of_the_series_are_no_second_witness(store: Store) -> None:
    """No single report repeats the series under its bulletin's name."""
    for source_id in ("tim-2026-08-bulletin", "tim-2026-09-bulletin"):
        told = [one for one in store.observations(measure=None) if one.source_id == source_id]
        assert told
        assert {one.period.kind for one in told} == {"month"}


@pytest.mark.parametrize("year", range(2019, 2027))
def test_groups_and_sectors_add_up(store: Store, year: int) -> None:
    """Every month the groups make the total and the sectors their group, as far as TIM prints them."""
    months = list(store.months("all-goods", Period.year(year)))
    assert len(months) == (12 if year < 2026 else 9)
    for month in months:
        groups = {id_: value for id_, value, _, found in store.by_product(month.period, "group") if found == 1}
        assert len(groups) == 3
        assert sum(groups.values()) == pytest.approx(month.quantity.value, abs=50)
        sums = dict.fromkeys(groups, 0.0)
        for id_, value, _, _ in store.by_product(month.period, "sector"):
            product = store.product(id_)
            assert product is not None
            sums[product.parent] += value
        assert sums["group-agriculture"] == pytest.approx(groups["group-agriculture"], abs=100)
        assert sums["group-mining"] == groups["group-mining"]
        # Until 2022 TIM had a row of other industrial products, which it dropped since: 6 to 19 million a month.
        short = groups["group-industry"] - sums["group-industry"]
        assert 5e6 < short < 20e6 if year < 2023 else abs(short) < 150


def test_bulletins_differ_as_published(store: Store) -> None:
    """The August values of the total and of mining are kept, September's lead."""
    told = {}
    for product in ("all-goods", "mining", "group-mining"):
        months = store.months(product, P("2026-01/2026-08"))
        earlier = {one.period: one.quantity.value for one in store.earlier([one.observation_id for one in months])}
        told[product] = {str(one.period): (one.quantity.value, earlier.get(one.period)) for one in months}
    assert told["all-goods"]["2026-01"] == (17_600_073_140, 17_606_083_280)
    assert told["mining"] == told["group-mining"]
    changes = [abs(now - then) for now, then in told["mining"].values() if then is not None]
    assert changes
    assert max(changes) <= 150_000


@pytest.mark.skipif(not VINTAGE.exists(), reason="TIM's differences are not at hand")
def test_later_vintage_is_the_published_one(store: Store) -> None:
    """Laid over each other, the two shipped vintages give each published difference, value and previous value."""
    slugs = {row["tim_slug"]: row["product_id"] for row in _rows("products.csv") if row["tim_slug"]}
    assert len(slugs) == 30
    with VINTAGE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 203
    for row in rows:
        (month,) = store.months(slugs[row["sector"]], P(row["month"]))
        assert month.quantity.value == round(float(row["value_musd"]) * 1e6)
        before = [one.quantity.value for one in store.earlier([month.observation_id])]
        assert before == ([round(float(row["previous_musd"]) * 1e6)] if row["previous_musd"] else [])


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_event_is_reachable(store: Store) -> None:
    """Every event is linked to a system, and to a supplier where one is named; few have only a text for a system."""
    events = store.events()
    nameless = []
    for event in events:
        links = store.entities_of(event.event_id)
        systems = [id_ for role, id_ in links if role == "system"]
        assert systems, event
        assert bool(event.supplier) == any(role == "supplier" for role, _ in links), event
        for role, id_ in links:
            assert id_.startswith("text:") or store.entity(id_) is not None
            assert event in store.events(**{role: id_})  # type: ignore[arg-type]
        if all(id_.startswith("text:") for id_ in systems):
            nameless.append(event.system)
    assert len(nameless) < 50
    # What has only a text is of a general kind; a name with a number or a capital in it deserves an entity.
    named = {word for text in nameless for word in text.split() if word[0].isupper()}
    assert named <= {"UAV", "UAVs"}


def test_suppliers_have_entities(store: Store) -> None:
    """Every supplier that is a name is an entity."""
    texts = {
        id_ for event in store.events() for role, id_ in store.entities_of(event.event_id)
        if role == "supplier" and id_.startswith("text:")
    }  # fmt: skip
    assert texts == {"text:ukrainian-makers"}


def test_products_form_a_tree(store: Store) -> None:
    """TIM's 30 series stand in their places, everything counted has a product, and volume is never money."""
    assert [len(store.products(level)) for level in ("total", "group", "sector")] == [1, 3, 26]
    assert all(one.official for level in ("total", "group", "sector") for one in store.products(level))
    assert {one.parent for one in store.products("sector")} == {one.product_id for one in store.products("group")}
    indexes = store.products("index")
    assert indexes
    for product in indexes:
        found = store.observations(product=product.product_id, measure=None)
        assert not [one for one in found if one.measure == "value"]


def test_every_product_occurs() -> None:
    """There is no product without a figure."""
    used = {row["product"] for row in _rows("observations.csv")}
    used |= {row["product"] for row in _rows("series/tim-2026-08-bulletin.csv")}
    assert {row["product_id"] for row in _rows("products.csv")} == used


def test_names_can_be_found(store: Store) -> None:
    """Every entity has a name of at least one word; a name means several things only where that is known."""
    names = list(store.names("en"))
    assert len(names) > 900
    assert {name.id for _, name in names} >= {one.entity_id for one in store.entities()}
    assert all(fold and fold == " ".join(token.fold for token in tokens(fold)) for fold, _ in names)
    meanings: dict[str, set[str]] = {}
    for fold, name in names:
        meanings.setdefault(fold, set()).add(f"{name.kind}:{name.id}")
    assert {fold for fold, ids in meanings.items() if len(ids) > 1} == {"bayraktar", "байрактар", "western sahara"}


def test_country_names_are_not_common_words(store: Store) -> None:
    """No name of a country is an everyday English word, but for the pronoun-like US that people do type."""
    words = {"car", "all", "world wide", "we", "it", "he", "me", "so", "no", "in", "be", "at", "is", "as"}
    assert not {fold for fold, name in store.names("en") if name.kind == "country"} & words
