"""A run of words of a text with what it can mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Meaning(NamedTuple):
    """One thing that a word can stand for.

    `kind` is cue, filler, outside, unit, number, place, topic (an English word that notes use) or one of NAMES.
    """

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of tokens with what it can mean; no meaning at all for a word that is not known."""

    first: int
    last: int
    """Index of the last token, inclusive."""
    meanings: tuple[Meaning, ...]
    words: str
    """As written in the text."""
    suffix: str = ""
    """What was glued to the known word: an ending that can tell the role ("'ya", "'s")."""
    near: str = ""
    """The known word that an unknown one was taken for."""
    _ids: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids: dict[str, tuple[str, ...]] = {}
        for meaning in self.meanings:
            ids[meaning.kind] = (*ids.get(meaning.kind, ()), meaning.id)
        object.__setattr__(self, "_ids", ids)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of the meanings of a kind."""
        return self._ids.get(kind, ())
