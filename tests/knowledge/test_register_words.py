"""How people put questions to a register, what must be said beside the sums, and the picture of an order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.chart import sketch
from knowledge.charts.sketch import Rows
from knowledge.desk import Desk
from knowledge.store import open_store
from knowledge.wording import Wording
from tests.conftest import TODAY
from tests.knowledge.test_register import HEAD, Ask, desk_of, first

ROWS = """\
Argentina,France,1979,,30,?,AM-39 Flugfisch,anti-ship missile,30,,1982,New,,0.7,21,21
Argentina,France,1975,?,75,?,MM-38 Flugfisch,anti-ship missile,75,,1976,New,,0.7,50,50
Argentina,United States,1975,,10,,XGM-1 Flugfisch,portable SAM,10,,1976,New,,0.1,1,1
Poland,South Korea,2014,,24,,Q-9,self-propelled gun chassis,24,,2016,New,under licence,0.2,4,4
Poland,South Korea,2022,,212,,Q-9 Donner 155mm,self-propelled gun,132,,2022; 2023; 2024,New,licence,1,212,132
Estonia,South Korea,2018,,24,,Q-9 Donner 155mm,self-propelled gun,24,,2020,Second hand,Second-hand; aid,1,24,24
Turkiye,Germany,1974,,40,,Q-4E Gespenst,FGA aircraft,40,,1975,Second hand,Second-hand; aid,6,240,240
Colombia,Germany,1974,,4,,Q4U Rabe,FGA aircraft,4,,1975,New,,6,24,24
Ukraine,United States,2022,,,,XMLRS,guided rocket,30500,,2022; 2023; 2024,New,Aid,0.01,,305
Ukraine,United States,2023,?,200,?,XMLRS,guided rocket,200,,2023,New,,0.01,2,2
Ukraine,unknown supplier(s),2022,,6,,Kaiser 155mm,self-propelled gun,6,,2022,New,,1,6,6
Libya,Soviet Union,1970,?,100,?,Zwerg-55,tank,100,,1971; 1972,New,,1,100,100
Libya,Soviet Union,1975,?,72,,R-17 Elbrus,surface-to-surface missile,72,,1976,New,,1,72,72
Greece,United States,1985,,40,,F-16C,FGA aircraft,40,,1989,New,,9,360,360
Libya,Italy,1971,,30,,Zwerg-1A3,tank,30,,1975,New,,1,30,30
Poland,Turkiye,2021,,24,,Bayraktar TB2,armed UAV,24,,2022; 2023; 2024,New,$268 m deal,1,24,24
Azerbaijan,Turkiye,2020,?,12,?,Bayraktar TB2,armed UAV,12,,2020,New,,1,12,12
Bosnia-Herzegovina,unknown supplier(s),2023,,2,,Bayraktar TB2,armed UAV,2,,2023,New,,1,2,2
Bosnia-Herzegovina,Poland,2023,,1,,Bayraktar TB2,armed UAV,1,,2023,New,,1,1,1
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the register above."""
    found = tmp_path_factory.mktemp("register")
    desk_of(found, HEAD + ROWS)
    return found


@pytest.fixture(scope="module")
def ask(home: Path) -> Ask:
    """A desk with the register above."""
    return desk_of(home, None)


def test_a_popular_name_joins_what_is_one_weapon(ask: Ask) -> None:
    """From the air or from a ship, but not one against aircraft that is called the same."""
    answer = ask("how many Flugfisch did Argentina order")
    assert first(answer)[0] == 105
    assert "not counted here: XGM-1 Flugfisch (portable SAM) (10)" in answer["text"]


def test_parts_are_never_the_weapon(ask: Ask) -> None:
    """Not even where the part has the very name."""
    answer = ask("how many Q-9 has South Korea exported")
    assert first(answer)[0] == 156
    assert "Not counted, being only parts of it: Q-9 (self-propelled gun chassis)" in answer["text"]


def test_another_hyphen_is_another_aircraft(ask: Ask) -> None:
    """Where popular names differ."""
    answer = ask("how many Q-4 did Germany deliver to Colombia")
    assert first(answer)[0] == 4
    assert first(ask("how many q4s has Germany delivered"))[0] == 40


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("how many XMLRS did the US give Ukraine", "delivered"),
        ("how many XMLRS did the US send to Ukraine", "delivered"),
        ("how many XMLRS did Ukraine get", "delivered"),
        ("how many XMLRS did Ukraine buy", "ordered"),
        ("how many XMLRS did the US sell to Ukraine", "ordered"),
    ],
)
def test_what_was_handed_over_was_delivered(ask: Ask, question: str, measure: str) -> None:
    """Given, sent and got is delivered; bought and sold is ordered."""
    assert ask(question)["figures"][0]["measure"] == measure


@pytest.mark.parametrize(
    ("question", "role", "party"),
    [
        ("which country sold the most tanks in the 1970s", "exporter", "sipri:soviet-union"),
        ("which country bought the most tanks in the 1970s", "partner", "LBY"),
        ("which countries sent tanks to Libya", "exporter", "sipri:soviet-union"),
        ("who sells tanks to Libya", "exporter", "sipri:soviet-union"),
        ("largest buyers of American arms", "partner", "GRC"),
    ],
)
def test_who_sold_is_not_who_bought(ask: Ask, question: str, role: str, party: str) -> None:
    """A country is whoever the verb makes it."""
    assert ask(question)["figures"][0][role] == party


def test_the_giver_stands_before_the_verb(ask: Ask) -> None:
    """Also where the receiver is the country that sells in all other questions."""
    figure = ask("how many Q-4E did Germany give Turkey")["figures"][0]
    assert (figure["exporter"], figure["partner"], figure["value"]) == ("DEU", "TUR", 40)


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("how many second-hand Q-9 did South Korea sell", 24, "Counted is only what SIPRI lists as second-hand."),
        ("how many Q-9 were built under licence", 212, "Counted is only what SIPRI notes as produced or assembled"),
        ("how many Q-9 did South Korea donate", 24, "Counted is only what SIPRI notes as aid or a gift."),
    ],
)
def test_what_deals_were_picked_by_is_said(ask: Ask, question: str, value: int, said: str) -> None:
    """A sum of some deals never passes for the sum of all."""
    answer = ask(question)
    assert (first(answer)[0], said in answer["text"]) == (value, True)


def test_both_ends_are_told(ask: Ask) -> None:
    """What lies only partly in the time is from one a year to all but one a year."""
    answer = ask("how many XMLRS did the US deliver to Ukraine in 2022")
    assert first(answer) == (1, 1, 30498, "at_least")
    assert "delivered 1 to 30,498 XMLRS" in answer["text"]


def test_a_missing_number_is_more(ask: Ask) -> None:
    """What has no number is not nothing."""
    text = ask("how many XMLRS did Ukraine order")["text"]
    assert "ordered about 200 or more XMLRS" in text
    assert "30,500 were delivered under it" in text


def test_the_register_has_an_end(ask: Ask) -> None:
    """Behind it nothing is known, which is not the same as nothing."""
    answer = ask("who are Ukraine's top suppliers of artillery since 2022?")
    assert "That is from 2022 to 2024" in answer["text"]
    assert "The register on file ends with 2024." in answer["text"]
    later = ask("how many Q-9 did Poland order in 2025")
    assert later["status"] == "declined"
    assert "ends with 2024, so it tells nothing of 2025" in later["text"]


def test_nobody_known_has_a_name(ask: Ask) -> None:
    """An unknown seller is no unknown buyer."""
    assert "an unknown supplier (6)" in ask("who sold artillery to Ukraine")["text"]


def test_deals_stand_beside_the_reports(ask: Ask) -> None:
    """Like beside like: each deal by itself, and what others traded apart."""
    text = ask("which countries bought the TB2?")["text"]
    assert "side by side: ordered about 36 (2020–2021), delivered 36 (2020, 2022–2024), in 2 deals" in text
    assert "24 Bayraktar TB2 for Poland in 2021, delivered 24 (2022–2024)" in text
    assert "2 more deals on TB2, between others: ordered 3 (2023)" in text
    assert "In the register and not among the reports: Azerbaijan." in text


def test_a_short_word_is_no_beginning(ask: Ask) -> None:
    """Nobody who asks for "hal" means Haluk Bayraktar."""
    answer = ask("hal drones")
    assert (answer["status"], "“hal”" in answer["text"]) == ("declined", True)


def test_the_press_has_other_names(ask: Ask) -> None:
    """NATO's among them; what is told is what the register prints, and "no deal" is not said of a name alone."""
    answer = ask("how many scuds did the USSR deliver to Libya")
    assert first(answer)[0] == 72
    assert "R-17 Elbrus" in answer["text"]
    assert "may list them under another name" in ask("how many scuds did Italy deliver to Libya")["text"]


