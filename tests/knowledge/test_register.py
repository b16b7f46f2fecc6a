"""Answers from a register of arms transfers: sums with their doubt, alone and beside the press."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.desk import Desk
from knowledge.imports import import_file
from tests import register_truth
from tests.conftest import TODAY

Ask = Callable[[str], dict[str, Any]]
REAL = Path(__file__).parents[3] / "shared" / "data" / "sipri-trade-register-2025-03.csv"
QUESTIONS = 360
HEAD = (
    "Transfers of major conventional arms from All countries  to All countries . "
    "Deals with deliveries made for the year range 'Not specified' to 'Not specified' \n"
    "Data generated: 13 Mar 2025 10:02:49 AM\n"
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
)
ROWS = """\
Canada,Germany,2007,,20,,Zwerg-2A6,tank,20,,2007,Second hand,Leased at first,2,40,40
Canada,Germany,2010,,30,?,Zwerg-2A4,tank,10,,2011; 2013,New,,2,60,20
Canada,Germany,2012,,12,,Zwerg-2 chassis,tank chassis,12,,2014,New,,0.4,4.8,4.8
Canada,Netherlands,2008,,,,Zwerg-2A4,tank,8,?,2009,Second hand,,2,0,16
Canada,Germany,1976,,5,,Zwerg-1A3,tank,5,,1978,New,,1,5,5
Poland,South Korea,2022,,180,,X2 Great Bear,tank,84,,2022; 2023; 2024,New,$3.3 b deal,4,720,336
Poland,South Korea,2022,?,820,?,X2 Great Bear,tank,0,,,New,selected but not yet ordered by end-2023,4,3280,0
Poland,South Korea,2023,,400,,Lastesel,APC,50,,2024,New,,0.1,40,5
Poland,Soviet Union,1970,?,300,?,Zwerg-55,tank,300,,1971,New,,1,300,300
Poland,Russia,2001,,4,,Zwerg-55M,tank,4,,2002,New,,1,4,4
Poland,Turkiye,2021,,24,,Bayraktar TB2,armed UAV,24,,2022; 2023; 2024,New,$268 m deal,1,24,24
Ukraine,France,2022,,18,,Kaiser 155mm,self-propelled gun,18,,2022,Second hand,Aid,1,18,18
Ukraine,United States,2022,?,100,?,M-777X 155mm,towed gun,108,,2022; 2023,Second hand,Aid,0.5,50,54
Ukraine,United States,2019,,150,,XGM-148 Wurfel,anti-tank missile,150,,2020,New,,0.1,15,15
Ukraine,United Kingdom,2014,?,9,?,Wurfel,portable SAM,9,?,2015,New,,0.1,1,1
India,United States,2016,,145,,M-777X 155mm,towed gun,145,,2018; 2019,New,,0.5,72,72
Hezbollah (Lebanon)*,Iran,2005,?,50,?,Blitz,anti-tank missile,50,,2006,New,Aid,0.1,5,5
Greece,France,2014,,36,,Mirage-2000,FGA aircraft,36,,2000; 2001,New,,9,324,324
"""


def desk_of(home: Path, text: str | None) -> Ask:
    """Questions to a desk whose home has a register, or none."""
    if text is not None:
        file = home / "register.csv"
        file.write_text(text, encoding="latin-1")
        import_file(home, "sipri", file, today=TODAY)
    desk = Desk(home, lambda: TODAY)
    return lambda question: desk.ask_now(question).as_json(None, question)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A desk with the register above."""
    return desk_of(tmp_path_factory.mktemp("register"), HEAD + ROWS)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A desk with the shipped facts alone."""
    return desk_of(tmp_path_factory.mktemp("plain"), None)


def first(answer: dict[str, Any]) -> tuple[Any, ...]:
    """Value, bounds and hedge of the first figure."""
    figure = answer["figures"][0]
    return figure["value"], figure["low"], figure["high"], figure["qualifier"]


@pytest.mark.parametrize(
    "question",
    [
        "how many Zwerg 2 did Germany deliver to Canada and when?",
        "How many zwerg2 has Germany delivered to Canada",
        "how many ZWERG-2s did Canada get delivered from Germany?",
    ],
)
def test_deals_are_summed_and_listed(ask: Ask, question: str) -> None:
    """A family in any spelling: its models together, their chassis apart, each deal in the table."""
    answer = ask(question)
    assert first(answer) == (30, 30, 30, "exact")
    assert answer["figures"][0]["sources"] == ["sipri-2025-03-13"]
    for part in ("30", "2007, 2011, 2013", "Zwerg-2A4", "Zwerg-2A6", "Not counted", "chassis", "13 March 2025"):
        assert part in answer["text"]


def test_doubt_in_a_deal_is_doubt_in_the_sum(ask: Ask) -> None:
    """The sum says `about`, its lower bound is what is sure, and how many deals are in doubt is said."""
    answer = ask("how many Zwerg 2 did Canada order from Germany?")
    assert first(answer) == (50, 20, None, "about")
    assert "about 50" in answer["text"]
    assert "the deals without that mark come to 20" in answer["text"]


def test_a_deal_without_a_number_is_not_passed_over(ask: Ask) -> None:
    """What has no number ordered is told with what was delivered under it."""
    answer = ask("how many Zwerg-2A4 did Canada order from the Netherlands?")
    assert answer["figures"][0]["value"] == 8
    assert "gives no number" in answer["text"]
    answer = ask("how many Zwerg-2A4 did Canada order?")
    assert first(answer) == (30, 0, None, "about")
    assert "about 8 were delivered under it" in answer["text"]


def test_what_is_selected_is_not_yet_ordered(ask: Ask) -> None:
    """The register counts what was chosen; its own note says that it is no order yet."""
    answer = ask("how many tanks did Poland order from South Korea?")
    assert first(answer) == (1000, 180, None, "about")
    assert "about 820 are in a deal that by SIPRI's note was selected but not yet ordered" in answer["text"]


def test_a_list_for_arms_of_all_kinds(ask: Ask) -> None:
    """What has one ordered from the other: every model with its own number, no sum over unlike things."""
    answer = ask("what has Poland ordered from South Korea?")
    assert [figure["value"] for figure in answer["figures"]] == [400, 1000]
    assert "in 3 deals" in answer["text"]
    assert "400 Lastesel (APC)" in answer["text"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("How many tanks did Germany deliver to Canada from 2007 to 2011?", (21, 21, 29, "at_least")),
        ("How many tanks did Germany deliver to Canada in 2007?", (20, 20, 20, "exact")),
        ("How many tanks did Germany deliver to Canada since 2011?", (10, 10, 10, "exact")),
    ],
)
def test_a_deal_over_years_is_bounded(ask: Ask, question: str, found: tuple[Any, ...]) -> None:
    """The register gives one sum for all years: of a part of them it says at least and at most."""
    assert first(ask(question)) == found


def test_the_newer_shape_parts_the_years(tmp_path: Path) -> None:
    """Where each year has its number, a part of the years has an exact sum."""
    text = (
        "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
        "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
        "Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production\n"
        "7,Germany,Canada,Zwerg-2A4,tank,Armoured vehicles,2010,No,4,No,2011,No,New,2,2,8,No\n"
        "7,Germany,Canada,Zwerg-2A4,tank,Armoured vehicles,2010,No,6,Yes,2013,No,New,2,2,12,No\n"
    )
    ask = desk_of(tmp_path, text)
    assert first(ask("How many tanks did Germany deliver to Canada in 2011?")) == (4, 4, 4, "exact")
    assert first(ask("How many tanks did Germany deliver to Canada in 2013?")) == (6, 0, None, "about")
    answer = ask("How many tanks did Germany deliver to Canada?")
    assert first(answer) == (10, 0, None, "about")
    assert "The register on file is only a part" in answer["text"]


def test_who_sold_and_who_bought(ask: Ask) -> None:
    """The largest first, by items; those of another kind are not among them."""
    answer = ask("who are Ukraine's top suppliers of artillery since 2022?")
    assert [(figure["exporter"], figure["value"]) for figure in answer["figures"]] == [("USA", 108), ("FRA", 18)]
    answer = ask("which countries bought the m 777x")
    assert [(figure["partner"], figure["value"]) for figure in answer["figures"]] == [("IND", 145), ("UKR", 100)]
    assert answer["figures"][1]["qualifier"] == "about"


def test_volume_is_no_money(ask: Ask) -> None:
    """Arms of all kinds are put in order by TIV, which is said to be no money and has a unit of its own."""
    answer = ask("who are Ukraine's top arms suppliers?")
    assert [(figure["exporter"], figure["unit"]) for figure in answer["figures"]] == [
        ("USA", "TIV million"), ("FRA", "TIV million"), ("GBR", "TIV million"),
    ]  # fmt: skip
    assert "an index of volume, not money" in answer["text"]
    assert "$" not in answer["text"].split("Sources:")[0]


def test_prices_are_quoted_and_never_computed(ask: Ask) -> None:
    """A register has no prices; its notes are quoted."""
    answer = ask("how much did Poland pay South Korea for the X2?")
    assert answer["status"] == "declined"
    assert "$3.3 b deal" in answer["text"]
    assert not answer["figures"]


@pytest.mark.parametrize(
    ("question", "value", "party"),
    [
        ("how many tanks did the Soviet Union deliver to Poland", 300, "sipri:soviet-union"),
        ("how many tanks did the USSR deliver to Poland", 300, "sipri:soviet-union"),
        ("how many tanks did Russia deliver to Poland", 4, "RUS"),
        ("how many Blitz did Iran deliver to Hezbollah", 50, "IRN"),
    ],
)
def test_parties_have_the_names_of_their_day(ask: Ask, question: str, value: int, party: str) -> None:
    """What the Soviet Union sold is not Russia's, and groups are known too."""
    answer = ask(question)
    assert (answer["figures"][0]["value"], answer["figures"][0]["exporter"]) == (value, party)
    assert ("the Soviet Union stand under that name" in answer["text"]) is (party == "RUS")


