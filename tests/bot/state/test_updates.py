"""What is followed goes to the outbox: each quarter once, late rather than never, at the chosen hour."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.state import State
from bot.state.tables import outbox
from bot.updates import enqueue, send_at
from handlers.kept import Chat
from handlers.news import NOW, QUARTERLY, QUESTION, TOPIC, YEARLY, answer_seen, first_seen
from knowledge.charts.sketch import Bar, Columns, Sketch
from knowledge.followed import Topic
from knowledge.period import Period
from knowledge.update import Update
from tests.bot.state.conftest import Clock
from tests.handlers.scripted import ScriptedDesk, reply

STEEL, DRONE = Topic("steel"), Topic(system="sys-tb2")
FIRST = Period.parse("2026-Q1")


def stands(topic: Topic, newest: Period, **changes: object) -> Update:
    """How a topic stands: the figure of a quarter is its code."""
    figures = {str(at): f"{at} ${at}" for at in (newest.shifted(-3 * back) for back in range(4))}
    found = Update(
        str(topic).upper(), newest, reply(f"{topic} in {newest}").wording, says=True, figures=figures, reports={}
    )
    return replace(found, **changes)  # type: ignore[arg-type]


@pytest.fixture
def desk() -> ScriptedDesk:
    """A desk that knows steel and a drone up to the first quarter."""
    return ScriptedDesk(updates={str(STEEL): stands(STEEL, FIRST), str(DRONE): stands(DRONE, FIRST, figures={})})


async def follows(state: State, desk: ScriptedDesk, chat: int, topic: Topic, frequency: str = QUARTERLY) -> None:
    """A chat begins to follow a topic."""
    seen = await first_seen(desk, state, topic, "en")
    await state.subscriptions.add(chat, 0, TOPIC, str(topic), language="en", frequency=frequency, seen=seen)


async def texts(state: State, chat: int) -> list[str]:
    """What was put into the outbox for a chat."""
    async with state.database.read() as connection:
        rows = await connection.execute(select(outbox.c.body).where(outbox.c.chat == chat).order_by(outbox.c.id))
        return [json.loads(body)["parameters"]["text"] for body in rows.scalars()]


def told(sent: list[str], what: str) -> int:
    """How often something was told."""
    return sum(text.count(what) for text in sent)


async def test_a_year_on_time_late_revised_and_down(
    state: State, desk: ScriptedDesk, tmp_path: Path, clock: Clock
) -> None:
    """Whatever happens, each subscriber gets each quarter exactly once, and each revision of what was told."""
    await follows(state, desk, 1, STEEL)
    await follows(state, desk, 2, STEEL, NOW)
    await follows(state, desk, 3, STEEL, YEARLY)
    days = {100: "2026-Q2", 195: "2026-Q3", 280: "2026-Q4", 371: "2027-Q1"}
    down = range(190, 206)
    for day in range(380):
        clock.now += 86_400
        if day in days:
            desk.updates[str(STEEL)] = stands(STEEL, Period.parse(days[day]))
        if day == 150:
            now = desk.updates[str(STEEL)]
            desk.updates[str(STEEL)] = replace(now, figures={**now.figures, "2026-Q2": "9 $revised"})
        if day > 150 and day in days:
            now = desk.updates[str(STEEL)]
            desk.updates[str(STEEL)] = replace(now, figures={**now.figures, "2026-Q2": "9 $revised"})
        if day not in down:
            await enqueue(state, desk, tmp_path)
            await enqueue(state, desk, tmp_path)
    for quarter in days.values():
        assert [told(await texts(state, chat), f"product:steel in {quarter}") for chat in (1, 2)] == [1, 1]
    assert told(await texts(state, 1), "product:steel in 2026-Q1") == 0
    assert [told(await texts(state, chat), "$2026-Q2 before, $revised now") for chat in (1, 2)] == [1, 1]
    assert told(await texts(state, 3), "product:steel in 2026") == 1
    assert len(await texts(state, 3)) == 1
    assert (len(await texts(state, 1)), len(await texts(state, 2))) == (4, 5)


async def test_two_quarters_at_once_after_a_long_time_down(state: State, desk: ScriptedDesk, tmp_path: Path) -> None:
    """Both are told, in one message."""
    await follows(state, desk, 1, STEEL)
    desk.updates[str(STEEL)] = stands(STEEL, Period.parse("2026-Q3"))
    assert await enqueue(state, desk, tmp_path) == 1
    (text,) = await texts(state, 1)
    assert [f"in {quarter}" in text for quarter in ("2026-Q1", "2026-Q2", "2026-Q3")] == [False, True, True]


async def test_nothing_new_is_nothing_sent(state: State, desk: ScriptedDesk, tmp_path: Path) -> None:
    """Nor is a quarter of which nothing is known."""
    await follows(state, desk, 1, STEEL, NOW)
    await follows(state, desk, 1, DRONE, NOW)
    assert await enqueue(state, desk, tmp_path) == 0
    desk.updates[str(DRONE)] = stands(DRONE, FIRST.shifted(3), figures={}, says=False)
    assert await enqueue(state, desk, tmp_path) == 0


async def test_a_new_report_is_told_once(state: State, desk: ScriptedDesk, tmp_path: Path, clock: Clock) -> None:
    """To who follows as it happens; several topics stand in one message."""
    await follows(state, desk, 1, DRONE, NOW)
    await follows(state, desk, 1, STEEL)
    clock.now += 60
    desk.updates[str(DRONE)] = stands(DRONE, FIRST, figures={}, reports={"e1": "Poland ordered 24."})
    desk.updates[str(STEEL)] = stands(STEEL, FIRST.shifted(3))
    await enqueue(state, desk, tmp_path)
    await enqueue(state, desk, tmp_path)
    (text,) = await texts(state, 1)
    assert "Poland ordered 24." in text
    assert "product:steel in 2026-Q2" in text
    clock.now += 60
    await follows(state, desk, 2, DRONE, NOW)
    await enqueue(state, desk, tmp_path)
    assert await texts(state, 2) == []


async def test_a_standing_question_tells_only_a_difference(state: State, desk: ScriptedDesk, tmp_path: Path) -> None:
    """With the answer before it."""
    desk.replies["steel?"] = reply("It is 4.")
    seen = answer_seen(desk.replies["steel?"])
    await state.subscriptions.add(1, 0, QUESTION, "steel?", language="en", frequency=NOW, seen=seen)
    assert await enqueue(state, desk, tmp_path) == 0
    desk.replies["steel?"] = reply("It is 5.")
    assert await enqueue(state, desk, tmp_path) == 1
    assert await enqueue(state, desk, tmp_path) == 0
    (text,) = await texts(state, 1)
    assert "It is 5." in text
    assert "Before: It is 4." in text


async def test_who_paused_stopped_or_blocked_hears_nothing(state: State, desk: ScriptedDesk, tmp_path: Path) -> None:
    """And is not forgotten: once the bot may write again, what was missed comes."""
    for chat in (1, 2, 3):
        await follows(state, desk, chat, STEEL)
    (paused,) = await state.subscriptions.of(1)
    await state.subscriptions.change(paused.id, 1, paused=True)
    await state.chats.deactivate(2, "private", "blocked")
    await state.subscriptions.remove_all(3)
    desk.updates[str(STEEL)] = stands(STEEL, FIRST.shifted(3))
    assert await enqueue(state, desk, tmp_path) == 0
    await state.chats.activate(2, "private")
    assert await enqueue(state, desk, tmp_path) == 1
    await state.subscriptions.remove_all(2)
    assert await texts(state, 2) == []


async def test_forum_topics_get_their_own(state: State, desk: ScriptedDesk, tmp_path: Path) -> None:
    """Each what was set up in it."""
    seen = await first_seen(desk, state, STEEL, "en")
    for topic in (0, 7):
        await state.subscriptions.add(-1, topic, TOPIC, str(STEEL), language="en", frequency=NOW, seen=seen)
    desk.updates[str(STEEL)] = stands(STEEL, FIRST.shifted(3))
    assert await enqueue(state, desk, tmp_path) == 2
    async with state.database.read() as connection:
        assert sorted((await connection.execute(select(outbox.c.topic))).scalars()) == [0, 7]


async def test_other_words_are_no_revision(state: State, desk: ScriptedDesk, clock: Clock, tmp_path: Path) -> None:
    """Nor is the same figure in another language, which another subscriber reads."""
    await follows(state, desk, 1, STEEL, NOW)
    clock.now += 60
    now = desk.updates[str(STEEL)]
    desk.updates[str(STEEL)] = replace(now, figures={of: f"{one} TL" for of, one in now.figures.items()})
    seen = await first_seen(desk, state, STEEL, "tr")
    await state.subscriptions.add(2, 0, TOPIC, str(STEEL), language="tr", frequency=NOW, seen=seen)
    assert await enqueue(state, desk, tmp_path) == 0
    await state.chats.set(1, "private", language="uk")
    assert await enqueue(state, desk, tmp_path) == 0


async def test_a_picture_stands_beside_the_note(state: State, desk: ScriptedDesk, tmp_path: Path) -> None:
    """Drawn once, its numbers in its caption."""
    await follows(state, desk, 1, STEEL)
    await follows(state, desk, 2, STEEL)
    bars = tuple(Bar(name, 1.0, "1") for name in ("2026-Q1", "2026-Q2"))
    shown = Sketch("Steel", "$", (Columns(bars, ((0.0, "0"), (1.0, "1"))),), (), "TIM", "Steel: 1, 1")
    desk.updates[str(STEEL)] = stands(STEEL, FIRST.shifted(3), picture=shown)
    assert await enqueue(state, desk, tmp_path) == 2
    async with state.database.read() as connection:
        bodies = [json.loads(body) for body in (await connection.execute(select(outbox.c.body))).scalars()]
    photos = [body for body in bodies if body["method"] == "sendPhoto"]
    assert [body["parameters"]["caption"] for body in photos] == ["Steel: 1, 1"] * 2
    assert (tmp_path / photos[0]["picture"]).read_bytes().startswith(b"\x89PNG")


def moment(text: str) -> float:
    """Seconds since 1970 of a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("settings", "at_once", "now", "then"),
    [
        ({}, False, "2026-11-23 08:30", "2026-11-23 09:00"),
        ({}, False, "2026-11-23 09:20", "2026-11-23 09:20"),
        ({}, False, "2026-11-23 10:00", "2026-11-24 09:00"),
        ({}, True, "2026-11-23 03:10", "2026-11-23 03:10"),
        ({"quiet_from": 22, "quiet_until": 7}, True, "2026-11-23 03:10", "2026-11-23 07:00"),
        ({"quiet_from": 22, "quiet_until": 7}, True, "2026-11-23 12:10", "2026-11-23 12:10"),
        ({"hour": 23, "quiet_from": 22, "quiet_until": 7}, False, "2026-11-23 12:10", "2026-11-24 07:00"),
        ({"hour": 8, "zone": "Europe/Istanbul"}, False, "2026-11-23 00:00", "2026-11-23 05:00"),
        ({"hour": 8, "zone": "Europe/Berlin"}, False, "2026-03-28 12:00", "2026-03-29 06:00"),
        ({"hour": 2, "zone": "Europe/Berlin"}, False, "2026-03-28 12:00", "2026-03-30 00:00"),
        ({"hour": 8, "zone": "Nowhere/Atall"}, False, "2026-11-23 00:00", "2026-11-23 08:00"),
    ],
)
def test_the_hour(settings: dict[str, int | str], at_once: bool, now: str, then: str) -> None:
    """In the chat's own time zone, over the change to summer time; never in the quiet hours."""
    chat = replace(Chat(1, "private"), **settings)  # type: ignore[arg-type]
    assert send_at(chat, moment(now), at_once=at_once) == moment(then)
