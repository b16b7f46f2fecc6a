"""Words that are near a known one: typos. Exact matches never come here.

The bar rises as words get shorter, designations (TB2, T129) and numbers are never corrected, and neither is a
word that is itself in common use: Anka is not Ankara, "import" is no typo of "export".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from rapidfuzz.distance import OSA

from knowledge.name_book import Listed, Names
from knowledge.slips import allowed, can_slip


class Speller:
    """Finds the known word that a misspelt one stands for.

    The words of a language are few and looked through; those of names can be many and are found by an index.
    """

    def __init__(
        self, vocabulary: Iterable[str], common: frozenset[str] = frozenset(), names: Names | None = None
    ) -> None:
        self._known = frozenset(vocabulary)
        self._common = common
        self._names = names or Listed(())
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._known:
            if can_slip(word):
                self._by_length[len(word)].append(word)
        self._cache: dict[str, tuple[int, tuple[str, ...]]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._known or self._names.has_word(word)

    def near(self, word: str) -> tuple[str, ...]:
        """The known words as near as can be to `word`; empty if none is near enough or the word is a real one."""
        return self.slips(word)[1]

    def slips(self, word: str) -> tuple[int, tuple[str, ...]]:
        """The same, with the number of slips that it takes."""
        found = self._cache.get(word)
        if found is None:
            found = self._search(word)
            if len(self._cache) < 10_000:
                self._cache[word] = found
        return found

    def is_common(self, word: str) -> bool:
        """True for a real word that must not be taken for a slip of a known one."""
        return word in self._common

    def _search(self, word: str) -> tuple[int, tuple[str, ...]]:
        if not can_slip(word) or word in self._common:
            return 0, ()
        named, rare = self._names.near(word)
        found = _nearest(word, chain(self._alike(word), named))
        return found if found[1] else _nearest(word, rare)

    def _alike(self, word: str) -> Iterator[str]:
        """The words of the language that are about as long."""
        for length in range(len(word) - allowed(word), len(word) + allowed(word) + 1):
            yield from self._by_length.get(length, ())


def _nearest(word: str, candidates: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    limit = allowed(word)
    best: set[str] = set()
    for known in candidates:
        distance = OSA.distance(word, known, score_cutoff=limit)
        if distance > min(limit, allowed(known)):
            continue
        if distance < limit:
            limit, best = distance, set()
        best.add(known)
    # A first letter is seldom mistyped: it settles a tie.
    same = [known for known in best if known[0] == word[0]]
    return limit, tuple(sorted(same or best))
