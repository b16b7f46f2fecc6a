"""Trade as customs count it: which side reported which flow, and how that is told apart from every other figure.

A reporter's exports and its partner's imports are two counts of the same goods, and neither is TIM's. Each flow has
a measure of its own, so that nothing asks for one and gets another: they stand side by side and are never merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SERIES = "comtrade"
"""The name of the series in vintages.csv."""
SPEAKER = "UN Comtrade"
"""Whom the figures are attributed to."""
PUBLISHER = "org-comtrade"
"""The publisher as an entity."""


class Flow(NamedTuple):
    """What a reporter counts. Its measure is the key."""

    code: str
    """M, X, RX or RM, as UN Comtrade calls it."""
    goods: bool
    """False for services, which customs never see."""
    into: bool
    """True if the reporter is the one who receives."""
    words: str
    """In a title of a source."""


FLOWS: Mapping[str, Flow] = {
    "customs_export": Flow("X", goods=True, into=False, words="exports"),
    "customs_import": Flow("M", goods=True, into=True, words="imports"),
    "customs_re_export": Flow("RX", goods=True, into=False, words="re-exports"),
    "customs_re_import": Flow("RM", goods=True, into=True, words="re-imports"),
    "services_export": Flow("X", goods=False, into=False, words="exports of services"),
    "services_import": Flow("M", goods=False, into=True, words="imports of services"),
}
"""Measure → flow."""


def measure(code: str, *, goods: bool) -> str | None:
    """The measure of a flow; None for one that is not taken."""
    return next((name for name, flow in FLOWS.items() if (flow.code, flow.goods) == (code, goods)), None)


def reporter(name: str, exporter: str, partner: str) -> str:
    """Who counted: the receiver of what came in, the sender of what went out."""
    return partner if FLOWS[name].into else exporter
