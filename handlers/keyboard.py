"""The buttons under an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.markup import one_line
from handlers.phrases import Phrases
from handlers.seal import Press, Seal
from knowledge.answer import Answer, Status
from knowledge.question import Kind, Name

if TYPE_CHECKING:
    from knowledge.desk import Reply

ASK, YEAR_EARLIER, SOURCES, CHART, TABLE, CITE = "q", "y", "s", "g", "t", "c"
"""Ask the question on the button; ask for the year before; the sources in full; a picture; the rows; citations."""
GOOD, BAD, WAIT = "u", "d", "w"
"""Thumbs up and down; tell me once this can be answered."""
FOLLOW = "l"
"""Ask it again by itself, and tell when the answer is another."""
CHOOSE = "o"
"""Ask the question on the button, as only who asked the one before may: a "did you mean" in a group."""
START = "start"
"""Stands for the id of an answer under /start, whose buttons need none."""
_COMPARABLE = frozenset({Kind.LEVEL, Kind.SUM, Kind.CHANGE, Kind.SHARE, Kind.RANK})


def under_answer(
    reply: Reply, answer_id: str, chat: int, seal: Seal, words: Phrases, *, owner: int = 0
) -> InlineKeyboardMarkup | None:
    """What can be pressed under this answer; None if nothing can. Choices between readings are the `owner`'s alone."""
    rows = []
    for shortcuts in _shortcuts(reply.answer):
        pressable = [(words(label), action) for label, action in shortcuts]
        if pressable:
            rows.append([_button(label, Press(action, 0, answer_id), chat, seal) for label, action in pressable])
    owner = owner if reply.answer.status is Status.CLARIFY else 0
    texts = reply.wording.suggestions
    twin = _twin(reply.answer) if len(texts) == len(reply.answer.suggestions) else None
    # A place in the list is what a button sends: what is not shown keeps its own.
    shown = tuple("" if at == twin else text for at, text in enumerate(texts))
    rows += _questions(shown, answer_id, chat, seal, owner)
    return InlineKeyboardMarkup(rows) if rows else None


def under_start(chat: int, seal: Seal, words: Phrases) -> InlineKeyboardMarkup:
    """The example questions."""
    return InlineKeyboardMarkup(_questions(words.examples, START, chat, seal))


def with_wait(
    keyboard: InlineKeyboardMarkup | None, number: int, chat: int, seal: Seal, words: Phrases
) -> InlineKeyboardMarkup:
    """The buttons under a question without an answer, with the offer to be told once there is one."""
    button = _button(words("button_wait"), Press(WAIT, 0, f"u{number}"), chat, seal)
    return InlineKeyboardMarkup([[button], *(keyboard.inline_keyboard if keyboard else ())])


def _shortcuts(answer: Answer) -> tuple[list[tuple[str, str]], ...]:
    """Rows of labels and actions that suit an answer."""
    if answer.status is not Status.ANSWERED or not answer.sources:
        return ()
    rests_on_facts = bool(answer.figures or answer.events)
    return (
        [
            *([("button_year_earlier", YEAR_EARLIER)] if _has_year_earlier(answer) else []),
            *([("button_chart", CHART)] if _may_be_drawn(answer) else []),
        ],
        [("button_sources", SOURCES), *([("button_table", TABLE), ("button_cite", CITE)] if rests_on_facts else [])],
        [("button_good", GOOD), ("button_bad", BAD), ("button_follow", FOLLOW)] if rests_on_facts else [],
    )


def _questions(
    texts: tuple[str, ...], answer_id: str, chat: int, seal: Seal, owner: int = 0
) -> list[list[InlineKeyboardButton]]:
    """One question a row: they are sentences, and phones are narrow."""
    action = CHOOSE if owner else ASK
    labels = ((number, one_line(text)) for number, text in enumerate(texts))
    return [[_button(label, Press(action, number, answer_id), chat, seal, owner)] for number, label in labels if label]


def _button(label: str, press: Press, chat: int, seal: Seal, owner: int = 0) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=seal.close(press, chat, owner))


def _has_year_earlier(answer: Answer) -> bool:
    """True if the answer is about one period that can be moved back by a year."""
    return answer.kind in _COMPARABLE and bool(answer.figures) and answer.figures[0].period is not None


def _twin(answer: Answer) -> int | None:
    """The suggestion that the button for the year before asks already; None if there is none."""
    if answer.status is not Status.ANSWERED or not answer.sources or not _has_year_earlier(answer):
        return None
    first = answer.figures[0]
    before = first.period.year_earlier() if first.period else None
    for at, asked in enumerate(answer.suggestions):
        args = dict(asked.args)
        if args.get("period") == before and args.get("product") == Name("product", first.product):
            return at
    return None


def _may_be_drawn(answer: Answer) -> bool:
    """True if there are figures to set beside each other; whether they make a picture is found out when it is asked."""
    return len(answer.figures) > 1
