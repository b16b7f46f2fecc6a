"""What must be said beside the figures of a register: its doubt, what it leaves open, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.answer import Arg, Phrase, say
from knowledge.answers.desk_view import View
from knowledge.answers.register_asked import Asked, Wanted, parts_left_out
from knowledge.answers.register_tally import Tally, delivered, ordered, selected
from knowledge.facts import Source
from knowledge.parties import predecessors
from knowledge.question import Name
from knowledge.transfers import Transfer

_COMMENTS = 3
_BOTH = 2
_LENGTH = 220
_WHOLE = "trade register"
"""How the title of a whole register ends; a part says what it is a part of."""


def party(identity: str) -> Name:
    """A buyer or seller to be worded."""
    return Name("country", identity)


def sources(deals: Iterable[Transfer], view: View) -> tuple[Source, ...]:
    """The editions that the deals come from, the newest first."""
    found = {view.store.source(key) for key in {deal.source_id for deal in deals}}
    return tuple(sorted(found, key=lambda source: source.published, reverse=True))


def caveats(query: Asked, wanted: Wanted | None, deals: Sequence[Transfer], view: View) -> tuple[Phrase, ...]:
    """What makes the sums of some deals unsure, in the order of weight."""
    main = delivered(deals, query.period) if query.delivered else ordered(deals, query.period)
    out: list[Phrase] = _narrowed(query)
    if main.doubtful:
        # Missiles and ships are not added up: a sum of what is sure would say nothing.
        key = "doubt" if wanted and main.low else "doubt_mixed"
        if main.doubtful == main.deals:
            key = "both_doubted" if main.deals == _BOTH else "all_doubted"
        out.append(say(f"register.caveat.{key}", n=main.doubtful, of=str(main.deals), sure=f"{main.low:,}"))
    if main.missing:
        came = delivered([deal for deal in deals if deal.ordered is None])
        key = "missing_ordered" if wanted and came.value and not query.delivered else "missing"
        out.append(say(f"register.caveat.{key}", n=main.missing, delivered=came.quantity))
    out += _split(main, wanted, query)
    chosen = selected(deals)
    if chosen and not query.delivered:
        key = "selected" if wanted else "selected_mixed"
        out.append(say(f"register.caveat.{key}", quantity=ordered(chosen).quantity, n=len(chosen)))
    left_out = parts_left_out(wanted, query)
    if left_out:
        names = dict.fromkeys((deal.designation, deal.description) for deal in left_out)
        parts = tuple(say("register.what", model=model, kind=kind) for model, kind in names)
        out.append(say("register.caveat.parts", parts=parts))
    out += _of_their_day(query, view)
    if query.ends:
        out.append(say("register.caveat.ends", year=str(query.ends)))
    out += [say("register.caveat.part", title=source.title) for source in sources(deals, view) if not _whole(source)]
    return tuple(out)


def comments(deals: Sequence[Transfer]) -> tuple[Phrase, ...]:
    """What the register notes on the deals, where these are few."""
    noted = [deal for deal in deals if deal.comments]
    if len(deals) > _COMMENTS:
        return ()
    return tuple(
        say("register.note", designation=deal.designation, year=str(deal.order_year or "?"), note=_short(deal.comments))
        for deal in noted
    )


def number(count: int | None, doubt: bool) -> Arg:
    """A single number of the register for a table."""
    if count is None:
        return "–"
    return f"{count:,}{'?' * doubt}"


def _narrowed(query: Asked) -> list[Phrase]:
    """What the deals were picked by beside parties and names."""
    out = [say(f"register.caveat.{mark}") for mark in query.marks]
    if query.words:
        out.append(say("register.caveat.words", words=tuple(say("phrase.quoted", word=word) for word in query.words)))
    return out


def _split(main: Tally, wanted: Wanted | None, query: Asked) -> list[Phrase]:
    """That deals lie only partly in the period."""
    if not main.split or query.period is None:
        return []
    if wanted is None:
        return [say("register.caveat.split_mixed", n=main.split, period=query.period)]
    return [say("register.caveat.split", n=main.split, low=main.low_end, high=main.high_end, period=query.period)]


def _of_their_day(query: Asked, view: View) -> list[Phrase]:
    """Deals under the name of a state that is no more: Russia's are not the Soviet Union's."""
    out = []
    for role, parties in (("supplier", query.suppliers), ("recipient", query.recipients)):
        for one in parties:
            for before in predecessors(one):
                others = {"suppliers": query.suppliers, "recipients": query.recipients, f"{role}s": (before,)}
                if view.store.register.any(**others):
                    out.append(say("register.caveat.of_their_day", before=party(before), now=party(one)))
    return out


def _whole(source: Source) -> bool:
    return source.title.endswith(_WHOLE)


def _short(text: str) -> str:
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1].rsplit(" ", 1)[0] + " …"
