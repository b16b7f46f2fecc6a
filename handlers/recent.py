"""A memory that forgets: the newest entries, each for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `most` values, each kept for `seconds` after it was last put; the longest unused goes first."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def items(self) -> list[tuple[K, V]]:
        """All that is kept, expired or not."""
        return [(key, value) for key, (_, value) in self._kept.items()]

    def drop(self, which: Callable[[K, V], bool]) -> None:
        """Forget some."""
        for key in [key for key, (_, value) in self._kept.items() if which(key, value)]:
            del self._kept[key]

    def __contains__(self, key: K) -> bool:
        return key in self._kept and self._kept[key][0] > self._clock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        """The value, unless it was never there, has expired, or had to make room."""
        found = self._kept.get(key)
        if found is None:
            return None
        until, value = found
        if until <= self._clock():
            del self._kept[key]
            return None
        self._kept.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        """Keep the value, from now on."""
        self._kept[key] = (self._clock() + self._seconds, value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
