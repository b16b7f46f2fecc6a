"""The plan of an order of buyers or sellers by a register: items, or its volume index, which is no money."""

from __future__ import annotations

from knowledge.answer import Answer, Figure, Phrase
from knowledge.charts.sketch import Bar, Plan, Rows, Tone
from knowledge.charts.told import PLAIN_TEXT, worded
from knowledge.question import Name
from knowledge.wording import Wording

_LEAST = 2
_VOLUME = "volume_index"
_RANKED = "register.rank."


def plan(answer: Answer, wording: Wording) -> Plan | None:
    """A bar for each buyer or seller; None where models are listed or deals summed: these are no sizes of one thing."""
    lead = answer.lead[0]
    told = dict(lead.args).get("told") if lead.key == "register.in_period" else lead
    if not isinstance(told, Phrase) or not told.key.startswith(_RANKED) or len(answer.figures) < _LEAST:
        return None
    buyers = told.key.removeprefix(_RANKED).startswith("recipient")
    bars = tuple(
        _bar(figure, figure.partner if buyers else figure.exporter, wording, first=not at)
        for at, figure in enumerate(answer.figures)
    )
    # A doubted number that also lies only partly in the time has no bar that tells both.
    parted = any(caveat.key == "register.caveat.split" for caveat in answer.caveats)
    unclear = parted and any(figure.quantity.qualifier == "about" for figure in answer.figures)
    if unclear or not any(bar.value for bar in bars):
        return None
    axis = worded(wording, f"chart.axis.register.{answer.figures[0].measure}")
    title = worded(wording, f"chart.title.{told.key}", **dict(told.args))
    period = dict(lead.args).get("period")
    if period is not None:
        title = worded(wording, "chart.title.register.in_period", title=title, period=period)
    return Plan(axis, (Rows(bars),), ((axis, bars),), title)


def _bar(figure: Figure, party: str, wording: Wording, *, first: bool) -> Bar:
    """One party's bar: bounds where the register leaves open what falls into the time, none for mere doubt."""
    quantity = figure.quantity
    low, high = quantity.low, quantity.high
    spread = low is not None and high is not None and high > low
    text = wording.arg(quantity, "")
    if figure.measure == _VOLUME:
        ends = [f"{end:,.0f}" for end in (low, high) if end is not None]
        text = ends[0] if len(set(ends)) < _LEAST else worded(wording, "register.span", low=ends[0], high=ends[1])
    return Bar(
        wording.arg(Name("country", party), "start").translate(PLAIN_TEXT),
        quantity.value,
        text,
        low if spread else None,
        high if spread else None,
        tone=Tone.MAIN if first else Tone.PLAIN,
    )
