"""One number, quoted from an answer: where it is from."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.sources import quoted
from knowledge.answer import Answer, Figure, Status
from knowledge.desk import Reply
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.question import Kind
from tests.handlers.scripted import SOURCE, ScriptedDesk, reply
from tests.telegram_offline import Person

OTHER = replace(SOURCE, source_id="s2", publisher="TIM", title="Bulletin", url="https://tim.example/b")
FIGURES = (
    Figure(Quantity.reported(59.1e6, "USD", 1e5), "value", (SOURCE,), period=Period.parse("2022-Q1")),
    Figure(Quantity(31.1, 30.3, 32.0, "ratio"), "ratio", (SOURCE,), derived=True, formula="59.1 ÷ 1.9"),
    Figure(Quantity.reported(1.9e6, "USD", 1e5), "value", (OTHER,), period=Period.parse("2021-Q1")),
    Figure(Quantity.reported(48.6, "percent", 0.1), "share", (OTHER,)),
    Figure(Quantity.reported(16, "items"), "count", (OTHER,)),
    Figure(Quantity.reported(-10.7, "percent", 0.1), "growth_yoy", (OTHER,)),
    Figure(Quantity.reported(48.6e9, "USD", 1e8), "value", (SOURCE,)),
)


def answer() -> Reply:
    """An answer with several figures."""
    one = reply("One.")
    return replace(one, answer=replace(one.answer, figures=FIGURES, sources=(SOURCE, OTHER)))


@pytest.mark.parametrize(
    ("quote", "places"),
    [
        ("$59.1 million", [0]),
        ("59,1 milyon dolar", [0]),
        ("59 100 000", [0]),
        ("about 31.1 times", [1]),
        ("30.3 to 32.0", [1]),
        ("the $1.9 million of the first quarter of 2021", [2]),
        ("48.6%", [3]),
        ("$48.6 billion", [6]),
        ("16 drones", [4]),
        ("fell by 10.7%", [5]),
        ("first quarter of 2022", []),
        ("no number", []),
        ("0", []),
        ("9" * 500, []),
    ],
)
def test_the_figure_of_a_quote_is_found(quote: str, places: list[int]) -> None:
    """By its digits as they are written in any language, the sign told by the unit."""
    assert quoted(quote, answer()) == [FIGURES[place] for place in places]


async def ask_source(person: Person, desk: ScriptedDesk, quote: str) -> tuple[list[Any], dict[str, Any]]:
    """Reply "source?" to a piece of an answer."""
    desk.replies["how much?"] = answer()
    source = reply("Sources are …")
    desk.replies["source?"] = replace(source, answer=replace(source.answer, kind=Kind.SOURCE))
    await person.says("how much?")
    shown = person.api.message(person.api.newest)
    await person.says("something else")
    return await person.says("source?", reply_to_message=shown, quote={"text": quote, "position": 0}), shown


async def test_a_quoted_number_gets_its_own_source(person: Person, desk: ScriptedDesk) -> None:
    """And not those of the other numbers."""
    (call,), _ = await ask_source(person, desk, "$1.9 million")
    assert call.text == (
        "<b>$1.9 million</b>: Defence, Türkiye → Ukraine, 2021-Q1, $1.9 million\n\n"
        "[1] TIM: Bulletin, published 2022-04-05\n"
        '<a href="https://tim.example/b">https://tim.example/b</a>'
    )


async def test_a_computed_number_shows_its_formula(person: Person, desk: ScriptedDesk) -> None:
    """With the sources of what it was computed from."""
    (call,), _ = await ask_source(person, desk, "31.1")
    assert "Computed here: 59.1 ÷ 1.9. It rests on:" in call.text
    assert "Daily &lt;Sabah&gt;: Defense &amp; exports" in call.text


async def test_a_quote_without_a_number_is_a_question_on_the_answer(person: Person, desk: ScriptedDesk) -> None:
    """Leaning on that answer, as any reply to it."""
    (call,), _ = await ask_source(person, desk, "Türkiye")
    assert call.text.startswith("Sources are …")
    assert desk.asked[-1][:2] == ("source?", "after One.")


async def test_another_question_on_a_quoted_number(person: Person, desk: ScriptedDesk) -> None:
    """Is answered as what it is."""
    desk.replies["how much?"] = answer()
    await person.says("how much?")
    shown = person.api.message(person.api.newest)
    quote = {"text": "59.1", "position": 0}
    (call,) = await person.says("and Poland?", reply_to_message=shown, quote=quote)
    assert call.text.startswith("Answer to: and Poland?")


def test_an_answer_without_figures_has_no_quotes() -> None:
    """Nothing to find."""
    none: Answer = replace(answer().answer, status=Status.DECLINED, figures=())
    assert quoted("59.1", replace(answer(), answer=none)) == []
