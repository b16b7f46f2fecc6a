"""What a question asks of a register of arms transfers: whose deals, of what, ordered or delivered when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.answer import Arg, say
from knowledge.answers.desk_view import View
from knowledge.answers.note_words import stem
from knowledge.designations import popular, singular, squeezed
from knowledge.period import Period
from knowledge.question import Name, Question
from knowledge.register_kinds import PART, WeaponClass, category, class_of, kin
from knowledge.register_sql import Register
from knowledge.store import Store
from knowledge.text import fold
from knowledge.transfers import Transfer

SIPRI = "org-sipri"
"""The publisher of the register, as an entity."""
_NEVER = frozenset(
    (
        "cancellation", "combat", "first_flight", "launch", "alleged", "said", "target", "status",
        "why", "price_each",
    )
)  # fmt: skip
"""What a register tells nothing of."""
_HANDED = frozenset(("delivery", "donation", "handed"))
_GIVING = frozenset(("export", "sell", "who_bought", "buyers", "handed", "delivery", "donation"))
_SOLD = frozenset(("export", "who_sold"))
_ORDERED = frozenset(("order", "contract"))
_MARKS = {"donation": "given", "coproduction": "licensed"}
"""What a question asks for → what the register must note of a deal."""
_TOPICS = {"second-hand": "used", "licence": "licensed"}
"""The same for words of notes."""
_NOTED = {
    "given": re.compile(r"\b(?:aid|gift|donat\w+)\b", re.IGNORECASE),
    "licensed": re.compile(r"\b(?:licen[cs]e|assembl\w+)\b", re.IGNORECASE),
}
"""By what words of a note a deal is marked so."""
_USED = "second-hand"


@dataclass(frozen=True)
class Wanted:
    """A model, a family of models or a class of weapons that a question names."""

    label: Arg
    key: str = ""
    models: tuple[tuple[str, str], ...] = ()
    """(designation, root of its family)."""
    kind: WeaponClass | None = None

    def group(self, deal: Transfer) -> tuple[str, str]:
        """What may be added up: models of one family and one category, or of one popular name and one use."""
        if self.kind:
            return "", ""
        if popular(self.key):
            return "", kin(deal.description)
        return self._roots[deal.designation], category(deal.description)

    @cached_property
    def _roots(self) -> dict[str, str]:
        return dict(self.models)

    def exact(self, deal: Transfer) -> bool:
        """True if the deal is of the very model that was named."""
        return squeezed(deal.designation) == self.key


@dataclass(frozen=True, slots=True)
class Asked:
    """The deals that a question is about."""

    recipients: tuple[str, ...]
    suppliers: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    """Empty for arms of all kinds."""
    period: Period | None
    delivered: bool
    """True if deliveries are asked about, false for orders."""
    marks: tuple[str, ...]
    """What the deals must be noted as: `given`, `licensed`, `used`."""
    words: tuple[str, ...]
    """Words that nothing else explains; they stand in each of the deals."""
    deals: tuple[Transfer, ...]
    """Those that fit everything but the period, by year of order."""
    strange: tuple[str, ...] = ()
    """Words that nothing explains and that stand in no deal that would fit."""
    ends: int = 0
    """The last year that the register knows, where later ones are asked about."""

    @property
    def within(self) -> tuple[Transfer, ...]:
        """Those that fit the period too."""
        period = self.period
        if period is None:
            return self.deals
        if not self.delivered:
            return tuple(deal for deal in self.deals if deal.ordered_in(period))
        return tuple(deal for deal in self.deals if any(Period.year(year).overlaps(period) for year in deal.years))

    def of(self, wanted: Wanted | None) -> tuple[Transfer, ...]:
        """The deals of one thing asked about; without parts of weapons unless these were named."""
        deals = self.within
        if wanted is None:
            return deals
        models = dict(wanted.models)
        mine = [
            deal
            for deal in deals
            if (wanted.kind.holds(deal.description) if wanted.kind else deal.designation in models)
        ]
        whole = tuple(deal for deal in mine if category(deal.description) != PART)
        return whole or tuple(mine)


def asked(question: Question, view: View) -> Asked | None:
    """What is asked of the register; None if it is nothing that a register can tell."""
    named = bool(question.systems or question.partners or question.exporter)
    if not named or question.aspects & _NEVER or question.conflicts or question.regions:
        return None
    if question.companies and not question.systems:
        return None
    if {slot.value for slot in question.people} - {SIPRI} or (
        question.attributed and question.attributed.value != SIPRI
    ):
        return None
    wanted = _wanted(question, view.store)
    if question.systems and not wanted:
        return None
    recipients = tuple(slot.value for slot in question.partners)
    suppliers = (question.exporter.value,) if question.exporter else ()
    deals = _deals(view.store.register, recipients, suppliers, wanted)
    if not deals and suppliers and not recipients and not question.aspects & _GIVING:
        # "How many Leopards does Turkey have": a country that is only named, and sold none, may have bought some.
        bought = _deals(view.store.register, suppliers, (), wanted)
        recipients, suppliers, deals = (suppliers, (), bought) if bought else (recipients, suppliers, deals)
    words = tuple(word for word in question.topic if word not in _TOPICS)
    marks = [mark for aspect, mark in _MARKS.items() if aspect in question.aspects]
    marks += [mark for word, mark in _TOPICS.items() if word in question.topic and mark not in marks]
    deals = [deal for deal in deals if all(_marked(deal, mark) for mark in marks)]
    told = [deal for deal in deals if _tells(deal, words)]
    strange = words if deals and not told else ()
    handed = question.aspects & _HANDED or (question.aspects & _SOLD and "buy" not in question.aspects)
    delivered = bool(handed) and not question.aspects & _ORDERED
    period, ends = _period(question, view.store.register.last_year())
    return Asked(recipients, suppliers, wanted, period, delivered, tuple(marks), words, tuple(told), strange, ends)


def main_group(wanted: Wanted, deals: Sequence[Transfer]) -> tuple[list[Transfer], list[list[Transfer]]]:
    """The deals that may be added up and are most likely meant, and the others that are called the same.

    "Javelin" is an American anti-tank missile and a British anti-aircraft one: they are told apart.
    """
    groups: dict[tuple[str, str], list[Transfer]] = {}
    for deal in deals:
        groups.setdefault(wanted.group(deal), []).append(deal)
    exact = Counter(wanted.group(deal) for deal in deals if wanted.exact(deal))
    ordered = sorted(groups, key=lambda group: (-exact[group], -len(groups[group]), group))
    return groups[ordered[0]], [groups[group] for group in ordered[1:]]


def parts_left_out(wanted: Wanted | None, query: Asked) -> list[Transfer]:
    """Turrets and chassis of what was asked about, which are not counted as such."""
    if wanted is None or wanted.kind:
        return []
    counted = set(query.of(wanted))
    models = dict(wanted.models)
    return [deal for deal in query.within if deal.designation in models and deal not in counted]


def _deals(
    register: Register, recipients: tuple[str, ...], suppliers: tuple[str, ...], wanted: Sequence[Wanted]
) -> list[Transfer]:
    if not wanted:
        return register.deals(recipients=recipients, suppliers=suppliers) if recipients or suppliers else []
    kinds = [one.kind for one in wanted if one.kind]
    models = {model for one in wanted for model, _ in one.models}
    found: list[Transfer] = []
    if kinds:
        described = [text for text in register.described() if any(kind.holds(text) for kind in kinds)]
        found += register.deals(recipients=recipients, suppliers=suppliers, descriptions=described)
    if models:
        known = {deal.transfer_id for deal in found}
        more = register.deals(recipients=recipients, suppliers=suppliers, designations=sorted(models))
        found += [deal for deal in more if deal.transfer_id not in known]
    return found


def _wanted(question: Question, store: Store) -> tuple[Wanted, ...]:
    """The models that are named; the classes where no model is."""
    models: list[Wanted] = []
    classes: list[Wanted] = []
    for slot in question.systems:
        if slot.value.startswith("class:"):
            kind = class_of(slot.value.removeprefix("class:"), slot.words)
            if kind:
                classes.append(Wanted(say(f"register.class.{kind.class_id}"), kind=kind))
            continue
        found = _model(slot.value, slot.words, store)
        if found is None:
            return ()
        models.append(found)
    return tuple(models or classes)


def _model(identity: str, words: str, store: Store) -> Wanted | None:
    """What a system is in the register: by the words of the question, else by its own names."""
    entity = store.entity(identity)
    names = [words, *((entity.name, *entity.aliases) if entity else (identity.partition(":")[2],))]
    for name in names:
        for key in dict.fromkeys((squeezed(name), singular(squeezed(name)))):
            models = store.register.designations(key)
            if models:
                # "f16s" are all F-16, whatever model of them the press reports of.
                label: Arg = Name("system", identity) if entity and name != words else store.register.label(key)
                return Wanted(label, key, tuple(models.items()))
    return None


def _period(question: Question, last: int) -> tuple[Period | None, int]:
    """The time that is asked about, cut where the register ends; and the year of its end if that matters."""
    periods = [slot.value.period for slot in question.periods if slot.value.period]
    if not periods:
        return None, 0
    whole = Period(min(one.start for one in periods), max(one.end for one in periods))
    end = Period.year(last).end if last else whole.end
    if whole.end <= end:
        return whole, 0
    return (whole if whole.start > end else Period(whole.start, end)), last


def _marked(deal: Transfer, mark: str) -> bool:
    """True if the register has a deal as a gift, as produced under licence, or as second-hand."""
    if mark == "used":
        return deal.status.startswith(_USED)
    return bool(_NOTED[mark].search(deal.comments)) or (mark == "licensed" and deal.local_production)


def _tells(deal: Transfer, words: Sequence[str]) -> bool:
    """True if a deal's own text has every word that nothing else explains."""
    text = fold(f"{deal.comments} {deal.status} {deal.designation} {deal.description}") if words else ""
    return all(stem(word).search(text) for word in words)
