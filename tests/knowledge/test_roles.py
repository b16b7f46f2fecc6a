"""Roles: who sells and who buys, by what stands around the names."""

from __future__ import annotations

import pytest

from knowledge.grammar import Grammar
from knowledge.parse import parse
from knowledge.roles import sides
from tests.conftest import TODAY

SENTENCES = [
    ("defence exports from Turkey to Ukraine", "TUR", "UKR"),
    ("defence exports to Ukraine from Turkey", "TUR", "UKR"),
    ("Turkish defence exports to Ukraine", "TUR", "UKR"),
    ("defence exports to Ukraine", "", "UKR"),
    ("Turkish defence exports", "TUR", ""),
    ("Ukraine defence imports from Turkey", "TUR", "UKR"),
    ("How much did Ukraine buy from Turkey?", "TUR", "UKR"),
    ("How much did Turkey sell to Ukraine?", "TUR", "UKR"),
    ("how much did turkey sell ukraine", "TUR", "UKR"),
    ("What did Kyiv buy from Ankara", "TUR", "UKR"),
    ("Turkey Ukraine exports", "TUR", "UKR"),
    ("Ukraine: Turkish arms exports", "TUR", "UKR"),
    ("what has Poland bought", "", "POL"),
    ("Who bought more Turkish arms, Azerbaijan or Ukraine?", "TUR", "AZE UKR"),
    ("exports to Azerbaijan and Qatar together", "", "AZE QAT"),
    ("defence goods sold by Turkey to Qatar", "TUR", "QAT"),
    ("defence exports from Ukraine to Turkey", "UKR", "TUR"),
    ("How much did Ukraine export to Turkey?", "UKR", "TUR"),
    ("Greek defence exports", "GRC", ""),
    ("German car exports to Turkey", "DEU", "TUR"),
    ("How much steel did Turkey import?", "", "TUR"),
    ("Turkish imports from Germany", "DEU", "TUR"),
    ("exports into the Netherlands", "", "NLD"),
    ("exports out of Turkey towards Iraq", "TUR", "IRQ"),
    ("Ukraine's share of Turkish exports", "TUR", "UKR"),
    ("tb2 deliveries to Greece", "", "GRC"),
    ("S-400 bought by Turkey from Russia", "RUS", "TUR"),
    ("nothing of the kind", "", ""),
    ("what has Poland ordered from South Korea", "KOR", "POL"),
    ("how many tanks did Germany deliver to Canada and when", "DEU", "CAN"),
    ("tanks Germany delivered to Canada", "DEU", "CAN"),
    ("tanks that France has sold to Egypt", "FRA", "EGY"),
    ("German tanks to Canada", "DEU", "CAN"),
    ("French frigates for India", "FRA", "IND"),
    ("largest buyers of German tanks", "DEU", ""),
    ("who bought French frigates?", "FRA", ""),
    ("which countries did Germany sell tanks to", "DEU", ""),
    ("to whom has Germany sold tanks", "DEU", ""),
    ("US deliveries to Ukraine", "USA", "UKR"),
    ("Ukraine's top suppliers", "", "UKR"),
    ("who are the suppliers of India", "", "IND"),
    ("when was Poland delivered the tanks", "", "POL"),
    ("did India buy tanks from France", "FRA", "IND"),
    ("what did Israel get from the US", "USA", "ISR"),
    ("how many frigates did Greece buy from the Netherlands", "NLD", "GRC"),
    ("tanks delivered to Iraq by France", "FRA", "IRQ"),
    ("Greek tanks", "", "GRC"),
    ("who are Turkey's top suppliers of tanks", "", "TUR"),
    ("Turkish suppliers of tanks", "TUR", ""),
]


def found(grammar: Grammar, text: str) -> tuple[str, str]:
    """The sellers and the buyers of a text, as codes."""
    parsed = parse(text, grammar, TODAY)
    both = sides(parsed.tokens, parsed.pieces, grammar.lexicon, "TUR")
    exporters, importers = (
        sorted(piece.ids("country")[0] for piece in side) for side in (both.exporters, both.importers)
    )
    return " ".join(exporters), " ".join(importers)


@pytest.mark.parametrize(("text", "exporters", "importers"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_sides(grammar: Grammar, text: str, exporters: str, importers: str) -> None:
    """Each country stands on the side that the sentence puts it on."""
    assert found(grammar, text) == (exporters, importers)


@pytest.mark.parametrize("text", [row[0] for row in SENTENCES])
def test_nobody_stands_on_both(grammar: Grammar, text: str) -> None:
    """Every country that is named is on one side, and on one only."""
    parsed = parse(text, grammar, TODAY)
    both = sides(parsed.tokens, parsed.pieces, grammar.lexicon, "TUR")
    named = [piece for piece in parsed.pieces if piece.ids("country")]
    assert sorted(map(id, (*both.exporters, *both.importers))) == sorted(map(id, named))


@pytest.mark.parametrize(
    "text", ["DEFENCE EXPORTS TO UKRAINE FROM TURKEY", "defence exports to the Ukraine, from türkiye"]
)
def test_case_and_articles_do_not_matter(grammar: Grammar, text: str) -> None:
    """The same sentence in other letters."""
    assert found(grammar, text) == ("TUR", "UKR")
