"""Claims in prose: each sentence that says a number is set against the facts.

A claim is read like a question of the kind that its number belongs to (an amount, a change, a multiple, a share,
a count of systems); what the desk would answer is compared with what the sentence says, by interval arithmetic,
with stated tolerances for words such as "nearly". A sentence that the facts cannot speak to is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.answer import Answer, Figure, Status
from knowledge.parse import Amount, Parse
from knowledge.pieces import Piece
from knowledge.quantity import Quantity
from knowledge.question import Kind, Question
from knowledge.understand import Reader
from knowledge.whens import Past

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\"“«(]?[A-ZА-ЯЇІЄҐÇĞİÖŞÜ0-9$€£])|\n+")
SENTENCES = 40
"""Sentences of a text that are looked at."""
TOLERANCE = {"about": (0.9, 1.1), "nearly": (0.9, 1.0), "more_than": (1.0, 1.25), "less_than": (0.8, 1.0)}
"""How far the truth may be from a number that is hedged so, as factors of the number."""
_MONEY = ("USD", "EUR", "GBP")
_BY_UNIT: dict[str, tuple[Kind, ...]] = {
    **dict.fromkeys(_MONEY, (Kind.LEVEL, Kind.PROCUREMENT)),
    "percent": (Kind.CHANGE, Kind.SHARE),
    "ratio": (Kind.RATIO,),
    "items": (Kind.PROCUREMENT,),
}


class Finding(StrEnum):
    """What comes of setting a claim against the facts."""

    MATCHES = "matches"
    WITHIN = "within"
    """Right as far as its own words go: "nearly 30 times" for 29.5."""
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    """The facts have nothing on it."""
    UNCHECKED = "unchecked"
    """A number that no question of ours is about, or a sentence that does not say of what, or when."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence with what the facts say of it."""

    sentence: str
    finding: Finding
    claimed: Quantity | None = None
    figure: Figure | None = None
    """The figure that it was set against: the one that fits best."""
    answer: Answer | None = None


Ask = Callable[[Question], Answer]
"""Answers a question that is already read."""


def verdicts(text: str, reader: Reader, ask: Ask, today: date) -> tuple[Verdict, ...]:
    """A verdict for each sentence that says a number; the periods of one sentence serve the next."""
    out: list[Verdict] = []
    past: Past | None = None
    for sentence in _sentences(text):
        parsed = reader.take_apart(sentence, today)
        claims = _claims(parsed)
        for claimed in claims:
            question = reader.read_as(parsed, _BY_UNIT[claimed.unit], today, past)
            if question is None or not _says_when(question):
                out.append(Verdict(sentence, Finding.UNCHECKED, claimed))
                continue
            past = Past(question)
            out.append(_judge(sentence, claimed, ask(question)))
    return tuple(out)


def _sentences(text: str) -> list[str]:
    parts = [part.strip() for part in _SENTENCE.split(text)]
    return [part for part in parts if part][:SENTENCES]


def _says_when(question: Question) -> bool:
    return question.kind is Kind.PROCUREMENT or any(slot.value.period for slot in question.periods)


def _claims(parsed: Parse) -> list[Quantity]:
    """The numbers that a sentence says, each with its unit, its hedge and the step it is rounded to."""
    out: list[Quantity] = []
    for amount in parsed.amounts:
        unit = amount.unit or _bare_unit(parsed, amount.piece)
        if unit:
            out.append(Quantity.reported(amount.value, unit, _step(amount, parsed), _hedge(parsed, amount.piece)))
    for piece in parsed.pieces:
        if piece.ids("multiple") and not any(claim.unit == "ratio" for claim in out):
            times = float(piece.ids("multiple")[0])
            out.append(Quantity.reported(times, "ratio", 1.0, _hedge(parsed, piece)))
    return out


def _bare_unit(parsed: Parse, piece: Piece) -> str:
    """The unit of a bare number, by the word behind it: times, or things."""
    after = [other for other in parsed.pieces if other.first > piece.last][:2]
    if any("times" in other.ids("cue") for other in after[:1]):
        return "ratio"
    return "items" if any(other.ids("system") or other.ids("class") for other in after) else ""


def _step(amount: Amount, parsed: Parse) -> float:
    """The step that the digits of a number imply: 59.1 million is given to 0.1 million."""
    words = "".join(token.text for token in parsed.tokens[amount.piece.first : amount.piece.last + 1])
    found = re.search(r"\d[\d,.]*", words)
    if not found:
        return 1.0
    digits = found.group().rstrip(".,")
    number = float(re.sub(r"[^\d.]", "", digits.replace(",", "")) or 1)
    scale = amount.value / number if number else 1.0
    decimals = len(digits.rpartition(".")[2]) if "." in digits else 0
    return float(scale / 10**decimals)


def _hedge(parsed: Parse, piece: Piece) -> str:
    """The hedge right before a number."""
    before = [other for other in parsed.pieces if other.last < piece.first][-2:]
    hedges = [hedge for other in before for hedge in other.ids("hedge") if piece.first - other.last <= 2]
    return hedges[-1] if hedges else "exact"


def _judge(sentence: str, claimed: Quantity, answer: Answer) -> Verdict:
    if answer.status is not Status.ANSWERED:
        return Verdict(sentence, Finding.UNKNOWN, claimed, answer=answer)
    comparable = [figure for figure in answer.figures if figure.quantity.unit == claimed.unit]
    comparable = [figure for figure in comparable if figure.period == comparable[0].period]
    if not comparable:
        return Verdict(sentence, Finding.UNKNOWN, claimed, answer=answer)
    for finding, fits in ((Finding.MATCHES, _matches), (Finding.WITHIN, _within)):
        for figure in comparable:
            if fits(claimed, figure.quantity):
                return Verdict(sentence, finding, claimed, figure, answer)
    return Verdict(sentence, Finding.DIFFERS, claimed, comparable[0], answer)


def _matches(claimed: Quantity, known: Quantity) -> bool:
    """True if the two can be one number, each given its rounding."""
    if claimed.qualifier != "exact":
        return claimed.qualifier == known.qualifier and claimed.value == known.value
    return claimed.may_equal(known) or claimed.may_equal(-known if claimed.unit == "percent" else known)


def _within(claimed: Quantity, known: Quantity) -> bool:
    """True if a hedged number is near enough to the known one."""
    if claimed.qualifier not in TOLERANCE:
        return False
    low, high = sorted(factor * claimed.value for factor in TOLERANCE[claimed.qualifier])
    bounds = [bound for bound in (known.low, known.value, known.high) if bound is not None]
    return any(low <= abs(bound) <= high for bound in bounds)


def worst(found: Iterable[Verdict]) -> Finding:
    """The finding that a reader must know first of several."""
    order = (Finding.DIFFERS, Finding.UNKNOWN, Finding.UNCHECKED, Finding.WITHIN, Finding.MATCHES)
    kinds = {verdict.finding for verdict in found}
    return next((finding for finding in order if finding in kinds), Finding.UNCHECKED)
