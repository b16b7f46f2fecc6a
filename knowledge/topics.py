"""What a question is about, once its words are known: defaults, products named by circumstance, and follow-ups.

The rules are data (`knowledge/data/topics.toml`); every default and every slot taken over is marked as such.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.facts import TOTAL, Entity
from knowledge.follow_up import ranks_sectors
from knowledge.question import LISTED, Anchor, Kind, Name, Origin, Question, Slot
from knowledge.store import Store
from knowledge.text import folds

_WITH_PRODUCT = frozenset(
    (Kind.LEVEL, Kind.CHANGE, Kind.RATIO, Kind.SHARE, Kind.SERIES, Kind.SUM, Kind.COMPARE, Kind.RANK)
)


@dataclass(frozen=True, slots=True)
class _Rule:
    needs: frozenset[str]
    product: str


@dataclass(frozen=True, slots=True)
class Unbound:
    """A word that makes sense only with certain products, in a question that is about none of them."""

    cue: str
    concept: str


class Topics:
    """The rules of `topics.toml`."""

    def __init__(
        self, table: dict[str, Any], parents: Mapping[str, str], entity: Callable[[str], Entity | None] | None = None
    ) -> None:
        self._parents = parents
        self._entity = entity
        self._chains = {product: tuple(_chain(product, parents)) for product in parents}
        self.home: str = table["home"]
        self._partner_product: str = table["partner_product"]
        self.attributed: dict[str, tuple[str, ...]] = {who: tuple(names) for who, names in table["attributed"].items()}
        self.dealt = frozenset[str](table["dealt"])
        """Products that deals are about anyway: naming one narrows nothing."""
        self._companies: dict[str, str] = table["companies"]
        self._exporters: dict[str, str] = table["exporters"]
        self._bound: dict[str, dict[str, Any]] = table["bound"]
        self._rules = tuple(_Rule(frozenset(rule["needs"]), rule["product"]) for rule in table["rules"])

    def described(self, entity_id: str) -> frozenset[str]:
        """The folded words that say what an entity is; none for what is no entity."""
        found = self._entity(entity_id) if self._entity else None
        return frozenset(folds(" ".join((found.description, found.name, *found.aliases)))) if found else frozenset()

    def settle(self, question: Question) -> Question:
        """Put in the product that names and words imply, who is quoted, and the defaults."""
        if question.kind is Kind.PROCUREMENT:
            return replace(question, aspects=_deal_aspects(question))
        if question.kind not in _WITH_PRODUCT:
            return question
        if question.left_out:
            question = replace(question, left_out=tuple(map(self._left_out, question.left_out)))
        bodies = [slot for slot in question.people if slot.value in self.attributed]
        # Where two are named, the figures of both are wanted: nobody's are left out then.
        quoted = bodies[0] if len(bodies) == 1 else None
        if bodies:
            rest = tuple(slot for slot in question.people if slot not in bodies)
            named = tuple(slot.value for slot in bodies)
            question = replace(question, attributed=quoted, people=rest, bodies=named)
        ruled = self._by_rule(question, quoted)
        return self._exporter(ruled or self._by_company(self._narrowed(question)))

    def _left_out(self, slot: Slot[Name]) -> Slot[Name]:
        """A company that is left out stands for its exports."""
        if slot.value.kind != "company":
            return slot
        return replace(slot, value=Name("product", self._companies.get(slot.value.id, f"company:{slot.value.id}")))

    def _by_rule(self, question: Question, quoted: Slot[str] | None) -> Question | None:
        """The product that names and words together stand for, by the first rule that fits."""
        marks = {
            *(f"cue:{cue}" for cue in question.aspects),
            *(f"product:{slot.value}" for slot in question.products),
            *(f"company:{slot.value}" for slot in question.companies),
            *((f"entity:{quoted.value}",) if quoted else ()),
            *(() if _latest(question) else ("none:latest",)),
            *(() if question.partners else ("none:partner",)),
            *(() if question.products else ("none:product",)),
            *(() if question.companies else ("none:company",)),
        }
        for rule in self._rules:
            if rule.needs <= marks:
                words = next((slot.words for slot in (*question.products, *question.companies)), "")
                return replace(question, products=(Slot(rule.product, words),), companies=())
        return None

    def _narrowed(self, question: Question) -> Question:
        """Of a product and a part of it the part is meant: "value per kilogram in defence"."""
        if any(slot.role == LISTED for slot in question.products):
            return question
        named = {slot.value for slot in question.products}
        wider = {parent for product in named for parent in self._chains.get(product, ())}
        if question.kind in (Kind.SHARE, Kind.COMPARE, Kind.RATIO, Kind.SUM) or not wider & named:
            return question
        return replace(question, products=tuple(slot for slot in question.products if slot.value not in wider))

    def _by_company(self, question: Question) -> Question:
        """The exports of the companies that are named, else the default product."""
        if question.companies:
            products = tuple(
                replace(slot, value=self._companies.get(slot.value, f"company:{slot.value}"))
                for slot in question.companies
            )
            keep = question.products if question.kind in (Kind.SHARE, Kind.COMPARE) else ()
            return replace(question, products=(*products, *keep), companies=())
        if question.products or ranks_sectors(question):
            return question
        partners = (
            question.partners or question.regions or any(slot.value.kind == "country" for slot in question.left_out)
        )
        default = self._partner_product if partners else ""
        if not default and "export" in question.aspects:
            default = TOTAL
        if not default and "buyers" in question.aspects:
            default = self._partner_product
        return replace(question, products=(Slot(default, "", Origin.ASSUMED),)) if default else question

    def _exporter(self, question: Question) -> Question:
        if question.exporter is None and question.products:
            seller = self._exporters.get(question.products[0].value, self.home)
            return replace(question, exporter=Slot(seller, "", Origin.ASSUMED))
        return question

    def nested(self, first: str, second: str) -> bool:
        """True if one of two products is part of the other."""
        return first in self._chains.get(second, ()) or second in self._chains.get(first, ())

    def unbound(self, question: Question) -> Unbound | None:
        """The first word that needs a product which the question is not about."""
        products = {slot.value for slot in question.products}
        for cue, rule in self._bound.items():
            fits = bool(products & set(rule["products"]) or question.aspects & set(rule.get("unless", ())))
            if rule.get("of_someone"):
                fits = question.attributed is not None
            if rule.get("unless_company"):
                fits = not any(product in self._companies.values() for product in products)
                fits = fits or bool(question.aspects & {"export", "abroad"})
            if cue in question.aspects and not fits and not (question.unit and rule.get("or_unit")):
                return Unbound(cue, rule["concept"])
        return None

    def wrong_side(self, question: Question) -> Slot[str] | None:
        """The name that makes this a question about what the home country buys, or what another one sells."""
        if question.exporter and question.exporter.value not in (self.home, *self._exporters.values()):
            return question.exporter
        if question.kind is Kind.SHARE and "import" in question.aspects and not self._imports(question):
            # "Turkey's share of Ukraine's imports": the whole is what a buyer buys, and that is not known.
            return next(iter((*question.partners, *question.products)), question.exporter)
        bought = question.aspects & {"import", "buy"} and question.kind not in (Kind.RANK, Kind.COMPARE)
        if (bought or "import" in question.aspects) and not question.partners and not self._imports(question):
            # "Steel imports in 2024": what somebody buys, and nobody is named to buy it here.
            return next(iter(question.products), question.exporter)
        return next((slot for slot in question.partners if slot.value == self.home), None)

    def _imports(self, question: Question) -> bool:
        return any(slot.value in self._exporters for slot in question.products)


def _latest(question: Question) -> bool:
    return "latest" in question.aspects or any(slot.value.anchor is Anchor.LATEST for slot in question.periods)


def _deal_aspects(question: Question) -> frozenset[str]:
    """What is wanted of a deal: "number" is a count there, "value" and "how much euro" a price.

    Where a language has one word for "how many" and "how much", it is a count unless money is spoken of.
    """
    counted = "how_many" in question.aspects and "money" not in question.aspects and not question.unit
    aspects = question.aspects | ({"count"} if counted or "number_of" in question.aspects else frozenset())
    if question.unit and "money" in aspects:
        # "How many dollars did they pay" counts no systems.
        aspects -= {"count"}
    priced = "amount" in aspects or bool(question.unit)
    return aspects | {"money"} if priced and "count" not in aspects else aspects


def load_topics(store: Store) -> Topics:
    """The shipped rules, with what the store knows of products that are parts of others."""
    parents = {product.product_id: product.parent for product in store.products() if product.parent}
    return Topics(_rules(), parents, store.entity)


def _chain(product: str, parents: Mapping[str, str]) -> Iterator[str]:
    while product in parents:
        product = parents[product]
        yield product


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(files("knowledge.data").joinpath("topics.toml").read_text(encoding="utf-8"))
