"""Writes knowledge/language/common.<xx>.txt: real words that are near a known one and must not pass for typos.

Before it, for a language whose file has stems, forms.<xx>.txt: the words that these stand for, to put typos right to.

Run by hand after the vocabulary of a language has grown: `python tests/make_common_words.py en`, with the
`wordfreq` package installed (its word lists are CC BY-SA 4.0; only the words that collide are kept).
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from wordfreq import top_n_list

from knowledge.grammar import Grammar
from knowledge.names import Speller
from knowledge.slips import can_slip
from knowledge.store import open_store
from knowledge.text import fold

COMMON = 30_000
"""How many of a language's most frequent words count as real ones."""
FORMS = 120_000
"""How many of them are looked through for forms of known stems."""
FOLDER = Path(__file__).parents[1] / "knowledge" / "language"


def stemmed(language: str, grammar: Grammar) -> list[str]:
    """The real words that only a stem accounts for."""
    words = {fold(word) for word in top_n_list(language, FORMS)}
    return sorted(
        word
        for word in words
        if can_slip(word) and word not in grammar.vocabulary and grammar.lexicon.look_up([word])[0]
    )


def collisions(language: str, grammar: Grammar) -> list[str]:
    """The real words that the speller would take for a slip of a known word."""
    words = {fold(word) for word in top_n_list(language, COMMON)}
    return sorted(word for word in words if can_slip(word) and not grammar.knows(word) and grammar.near(word))


def write(name: str, words: list[str]) -> None:
    """One word a line."""
    FOLDER.joinpath(name).write_text("\n".join(words) + "\n", encoding="utf-8")
    sys.stdout.write(f"{name}: {len(words)} words\n")


if __name__ == "__main__":
    for code in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as home, open_store(Path(home), today=date(2000, 1, 1)) as store:
            known = Grammar.load(code, store.names(code))
            found = stemmed(code, known)
            if found:
                write(f"forms.{code}.txt", found)
            speller = Speller(known.vocabulary.union(found), names=known.lexicon.names)
            write(f"common.{code}.txt", collisions(code, replace(known, speller=speller)))
