"""What countries are called, for the store: names from CLDR and from `country_names.csv`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from babel import Locale

from knowledge.gathered import Country, CountryName
from knowledge.links import folded
from knowledge.readers import LANGUAGES

_BRACKETS = re.compile(r"\s*\(.*\)")
_AND = {"en": "and", "tr": "ve", "uk": "та", "ru": "и"}


def labels(countries: Iterable[Country]) -> Iterator[tuple[str, str, str]]:
    """(language, country code, name to show) for every language."""
    known = list(countries)
    for language in LANGUAGES:
        territories = Locale(language).territories
        for country in known:
            yield language, country.country, territories.get(country.territory, country.name)


def names(countries: Iterable[Country], more: Iterable[CountryName]) -> Iterator[tuple[str, str, str]]:
    """(language, folded name, country code): CLDR's name, the same without its brackets, and the shipped others."""
    shown = list(labels(countries))
    # Two countries can be one without the brackets: "Virgin Islands (US)" and "(UK)" in Russian.
    bare = [(language, _BRACKETS.sub("", label)) for language, _, label in shown]
    alone = {one for one, times in Counter(bare).items() if times == 1}
    for (language, country, label), short in zip(shown, bare, strict=True):
        forms = {label, label.replace("&", _AND[language])} | ({short[1]} if short in alone else set())
        for form in sorted(forms):
            yield language, folded(form), country
    for name in more:
        yield name.language, folded(name.name), name.country
