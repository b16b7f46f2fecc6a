"""The words of a question that are no names: which reports are about them, and whether a number counts them.

Notes are in English; a word that neither a name nor the grammar explains must stand in the very report that answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.answers.desk_view import View
from knowledge.answers.linked import reports_of
from knowledge.facts import Event
from knowledge.quantity import Quantity
from knowledge.question import Question
from knowledge.store import Store
from knowledge.text import fold

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED = rf"(?<![\w.,])(\d[\d.,]*|{'|'.join(_NUMBERS)}|dozens?|hundreds)[\s-]+(?:[\w-]+[\s-]+){{0,2}}"
"""A number in a note, which is in English, with up to two words before what it counts ("three ground stations")."""
_GIVEN = r"\w*\s+(?:of\s+)?(?:(about|up to)\s+)?(\d[\d,]*)(?![\w.,%]*\d|\s*(?:[%m]|bn|million|billion))"
"""A number right behind a word of a note, with its hedge; no amount of money."""
_HEDGES = {"": "exact", "about": "about", "up to": "up_to"}
_STEM, _ENDING = 5, 3
"""Letters that two forms of a word share at least, and letters of an ending ("ratify", "ratified")."""
_INFLECTED = r"(?:'?s|es|d|ed|ing)?(?!\w)"
"""What a short word may end in; notes are in English."""
_DOER = re.compile(r"(?:er|or)s?$")
"""An ending that makes another word of one."""


def narrowed(question: Question, view: View, found: Sequence[Event]) -> tuple[list[Event], tuple[str, ...]]:
    """The reports that stray words of the question are about, and the words that none is about.

    Words that neither a name nor the grammar explains ("capacity", "parliament") must all stand in one report.
    """
    if not question.topic:
        return list(found), ()
    if "before" in question.aspects and not question.periods and question.number is None:
        # "Before the invasion": no report tells when that was.
        return [], question.topic
    texts = _texts(view.store)
    hits = [(event, [word for word in question.topic if _names(word, texts[event.event_id])]) for event in found]
    told = [event for event, words in hits if len(words) == len(question.topic)]
    if told or not hits:
        return told, ()
    # Words that only different reports have between them are the words of none.
    most = max((words for _, words in hits), key=len)
    return [], tuple(word for word in question.topic if word not in most)


def counts_other(question: Question, view: View, event: Event) -> bool:
    """True if the number of a report is of something else than the words of a "how many" ask for.

    "How many control stations": a note that counts these beside the aircraft makes the aircraft no answer.
    """
    if not question.topic or "count" not in question.aspects or event.quantity is None:
        return False
    named = fold(f"{event.system} {event.attributed_to} {event.supplier}")
    own = f"{event.quantity.value:g}"
    for word in question.topic:
        found = re.search(_COUNTED + _forms(word), reports_of(view.store).notes[event.event_id])
        if found and not stem(word).search(named) and _number(found.group(1)) != own:
            return True
    return False


def number_beside(words: Sequence[str], note: str) -> Quantity | None:
    """The number that a folded note gives for one of some words ("capacity about 120"); None if it gives none."""
    for word in words:
        found = re.search(_forms(word) + _GIVEN, note)
        if found:
            value, hedge = _number(found.group(2)), _HEDGES[found.group(1) or ""]
            # "About 120" stops at the tens.
            step = 10 ** (len(value) - len(value.rstrip("0"))) / 2 if hedge == "about" else 0.0
            return Quantity.reported(float(value), "items", step, hedge)
    return None


def _number(word: str) -> str:
    return str(_NUMBERS.index(word)) if word in _NUMBERS else word.replace(",", "").rstrip(".")


@lru_cache(maxsize=4)
def _texts(store: Store) -> dict[str, str]:
    """What each report can be found by, folded."""
    texts = {}
    for event in reports_of(store).events:
        source = store.source(event.source_id)
        named = f"{event.attributed_to} {event.system} {event.supplier} {source.publisher} {source.title}"
        texts[event.event_id] = f"{reports_of(store).notes[event.event_id]} {fold(named)}"
    return texts


def _names(word: str, text: str) -> bool:
    return _beginning(word) in text and stem(word).search(text) is not None


@lru_cache(maxsize=512)
def stem(word: str) -> re.Pattern[str]:
    """What finds the forms of a word: all that begin like it, up to an ending, but not "customer" for "customs"."""
    return re.compile(r"(?<!\w)" + _forms(word))


def _forms(word: str) -> str:
    if len(word) < _STEM:
        # Short words begin many others: "hal" is not Haluk.
        return re.escape(word) + _INFLECTED
    other = "" if _DOER.search(word) else r"(?!\w*(?:er|or)s?(?!\w))"
    return re.escape(_beginning(word)) + other


def _beginning(word: str) -> str:
    return word[: max(_STEM, len(word) - _ENDING)]
