"""Answers about deals: the right report leads, hedges stay, nothing is added up or made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from knowledge.answer import Answer, Phrase, Status
from knowledge.answers import procurement
from knowledge.answers.deals import FAMILIES, deals, sources_for
from knowledge.answers.desk_view import View
from knowledge.answers.linked import reports_of
from knowledge.answers.things import things
from knowledge.facts import Day
from knowledge.period import Period
from knowledge.question import Kind, Origin
from knowledge.store import Store
from knowledge.wording import Wording
from tests.knowledge.asking import asked


@pytest.fixture(scope="module")
def view(store: Store) -> View:
    """What the answerers may look at."""
    return View(store, date(2026, 11, 23))


def answer(view: View, aspects: str, **slots: Any) -> Answer:
    """The answer to a question about deals."""
    return procurement.answer(asked(Kind.PROCUREMENT, aspects, **slots), view)


def keys(phrases: tuple[Phrase, ...]) -> set[str]:
    """Every key in phrases, nested ones too."""
    found: set[str] = set()
    stack: list[object] = list(phrases)
    while stack:
        part = stack.pop()
        if isinstance(part, Phrase):
            found.add(part.key)
            stack += [value for _, value in part.args]
        elif isinstance(part, tuple):
            stack += list(part)
    return found


COUNTS: list[tuple[str, dict[str, Any], float, str, str]] = [
    ("count order alleged", {"buyer": "UKR", "system": "sys-tb2", "day": "2022-01-27"}, 16, "exact",
     "ukr-tb2-order-2022-01-27-reuters"),
    ("count before order", {"buyer": "UKR", "system": "sys-tb2", "period": "2022-01"}, 20, "more_than",
     "ukr-tb2-purchases-20plus"),
    ("count order", {"buyer": "UKR", "system": "sys-tb2", "period": "1950-01/2021-12"}, 20, "more_than",
     "ukr-tb2-purchases-20plus"),
    ("count delivery", {"buyer": "UKR", "system": "sys-tb2", "people": "p-reznikov", "period": "2022-06"}, 50, "up_to",
     "ukr-tb2-delivery-50-2022"),
    ("count", {"buyer": "UKR", "system": "sys-tb2"}, 36, "at_least", "ukr-tb2-ordered-36-2022-04"),
    ("count first contract", {"buyer": "UKR", "system": "sys-tb2"}, 6, "exact", "ukr-tb2-contract-2019-01-12"),
    ("count", {"buyer": "POL", "system": "sys-tb2"}, 24, "exact", "pol-tb2-contract-2021-05-24"),
    ("count", {"buyer": "ROU", "system": "sys-cobra", "company": "co-otokar"}, 1059, "exact",
     "rou-cobra2-contract-2024-11-27"),
    ("count coproduction", {"buyer": "ROU", "system": "sys-cobra"}, 781, "exact", "rou-cobra2-coproduction-2025-04"),
    ("count", {"buyer": "PAK", "system": "sys-ada"}, 4, "exact", "pak-milgem-contract-2018-07-05"),
    ("count contract", {"buyer": "ESP", "system": "sys-hurjet"}, 30, "exact", "esp-hurjet-contract-2025-12-29"),
    ("count order", {"buyer": "TUR", "system": "sys-typhoon", "period": "2025-10"}, 20, "exact",
     "tur-eurofighter-contract-2025-10-27"),
    ("count cancellation", {"buyer": "CAN", "seller": "TUR", "system": "sys-optics", "period": "2021-04"}, 29, "exact",
     "can-permits-cancelled-2021-04-12"),
    ("count donation free", {"buyer": "UKR", "company": "co-baykar", "system": "class:drone", "period": "2022-06"}, 3,
     "exact", "ukr-tb2-donation-baykar-3-2022-06-27"),
    ("count first", {"buyer": "UKR", "system": "sys-kirpi", "period": "2022-08"}, 50, "exact",
     "ukr-kirpi-delivery-2022-08"),
    ("count total", {"buyer": "UKR", "system": "sys-kirpi", "company": "co-bmc", "period": "2025-Q1"}, 687, "exact",
     "ukr-kirpi-delivery-687-2025"),
    ("count order", {"buyer": "EST", "system": "class:armoured-vehicle", "company": "co-otokar"}, 130, "exact",
     "est-arma-contract-2023-10-18"),
    ("count delivery", {"buyer": "LBY", "system": "sys-tb2", "period": "2019"}, 12, "exact",
     "lby-tb2-delivery-2019-12"),
    ("count", {"buyer": "MDV", "system": "sys-tb2"}, 3, "exact", "mdv-tb2-commission-2024-03-15"),
    ("count", {"buyer": "ARE", "system": "sys-tb2"}, 20, "exact", "are-tb2-delivery-2022-09"),
    ("count delivery", {"buyer": "POL", "system": "sys-tb2"}, 24, "exact", "pol-tb2-delivery-2024-05-16"),
]  # fmt: skip


@pytest.mark.parametrize("case", COUNTS, ids=lambda case: case[-1])
def test_count(view: View, case: tuple[str, dict[str, Any], float, str, str]) -> None:
    """A question for a number gets the number of the best report first, with the hedge of its source."""
    aspects, slots, value, qualifier, event = case
    found = answer(view, aspects, **slots)
    assert found.status is Status.ANSWERED
    assert found.figures[0].quantity.value == value
    assert found.figures[0].quantity.qualifier == qualifier
    assert found.figures[0].quantity.unit == "items"
    assert event in [report.event_id for report in found.events]
    assert found.events[0].quantity is not None
    assert found.events[0].quantity.value == value


MONEY: list[tuple[str, dict[str, Any], float, str, tuple[float, ...]]] = [
    ("money contract", {"buyer": "POL", "system": "sys-tb2"}, 270e6, "USD", ()),
    ("money contract", {"buyer": "ROU", "system": "sys-tb2"}, 321e6, "USD", (300e6,)),
    ("money", {"buyer": "ESP", "system": "sys-hurjet", "unit": "EUR"}, 2.6e9, "EUR", (2.4e9, 3.12e9)),
    ("money", {"buyer": "KWT", "system": "sys-tb2"}, 367e6, "USD", (370e6,)),
    ("money", {"buyer": "KWT", "system": "sys-tb2", "period": "2023-01"}, 370e6, "USD", (367e6,)),
    ("money", {"buyer": "TUR", "system": "sys-f16", "number": 40}, 7e9, "USD", (23e9,)),
    ("money planned", {"buyer": "TUR", "system": "sys-f16", "period": "2024-01"}, 23e9, "USD", ()),
    ("money", {"system": "sys-s400"}, 2.5e9, "USD", ()),
    ("money", {"buyer": "ROU", "system": "sys-hisar"}, 223e6, "EUR", (233e6,)),
    ("money", {"buyer": "TUR", "system": "sys-typhoon", "unit": "GBP"}, 5.4e9, "GBP", (8e9,)),
    ("money", {"buyer": "HRV", "system": "sys-tb2"}, 91e6, "USD", (95e6, 86e6)),
    ("money contract", {"buyer": "SAU", "system": "sys-akinci"}, 5e9, "USD", (1e9, 3e9)),
]


@pytest.mark.parametrize("case", MONEY)
def test_money(view: View, case: tuple[str, dict[str, Any], float, str, tuple[float, ...]]) -> None:
    """A question for a price gets the value of the contract in its currency, and every rival value is told."""
    aspects, slots, value, unit, beside = case
    found = answer(view, aspects, **slots)
    assert (found.figures[0].quantity.value, found.figures[0].quantity.unit) == (value, unit)
    told = {report.value.value for report in found.events if report.value}
    assert told >= set(beside)


WHEN: list[tuple[str, dict[str, Any], str, str]] = [
    ("when order complete", {"buyer": "POL", "system": "sys-tb2"}, "2022-10/2024-05-16", "procurement.completed"),
    ("when contract", {"buyer": "POL", "system": "sys-tb2"}, "2021-05-24", "procurement.report.contract.official"),
    ("when delivery", {"buyer": "UKR", "system": "class:drone", "number": 16}, "2022-03",
     "procurement.report.delivery.reported"),
    ("when first_flight", {"system": "sys-kaan"}, "2024-02-21", "procurement.report.first_flight.official"),
    ("when launch", {"system": "sys-mazepa"}, "2022-10-02", "procurement.launched"),
    ("when launch first", {"buyer": "NGA", "system": "sys-opv76"}, "2023-10", "procurement.report.launch.reported"),
    ("when launch", {"system": "sys-babur"}, "2021-08-15", "procurement.report.launch.official"),
    ("when first combat", {"buyer": "UKR", "system": "sys-tb2"}, "2021-10-26",
     "procurement.report.combat_use.official"),
    ("when first contract", {"buyer": "KWT", "system": "sys-tb2"}, "2023-01-18",
     "procurement.report.contract.official"),
    ("when cancellation", {"buyer": "TUR", "system": "sys-f35"}, "2019-07-17",
     "procurement.report.cancellation.official"),
]  # fmt: skip


@pytest.mark.parametrize(("aspects", "slots", "day", "key"), WHEN)
def test_when(view: View, aspects: str, slots: dict[str, Any], day: str, key: str) -> None:
    """A question for a date opens with the event of that date, as sure as its source is."""
    found = answer(view, aspects, **slots)
    assert found.lead[0].key == key
    told = dict(found.lead[0].args)["date"]
    assert getattr(told, "code", "") in (day, day.partition("/")[2])
    assert day in [report.date.code for report in found.events]
    assert not found.figures


HEDGES: list[tuple[str, dict[str, Any], str]] = [
    ("count order", {"buyer": "UKR", "system": "sys-tb2", "day": "2022-01-27"}, "procurement.report.order.reported"),
    ("count order", {"buyer": "UKR", "system": "sys-tb2", "day": "2022-01-27"}, "procurement.hedged"),
    ("alleged", {"buyer": "SDN", "system": "sys-tb2"}, "procurement.report.contract.alleged"),
    ("alleged", {"buyer": "SDN", "system": "sys-tb2"}, "procurement.denied"),
    ("alleged", {"buyer": "IDN", "system": "sys-kaan", "number": 48}, "procurement.denied"),
    ("alleged", {"buyer": "UKR", "system": "sys-dpicm"}, "procurement.report.delivery.alleged"),
    ("alleged", {"system": "sys-tb2", "topic": "moskva"}, "procurement.report.combat_use.alleged"),
    ("count", {"buyer": "TKM", "system": "sys-tb2"}, "procurement.report.delivery.alleged"),
    ("money contract", {"buyer": "SAU", "system": "sys-akinci"}, "procurement.wide"),
    ("count", {"buyer": "MLI", "system": "sys-tb2"}, "procurement.no_total"),
    ("count", {"buyer": "MLI", "system": "sys-tb2"}, "procurement.instead.delivery"),
    ("count contract", {"buyer": "ESP", "system": "sys-hurjet"}, "procurement.planned"),
    ("count agree", {"buyer": "LBY", "system": "sys-tb2", "period": "2019"}, "procurement.differ.reports"),
    ("count order", {"buyer": "UKR", "system": "sys-ada"}, "procurement.agreed"),
    ("count", {"buyer": "HRV", "system": "sys-tb2"}, "procurement.report.plan.official"),
]


@pytest.mark.parametrize(("aspects", "slots", "key"), HEDGES)
def test_hedges_stay(view: View, aspects: str, slots: dict[str, Any], key: str) -> None:
    """What is alleged, disputed, denied or only planned is said to be so."""
    found = answer(view, aspects, **slots)
    assert found.status is Status.ANSWERED
    assert key in keys((*found.lead, *found.details, *found.caveats))


DECLINED: list[tuple[str, dict[str, Any], str]] = [
    ("count", {"buyer": "ARM", "system": "sys-tb2"}, "procurement.gap.buyer_system"),
    ("delivery", {"buyer": "GRC", "system": "sys-tb2"}, "procurement.gap.buyer_system"),
    ("count", {"buyer": "SRB", "system": "sys-tb2"}, "procurement.gap.only_plans"),
    ("count delivery", {"buyer": "ROU", "system": "sys-tb2"}, "procurement.gap.no_count"),
    ("count delivery", {"buyer": "ESP", "system": "sys-hurjet"}, "procurement.gap.kind.delivery"),
    ("count order", {"buyer": "KGZ", "system": "sys-tb2"}, "procurement.gap.no_count"),
    ("count", {"buyer": "BGD", "system": "sys-tb2"}, "procurement.gap.no_count"),
    ("money", {"buyer": "NGA", "system": "sys-t129"}, "procurement.gap.no_money"),
    ("count order", {"buyer": "POL", "system": "sys-tb2", "period": "2019"}, "procurement.gap.period"),
    ("money", {"buyer": "POL", "system": "sys-tb2", "number": 30}, "procurement.gap.number"),
    ("count", {"buyer": "BFA", "system": "sys-tb2", "day": "2024-04-08"}, "procurement.gap.no_count"),
    ("count", {"buyer": "POL", "system": "sys-tb2", "topic": "submarine"}, "trouble.unknown_word"),
]


@pytest.mark.parametrize(("aspects", "slots", "key"), DECLINED)
def test_declines(view: View, aspects: str, slots: dict[str, Any], key: str) -> None:
    """What no report says is declined with what is known, and without a figure."""
    found = answer(view, aspects, **slots)
    assert found.status is Status.DECLINED
    assert found.lead[0].key == key
    assert not found.figures


def test_incomplete_question_is_asked_back(view: View) -> None:
    """A question that names neither buyer nor system is asked back."""
    assert answer(view, "count order").status is Status.CLARIFY


def test_sum_is_shown_with_its_parts(view: View) -> None:
    """Different deals of one buyer are added up only in sight: two contracts of one day for two systems."""
    found = answer(view, "count order", buyer="QAT", company="co-bmc", period="2018-03")
    assert found.figures[0].quantity.value == 85
    assert found.figures[0].derived
    assert found.figures[0].formula == "50 + 35"
    assert "procurement.distinct" in keys(found.details)


def test_sum_of_a_source_leads(view: View) -> None:
    """Where a source gives the sum of two contracts, it leads and the two are told."""
    found = answer(
        view, "count", buyer="EST", system="class:armoured-vehicle", company="co-otokar co-nurol", period="2023"
    )
    assert [figure.quantity.value for figure in found.figures] == [230, 130, 100]
    assert not found.figures[0].derived


def test_one_deal_is_never_added_up(view: View) -> None:
    """Reports of one deal stay one deal, however many pages carry it."""
    reports = [
        event for event in view.store.events(buyer="POL", system="sys-tb2") if FAMILIES[event.kind] == "purchase"
    ]
    assert len(reports) == 3
    assert len(deals(reports, view.store)) == 1


def test_no_count_is_made_up(view: View) -> None:
    """For every buyer and system the first figure stands in a report of that very buyer, and plans never lead."""
    known = reports_of(view.store)
    pairs = {(event.buyer, system) for event in known.events for system in known.systems(event)}
    assert len(pairs) > 100
    for buyer, system in sorted(pairs):
        found = answer(view, "count", buyer=buyer, system=system)
        if found.status is Status.ANSWERED:
            first = found.figures[0]
            assert not first.derived, (buyer, system)
            given = [
                event
                for event in found.events
                if event.buyer == buyer and event.quantity and event.quantity.value == first.quantity.value
            ]
            assert given, (buyer, system)
            assert all(event.certainty != "denied" for event in given), (buyer, system)
            if all(event.kind == "other" for event in given):
                assert found.lead[0].key.startswith("procurement.report.plan."), (buyer, system)


ASPECTS = ("", "count", "money", "when", "count money", "status", "why", "agree", "alleged", "delivery", "what_bought",
           "count delivery", "donation", "combat", "coproduction", "cancellation", "planned", "price_each")  # fmt: skip


@pytest.mark.parametrize("aspects", ASPECTS)
def test_every_answer_can_be_worded(view: View, aspects: str) -> None:
    """Every buyer's every system can be asked for in every way, and the answer has words and sources."""
    wording = Wording("en", view.store)
    known = reports_of(view.store)
    for buyer, system in sorted({(event.buyer, system) for event in known.events for system in known.systems(event)}):
        found = answer(view, aspects, buyer=buyer, system=system)
        assert found.lead, (buyer, system)
        assert found.sources or found.status is not Status.ANSWERED, (buyer, system)
        assert wording.word(found).plain(), (buyer, system)


