"""Questions a hair beside the facts: made from what the store knows, each asking for what it does not.

From every fact comes the question that it answers, and near misses of it: another flow, measure, period, partner or
unit, a cause, an opinion, a part of the whole, another system or buyer. The words are those of English questions;
which figures are known is asked of the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.answers.desk_view import View
from knowledge.answers.figures import Flow, find
from knowledge.facts import WORLD
from knowledge.period import Period
from knowledge.question import Name
from knowledge.wording import Wording

DEFENCE = "defence-aerospace"
YEARS = tuple(range(2019, 2026))
_FLOWS = (
    "How much {product} did Turkey import in {year}?", "{product} imports {year}",
    "imports of {product} from Germany {year}", "Greek {product} exports in {year}",
    "what did Germany export in {product} in {year}", "{product} trade balance {year}",
    "domestic sales of {product} in Turkey {year}",
)  # fmt: skip
_MEASURES = (
    "how many tonnes of {product} did Turkey export in {year}", "weight of {product} exports {year}",
    "average monthly {product} exports {year}", "median month of {product} exports in {year}",
    "profit on {product} exports {year}", "jobs in {product} exports {year}", "{product} production in {year}",
    "{product} consumption in {year}", "{product} exports per capita {year}",
    "subsidies for {product} exports in {year}", "tariffs on {product} exports {year}",
    "how many exporters of {product} were there in {year}", "{product} exports at constant prices, {year}",
    "seasonally adjusted {product} exports {year}", "{product} export orders on hand {year}",
    "price of {product} in {year}", "{product} exports of {year} multiplied by two",
    "double the {product} exports of {year}", "standard deviation of {product} exports {year}",
)  # fmt: skip
_PERIODS = (
    "{product} exports in 2018", "{product} exports in 1999", "{product} exports october 2026",
    "{product} exports in 2031", "{product} exports on 3 may {year}", "{product} exports in week 12 of {year}",
    "{product} exports per day in {year}", "{product} exports from {year} to 2017", "{product} exports tomorrow",
    "{product} exports in the thirteenth month of {year}",
)  # fmt: skip
_PARTNERS = (
    "{product} exports to Germany in {year}", "{product} exports to the EU {year}",
    "who bought most Turkish {product} in {year}", "{product} exports to Africa in {year}",
    "share of {product} exports that went to Iraq in {year}",
)  # fmt: skip
_UNITS = (
    "{product} exports {year} in euros", "{product} exports {year} in lira",
    "{product} exports {year} in pounds sterling", "{product} exports {year} as a percentage of GDP",
    "{product} exports {year} in barrels", "how many pieces of {product} were exported in {year}",
)  # fmt: skip
_CAUSES = (
    "why did {product} exports change in {year}", "what caused the {product} exports of {year}",
    "because of what did {product} exports move in {year}",
)  # fmt: skip
_OPINIONS = (
    "should Turkey export more {product}", "is it good that {product} exports were what they were in {year}",
    "do you think {product} exports of {year} were a success", "are {product} exports in {year} ethical",
    "will {product} exports be higher next decade",
)  # fmt: skip
_PLACES = (
    "{product} exports of Bursa in {year}", "{product} exports from Istanbul province {year}",
    "{product} exports of the company Erdemir in {year}", "{product} exports by air in {year}",
    "{product} exports through the port of Mersin in {year}", "second-hand {product} exports {year}",
)  # fmt: skip
_DEALS = (
    "how many {system} did {buyer} lose", "how many {system} does {buyer} have in service",
    "range of the {system} of {buyer}", "how fast does the {system} of {buyer} fly",
    "running cost of a {system} in {buyer} per hour", "how many pilots does {buyer} have for its {system}",
    "should {buyer} buy more {system}", "how many people did the {system} of {buyer} kill",
    "did {buyer} like the colour of its {system}", "how many {system} will {buyer} order in 2035",
    "how many {system}-9 did {buyer} buy",
)  # fmt: skip
_FOLLOW = (
    "and to Germany?", "in tonnes?", "in euros?", "why?", "and imports?", "per capita?", "what about 2018?",
    "and the jobs?", "on average?", "will it rise?", "is that good?", "how many pieces?", "and in October 2026?",
    "only from Bursa?", "and Greece's?", "and the profit?", "squared?", "by weight?", "per day?",
    "and at constant prices?", "to whom?", "what share went to Iraq?", "and next decade?",
    "and production?", "plus ten percent?",
)  # fmt: skip
_SECTORS: dict[str, tuple[str, ...]] = {
    "flow": _FLOWS, "measure": _MEASURES, "period": _PERIODS, "partner": _PARTNERS, "unit": _UNITS, "cause": _CAUSES,
    "opinion": _OPINIONS, "part": _PLACES, "follow-up": _FOLLOW,
}  # fmt: skip
KINDS = (*_SECTORS, "partner and period", "deal", "buyer")


@dataclass(frozen=True, slots=True)
class Miss:
    """A question beside a fact: how it misses, and the fact by the question that it answers.

    One of the kind `follow-up` is asked once the fact has been told.
    """

    kind: str
    text: str
    fact: str


def near_misses(view: View, wording: Wording) -> Iterator[Miss]:
    """Every near miss of the store's facts, in a fixed order."""
    yield from _of_sectors(view, wording)
    yield from _of_partners(view, wording)
    yield from _of_deals(view, wording)


