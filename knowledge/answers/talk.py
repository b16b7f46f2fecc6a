"""Help and small talk: what can be asked, and a word back; never a figure."""

from __future__ import annotations

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow
from knowledge.answers.gaps import ask_level
from knowledge.question import Kind, Question

_WORDS = ("about_bot", "thanks", "bye", "hello")


def help_answer(_question: Question, view: View) -> Answer:
    """What can be asked, with an example of each kind."""
    kinds = tuple(say(f"help.line.{kind}") for kind in Kind if kind not in (Kind.HELP, Kind.SMALLTALK))
    return Answer(Status.ANSWERED, Kind.HELP, (say("help.lead"),), kinds, suggestions=_examples(view))


def small_talk(question: Question, view: View) -> Answer:
    """A short word back, and what the bot is for."""
    word = next((word for word in _WORDS if word in question.aspects), "noise")
    suggestions = () if word in ("thanks", "bye") else _examples(view)
    return Answer(Status.ANSWERED, Kind.SMALLTALK, (say(f"smalltalk.{word}"),), suggestions=suggestions)


def _examples(view: View) -> tuple[Phrase, ...]:
    newest = view.store.newest("defence-aerospace")
    return (ask_level(Flow("defence-aerospace"), newest),) if newest else ()
