"""Levels: one figure, whole, hedged as its source hedges it, with everyone who says otherwise."""

from __future__ import annotations

import pytest

from knowledge.answer import Status
from knowledge.period import Period
from knowledge.store import Store
from tests.knowledge.conftest import Ask


@pytest.mark.parametrize("code", ["2019", "2024", "2025-H1", "2022-Q1", "2026-01/2026-09", "2021-11/2022-02"])
@pytest.mark.parametrize("product", ["steel", "defence-aerospace", "all-goods"])
def test_months_are_summed_whole(ask: Ask, store: Store, product: str, code: str) -> None:
    """A period of several months is the sum of every one of them, and the sum is shown."""
    period = Period.parse(code)
    names = {"steel": "steel", "defence-aerospace": "defence", "all-goods": "total"}
    first, last = period.split("month")[0], period.split("month")[-1]
    months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
    asked = f"{months[first.first_month - 1]} {first.first_year} to {months[last.first_month - 1]} {last.first_year}"
    (figure, *_) = ask(f"{names[product]} exports from {asked}").answer.figures
    found = store.months(product, period)
    assert figure.period == period
    assert figure.quantity.value == sum(month.quantity.value for month in found)
    assert figure.derived
    assert figure.formula.count("+") == len(period) - 1


@pytest.mark.parametrize(
    "text",
    [
        "defence exports in 2026",
        "steel exports in Q4 2026",
        "defence exports to Ukraine in March 2022",
        "defence exports to Azerbaijan in Q1 2020",
        "defence exports to Azerbaijan from January to April 2020",
        "defence exports to Azerbaijan in Q4 2020",
        "steel exports from 2018 to 2020",
    ],
)
def test_never_a_sum_over_a_gap(ask: Ask, text: str) -> None:
    """Where a month or a quarter is missing there is no figure, however much of the rest is known."""
    answer = ask(text).answer
    assert answer.status is Status.DECLINED
    assert answer.suggestions


def test_year_to_date_is_no_quarter(ask: Ask) -> None:
    """January to February stays January to February; the quarter has its own figure."""
    two = ask("defence exports to Ukraine, January to February 2022").answer.figures[0]
    three = ask("defence exports to Ukraine in Q1 2022").answer.figures[0]
    assert (str(two.period), two.quantity.qualifier) == ("2022-01/2022-02", "nearly")
    assert (str(three.period), three.quantity.value) == ("2022-Q1", 59_100_000)


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("defence exports to Ukraine in 2021", "about $124 million"),
        ("defence exports to Ukraine, January to February 2022", "nearly $59 million"),
    ],
)
def test_hedges_are_kept(ask: Ask, text: str, hedged: str) -> None:
    """About stays about."""
    assert hedged in ask(text).text.lower()


def test_rounding_is_carried(ask: Ask) -> None:
    """The multiple of a year earlier is told with its ends."""
    reply = ask("defence exports to Ukraine in Q1 2022")
    assert "59.1" in reply.text
    assert "30.3 to 32.0 with the rounding" in reply.text
    assert [figure.quantity.value for figure in reply.answer.figures[:2]] == [59_100_000, 1_900_000]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("defence exports in 2024", [6_734_843_460, 7_154_000_000]),
        ("defence exports 2018, do the sources agree?", [2_035_956_000, 2_190_000_000]),
    ],
)
def test_disagreement_is_shown(ask: Ask, text: str, values: list[float]) -> None:
    """Values that cannot be one number stand side by side, with who gave them."""
    reply = ask(text)
    assert next(figure.quantity.value for figure in reply.answer.figures) == values[0]
    assert set(values) <= {figure.quantity.value for figure in reply.answer.figures}
    assert "differs" in reply.text


def test_whose_figure_is_asked_for_leads(ask: Ask) -> None:
    """Asked for the figure of one body, its figure is the first."""
    assert ask("defence exports in 2024 by SSB").answer.figures[0].quantity.value == 7_154_000_000
    assert ask("defence exports in 2024 by TIM").answer.figures[0].quantity.value == 6_734_843_460


def test_another_one_s_figure_is_told_as_such(ask: Ask) -> None:
    """Where the body that was asked for gives none, the answer says before anything else that it is another's."""
    reply = ask("steel exports in 2024 by SSB")
    if reply.answer.status is Status.ANSWERED:
        assert "There is no figure by" in reply.wording.taken_over[0]


def test_revised_months_are_mentioned(ask: Ask) -> None:
    """Where a later bulletin changed a month, the first state is told with its source."""
    reply = ask("chemical exports in Q3 2026")
    assert "It has been revised: in" in reply.text
    assert {"tim-2026-09-bulletin", "tim-2026-08-bulletin"} <= {source.source_id for source in reply.answer.sources}


def test_unrevised_months_are_not(ask: Ask) -> None:
    """No revision, no caveat."""
    assert "revised" not in ask("steel exports in March 2020").text


def test_the_newest_month_is_marked(ask: Ask) -> None:
    """The newest months are the ones most often revised, and the reader is told."""
    assert "September 2026 is the newest month" in ask("steel exports in September 2026").text
    assert "newest month" not in ask("steel exports in August 2025").text


def test_the_newest_is_said_where_no_period_is(ask: Ask) -> None:
    """A question without a period is answered with the newest, and says so first."""
    reply = ask("How much steel does Turkey export?")
    assert reply.wording.taken_over == ("No period was named, so this is the newest: September 2026.",)


def test_by_country_the_end_is_told(ask: Ask) -> None:
    """Figures by country come with why there are no newer ones."""
    assert (
        "stopped publishing defence exports by country in spring 2022" in ask("defence exports to Qatar in 2021").text
    )


def test_a_day_has_no_figure(ask: Ask) -> None:
    """Figures are monthly: a day gets the month as a suggestion, not as an answer."""
    reply = ask("steel exports on 3 March 2024")
    assert reply.answer.status is Status.DECLINED
    assert "in March 2024" in reply.wording.suggestions[0]


def test_a_hedged_lead_begins_with_a_capital(ask: Ask) -> None:
    """A sentence begins with a capital, also where the source hedges."""
    assert "\nAbout" in "\n" + ask("defence exports to Ukraine in 2021").text


def test_a_body_is_not_quoted_with_the_sum_of_another(ask: Ask) -> None:
    """SSB gave a figure of its own for the year: TIM's months are none."""
    own = ask("SSB figure for defence exports 2025").answer.figures[0].quantity.value
    assert own != ask("TIM figure for defence exports 2025").answer.figures[0].quantity.value
