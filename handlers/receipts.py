"""Receipts: each answer has a short id, by which it can be shown again and checked for revisions since."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Message, MessageEntity

from handlers.kept import Receipt
from handlers.markup import Block, Run
from handlers.phrases import Phrases
from knowledge.answer import Figure, Status
from knowledge.facts import Source
from knowledge.period import Period
from knowledge.quantity import Quantity

if TYPE_CHECKING:
    from handlers.context import Services
    from knowledge.desk import Conversation, Reply

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's 32: none is taken for another. 8 of them are a number of 40 bits."""
_LENGTH = 8
_LIKE = str.maketrans("oil", "011")
_FORM = re.compile(f"[{_LETTERS}]{{{_LENGTH}}}")
_LINK = re.compile(r"https?://(?:t\.me|telegram\.me)/([A-Za-z0-9_]+)\?start=([A-Za-z0-9_-]+)")
_FIGURES = 200
"""Figures of an answer that a receipt holds; long series go on behind them."""
_READING = 2000
_KEY = ("measure", "exporter", "partner", "product", "period", "unit")
_TOLD_ELSEWHERE = ("text:", "reading:", "lost by", "figure:", "event:")


def new_id() -> str:
    """A new id that nobody can guess."""
    number = secrets.randbits(5 * _LENGTH)
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))


def read_id(text: str) -> str | None:
    """The id that somebody typed, however they wrote it; None if it cannot be one."""
    plain = re.sub(r"[\s#-]", "", text).lower().translate(_LIKE)
    return plain if _FORM.fullmatch(plain) else None


def link(answer_id: str, username: str) -> str:
    """The address that opens the bot and shows the receipt."""
    return f"https://t.me/{username}?start={answer_id}"


def line(answer_id: str, username: str, words: Phrases) -> Block:
    """The last line of an answer."""
    return Block((Run(f"{words('receipt')} "), Run(answer_id, link=link(answer_id, username))))


def shown_on(message: Message, username: str) -> str | None:
    """The id on a message of ours: the last one, as others may stand in its text."""
    if message.from_user is None or message.from_user.username != username:
        return None
    entities = (*message.entities, *message.caption_entities)
    urls = [entity.url or "" for entity in entities if entity.type == MessageEntity.TEXT_LINK]
    found = [_LINK.fullmatch(url) for url in urls]
    ids = [read_id(one[2]) for one in found if one and one[1] == username]
    return ids[-1] if ids else None


def has_receipt(reply: Reply) -> bool:
    """True for answers that rest on facts."""
    return reply.answer.status is Status.ANSWERED and bool(reply.answer.figures or reply.answer.events)


def make(
    services: Services, question: str, previous: Conversation | None, reply: Reply, *, chat: int | None
) -> Receipt:
    """A new receipt of an answer; an inline one is in no chat that we know."""
    return Receipt(
        id=new_id(),
        chat=chat,
        question=question,
        language=reply.language,
        previous=previous,
        reading="\n".join(found for found in reply.explain().splitlines() if not found.startswith(_TOLD_ELSEWHERE))[
            :_READING
        ],
        edition=reply.edition,
        figures=tuple(_figure(figure) for figure in reply.answer.figures[:_FIGURES]),
        events=tuple(sorted({event.event_id for event in reply.answer.events})),
        asked_on=services.today(),
        created=services.clock(),
    )


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that was another one when the answer was given."""

    then: Figure
    now: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has become of the figures of a receipt."""

    revised: tuple[Revision, ...]
    gone: tuple[Figure, ...]
    """Figures that the same question does not lead to any more."""
    reports: int
    """Reports that are new or gone, for answers that rest on reports."""

    def __bool__(self) -> bool:
        return bool(self.revised or self.gone or self.reports)


def compare(receipt: Receipt, now: Reply) -> Comparison:
    """The figures of a receipt beside those of the same question asked now."""
    current: dict[tuple[Any, ...], list[Figure]] = {}
    for figure in now.answer.figures:
        current.setdefault(_key(_figure(figure)), []).append(figure)
    revised, gone = [], []
    for then in receipt.figures:
        same = current.get(_key(then), [])
        if not same:
            gone.append(restore(then))
        elif not any(_equal(then, figure) for figure in same):
            revised.append(Revision(restore(then), same[0]))
    events = {event.event_id for event in now.answer.events}
    return Comparison(tuple(revised), tuple(gone), len(events.symmetric_difference(receipt.events)))


def restore(kept: Mapping[str, Any]) -> Figure:
    """A kept figure as a value; of its sources only the ids are known."""
    quantity = Quantity(
        kept["value"], kept["low"], kept["high"], kept["unit"], kept["qualifier"], kept.get("step", 0.0)
    )
    return Figure(
        quantity,
        kept["measure"],
        tuple(Source(one, "", "", "", "", "", "") for one in kept["sources"]),
        kept["exporter"],
        kept["partner"],
        kept["product"],
        Period.parse(kept["period"]) if kept["period"] else None,
        derived=kept["derived"],
        formula=kept["formula"],
    )


def _figure(figure: Figure) -> dict[str, Any]:
    quantity = figure.quantity
    return {
        "measure": figure.measure, "exporter": figure.exporter, "partner": figure.partner, "product": figure.product,
        "period": str(figure.period) if figure.period else "", "value": quantity.value, "low": quantity.low,
        "high": quantity.high, "unit": quantity.unit, "qualifier": quantity.qualifier, "step": quantity.step,
        "derived": figure.derived, "formula": figure.formula, "sources": [one.source_id for one in figure.sources],
        "vintage": max(one.published for one in figure.sources),
    }  # fmt: skip


def _key(figure: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(figure[name] for name in _KEY)


def _equal(then: Mapping[str, Any], now: Figure) -> bool:
    """True if it is the same number, as far as both are rounded: another source may round otherwise."""
    return restore(then).quantity.may_equal(now.quantity)
