"""What an answerer may look at: the store, today's date, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """The open fact store and the day on which the question is asked."""

    store: Store
    today: date
