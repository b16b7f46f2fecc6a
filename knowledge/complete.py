"""Texts that break off in a name, as when somebody is still typing: the names that it may become."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from knowledge.name_book import REGISTERED
from knowledge.question import Name
from knowledge.text import fold, tokens

_KINDS = ("country", "product", "system", "company")
"""What questions are about, in the order in which completions are offered."""
_SHORTEST = 2
"""Letters that must be there."""
_WORDS = 3
"""Words of a name that may be there already."""


class Completer:
    """Completes names of one language."""

    def __init__(self, names: Iterable[tuple[str, Name]], products: Iterable[str]) -> None:
        known: dict[tuple[str, str], str] = {}
        for name, what in names:
            if what.kind in _KINDS and not what.id.startswith(REGISTERED):
                key = (what.kind, what.id)
                known[key] = min(known.get(key, name), name, key=lambda text: (len(text), text))
        entries = [(name, _KINDS.index(kind), name) for (kind, _), name in known.items()]
        for label in products:
            # From any of its words on: nobody begins with the article of "the automotive industry".
            words = tokens(label)
            entries += [(fold(label[word.start :]), _KINDS.index("product"), label) for word in words]
        self._entries = sorted(set(entries))

    def complete(self, text: str, most: int = 4) -> tuple[str, ...]:
        """The text with its last words completed; empty if they begin no name, or are one."""
        words = tokens(text)
        for count in range(min(_WORDS, len(words)), 0, -1):
            first = words[-count]
            begun = " ".join(word.fold for word in words[-count:])
            if len(begun) < _SHORTEST or text[words[-1].end :].strip():
                continue
            found = self._beginning(begun)
            if found:
                return tuple(f"{text[: first.start]}{name}" for name in found[:most])
        return ()

    def _beginning(self, begun: str) -> list[str]:
        """The names that begin so, the likeliest kinds and then the shortest first."""
        place = bisect_left(self._entries, (begun,))
        found = []
        while place < len(self._entries) and self._entries[place][0].startswith(begun):
            folded, kind, name = self._entries[place]
            if folded == begun:
                return []
            found.append((kind, len(name), name))
            place += 1
        return list(dict.fromkeys(name for _, _, name in sorted(found)))
