"""/check and links to receipts: what they show, whatever happened since."""

from dataclasses import replace

from bot.home import today
from bot.state import State
from knowledge.answer import Answer, Status
from knowledge.desk import Reply
from knowledge.quantity import Quantity
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_offline import USER, Person


def answering(value: float, **changes: object) -> Reply:
    """An answer whose figure has another value."""
    one = reply("One.")
    (figure,) = one.answer.figures
    figure = replace(figure, quantity=Quantity.reported(value, "USD", 1e5), **changes)  # type: ignore[arg-type]
    return replace(one, answer=replace(one.answer, figures=(figure,)))


async def test_a_receipt_shows_the_answer_again(person: Person, desk: ScriptedDesk) -> None:
    """The question, that nothing was revised, how it was computed and read, and the answer with its buttons."""
    await person.says("before")
    (given,) = await person.says("how <much>?")
    person.forgotten()
    (call,) = await person.says(f"/check {given.receipt.upper()}")
    assert call.method == "sendMessage"
    assert call.text.startswith(
        f"<b>Receipt {given.receipt}</b> of {today().isoformat()}\n\n"
        "The question was: <i>how &lt;much&gt;?</i>\n\n"
        "None of its figures has been revised since.\n\n"
        "<b>How it was computed</b>\n"
        "• Defence, Türkiye → Ukraine, 2022-Q1: $59.1 million, as published\n\n"
        "How the question was read:\n\n<pre>kind: level"
    )
    assert "<b>The answer</b>\n\nAnswer to: how &lt;much&gt;?" in call.text
    assert "Sources in full" in call.labels
    assert desk.asked[-1] == ("how <much>?", "after Answer to: before", "en")
    assert desk.days[-1] is not None


async def test_the_link_shows_the_receipt(person: Person) -> None:
    """Also to whoever never asked it."""
    (given,) = await person.says("how much?")
    (call,) = await person.says(f"/start {given.receipt}", chat={"id": 9, "type": "private"})
    assert call.text.startswith(f"<b>Receipt {given.receipt}</b>")
    assert call.asked["chat_id"] == 9


async def test_buttons_under_a_receipt_work(person: Person, desk: ScriptedDesk) -> None:
    """As under the answer."""
    (given,) = await person.says("how much?")
    (call,) = await person.says(f"/check {given.receipt}")
    await person.presses("A year earlier", call)
    assert desk.asked[-1][:2] == ("and a year earlier?", "after Answer to: how much?")


async def test_a_revision_is_told(person: Person, desk: ScriptedDesk) -> None:
    """What it was, what it is, and the answer of today."""
    desk.replies["how much?"] = answering(59.1e6)
    (given,) = await person.says("how much?")
    desk.replies["how much?"] = answering(61e6)
    (call,) = await person.says(f"/check {given.receipt}")
    assert (
        "<b>Revised since:</b>\n• Defence, Türkiye → Ukraine, 2022-Q1: $59.1 million then, $61 million now" in call.text
    )
    assert "<b>The answer as it is today</b>" in call.text


async def test_figures_that_are_gone_are_told(person: Person, desk: ScriptedDesk) -> None:
    """As they were, with how they had been computed."""
    desk.replies["how much?"] = answering(59.1e6, derived=True, formula="50 + 9.1")
    (given,) = await person.says("how much?")
    desk.replies["how much?"] = reply("I cannot tell any more.", Status.DECLINED)
    (call,) = await person.says(f"/check {given.receipt}")
    assert "does not lead to these figures any more:</b>\n• Defence" in call.text
    assert "$59.1 million, computed here: 50 + 9.1" in call.text
    assert "I cannot tell any more." in call.text


async def test_long_series_are_cut_short(person: Person, desk: ScriptedDesk) -> None:
    """A dozen figures, and how many more there are; in messages that Telegram takes."""
    one = answering(1e6)
    (figure,) = one.answer.figures
    many = tuple(replace(figure, measure=f"m{number}", derived=True) for number in range(300))
    desk.replies["by month"] = replace(one, answer=replace(one.answer, figures=many))
    (given,) = await person.says("by month")
    (call,) = await person.says(f"/check {given.receipt}")
    assert call.text.count("computed here") == 12
    assert "• … and 188 more" in call.text


async def test_reports_that_came_or_went_are_told(person: Person, desk: ScriptedDesk) -> None:
    """For answers about deals."""
    from knowledge.facts import Day, Event  # noqa: PLC0415

    def deals(*ids: str) -> Reply:
        one = reply("Deals.")
        events = tuple(
            Event(number, "order", "UKR", "TUR", "Baykar", "TB2", None, None, Day("2022"), "", "", "", "")
            for number in ids
        )
        answer: Answer = replace(one.answer, figures=(), events=events)
        return replace(one, answer=answer)

    desk.replies["deals"] = deals("e1", "e2")
    (given,) = await person.says("deals")
    desk.replies["deals"] = deals("e2", "e3")
    (call,) = await person.says(f"/check {given.receipt}")
    assert "Reports that it rests on have come or gone since: 2." in call.text


async def test_a_reply_to_an_answer_is_checked(person: Person) -> None:
    """/check alone, under the answer."""
    (given,) = await person.says("how much?")
    answer = person.api.message(person.api.newest)
    (call,) = await person.says("/check", reply_to_message=answer)
    assert call.text.startswith(f"<b>Receipt {given.receipt}</b>")


async def test_what_is_no_receipt_is_said(person: Person, desk: ScriptedDesk, state: State) -> None:
    """Without an id, with a wrong one, and after it was deleted; a link then opens the bot as usual."""
    assert "like /check k7qm2x9d" in (await person.says("/check"))[0].text
    assert "like /check k7qm2x9d" in (await person.says("/check what?"))[0].text
    assert "no receipt 00000000" in (await person.says("/check 00000000"))[0].text
    (given,) = await person.says("how much?")
    await state.chats.delete(USER)
    assert f"no receipt {given.receipt}" in (await person.says(f"/check {given.receipt}"))[0].text
    assert "answers questions" in (await person.says(f"/start {given.receipt}"))[0].text
    assert desk.asked == [("how much?", None, None)]
