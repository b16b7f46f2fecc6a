"""Who said what: the statements that fit by speaker, by subject and by time, as reported speech.

A named speaker is never answered with the words of another, and a subject that no statement is about is
declined with what the speaker did speak of. Figures for a part of the world live here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.days import span
from knowledge.answers.deal_times import fit
from knowledge.answers.desk_view import View
from knowledge.answers.linked import finder
from knowledge.answers.subjects import Term, region_words, subject_terms
from knowledge.facts import Day, Statement
from knowledge.period import Period
from knowledge.question import LISTED, Kind, Name, Origin, Question, When
from knowledge.store import Store
from knowledge.text import fold

_SHOWN, _SHOWN_REGION, _SUBJECTS = 4, 8, 5
_ENOUGH = 4.0
"""Weight of the matches without which nobody's words are quoted where no speaker is named."""
_NEAR = 1.5
"""Statements whose weight is at most this much below the best are told too."""
_AFTER = 125
"""Days after a period in which it is still spoken of."""
_PLAIN = frozenset(
    ("what", "when", "that", "follow", "list", "latest", "first", "last", "according", "role", "really", "why",
     "export", "definition", "before", "year", "month", "quarter", "agree", "source")
)  # fmt: skip
"""Aspects that leave open what somebody is asked about for."""
_QUARTERS = ("first quarter", "second quarter", "third quarter", "fourth quarter")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip


def answer(question: Question, view: View) -> Answer:
    """The statements that fit, the best first; declined where none does."""
    speakers, known = _speakers(question, view)
    everyone = view.store.statements()
    pool = known if speakers else everyone
    terms = subject_terms(question, view, speakers)
    if speakers and not known:
        return _silent(question, view, speakers, everyone)
    scored = [(_weight(statement, terms, question, view), statement) for statement in pool]
    needed = 0.5 if speakers else _ENOUGH
    other = question.aspects - _PLAIN and "said" not in question.aspects
    if speakers and not terms and not _asked_periods(question):
        if other:
            # "How old is Erdogan": something is asked, and it is not what he said.
            return _elsewhere(question, view, speakers, pool, terms)
        found = sorted(pool, key=lambda statement: span(statement.date), reverse=True)[:_SHOWN]
        return _told(question, found, view)
    fitting = [(weight, statement) for weight, statement in scored if weight >= needed]
    if not fitting:
        return _elsewhere(question, view, speakers, pool if speakers else (), terms)
    best = max(weight for weight, _ in fitting)
    near = [(weight, statement) for weight, statement in fitting if question.regions or weight >= best - _NEAR]
    near.sort(key=lambda item: (-item[0], -span(item[1].date)[0]))
    limit = _SHOWN_REGION if question.regions else _SHOWN
    return _told(question, [statement for _, statement in near[:limit]], view)


def _speakers(question: Question, view: View) -> tuple[tuple[Name, ...], list[Statement]]:
    """Who is asked about as a speaker, and everything they said; companies and bodies speak through their heads."""
    named: list[Name] = []
    found: dict[str, Statement] = {}
    # "What did Zelenskyy say about Bayraktar": whoever is named first speaks, unless they stand in a list.
    people = [slot for at, slot in enumerate(question.people) if not at or slot.role == LISTED]
    slots = [*people, *((question.attributed,) if question.attributed else ()), *question.companies]
    for slot in slots:
        own = view.store.statements(speaker=slot.value)
        entity = view.store.entity(slot.value)
        if not slot.value.startswith("p-") and entity:
            names = finder(entity)
            own += [one for one in view.store.statements() if names and names.search(fold(one.role)) and one not in own]
        # A company or body that never speaks is what is spoken of; a person is asked for in person.
        if own or slot.value.startswith("p-"):
            named.append(Name(_kind(slot.value), slot.value))
            found |= {statement.statement_id: statement for statement in own}
    return tuple(named), list(found.values())


