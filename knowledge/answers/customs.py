"""Customs figures: what one side of a trade reported of it, and what the other side did, never merged.

They are told where they are asked for by name, and where nothing else can answer; beside TIM's figure of the same
flow they stand as another count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.answer import Answer, Phrase, Status, say
from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, Known, find
from knowledge.answers.gaps import country, product
from knowledge.customs import FLOWS, PUBLISHER, SERIES, reporter
from knowledge.draft import FIGURES
from knowledge.facts import TOTAL, WORLD, Observation
from knowledge.period import Period
from knowledge.quantity import total
from knowledge.question import Kind, Name, NotUnderstood, Origin, Question, Slot

_HOME = "TUR"
_OTHER_SIDE = {
    "customs_export": "customs_import",
    "customs_import": "customs_export",
    "services_export": "services_import",
    "services_import": "services_export",
}
_MOST = 6


@dataclass(frozen=True, slots=True)
class _Asked:
    """The flow that a question is about."""

    measure: str
    exporter: str
    partner: str
    product: str

    @property
    def reporter(self) -> str:
        return reporter(self.measure, self.exporter, self.partner)

    @property
    def other(self) -> str:
        return self.exporter if FLOWS[self.measure].into else self.partner

    def args(self) -> dict[str, Phrase | Name]:
        """What the phrases are filled with."""
        ends = say("phrase.nothing")
        if self.other != WORLD:
            ends = say("customs.from" if FLOWS[self.measure].into else "customs.to", partner=country(self.other))
        return {
            "flow": say(f"customs.flow.{self.measure}"),
            "reporter": country(self.reporter),
            "product": product(self.product),
            "ends": ends,
        }


def named(question: Question) -> bool:
    """True if a question asks for customs figures by name."""
    who = (*question.bodies, *(slot.value for slot in question.people))
    return question.kind in FIGURES and (bool({"customs", "again"} & question.aspects) or PUBLISHER in who)


def first(question: Question, view: View) -> Answer | None:
    """The answer to a question that only customs figures can be meant by; None if it is another one."""
    if not named(question):
        alone = question.kind is Kind.LEVEL and "import" in question.aspects and not _asked_for(question.products)
        if not alone or _given(question.exporter) or not view.store.has_series(SERIES):
            return None
        return _level(question, view)
    if not view.store.has_series(SERIES):
        return Answer(Status.DECLINED, question.kind, (say("customs.empty"),))
    if question.kind is not Kind.LEVEL:
        return Answer(Status.DECLINED, question.kind, (say("customs.single"),))
    goods = [slot.value for slot in question.products if slot.origin is not Origin.ASSUMED]
    flow = _flow(question)
    if _sector(question) and not _reach(view, flow):
        return Answer(Status.DECLINED, question.kind, (say("customs.sector", product=product(goods[0])),))
    return _level(question, view) or _nothing(question, flow, view)


def instead(outcome: NotUnderstood, view: View) -> Answer | None:
    """The customs figure where a question is about a side of trade that nothing else tells of."""
    asked = outcome.partial
    if outcome.concept != "other_flow" or asked is None or not view.store.has_series(SERIES) or _sector(asked):
        return None
    if asked.kind is Kind.LEVEL:
        return _level(asked, view)
    return Answer(Status.DECLINED, asked.kind, (say("customs.single"),)) if named(asked) else None


def after(question: Question, found: Answer, view: View) -> Answer:
    """An answer with the customs figure of the same flow beside it; the customs figure alone where there was none."""
    if question.kind is not Kind.LEVEL or question.attributed or not view.store.has_series(SERIES):
        return found
    if found.status is Status.DECLINED:
        return found if _sector(question) else _level(question, view) or found
    figure = found.figures[0] if found.figures else None
    if figure is None or figure.measure != "value" or figure.quantity.unit != "USD" or figure.period is None:
        return found
    for measure in ("customs_export", "customs_import"):
        flow = _Asked(measure, figure.exporter, figure.partner, figure.product)
        known = _known(view, flow, figure.period)
        if known:
            line = say("customs.beside", value=known.quantity, **flow.args())
            sources = (*found.sources, *(one for one in known.sources(view) if one not in found.sources))
            found = replace(
                found, details=(*found.details, line), sources=sources, figures=(*found.figures, known.figure(view))
            )
    return found


def _flow(question: Question) -> _Asked:
    """Seller, buyer and whose side is asked for."""
    aspects = question.aspects
    into = bool(aspects & {"import", "buy"}) and "export" not in aspects
    again = "re_" if "again" in aspects else ""
    seller = question.exporter.value if question.exporter and _given(question.exporter) else ""
    buyer = question.partners[0].value if question.partners else ""
    if not seller and not buyer:
        seller, buyer = (WORLD, _HOME) if into else (_HOME, WORLD)
    elif not seller:
        seller = WORLD if into else _HOME
    elif not buyer:
        buyer = WORLD
    goods = next((slot.value for slot in question.products if slot.origin is not Origin.ASSUMED), TOTAL)
    sort = "services" if goods.startswith("eb-") else "customs"
    side = "import" if into or seller == WORLD else "export"
    return _Asked(f"{sort}_{again}{side}", seller, buyer, goods)


def _level(question: Question, view: View) -> Answer | None:
    """One figure, as its reporter gave it; the other side's beside it, or alone where the reporter's is not here."""
    flow = _flow(question)
    mirror = _mirror(flow)
    said: tuple[Phrase, ...] = ()
    asked = [slot.value.period for slot in question.periods if slot.value.period]
    if len(asked) > 1 or len(question.partners) > 1:
        return None
    if asked:
        period = asked[0]
    else:
        reach = _reach(view, flow) or (_reach(view, mirror) if mirror else [])
        if not reach:
            return None
        period = max(reach, key=lambda one: (one.end, -len(one)))
        said = (say("taken.newest", period=period),)
    own, other = _known(view, flow, period), _known(view, mirror, period) if mirror else None
    if own:
        return _told(question, view, flow, [own, *((other,) if other else ())], said)
    return _told(question, view, mirror, [other], said, missing=flow.reporter) if other and mirror else None


def _told(
    question: Question, view: View, flow: _Asked, found: list[Known], said: tuple[Phrase, ...], *, missing: str = ""
) -> Answer:
    """The first figure in a sentence; the other side's, or whose is missing, and TIM's count beside it."""
    lead, period = found[0], found[0].period
    details = [say("customs.months", n=len(period))] if lead.formula else []
    caveats: list[Phrase] = []
    mirror = _mirror(flow)
    if missing:
        details.append(say("customs.no_own", reporter=country(missing)))
    elif len(found) > 1 and mirror:
        details.append(say("customs.mirror", value=found[1].quantity, **mirror.args()))
        caveats.append(say("customs.two_sides"))
    # TIM counts exports, and no part of them that is sent on.
    whole = flow.exporter == _HOME and flow.measure in _OTHER_SIDE
    tim = find(view, Flow(flow.product, flow.partner, flow.exporter), period) if whole else None
    if tim:
        details.append(say("customs.tim", value=tim.quantity, who=Name("who", tim.who)))
        found = [*found, tim]
    return Answer(
        Status.ANSWERED, question.kind, (say("customs.lead", value=lead.quantity, period=period, **flow.args()),),
        tuple(details), caveats=tuple(caveats), figures=tuple(one.figure(view) for one in found),
        sources=tuple(dict.fromkeys(source for one in found for source in one.sources(view)[:2])), taken_over=said,
    )  # fmt: skip


def _mirror(flow: _Asked) -> _Asked | None:
    """The same goods as the other side counts them; the world reports nothing."""
    measure = _OTHER_SIDE.get(flow.measure)
    return replace(flow, measure=measure) if measure and WORLD not in (flow.exporter, flow.partner) else None


def _nothing(question: Question, flow: _Asked, view: View) -> Answer:
    asked = next((slot.value.period for slot in question.periods if slot.value.period), None)
    lead = [say("customs.none_in", period=asked, **flow.args()) if asked else say("customs.none", **flow.args())]
    if reach := _reach(view, flow):
        lead.append(say("gap.nearest", periods=tuple(sorted(reach, reverse=True)[:_MOST])))
    return Answer(Status.DECLINED, question.kind, tuple(lead))


def _reach(view: View, flow: _Asked) -> list[Period]:
    return [one.period for one in _observations(view, flow)]


def _observations(view: View, flow: _Asked) -> list[Observation]:
    return view.store.observations(
        product=flow.product, partner=flow.partner, exporter=flow.exporter, measure=flow.measure
    )


def _known(view: View, flow: _Asked, period: Period) -> Known | None:
    """The figure as printed; else the sum of its months, if every one is there."""
    about = Flow(flow.product, flow.partner, flow.exporter)
    known = _observations(view, flow)
    found = [one for one in known if one.period == period]
    if found:
        return Known(about, period, flow.measure, found[0].quantity, found[0].attributed_to, tuple(found))
    months = [one for one in known if len(one.period) == 1 and one.period in period]
    if len(period) == 1 or len(months) != len(period):
        return None
    formula = " + ".join(f"{one.quantity.value / 1e6:,.1f}" for one in months)
    amount = total(one.quantity for one in months)
    return Known(about, period, flow.measure, amount, months[0].attributed_to, tuple(months), formula=formula)


def _sector(question: Question) -> bool:
    """True if goods are named that customs do not know by that name."""
    return any(
        slot.value != TOTAL and not slot.value.startswith(("hs-", "sitc-", "bec-", "eb-", "arms-hs"))
        for slot in question.products
        if slot.origin is not Origin.ASSUMED
    )


def _asked_for(slots: tuple[Slot[str], ...]) -> bool:
    return any(slot.origin is not Origin.ASSUMED for slot in slots)


def _given(slot: Slot[str] | None) -> bool:
    return slot is not None and slot.origin is not Origin.ASSUMED
