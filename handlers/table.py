"""The rows behind an answer as CSV, for a spreadsheet: nothing in it can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from knowledge.answer import Answer

if TYPE_CHECKING:
    from knowledge.quantity import Quantity

_FIGURES = (
    "measure", "exporter", "partner", "product", "period", "value", "low", "high", "unit", "qualifier", "computed",
    "formula", "published", "sources", "addresses",
)  # fmt: skip
_EVENTS = (
    "kind", "buyer", "supplier_country", "supplier", "system", "quantity", "quantity_low", "quantity_high", "value",
    "unit", "date", "certainty", "attributed_to", "source", "address",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something older."""


def files(answer: Answer, answer_id: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents: the figures, and the reports of deals where there are any."""
    if answer.figures:
        yield f"waybill-{answer_id}.csv", _csv(_FIGURES, _figures(answer))
    if answer.events:
        yield f"waybill-{answer_id}-deals.csv", _csv(_EVENTS, _events(answer))


def _figures(answer: Answer) -> Iterator[tuple[Any, ...]]:
    for figure in answer.figures:
        yield (
            figure.measure, figure.exporter, figure.partner, figure.product, str(figure.period or ""),
            *_quantity(figure.quantity), figure.quantity.unit, figure.quantity.qualifier,
            "yes" if figure.derived else "no", figure.formula, max(source.published for source in figure.sources),
            "; ".join(source.source_id for source in figure.sources),
            " ".join(source.url for source in figure.sources if source.url),
        )  # fmt: skip


def _events(answer: Answer) -> Iterator[tuple[Any, ...]]:
    addresses = {source.source_id: source.url for source in answer.sources}
    for event in answer.events:
        yield (
            event.kind, event.buyer, event.supplier_country, event.supplier, event.system,
            *_quantity(event.quantity), _number(event.value.value if event.value else None),
            event.value.unit if event.value else "", event.date.code, event.certainty, event.attributed_to,
            event.source_id, addresses.get(event.source_id, ""),
        )  # fmt: skip


def _quantity(quantity: Quantity | None) -> tuple[str | float | int, ...]:
    if quantity is None:
        return ("", "", "")
    return tuple(_number(value) for value in (quantity.value, quantity.low, quantity.high))


def _number(value: float | None) -> str | float | int:
    if value is None:
        return ""
    return int(value) if float(value).is_integer() else round(value, 6)


def _csv(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _harmless(cell: Any) -> Any:
    """Numbers stay numbers; a text that a spreadsheet would work out stays a text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
