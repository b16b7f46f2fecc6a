"""Generates a store as large as they get: millions of observations and a hundred thousand names, the same every time.

The facts are made up and stand in a home as an import would: yearly flows between all countries by several voices, the
home country's first; a monthly series of its flows with a vintage that revises some; systems, companies, persons and
organisations with names of made-up syllables; and deals of a register.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from knowledge.folder import DATA, IMPORTS, Part
from knowledge.load import facts_of
from knowledge.readers import TABLES
from knowledge.registers import DEAL, REGISTER
from knowledge.store import Progress, build, store_path

TODAY = date(2026, 11, 23)
HOME = "TUR"
VOICES = ("customs", "central-bank", "trade-office", "yearbook")
REVISED = 20
"""One figure of a series in so many is revised."""
YEARS = range(1990, 2026)
KINDS = ("system", "company", "person", "organisation")
_SOURCES = (*VOICES, "monthly-1", "monthly-2", "register-1")
_SERIES_SHARE, _DEALS_SHARE = 8, 400
_STARTS = (*"bdfgklmnprstvz", "br", "dr", "gr", "kr", "st", "tr")
_VOWELS, _ENDS = "aeiou", ("", "l", "n", "r", "s")
Observation = tuple[str, ...]


def observations(count: int) -> Iterator[Observation]:
    """Yearly flows: every voice on those of the home country first, one on the others; ids in no order."""
    facts, draw = facts_of(DATA), random.Random(1)  # noqa: S311 - the same rows every time
    countries = [code for code in facts.countries if code not in ("WLD", HOME)]
    goods = [product.product_id for product in facts.products.values() if product.level in ("total", "sector")]
    own = itertools.product([HOME], countries, goods, YEARS, VOICES)
    others = itertools.product(countries, [HOME, *countries], goods, YEARS, VOICES[:1])
    flows = itertools.islice(itertools.chain(own, others), count)
    for at, (exporter, partner, product, year, voice) in enumerate(flows):
        amount = draw.randrange(10**9)
        yield (
            f"big-{at * 7_368_787 % 100_000_007:09}", exporter, partner, product, str(year), "value",
            str(amount), "USD", "exact", "1", voice, voice, "",
        )  # fmt: skip


def months(count: int) -> Iterator[tuple[str, str, str, str]]:
    """(product, month, value, partner) of the home country's monthly series."""
    facts, draw = facts_of(DATA), random.Random(2)  # noqa: S311 - likewise
    countries = [code for code in facts.countries if code not in ("WLD", HOME)]
    goods = [product.product_id for product in facts.products.values() if product.level == "sector"]
    span = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
    for partner, product, month in itertools.islice(itertools.product(countries, goods, span), count):
        yield product, month, str(draw.randrange(10**8)), partner


def names(count: int) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(id, kind, name, aliases) of that many things that have a name of their own."""
    draw = random.Random(3)  # noqa: S311 - likewise
    taken: set[str] = set()
    for at in range(count):
        kind = KINDS[at % len(KINDS)]
        while (name := _name(kind, draw)) in taken:
            pass
        taken.add(name)
        yield f"{kind}-{at}", kind, name, (f"{name} {at % 90 + 10}",) if kind == "system" else ()


def _name(kind: str, draw: random.Random) -> str:
    if kind == "system":
        return f"{_word(draw)} {draw.choice('ABCDEFGHKLMNPRSTVXZ')}{draw.randrange(10, 1000)}"
    return f"{_word(draw)} {_word(draw)}"


def _word(draw: random.Random) -> str:
    syllables = (draw.choice(_STARTS) + draw.choice(_VOWELS) + draw.choice(_ENDS) for _ in range(draw.randrange(3, 5)))
    return "".join(syllables).capitalize()


def deals(count: int) -> Iterator[tuple[str, ...]]:
    """Rows of a register of arms transfers."""
    facts, draw = facts_of(DATA), random.Random(4)  # noqa: S311 - likewise
    codes = [one for one in facts.countries.values() if one.country != "WLD"]
    models = [f"{_word(draw)}-{draw.randrange(1, 100)}" for _ in range(max(count // 4, 1))]
    for at in range(count):
        recipient, supplier = draw.sample(codes, 2)
        ordered, year = draw.randrange(1, 200), draw.randrange(1950, 2025)
        row = {
            "deal_id": f"deal-{at}", "recipient": recipient.country, "recipient_name": recipient.name,
            "supplier": supplier.country, "supplier_name": supplier.name, "designation": draw.choice(models),
            "description": draw.choice(("tank", "armed UAV", "frigate", "SAM", "APC", "fighter aircraft")),
            "category": "Other", "order_year": str(year), "ordered": str(ordered), "delivered": str(ordered),
            "delivery_years": str(year + 2), "status": "New", "tiv_unit": "1", "tiv_order": str(ordered),
            "tiv_delivered": str(ordered), "source_id": "register-1",
        }  # fmt: skip
        yield tuple(row.get(column, "") for column in DEAL)


def write(path: Path, count: int, named: int) -> Path:
    """A folder of facts in our own shape with that many observations and names."""
    series = count // _SERIES_SHARE
    revised = series // REVISED
    _table(path, "sources.csv", TABLES["sources.csv"].columns, map(_source, _SOURCES))
    entities = ((*one, "|".join(aliases), "A made-up name", VOICES[0]) for *one, aliases in names(named))
    _table(path, "entities.csv", TABLES["entities.csv"].columns, entities)
    _table(path, "vintages.csv", TABLES["vintages.csv"].columns, map(_vintage, ("monthly-1", "monthly-2")))
    header = ("product", "period", "value", "partner")
    _table(path, "series/monthly-1.csv", header, months(series))
    news = ((product, month, f"{value}1", partner) for product, month, value, partner in months(series))
    _table(path, "series/monthly-2.csv", header, itertools.islice(news, 0, revised * REVISED, REVISED))
    _table(path, "observations.csv", TABLES["observations.csv"].columns, observations(count - series - revised))
    if traded := count // _DEALS_SHARE:
        _table(path, "registers.csv", REGISTER, [("register-1", "made-up", "all")])
        _table(path, "deals.csv", DEAL, deals(traded))
    return path


def _source(name: str) -> tuple[str, ...]:
    published = {"monthly-1": "2026-08", "monthly-2": "2026-09"}.get(name, "2026-07")
    return (name, name.title(), f"Figures of {name}", f"https://example.org/{name}", published, "en", "database")


def _vintage(name: str) -> tuple[str, ...]:
    return (name, "monthly", HOME, "", "value", "USD", "1", "customs", "")


def _table(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def home(place: Path, count: int, named: int, progress: Progress | None = None) -> Path:
    """A home folder with the store of the shipped facts and of that many made-up ones; made once in each place."""
    part = Part(f"{IMPORTS}/csv/big", place / IMPORTS / "csv" / "big")
    if not store_path(place).exists():
        write(part.path, count, named)
        build(DATA, store_path(place), TODAY, progress, (part,))
    return place
