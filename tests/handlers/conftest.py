"""A person in a private chat with the whole application, and a desk that answers as it is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import running
from bot.state import State, open_state
from tests.handlers.scripted import ScriptedDesk
from tests.telegram_offline import Person


@pytest.fixture
def desk() -> ScriptedDesk:
    """What answers."""
    return ScriptedDesk()


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    """What is kept."""
    async with open_state(None, tmp_path) as opened:
        yield opened


@pytest.fixture
async def person(desk: ScriptedDesk, state: State, tmp_path: Path) -> AsyncIterator[Person]:
    """Who asks."""
    someone = Person(desk, state, tmp_path)
    async with running(someone.application):
        yield someone
