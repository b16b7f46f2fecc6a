"""What must not be set against each other, whatever is asked: each pair with the reason."""

from __future__ import annotations

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers import customs
from knowledge.answers.desk_view import View
from knowledge.answers.gaps import ask_level
from knowledge.answers.spans import flows, spans
from knowledge.customs import PUBLISHER
from knowledge.draft import FIGURES
from knowledge.question import Kind, Question

_SETTING = frozenset((Kind.COMPARE, Kind.RATIO, Kind.CHANGE, Kind.SHARE, Kind.SUM))
_SIPRI = "org-sipri"


def refused(question: Question, view: View) -> Answer | None:
    """The refusal to compare, divide or add what is counted in different ways; None if there is nothing against it."""
    if question.kind in FIGURES and "volume_index" in question.aspects:
        return _refusal(question, say("unlike.volume"))
    if question.kind not in _SETTING and not {"versus", "more", "together", "times"} & question.aspects:
        return None
    levels = {one.product_id: one.level for one in view.store.products()}
    goods = [slot.value for slot in question.products]
    who = {*question.bodies, *(slot.value for slot in question.people)}
    if customs.named(question) and len(who | ({PUBLISHER} if "customs" in question.aspects else set())) > 1:
        return _refusal(question, say("unlike.tim_customs"))
    volume = _SIPRI in who or any(levels.get(one) == "index" for one in goods)
    counted = any(levels.get(one) in ("sector", "total", "group") for one in goods)
    if volume and (counted or bool(who - {_SIPRI}) or bool(question.unit)):
        return _refusal(question, say("unlike.volume"))
    services = [one for one in goods if one.endswith("-services") or one.startswith("eb-")]
    if services and len(services) < len(goods) and question.kind is not Kind.SHARE:
        return _refusal(question, say("unlike.services"))
    return _to_date(question, view)


def _to_date(question: Question, view: View) -> Answer | None:
    """A whole year beside the first months of another: refused, with the same months of both instead."""
    asked = flows(question)
    if not asked or question.kind not in (Kind.COMPARE, Kind.CHANGE):
        return None
    periods = [span.period for span in spans(view, question, asked[0])]
    whole = next((one for one in periods if one.kind == "year"), None)
    part = next((one for one in periods if whole and len(one) < len(whole) and one not in whole), None)
    if not whole or not part:
        return None
    same = part.shifted((whole.first_year - part.first_year) * 12)
    suggestions = (ask_level(asked[0], same), ask_level(asked[0], part))
    return _refusal(question, say("unlike.to_date", whole=whole, part=part, same=same), suggestions)


def _refusal(question: Question, why: Phrase, suggestions: tuple[Phrase, ...] = ()) -> Answer:
    return Answer(Status.DECLINED, question.kind, (why,), suggestions=suggestions)
