"""One lane per chat: order within a chat, no waiting between chats."""

import asyncio
import gc

from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.lanes import Lanes, lane_of


def update(number: int, chat: int) -> Update:
    """A message in a private chat."""
    raw = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "text": str(number)}
    return Update.de_json({"update_id": number, "message": raw}, None)


class Work:
    """Handlers that wait to be let go, and a record of who started and ended when."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.gates: dict[int, asyncio.Event] = {}
        self.started: list[int] = []
        self.ended: list[int] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def _handle(self, number: int) -> None:
        self.started.append(number)
        await self.gates[number].wait()
        self.ended.append(number)

    def take(self, number: int, chat: int) -> None:
        """Hand an update to the lanes, as the application does."""
        self.gates[number] = asyncio.Event()
        processing = self.lanes.process_update(update(number, chat), self._handle(number))
        self.tasks.append(asyncio.create_task(processing))

    async def settle(self) -> None:
        """Let everything happen that can."""
        for _ in range(20):
            await asyncio.sleep(0)


async def test_a_chat_keeps_its_order_and_others_do_not_wait() -> None:
    """The second update of a chat starts when its first has ended; another chat's at once."""
    work = Work(Lanes())
    for number, chat in ((1, 7), (2, 7), (3, 8), (4, 7)):
        work.take(number, chat)
    await work.settle()
    assert work.started == [1, 3]
    work.gates[2].set()
    work.gates[4].set()
    await work.settle()
    assert work.started == [1, 3]
    work.gates[1].set()
    await work.settle()
    assert work.ended == [1, 2, 4]
    work.gates[3].set()
    await asyncio.gather(*work.tasks)


async def test_a_busy_chat_takes_one_place_only() -> None:
    """However many of its updates wait, the others have the rest."""
    work = Work(Lanes(at_once=2))
    for number in range(100):
        work.take(number, 7)
    work.take(200, 8)
    work.take(300, 9)
    await work.settle()
    assert work.started == [0, 200]
    for gate in work.gates.values():
        gate.set()
    await asyncio.gather(*work.tasks)
    assert [number for number in work.ended if number < 100] == list(range(100))


async def test_whoever_fetches_waits_for_room() -> None:
    """A flood stays at Telegram instead of in memory."""
    work = Work(Lanes(at_once=1, most_waiting=3))
    for number in range(3):
        work.take(number, number)
    await work.settle()
    waiting = asyncio.create_task(work.lanes.room())
    await work.settle()
    assert not waiting.done()
    work.gates[0].set()
    await work.settle()
    assert waiting.done()
    for gate in work.gates.values():
        gate.set()
    await asyncio.gather(*work.tasks)


async def test_a_failure_does_not_block_its_lane() -> None:
    """The next update of the chat comes all the same, and nothing is kept of either."""
    lanes = Lanes()

    async def fail() -> None:
        raise ZeroDivisionError

    done = []

    async def succeed() -> None:
        done.append(1)

    results = await asyncio.gather(
        lanes.process_update(update(1, 7), fail()),
        lanes.process_update(update(2, 7), succeed()),
        return_exceptions=True,
    )
    assert isinstance(results[0], ZeroDivisionError)
    assert done == [1]
    assert not lanes._lanes
    assert not lanes._waiting


async def test_an_update_cancelled_in_the_queue_leaves_no_trace() -> None:
    """Its handler is closed unstarted, without a warning, and the lane goes on."""
    work = Work(Lanes())
    for number in (1, 2, 3):
        work.take(number, 7)
    await work.settle()
    work.tasks[1].cancel()
    for gate in work.gates.values():
        gate.set()
    await asyncio.gather(*work.tasks, return_exceptions=True)
    gc.collect()
    assert work.ended == [1, 3]
    assert not work.lanes._lanes


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=30))
async def test_any_load_keeps_each_chats_order(load: list[tuple[int, int]]) -> None:
    """Whatever each update takes, those of one chat end in the order in which they came."""
    lanes, ended = Lanes(at_once=2), []

    async def handle(number: int, steps: int) -> None:
        for _ in range(steps):
            await asyncio.sleep(0)
        ended.append(number)

    tasks = [
        asyncio.create_task(lanes.process_update(update(number, chat), handle(number, steps)))
        for number, (chat, steps) in enumerate(load)
    ]
    await asyncio.gather(*tasks)
    assert sorted(ended) == list(range(len(load)))
    for chat in range(1, 5):
        of_chat = [number for number in ended if load[number][0] == chat]
        assert of_chat == sorted(of_chat)


def test_updates_without_a_chat_follow_their_user() -> None:
    """Inline queries by user; what is no update, or has neither, in one lane."""
    person = {"id": 5, "is_bot": False, "first_name": "A"}
    query = Update.de_json(
        {"update_id": 1, "inline_query": {"id": "1", "from": person, "query": "", "offset": ""}}, None
    )
    assert lane_of(query) == 5
    assert lane_of(update(1, -7)) == -7
    assert lane_of(Update(1)) == lane_of("something") == 0