def test_one_name_for_two_things(ask: Ask) -> None:
    """A missile against tanks and one against aircraft are not added up."""
    answer = ask("how many Wurfel did Ukraine order?")
    assert answer["figures"][0]["value"] == 9
    assert "Called so too, and not counted here: XGM-148 Wurfel (anti-tank missile) (150)" in answer["text"]


def test_a_model_is_no_year(ask: Ask) -> None:
    """The 2000 of "Mirage 2000" is not the year."""
    assert first(ask("how many Mirage 2000 did France deliver to Greece")) == (36, 36, 36, "exact")
    assert first(ask("how many Mirage 2000 did France deliver to Greece from 2000 to 2001")) == (36, 36, 36, "exact")


def test_words_in_a_deal_narrow_it(ask: Ask) -> None:
    """A word that no name explains must stand in the deal; one that stands in none is named."""
    assert first(ask("how many second-hand Zwerg 2 did Germany deliver to Canada"))[0] == 20
    answer = ask("how many xylophone Zwerg 2 did Germany deliver to Canada")
    assert (answer["status"], "xylophone" in answer["text"]) == ("declined", True)


def test_the_press_leads_and_the_register_stands_beside(ask: Ask, without: Ask) -> None:
    """The reports answer as they do without a register; what it has is added behind, not merged."""
    alone, both = (one("how many TB2 did Poland order?") for one in (without, ask))
    count = len(alone["figures"])
    assert both["figures"][:count] == alone["figures"]
    assert [figure["measure"] for figure in both["figures"][count:]] == ["ordered", "delivered"]
    assert "side by side: ordered 24 (2021), delivered 24 (2022–2024), in one deal" in both["text"]
    assert "SIPRI" not in alone["text"]
    named = ask("according to SIPRI, how many TB2 did Poland order?")
    assert first(named) == (24, 24, 24, "exact")
    assert {source["publisher"] for source in named["sources"]} == {"SIPRI"}


