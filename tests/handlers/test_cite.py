"""Citations: their shape, and that they can be copied."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.cite import Cited, apa, own, short
from tests.handlers.scripted import SOURCE, ScriptedDesk, reply
from tests.telegram_limits import Markup
from tests.telegram_offline import Person

TODAY = date(2026, 11, 23)
RETRIEVED = f"Retrieved November 23, 2026, from {SOURCE.url}"
LINK = "https://t.me/waybill_bot?start=k7qm2x9d"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {},
            f"Daily <Sabah>. (2022, April 5). Defense & exports. {RETRIEVED}",
        ),
        (
            {"published": "2022-04", "kind": "official_statistics"},
            f"Daily <Sabah>. (2022, April). Defense & exports [Data set]. {RETRIEVED}",
        ),
        ({"published": "2022", "url": ""}, "Daily <Sabah>. (2022). Defense & exports."),
        ({"published": "", "url": "", "title": "A title."}, "Daily <Sabah>. (n.d.). A title."),
    ],
)
def test_a_source_in_apa_shape(changes: dict[str, str], text: str) -> None:
    """Who, when, what, the day of retrieval, where; as precise as the date is known."""
    assert apa(replace(SOURCE, **changes), TODAY) == text


def test_the_answer_itself() -> None:
    """With the link to its receipt."""
    assert own(Cited((SOURCE,), "How much?", TODAY, LINK)) == (
        f"Waybill. (2026, November 23). How much? [Answer of a Telegram bot]. {LINK}"
    )


@pytest.mark.parametrize("size", [0, 10, 300])
@pytest.mark.parametrize("publisher", ["TIM", "P" * 300])
def test_the_short_one_fits_a_button(size: int, publisher: str) -> None:
    """256 characters, cut in its title; the link is always whole."""
    text = short(Cited((replace(SOURCE, title="t" * size, publisher=publisher),), "?", TODAY, LINK))
    assert len(text) <= 256
    assert text.endswith(LINK)
    assert (publisher == "TIM") == text.startswith("TIM (2022). ")


async def test_the_button_shows_citations(person: Person) -> None:
    """Each in a block of its own that a tap copies; a short one on a button."""
    (answer,) = await person.says("how much?")
    _, said = await person.presses("Cite")
    assert said.text.count("<pre>") == 2
    assert "<pre>Daily &lt;Sabah&gt;. (2022, April 5)." in said.text
    assert f"Answer of a Telegram bot]. https://t.me/waybill_bot?start={answer.receipt}</pre>" in said.text
    ((button,),) = said.asked["reply_markup"]["inline_keyboard"]
    assert button["text"] == "Copy a short citation"
    assert button["copy_text"]["text"].startswith("Daily <Sabah> (2022). Defense & exports. https://t.me/")


async def test_many_sources_are_counted(person: Person, desk: ScriptedDesk) -> None:
    """Ten in full."""
    one = reply("One.")
    desk.replies["one"] = replace(one, answer=replace(one.answer, sources=(SOURCE,) * 14))
    await person.says("one")
    _, said = await person.presses("Cite")
    assert said.text.count("<pre>") == 11
    assert "Further reports of the same figures: 4." in said.text
    assert Markup(said.text).text
