"""The sentence that tells one figure, and the one that tells a figure that differs from it."""

from __future__ import annotations

from knowledge.answer import Arg, Phrase, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Known
from knowledge.answers.gaps import country, product
from knowledge.facts import WORLD, Day
from knowledge.question import Name
from knowledge.reconcile import Voice


def lead(view: View, known: Known) -> Phrase:
    """The sentence with the figure."""
    args: dict[str, Arg] = {
        "value": known.quantity,
        "product": product(known.flow.product),
        "exporter": country(known.flow.exporter),
        "partner": country(known.flow.partner),
        "period": known.period,
        "by": by(view, known),
    }
    level = view.store.product(known.flow.product)
    if level and level.level == "company":
        return say("level.company", **args)
    if level and level.level == "part":
        return say("level.part", **args)
    return say("level.world" if known.flow.partner == WORLD else "level.partner", **args)


def by(view: View, known: Known) -> Phrase:
    """By whose figures: the body quoted, else the publication."""
    if known.who in ("not stated", "press", "officials"):
        return say("by.publisher", source=view.store.source(known.reports[0].source_id))
    return say("by.who", who=Name("who", known.who))


def told(view: View, voice: Voice, series_of: str = "") -> Phrase:
    """A sentence on a value that differs: who gave it, where, when.

    `series_of` is whose current series leads: another value by the same body is an earlier state of it.
    """
    source = view.store.source(voice.lead.source_id)
    if series_of and voice.lead.attributed_to == series_of:
        return say("other.first", value=voice.lead.quantity, source=source, date=Day(source.published))
    args: dict[str, Arg] = {"value": voice.lead.quantity, "source": source, "n": len(voice.origins(view.store.source))}
    if voice.lead.attributed_to in ("not stated", "press", "officials"):
        return say("other.press", **args)
    return say("other.who", who=Name("who", voice.lead.attributed_to), **args)