def test_only_a_register_can_tell_the_largest(ask: Ask, without: Ask) -> None:
    """Reports are not added up, so nobody can be said to have bought most by them."""
    assert without("largest buyers of Turkish UAVs")["status"] == "declined"
    assert [figure["partner"] for figure in ask("largest buyers of Turkish UAVs")["figures"]] == ["POL"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many Zwerg 2 did France deliver to Canada?", "no deal on Zwerg-2 between France and Canada"),
        ("how many Zwerg 2 did Canada order from Germany in 2021?", "the years of order are 2007, 2010"),
        ("what has India ordered from Iran?", "no deal between Iran and India"),
    ],
)
def test_what_is_not_there_is_said(ask: Ask, question: str, said: str) -> None:
    """No deal, no deal in that time: declined, with the register that was looked at."""
    answer = ask(question)
    assert answer["status"] == "declined"
    assert said in answer["text"]
    assert [source["publisher"] for source in answer["sources"]] == ["SIPRI"]


def test_what_others_sell_is_told_as_deals(ask: Ask, without: Ask) -> None:
    """A question about another country's exports is refused without a register and told as deals with one."""
    assert without("what did France sell to Greece?")["status"] == "declined"
    answer = ask("what did France sell to Greece?")
    assert (answer["status"], "Mirage-2000" in answer["text"]) == ("answered", True)
    assert ask("what was the dollar value of French arms exports to Greece?")["status"] == "declined"


@pytest.mark.skipif(not REAL.exists(), reason="the real register is not part of the product")
def test_the_real_register(tmp_path: Path) -> None:
    """Hundreds of questions whose answers a short script works out from the file by itself: every one is right."""
    import_file(tmp_path, "sipri", REAL, today=TODAY)
    desk = Desk(tmp_path, lambda: TODAY)
    asked = register_truth.questions(register_truth.rows(REAL), QUESTIONS)
    assert len(asked) == QUESTIONS
    wrong = [
        f"{one.question} -> {found}"
        for one in asked
        if (found := register_truth.judge(one.expect, desk.ask_now(one.question).as_json(None, one.question)))
    ]
    assert wrong == []
