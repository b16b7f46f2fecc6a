"""Several sources of one figure: which leads and why, which say the same, which differ and by how much.

Pure functions over observations of one flow, period and measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.facts import Observation, Source
from knowledge.text import fold

Sources = Callable[[str], Source]
"""Looks up a source by its id."""

_WITHIN = re.compile(r"\s*\(([^)]*)\)")
_COPY = re.compile(r"\s(?:copy|text|via .*)$")
_KINDS = ("official_statistics", "government", "company", "database", "research", "press", "secondary")
_QUALIFIERS = ("exact", "about", "nearly", "more_than", "at_least", "less_than", "up_to", "unknown")
_OFFICIAL = ("TIM", "TUIK", "Turkish Ministry of Trade", "TIM and SSB", "SIPRI")
_STATE = ("SSB", "SSM", "SSI", "SASAD", "Turkish Ministry of Defence", "Government of Turkey", "Erdogan", "Baykar")
_HEARSAY = ("press", "press expectation", "not stated", "officials")


@dataclass(frozen=True, slots=True)
class Voice:
    """One value, with everyone who gives it, best first."""

    lead: Observation
    reports: tuple[Observation, ...]
    """All that can be the same number within rounding, the lead included."""

    def origins(self, sources: Sources) -> tuple[str, ...]:
        """Who said it, each once: copies of one wire story count as that wire."""
        return tuple(dict.fromkeys(origin(sources(report.source_id)) for report in self.reports))


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The leading value and the ones that cannot be the same number."""

    lead: Voice
    others: tuple[Voice, ...] = ()


def reconcile(observations: Iterable[Observation], sources: Sources) -> Reconciled | None:
    """Order what several sources say of one figure; None if there is nothing.

    Official statistics lead, whoever reports them; then the state and the makers; then the press. Among equals
    the value that more publishers give, the exact before the hedged, the precise before the rounded, the newer
    before the older.
    """
    voices = _voices(sorted(observations, key=lambda item: _standing(item, sources)))
    if not voices:
        return None
    ranked = sorted(voices, key=lambda voice: _weight(voice, sources)) if len(voices) > 1 else voices
    # A value that speaks for itself alone cannot lead if it only repeats another's text.
    firm = [voice for voice in ranked if sources(voice.lead.source_id).kind != "secondary"] or ranked
    lead = firm[0]
    return Reconciled(lead, tuple(voice for voice in ranked if voice is not lead))


@lru_cache(maxsize=4096)
def origin(source: Source) -> str:
    """Whose text a source prints: "Milli Chronicle (Reuters)" is Reuters; itself where it names no other."""
    found = _WITHIN.search(source.publisher)
    if not found or found.group(1).startswith("copied"):
        return fold(_WITHIN.sub("", source.publisher).strip())
    return fold(_COPY.sub("", re.split(r"[/,]", found.group(1))[0]).strip())


def in_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources with one for each origin first, then the copies; within each the order as it was."""
    first: dict[str, Source] = {}
    rest: list[Source] = []
    for source in dict.fromkeys(sources):
        key = origin(source)
        if key not in first:
            first[key] = source
        elif _WITHIN.search(first[key].publisher) and not _WITHIN.search(source.publisher):
            # The original stands for its copies.
            rest.append(first[key])
            first[key] = source
        else:
            rest.append(source)
    return (*first.values(), *rest)


def authority(observation: Observation) -> int:
    """0 for official statistics, 1 for the state or a maker, 2 for others, 3 where nobody is named."""
    who = observation.attributed_to
    if who in _OFFICIAL:
        return 0
    if who in _STATE:
        return 1
    return 3 if who in _HEARSAY else 2


def _standing(observation: Observation, sources: Sources) -> tuple[object, ...]:
    source = sources(observation.source_id)
    return (
        source.kind == "secondary",
        authority(observation),
        _QUALIFIERS.index(observation.quantity.qualifier),
        observation.quantity.step,
        _KINDS.index(source.kind),
        bool(_WITHIN.search(source.publisher)),
        source.language != "en",
        source.published,
        observation.observation_id,
    )


def _voices(ordered: Sequence[Observation]) -> list[Voice]:
    """Group by values that can be one number; each joins the best-standing group that it fits."""
    groups: list[list[Observation]] = []
    for item in ordered:
        for group in groups:
            if _same(group[0], item):
                group.append(item)
                break
        else:
            groups.append([item])
    return [Voice(group[0], tuple(group)) for group in groups]


def _same(first: Observation, second: Observation) -> bool:
    one, other = first.quantity, second.quantity
    if one.unit != other.unit:
        return False
    if first.measure == "target":
        # A goal is set, not measured: 6 billion is no rounding of 5.5.
        return one.value == other.value
    if not one.may_equal(other):
        return False
    # "More than 3 billion" agrees with 3.2 billion, but a loose bound does not vouch for just anything.
    return abs(one.value - other.value) <= max(0.1 * abs(one.value), one.step, other.step)


def _weight(voice: Voice, sources: Sources) -> tuple[object, ...]:
    lead = voice.lead
    return (
        authority(lead),
        sources(lead.source_id).kind == "secondary",
        lead.quantity.open,
        -min(len(voice.origins(sources)), 3),
        *_standing(lead, sources)[2:],
    )
