"""Names of entities, and which entities a free text of the facts speaks of.

Events say "Bayraktar TB2 and Bayraktar Akinci" or "TAI / Baykar", statements "Dunya, citing TIM". Only a whole
part that is exactly a known name counts: "Anka" must not be found in "Ankara".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.facts import Entity
from knowledge.text import tokens

_SEPARATOR = re.compile(r"\s+(?:and|including|against|for)\s+|\s*[/,()]\s*")


def folded(name: str) -> str:
    """A name as it is looked up: its words folded, with one space between ("TB-2" is "tb 2")."""
    return " ".join(token.fold for token in tokens(name))


def text_id(text: str) -> str:
    """The id of something that has no entity, made of its words: `text:armed-uav`."""
    return "text:" + re.sub(r"[^\w]+", "-", folded(text)).strip("-")


def names_of(entity: Entity) -> Iterator[str]:
    """Every folded name of an entity, once; for a person the last name alone too."""
    seen = set()
    for name in (entity.name, *entity.aliases):
        fold = folded(name)
        last = fold.rpartition(" ")[2] if entity.kind == "person" else ""
        for one in (fold, last if len(last) > 2 else ""):
            if one and one not in seen:
                seen.add(one)
                yield one


class Directory:
    """Looks up entities by exact folded name."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_name: dict[str, list[Entity]] = {}
        for entity in entities:
            for name in names_of(entity):
                self._by_name.setdefault(name, []).append(entity)

    def links(self, text: str, kinds: Sequence[str], *, keep_parts: bool = False) -> tuple[str, ...]:
        """The ids that a text speaks of; one that speaks of no entity is there as `text:...`, so nothing gets lost.

        With `keep_parts`, so is each part that is no entity ("Hurkus and armoured vehicles"). Where a name means
        several entities, those of the first kind in `kinds` that has any are taken; a kind not listed comes last.
        """
        if not folded(text):
            return ()
        whole = self._named(text, kinds)
        found = list(whole)
        parts = [part for part in _SEPARATOR.split(text) if folded(part)]
        for part in parts if len(parts) > 1 else ():
            found += self._named(part, kinds) or ([text_id(part)] if keep_parts and not whole else [])
        if all(one.startswith("text:") for one in found):
            found.append(text_id(text))
        return tuple(dict.fromkeys(found))

    def _named(self, text: str, kinds: Sequence[str]) -> list[str]:
        entities = self._by_name.get(folded(text), [])
        for kind in kinds:
            if ids := [entity.entity_id for entity in entities if entity.kind == kind]:
                return ids
        return [entity.entity_id for entity in entities]
