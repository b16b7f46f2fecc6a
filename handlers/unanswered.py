"""Questions that had no answer: kept for curators without who asked; who agrees is told once there is one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from handlers.context import Context, Place, Services
from handlers.keyboard import under_answer
from handlers.markup import Block, Run, page, paragraph
from handlers.phrases import phrases
from handlers.press import Pressed, acknowledge
from handlers.receipts import has_receipt, line, make
from handlers.replies import HasBot, say
from knowledge.answer import Status
from knowledge.question import NotUnderstood, Origin
from knowledge.text import tokens

if TYPE_CHECKING:
    from knowledge.desk import Reply

log = logging.getLogger(__name__)
OPEN, ALIAS, FACT, OUT_OF_SCOPE, ANSWERED = "open", "alias", "fact", "out_of_scope", "answered"
"""What can become of such a question."""
_NO_FACT = "no_fact"


async def note(services: Services, text: str, reply: Reply) -> int | None:
    """Keep a question that had no answer; its number."""
    if reply.answer.status is not Status.DECLINED or not text.strip():
        return None
    outcome = reply.understanding.outcome
    if not isinstance(outcome, NotUnderstood) and any(slot.origin is Origin.CARRIED for slot in outcome.slots()):
        return None  # "and in 2020?" is another question for whoever reads it alone
    trouble = str(outcome.trouble) if isinstance(outcome, NotUnderstood) else _NO_FACT
    folded = " ".join(token.fold for token in tokens(text)) or text.strip()
    return await services.keep.questions.add(folded, reply.language, text, trouble)


async def wait(context: Context, pressed: Pressed) -> None:
    """Somebody wants to be told once there is an answer."""
    words, number = context.words(pressed.query.from_user), pressed.press.answer.removeprefix("u")
    found = await context.services.keep.questions.get(int(number)) if number.isdecimal() else None
    if found is None:
        await acknowledge(pressed.query, words("forgotten"))
        return
    await context.services.keep.questions.wait(found.id, pressed.place.chat)
    await acknowledge(pressed.query, words("will_tell"))


async def tell(lent: HasBot, services: Services) -> int:
    """After the facts have changed: ask the open questions again; how many have an answer now.

    Who agreed to be told is told once, whether or not the message arrives.
    """
    answered = 0
    for question in await services.keep.questions.every(OPEN, ALIAS, FACT):
        reply = await services.desk.ask(question.question, None, question.language)
        if not has_receipt(reply):
            continue
        answered += 1
        await services.keep.questions.decide(question.id, ANSWERED, question.note)
        for chat in await services.keep.questions.tell(question.id):
            await _tell(lent, services, chat, question.question, reply)
    return answered


async def _tell(lent: HasBot, services: Services, chat: int, question: str, reply: Reply) -> None:
    words = phrases(reply.language)
    receipt = make(services, question, None, reply, chat=chat)
    blocks = [paragraph(words("told")), Block((Run(question, italic=True),)), *page(reply.wording)]
    blocks.append(line(receipt.id, lent.bot.username, words))
    keyboard = under_answer(reply, receipt.id, chat, services.seal, words)
    try:
        await services.keep.keep(receipt)
        await say(lent, Place(chat, None, chat), blocks, keyboard)
    except TelegramError as error:
        log.info("somebody who wanted to be told cannot be: %s", error.message)