def _kind(entity_id: str) -> str:
    return {"p": "person", "co": "company"}.get(entity_id.partition("-")[0], "organisation")


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement as it is searched, folded: all of it, what was said alone, and the title of its source."""

    whole: str
    topic: str
    said: str
    title: str


@lru_cache(maxsize=4)
def _texts(store: Store) -> dict[str, _Text]:
    return {
        one.statement_id: _Text(
            fold(f"{one.speaker}. {one.role}. {one.topic}. {one.summary}"),
            fold(one.topic),
            fold(f"{one.topic} {one.summary}"),
            fold(store.source(one.source_id).title),
        )
        for one in store.statements()
    }


def _weight(statement: Statement, terms: Sequence[Term], question: Question, view: View) -> float:
    """How well a statement fits; 0 if it misses a time or a region that was asked for, or every subject."""
    told = _texts(view.store)[statement.statement_id]
    text = told.whole
    regions = region_words(question)
    if len(regions) < len(question.regions) or not all(words.search(told.said) for words in regions):
        return 0.0
    if not all(term.words.search(text) or term.words.search(told.title) for term in terms if term.must):
        return 0.0
    matched = sum(term.weight for term in terms if term.words.search(text))
    matched += sum(0.5 for term in terms if term.words.search(told.topic))
    if terms and not matched:
        return 0.0
    whens = _asked_periods(question)
    in_time = max((_time(statement, when, text, figures=bool(regions)) for when in whens), default=0.0)
    if whens and not in_time:
        return 0.0
    return matched + in_time


def _asked_periods(question: Question) -> list[When]:
    return [slot.value for slot in question.periods if slot.value.period and slot.origin is not Origin.ASSUMED]


def _time(statement: Statement, when: When, text: str, *, figures: bool) -> float:
    """How well a statement fits a time: it speaks of it, was made in it, or was made soon after.

    Figures must be of the time asked for: when they were given does not matter.
    """
    period = when.period
    if period is None:
        return 1.0
    if any(label in text for label in _labels(period)):
        return 3.0
    made = fit(when, statement.date)
    if made and not figures:
        return 1.0 + made
    if not when.day and str(period.last_year) in text and period.kind in ("year", "span"):
        return 1.0
    if figures:
        return 0.0
    first = span(statement.date)[0]
    end = Period(period.end, period.end)
    close = 0 <= first - _ordinal_end(end) <= _AFTER
    return 1.0 if close and not when.day else 0.0


def _ordinal_end(month: Period) -> int:
    return span(Day(str(month)))[1]


def _labels(period: Period) -> tuple[str, ...]:
    """How a summary or a topic names a period."""
    year = period.first_year
    match period.kind:
        case "quarter":
            number = period.first_month // 3 + 1
            return f"q{number} {year}", f"{_QUARTERS[number - 1]} of {year}"
        case "half":
            return (f"h{1 if period.first_month == 1 else 2} {year}",)
        case "month":
            return (f"{_MONTHS[period.first_month - 1]} {year}",)
        case "year":
            return (f"{year} target", f"{year} exports", f"in {year}")
    return (f"{_MONTHS[period.first_month - 1]}-{_MONTHS[period.last_month - 1]} {year}",)


def _told(question: Question, found: Sequence[Statement], view: View) -> Answer:
    first, *others = found
    cited = tuple(dict.fromkeys(view.store.source(statement.source_id) for statement in found))
    return Answer(
        Status.ANSWERED,
        Kind.STATEMENT,
        lead=(_said(first),),
        details=tuple(_said(statement) for statement in others),
        caveats=(say("statement.differ"),) if question.regions and others else (),
        sources=cited,
    )


def _said(statement: Statement) -> Phrase:
    return say(
        "statement.said",
        speaker=Name("voice", statement.speaker),
        role=Name("role", statement.role),
        date=statement.date,
        summary=statement.summary,
    )


def _silent(question: Question, view: View, speakers: Sequence[Name], everyone: Sequence[Statement]) -> Answer:
    """The person is known, but not by anything said."""
    lead = say("statement.gap.silent", speakers=tuple(speakers))
    return Answer(Status.DECLINED, Kind.STATEMENT, lead=(lead, *_others(question, view, everyone, ())))


def _elsewhere(
    question: Question, view: View, speakers: Sequence[Name], pool: Sequence[Statement], terms: Sequence[Term]
) -> Answer:
    """Nothing fits: what the speaker did speak of, or who spoke of the subject."""
    if speakers:
        recent = sorted(pool, key=lambda statement: span(statement.date), reverse=True)
        subjects = dict.fromkeys(statement.topic for statement in recent)
        topics = tuple(Name("topic", topic) for topic in subjects)[:_SUBJECTS]
        lead = say("statement.gap.subject", speakers=tuple(speakers))
        spoke = say("statement.gap.spoke", speakers=tuple(speakers), topics=topics)
        suggestions = tuple(say("statement.ask", speaker=speaker) for speaker in speakers[:1])
        others = _others(question, view, view.store.statements(), terms) if terms else ()
        details = (*others, spoke)
        return Answer(Status.DECLINED, Kind.STATEMENT, lead=(lead,), details=details, suggestions=suggestions)
    return Answer(
        Status.DECLINED,
        Kind.STATEMENT,
        lead=(say("statement.gap.nobody"),),
        details=_others(question, view, view.store.statements(), terms),
    )


def _others(question: Question, view: View, everyone: Iterable[Statement], terms: Sequence[Term]) -> tuple[Phrase, ...]:
    """Who is known to have spoken of the same subject."""
    subject = [term for term in terms or subject_terms(question, view, ()) if term.weight > 1]
    texts = ((statement, _texts(view.store)[statement.statement_id].said) for statement in everyone)
    who = [
        statement.speaker for statement, text in texts if subject and all(term.words.search(text) for term in subject)
    ]
    names = tuple(Name("voice", name) for name in dict.fromkeys(who))[:_SUBJECTS]
    return (say("statement.gap.who", speakers=names),) if names else ()
