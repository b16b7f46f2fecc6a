"""The questions that new figures make answerable, as people would ask them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.answer import Phrase, say
from knowledge.difference import Figure
from knowledge.facts import WORLD
from knowledge.question import Name
from knowledge.store import Store
from knowledge.wording import Wording

_HOME = "TUR"
"""The exporter that questions are about which name none."""


def questions(store: Path, figures: Sequence[Figure], language: str = "en") -> tuple[str, ...]:
    """A question for each flow and period of which there was no figure before, the newest periods first."""
    asked = [one for one in figures if one.measure == "value" and one.exporter == _HOME]
    asked.sort(key=lambda one: (-one.period.end, one.partner != WORLD))
    with Store(store) as opened:
        wording = Wording(language, opened)
        return tuple(dict.fromkeys(wording.say(_question(one)) for one in asked))


def _question(figure: Figure) -> Phrase:
    product = Name("product", figure.product)
    if figure.partner == WORLD:
        return say("ask.level", product=product, period=figure.period)
    return say("ask.level_partner", product=product, partner=Name("country", figure.partner), period=figure.period)