def test_buyers_are_listed(view: View) -> None:
    """Who bought a system is a list of countries, the alleged ones apart."""
    found = answer(view, "who_bought", system="sys-tb2")
    assert found.table is not None
    assert [phrase.key for phrase in found.lead] == ["procurement.buyers", "procurement.buyers_alleged"]
    assert "RUS" not in {event.buyer for event in found.events}


def test_single_buyer_is_told_in_full(view: View) -> None:
    """A system that one country bought is answered with the deal."""
    found = answer(view, "who_bought", system="sys-hisar")
    assert found.events[0].buyer == "ROU"
    assert found.lead[0].key == "procurement.report.contract.official"


def test_what_a_country_bought(view: View) -> None:
    """What a country bought is told with the deals in a table, deliveries beside orders."""
    found = answer(view, "what_bought", buyer="MKD")
    assert found.lead[0].key == "procurement.bought.orders"
    assert found.table is not None
    assert "procurement.not_added" in keys(found.caveats)


def test_story_of_a_blocked_deal(view: View) -> None:
    """What became of a deal is told with the reason and the denial."""
    found = answer(view, "status contract", buyer="PAK", system="sys-t129")
    words = Wording("en", view.store).word(found).plain()
    assert "US export licence" in words
    assert "denied by" in words


