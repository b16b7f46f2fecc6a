"""Guest mode: named where it is no member, the bot answers once."""

import pytest

from handlers.ask import LONGEST
from knowledge.answer import Status
from tests.handlers.group import BOB, Group
from tests.handlers.scripted import ScriptedDesk, reply
from tests.telegram_limits import Markup
from tests.telegram_offline import Call, Person


@pytest.fixture
def group(person: Person) -> Group:
    """A group."""
    return Group(person)


def shown(call: Call) -> str:
    """What the answer says."""
    result = call.asked["result"]
    assert call.method == "answerGuestQuery"
    assert call.asked["guest_query_id"] == "guest1"
    assert 0 < len(result["id"].encode()) <= 64
    assert result["title"].strip()
    content = result["input_message_content"]
    assert Markup(content["message_text"]).text.strip()
    return str(content["message_text"])


async def test_it_is_answered_by_its_query(group: Group, desk: ScriptedDesk) -> None:
    """With the whole answer and its source; nothing is sent to a chat that it is no member of."""
    (call,) = await group.guest("@waybill_bot how much?")
    assert shown(call).startswith("Answer to: how much?\n\nSources: [1]")
    assert desk.asked == [("how much?", None, None)]


async def test_it_is_answered_once(group: Group, desk: ScriptedDesk) -> None:
    """Though the message came as a member's as well, in either order, or came again."""
    raw = group.raw("@waybill_bot how much?")
    guest = {"update_id": 1, "guest_message": raw | {"guest_query_id": "guest1"}}
    member = {"update_id": 2, "message": raw}
    assert [len(await group.person.sends(update)) for update in (guest, member, guest)] == [1, 0, 0]
    raw = group.raw("@waybill_bot how many?")
    guest = {"update_id": 3, "guest_message": raw | {"guest_query_id": "guest2"}}
    assert [len(await group.person.sends(update)) for update in ({"update_id": 4, "message": raw}, guest)] == [1, 0]
    assert len(desk.asked) == 2


async def test_a_message_that_it_is_called_to_is_answered(group: Group, desk: ScriptedDesk) -> None:
    """If the caller only names it in reply to one."""
    await group.says("how much did Turkey export?", BOB)
    (call,) = await group.guest("@waybill_bot", to=group.api.newest)
    assert "how much did Turkey export?" in shown(call)
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    ("text", "told"), [("@waybill_bot", "@waybill_bot exports"), ("x" * (LONGEST + 1), "too long")]
)
async def test_without_a_question_it_says_how_to_ask(group: Group, desk: ScriptedDesk, text: str, told: str) -> None:
    """Or that it was too long."""
    (call,) = await group.guest(text)
    assert told in shown(call)
    assert desk.asked == []


async def test_choices_are_spelt_out(group: Group, desk: ScriptedDesk) -> None:
    """There are no buttons that only the asker could press."""
    desk.replies["turky"] = reply("Did you mean:", Status.CLARIFY, ("Turkey & co?", "Torquay?"))
    (call,) = await group.guest("@waybill_bot turky")
    assert shown(call) == "Did you mean:\n\n→ Turkey &amp; co?\n\n→ Torquay?"


@pytest.mark.parametrize("fault", ["query is too old and response timeout expired or query ID is invalid", "x"])
async def test_a_refusal_is_the_end_of_it(group: Group, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    """There is nobody to apologise to."""
    group.api.faults["answerGuestQuery"].append((400, f"Bad Request: {fault}"))
    assert len(await group.guest("@waybill_bot how much?")) == 1
    assert not caplog.records


async def test_a_fault_of_ours_is_not_told_there(group: Group, desk: ScriptedDesk) -> None:
    """The bot cannot write to that chat."""
    desk.error = ZeroDivisionError()
    assert await group.guest("@waybill_bot how much?") == []
