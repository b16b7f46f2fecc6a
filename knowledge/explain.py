"""How a question was read, for people who want to know: slots with their words, readings, facts used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.question import NotUnderstood, Question, Reading

if TYPE_CHECKING:
    from knowledge.desk import Reply

_LOST = 3


def explain(reply: Reply) -> str:
    """Several lines of plain text."""
    found = reply.understanding
    lines = [f"text: {found.parse.text}"]
    if isinstance(found.outcome, NotUnderstood):
        lines.append(
            f"not understood: {found.outcome.trouble} {', '.join(found.outcome.words)} {found.outcome.concept}".rstrip()
        )
    else:
        lines += _question(found.outcome)
    best, *lost = found.readings
    lines.append(f"reading: {_reading(best)}")
    lines += [f"lost by {best.score - other.score:.2f}: {_reading(other)}" for other in lost[:_LOST]]
    for figure in reply.answer.figures:
        ids = ", ".join(source.source_id for source in figure.sources)
        lines.append(
            f"figure: {figure.measure} {figure.quantity.value:g} {figure.quantity.unit} {figure.period or ''} [{ids}]"
        )
    lines += [f"event: {event.event_id} [{event.source_id}]" for event in reply.answer.events]
    return "\n".join(lines)


def _question(question: Question) -> list[str]:
    lines = [f"kind: {question.kind}"]
    for name in ("products", "partners", "regions", "periods", "systems", "companies", "people", "conflicts"):
        for slot in getattr(question, name):
            value = slot.value if isinstance(slot.value, str) else (slot.value.period or slot.value.anchor)
            near = ", near" if slot.near else ""
            lines.append(f"{name}: {value} ({slot.origin}{near}: {slot.words!r})")
    for name in ("exporter", "attributed"):
        slot = getattr(question, name)
        if slot:
            lines.append(f"{name}: {slot.value} ({slot.origin}: {slot.words!r})")
    if question.aspects:
        lines.append(f"aspects: {', '.join(sorted(question.aspects))}")
    return lines


def _reading(reading: Reading) -> str:
    parts = ", ".join(f"{name} {weight:+.2f}" for name, weight in reading.evidence if weight)
    return f"{reading.question.kind} {reading.score:.2f} ({parts})"