def test_misread_statement_does_not_lead(view: View) -> None:
    """What one page turns into an order, and more pages call a delivery by the same voice, leads no answer."""
    assert reports_of(view.store).misread == {"ukr-tb2-purchases-50-fakti"}
    found = answer(view, "count order", buyer="UKR", system="sys-tb2", period="2022")
    assert found.figures[0].quantity.value == 16


def test_part_of_a_system_is_not_the_system(view: View) -> None:
    """The engines of a drone are answered with the deals for engines."""
    found = answer(view, "who_sold", system="sys-kizilelma class:engine")
    assert found.events[0].supplier == "Ivchenko-Progress"


def test_no_total_over_buyers(view: View) -> None:
    """How many were sold in all is declined: no report says so, and reports are not added up."""
    found = answer(view, "count", system="sys-tb2")
    assert found.lead[0].key == "procurement.gap.no_total"


def test_two_buyers_stand_side_by_side(view: View) -> None:
    """Two buyers get an answer each, and no sum."""
    found = answer(view, "count", buyer="POL ROU", system="sys-tb2")
    assert [figure.quantity.value for figure in found.figures] == [24, 18]


def test_price_of_one_is_shown_as_a_division(view: View) -> None:
    """A price for each is made only from a number and a value of one report, and shows how."""
    found = answer(view, "price_each money", buyer="POL", system="sys-tb2")
    assert found.figures[0].quantity.value == pytest.approx(11_250_000)
    assert found.figures[0].quantity.unit == "USD"
    assert found.figures[0].formula == "270,000,000 / 24"


