"""Parts and wholes: which of two figures holds the other, and the whole as it stood when a part was published."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answers.desk_view import View
from knowledge.answers.figures import Known
from knowledge.facts import WORLD


def overlap(view: View, known: Sequence[Known]) -> tuple[Known, Known] | None:
    """Two figures of which one holds the other, the whole first: adding them would count twice."""
    for at, first in enumerate(known):
        for second in known[at + 1 :]:
            partners = {first.flow.partner, second.flow.partner}
            one_flow = (len(partners) == 1 or WORLD in partners) and first.period.overlaps(second.period)
            nested = first.flow.product == second.flow.product or within(view, first, second)
            if one_flow and within(view, second, first):
                return first, second
            if one_flow and nested:
                return second, first
    return None


def within(view: View, part: Known, whole: Known) -> bool:
    """True if the product of the one figure is part of that of the other."""
    found = view.store.product(part.flow.product)
    while found and found.parent:
        if found.parent == whole.flow.product:
            return True
        found = view.store.product(found.parent)
    return False


def as_first_published(known: Known, base: Known) -> Known | None:
    """The whole as it stood when the part was published: a part is not divided by a total revised since."""
    if known.flow.partner == WORLD:
        return None
    papers = {report.source_id for report in known.reports}
    for voice in base.others:
        matching = tuple(report for report in voice.reports if report.source_id in papers)
        if matching:
            lead = matching[0]
            best = min(voice.reports, key=lambda report: report.quantity.step)
            return Known(base.flow, base.period, "value", best.quantity, lead.attributed_to, matching)
    return None
