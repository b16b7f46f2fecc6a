"""Pressed buttons: each action to whoever does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from handlers import cite, sources, table, uploads
from handlers.ask import give
from handlers.context import Context, Given, place_of
from handlers.curate import DECIDE, NEXT, decide, following
from handlers.feedback import thumb
from handlers.follow import follow_answer
from handlers.following import FOLLOWED
from handlers.following import chosen as follow_chosen
from handlers.keyboard import ASK, BAD, CHART, CITE, FOLLOW, GOOD, SOURCES, TABLE, WAIT, YEAR_EARLIER
from handlers.markup import clean, paragraph
from handlers.phrases import phrases
from handlers.pictures import picture
from handlers.press import Pressed, acknowledge, answer_under
from handlers.privacy import DELETE, delete
from handlers.recall import given_by_id
from handlers.receipts import link
from handlers.refusals import no_files
from handlers.replies import say
from handlers.settings import SET, choose
from handlers.unanswered import wait
from knowledge.answer import Status

Action: TypeAlias = Callable[[Context, Pressed], Awaitable[None]]


async def pressed(update: Update, context: Context) -> None:
    """Do what the button says; if its message is no longer known or the data is not ours, say so and do nothing."""
    query = update.callback_query
    if query is None:
        return
    message = query.message
    press = context.services.seal.open(query.data or "", message.chat.id) if message else None
    action = ACTIONS.get(press.action) if press else None
    if press is None or action is None or not isinstance(message, Message):
        await acknowledge(query, context.words(query.from_user)("forgotten"))
        return
    place = place_of(message, query.from_user.id)
    if place.owner and press.action in _SHOWN:
        shown = context.services.around.shown
        if (place.chat, query.data or "") in shown:
            await acknowledge(query, context.words(query.from_user)("group_shown"), alert=False)
            return
        shown.put((place.chat, query.data or ""), value=True)
    await action(context, Pressed(query, message, press, place))


async def _sources(context: Context, pressed: Pressed) -> None:
    """List the sources in full."""
    found = await answer_under(context, pressed)
    if found:
        blocks = sources.in_full(found[1], phrases(found[1].language))
        await say(context, pressed.place, blocks, reply_to=pressed.under)


async def _table(context: Context, pressed: Pressed) -> None:
    """Send the rows as files."""
    found = await answer_under(context, pressed)
    if found is None:
        return
    given, reply = found
    try:
        for name, content in table.files(reply.answer, given.id):
            await context.bot.send_document(
                pressed.place.chat,
                content,
                filename=name,
                message_thread_id=pressed.place.topic,
                reply_parameters=pressed.replying,
            )
    except BadRequest as error:
        if not no_files(error):
            raise
        text = phrases(reply.language)("no_files", link=link(given.id, context.bot.username))
        await say(context, pressed.place, [paragraph(text)], reply_to=pressed.under)


async def _cite(context: Context, pressed: Pressed) -> None:
    """Show citations to copy."""
    found = await answer_under(context, pressed)
    if found:
        given, reply = found
        address = link(given.id, context.bot.username)
        cited = cite.Cited(reply.answer.sources, given.text, context.services.today(), address)
        blocks, keyboard = cite.page(cited, context.words(pressed.query.from_user))
        await say(context, pressed.place, blocks, keyboard, reply_to=pressed.under)


async def _year_earlier(context: Context, pressed: Pressed) -> None:
    """Ask for the year before."""
    found = await answer_under(context, pressed)
    if found:
        await _ask(context, pressed, phrases(found[1].language)("ask_year_earlier"), found[0])


async def _question(context: Context, pressed: Pressed) -> None:
    """Ask the question on the button."""
    given = await given_by_id(context, pressed.press.answer)
    text = _on_button(pressed, given)
    if text is None:
        await acknowledge(pressed.query, context.words(pressed.query.from_user)("forgotten"))
        return
    await acknowledge(pressed.query)
    await _ask(context, pressed, text, given)


def _on_button(pressed: Pressed, given: Given | None) -> str | None:
    """The question on the button; None if it cannot be known any more.

    The text on the button is Telegram's copy of what we sent, so it can be trusted even if nothing was kept.
    """
    if given and given.reply and pressed.press.number < len(given.reply.wording.suggestions):
        return given.reply.wording.suggestions[pressed.press.number]
    keyboard = pressed.message.reply_markup or InlineKeyboardMarkup([])
    buttons = (button for row in keyboard.inline_keyboard for button in row)
    return next((clean(button.text) for button in buttons if button.callback_data == pressed.query.data), None)


async def _ask(context: Context, pressed: Pressed, text: str, given: Given | None) -> None:
    """Ask as if the user had typed it under that answer; a choice between readings turns into its answer."""
    reply = given.reply if given else None
    chosen = given is not None and reply is not None and reply.answer.status is Status.CLARIFY
    await give(
        context,
        pressed.place,
        given.question if given and chosen else pressed.message.message_id,
        text,
        previous=reply.conversation if reply else None,
        title=text,
        over=given.messages if given and chosen else (),
        reply_to=pressed.under,
        goes_on=True,
    )


_SHOWN = frozenset({ASK, YEAR_EARLIER, SOURCES, CHART, TABLE, CITE})
"""What a group is shown once, and then told to look up."""
ACTIONS: Mapping[str, Action] = {
    ASK: _question,
    YEAR_EARLIER: _year_earlier,
    SOURCES: _sources,
    CHART: picture,
    TABLE: _table,
    CITE: _cite,
    GOOD: lambda context, pressed: thumb(context, pressed, 1),
    BAD: lambda context, pressed: thumb(context, pressed, -1),
    WAIT: wait,
    FOLLOW: follow_answer,
    FOLLOWED: follow_chosen,
    SET: choose,
    DELETE: delete,
    DECIDE: decide,
    NEXT: following,
    uploads.TRY: uploads.as_kind,
    uploads.APPLY: uploads.apply,
    uploads.DROP: uploads.drop,
}
"""What each letter of a button's data does."""
