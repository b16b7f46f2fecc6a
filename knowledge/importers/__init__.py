"""Publishers' files to rows of our own fact shape: one module for each format, one table that lists them."""

from __future__ import annotations

from collections.abc import Mapping

IMPORTERS: Mapping[str, str] = {
    "tim": "knowledge.importers.tim",
    "sipri": "knowledge.importers.sipri",
    "comtrade": "knowledge.importers.comtrade",
    "csv": "knowledge.importers.csv",
}
"""Kind → the module whose `read` is its `knowledge.importers.parsed.Read`. Names, so that one kind loads alone."""