def test_what_one_country_bought_is_not_who_bought(ask: Ask) -> None:
    """The reports have Türkiye's F-16 alone; the register has everybody's."""
    answer = ask("who bought the F-16?")
    assert [figure["partner"] for figure in answer["figures"]] == ["GRC"]


def picture(home: Path, question: str) -> Any:
    """The sketch of an answer."""
    with open_store(home, today=TODAY) as store:
        return sketch(Desk(home, lambda: TODAY).ask_now(question).answer, Wording("en", store))


def test_an_order_has_a_picture(home: Path) -> None:
    """A bar for each seller in the order of the table; the index is said to be no money."""
    found = picture(home, "who sold tanks to Libya")
    (block,) = found.blocks
    assert isinstance(block, Rows)
    assert [(bar.name, bar.value, bar.text) for bar in block.bars] == [
        ("The Soviet Union", 100, "100"), ("Italy", 30, "30"),
    ]  # fmt: skip
    assert found.title == "From whom Libya got tanks"
    assert found.subtitle == "Number delivered, by SIPRI's register"
    assert "index, not money" in picture(home, "who are Libya's top arms suppliers?").subtitle


@pytest.mark.parametrize(
    "question", ["what has Poland ordered from South Korea?", "how many Q-9 did Poland order", "who sold Q-4 to Turkey"]
)
def test_lists_and_sums_have_none(home: Path, question: str) -> None:
    """Different things are no sizes of one, and one number says nothing in a bar."""
    assert picture(home, question) is None
