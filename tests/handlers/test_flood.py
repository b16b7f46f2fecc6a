"""The budgets of people and groups."""

import pytest

from handlers.flood import GROUP, PERSON, WAITING, Admission, Guard
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import USER, Person


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.mark.parametrize(("who", "budget"), [(7, PERSON), (-7, GROUP)])
def test_a_budget_is_used_up_and_fills_again(who: int, budget: object) -> None:
    """So many at once, one request to slow down a minute, then silence; others are not concerned."""
    clock = Clock()
    guard = Guard(clock)
    size = int(PERSON.burst if budget is PERSON else GROUP.burst)
    assert {guard.admit(who) for _ in range(size)} == {Admission.ANSWER}
    assert [guard.admit(who) for _ in range(3)] == [Admission.WARN, Admission.IGNORE, Admission.IGNORE]
    assert guard.admit(who * 2) is Admission.ANSWER
    clock.now += 60
    minute = int(PERSON.a_minute if budget is PERSON else GROUP.a_minute)
    assert {guard.admit(who) for _ in range(minute)} == {Admission.ANSWER}
    assert guard.admit(who) is Admission.WARN


def test_what_waits_behind_counts() -> None:
    """Who sends without reading the answers gets an answer to the last messages."""
    guard = Guard(Clock())
    found = [guard.admit(7, waiting=29 - number) for number in range(30)]
    assert found.count(Admission.ANSWER) == WAITING + 1
    assert found.count(Admission.WARN) == 1
    assert found[0] is Admission.WARN
    assert set(found[-WAITING - 1 :]) == {Admission.ANSWER}


async def test_a_flood_is_answered_politely_once(person: Person, desk: ScriptedDesk) -> None:
    """Messages and presses alike; the desk is not asked."""
    person.services.guard = Guard(Clock())
    (answer,) = await person.says("one")
    while len(desk.asked) < PERSON.burst:
        await person.says("and?")
    (call,) = await person.says("and?")
    assert call.text.startswith("That is more than I can answer at once.")
    assert await person.says("and?") == []
    assert await person.presses("A year earlier", answer) == []
    assert len(desk.asked) == PERSON.burst


async def test_a_flood_of_presses_is_answered_by_a_notice(person: Person) -> None:
    """Where the button is."""
    person.services.guard = Guard(Clock())
    (answer,) = await person.says("one")
    calls = [call for _ in range(int(PERSON.burst)) for call in await person.presses("Sources in full", answer)]
    assert calls[-1].method == "answerCallbackQuery"
    assert calls[-1].text.startswith("That is more")


async def test_messages_that_wait_are_counted_by_the_lanes(person: Person, desk: ScriptedDesk) -> None:
    """A chat that waits for more than a handful of answers is told, before the desk is asked."""
    person.services.waiting = {USER: WAITING + 1}.__getitem__
    (call,) = await person.says("one")
    assert call.text.startswith("That is more")
    assert desk.asked == []
