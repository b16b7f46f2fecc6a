"""Every word and name that one language knows, and the words of a text matched against it.

Names and words come from the language's file and from the fact store; a text is cut into pieces, the longest
known phrase first. What is not known exactly is left to `knowledge.names`, which looks near by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from knowledge.declension import Declension
from knowledge.endings import chains, endings
from knowledge.errors import LanguageError
from knowledge.language import read
from knowledge.name_book import REGISTERED, Listed, Names
from knowledge.numerals import Numerals
from knowledge.pieces import Meaning, Piece
from knowledge.question import Name
from knowledge.stems import Stems
from knowledge.text import Token, folds

_LISTS = {
    "cues": "cue",
    "products": "product",
    "countries": "country",
    "demonyms": "country",
    "regions": "region",
    "classes": "class",
    "systems": "system",
    "companies": "company",
    "organisations": "organisation",
    "people": "person",
    "conflicts": "conflict",
    "outside": "outside",
    "units": "unit",
    "hedges": "hedge",
    "multiples": "multiple",
    "topics": "topic",
}
NAMES = frozenset(("product", "country", "region", "class", "system", "company", "organisation", "person", "conflict"))
"""Kinds of meaning that fill a slot with a name."""

_SHORTEST = 3
"""Letters that a word must keep when endings are taken off it: shorter ones are too easily found inside others."""
_REMEMBERED = 8192


def _texts(value: Any) -> Iterator[str]:
    """Every text in a table of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _spaced(phrase: str) -> str:
    """A phrase in the form in which phrases are compared."""
    return " ".join(folds(phrase))


