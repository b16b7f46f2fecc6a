"""Texts that break off in a name, as when somebody is still typing: the names that it may become."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from knowledge.name_book import REGISTERED, Names
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

    def __init__(self, names: Names, products: Iterable[str]) -> None:
        self._names = names
        entries: set[tuple[str, str]] = set()
        for label in products:
            # From any of its words on: nobody begins with the article of "the automotive industry".
            entries.update((fold(label[word.start :]), label) for word in tokens(label))
        self._products = sorted(entries)

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
        known: dict[Name, list[str]] = {}
        for name, what in self._names.beginning(begun):
            if what.kind in _KINDS and not what.id.startswith(REGISTERED):
                known.setdefault(what, []).append(name)
        found = [(name, _KINDS.index(what.kind), name) for what, names in known.items() for name in (_shortest(names),)]
        for folded, label in self._products[bisect_left(self._products, (begun,)) :]:
            if not folded.startswith(begun):
                break
            found.append((folded, _KINDS.index("product"), label))
        if any(folded == begun for folded, _, _ in found):
            return []
        ordered = sorted((kind, len(name), name) for _, kind, name in found)
        return list(dict.fromkeys(name for _, _, name in ordered))


def _shortest(names: Sequence[str]) -> str:
    """The shortest of a thing's names, as people write it: "tb 2" and not the "tb2" that it is also kept as."""
    together = {name.replace(" ", "") for name in names if " " in name}
    return min((name for name in names if name not in together), key=lambda name: (len(name), name))
