"""Questions a second: ours understood and answered, beside what other libraries take to match them to an intent.

The others only find which example a question is like; ours finds the slots too, reads the store and words the answer.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from rapidfuzz import process

from knowledge.desk import Desk
from knowledge.language import read
from tests.bench.generated import TODAY
from tests.bench.speed import questions

_PATIENCE = 5.0
"""Seconds for each library: some take seconds for a question."""


def examples() -> dict[str, list[str]]:
    """Kind of question → the example wordings that our own reader ranks by."""
    return {kind: list(wordings) for kind, wordings in read("en")["examples"].items()}


def rate(ask: Callable[[str], object]) -> float:
    """Questions a second, over the golden ones in an order of chance; as many as there is time for."""
    asked = sorted(questions(), key=lambda question: hashlib.sha256(question.encode()).digest())
    ask(asked[0])
    start = time.perf_counter()
    for count, question in enumerate(asked, 1):  # noqa: B007 - how many there was time for
        ask(question)
        if time.perf_counter() - start > _PATIENCE:
            break
    return count / (time.perf_counter() - start)


def ours(home: Path) -> float:
    """Understood, answered and worded."""
    desk = Desk(home, lambda: TODAY)
    return rate(lambda question: desk.ask_now(question).text)


def fuzzy() -> float:
    """The nearest example by rapidfuzz alone."""
    choices = [wording for wordings in examples().values() for wording in wordings]
    return rate(lambda question: process.extractOne(question, choices))


def padacioso() -> float | None:
    """Its intent by padacioso; None where that is not installed."""
    if find_spec("padacioso") is None:
        return None
    from padacioso import IntentContainer  # type: ignore[import-not-found]  # noqa: PLC0415

    container = IntentContainer()
    for kind, wordings in examples().items():
        container.add_intent(kind, [_numbered(wording) for wording in wordings])
    return rate(container.calc_intent)


def _numbered(wording: str) -> str:
    """A wording in which no slot has the name of another one: padacioso takes none twice."""
    count = itertools.count()
    return re.sub(r"\}", lambda _: f"_{next(count)}}}", wording)


def hassil() -> float | None:
    """Its intent by hassil, the slots as wildcards; None where that is not installed."""
    if find_spec("hassil") is None:
        return None
    from hassil import Intents, recognize  # type: ignore[import-not-found]  # noqa: PLC0415

    told = examples()
    slots = {part.partition("}")[0] for all_ in told.values() for one in all_ for part in one.split("{")[1:]}
    intents = Intents.from_dict(
        {
            "language": "en",
            "intents": {kind: {"data": [{"sentences": wordings}]} for kind, wordings in told.items()},
            "lists": {slot: {"wildcard": True} for slot in slots},
        }
    )
    return rate(lambda question: recognize(question, intents))
