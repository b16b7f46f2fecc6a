"""Outbox to Telegram: every fault treated as it should be, nothing lost, Telegram's limits kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery import DAY, MOST_ATTEMPTS, UNDER_WAY, Sender
from bot.state import State, open_state
from bot.state.mail import Message, Policy
from bot.state.tables import outbox
from tests.bot.post_office import MOVED_BY, Odds, PostOffice
from tests.bot.state.conftest import Clock

NOTHING = Odds(0, 0, 0, 0, 0, 0)


class House:
    """A state, a post office, a sender between them, and a clock that goes when the sender sleeps."""

    def __init__(self, state: State, clock: Clock, place: Path, odds: Odds = NOTHING) -> None:
        self.state, self.clock = state, clock
        self.office = PostOffice(odds, clock)
        self.stop = asyncio.Event()
        self.until = float("inf")
        self.sender = Sender(state, "http://127.0.0.1/bot1:x", self.office, "me", place, clock=clock, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        """Time passes at once, when what is under way is done; what cannot end by itself is ended."""
        if under_way := {task for task in asyncio.all_tasks() if task.get_name() == UNDER_WAY}:
            await asyncio.wait(under_way)
        self.clock.now += seconds
        if self.clock.now > self.until or set(await self.state.outbox.count()) <= {"sent", "dead", "unknown"}:
            self.stop.set()
        await asyncio.sleep(0)

    async def send(self, *messages: Message, seconds: float = 10 * DAY) -> None:
        """Send messages, and all that was put before, for so long at most."""
        await self.state.outbox.put(messages)
        self.stop.clear()
        self.until = self.clock.now + seconds
        await self.sender.run(self.stop)

    async def rows(self) -> list[dict[str, Any]]:
        """What became of each."""
        async with self.state.database.read() as connection:
            return [dict(row) for row in (await connection.execute(select(outbox).order_by(outbox.c.id))).mappings()]


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    """An empty state; the queries are tested on both databases where they are."""
    async with open_state(None, tmp_path, Clock()) as opened:
        yield opened


@pytest.fixture
def house(state: State, tmp_path: Path) -> House:
    """A house where nothing goes wrong by chance."""
    clock = state.database._clock
    assert isinstance(clock, Clock)
    return House(state, clock, tmp_path)


@pytest.fixture(autouse=True)
def no_idle_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else puts anything in the outbox."""
    monkeypatch.setattr("bot.delivery.LOOK_EVERY", DAY)


def message(chat: int = 5, **changes: Any) -> Message:
    """A message."""
    return Message(**{"chat": chat, "dedupe": "q3", "parameters": {"text": "steel <b>up</b>"}, **changes})


async def test_it_arrives(house: House) -> None:
    """Once, with its parameters, in its topic."""
    parameters: dict[str, Any] = {
        "text": "a",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": []},
        "empty": None,
    }
    await house.send(message(-5, topic=9, parameters=parameters))
    (asked,) = house.office.said
    assert asked == {
        "method": "sendMessage", "chat_id": "-5", "message_thread_id": "9", "text": "a", "parse_mode": "HTML",
        "reply_markup": '{"inline_keyboard": []}',
    }  # fmt: skip
    (row,) = await house.rows()
    assert (row["state"], row["message"], row["attempts"]) == ("sent", 1, 1)


async def test_a_picture_is_read_from_the_home(house: House, tmp_path: Path) -> None:
    """Only its name is in the outbox."""
    (tmp_path / "a.png").write_bytes(b"png")
    await house.send(message(method="sendPhoto", picture="a.png", parameters={"caption": "c"}))
    assert house.office.said[0]["method"] == "sendPhoto"
    assert house.office.said[0]["photo"].startswith("attach://")


REFUSALS: list[tuple[tuple[int, str, dict[str, Any]], str, int]] = [
    ((429, "Too Many Requests: retry after 5", {"retry_after": 5}), "sent", 1),
    ((500, "Internal Server Error: restart", {}), "sent", 2),
    ((403, "Forbidden: bot was blocked by the user", {}), "dead", 1),
    ((400, "Bad Request: chat not found", {}), "sent", 2),
    ((400, "Bad Request: TOPIC_CLOSED", {}), "dead", 1),
    ((400, "Bad Request: message thread not found", {}), "sent", 2),
    ((400, "Bad Request: can't parse entities: x", {}), "sent", 2),
    ((400, "Bad Request: message is too long", {}), "dead", 1),
    ((400, "Bad Request: never heard of", {}), "sent", 2),
    ((401, "Unauthorized", {}), "sent", 1),
    ((400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -77}), "sent", 1),
]


@pytest.mark.parametrize(("answer", "stage", "attempts"), REFUSALS, ids=str)
async def test_a_refusal(house: House, answer: tuple[int, str, dict[str, Any]], stage: str, attempts: int) -> None:
    """What passes is waited out, what stays ends the message, and the row says why."""
    house.office.script = [answer]
    await house.send(message(-5, topic=9, parameters={"text": "a &lt; <b>b</b>", "parse_mode": "HTML"}))
    (row,) = await house.rows()
    assert (row["state"], row["attempts"]) == (stage, attempts)
    assert row["body"] is None
    assert bool(row["error"]) is (stage == "dead")


async def test_what_it_waits_is_what_telegram_says(house: House) -> None:
    """Over restarts too: it stands in the row."""
    house.office.script = [(429, "Too Many Requests: retry after 10072", {"retry_after": 10072})]
    await house.send(message())
    first, second = (moment for moment, _ in house.office.asked)
    assert 10072 <= second - first < 10072 + 10


