"""Conversations as JSON. One that another version of the program wrote may be of no use: then there is none."""

from __future__ import annotations

import logging
from functools import cache

from pydantic import TypeAdapter, ValidationError

from knowledge.desk import Conversation

log = logging.getLogger(__name__)


def dump(conversation: Conversation | None) -> str | None:
    """As JSON."""
    return None if conversation is None else _adapter().dump_json(conversation).decode()


def read(text: str | None) -> Conversation | None:
    """From JSON; None also if it cannot be read any more."""
    if text is None:
        return None
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        log.info("a conversation of another version is left out: %d of its fields do not fit", error.error_count())
        return None


@cache
def _adapter() -> TypeAdapter[Conversation]:
    return TypeAdapter(Conversation)