def test_sources_of_a_deal(view: View) -> None:
    """The sources of a deal are those of the reports that fit, contracts first."""
    found = sources_for(asked(Kind.PROCUREMENT, buyer="POL", system="sys-tb2", number=24), view)
    assert found[0].publisher in ("Defense News", "Defence Industry News")
    assert "Milat Gazetesi" in {source.publisher for source in found}


def test_speaker_is_quoted_where_no_report_answers(view: View) -> None:
    """A person named in a question about a deal is quoted if that is all there is."""
    found = answer(view, "cancellation", system="sys-t129", people="org-ispr")
    assert found.status is Status.ANSWERED


PERIODS: list[tuple[str, dict[str, Any]]] = [
    ("order", {"system": "sys-tb2", "period": "2022"}),
    ("delivery", {"system": "sys-tb2", "period": "2023"}),
    ("count delivery", {"buyer": "POL", "system": "sys-tb2", "period": "2022"}),
    ("count order", {"buyer": "UKR", "system": "sys-tb2", "period": "2022"}),
    ("contract", {"system": "class:armoured-vehicle", "period": "2024"}),
    ("what_bought", {"buyer": "UKR", "period": "2023"}),
]


@pytest.mark.parametrize(("aspects", "slots"), PERIODS)
def test_a_period_is_kept(view: View, aspects: str, slots: dict[str, Any]) -> None:
    """Whatever is told of a period happened in it, or can have."""
    found = answer(view, aspects, **slots)
    assert found.status is Status.ANSWERED
    shown = Period.parse(slots["period"])
    said = dict(found.lead[0].args).get("date")
    assert not isinstance(said, Day) or said.touches(shown)
    if found.table:
        days = [row[0] for row in found.table.rows]
        assert days
        assert all(isinstance(day, Day) and day.touches(shown) for day in days)


