"""/check and the links to receipts: an answer shown again, with what has become of its figures and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from telegram import Update

from handlers import receipts
from handlers.ask import notice
from handlers.context import Context, argument, place_of, under
from handlers.kept import Receipt
from handlers.keyboard import under_answer
from handlers.markup import Block, Run, page, paragraph
from handlers.phrases import Phrases
from handlers.receipts import Comparison
from handlers.replies import say
from knowledge.answer import Figure

if TYPE_CHECKING:
    from knowledge.labels import Label

_SHOWN = 12
"""Figures that are listed."""


async def check(update: Update, context: Context) -> None:
    """Show the receipt whose id stands behind the command, or that of the answer that the command replies to."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.text is None:
        return
    typed = argument(message)
    to = message.reply_to_message
    answer_id = receipts.read_id(typed) if typed or to is None else receipts.shown_on(to, context.bot.username)
    if answer_id is None:
        await notice(update, context, context.words(user)("check_usage"))
    elif not await show(update, context, answer_id):
        await notice(update, context, context.words(user)("check_unknown", id=answer_id))


async def show(update: Update, context: Context, answer_id: str) -> bool:
    """Show a receipt; False if there is none."""
    message, user, services = update.effective_message, update.effective_user, context.services
    receipt = await services.keep.receipts.get(answer_id)
    if receipt is None or message is None or user is None:
        return False
    words = context.words(user)
    now = await services.desk.ask(receipt.question, receipt.previous, receipt.language, receipt.asked_on)
    found = receipts.compare(receipt, now)
    keyboard = under_answer(now, receipt.id, message.chat.id, services.seal, words)
    blocks = [
        paragraph(words("check_title", id=receipt.id, date=receipt.asked_on.isoformat())),
        Block((Run(f"{words('check_question')} "), Run(receipt.question, italic=True))),
        *await _changes(context, receipt, found, words),
        *await _made(context, receipt, words),
        paragraph(words("check_now" if found else "check_answer")),
        *page(now.wording),
    ]
    await say(context, place_of(message, user.id), blocks, keyboard, reply_to=under(message))
    return True


async def _changes(context: Context, receipt: Receipt, found: Comparison, words: Phrases) -> list[Block]:
    """What has become of the figures."""
    if not found:
        return [paragraph(words("check_same"))]
    blocks, labels = [], context.services.desk.labels
    if found.revised:
        then = await labels([one.then for one in found.revised[:_SHOWN]], receipt.language)
        now = await labels([one.now for one in found.revised[:_SHOWN]], receipt.language)
        lines = [
            words("check_then_now", label=name(before), then=before.value, now=after.value)
            for before, after in zip(then, now, strict=True)
        ]
        blocks += _list(words("check_revised"), lines, len(found.revised), words)
    if found.gone:
        gone = await labels(found.gone[:_SHOWN], receipt.language)
        blocks += _list(words("check_gone"), [f"{name(one)}: {one.value}" for one in gone], len(found.gone), words)
    if found.reports:
        blocks.append(paragraph(words("check_reports", count=found.reports)))
    return blocks


async def _made(context: Context, receipt: Receipt, words: Phrases) -> list[Block]:
    """How the answer was made: what each figure is, and how the question was read."""
    figures = [receipts.restore(one) for one in receipt.figures[:_SHOWN]]
    told = await context.services.desk.labels(figures, receipt.language)
    lines = [_how(figure, label, words) for figure, label in zip(figures, told, strict=True)]
    blocks = _list(words("check_how"), lines, len(receipt.figures), words) if lines else [paragraph(words("check_how"))]
    if receipt.reading:
        blocks += [paragraph(words("check_read")), Block((Run(receipt.reading),), table=True)]
    return blocks


def name(label: Label) -> str:
    """What a figure is of."""
    return ", ".join(part for part in (label.subject, label.flow, label.period) if part)


def _how(figure: Figure, label: Label, words: Phrases) -> str:
    of = f"{name(label)}: {label.value}" if name(label) else label.value
    if figure.formula:
        return words("check_computed", figure=of, formula=figure.formula)
    return words("check_derived" if figure.derived else "check_published", figure=of)


def _list(title: str, lines: Sequence[str], count: int, words: Phrases) -> list[Block]:
    more = [words("check_more", count=count - len(lines))] if count > len(lines) else []
    return [paragraph("\n".join([title, *(f"• {line}" for line in (*lines, *more))]))]
