"""Telling admins what went wrong: the id that the user was given, and the trace; no text of anybody, no token."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from telegram.error import TelegramError

from handlers.context import Context, Place
from handlers.markup import Block, Run, paragraph
from handlers.phrases import DEFAULT, phrases
from handlers.replies import HasBot, say

log = logging.getLogger(__name__)
_FRAMES = 12
"""Places of the trace that are told: the last ones."""


async def alarm(context: Context, error: BaseException, error_id: str, update: int | None) -> None:
    """Tell every admin; of the same fault once in a while only."""
    services, trace = context.services, "\n".join(told(error))
    if not services.admins or trace in services.alarms:
        return
    services.alarms.put(trace, value=True)
    words = phrases(DEFAULT)
    blocks = [paragraph(words("alarm", id=error_id, update=update or "–")), Block((Run(trace),), table=True)]
    await _tell(context, services.admins, blocks)


async def tell_of_refresh(lent: HasBot, admins: Collection[int], lines: Sequence[str]) -> None:
    """Tell every admin what came of a look for new figures."""
    title = paragraph(phrases(DEFAULT)("refresh_look"))
    await _tell(lent, admins, [title, Block((Run("\n".join(lines)),), table=True)])


async def _tell(lent: HasBot, admins: Collection[int], blocks: Sequence[Block]) -> None:
    for admin in sorted(admins):
        try:
            await say(lent, Place(admin, None, admin), blocks)
        except TelegramError as unheard:
            log.warning("admin %d cannot be told: %s", admin, unheard.message)


def told(error: BaseException) -> Iterator[str]:
    """The trace as places and kinds. What an error says is left out: it may be what somebody wrote."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    for one in reversed(chain):
        for frame in traceback.extract_tb(one.__traceback__)[-_FRAMES:]:
            place = Path(frame.filename)
            yield f"{place.parent.name}/{place.name}:{frame.lineno} {frame.name}"
        says = f": {one.message}" if isinstance(one, TelegramError) else ""
        yield f"{type(one).__name__}{says}"
