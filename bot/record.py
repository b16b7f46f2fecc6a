"""What came of the last refresh, whoever ran it: a small file in the home."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FatalError

_FILE = "refreshed.json"


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one month."""

    status: str
    told: str


@dataclass(frozen=True, slots=True)
class Record:
    """One refresh."""

    at: float
    """Seconds since 1970."""
    lines: tuple[Line, ...] = ()

    def of(self, *statuses: str) -> tuple[str, ...]:
        """What is told of the months with these statuses."""
        return tuple(line.told for line in self.lines if line.status in statuses)

    def write(self, home: Path) -> None:
        """Keep it in place of the one before: whole, or not at all."""
        text = json.dumps({"at": self.at, "lines": [[line.status, line.told] for line in self.lines]}, indent=1)
        try:
            with tempfile.NamedTemporaryFile("w", dir=home, prefix=_FILE, encoding="utf-8", delete=False) as file:
                file.write(text)
            Path(file.name).replace(home / _FILE)
        except OSError as error:
            raise FatalError(f"{home / _FILE} cannot be written: {error.strerror}") from None


def last(home: Path) -> Record:
    """The last refresh; one at the beginning of time if there was none, or if it cannot be read."""
    try:
        found = json.loads((home / _FILE).read_text(encoding="utf-8"))
        return Record(float(found["at"]), tuple(Line(str(status), str(told)) for status, told in found["lines"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Record(0.0)
