"""Every test of the state runs on SQLite and, where a server can be started, on PostgreSQL too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.state import State, open_state
from tests.bot.state.postgres import Cluster, MissingError, cluster


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The time of the test."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A throw-away server."""
    try:
        with cluster() as running:
            yield running
    except MissingError as why:
        pytest.skip(f"PostgreSQL: {why}")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes an empty database and tells its address."""
    if request.param == "sqlite":
        numbers = iter(range(100))
        return lambda: f"sqlite:///{tmp_path / f'state-{next(numbers)}.db'}"
    server: Cluster = request.getfixturevalue("postgres")
    return server.new_database


@pytest.fixture
def url(new_address: Callable[[], str]) -> str:
    """The address of the test's own database."""
    return new_address()


@pytest.fixture
async def state(url: str, clock: Clock, tmp_path: Path) -> AsyncIterator[State]:
    """An empty state."""
    async with open_state(url, tmp_path, clock) as opened:
        yield opened
