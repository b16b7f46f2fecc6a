"""Pictures of answers: sent once as a file, then by Telegram's own id."""

from dataclasses import replace

import pytest

from bot.state import State
from knowledge.charts.sketch import Sketch
from knowledge.desk import Desk, Reply
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import Person

PNG = b"\x89PNG\r\n\x1a\n"


def drawable() -> Reply:
    """An answer with two figures."""
    one = reply("By year.")
    return replace(one, answer=replace(one.answer, figures=one.answer.figures * 2))


@pytest.fixture
async def sketch(store_path: object, desk: ScriptedDesk) -> Sketch:
    """A picture of the real desk, laid ready for the scripted one."""
    from pathlib import Path  # noqa: PLC0415

    from tests.conftest import TODAY  # noqa: PLC0415

    assert isinstance(store_path, Path)
    real = Desk(store_path.parent, lambda: TODAY)
    found = await real.sketch(await real.ask("steel exports by year 2019-2025"))
    await real.close()
    assert found
    desk.replies["by year"] = drawable()
    desk.sketches["By year."] = found
    return found


async def test_a_picture_is_drawn_and_then_reused(person: Person, sketch: Sketch, state: State) -> None:
    """The numbers stand beside it in words; the second time it is not uploaded; a restart does not matter."""
    (answer,) = await person.says("by year")
    assert "Chart" in answer.labels
    _, sent = await person.presses("Chart")
    assert (sent.method, sent.asked["caption"]) == ("sendPhoto", sketch.caption)
    assert sent.file[0] == f"waybill-{answer.receipt}.png"
    assert sent.file[1].startswith(PNG)
    assert len(sent.asked["caption"]) <= 1024
    file_id = await state.files.get(sketch.key)
    assert file_id
    person.forgotten()
    _, again = await person.presses("Chart", answer)
    assert (again.asked["photo"], again.files) == (file_id, ())
    assert again.asked["caption"] == sketch.caption


async def test_a_file_that_telegram_does_not_know_is_sent_anew(person: Person, sketch: Sketch, state: State) -> None:
    """As when the bot got another token."""
    await state.files.put(sketch.key, "old")
    await person.says("by year")
    person.api.faults["sendPhoto"].append((400, "Bad Request: wrong file identifier/HTTP URL specified"))
    _, refused, sent = await person.presses("Chart")
    assert refused.asked["photo"] == "old"
    assert sent.file[1].startswith(PNG)
    assert await state.files.get(sketch.key) not in (None, "old")


async def test_where_pictures_are_not_allowed_words_must_do(person: Person, sketch: Sketch) -> None:
    """The caption holds the numbers."""
    await person.says("by year")
    person.api.faults["sendPhoto"].append((400, "Bad Request: not enough rights to send photos to the chat"))
    _, _, said = await person.presses("Chart")
    assert said.method == "sendMessage"
    assert sketch.caption.split("\n", 1)[0] in said.text


async def test_an_answer_without_a_picture(person: Person, desk: ScriptedDesk) -> None:
    """Says so."""
    desk.replies["by year"] = drawable()
    await person.says("by year")
    _, said = await person.presses("Chart")
    assert said.text.startswith("A picture of this answer would say nothing")
    await person.says("one figure")
    assert "Chart" not in person.api.made("sendMessage")[-1].labels
