"""Choices between readings in groups: pressed by whoever asked, they turn into the one answer."""

from __future__ import annotations

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update

from handlers.ask import give
from handlers.context import Context, Place, place_of
from handlers.markup import clean
from handlers.press import acknowledge
from handlers.recall import given_by_id
from handlers.rights import is_admin
from handlers.seal import Press


async def chosen(update: Update, context: Context) -> None:
    """Ask what the button says in the place of the choices; others than the asker get a short notice.

    Whose it is, is sealed into the button. Where the asker hides behind the group or a channel, the group's
    administrators may choose.
    """
    query = update.callback_query
    message = query.message if query else None
    if query is None:
        return
    if not isinstance(message, Message):
        await acknowledge(query, context.words(query.from_user)("forgotten"))
        return
    place = place_of(message, query.from_user.id)
    press = _open(context, query, place.chat, place.user)
    if press is None:
        press = _open(context, query, place.chat, place.chat)
        if press is None or not await is_admin(context, place.chat, query.from_user.id):
            await acknowledge(query, context.words(query.from_user)("group_not_yours"), alert=False)
            return
        place = Place(place.chat, place.topic, place.chat)
    await acknowledge(query)
    text = _label(message, query.data)
    if text is None:
        return  # the choices are gone: it was pressed twice
    given = await given_by_id(context, press.answer)
    asked = message.reply_to_message
    await give(
        context,
        place,
        given.question if given else asked.message_id if asked else message.message_id,
        text,
        previous=given.reply.conversation if given and given.reply else None,
        title=text,
        over=given.messages if given else (message.message_id,),
        goes_on=True,
    )


def _open(context: Context, query: CallbackQuery, chat: int, owner: int) -> Press | None:
    return context.services.seal.open(query.data or "", chat, owner)


def _label(message: Message, data: str | None) -> str | None:
    """The text of the button that sends this data; Telegram's copy of what we sent, whatever the client says."""
    keyboard = message.reply_markup or InlineKeyboardMarkup([])
    return next(
        (clean(button.text) for row in keyboard.inline_keyboard for button in row if button.callback_data == data), None
    )
