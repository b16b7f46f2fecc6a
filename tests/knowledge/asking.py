"""Questions built by hand, for tests of the answerers alone."""

from __future__ import annotations

from knowledge.period import Period
from knowledge.question import Kind, Origin, Question, Slot, When


def slots(names: str) -> tuple[Slot[str], ...]:
    """Slots from ids parted by spaces."""
    return tuple(Slot(name) for name in names.split())


def asked(
    kind: Kind,
    aspects: str = "",
    *,
    buyer: str = "",
    system: str = "",
    company: str = "",
    people: str = "",
    conflict: str = "",
    region: str = "",
    product: str = "",
    topic: str = "",
    seller: str = "",
    period: str = "",
    day: str = "",
    number: int | None = None,
    amount: float | None = None,
    unit: str = "",
) -> Question:
    """A question of a kind; ids and aspects are parted by spaces, the seller is assumed where none is given."""
    code = day[:7] or period
    return Question(
        "",
        "en",
        kind,
        products=slots(product),
        partners=slots(buyer),
        exporter=Slot(seller) if seller else Slot("TUR", origin=Origin.ASSUMED),
        regions=slots(region),
        periods=(Slot(When(Period.parse(code), day=day)),) if code else (),
        systems=slots(system),
        companies=slots(company),
        people=slots(people),
        conflicts=slots(conflict),
        aspects=frozenset(aspects.split()),
        topic=tuple(topic.split()),
        number=number,
        amount=amount,
        unit=unit,
    )
