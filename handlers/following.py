"""/following: what is followed here, each with its buttons; only who may decide for the chat gets to them."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from handlers.addressed import sender_of
from handlers.context import Context, Place, place_of
from handlers.follow import may, target
from handlers.kept import Subscription
from handlers.markup import one_line, paragraph
from handlers.news import FREQUENCIES, TOPIC
from handlers.phrases import Phrases
from handlers.press import Pressed, acknowledge
from handlers.replies import say
from handlers.seal import Press
from knowledge.followed import Topic

FOLLOWED = "f"
"""The action of all buttons here: the number says what is done, and the rest to what."""
_LIST, _OPEN, _PAUSE, _RESUME, _UNFOLLOW, _ALL_OFF = range(6)
_FREQUENCY = 10
"""Where the numbers of the frequencies begin."""
_ABOUT = re.compile(r"[sc]-?\d+")
"""What a button of the list is about: a subscription, or a chat."""


async def following(update: Update, context: Context) -> None:
    """Show the list: of this chat, or in a private one of `@channel`."""
    message = update.effective_message
    if message is None:
        return
    words, place = context.words(message.from_user), place_of(message, sender_of(message))
    chat, _ = await target(context, message)
    if chat is None:
        await say(context, place, [paragraph(words("follow_admins"))])
        return
    await _show(context, place, chat, words)


async def chosen(context: Context, pressed: Pressed) -> None:
    """Do what a button of the list says."""
    words, place, press = context.words(pressed.query.from_user), pressed.place, pressed.press
    if not _ABOUT.fullmatch(press.answer) or press.number >= _FREQUENCY + len(FREQUENCIES):
        await acknowledge(pressed.query, words("forgotten"))  # a button of another version
        return
    keep, number = context.services.keep.subscriptions, int(press.answer[1:])
    one = await keep.get(number) if press.answer[0] == "s" else None
    chat = one.chat if one else number if press.answer[0] == "c" else place.chat
    if not await may(context, chat, pressed.query.from_user.id):
        await acknowledge(pressed.query, words("follow_admins"))
        return
    await acknowledge(pressed.query)
    over = (pressed.message.message_id,)
    if press.number == _ALL_OFF:
        await keep.remove_all(chat)
    elif one and press.number == _UNFOLLOW:
        await keep.remove(one.id, chat)
    elif one and press.number != _LIST:
        if press.number >= _FREQUENCY:
            await keep.change(one.id, chat, frequency=list(FREQUENCIES)[press.number - _FREQUENCY])
        elif press.number in (_PAUSE, _RESUME):
            await keep.change(one.id, chat, paused=press.number == _PAUSE)
        await _open(context, place, one.id, words, over)
        return
    await _show(context, place, chat, words, over)


async def _show(context: Context, place: Place, chat: int, words: Phrases, over: tuple[int, ...] = ()) -> None:
    every = await context.services.keep.subscriptions.of(chat)
    if not every:
        await say(context, place, [paragraph(words("following_none"))], over=over)
        return
    labels = [await _label(context, one, words) for one in every]
    lines = [f"{at}. {_state(one, label, words)}" for at, (one, label) in enumerate(zip(every, labels, strict=True), 1)]
    rows = [
        [_button(context, place, f"{at}. {one_line(label)}", _OPEN, f"s{one.id}")]
        for at, (one, label) in enumerate(zip(every, labels, strict=True), 1)
    ]
    rows.append([_button(context, place, words("button_all_off"), _ALL_OFF, f"c{chat}")])
    blocks = [paragraph(words("following_title")), paragraph("\n".join(lines))]
    await say(context, place, blocks, InlineKeyboardMarkup(rows), over=over)


async def _open(context: Context, place: Place, number: int, words: Phrases, over: tuple[int, ...]) -> None:
    one = await context.services.keep.subscriptions.get(number)
    if one is None:
        return
    label = await _label(context, one, words)
    rest = f"s{one.id}"
    toggle = ("button_resume", _RESUME) if one.paused else ("button_pause", _PAUSE)
    rows = [
        [_button(context, place, words(key), _FREQUENCY + at, rest)]
        for at, (name, key) in enumerate(FREQUENCIES.items())
        if name != one.frequency
    ]
    rows.insert(0, [_button(context, place, words(toggle[0]), toggle[1], rest)])
    rows.append([_button(context, place, words("button_unfollow"), _UNFOLLOW, rest)])
    rows.append([_button(context, place, words("button_back"), _LIST, f"c{one.chat}")])
    await say(context, place, [paragraph(_state(one, label, words))], InlineKeyboardMarkup(rows), over=over)


def _state(one: Subscription, label: str, words: Phrases) -> str:
    """What is followed, how often, and whether it rests."""
    key = "following_paused" if one.paused else FREQUENCIES[one.frequency]
    return f"{label}: {words(key)}"


async def _label(context: Context, one: Subscription, words: Phrases) -> str:
    topic = Topic.parse(one.subject) if one.kind == TOPIC else None
    return await context.services.desk.name(topic, words.language) if topic else one.subject


def _button(context: Context, place: Place, label: str, number: int, rest: str) -> InlineKeyboardButton:
    data = context.services.seal.close(Press(FOLLOWED, number, rest), place.chat)
    return InlineKeyboardButton(label, callback_data=data)
