"""What was said around here lately: memory of minutes, so that nobody is told the same twice in a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.flood import Budget, Guard
from handlers.recent import Recent

if TYPE_CHECKING:
    from handlers.context import Given

REPEATED_WITHIN = 300.0
"""Seconds within which the same question in a group is pointed to the answer that it has."""
RIGHTS_LAST = 60.0
"""Seconds for which it is believed that somebody is an administrator."""
COMMENT_LASTS = 30.0
"""Seconds within which a forwarded message belongs to the command before it."""
_TYPING = Budget(120, 120)


@dataclass(frozen=True, slots=True)
class Around:
    """Bounded memories."""

    said: Recent[tuple[int, int | None, str], Given]
    """Answers in groups, by chat, topic and folded question."""
    pointed: Recent[tuple[int, int | None, str, int], bool]
    """Who was pointed to such an answer already."""
    shown: Recent[tuple[int, str], bool]
    """Buttons that were pressed in groups, by chat and data: what they show is there."""
    rights: Recent[tuple[int, int], str]
    """What people (and the bot) are in a chat."""
    met: Recent[tuple[int, int], bool]
    """Messages that came both as guest's and as member's, by chat and id."""
    verifying: Recent[tuple[int, int], bool]
    """Who asked to have something verified that is still to come, by chat and person."""
    found: Recent[tuple[Any, ...], Any]
    """Results of inline queries, by what they depend on."""
    typing: Guard
    """Counts what people type inline, which is a query for every few letters."""


def around(clock: Callable[[], float]) -> Around:
    """Empty memories."""
    return Around(
        said=Recent(5_000, REPEATED_WITHIN, clock),
        pointed=Recent(5_000, REPEATED_WITHIN, clock),
        shown=Recent(5_000, REPEATED_WITHIN, clock),
        rights=Recent(5_000, RIGHTS_LAST, clock),
        met=Recent(5_000, 3600.0, clock),
        verifying=Recent(5_000, COMMENT_LASTS, clock),
        found=Recent(1_000, 3600.0, clock),
        typing=Guard(clock, person=_TYPING),
    )
