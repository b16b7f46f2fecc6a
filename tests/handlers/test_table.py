"""The rows of an answer as CSV."""

import csv
import io
from dataclasses import replace

import pytest

from handlers import table
from knowledge.facts import Day, Event
from knowledge.quantity import Quantity
from tests.handlers.scripted import SOURCE, ScriptedDesk, reply
from tests.telegram_offline import Person

EVENT = Event(
    "e1", "order", "UKR", "TUR", "Baykar", "=TB2()", Quantity.reported(16, "items", 0, "more_than"), None,
    Day("2022-01"), "alleged", "@somebody", "s1", "",
)  # fmt: skip


def rows(content: bytes) -> list[dict[str, str]]:
    """A file as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_the_button_sends_the_rows(person: Person) -> None:
    """As a file named after the receipt; numbers as numbers, sources with their addresses."""
    (answer,) = await person.says("how much?")
    acknowledged, sent = await person.presses("CSV")
    assert acknowledged.method == "answerCallbackQuery"
    assert sent.method == "sendDocument"
    name, content = sent.file
    assert name == f"waybill-{answer.receipt}.csv"
    (row,) = rows(content)
    assert (row["value"], row["low"], row["high"], row["unit"]) == ("59100000", "59050000", "59150000", "USD")
    assert (row["period"], row["published"], row["sources"]) == ("2022-Q1", SOURCE.published, "s1")
    assert row["addresses"] == SOURCE.url


async def test_rows_after_a_restart(person: Person) -> None:
    """The desk is asked again."""
    (answer,) = await person.says("how much?")
    person.forgotten()
    _, sent = await person.presses("CSV", answer)
    assert sent.file[0] == f"waybill-{answer.receipt}.csv"


async def test_deals_are_a_file_of_their_own(person: Person, desk: ScriptedDesk) -> None:
    """Beside the figures, if there are both."""
    one = reply("Deals.")
    desk.replies["deals"] = replace(one, answer=replace(one.answer, events=(EVENT,)))
    await person.says("deals")
    _, figures, deals = await person.presses("CSV")
    assert figures.file[0].endswith(".csv")
    (row,) = rows(deals.file[1])
    assert (row["buyer"], row["quantity"], row["quantity_high"], row["date"]) == ("UKR", "16", "", "2022-01")
    assert row["address"] == SOURCE.url


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(start: str) -> None:
    """A quote before it makes it a text; a negative number stays a number."""
    one = reply("One.")
    (figure,) = one.answer.figures
    figure = replace(figure, product=f"{start}cmd|' /C calc'!A0", quantity=Quantity(-5.5, -6, -5, "percent"))
    ((_, content),) = table.files(replace(one.answer, figures=(figure,)), "x")
    (row,) = rows(content)
    assert row["product"].startswith("'")
    assert row["value"] == "-5.5"