class Lexicon:
    """The words of one language and the names of the store, ready to be matched."""

    def __init__(self, language: str, names: Names | Iterable[tuple[str, Name]] = ()) -> None:
        self.language = language
        self.names = names if isinstance(names, Names) else Listed(names)
        table = read(language)
        self._entries: dict[str, list[Meaning]] = {}
        self._stems: dict[str, list[Meaning]] = {}
        self._inflecting: dict[str, list[Meaning]] = {}
        self._longest = self.names.longest
        ends = table.get("endings", {})
        self._replaced: dict[str, list[str]] = {}
        for ending, instead in endings(ends):
            self._replaced.setdefault(ending, []).append(instead)
        self._longest_ending = max(map(len, self._replaced), default=0)
        self._chains = chains(ends)
        self._vowels = frozenset(letter for chain in self._chains for letter in chain.after)
        self._spoken: dict[str, str] = ends.get("spoken", {})
        self._softened: dict[str, str] = ends.get("softened", {})
        self._set_off: bool = ends.get("set_off", True)
        self._declension = Declension(ends.get("declined", ()), ends.get("fixed", ()))
        self._unnamed = frozenset(_spaced(phrase) for phrase in table.get("unnamed", {}).get("words", ()))
        """Names of the store that are words of the language, and always meant as such."""
        self._patterns = Stems[Meaning]()
        self.beside: Callable[[], Iterable[Lexicon]] = tuple
        """Languages that people mix with this one: asked for the words that it does not have."""
        for section, kind in _LISTS.items():
            for key, phrases in table.get(section, {}).items():
                self._add_all(phrases, Meaning(kind, key), f"{section}.{key}")
        self._add_all(table["filler"]["words"], Meaning("filler", ""), "filler.words")
        for number, words in enumerate(table["numbers"]["words"]):
            self._add_all([words], Meaning("number", str(number)), "numbers.words")
        for place, words in enumerate(table.get("ordinals", {}).get("words", ()), 1):
            self._add_all([words], Meaning("place", str(place)), "ordinals.words")
        self._inflected = frozenset(phrase.rpartition(" ")[2] for phrase in self._inflecting)
        self._apart: dict[str, tuple[tuple[str, str], ...]] = {}
        self.numerals = Numerals(table["numbers"])
        self.roles: dict[str, frozenset[str]] = {
            role: frozenset(words) for role, words in table.get("roles", {}).items()
        }
        self.table: dict[str, Any] = table

    def _add_all(self, phrases: Any, meaning: Meaning, where: str) -> None:
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
            raise LanguageError(f"{self.language}.toml: {where} must be a list of phrases")
        for phrase in phrases:
            for form in phrase.split("/"):
                words = folds(form.rstrip("*~"))
                if "*" in form and len(words) > 1:
                    self._patterns.add(form, meaning)
                    self._longest = max(self._longest, self._patterns.longest)
                    continue
                name = " ".join(words)
                self._add(name, meaning, form[-1:])
                for declined in self._declension.decline(name) if where.startswith("countries.") else ():
                    self._add(declined, meaning, "")

    def _add(self, name: str, meaning: Meaning, mark: str) -> None:
        if not name:
            return
        self._longest = max(self._longest, name.count(" ") + 1)
        lists = [self._stems] if mark == "*" else [self._entries]
        if self._chains and (mark == "~" or meaning.kind in NAMES):
            lists.append(self._inflecting)
        for entries in lists:
            found = entries.setdefault(name, [])
            if meaning not in found:
                found.append(meaning)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters, marks and all, in which the language's own file is written."""
        return frozenset(letter for text in _texts(self.table) for letter in text.lower() if letter.isalpha())

    def vocabulary(self) -> Iterator[str]:
        """Each single word that occurs in a phrase of the language's own file."""
        seen: set[str] = set()
        for name in self._entries:
            for word in name.split(" "):
                if word not in seen:
                    seen.add(word)
                    yield word

    def look_up(self, folds: Sequence[str]) -> tuple[tuple[Meaning, ...], str]:
        """What a phrase can mean, with the ending that was set aside; no meanings where it is not known."""
        *before, last = folds
        head = "".join(word + " " for word in before)
        found = self._find(head + last)
        if before:
            # «хто купив» is listed, and «хто куп*» as well: each tells something.
            found = tuple(dict.fromkeys((*found, *self._patterns.look_up(folds))))
        if found:
            return found, ""
        base, apostrophe, ending = last.rpartition("'")
        if apostrophe and self._set_off:
            found = self._find(head + base)
            if found:
                return found, ending
        return self._without_ending(head, last)

    def cases(self, phrase: str) -> frozenset[str]:
        """The cases that a form of a country's name can stand in; none for adjectives, or where there are no cases."""
        every = (self._declension, *(other._declension for other in self.beside()))  # noqa: SLF001 - of its own kind
        return next((found for one in every if (found := one.cases(phrase))), frozenset())

    def _without_ending(self, head: str, last: str) -> tuple[tuple[Meaning, ...], str]:
        """What a phrase can mean once the ending of its last word is set aside."""
        for base, ending in self.taken_apart(last):
            own = self._inflecting.get(head + base, ())
            names = tuple(meaning for meaning in self._find(head + base) if meaning.kind in NAMES)
            if own or names:
                return tuple(dict.fromkeys((*own, *names))), ending
        for cut in range(len(last), 2, -1) if self._stems else ():
            stems = self._stems.get(head + last[:cut])
            if stems:
                return tuple(stems), last[cut:]
        for size in range(min(self._longest_ending, len(last) - 2), 0, -1):
            ending = last[len(last) - size :]
            for instead in self._replaced.get(ending, ()):
                found = self._find(head + last[: len(last) - size] + instead)
                names = tuple(meaning for meaning in found if meaning.kind in NAMES)
                if names:
                    return names, ending
        return (), ""

    def is_part(self, word: str) -> bool:
        """True if a word occurs in a phrase of several stems."""
        return self._patterns.has_word(word)

    def is_name(self, word: str) -> bool:
        """True if a word is a name by itself."""
        return any(meaning.kind in NAMES for meaning in self._find(word))

    def inflects(self, word: str) -> bool:
        """True for a known word that takes the language's endings."""
        return word in self._inflected or self.names.has_word(word)

    def taken_apart(self, word: str) -> tuple[tuple[str, str], ...]:
        """A word as a shorter known one with endings glued on, in every way that there is; the longest word first."""
        found = self._apart.get(word)
        if found is None:
            ways = self.endings_off(word)
            found = tuple(pair for pair in ways if pair[0] in self._inflected or self.names.has_word(pair[0]))
            if len(self._apart) < _REMEMBERED:
                self._apart[word] = found
        return found

    def endings_off(self, word: str) -> Iterator[tuple[str, str]]:
        """A word as any shorter one with endings glued on, in every way that there is; the longest word first."""
        for cut in range(len(word) - 1, _SHORTEST - 1, -1) if self._chains else ():
            vowel = self._spoken.get(word[:cut]) or next(filter(self._vowels.__contains__, reversed(word[:cut])), "")
            if any(vowel in chain.after and chain.endings.fullmatch(word, cut) for chain in self._chains):
                yield word[:cut], word[cut:]
                hard = self._softened.get(word[cut - 1])
                if hard:
                    yield word[: cut - 1] + hard, word[cut:]

    def _find(self, phrase: str) -> tuple[Meaning, ...]:
        """What exactly this phrase means: as a word of the language, and as a name.

        What only a register of arms transfers knows ("Hunter", "Storm") counts where nothing else is called so.
        """
        own = tuple(self._entries.get(phrase, ()))
        named = () if phrase in self._unnamed else self.names.named(phrase)
        if not named:
            return own
        names = tuple(Meaning(name.kind, name.id) for name in named)
        known = (*own, *(name for name in names if not name.id.startswith(REGISTERED) and name not in own))
        return known or names

    def pieces(self, text: Sequence[Token], taken: Sequence[bool]) -> list[Piece]:
        """The text cut into known phrases, longest first from the left; `taken` tokens are left out."""
        out: list[Piece] = []
        at = 0
        while at < len(text):
            if taken[at]:
                at += 1
                continue
            last, meanings, suffix = self._longest_from(text, taken, at)
            for other in () if meanings else self.beside():
                last, meanings, suffix = other._longest_from(text, taken, at)  # noqa: SLF001 - one of its own kind
                if meanings:
                    break
            words = " ".join(token.text for token in text[at : last + 1])
            out.append(Piece(at, last, meanings, words, suffix))
            at = last + 1
        return out

    def _longest_from(
        self, text: Sequence[Token], taken: Sequence[bool], at: int
    ) -> tuple[int, tuple[Meaning, ...], str]:
        """The last token of the longest known phrase that begins at one, what it means, and its ending."""
        end = at + 1
        while end < len(text) and end - at < self._longest and not taken[end]:
            end += 1
        for stop in range(end, at, -1):
            meanings, suffix = self.look_up([token.fold for token in text[at:stop]])
            if meanings:
                return stop - 1, meanings, suffix
        return at, (), ""