@pytest.mark.parametrize("period", ["2022", "2023", "2024"])
def test_a_page_of_another_year_moves_no_deal(view: View, period: str) -> None:
    """Poland's contract is of 2021, whatever year a page puts it into."""
    found = answer(view, "count contract", buyer="POL", system="sys-tb2", period=period)
    assert found.status is Status.DECLINED
    assert found.lead[0].key == "procurement.gap.period"


def test_what_was_reported_then_says_so_first(view: View) -> None:
    """A deal that is told because it was written about in the time asked for is told with its date, and that first."""
    found = answer(view, "count order", buyer="UKR", system="sys-tb2", period="2022-05")
    if found.status is Status.ANSWERED:
        assert found.lead[0].key in ("procurement.published_then", "procurement.not_then")


SIDE: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"buyer": "UKR", "system": "class:corvette class:drone"}, ("Ada-class corvette", "TB2")),
    ({"buyer": "PAK", "system": "sys-tb2 sys-akinci"}, ("TB2", "Akinci")),
    ({"buyer": "POL", "system": "sys-tb2 sys-akinci"}, ("24", "Akinci")),
    ({"buyer": "POL", "system": "sys-tb2 class:submarine"}, ("24", "submarines")),
]


@pytest.mark.parametrize(("slots", "words"), SIDE)
def test_several_systems_stand_side_by_side(view: View, slots: dict[str, Any], words: tuple[str, ...]) -> None:
    """Where two systems are asked about, both are spoken of in the first sentences."""
    found = answer(view, "count order follow", **slots)
    lead = " ".join(Wording("en", view.store).say(phrase) for phrase in found.lead)
    assert all(word in lead for word in words)


