"""Slips of the pen as an index: words that are near each other share what is left when letters are dropped.

Two words of which one is the other with up to two letters wrong, missing, doubled or swapped have a beginning in
common once as many letters are dropped from each. So the known words that can be meant are found by a few exact
look-ups, however many there are; how near they are is measured afterwards.
"""

from __future__ import annotations

from itertools import combinations

SHORTEST = 4
"""Shorter words are never put right."""
_BEGINNING = 6
"""Letters of a word from which some are dropped: enough to leave few candidates, few enough for a small index."""


def allowed(word: str) -> int:
    """How many slips (a letter wrong, missing, doubled or swapped with the next) a word of this length may have."""
    return 1 if len(word) < 8 else 2


def can_slip(word: str) -> bool:
    """True for words that are put right at all: not short ones, no designations, no numbers."""
    return len(word) >= SHORTEST and word.isalpha()


def slips(word: str) -> frozenset[str]:
    """The beginning of a word with as many letters dropped as it may have slips."""
    start = word[:_BEGINNING]
    return frozenset(
        "".join(letter for at, letter in enumerate(start) if at not in dropped)
        for count in range(allowed(word) + 1)
        for dropped in combinations(range(len(start)), count)
    )
