"""What is new of something that is followed, since it was told last; and nothing, where nothing is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.kept import Seen, Subscription
from handlers.markup import Block, Run, page, paragraph
from handlers.phrases import Phrases, phrases
from handlers.receipts import has_receipt
from knowledge.followed import Topic
from knowledge.period import Period

if TYPE_CHECKING:
    from handlers.context import Desk
    from handlers.keep import Keep
    from knowledge.chart import Sketch
    from knowledge.desk import Reply
    from knowledge.update import Update

TOPIC, QUESTION = "topic", "question"
NOW, QUARTERLY, YEARLY = "now", "quarterly", "yearly"
FREQUENCIES = {NOW: "following_now", QUARTERLY: "following_quarterly", YEARLY: "following_yearly"}
"""How often, with the phrase that says so."""
_MOST = 4
"""Periods, revisions of a kind, and twice as many reports, that are told at once: the last ones."""


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told of one subscription."""

    blocks: tuple[Block, ...]
    seen: str
    """What the subscription knows once it is told."""
    id: str
    """The same for the same news."""
    picture: Sketch | None = None
    """Stands beside the note on a quarter."""


async def first_seen(desk: Desk, keep: Keep, topic: Topic, language: str) -> str | None:
    """What a new subscription of a topic knows: how it stands now. None where nothing can be known of it."""
    now = await desk.update(topic, language)
    if now is None:
        return None
    at = await _recorded(keep, topic, now, language)
    return _dump({"period": str(now.period), "at": max((one.at for one in at), default=0.0)})


def answer_seen(reply: Reply) -> str:
    """What a new standing question knows: its answer."""
    return _dump({"print": _print(reply), "lead": reply.wording.lead})


async def news(desk: Desk, keep: Keep, following: Subscription) -> News | None:
    """What is new of a subscription; None if nothing is."""
    if following.kind == QUESTION:
        return await _of_question(desk, following)
    topic = Topic.parse(following.subject)
    now = await desk.update(topic, following.language) if topic else None
    if topic is None or now is None:
        return None
    return await _of_topic(desk, keep, following, (topic, now))


def message(found: Iterable[News], words: Phrases) -> list[Block]:
    """Several news as one message."""
    blocks = [block for new in found for block in new.blocks]
    return [paragraph(words("news_title")), *blocks, paragraph(words("news_end"))]


async def _of_topic(desk: Desk, keep: Keep, following: Subscription, found: tuple[Topic, Update]) -> News | None:
    topic, now = found
    known = await _recorded(keep, topic, now, following.language)
    seen = json.loads(following.seen or "{}")
    at = float(seen.get("at", 0.0))
    last = Period.parse(seen["period"]) if "period" in seen else now.period
    due = _due(last, now.period, following.frequency)
    if not due and following.frequency != NOW:
        return None
    blocks: list[Block] = []
    for period in due:
        told = await desk.update(topic, following.language, period)
        if told and told.says:
            blocks += [Block((Run(told.label, bold=True),)), *page(told.wording)]
    picture = now.picture if blocks else None
    words = phrases(following.language)
    told_already = "".join(run.text for block in blocks for run in block.runs)
    for quarter, before, after in _revised(known, at, last):
        blocks.append(paragraph(words("news_revised", label=now.label, period=quarter, before=before, after=after)))
    reports = [one.of for one in known if one.at > at and one.of in now.reports]
    fresh = [now.reports[one] for one in reports if now.reports[one] not in told_already]
    if fresh:
        blocks.append(paragraph(words("news_reports", label=now.label)))
        blocks += [paragraph(text) for text in fresh[-2 * _MOST :]]
    after_all = _dump({"period": str(now.period), "at": max((one.at for one in known), default=at)})
    return News(tuple(blocks), after_all, _hash(following.subject, after_all), picture) if blocks else None


def _due(last: Period, newest: Period, frequency: str) -> list[Period]:
    """The quarters that were completed since, or the years."""
    quarters = [last.shifted(3 * number) for number in range(1, (newest.end - last.end) // 3 + 1)]
    if frequency == YEARLY:
        quarters = [Period.year(quarter.last_year) for quarter in quarters if quarter.last_month == 12]
    return quarters[-_MOST:]


def _revised(known: Sequence[Seen], at: float, last: Period) -> list[tuple[str, str, str]]:
    """(quarter, what it was, what it is) of the quarters that were told and are others now."""
    then = {one.of: one.state.partition(" ") for one in known if one.at <= at and one.state}
    now = {one.of: one.state.partition(" ") for one in known if one.state}
    # The same number in other words is no revision.
    changed = [
        (of.partition(" ")[0], then[of][2], new[2]) for of, new in now.items() if of in then and then[of][0] != new[0]
    ]
    return [one for one in changed if Period.parse(one[0]).end <= last.end][-_MOST:]


async def _recorded(keep: Keep, topic: Topic, now: Update, language: str) -> list[Seen]:
    """What was seen of a topic: its reports, and its figures in the words of one language."""
    figures = {f"{quarter} {language}": state for quarter, state in now.figures.items()}
    known = await keep.releases.record(str(topic), {**figures, **dict.fromkeys(now.reports, "")})
    return [one for one in known if not one.state or one.of.endswith(f" {language}")]


async def _of_question(desk: Desk, following: Subscription) -> News | None:
    """The answer, if it is another one than it was, with the one before."""
    reply = await desk.ask(following.subject, following.previous, following.language)
    seen = json.loads(following.seen or "{}")
    if not has_receipt(reply) or _print(reply) == seen.get("print"):
        return None
    words = phrases(following.language)
    blocks = [paragraph(words("news_answer")), Block((Run(following.subject, italic=True),)), *page(reply.wording)]
    if seen.get("lead"):
        blocks.append(paragraph(words("news_before", answer=seen["lead"])))
    after = answer_seen(reply)
    return News(tuple(blocks), after, _hash(following.subject, after))


def _print(reply: Reply) -> str:
    """Tells an answer from another one: by its figures as they are given, and its reports."""
    figures = sorted(
        " ".join((one.measure, one.exporter, one.partner, one.product, str(one.period), str(one.quantity)))
        for one in reply.answer.figures
    )
    return _hash(reply.wording.lead, *figures, *sorted(event.event_id for event in reply.answer.events))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _dump(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
