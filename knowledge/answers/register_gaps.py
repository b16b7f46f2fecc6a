"""Why a register has no answer, and what it has instead."""

from __future__ import annotations

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.register_asked import Asked
from knowledge.answers.register_notes import party, sources
from knowledge.answers.register_tally import years
from knowledge.answers.register_told import between, sides
from knowledge.period import Period
from knowledge.question import Question

_NAMED = 6
_NOTED = 4


def nothing(question: Question, query: Asked, view: View) -> Answer:
    """No deal fits: said, with who else got the thing, or what else was traded between the two."""
    register = view.store.register
    edition = view.store.source(register.sources()[0])
    lead = say(
        f"register.gap.{sides(query)}{'' if query.wanted else '_arms'}",
        **between(query),
        system=tuple(wanted.label for wanted in query.wanted),
        source=edition,
    )
    # A model can stand in the register under a name that nobody asked for.
    details: list[Phrase] = [say("register.gap.other_name")] if any(one.models for one in query.wanted) else []
    if query.wanted and (query.recipients or query.suppliers):
        parts = tuple(register.latest(_NAMED, recipients=query.recipients, suppliers=query.suppliers))
        if parts:
            details.append(say(f"register.gap.instead_{sides(query)}", **between(query), parts=parts))
    return Answer(Status.DECLINED, question.kind, (lead,), tuple(details), sources=(edition,))


def other_time(question: Question, query: Asked, view: View) -> Answer:
    """There are such deals, but none in the time that was asked about."""
    assert query.period is not None  # noqa: S101 - without a period every deal is within it
    side = "delivered" if query.delivered else "ordered"
    when = years(query.deals, of_deliveries=query.delivered) or "–"
    lead = say(f"register.gap.time_{side}", period=query.period, years=when)
    if query.ends and query.period.start > Period.year(query.ends).end:
        lead = say(f"register.gap.ended_{side}", year=str(query.ends), period=query.period, years=when)
    return Answer(Status.DECLINED, question.kind, (lead,), sources=sources(query.deals, view))


def no_price(question: Question, query: Asked, view: View) -> Answer:
    """A register counts items and volume, not money; what its notes say of the price is quoted, not computed with."""
    noted = [deal for deal in query.within or query.deals if "deal" in deal.comments and _money(deal.comments)]
    details = tuple(
        say(
            "register.price_note", recipient=party(deal.recipient), supplier=party(deal.supplier),
            designation=deal.designation, year=str(deal.order_year or "?"), note=deal.comments,
        )
        for deal in noted[-_NOTED:]
    )  # fmt: skip
    lead = say("register.gap.price")
    return Answer(Status.DECLINED, question.kind, (lead,), details, sources=sources(query.deals, view))


def _money(text: str) -> bool:
    return any(sign in text for sign in ("$", "EUR", "GBP", " m ", " b ", "USD"))