GROUPS: list[tuple[str, str, list[str]]] = [
    ("sys-tb2 class:drone", "", ["sys-tb2"]),
    ("sys-tb2 class:aircraft", "", ["sys-tb2"]),
    ("sys-tb2 sys-anka", "", ["sys-tb2", "sys-anka"]),
    ("sys-tb2 class:missile", "", ["sys-tb2 class:missile"]),
    ("sys-tb2 class:missile", "follow", ["sys-tb2", "class:missile"]),
    ("sys-akinci class:engine", "follow", ["sys-akinci class:engine"]),
    ("class:corvette class:drone", "follow", ["class:corvette", "class:drone"]),
    ("class:corvette class:warship", "follow", ["class:corvette"]),
    ("class:corvette class:drone", "", ["class:corvette class:drone"]),
    ("", "", []),
]


@pytest.mark.parametrize(("systems", "aspects", "groups"), GROUPS)
def test_things_asked_about(systems: str, aspects: str, groups: list[str]) -> None:
    """A family that holds the system beside it is no second thing; one joined by "and" is, else it is a part."""
    found = things(asked(Kind.PROCUREMENT, aspects, system=systems))
    assert [" ".join(slot.value for slot in group) for group in found] == groups


BEYOND: list[tuple[str, dict[str, Any]]] = [
    ("money total", {"buyer": "UKR", "system": "sys-tb2"}),
    ("money total", {"buyer": "UKR"}),
    ("money", {"buyer": "UKR"}),
    ("count delivery", {"buyer": "POL", "system": "sys-tb2", "period": "1950-01/2023-04"}),
    ("count export", {"system": "class:armoured-vehicle", "period": "2024"}),
    ("count sell", {"system": "class:submarine"}),
    ("count", {"system": "class:helicopter"}),
    ("count sell", {"company": "co-baykar", "period": "2023"}),
    ("count delivery", {"buyer": "LBY", "product": "defence-aerospace"}),
    ("count delivery coproduction", {"buyer": "UKR", "product": "defence-aerospace"}),
    ("count buy", {"buyer": "POL", "product": "defence-aerospace"}),
]


