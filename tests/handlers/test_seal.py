"""Button data opens only where it was made, and only unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.seal import Press, Seal

SEAL = Seal(b"key")
ids = st.text("abcXYZ019_-", min_size=1, max_size=16)


@given(st.sampled_from("abcxyz"), st.integers(0, 999), ids, st.integers(-(2**52), 2**52))
def test_data_opens_in_its_chat_and_fits(action: str, number: int, answer: str, chat: int) -> None:
    """What was closed opens again, within Telegram's 64 bytes."""
    press = Press(action, number, answer)
    sealed = SEAL.close(press, chat)
    assert len(sealed.encode()) <= 64
    assert SEAL.open(sealed, chat) == press


def test_data_of_another_chat_or_process_stays_shut() -> None:
    """A button cannot be carried elsewhere, and another key does not open it."""
    sealed = SEAL.close(Press("q", 1, "abc"), 7)
    assert SEAL.open(sealed, 8) is None
    assert Seal(b"other").open(sealed, 7) is None


@given(st.integers(0, 30), st.characters(codec="utf-8"))
def test_changed_data_stays_shut(place: int, letter: str) -> None:
    """No letter of it can be changed."""
    sealed = SEAL.close(Press("q", 1, "abcdefgh"), 7)
    place %= len(sealed)
    changed = sealed[:place] + letter + sealed[place + 1 :]
    assert (SEAL.open(changed, 7) is None) == (changed != sealed)


@pytest.mark.parametrize(
    "data", ["", "q", "q1.abc", "q1.abc.AAAAAAAAAAA", "q1.ü.AAAAAAAAAAA", "x" * 64, "q²1.a.AAAAAAAAAAA"]
)
def test_made_up_data_stays_shut(data: str) -> None:
    """Data that nobody made."""
    assert SEAL.open(data, 7) is None
