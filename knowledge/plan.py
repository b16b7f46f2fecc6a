"""What a store is to be built from: read, put together and found sound, but for the rows that are streamed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.folder import Fingerprint, Part, fingerprints
from knowledge.gathered import Facts, Vintage
from knowledge.load import facts_of
from knowledge.merged import Layer, layers
from knowledge.rows import Findings, refuse


@dataclass(frozen=True, slots=True)
class Plan:
    """The shipped facts with the small tables of every import, and the imports whose rows are still to come."""

    files: list[Fingerprint]
    facts: Facts
    shipped: tuple[Vintage, ...]
    """The vintages that are not of imports."""
    layers: tuple[Layer, ...]
    """In the order in which they are laid over each other."""
    findings: Findings = field(default_factory=Findings)
    """Where what is wrong with the rows goes."""

    @classmethod
    def of(cls, folder: Path, parts: Sequence[Part]) -> Plan:
        """Read the folder and the imports. Raises BadFactsError."""
        files, facts = fingerprints(folder, parts), facts_of(folder)
        shipped, findings = tuple(facts.vintages), Findings()
        laid = tuple(layers(facts, parts, findings))
        refuse(findings.all)
        return cls(files, facts, shipped, laid)
