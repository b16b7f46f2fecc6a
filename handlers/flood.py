"""How much one person and one group may ask: enough for anybody who reads the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from handlers.recent import Recent

_KNOWN, _REMEMBERED = 20_000, 900.0
_POLITE_EVERY = 60.0
"""Seconds between two requests to slow down."""


@dataclass(frozen=True, slots=True)
class Budget:
    """So many at once, and then so many a minute."""

    burst: float
    a_minute: float


PERSON = Budget(60, 60)
GROUP = Budget(20, 20)
"""Telegram lets a bot send 20 messages a minute to a group."""
WAITING = 8
"""Messages of a private chat that may wait behind one; older ones are dropped, as what was asked last counts."""


class Admission(Enum):
    """What is done with one more message."""

    ANSWER = "answer"
    WARN = "warn"
    """Say that it is too much."""
    IGNORE = "ignore"


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    warned: float = float("-inf")


class Guard:
    """Counts what each person and each group asks, by their ids."""

    def __init__(self, clock: Callable[[], float], person: Budget = PERSON, group: Budget = GROUP) -> None:
        self._clock = clock
        self._budgets = {True: person, False: group}
        self._buckets: Recent[int, _Bucket] = Recent(_KNOWN, _REMEMBERED, clock)

    def admit(self, who: int, *, waiting: int = 0) -> Admission:
        """One more message of a person (positive id) or in a group (negative id), behind which others wait already."""
        budget, now = self._budgets[who > 0], self._clock()
        bucket = self._buckets.get(who) or _Bucket(budget.burst, now)
        self._buckets.put(who, bucket)
        bucket.left = min(budget.burst, bucket.left + (now - bucket.at) * budget.a_minute / 60)
        bucket.at = now
        if bucket.left >= 1 and waiting <= WAITING:
            bucket.left -= 1
            return Admission.ANSWER
        if now - bucket.warned >= _POLITE_EVERY:
            bucket.warned = now
            return Admission.WARN
        return Admission.IGNORE
