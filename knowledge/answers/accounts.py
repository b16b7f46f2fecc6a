"""Reports as phrases: who bought what when, by whose account, with the hedge of the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.answer import Arg, Figure, Phrase, say
from knowledge.answers.classes import families
from knowledge.answers.deals import FAMILIES, Claim, sources
from knowledge.answers.desk_view import View
from knowledge.answers.linked import system_names
from knowledge.facts import Day, Event
from knowledge.period import Period
from knowledge.question import Name
from knowledge.text import fold

_VOICES = 3
"""More names than this in one sentence are not read."""


def slug(kind: str) -> str:
    """A kind or family of events as a part of a phrase's key (`other` would read as a plural form)."""
    return "plan" if kind == "other" else kind.replace("-", "_")


def country(code: str) -> Name:
    """The name of a country."""
    return Name("country", code)


def system(event: Event, view: View) -> Arg:
    """The name of what a report is about: as an entity where it is one by its very name, else as printed."""
    if not event.system:
        return say("procurement.what.unnamed")
    return Name("system", system_names(view.store).get(event.system, event.system))


def what(event: Event, view: View, style: str = "counted") -> Phrase:
    """What was bought, with its number: `counted`, `bold` (the number that was asked for) or `plain` (without)."""
    if event.quantity is None or style == "plain":
        return say("procurement.what.plain", system=system(event, view))
    number = int(event.quantity.value)
    return say(f"procurement.what.{style}", quantity=event.quantity, n=number, system=system(event, view))


def who(claim: Claim) -> tuple[Arg, ...]:
    """The voices behind a claim that are as sure as its best report."""
    sure = [report.attributed_to for report in claim.reports if report.certainty == claim.best.certainty]
    return tuple(voice(name) for name in dict.fromkeys(sure))[:_VOICES]


def voice(name: str) -> Phrase:
    """A name that is quoted; bodies and offices are told from proper names, for languages with an article."""
    plain = fold(name)
    kinds = families("voice")
    body = plain.startswith(kinds["begins"].plain) or plain.endswith(kinds["ends"].plain)
    key = "procurement.voice.body" if body and not plain.startswith("the ") else "procurement.voice.name"
    return say(key, name=Name("voice", name))


def sentence(claim: Claim, view: View, style: str = "counted") -> Phrase:
    """What a claim says happened, hedged as its best report hedges."""
    event = claim.best
    return say(
        f"procurement.report.{slug(event.kind)}.{event.certainty}",
        buyer=country(event.buyer),
        what=what(event, view, style),
        system=system(event, view),
        date=event.date,
        who=who(claim),
    )


def worth(claim: Claim, view: View, told: Event | None = None, style: str = "counted") -> Phrase:
    """What a claim says a deal is worth; short where `told`, the report just quoted, has said the rest."""
    event = claim.best
    assert event.value is not None  # noqa: S101 - a claim of a value has one
    if told is not None:
        key = "same" if event == told else event.certainty
        return say(
            f"procurement.worth.{'asked_' * (style == 'bold')}{key}", value=event.value, who=who(claim), date=event.date
        )
    return say(
        f"procurement.value.{slug(FAMILIES[event.kind])}.{event.certainty}",
        buyer=country(event.buyer),
        value=event.value,
        what=what(event, view),
        date=event.date,
        who=who(claim),
    )


def count_account(claim: Claim) -> Phrase:
    """A number as a fragment: "12 (DefenseMirror, January 2019)"."""
    event = claim.best
    assert event.quantity is not None  # noqa: S101 - a claim of a count has one
    return say("procurement.account", figure=event.quantity, who=who(claim), date=event.date)


def value_account(claim: Claim) -> Phrase:
    """A value as a fragment."""
    event = claim.best
    assert event.value is not None  # noqa: S101 - a claim of a value has one
    return say("procurement.account", figure=event.value, who=who(claim), date=event.date)


def date_account(claim: Claim) -> Phrase:
    """A date as a fragment."""
    return say("procurement.date_account", date=claim.best.date, who=who(claim))


def brief(claim: Claim, view: View, *, plain: bool = False, kind: bool = True) -> Phrase:
    """A whole claim as a fragment: what, when, by whom, how sure; without its kind under a heading that has it."""
    event = claim.best
    return say(
        f"procurement.brief.{slug(event.kind) if kind else 'bare'}",
        what=what(event, view, "plain" if plain else "counted"),
        date=event.date,
        by=say(f"procurement.by.{event.certainty}", who=who(claim)),
    )


def note(event: Event) -> Phrase:
    """What a curator noted on a report."""
    return say("procurement.note", who=voice(event.attributed_to), date=event.date, note=event.note)


def figure(claim: Claim, view: View, measure: str) -> Figure:
    """The figure of a claim, with the sources that give it."""
    event = claim.best
    quantity = event.quantity if measure == "quantity" else event.value
    assert quantity is not None  # noqa: S101 - a claim has its figure
    return Figure(
        quantity,
        measure,
        sources(claim.reports, view),
        exporter=event.supplier_country,
        partner=event.buyer,
        product=event.system,
        period=period(event.date),
    )


def period(day: Day) -> Period | None:
    """The months in which a date lies, where these are one calendar month or year."""
    if "/" in day.code:
        return Period.parse(f"{day.first[:7]}/{day.last[:7]}")
    return Period.parse(day.code[:7])


def listed(parts: Iterable[Phrase], key: str, **args: Arg) -> tuple[Phrase, ...]:
    """One sentence that lists fragments; nothing where there are none."""
    found: Sequence[Phrase] = tuple(parts)
    return (say(key, parts=tuple(found), **args),) if found else ()
