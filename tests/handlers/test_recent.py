"""A memory that forgets."""

from handlers.recent import Recent


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_entries_expire() -> None:
    """A value is there for its time, counted from when it was last put."""
    clock = Clock()
    kept: Recent[str, int] = Recent(10, 60, clock)
    kept.put("a", 1)
    clock.now = 59
    assert kept.get("a") == 1
    kept.put("a", 2)
    clock.now = 118
    assert kept.get("a") == 2
    clock.now = 119
    assert kept.get("a") is None
    assert len(kept) == 0


def test_the_longest_unused_makes_room() -> None:
    """It never holds more than its most."""
    kept: Recent[int, int] = Recent(3, 60, Clock())
    for number in range(3):
        kept.put(number, number)
    kept.get(0)
    kept.put(3, 3)
    assert [kept.get(number) for number in range(4)] == [0, None, 2, 3]
    assert len(kept) == 3
