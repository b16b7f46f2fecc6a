"""What a language can glue on to a word or put at its end."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from knowledge.declension import Declension


class Chain(NamedTuple):
    """Endings that follow words whose last vowel is one of `after`."""

    after: str
    endings: re.Pattern[str]


def chains(table: dict[str, Any]) -> tuple[Chain, ...]:
    """What can follow a word in a language that glues its endings on, one behind the other; none for the others.

    Each [[endings.chain]] lists the places in their order with the endings that can fill them (number, owner, case,
    ...), for words with certain last vowels: endings take after these.
    """
    return tuple(
        Chain(chain["after"], re.compile("".join(f"(?:{'|'.join(place)})?" for place in chain["places"])))
        for chain in table.get("chain", ())
    )


def endings(table: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a name can end in, with what stands there in its plain form; the longest endings first.

    `names` lists what is simply glued on ("'s", "nin"); `inflected` gives for a plain ending those that replace
    it ("ія" → "ії", "ію").
    """
    glued = [(ending, "") for ending in table.get("names", ())]
    replaced = [(ending, plain) for plain, endings in table.get("inflected", {}).items() for ending in endings]
    declined = Declension(table.get("declined", ())).endings()
    return tuple(sorted({*glued, *replaced, *declined}, key=lambda pair: (-len(pair[0]), pair)))
