"""Finds a level and a growth of one series that cannot both be true, whatever their rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from knowledge.facts import Observation
from knowledge.quantity import Quantity


def contradictions(observations: Sequence[Observation]) -> Iterator[tuple[str, str]]:
    """(observation id, what is odd) for each growth or ratio that no two levels of the same speaker bear out.

    Levels from the same source are tried first; without them, those that other sources ascribe to the same
    body. One pair that fits is enough.
    """
    levels: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for level in observations:
        if level.measure == "value":
            levels[_flow(level), level.period, level.quantity.unit].append(level)
    for change in observations:
        if change.measure not in ("growth_yoy", "ratio_yoy"):
            continue
        for unit in ("USD", "EUR", "GBP"):
            now = levels.get((_flow(change), change.period, unit), [])
            before = levels.get((_flow(change), change.period.year_earlier(), unit), [])
            found = _compare(change, now, before)
            if found:
                yield change.observation_id, found


def _compare(change: Observation, now: Sequence[Observation], before: Sequence[Observation]) -> str:
    """What is odd, or nothing."""
    for same in ("source_id", "attributed_to"):
        pairs = [
            (level, base)
            for level in now
            if getattr(level, same) == getattr(change, same)
            for base in before
            if getattr(base, same) == getattr(change, same) and base.quantity.value > 0
        ]
        if pairs:
            made = [(_change(change, level.quantity, base.quantity), level, base) for level, base in pairs]
            if any(quantity.may_equal(change.quantity) for quantity, _, _ in made):
                return ""
            quantity, level, base = min(made, key=lambda one: abs(one[0].value - change.quantity.value))
            return (
                f"{change.measure} of {change.quantity.value:g} does not follow from {level.observation_id} "
                f"({level.quantity.value:,.0f}) and {base.observation_id} ({base.quantity.value:,.0f}), "
                f"which make it {quantity.value:.4g}: check all three"
            )
    return ""


def _flow(observation: Observation) -> tuple[str, str, str]:
    return observation.exporter, observation.partner, observation.product


def _change(change: Observation, level: Quantity, base: Quantity) -> Quantity:
    return level.growth(base) if change.measure == "growth_yoy" else level.ratio(base)
