"""A reply as the JSON object of the public contract: add to it freely, rename nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from knowledge.answer import Figure
from knowledge.facts import Event
from knowledge.phrases import BOLD, PLAIN
from knowledge.quantity import Quantity

if TYPE_CHECKING:
    from knowledge.desk import Reply

_STRIP = str.maketrans("", "", BOLD + PLAIN)
_DIGITS = 6
"""Decimals that are kept; the rest is the arithmetic's own noise."""


def as_json(reply: Reply, identity: str | None, question: str) -> dict[str, Any]:
    """The contract's object; money in whole units, percentages in points of 100, bounds null where open."""
    answer = reply.answer
    return {
        "id": identity,
        "question": question,
        "language": reply.language,
        "status": str(answer.status),
        "intent": str(answer.kind) if answer.kind else None,
        "text": reply.text,
        "figures": [_figure(figure) for figure in answer.figures],
        "events": [_event(event) for event in answer.events],
        "sources": [
            {"source_id": source.source_id, "publisher": source.publisher, "title": source.title, "url": source.url,
             "published": source.published}
            for source in answer.sources
        ],
        "caveats": [text.translate(_STRIP) for text in reply.wording.caveats],
        "suggestions": list(reply.wording.suggestions),
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        **_bounds(figure.quantity),
        "exporter": figure.exporter or None,
        "partner": figure.partner or None,
        "product": figure.product or None,
        "period": str(figure.period) if figure.period else None,
        "derived": figure.derived,
        "formula": figure.formula or None,
        "sources": [source.source_id for source in figure.sources],
    }


def _bounds(quantity: Quantity) -> dict[str, Any]:
    return {
        "value": _plain(quantity.value), "low": _plain(quantity.low), "high": _plain(quantity.high),
        "unit": quantity.unit, "qualifier": quantity.qualifier,
    }  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    out = asdict(event)
    out["quantity"] = _plain(event.quantity.value) if event.quantity else None
    out["value"] = _plain(event.value.value) if event.value else None
    out["unit"] = event.value.unit if event.value else None
    out["date"] = event.date.code
    out["sources"] = [out.pop("source_id")]
    return out


def _plain(number: float | None) -> float | int | None:
    if number is None:
        return None
    return int(number) if float(number).is_integer() else round(number, _DIGITS)
