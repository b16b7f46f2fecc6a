"""What the figures of an answer are called in a picture, which are provisional, and who is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TypeVar

from knowledge.answer import Answer, Arg, Figure, Phrase, say
from knowledge.charts.sketch import Block, Columns, Mark, Note, Strip, Tone
from knowledge.facts import WORLD, Day, Source
from knowledge.period import Period
from knowledge.phrases import BOLD, PLAIN
from knowledge.question import Name
from knowledge.wording import Wording

T = TypeVar("T")
PLAIN_TEXT = {ord(mark): None for mark in BOLD + PLAIN} | dict.fromkeys(
    (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029), " "
)
"""Takes the marks of bold runs and line ends out of a text."""
_PUBLISHERS = 2
"""Publishers that a source line names; the answer lists them all."""


def worded(wording: Wording, key: str, **args: Arg) -> str:
    """A phrase as plain text: pictures know no bold runs."""
    return wording.say(say(key, **args)).translate(PLAIN_TEXT)


def argument(phrase: Arg, kind: type[T]) -> T | None:
    """The first argument of a phrase that is of a kind."""
    values = (value for _, value in phrase.args) if isinstance(phrase, Phrase) else ()
    return next((value for value in values if isinstance(value, kind)), None)


def about(figure: Figure) -> tuple[str, str, Period | None]:
    """What a figure is of; two that are of the same can differ."""
    return figure.product, figure.partner, figure.period


def axis(figures: Sequence[Figure], unit: str, wording: Wording) -> str:
    """What the figures measure: whose exports of what, to whom, in which unit."""
    exporters, products, partners = (
        {str(getattr(figure, name)) for figure in figures} for name in ("exporter", "product", "partner")
    )
    if len(exporters) != 1 or "" in exporters:
        return unit
    args: dict[str, Arg] = {"exporter": Name("country", exporters.pop()), "unit": unit}
    if len(products) != 1 or "" in products:
        return worded(wording, "chart.axis.value", **args)
    args["product"] = Name("product", products.pop())
    if len(partners) != 1 or partners & {"", WORLD}:
        return worded(wording, "chart.axis.product", **args)
    return worded(wording, "chart.axis.pair", partner=Name("country", partners.pop()), **args)


def names(figures: Sequence[Figure], wording: Wording) -> list[str]:
    """What tells the figures apart: product, partner, period, and the source where two are of the same thing."""
    products = len({figure.product for figure in figures}) > 1
    partners = len({figure.partner for figure in figures}) > 1
    periods = len({figure.period for figure in figures}) > 1 or not (products or partners)
    labels = []
    for figure in figures:
        parts: list[str] = []
        if products and figure.product:
            parts.append(wording.arg(Name("product", figure.product), "start"))
        if partners and figure.partner not in ("", WORLD):
            parts.append(wording.arg(Name("country", figure.partner), "start"))
        if periods and figure.period:
            parts.append(wording.arg(figure.period, "short"))
        labels.append(", ".join(parts))
    twice = {label for label in labels if labels.count(label) > 1 or not label}
    return [
        worded(wording, "chart.row.by", label=label, source=figure.sources[0]) if label in twice and label
        else label or wording.arg(figure.sources[0], "")
        for label, figure in zip(labels, figures, strict=True)
    ]  # fmt: skip


def provisional(answer: Answer) -> frozenset[Period]:
    """The newest periods of the answer, which are the ones that get revised.

    The answer's own caveat tells; without one, what the newest bulletin printed for the first time.
    """
    periods = {figure.period for figure in answer.figures if figure.period and figure.measure == "value"}
    newest = [value for phrase in answer.caveats if phrase.key == "caveat.newest" for _, value in phrase.args]
    ends = {value.end for value in newest if isinstance(value, Period)}
    if not ends:
        issued = [source for source in answer.sources if source.kind == "official_statistics" and source.published]
        ends = {max(map(_month, issued)) - 1} if issued else set()
    return frozenset(period for period in periods if period.end in ends and len(period) <= 12)


def notes(answer: Answer, drawn: Sequence[Block], wording: Wording) -> tuple[Note, ...]:
    """What explains the marks that the bars carry (their bounds are settled), and the caveats that belong to them."""
    shown = [bar for block in drawn if not isinstance(block, Strip) for bar in block.bars]
    out: list[Note] = []
    newest = sum(bar.provisional for bar in shown)
    if newest:
        joined = any(isinstance(block, Columns) and block.joined for block in drawn)
        mark = Mark.RING if joined else Mark.HATCH
        out.append(Note(worded(wording, "chart.note.provisional", n=newest), mark))
    if any(bar.tone is Tone.OTHER for bar in shown):
        out.append(Note(worded(wording, "chart.note.others"), Mark.OUTLINE))
    if any(bar.more for bar in shown):
        out.append(Note(worded(wording, "chart.note.more"), Mark.ARROW))
    if any(bar.low is not None and bar.high is not None for bar in shown):
        own = f"chart.note.whisker_{answer.lead[0].key.partition('.')[0]}"
        key = own if own in wording.phrases else "chart.note.whisker"
        out.append(Note(worded(wording, key), Mark.WHISKER))
    gaps = sum(bar.value is None for bar in shown)
    if gaps:
        out.append(Note(worded(wording, "chart.note.gap", n=gaps), Mark.BAND))
    for caveat in answer.caveats:
        short = Phrase(f"chart.note.{caveat.key}", caveat.args)
        if short.key in wording.phrases:
            out.append(Note(wording.say(short).translate(PLAIN_TEXT)))
    return tuple(out)


def source_line(sources: Sequence[Source], wording: Wording) -> str:
    """Who published it and when, each publisher once."""
    days: dict[str, list[str]] = {}
    for source in sources:
        days.setdefault(source.publisher, []).append(source.published)
    entries: list[Phrase] = []
    for publisher, published in list(days.items())[:_PUBLISHERS]:
        dates = tuple(Day(code) for code in sorted({code for code in published if code})[-2:])
        key = "chart.source.entry" if dates else "chart.source.undated"
        entries.append(say(key, publisher=publisher, dates=dates))
    if len(days) > _PUBLISHERS:
        entries.append(say("chart.source.more", n=len(days) - _PUBLISHERS))
    if not entries:
        return ""
    joined = reduce(lambda first, second: say("chart.source.joint", first=first, second=second), entries)
    return worded(wording, "chart.source.line", entries=joined, n=len(days))


def _month(source: Source) -> int:
    return Period.parse(source.published[:7]).end
