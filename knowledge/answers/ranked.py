"""An order of size as an answer: who is first (or the place of the one that is asked about), then the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers import without
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Known
from knowledge.answers.gaps import product
from knowledge.facts import TOTAL, Source
from knowledge.period import Period
from knowledge.quantity import Quantity
from knowledge.question import Question

SHOWN = 5
"""Places that are told where the question names no number."""


@dataclass(frozen=True)
class Item:
    """One place of an order. What only a place that is told needs is worked out when it is told."""

    label: Arg
    key: str
    quantity: Quantity
    more: Callable[[], tuple[Figure, tuple[Source, ...]]]
    """Its figure, with the sources that the answer cites for it."""

    @classmethod
    def of(cls, view: View, label: Arg, key: str, known: Known, cited: int = 1) -> Item:
        """A figure that the store can vouch for as a place, with so many of its sources."""
        return cls(label, key, known.quantity, lambda: (known.figure(view), known.sources(view)[:cited]))

    @cached_property
    def told(self) -> tuple[Figure, tuple[Source, ...]]:
        """The figure and its sources."""
        return self.more()

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.told[0]

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is cited for it."""
        return self.told[1]


def told(
    question: Question,
    items: list[Item],
    key: str,
    said: tuple[Phrase, ...],
    *,
    period: Period,
    place_of: str = "",
    of: str = "",
    grain: str = "",
) -> Answer:
    """Lead with the first (or with the place of the one that is asked about), then the table."""
    left_out = {slot.value.id for slot in question.left_out}
    items = [item for item in items if item.key not in left_out]
    upwards = bool(question.aspects & {"least", "slowest"})
    ordered = sorted(items, key=lambda item: item.quantity.value, reverse=not upwards)
    count = min(max(question.number or SHOWN, 1), 40)
    shown = ordered[:count]
    sources = tuple(dict.fromkeys(source for item in shown for source in item.sources))
    first = ordered[0]
    args: dict[str, Arg] = {
        "first": first.label,
        "value": first.quantity,
        "period": period,
        "of": len(ordered),
        "n": len(ordered),
        "product": product(of or TOTAL),
        "grain": say(f"grain.{grain}") if grain else "",
    }
    side = "_least" if upwards else ""
    lead = say(f"{key}{side}", **args)
    figures = [item.figure for item in shown]
    if question.place and question.place > 1 and question.place <= len(ordered) and not place_of:
        place_of = ordered[question.place - 1].key
    if place_of:
        place = next((at for at, item in enumerate(ordered, 1) if item.key == place_of), 0)
        if place:
            item = ordered[place - 1]
            rank = Figure(
                Quantity.reported(place, "rank"),
                "rank",
                item.sources or sources,
                item.figure.exporter,
                item.figure.partner,
                item.figure.product,
                period,
                derived=True,
                formula=f"{place} / {len(ordered)}",
            )
            lead = say(
                "rank.place",
                name=item.label,
                place=rank.quantity,
                **{k: v for k, v in args.items() if k != "first"} | {"value": item.quantity},
            )
            figures = [rank, item.figure, *figures]
            sources = tuple(dict.fromkeys((*item.sources, *sources)))
    head_value = say("table.percent") if first.quantity.unit == "percent" else say("table.million")
    rows = tuple(
        (
            say("cell.ranked", n=at, name=item.label),
            say("cell.growth", change=item.quantity)
            if item.quantity.unit == "percent"
            else say("cell.million", value=item.quantity),
        )
        for at, item in enumerate(shown, 1)
    )
    caveats = (say("caveat.known_partners", n=len(ordered)),) if key == "rank.partners" else ()
    if key == "rank.companies":
        caveats = (say("caveat.known_companies", n=len(ordered)),)
    if key == "rank.times":
        caveats = (say("caveat.within", period=period),)
    return Answer(
        Status.ANSWERED,
        question.kind,
        (lead,),
        table=Table((say("table.what"), head_value), rows),
        caveats=caveats,
        figures=tuple(figures),
        sources=sources,
        taken_over=(*said, *without.said(question)),
    )
