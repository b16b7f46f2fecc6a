"""Answer to sketch: which answers have a picture, and what it shows.

The first sentence of an answer tells its shape: the part of its key before the first dot picks the plan.
An answer whose only content is one number, a list of places without amounts, a deal, a statement or a
definition has no picture: it would say nothing that the sentence does not.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from knowledge.answer import Answer, Phrase, Status
from knowledge.charts import orders, parts, registered, series, side_by_side
from knowledge.charts.caption import caption
from knowledge.charts.printed import finite
from knowledge.charts.sketch import Plan, Sketch, Strip
from knowledge.charts.told import PLAIN_TEXT, notes, source_line
from knowledge.wording import Wording

MOST = 60
"""Bars that a picture on a phone can hold."""

PLANS: MappingProxyType[str, Callable[[Answer, Wording], Plan | None]] = MappingProxyType(
    {
        "series": series.plan,
        "rank": orders.plan,
        "share": parts.plan,
        "published": parts.published,
        "level": side_by_side.plan,
        "compare": side_by_side.plan,
        "ratio": side_by_side.plan,
        "sum": side_by_side.plan,
        "change": side_by_side.change,
        "register": registered.plan,
    }
)
"""By the first part of the key of an answer's first sentence: what it shows. Other answers have no picture."""


def sketch(answer: Answer, wording: Wording) -> Sketch | None:
    """What a picture of the answer shows; None where a picture says nothing."""
    if answer.status is not Status.ANSWERED or not answer.lead or not answer.figures:
        return None
    planner = PLANS.get(answer.lead[0].key.partition(".")[0])
    if planner is None or not finite(figure.quantity for figure in answer.figures):
        return None
    plan = planner(answer, wording)
    if plan is None:
        return None
    bars = [bar for block in plan.blocks if not isinstance(block, Strip) for bar in block.bars]
    if len(bars) > MOST:
        return None
    title = wording.raised(plan.title or _title(answer, wording))
    explained = notes(answer, plan.blocks, wording)
    source = source_line(answer.sources, wording)
    words = caption(plan, title, explained, source, wording)
    return Sketch(title, plan.axis, plan.blocks, explained, source, words)


def _title(answer: Answer, wording: Wording) -> str:
    """The first sentence made short; the whole sentence where a language has no shorter one."""
    lead = answer.lead[0]
    key = lead.key
    if key == "compare.lead" and any(detail.key == "compare.unsure" for detail in answer.details):
        key = "compare.unsure"
    short = Phrase(f"chart.title.{key}", lead.args)
    return wording.say(short if short.key in wording.phrases else lead).translate(PLAIN_TEXT)
