"""Answers as results that a person picks and posts: a line with the figure, and the whole answer behind it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode

from handlers.context import Desk
from handlers.markup import Block, Part, one_line, page, paragraph, render
from handlers.phrases import phrases
from knowledge.question import Kind

if TYPE_CHECKING:
    from knowledge.desk import Reply

_LINE = 100
"""Characters of a title or a description; phones show fewer."""
_BY_FIGURE = frozenset({Kind.LEVEL, Kind.SUM, Kind.SHARE})
"""Kinds whose first figure says it all; of the others the first sentence does."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_WORD_END = re.compile(r"\s+\S*$")


async def of_reply(desk: Desk, reply: Reply) -> InlineQueryResultArticle:
    """An answer; where it asks back, the questions that it offers stand below."""
    label = None
    if reply.answer.kind in _BY_FIGURE and reply.answer.figures:
        (label,) = await desk.labels(reply.answer.figures[:1], reply.language)
    wording = reply.wording
    title = " · ".join(filter(None, (label.value, label.flow, label.period))) if label else wording.lead
    source = wording.sources[0].text if wording.sources else ""
    told = phrases(reply.language)("inline_source", source=source) if source else ""
    subject = f"{label.subject}. " if label and label.subject else ""
    blocks = list(page(wording))
    if not reply.answer.sources:
        blocks += [paragraph(f"→ {question}") for question in wording.suggestions]
    return of_blocks(title, subject + told, blocks, reply.edition)


def of_blocks(title: str, description: str, blocks: Sequence[Block], edition: str = "") -> InlineQueryResultArticle:
    """Any text. What does not fit one message is left out, by whole paragraphs."""
    part = render(blocks)[0]
    return InlineQueryResultArticle(
        _id(edition, part),
        _cut(title),
        InputTextMessageContent(part.html, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW),
        description=_cut(description) or None,
    )


def _id(edition: str, part: Part) -> str:
    """The same for the same text from the same facts, in every process; 24 of the 64 bytes that Telegram allows."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"{edition}\0{part.html}".encode()).digest()[:18]).decode()


def _cut(text: str) -> str:
    """In one line that is not too long, cut between words."""
    line = one_line(text)
    return line if len(line) <= _LINE else _WORD_END.sub("", line[:_LINE]) + " …"
