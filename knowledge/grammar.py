"""One language's means of reading a question, put together once: words and names, period words, spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.dates import DateWords
from knowledge.language import common_words, forms
from knowledge.lexicon import Lexicon
from knowledge.name_book import Names
from knowledge.names import Speller
from knowledge.question import Name
from knowledge.respell import Respelling


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is needed to take apart a text in one language."""

    lexicon: Lexicon
    dates: DateWords
    speller: Speller
    vocabulary: frozenset[str]
    respelling: Respelling
    favoured: tuple[str, ...]
    """What words begin like that are meant where a slip can be one of several: "exprt" is no expert here."""

    @classmethod
    def load(cls, language: str, names: Names | Iterable[tuple[str, Name]]) -> Grammar:
        """The grammar of a language, with the names that the store knows; raises LanguageError."""
        lexicon = Lexicon(language, names)
        dates = DateWords.load(language)
        vocabulary = frozenset((*lexicon.vocabulary(), *dates.vocabulary))
        favoured = tuple(lexicon.table.get("favoured", ()))
        speller = Speller(vocabulary | forms(language), common_words(language), lexicon.names)
        return cls(lexicon, dates, speller, vocabulary, Respelling(lexicon.table.get("latin", {})), favoured)

    def knows(self, word: str) -> bool:
        """True if a folded word needs no putting right."""
        if word in self.speller or self.lexicon.look_up([word])[0] or self.dates.knows(word):
            return True
        if self.lexicon.is_part(word):
            return True
        head, apostrophe, _ = word.partition("'")
        if self.knows(head) if apostrophe else not word.isalpha():
            return True
        return any(other.look_up([word])[0] for other in self.lexicon.beside())

    def respelt(self, word: str) -> str:
        """The known word that one in the letters of another script stands for; empty if there is none."""
        spelt = self.respelling(word)
        if not spelt or word in self.speller:
            return ""
        if self.speller.is_common(spelt) or spelt in self.speller or self.lexicon.look_up([spelt])[0]:
            return spelt
        found = self.near(spelt)
        return found[0] if len({self.lexicon.look_up([one])[0] for one in found}) == 1 else ""

    def near(self, word: str) -> tuple[str, ...]:
        """The known words that a folded one may be a slip of, with the endings that it has."""
        head, apostrophe, tail = word.partition("'")
        if apostrophe:
            # What stands before an ending that is set off is a name.
            return tuple(f"{one}'{tail}" for one in self.near(head) if self.lexicon.is_name(one))
        if self.speller.is_common(word):
            return ()
        fewest, best = self.speller.slips(word)
        for base, ending in self.lexicon.endings_off(word):
            slips, found = self.speller.slips(base)
            whole = tuple(one + ending for one in found if self.lexicon.inflects(one))
            if whole and (not best or slips < fewest):
                fewest, best = slips, whole
        meant = tuple(one for one in best if one.startswith(self.favoured)) if len(best) > 1 else ()
        return meant or best
