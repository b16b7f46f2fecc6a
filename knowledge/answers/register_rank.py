"""Who bought, or who sold, by the deals of a register: the largest first, by items where things are alike.

Arms of all kinds cannot be counted together: there the order is by SIPRI's volume index, which is no money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.answers.desk_view import View
from knowledge.answers.register_asked import Asked, Wanted, main_group
from knowledge.answers.register_notes import caveats, number, party, sources
from knowledge.answers.register_tally import Tally, Volume, counted, delivered, ordered, volume
from knowledge.answers.register_told import between, events, sides
from knowledge.question import Kind, Question
from knowledge.transfers import Transfer

_ROWS = 15
_NAMED = 8


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Buyers or sellers in order, with the deals of each."""

    query: Asked
    wanted: Wanted | None
    """None for arms of all kinds."""
    role: str
    """`recipient` or `supplier`."""
    groups: dict[str, tuple[Transfer, ...]]

    @classmethod
    def of(cls, query: Asked, role: str) -> _Ranking:
        """The parties of one side by size."""
        wanted = query.wanted[0] if query.wanted else None
        deals: Sequence[Transfer] = query.of(wanted)
        if wanted:
            deals, _ = main_group(wanted, deals)
        groups: dict[str, list[Transfer]] = {}
        for deal in deals:
            groups.setdefault(deal.recipient if role == "recipient" else deal.supplier, []).append(deal)
        unordered = cls(query, wanted, role, {one: tuple(found) for one, found in groups.items()})
        order = sorted(groups, key=lambda one: (*(-size for size in unordered.size(one)), one))
        return cls(query, wanted, role, {one: tuple(groups[one]) for one in order})

    @property
    def deals(self) -> tuple[Transfer, ...]:
        """All deals."""
        return tuple(deal for deals in self.groups.values() for deal in deals)

    def tally(self, one: str) -> Tally:
        """What is asked about, summed for one party."""
        return counted(self.groups[one], self.query.period, of_deliveries=self.query.delivered)

    def volume(self, one: str) -> Volume:
        """The trend-indicator value of one party's deliveries or orders."""
        query = self.query
        return volume(self.groups[one], query.period if query.delivered else None, of_deliveries=query.delivered)

    def open(self, one: str) -> bool:
        """True if the register leaves it open how much of one party's number falls into the period."""
        return self.volume(one).open if self.wanted is None else bool(self.tally(one).split)

    def size(self, one: str) -> tuple[float, ...]:
        """What the order goes by: items, or volume for arms of all kinds; then the other side, then deals."""
        deals = self.groups[one]
        if self.wanted is None:
            found = self.volume(one)
            return found.low + found.high, len(deals)
        tally = self.tally(one)
        return (tally.value + tally.most) / 2, counted(deals, of_deliveries=not self.query.delivered).value, len(deals)

    def figure(self, one: str, view: View) -> Figure | None:
        """One party's figure."""
        query, deals, tally = self.query, self.groups[one], self.tally(one)
        models = dict.fromkeys(deal.designation for deal in deals)
        quantity, measure = tally.quantity, "delivered" if query.delivered else "ordered"
        if self.wanted is None:
            quantity, measure = self.volume(one).quantity, "volume_index"
        elif not tally.known:
            return None
        seller, buyer = (one, _single(query.recipients)) if self.role == "supplier" else (_single(query.suppliers), one)
        return Figure(
            quantity, measure, sources(deals, view), seller, buyer,
            ", ".join(models) if len(models) <= _NAMED else "", query.period, derived=len(deals) > 1,
        )  # fmt: skip


def buyers(question: Question, query: Asked, view: View) -> Answer:
    """Who got what was named, from whom."""
    return _answer(question, _Ranking.of(query, "recipient"), view)


def sellers(question: Question, query: Asked, view: View) -> Answer:
    """Who sold what was named, or arms of all kinds, to whom."""
    return _answer(question, _Ranking.of(query, "supplier"), view)


def _answer(question: Question, ranking: _Ranking, view: View) -> Answer:
    shown = list(ranking.groups)[: question.number or len(ranking.groups)]
    figures = [ranking.figure(one, view) for one in shown[:_ROWS]]
    by_volume = [] if ranking.wanted else [say("register.caveat.tiv")]
    if any(ranking.open(one) for one in shown):
        by_volume.append(say("register.caveat.split_order"))
    return Answer(
        Status.ANSWERED,
        Kind.PROCUREMENT,
        lead=(_lead(ranking, shown),),
        details=(say("register.more_rows", n=len(shown) - _ROWS),) if len(shown) > _ROWS else (),
        table=_table(ranking, shown[:_ROWS]),
        caveats=(*caveats(ranking.query, ranking.wanted, ranking.deals, view), *by_volume),
        figures=tuple(figure for figure in figures if figure),
        events=events(ranking.deals),
        sources=sources(ranking.deals, view),
    )


def _lead(ranking: _Ranking, order: Sequence[str]) -> Phrase:
    query, wanted = ranking.query, ranking.wanted
    parts: list[Arg] = []
    for one in order[:_NAMED]:
        if wanted is None:
            # The unit is said once, at the first.
            key = "register.volume_of" if parts else "register.first_volume_of"
            parts.append(say(key, party=party(one), volume=str(ranking.volume(one))))
            continue
        tally = ranking.tally(one)
        key = "register.number_of" if tally.known else "register.unknown_of"
        parts.append(say(key, party=party(one), quantity=tally.told))
    if len(order) > _NAMED:
        parts.append(say("register.more_parties", n=len(order) - _NAMED))
    side = "delivered" if query.delivered else "ordered"
    told = say(
        f"register.rank.{ranking.role}.{side}.{sides(query)}",
        **between(query),
        system=wanted.label if wanted else say("register.arms"),
        n=len(order),
        parts=tuple(parts),
    )
    return say("register.in_period", told=told, period=query.period) if query.period else told


def _table(ranking: _Ranking, order: Sequence[str]) -> Table | None:
    if len(order) < 2:
        return None
    measures = ("tiv_ordered", "tiv_delivered") if ranking.wanted is None else ("ordered", "delivered")
    first = "buyer" if ranking.role == "recipient" else "seller"
    head = tuple(say(f"register.head.{name}") for name in (first, *measures, "deals", "from_to"))
    return Table(head, tuple(_row(ranking, one) for one in order))


def _row(ranking: _Ranking, one: str) -> tuple[Arg, ...]:
    deals, query = ranking.groups[one], ranking.query
    if ranking.wanted is None:
        came = volume(deals, query.period if query.delivered else None, of_deliveries=True)
        cells: tuple[Arg, Arg] = (str(volume(deals, of_deliveries=False)), str(came))
    else:
        cells = (_cell(ordered(deals)), _cell(delivered(deals, query.period if query.delivered else None)))
    return (party(one), *cells, str(len(deals)), _from_to(deals))


def _from_to(deals: Sequence[Transfer]) -> str:
    """The first and the last year of delivery: single years would fill the table."""
    found = sorted(year for deal in deals for year in deal.years)
    return "–" if not found else str(found[0]) if found[0] == found[-1] else f"{found[0]}–{found[-1]}"


def _cell(tally: Tally) -> Arg:
    if tally.split:
        return tally.told
    return number(tally.value, bool(tally.doubtful)) if tally.known else "–"


def _single(parties: tuple[str, ...]) -> str:
    return parties[0] if len(parties) == 1 else ""
