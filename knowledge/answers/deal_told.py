"""One deal put into words: the sentence that answers, and what the other reports of the same deal say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.answer import Figure, Phrase, say
from knowledge.answers.accounts import (
    count_account,
    country,
    date_account,
    figure,
    listed,
    note,
    sentence,
    value_account,
    voice,
    what,
    who,
    worth,
)
from knowledge.answers.choice import best_count, best_value, measures
from knowledge.answers.days import precision, span
from knowledge.answers.deals import CERTAINTIES, Claim, Deal, sources
from knowledge.answers.desk_view import View
from knowledge.answers.linked import about
from knowledge.facts import Day, Event
from knowledge.question import Name, Question

_HAPPENINGS = ("combat_use", "first_flight", "launch")
"""Families in which a number is no part of the sentence unless it is asked for."""
_TELLING = frozenset(
    ("alleged", "cancellation", "agree", "where", "planned", "coproduction", "donation", "free", "combat", "who_made")
)
"""Aspects that a bare figure does not answer: the note of the report is told too."""
_SMALL = frozenset(("follow", "that", "what", "definition", "really", "latest", "new"))
"""Aspects that ask for nothing of a deal."""
_FAR = 1.3
"""Values that differ by more than this factor cannot be one sum, rounded or converted."""
_NOTED = frozenset(("agreement", "co-production", "combat_use", "donation", "other", "cancellation", "launch"))
"""Kinds of report that say little without their note."""


@dataclass(frozen=True, slots=True)
class Told:
    """A deal as one question has it told: with the accounts of its number and value that are quoted."""

    question: Question
    view: View
    deal: Deal
    count: Claim | None
    value: Claim | None

    @classmethod
    def of(cls, question: Question, view: View, deal: Deal) -> Told:
        """The deal with the accounts that fit the question best."""
        return cls(question, view, deal, best_count(deal, question, view), best_value(deal, question))

    @property
    def asked(self) -> frozenset[str]:
        """The figures that are asked for."""
        return measures(self.question)

    @property
    def shown(self) -> Claim:
        """The account to open with: of the date if that was asked, else of the number if there is one."""
        if self.question.aspects & {"when", "complete"} and self.question.number is None:
            return self._dated()
        if self.count and ("count" in self.asked or self.question.number is not None):
            return self.count
        best = self.deal.headline
        sure = self.count and CERTAINTIES.index(self.count.best.certainty) <= CERTAINTIES.index(best.best.certainty)
        return self.count if self.count and sure else best

    @property
    def main(self) -> Claim:
        """The account of the figure that was asked for."""
        if self.value and self.asked == {"money"}:
            return self.value
        return self.count if self.count and "count" in self.asked else self.shown

    def _dated(self) -> Claim:
        """The account of the date: the earliest sure one for a first time, the most precise report of it first."""
        claims = list(self.deal.dates())
        if "first" in self.question.aspects:
            claims.sort(key=lambda claim: (CERTAINTIES.index(claim.best.certainty), span(claim.best.date)))
        reports = sorted(claims[0].reports, key=lambda event: (event.certainty == "alleged", precision(event.date)))
        return Claim(tuple(reports))

    def lead(self) -> list[Phrase]:
        """The sentence or two that answer."""
        lead: list[Phrase] = []
        each = self._each() if "price_each" in self.question.aspects else None
        if each:
            lead.append(each[0])
        elif self.asked != {"money"} or not self.value:
            lead.append(self._opening())
        if self.value and self._with_value() and not each:
            style = "bold" if "money" in self.asked else "counted"
            lead.append(worth(self.value, self.view, self.shown.best if lead else None, style))
            lead += self._wide()
        built = "where" in self.question.aspects and self.deal.family not in ("combat_use", "delivery")
        seller = not self.asked and self.question.aspects & {"who_sold", "who_made"}
        if (built or seller) and self.deal.best.supplier:
            lead.append(say("procurement.supplier", supplier=Name("company", self.deal.best.supplier)))
        return lead

    def figures(self) -> list[Figure]:
        """The figures of the lead, the one that was asked for first."""
        count = [figure(self.count, self.view, "quantity")] if self.count else []
        value = [figure(self.value, self.view, "contract_value")] if self.value else []
        if "price_each" in self.question.aspects and (each := self._each()):
            return [each[1], *value, *count]
        if self.asked == {"money"}:
            return [*value, *count]
        if self.asked:
            return [*count, *(value if "money" in self.asked else [])]
        if self.question.aspects & {"when", "where", "complete"}:
            # A question for a date or a place has no figure as its answer.
            return []
        if not self.question.aspects - _SMALL and self.question.number is None:
            # A buyer and a system and nothing that is asked of them: the deal is told, no figure is the answer.
            return []
        told = count if self.count and self.count.best == self.shown.best else []
        return [*told, *(value if self._with_value() else [])]

    def same_deal(self) -> list[Phrase]:
        """What else the reports of this very deal say: its other figure, other accounts, hedges."""
        told: list[Phrase] = []
        if self.count and not self.asked and self.shown.best.quantity is None:
            told += listed([count_account(self.count)], "procurement.number")
        if self.value and not self._with_value():
            told.append(worth(self.value, self.view, self.shown.best))
        told += self._doubts()
        if self.count and (self.asked != {"money"} or "agree" in self.question.aspects):
            others = [claim for claim in self.deal.counts() if claim.best != self.count.best]
            told += listed(map(count_account, others), "procurement.differ.count")
        told += self._other_values()
        if self.question.aspects & {"when", "agree", "complete"}:
            dates = [claim for claim in self.deal.dates() if self.shown.best not in claim.reports]
            told += listed(map(date_account, dates), "procurement.differ.date")
        return told

    def caveats(self) -> list[Phrase]:
        """Notes where they matter: doubt, a single voice, a kind of report that says little without one."""
        best = self.main.best
        lone = best.certainty == "reported" and len(self.main.voices) == 1
        doubtful = lone or best.certainty == "alleged"
        if best.note and (doubtful or best.kind in _NOTED or self.question.aspects & _TELLING):
            return [note(best)]
        return []

    def reports(self) -> list[Event]:
        """The reports behind the answer, those of its figure first."""
        claims = [claim for claim in (self.main, self.count, self.value) if claim]
        return list(dict.fromkeys([*(event for claim in claims for event in claim.reports), *self.deal.reports]))

    def _with_value(self) -> bool:
        """True if the value belongs into the opening: it was asked for, or nothing was and one report has both."""
        if "money" in self.asked:
            return True
        plain = not self.asked and not self.question.aspects & {"when", "where", "complete"}
        return plain and self.value is not None and self.value.best == self.shown.best

    def _opening(self) -> Phrase:
        event = self.shown.best
        last = "last" in self.question.aspects and self.deal.running and self.deal.family == "delivery"
        if last or "complete" in self.question.aspects:
            return say(
                "procurement.completed",
                buyer=country(event.buyer),
                what=what(event, self.view),
                date=Day(event.date.last),
                who=who(self.shown),
            )
        own = self._own_name()
        if event.kind == "launch" and own:
            return say("procurement.launched", name=own, date=event.date, who=who(self.shown))
        bold = "count" in self.asked or not self.asked
        style = "bold" if bold else "counted"
        if self.deal.family in _HAPPENINGS and "count" not in self.asked:
            style = "plain"
        return sentence(self.shown, self.view, style)

    def _own_name(self) -> Name | None:
        """The ship that was asked for by its own name, which no report has as its system."""
        for slot in self.question.systems:
            if not slot.value.startswith("class:") and not about(self.view.store, system=slot.value):
                return Name("system", slot.value)
        return None

    def _each(self) -> tuple[Phrase, Figure] | None:
        """The price of one: only from a number and a value that one report gives."""
        if self.value is None:
            return None
        for event in self.value.reports:
            if event.quantity and event.value and event.quantity.low:
                break
        else:
            return None
        price = replace(event.value.ratio(replace(event.quantity, unit=event.value.unit)), unit=event.value.unit)
        made = Figure(
            price,
            "unit_price",
            sources([event], self.view),
            exporter=event.supplier_country,
            partner=event.buyer,
            product=event.system,
            derived=True,
            formula=f"{event.value.value:,.0f} / {event.quantity.value:,.0f}",
        )
        told = say(
            "procurement.each",
            buyer=country(event.buyer),
            price=price,
            value=event.value,
            what=what(event, self.view),
        )
        return told, made

    def _doubts(self) -> list[Phrase]:
        """Sources that give the same figure with more reserve than the one that is quoted."""
        told = (self.count, self.value) if "when" not in self.question.aspects else (self.main,)
        if self.main not in told or self.main.best.certainty == "alleged":
            return []
        doubting = [event.attributed_to for event in self.main.reports if event.certainty == "alleged"]
        return (
            [say("procurement.hedged", who=tuple(voice(name) for name in dict.fromkeys(doubting)))] if doubting else []
        )

    def _wide(self) -> list[Phrase]:
        """A warning where no official value is known and the reported ones lie far apart."""
        if self.value is None or self.value.best.value is None or self.value.best.certainty == "official":
            return []
        unit = self.value.best.value.unit
        given = [claim.best.value for claim in self.deal.values(unit) if claim.best.value]
        low, high = min(given, key=lambda one: one.value), max(given, key=lambda one: one.value)
        return [say("procurement.wide", low=low, high=high)] if high.value > _FAR * low.value else []

    def _other_values(self) -> list[Phrase]:
        """Other sums: in the same currency they differ, in another they may be the same."""
        if self.value is None or self.value.best.value is None:
            return []
        unit = self.value.best.value.unit
        others = [claim for claim in self.deal.values() if claim.best != self.value.best and claim.best.value]
        same = [claim for claim in others if claim.best.value and claim.best.value.unit == unit]
        told = list(listed(map(value_account, same), "procurement.differ.value"))
        told += listed((value_account(claim) for claim in others if claim not in same), "procurement.also.value")
        return told
