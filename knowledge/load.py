"""Fact files to facts. Every bad row is reported at once, with file, row, column and what to write instead.

A folder of facts holds `sources.csv` and some of `observations.csv`, `events.csv`, `statements.csv`,
`entities.csv`, `remarks.csv` and `vintages.csv`, with one file in `series/` for each vintage. The reference
tables `products.csv`, `countries.csv` and `country_names.csv` are the shipped ones where a folder has none.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.cells import Cells
from knowledge.contradictions import contradictions
from knowledge.folder import DATA, OWN, REGISTERS, SHARED
from knowledge.gathered import Facts
from knowledge.laying import lay
from knowledge.readers import TABLES
from knowledge.rows import Finding, Findings, read_rows, refuse

__all__ = ["DATA", "Finding", "check", "facts_of", "load"]


def check(folder: Path) -> list[Finding]:
    """Everything that is wrong (errors) or doubtful (warnings) in a folder of facts; empty if nothing is."""
    return load(folder)[1]


def facts_of(folder: Path) -> Facts:
    """The facts of a folder. Raises BadFactsError, which names the first error and counts the others."""
    facts, findings = load(folder)
    refuse(findings, "run `waybill facts check`")
    return facts


def load(folder: Path) -> tuple[Facts, list[Finding]]:
    """The sound facts of a folder, and all that is wrong with the others. Never raises for what a file holds."""
    facts, findings = Facts(), Findings()
    if not folder.is_dir():
        findings.error(folder.name, 0, "", "there is no such folder of facts")
        return facts, findings.all
    for file in (*SHARED, *OWN, *REGISTERS):
        home = DATA if file in SHARED and not (folder / file).exists() else folder
        if (home / file).exists() or file == "sources.csv":
            for row in read_rows(home, file, TABLES[file].columns, findings):
                TABLES[file].read(Cells(row, findings), facts)
    lay(folder, facts, findings)
    if not (findings.all or facts.observations or facts.series or facts.events or facts.deals):
        findings.error(folder.name, 0, "", "the folder holds no facts: add observations.csv or events.csv")
    for observation_id, message in contradictions(facts.observations):
        findings.warning("observations.csv", facts.places[observation_id], "value", message)
    return facts, findings.all