async def test_a_chat_that_is_not_found_is_asked_for_once_more_the_next_day(house: House) -> None:
    """Then it is shut, and what else waits for it ends."""
    house.office.script = [(400, "Bad Request: chat not found", {})] * 3
    await house.send(message(), message(dedupe="q4"), seconds=3 * DAY)
    first, *_, last = (moment for moment, _ in house.office.asked)
    assert last - first >= DAY
    chat = await house.state.chats.get(5)
    assert chat
    assert (chat.active, chat.kind, chat.reason) == (False, "private", "Chat not found")


async def test_who_blocked_the_bot_is_left_alone(house: House) -> None:
    """With all that was to come, until they start it again."""
    house.office.script = [(403, "Forbidden: bot was blocked by the user", {})]
    await house.send(message(), message(dedupe="q4"))
    assert [(row["state"], row["error"]) for row in await house.rows()] == [
        ("dead", "Forbidden: bot was blocked by the user")
    ] * 2
    assert len(house.office.asked) == 1
    await house.send(message(dedupe="q5"), seconds=3600)
    assert len(house.office.asked) == 1
    await house.state.chats.activate(5, "private")
    await house.send()
    assert len(house.office.asked) == 2


async def test_refused_markup_goes_out_as_plain_text(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """It is our fault: the log says so."""
    house.office.script = [(400, "Bad Request: can't parse entities: x", {})]
    await house.send(message(parameters={"text": "a &lt; <b>b</b>", "parse_mode": "HTML"}))
    assert house.office.said[1] == {"method": "sendMessage", "chat_id": "5", "text": "a < b"}
    assert "markup" in caplog.text


async def test_where_no_pictures_may_be_shown_the_words_go(house: House, tmp_path: Path) -> None:
    """As a message."""
    (tmp_path / "a.png").write_bytes(b"png")
    house.office.script = [(400, "Bad Request: not enough rights to send photos to the chat", {})]
    await house.send(message(method="sendPhoto", picture="a.png", parameters={"caption": "c", "parse_mode": "HTML"}))
    assert house.office.said[1] == {"method": "sendMessage", "chat_id": "5", "text": "c", "parse_mode": "HTML"}


async def test_a_topic_that_is_gone_is_left(house: House) -> None:
    """The message goes to the chat itself, and so does all that is followed there."""
    added, _ = await house.state.subscriptions.add(-5, 9, "topic", "steel", language="en", frequency="quarterly")
    house.office.script = [(400, "Bad Request: message thread not found", {})]
    await house.send(message(-5, topic=9))
    assert "message_thread_id" not in house.office.said[1]
    (found,) = await house.state.subscriptions.of(-5)
    assert (found.id, found.topic) == (added.id, 0)


async def test_an_unknown_refusal_is_tried_a_few_times(house: House) -> None:
    """Then it is set aside, where admins see it."""
    house.office.script = [(400, "Bad Request: never heard of", {})] * 9
    await house.send(message())
    assert len(house.office.asked) == MOST_ATTEMPTS
    assert await house.state.outbox.reasons() == [("dead", "Never heard of", 1)]


async def test_a_notice_that_may_have_arrived_is_not_sent_again(house: House) -> None:
    """A digest is."""
    house.office.script = [(502, "Bad Gateway", {})] * 2
    await house.send(message(1, policy=Policy.ONCE), message(2))
    assert [(row["state"], row["ambiguous"]) for row in await house.rows()] == [("unknown", 0), ("sent", 1)]


async def test_when_telegram_takes_less_all_slow_down(house: House) -> None:
    """And speed up again when it takes more."""
    house.office.script = [(429, "Too Many Requests: retry after 1", {"retry_after": 1})] * 8
    await house.send(*(message(chat) for chat in range(1, 400)))
    gaps = sorted(
        after - before for (before, _), (after, _) in zip(house.office.asked, house.office.asked[1:], strict=False)
    )
    assert gaps[-30] > 1.5 / house.state.outbox.fastest
    assert await house.state.outbox.slow_down(1) == house.state.outbox.fastest


async def test_answers_to_questions_go_first(state: State, tmp_path: Path) -> None:
    """Each of them takes the place of a message in the outbox."""
    clock = Clock()
    house = House(state, clock, tmp_path)
    asked = iter([10, 0])
    state.database._clock = clock
    house.sender._besides = lambda: next(asked, 0)
    await house.send(message())
    assert house.office.asked[0][0] - 1_800_000_000 == pytest.approx(10 / state.outbox.fastest)


async def test_a_broadcast(state: State, tmp_path: Path) -> None:
    """With everything going wrong: nothing lost, nobody wrongly given up, twice only what was in doubt, in time."""
    clock = Clock()
    state.database._clock = clock
    house = House(state, clock, tmp_path, Odds())
    chats = [*range(1, 601), *range(-200, 0)]
    began = clock.now
    await house.send(*(message(chat, parameters={"text": "up"}) for chat in chats))
    office, rows = house.office, await house.rows()
    reached = {chat for chat in chats if office.got[chat]["up"]}
    dead = {row["chat"] for row in rows if row["state"] == "dead"}
    assert reached | dead == set(chats)
    assert dead == {chat for chat in chats if office.is_blocked(chat)}
    doubtful = {row["chat"] + MOVED_BY if row["chat"] <= -MOVED_BY else row["chat"] for row in rows if row["ambiguous"]}
    assert {chat for chat in chats if office.got[chat]["up"] > 1} <= doubtful
    assert any(office.has_moved(chat) for chat in chats)
    assert office.most_in(1.0) <= 30
    assert max(office.most_in(1.0, chat) for chat in chats) == 1
    bulk = [moment for moment, _ in office.asked][: len(chats)]
    assert len(bulk) / (bulk[-1] - began) >= 27