@pytest.mark.parametrize(("aspects", "slots"), BEYOND)
def test_one_deal_is_no_total(view: View, aspects: str, slots: dict[str, Any]) -> None:
    """What is asked of all deals, or of equipment in general, is not answered with one deal: the deals are listed."""
    found = answer(view, aspects, **slots)
    assert found.status is Status.DECLINED
    assert not found.figures
    assert found.details
    assert found.sources


WHOLE: list[tuple[str, dict[str, Any], float]] = [
    ("count total", {"buyer": "UKR", "system": "sys-kirpi"}, 687),
    ("count order total", {"buyer": "UKR", "system": "sys-tb2"}, 36),
    ("count delivery total", {"buyer": "POL", "system": "sys-tb2"}, 24),
    ("count order total", {"buyer": "POL", "system": "sys-tb2"}, 24),
]


@pytest.mark.parametrize(("aspects", "slots", "value"), WHOLE)
def test_a_total_of_a_source_leads(view: View, aspects: str, slots: dict[str, Any], value: float) -> None:
    """A source's own count up to a date answers a question for a total."""
    assert answer(view, aspects, **slots).figures[0].quantity.value == value


OTHER: list[tuple[dict[str, Any], str]] = [
    ({"buyer": "UKR", "topic": "control stations"}, "procurement.gap.other_thing"),
    ({"buyer": "UKR", "system": "sys-tb2", "topic": "stations"}, "procurement.gap.other_thing"),
    ({"buyer": "NGA", "system": "sys-tb2", "topic": "staff"}, "procurement.gap.other_thing"),
    ({"buyer": "SDN", "system": "sys-tb2", "topic": "warheads"}, "procurement.gap.other_thing"),
    ({"buyer": "POL", "system": "sys-tb2 class:missile"}, "procurement.gap.buyer_system"),
    ({"buyer": "POL", "system": "sys-tb2", "topic": "warranty kosovo"}, "trouble.unknown_word"),
]


@pytest.mark.parametrize(("slots", "key"), OTHER)
def test_a_number_is_of_what_was_counted(view: View, slots: dict[str, Any], key: str) -> None:
    """A count of aircraft does not answer a question for stations, missiles or staff."""
    found = answer(view, "count", **slots)
    assert (found.status, found.lead[0].key) == (Status.DECLINED, key)


def test_a_number_in_words_is_the_same_number(view: View) -> None:
    """Ten semi-finished tanks, in a word, are the 10 of the report."""
    found = answer(view, "count delivery", buyer="IDN", system="sys-harimau", topic="semi finished", period="2022-03")
    assert found.figures[0].quantity.value == 10


ROLES: list[tuple[str, dict[str, Any], str]] = [
    ("count", {"buyer": "UKR", "seller": "POL", "system": "sys-tb2"}, "procurement.gap.buyer_seller_system"),
    ("count donation", {"buyer": "UKR", "seller": "POL", "system": "sys-tb2"}, "procurement.gap.buyer_seller_system"),
    ("count", {"buyer": "TUR", "seller": "POL", "system": "sys-tb2"}, "procurement.gap.buyer_seller_system"),
    ("count", {"seller": "POL", "system": "sys-tb2"}, "procurement.gap.seller_system"),
    ("money", {"buyer": "UKR", "seller": "POL"}, "procurement.gap.buyer_seller"),
    ("when", {"buyer": "UKR", "seller": "LTU", "system": "sys-tb2"}, "procurement.gap.buyer_seller_system"),
]


@pytest.mark.parametrize(("aspects", "slots", "key"), ROLES)
def test_the_seller_is_kept(view: View, aspects: str, slots: dict[str, Any], key: str) -> None:
    """What another country is said to have sold or given is not answered with Türkiye's deal."""
    found = answer(view, aspects, **slots)
    assert (found.status, found.lead[0].key) == (Status.DECLINED, key)
    assert not found.figures


def test_a_gift_that_bears_the_givers_name_is_told(view: View) -> None:
    """The drone that Lithuanians paid for is told as what it was: a gift of the maker, with its note."""
    found = answer(view, "count donation", buyer="UKR", seller="LTU", system="sys-tb2")
    assert "procurement.note" in keys(found.details)


