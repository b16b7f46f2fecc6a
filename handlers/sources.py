"""Where a number comes from: the sources of an answer in full, and of one number that was quoted from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from handlers.markup import Block, Run, one_line, paragraph
from handlers.phrases import Phrases
from knowledge.answer import Figure
from knowledge.facts import Source

if TYPE_CHECKING:
    from knowledge.desk import Reply
    from knowledge.labels import Label

_NUMBER = re.compile(r"\d(?:[\d.,'\u00a0\u202f ]{0,30}\d)?")
_LONGEST_QUOTE = 200
_MOST = 3
"""Figures that are told for one quoted number."""
_SIGNS = {"%": ("percent",), "$": ("USD",), "€": ("EUR",), "£": ("GBP",)}


def in_full(reply: Reply, words: Phrases) -> list[Block]:
    """Every source of an answer with all that is known of it, addresses written out."""
    blocks = [paragraph(words("sources_title")), *_listed(reply.answer.sources, words)]
    if reply.answer.more_sources:
        blocks.append(paragraph(words("sources_more", count=reply.answer.more_sources)))
    return blocks


def quoted(text: str, reply: Reply) -> list[Figure]:
    """The figures of an answer that a quoted piece of it shows."""
    found = {number for number in map(_digits, _NUMBER.findall(text[:_LONGEST_QUOTE])) if number[0]}
    units = next((units for sign, units in _SIGNS.items() if sign in text), ())
    shown = [figure for figure in reply.answer.figures if any(_shows(figure, *number) for number in found)]
    fitting = [figure for figure in shown if figure.quantity.unit in units] if units else shown
    return (fitting or shown)[:_MOST]


def of_number(text: str, figures: Iterable[tuple[Figure, Label]], words: Phrases) -> list[Block]:
    """The sources of the figures behind a quoted number."""
    blocks = []
    for figure, label in figures:
        of = ", ".join(part for part in (label.subject, label.flow, label.period) if part)
        blocks.append(paragraph(words("quoted", number=one_line(text)[:_LONGEST_QUOTE], of=of, value=label.value)))
        if figure.formula:
            blocks.append(paragraph(words("quoted_computed", formula=figure.formula)))
        blocks += _listed(figure.sources, words)
    return blocks


def _listed(sources: Iterable[Source], words: Phrases) -> Iterator[Block]:
    for number, source in enumerate(sources, 1):
        dated = f", {words('sources_published', date=source.published)}" if source.published else ""
        text = f"[{number}] {source.publisher}: {source.title}{dated}"
        yield Block((Run(text), *((Run("\n"), Run(source.url, link=source.url)) if source.url else ())))


def _digits(number: str) -> tuple[str, int]:
    """The digits of a number as it is written in any language, without zeros at the ends; and how many it shows."""
    every = re.sub(r"\D", "", number).lstrip("0")
    return every.rstrip("0"), len(every)


def _shows(figure: Figure, digits: str, count: int) -> bool:
    """True if a number of these digits is this figure, rounded as the number is, or an end of its bounds."""
    quantity = figure.quantity
    ends = (value for value in (quantity.value, quantity.low, quantity.high) if value)
    return any(f"{abs(value):.{count - 1}e}".partition("e")[0].replace(".", "").rstrip("0") == digits for value in ends)