def _of_sectors(view: View, wording: Wording) -> Iterator[Miss]:
    """Each sector with every wording, the years in turn; defence is known by destination, so that is no miss of it."""
    turn = 0
    for product in view.store.products("sector"):
        name = wording.arg(Name("product", product.product_id), "")
        for kind, wordings in _SECTORS.items():
            for form in wordings:
                year = YEARS[turn % len(YEARS)]
                turn += 1
                if product.product_id != DEFENCE:
                    yield Miss(kind, form.format(product=name, year=year), f"{name} exports {year}")


def _of_partners(view: View, wording: Wording) -> Iterator[Miss]:
    """Each partner of defence exports in each period of which no figure of it is known."""
    periods = [
        *(Period.year(year) for year in range(2012, 2027)),
        *(Period.quarter(year, 2) for year in range(2019, 2027)),
    ]
    for code, *_ in view.store.partners(DEFENCE):
        name = wording.arg(Name("country", code), "")
        known = next(row.period for row in view.store.observations(product=DEFENCE, partner=code))
        for period in periods:
            flow = Flow(DEFENCE, code)
            if not any(find(view, flow, period, measure) for measure in ("value", "share", "rank")):
                when = wording.arg(period, "")
                fact = f"Turkish defence exports to {name} in {wording.arg(known, '')}"
                yield Miss("partner and period", f"Turkish defence exports to {name} in {when}", fact)


def _of_deals(view: View, wording: Wording) -> Iterator[Miss]:
    """Each buyer of a system with what no report tells; and each system with a country that no report names."""
    pairs: dict[tuple[str, str], None] = {}
    buyers: dict[str, set[str]] = {}
    for entity in view.store.entities("system"):
        for event in view.store.events(system=entity.entity_id):
            buyers.setdefault(entity.name, set()).update((event.buyer, event.supplier_country))
            if event.kind in ("contract", "order", "delivery") and event.buyer != WORLD and event.quantity:
                pairs[entity.name, event.buyer] = None
    for turn, (system, code) in enumerate(pairs):
        buyer = wording.arg(Name("country", code), "")
        for form in _DEALS:
            yield Miss("deal", form.format(system=system, buyer=buyer), f"{system} {buyer}")
        other = ("NOR", "MEX", "NZL", "BOL", "ISL")[turn % 5]
        if other not in buyers[system]:
            stranger = wording.arg(Name("country", other), "")
            yield Miss("buyer", f"how many {system} did {stranger} buy", f"{system} {buyer}")
