"""/curate, for admins: the questions that had no answer, one card at a time, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update, User

from handlers.about import unknown_command
from handlers.context import Context, Place, place_of
from handlers.markup import Block, Run, clean, paragraph
from handlers.press import Pressed, acknowledge
from handlers.prompts import Prompt, ask_for
from handlers.replies import say
from handlers.seal import Press
from handlers.unanswered import ALIAS, FACT, OPEN, OUT_OF_SCOPE

DECIDE, NEXT = "k", "n"
ALIAS_PROMPT = "alias"
"""The kind of prompt that asks what a word stands for."""
_DECISIONS = (ALIAS, FACT, OUT_OF_SCOPE)
_LABELS = ("button_alias", "button_fact", "button_out_of_scope")
_QUEUE = "queue"
"""Stands for the id of an answer in the data of "next"."""
_LAST_SKIP = 999


async def curate(update: Update, context: Context) -> None:
    """Show the question that was asked most often; to all but admins there is no such command."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    if user.id not in context.services.admins:
        await unknown_command(update, context)
        return
    await _card(context, place_of(message, user.id), user)


async def decide(context: Context, pressed: Pressed) -> None:
    """Take a decision on a card; an alias needs a word from the curator."""
    user, number = pressed.query.from_user, pressed.press.answer.removeprefix("u")
    if not await _may(context, pressed) or not number.isdecimal() or pressed.press.number >= len(_DECISIONS):
        return
    decision = _DECISIONS[pressed.press.number]
    if decision == ALIAS:
        question = await context.services.keep.questions.get(int(number))
        prompt = Prompt(ALIAS_PROMPT, number, question.question if question else number)
        await ask_for(context, pressed.place, context.words(user)("curate_alias"), prompt)
        return
    await _decided(context, user, int(number), decision, None)
    await _card(context, pressed.place, user, over=(pressed.message.message_id,))


async def alias(update: Update, context: Context, number: str, text: str) -> None:
    """Take what a curator wrote for an alias."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or user.id not in context.services.admins or not number.isdecimal():
        return
    await _decided(context, user, int(number), ALIAS, clean(text)[:200])
    await _card(context, place_of(message, user.id), user)


async def following(context: Context, pressed: Pressed) -> None:
    """Show the next card, and leave this question as it is."""
    if await _may(context, pressed):
        over = (pressed.message.message_id,)
        await _card(context, pressed.place, pressed.query.from_user, skip=pressed.press.number, over=over)


async def _may(context: Context, pressed: Pressed) -> bool:
    """True for an admin: rights can have gone since the button was sent."""
    allowed = pressed.query.from_user.id in context.services.admins
    await acknowledge(pressed.query, None if allowed else context.words(pressed.query.from_user)("forgotten"))
    return allowed


async def _decided(context: Context, user: User, number: int, decision: str, note: str | None) -> None:
    keep = context.services.keep
    await keep.questions.decide(number, decision, note)
    await keep.audit.add(user.id, "curate", f"question {number}: {decision}")


async def _card(context: Context, place: Place, user: User, *, skip: int = 0, over: Sequence[int] = ()) -> None:
    words, seal = context.words(user), context.services.seal
    question, count = await context.services.keep.questions.first(OPEN, skip)
    if question is None:
        await say(context, place, [paragraph(words("curate_end" if count else "curate_none"))], over=over)
        return
    details = words("curate_details", times=question.times, language=question.language, trouble=question.trouble)
    blocks = [
        paragraph(words("curate_title", place=skip + 1, count=count)),
        Block((Run(question.question, italic=True),)),
        paragraph(details),
    ]

    def button(label: str, press: Press) -> InlineKeyboardButton:
        return InlineKeyboardButton(words(label), callback_data=seal.close(press, place.chat))

    rows = [[button(label, Press(DECIDE, number, f"u{question.id}"))] for number, label in enumerate(_LABELS)]
    rows.append([button("button_next", Press(NEXT, min(skip + 1, _LAST_SKIP), _QUEUE))])
    await say(context, place, blocks, InlineKeyboardMarkup(rows), over=over)
