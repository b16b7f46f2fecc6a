"""Figures as entries of a list, in one language: what is counted, who sold to whom, when, and how much, each apart."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answer import Figure
from knowledge.question import Name
from knowledge.wording import Wording


@dataclass(frozen=True, slots=True)
class Label:
    """A figure in words, in parts that a list can join as it likes."""

    subject: str
    """What is counted; empty where the figure itself does not say."""
    flow: str
    """"Türkiye → Ukraine", or the seller alone; empty if neither is known."""
    period: str
    value: str


def label(figure: Figure, wording: Wording) -> Label:
    """A figure in words."""
    ends = [wording.arg(Name("country", code), "") for code in (figure.exporter, figure.partner) if code]
    return Label(
        subject=wording.arg(Name("product", figure.product), "start") if figure.product else "",
        flow=" → ".join(ends),
        period=wording.arg(figure.period, "") if figure.period else "",
        value=wording.arg(figure.quantity, ""),
    )
