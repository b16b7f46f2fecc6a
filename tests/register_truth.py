"""Questions about a trade register with answers worked out straight from the CSV, by nothing of the product.

`python tests/register_truth.py REGISTER.csv [COUNT]` prints one question a line as JSON: the words, and in `expect`
what a right answer holds. Deliberately short and plain: sums over rows, no library but the standard one.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

CLASSES = {
    "tanks": ("tank", "light tank"),
    "frigates": ("frigate", "frigate/landing ship", "patrol ship/frigate", "ampibious assault ship/frigate"),
    "submarines": ("submarine", "nuclear submarine", "midget submarine"),
    "APCs": ("APC",),
    "attack helicopters": ("combat helicopter",),
    "artillery": ("towed gun", "self-propelled gun", "multiple rocket launcher", "mortar", "self-propelled mortar"),
    "anti-tank missiles": ("anti-tank missile", "anti-tank/air-to-surface missile"),
    "drones": ("UAV", "armed UAV", "(armed) UAV", "maritime patrol UAV", "light aircraft/UAV", "one-way attack drone"),
    "SAMs": ("SAM", "portable SAM", "SAM/ABM", "ABM missile", "long-range air-to-air missile/SAM",
             "anti-ship missile/ASM/SAM"),
}  # fmt: skip
FAMILIES = {
    "Leopard 2": r"Leopard-2(?!\d)", "F-16s": r"F-16(?!\d)", "t72": r"T-72(?!\d)", "MiG 21": r"MiG-21(?!\d)",
    "C-130": r"C-130(?!\d)", "m113": r"M-113(?!\d)", "Mirage 2000": r"Mirage-2000(?!\d)", "Su-30s": r"Su-30(?!\d)",
    "leopard2a4": r"Leopard-2A4(?!\d)", "m 777": r"UFH/M-777", "AH-64s": r"AH-64(?!\d)", "f 4": r"F-4(?!\d)",
    "S-300": r"S-300(?!\d)", "Mi 8": r"Mi-8(?!\d)", "F-15s": r"F-15(?!\d)", "AMX 13": r"AMX-13(?!\d)",
}  # fmt: skip
NAMES = {
    "Exocet": "Exocet", "sidewinders": "Sidewinder", "Skyhawks": "Skyhawk", "Harpoon": "Harpoon", "Chinooks": "Chinook",
    "Alouette": "Alouette", "sparrow": "Sparrow", "Hueys": "Huey", "sea kings": "Sea King",
}  # fmt: skip
"""Popular names, which models of several numbers share; what is called so is one kind of thing in each deal."""
SHORT = {
    "United States": ("the US", "the USA", "America"), "United Kingdom": ("the UK", "Britain"),
    "Soviet Union": ("the USSR", "the Soviet Union"), "South Korea": ("South Korea", "the Republic of Korea"),
    "United Arab Emirates": ("the UAE",), "Netherlands": ("the Netherlands", "Holland"),
}  # fmt: skip
DELIVERED = (
    "How many {what} did {seller} deliver to {buyer}?", "how many {what} has {buyer} received from {seller}",
    "number of {what} delivered to {buyer} by {seller}", "How many {what} did {seller} send to {buyer}?",
    "how many {what} were delivered by {seller} to {buyer}",
)  # fmt: skip
ORDERED = (
    "How many {what} did {buyer} order from {seller}?", "how many {what} did {buyer} buy from {seller}",
    "how many {what} were ordered by {buyer} from {seller}?",
)  # fmt: skip
SPANS = ("from {first} to {last}", "between {first} and {last}", "{first}-{last}", "in {first}-{last}")
SUPPLIERS = (
    "who are {buyer}'s top suppliers of {what}?", "who supplied {buyer} with {what}", "who sold {what} to {buyer}?",
    "which countries delivered {what} to {buyer}",
)  # fmt: skip
PARTS = re.compile(r"chassis|turret|training tank")
HOME = "Turkiye"
"""Its sales are in the press too, which then leads."""


class Row(NamedTuple):
    """A deal; numbers are None where the cell is empty."""

    recipient: str
    supplier: str
    year: int
    year_doubt: bool
    ordered: int | None
    ordered_doubt: bool
    designation: str
    description: str
    delivered: int
    delivered_doubt: bool
    years: tuple[int, ...]
    status: str


class Asked(NamedTuple):
    """A question and what its answer must hold."""

    question: str
    expect: dict[str, Any]


def rows(file: Path) -> list[Row]:
    """The deals of a register in its older shape; a row that a comment breaks in two is put together."""
    lines = file.read_text(encoding="latin-1").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Recipient,Supplier"))
    out: list[Row] = []
    kept: list[str] = []
    for line in lines[start + 1 :]:
        cells = kept + next(csv.reader([line]), [])
        if len(cells) < 16:
            kept = cells if len(cells) == 13 else []
            continue
        if kept:
            cells = [*kept[:12], f"{kept[12]} {cells[13]}", *cells[14:]]
            kept = []
        years = tuple(int(year) for year in re.findall(r"\d{4}", cells[10]))
        out.append(
            Row(
                cells[0], cells[1], int(cells[2]), cells[3] == "?", int(cells[4]) if cells[4] else None,
                cells[5] == "?", cells[6], cells[7], int(cells[8]), cells[9] == "?", years,
                cells[11],
            )
        )  # fmt: skip
    return out


def questions(deals: list[Row], count: int, seed: int = 2025) -> list[Asked]:
    """As many questions as wanted, of every sort alike; the same ones for the same file."""
    luck = random.Random(seed)  # noqa: S311 - a sample, no secret
    foreign = [row for row in deals if HOME not in (row.supplier, row.recipient) and _sayable(row)]
    makers: list[Callable[[list[Row], random.Random], Iterator[Asked]]] = [
        _model_delivered, _model_ordered, _family, _popular, _second_hand, _class_between, _class_since, _buyers,
        _sellers, _class_buyers, _when, _list,
    ]  # fmt: skip
    whole = (_buyers, _sellers, _class_buyers)
    walks = [maker(deals if maker in whole else foreign, luck) for maker in makers]
    found: list[Asked] = []
    seen: set[str] = set()
    while len(found) < count:
        for walk in walks:
            asked = next(walk)
            if asked.question not in seen and len(found) < count:
                seen.add(asked.question)
                found.append(asked)
    return found


def _sayable(row: Row) -> bool:
    """True if both parties have a plain name; "Congo" is two countries to those who ask."""
    return not any("(" in name or "*" in name or name == "Congo" for name in (row.recipient, row.supplier))


def _said(luck: random.Random, pattern: str, row: Row, **words: object) -> str:
    """A question in one of the ways in which people put it: countries by their short names, all in small letters."""
    names = {
        role: luck.choice((name, *SHORT.get(name, (name,))))
        for role, name in (("seller", row.supplier), ("buyer", row.recipient))
    }
    text = pattern.format(**names, **words)
    return text.lower() if luck.random() < 0.2 else text


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _models(deals: list[Row]) -> list[str]:
    """Models with letters and digits that no other designation holds in it, and that are one thing only."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in deals:
        kinds[row.designation].add(row.description)
    everything = {_key(name) for name in kinds}
    plain = [name for name in kinds if re.fullmatch(r"[A-Za-z]{1,8}-?\d{1,4}[A-Z]{0,3}\d?", name)]
    return sorted(
        name
        for name in plain
        if len(_key(name)) > 2 and len(kinds[name]) == 1 and not PARTS.search(next(iter(kinds[name])))
        and sum(_key(name) in other for other in everything) == 1
    )  # fmt: skip


