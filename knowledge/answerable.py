"""The questions that new figures make answerable, as people would ask them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.answer import Phrase, say
from knowledge.customs import FLOWS
from knowledge.difference import Figure
from knowledge.facts import WORLD
from knowledge.question import Name
from knowledge.store import Store
from knowledge.wording import Wording

_TOLD = ("customs_export", "customs_import")
_HOME = "TUR"
"""The exporter that questions are about which name none."""


def questions(store: Path, figures: Sequence[Figure], language: str = "en") -> tuple[str, ...]:
    """A question for each flow and period of which there was no figure before, the newest periods first."""
    asked = [one for one in figures if (one.measure == "value" and one.exporter == _HOME) or one.measure in _TOLD]
    asked.sort(key=lambda one: (-one.period.end, one.partner != WORLD))
    with Store(store) as opened:
        wording = Wording(language, opened)
        return tuple(dict.fromkeys(wording.say(_question(one)) for one in asked))


def _question(figure: Figure) -> Phrase:
    product = Name("product", figure.product)
    if figure.measure in FLOWS:
        side = "import" if FLOWS[figure.measure].into else "export"
        ends = {"exporter": Name("country", figure.exporter), "partner": Name("country", figure.partner)}
        world = "_world" if WORLD in (figure.exporter, figure.partner) else ""
        return say(f"ask.customs_{side}{world}", product=product, period=figure.period, **ends)
    if figure.partner == WORLD:
        return say("ask.level", product=product, period=figure.period)
    return say("ask.level_partner", product=product, partner=Name("country", figure.partner), period=figure.period)