def test_of_two_buyers_the_one_without_a_deal_is_named(view: View) -> None:
    """One buyer's deal stands beside the other's lack of one."""
    found = answer(view, "count", buyer="DEU POL", system="sys-tb2")
    assert found.figures[0].quantity.value == 24
    assert [phrase.key for phrase in found.lead][-1] == "procurement.gap.buyer_system"


@pytest.mark.parametrize("rate", ["by_month", "by_year", "percent"])
def test_a_deal_has_no_rate(view: View, rate: str) -> None:
    """What was paid a month is not answered with what was paid."""
    found = answer(view, f"money {rate}", buyer="POL", system="sys-tb2")
    assert found.lead[0].key == "procurement.gap.no_rate"


def test_names_alone_get_no_figure(view: View) -> None:
    """A buyer and a system without a question are told of, without a figure as the answer."""
    found = answer(view, "", buyer="POL", system="sys-tb2")
    assert found.status is Status.ANSWERED
    assert not found.figures


def test_steps_of_building_are_no_plans(view: View) -> None:
    """A keel that was laid does not tell what is planned to be bought."""
    found = answer(view, "count planned", buyer="PAK", system="sys-ada")
    assert found.lead[0].key == "procurement.gap.kind.plan"


def test_what_never_ended_has_no_end(view: View) -> None:
    """A deal that nobody reports as called off is not told as if it had been."""
    found = answer(view, "cancellation when", buyer="POL", system="sys-tb2")
    assert found.lead[0].key == "procurement.gap.kind.cancellation"


def test_only_what_is_alike_is_added_up(view: View) -> None:
    """Drones and rounds of ammunition have no sum."""
    found = answer(view, "count buy", buyer="POL")
    assert not any(figure.derived for figure in found.figures)


def test_the_delivery_of_the_order_that_was_spoken_of(view: View) -> None:
    """When they were delivered is told of the lot whose order was spoken of, whose day is not the delivery's."""
    before = asked(Kind.PROCUREMENT, "count order", buyer="UKR", system="sys-tb2", day="2022-01-27")
    carried = tuple(replace(slot, origin=Origin.CARRIED) for slot in before.periods)
    found = procurement.answer(replace(before, aspects=frozenset(("when", "delivery")), periods=carried), view)
    assert dict(found.lead[0].args)["date"] == Day("2022-03")
    assert found.events[0].quantity is not None
    assert found.events[0].quantity.value == 16


def test_price_of_each_without_a_system(view: View) -> None:
    """The price for each of what a country bought is shown as a division too."""
    found = answer(view, "price_each amount money", buyer="MAR")
    assert found.figures[0].formula == "70,000,000 / 13"


def test_price_of_a_further_buyer(view: View) -> None:
    """A question that goes on to another buyer with the price gets that buyer's price."""
    found = answer(view, "follow money", buyer="HRV", system="sys-tb2")
    assert found.figures[0].quantity.value == 91e6


@pytest.mark.parametrize("aspects", ["count", "money", "when", "order", "count delivery", "count money contract", ""])
def test_no_date_outside_the_period(view: View, aspects: str) -> None:
    """For every buyer, system and year: what is told of that year can have been in it, or is said not to be."""
    known = reports_of(view.store)
    pairs = {(event.buyer, system) for event in known.events for system in known.systems(event)}
    for buyer, system in sorted(pairs):
        for year in ("2019", "2021", "2022", "2023", "2024"):
            found = answer(view, aspects, buyer=buyer, system=system, period=year)
            if found.status is not Status.ANSWERED or found.lead[0].key == "procurement.not_then":
                continue
            shown = Period.parse(year)
            days = [value for _, value in found.lead[0].args if isinstance(value, Day)]
            assert all(day.touches(shown) for day in days), (buyer, system, year)
            assert all(not one.period or one.period.overlaps(shown) for one in found.figures[:1]), (buyer, system, year)


def test_a_number_that_was_only_said(view: View) -> None:
    """A number that no report gives, and the named speaker does, is told in the speaker's words."""
    found = answer(view, "count contract said", system="class:drone", people="p-erdogan")
    assert found.lead[0].key == "statement.said"
    assert "770" in str(dict(found.lead[0].args)["summary"])
    assert answer(view, "count contract", system="class:drone", people="p-erdogan").status is Status.DECLINED
