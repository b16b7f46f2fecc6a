"""What a subscriber is told of a topic: the note for a period in words, and what news of it are told by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.answer import Answer, Status
from knowledge.answers import digest as digests
from knowledge.answers import series
from knowledge.answers.accounts import sentence
from knowledge.answers.deals import FAMILIES, Claim
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, find
from knowledge.answers.reports import fitting
from knowledge.chart import Sketch, sketch
from knowledge.facts import TOTAL
from knowledge.followed import Topic
from knowledge.period import Period
from knowledge.question import Kind, Name, Slot, When
from knowledge.wording import Worded, Wording

_KEPT = 8
"""Quarters whose figures are watched for revisions."""
_NO_NEWS = "other"
"""The family of reports that are no deal."""


@dataclass(frozen=True, slots=True)
class Named:
    """A topic with its name in a language."""

    topic: Topic
    label: str


@dataclass(frozen=True, slots=True)
class Update:
    """How things stand with a topic: the note for a period, and what tells later whether anything is new."""

    label: str
    period: Period
    wording: Worded
    says: bool
    """True if something is known of this very period: a figure or a deal."""
    figures: Mapping[str, str]
    """Quarter → its figure, for the last ones: rounded, then a space and the words. What a revision is told by."""
    reports: Mapping[str, str]
    """Id → a sentence, for every report of a deal that the topic has."""
    picture: Sketch | None = None
    """What a picture of the last quarters shows."""


def label(topic: Topic, wording: Wording) -> str:
    """The name of a topic, with a capital."""
    names = [Name(kind, identity) for kind, identity in topic.named()]
    first, *rest = (wording.arg(name, "start" if at == 0 else "") for at, name in enumerate(names))
    return " → ".join([first, *rest])


def update(topic: Topic, period: Period | None, view: View, wording: Wording) -> Update | None:
    """How it stands, by default for the newest quarter that is complete; None where there is none."""
    newest = view.store.newest(TOTAL)
    if newest is None:
        return None
    quarter = digests.complete(newest)
    period = period or quarter
    question = topic.question()
    answer = digests.answer(question, view, period)
    known = any(figure.period == period for figure in answer.figures)
    dated = any(event.date.within(period) for event in answer.events)
    figures = {}
    for back in range(_KEPT if topic.product else 0):
        one = quarter.shifted(-len(quarter) * back)
        found = find(view, Flow(topic.product, topic.to), one)
        if found and found.series:
            figures[str(one)] = f"{found.quantity.value:.4g} {wording.arg(found.quantity, '')}"
    events = fitting(question, view) if topic.is_of_deals(digests.HOME) else []
    reports = {
        event.event_id: wording.say(sentence(Claim((event,)), view))
        for event in events
        if FAMILIES[event.kind] != _NO_NEWS and event.certainty != "denied"
    }
    says = answer.status is Status.ANSWERED and (known or dated)
    drawn = sketch(_drawn(topic, quarter, view), wording) if figures else None
    return Update(label(topic, wording), period, wording.word(answer), says, figures, reports, drawn)


def _drawn(topic: Topic, newest: Period, view: View) -> Answer:
    """The series whose picture stands beside the note."""
    span = Period(newest.end - _KEPT * len(newest) + 1, newest.end)
    question = replace(
        topic.question(), kind=Kind.SERIES, periods=(Slot(When(span)),), aspects=frozenset({"by_quarter"})
    )
    return series.answer(question, view)
