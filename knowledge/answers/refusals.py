"""What was not understood, as an answer: the word that stood in the way, what can be answered, what is near."""

from __future__ import annotations

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, find
from knowledge.answers.gaps import ask_level, country, product
from knowledge.facts import WORLD
from knowledge.question import Kind, Name, NotUnderstood, Question, Trouble


def answer(trouble: NotUnderstood, view: View) -> Answer:
    """The refusal, or the question back, for each kind of trouble."""
    words = tuple(say("phrase.quoted", word=word) for word in dict.fromkeys(trouble.words))
    suggestions = _near(trouble.partial, view)
    kind = trouble.partial.kind if trouble.partial else None
    match trouble.trouble:
        case Trouble.UNKNOWN_WORD:
            lead = say("trouble.unknown_word", words=words, n=len(words))
        case Trouble.OTHER_MEASURE:
            lead = say(f"trouble.other_measure.{trouble.concept}", words=words)
        case Trouble.NEAR_MISS:
            lead = say(
                f"trouble.{trouble.trouble}", words=words, choices=tuple(_name(name) for name in trouble.choices)
            )
            return Answer(Status.CLARIFY, kind, (lead,), suggestions=suggestions)
        case _:
            lead = say("trouble.backwards", words=words) if trouble.concept else say("trouble.incomplete")
            return Answer(Status.CLARIFY, kind, (lead,), suggestions=suggestions)
    return Answer(Status.DECLINED, kind, (lead, say("trouble.can")), suggestions=suggestions)


def unknown(question: Question, words: tuple[str, ...], view: View) -> Answer:
    """The refusal where the facts, asked last, are not about a word either."""
    return answer(NotUnderstood(question.text, question.language, Trouble.UNKNOWN_WORD, words, partial=question), view)


def _name(name: Name) -> Name | Phrase:
    return name


def _near(question: Question | None, view: View) -> tuple[Phrase, ...]:
    """The nearest questions that can be answered: what was understood of this one, without the rest."""
    if question is None or question.kind in (Kind.SMALLTALK, Kind.HELP):
        question = None
    out: list[Phrase] = []
    if question and question.systems:
        system = question.systems[0].value
        name = Name("system", system)
        buyers = {event.buyer for event in view.store.events(system=system)}
        asked = next((slot.value for slot in question.partners if slot.value in buyers), None)
        out.append(
            say("ask.count", system=name, partner=country(asked)) if asked else say("ask.who_bought", system=name)
        )
    elif question and question.products:
        known = {code for code, *_ in view.store.partners(question.products[0].value)}
        partner = next((slot.value for slot in question.partners if slot.value in known), WORLD)
        flow = Flow(question.products[0].value, partner)
        period = next((slot.value.period for slot in question.periods if slot.value.period), None)
        if period and find(view, flow, period):
            out.append(ask_level(flow, period))
        else:
            newest = view.store.newest(flow.product, flow.partner)
            if newest:
                out.append(ask_level(flow, newest))
    if not out:
        newest = view.store.newest("defence-aerospace")
        if newest:
            out.append(say("ask.level", product=product("defence-aerospace"), period=newest))
    return tuple(out)