def _pairs(deals: list[Row], luck: random.Random, names: Iterable[str]) -> Iterator[tuple[str, str, str, list[Row]]]:
    """(model, supplier, recipient, deals), at random."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    wanted = set(names)
    for row in deals:
        if row.designation in wanted:
            groups[row.designation, row.supplier, row.recipient].append(row)
    keys = sorted(groups)
    while True:
        key = luck.choice(keys)
        yield *key, groups[key]


def _model_delivered(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    for model, _supplier, _recipient, found in _pairs(deals, luck, _models(deals)):
        if sum(row.delivered for row in found):
            said = luck.choice([model, model.lower(), model.replace("-", " "), _key(model)])
            yield Asked(_said(luck, luck.choice(DELIVERED), found[0], what=said), _delivered(found))


def _model_ordered(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    for model, _supplier, _recipient, found in _pairs(deals, luck, _models(deals)):
        if any(row.ordered for row in found):
            yield Asked(_said(luck, luck.choice(ORDERED), found[0], what=model), _ordered(found))


def _family(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, pattern = luck.choice(sorted(FAMILIES.items()))
        mine = [row for row in deals if re.match(pattern, row.designation) and not PARTS.search(row.description)]
        row = luck.choice(mine)
        found = [other for other in mine if (other.supplier, other.recipient) == (row.supplier, row.recipient)]
        if sum(other.delivered for other in found):
            yield Asked(_said(luck, luck.choice(DELIVERED), row, what=said), _delivered(found))


def _popular(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, name = luck.choice(sorted(NAMES.items()))
        mine = [
            row for row in deals if re.search(rf"(?<!Super ){name}\b", row.designation) and "(" not in row.designation
        ]
        row = luck.choice(mine)
        found = [other for other in mine if (other.supplier, other.recipient) == (row.supplier, row.recipient)]
        if len({other.description for other in found}) == 1 and any(other.ordered for other in found):
            yield Asked(_said(luck, luck.choice(ORDERED), row, what=said), _ordered(found))


def _second_hand(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, kinds = luck.choice(sorted(CLASSES.items()))
        used = [row for row in deals if row.description in kinds and row.status.startswith("Second hand")]
        row = luck.choice(used)
        found = [other for other in used if (other.supplier, other.recipient) == (row.supplier, row.recipient)]
        if any(other.ordered for other in found):
            what = luck.choice((f"second-hand {said}", f"second hand {said}"))
            yield Asked(_said(luck, luck.choice(ORDERED), row, what=what), _ordered(found))


def _class_between(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, kinds = luck.choice(sorted(CLASSES.items()))
        row = luck.choice([row for row in deals if row.description in kinds and row.years])
        first = luck.choice(row.years)
        last = first + luck.randrange(8)
        found = [
            other for other in deals
            if other.description in kinds and (other.supplier, other.recipient) == (row.supplier, row.recipient)
            and any(first <= year <= last for year in other.years)
        ]  # fmt: skip
        span = luck.choice(SPANS).format(first=first, last=last) if last > first else f"in {first}"
        pattern = f"How many {{what}} did {{seller}} deliver to {{buyer}} {span}?"
        yield Asked(_said(luck, pattern, row, what=said), _delivered(found, first, last))


def _class_since(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, kinds = luck.choice(sorted(CLASSES.items()))
        row = luck.choice([row for row in deals if row.description in kinds and row.ordered])
        found = [
            other for other in deals
            if other.description in kinds and (other.supplier, other.recipient) == (row.supplier, row.recipient)
            and other.year >= row.year
        ]  # fmt: skip
        expect = _ordered(found)
        if any(other.year_doubt for other in found):
            # A doubted year is doubt in what was ordered since.
            low = sum(one.ordered or 0 for one in found if not one.ordered_doubt and not one.year_doubt)
            expect = {**expect, "low": low, "exact": False}
        pattern = f"How many {{what}} did {{buyer}} order from {{seller}} since {row.year}?"
        yield Asked(_said(luck, pattern, row, what=said), expect)


def _class_buyers(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, kinds = luck.choice(sorted(CLASSES.items()))
        row = luck.choice([row for row in deals if row.description in kinds and row.ordered and _sayable(row)])
        if HOME in (row.supplier, row.recipient):
            continue
        found = [other for other in deals if other.description in kinds and other.supplier == row.supplier]
        sums = [value for value in _by(found, "recipient").values() if value is not None]
        pattern = luck.choice(
            ("largest buyers of {what} from {seller}", "which countries bought {what} from {seller}?")
        )
        yield Asked(_said(luck, pattern, row, what=said), {"first": max(sums)})


def _buyers(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    for model, supplier, _, _ in _pairs(deals, luck, _models(deals)):
        if HOME in supplier or "(" in supplier or "*" in supplier:
            continue
        found = [row for row in deals if row.designation == model and row.supplier == supplier]
        sums = _by(found, "recipient")
        if len(sums) < 12:
            expect = {"values": sorted(value for value in sums.values() if value is not None)}
            yield Asked(f"Which countries bought {model} from {supplier}?", expect)


def _sellers(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        said, kinds = luck.choice(sorted(CLASSES.items()))
        row = luck.choice([row for row in deals if row.description in kinds and row.delivered and _sayable(row)])
        found = [other for other in deals if other.description in kinds and other.recipient == row.recipient]
        everyone: dict[str, int] = defaultdict(int)
        for other in found:
            everyone[other.supplier] += other.delivered
        if max(everyone.values()):
            yield Asked(_said(luck, luck.choice(SUPPLIERS), row, what=said), {"first": max(everyone.values())})


def _when(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    for model, supplier, recipient, found in _pairs(deals, luck, _models(deals)):
        years = {str(row.year) for row in found}
        yield Asked(f"When did {recipient} order {model} from {supplier}?", {"years": sorted(years)})


def _list(deals: list[Row], luck: random.Random) -> Iterator[Asked]:
    while True:
        row = luck.choice(deals)
        since = max(1950, row.year - luck.randrange(3))
        found = [
            other for other in deals
            if (other.supplier, other.recipient) == (row.supplier, row.recipient) and other.year >= since
        ]  # fmt: skip
        if len(found) < 12:
            words = f"What has {row.recipient} ordered from {row.supplier} since {since}?"
            yield Asked(words, {"number": len(found), "contains": sorted({other.designation for other in found})})


def _by(found: list[Row], role: str) -> dict[str, int | None]:
    """Number ordered by party; None where no deal of it has one."""
    out: dict[str, int | None] = {}
    for row in found:
        party = getattr(row, role)
        known = out.get(party)
        out[party] = known if row.ordered is None else (known or 0) + row.ordered
    return out


def _ordered(found: list[Row]) -> dict[str, Any]:
    numbers = [row.ordered or 0 for row in found]
    sure = all(row.ordered is not None and not row.ordered_doubt for row in found)
    low = sum(row.ordered or 0 for row in found if not row.ordered_doubt)
    return {"value": sum(numbers), "low": low, "exact": sure}


def _delivered(found: list[Row], first: int = 0, last: int = 9999) -> dict[str, Any]:
    """The sum with its bounds: a deal that reaches beyond the years counts once a year at least."""
    value = low = high = 0
    sure = True
    for row in found:
        inside = sum(first <= year <= last for year in row.years)
        outside = len(row.years) - inside
        least, most = row.delivered, row.delivered
        if outside:
            # Fewer items than years: one came in parts, and nobody can tell when.
            parted = row.delivered < len(row.years)
            least, most = (0, row.delivered) if parted else (inside, row.delivered - outside)
        value += least
        low += 0 if row.delivered_doubt else least
        high += most
        sure = sure and not row.delivered_doubt and least == most
    doubt = any(row.delivered_doubt for row in found)
    return {"value": value, "low": low, "high": None if doubt else high, "exact": sure}


def judge(expect: dict[str, Any], answer: dict[str, Any]) -> str:
    """What is wrong with an answer in the public JSON shape; empty if nothing is."""
    if answer["status"] != "answered":
        return f"{answer['status']}: {answer['text'][:200]}"
    if not any("SIPRI" in source["publisher"] for source in answer["sources"]):
        return "no source"
    figures, text = answer["figures"], answer["text"]
    wrong = ""
    if "value" in expect:
        one = figures[0] if figures else {}
        for name in ("value", "low", "high"):
            if name in expect and one.get(name) != expect[name]:
                wrong = f"{name} {one.get(name)}, wanted {expect[name]}"
        if (one.get("qualifier") == "exact") is not expect["exact"]:
            wrong = f"qualifier {one.get('qualifier')}"
    if "values" in expect and sorted(one["value"] for one in figures) != expect["values"]:
        wrong = f"values {sorted(one['value'] for one in figures)}, wanted {expect['values']}"
    if "first" in expect and figures[0]["value"] != expect["first"]:
        wrong = f"first {figures[0]['value']}, wanted {expect['first']}"
    if (
        "number" in expect
        and f" {expect['number']} deals" not in text
        and not (expect["number"] == 1 and "one deal" in text)
    ):
        wrong = f"not {expect['number']} deals: {text[:160]}"
    missing = [word for word in expect.get("contains", ()) if word not in text]
    years = [year for year in expect.get("years", ()) if not _tells_year(year, text)]
    return wrong or (f"lacks {missing or years}: {text[:160]}" if missing or years else "")


def _tells_year(year: str, text: str) -> bool:
    runs = re.findall(r"(\d{4})(?:–(\d{4}))?", text.partition("Sources:")[0])
    return any(first <= year <= (last or first) for first, last in runs)


def main() -> None:
    """Print the questions."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    for asked in questions(rows(Path(sys.argv[1])), count):
        sys.stdout.write(json.dumps(asked._asdict(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
