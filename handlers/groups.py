"""The bot in groups: it speaks when it is asked, once, to whoever asked, where it was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import Update
from telegram.error import BadRequest

from handlers.about import ASKED, activate
from handlers.addressed import ASK, Addressed, addressed, sender_of
from handlers.ask import LONGEST, before_it, give, where_from
from handlers.check import check
from handlers.context import Context, Given, Place, place_of
from handlers.feedback import feedback
from handlers.flood import Admission
from handlers.follow import follow
from handlers.following import following
from handlers.markup import paragraph
from handlers.phrases import phrases
from handlers.privacy import privacy, stop
from handlers.recall import given_in, given_to, talk_at
from handlers.refusals import nothing_to_reply_to
from handlers.replies import say
from handlers.rights import is_admin, sender_decides
from handlers.settings import settings
from handlers.texts import taken
from handlers.verify import verify
from knowledge.text import fold

_Response: TypeAlias = Callable[[Update, Context, Addressed], Awaitable[None]]


async def spoken(update: Update, context: Context) -> None:
    """Respond to what is meant for the bot, within the group's budget; all else is left alone."""
    message = update.effective_message
    found = addressed(message, context.bot.bot) if message else None
    if message is None or found is None:
        return
    place = place_of(message, sender_of(message))
    respond = _RESPONSES.get(found.command)
    if respond is None and not found.named:
        return  # a command of another bot
    seen = (place.chat, message.message_id)
    if seen in context.services.around.met and not update.edited_message:
        return  # it came before, as a guest's
    context.services.around.met.put(seen, value=True)
    admitted = _admit(context, place)
    if admitted is not Admission.ANSWER:
        if admitted is Admission.WARN:
            await _note(update, context, found, "slow_down")
        return
    if respond is None:
        await _note(update, context, found, "group_unknown", command=f"/{found.command}")
    else:
        await respond(update, context, found)


async def _ask(update: Update, context: Context, found: Addressed) -> None:
    """Answer a question; one that was edited in the place of its answer, one just answered by pointing there."""
    message = update.effective_message
    if message is None or (found.ours and await taken(update, context)):
        return
    place, text = place_of(message, sender_of(message)), found.text
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    if before and before.text == text:
        return
    if not text:
        await _note(update, context, found, "ask_how")
        return
    if len(text) > LONGEST:
        await _note(update, context, found, "too_long", limit=LONGEST)
        return
    talk = await talk_at(context, place)
    leaning = before or (await given_in(context, found.ours) if found.ours else None)
    if message.quote and leaning and not before:
        quote, to = message.quote.text, message.message_id
        if await where_from(context, place, quote, text, leaning, reply_to=to):
            return
    own = found.answers == message.message_id
    previous = before_it(leaning, edited=bool(before)) if leaning else talk.conversation if own else None
    if await _pointed(context, place, message.message_id, found, await _same(context, place, text, previous, before)):
        return
    given = await give(
        context,
        place,
        message.message_id,
        text,
        previous=previous,
        over=before.messages if before else (),
        reply_to=found.answers,
        goes_on=talk.after <= message.message_id or bool(before and talk.after in before.messages),
    )
    context.services.around.said.put((place.chat, place.topic, fold(text)), given)


async def _same(context: Context, place: Place, text: str, previous: object, before: Given | None) -> Given | None:
    """The answer that the same question had a moment ago in the same place, if it still stands and is the same."""
    services = context.services
    earlier = services.around.said.get((place.chat, place.topic, fold(text)))
    if earlier is None or earlier.reply is None or (before and before.question == earlier.question):
        return None
    if services.by_question.get((place.chat, earlier.question)) is not earlier:
        return None  # its question was edited since
    reply = await services.desk.ask(text, previous, context.chosen)  # type: ignore[arg-type]
    return earlier if reply.wording == earlier.reply.wording else None


async def _pointed(context: Context, place: Place, message: int, found: Addressed, earlier: Given | None) -> bool:
    """Point to an answer that is there already, once for each who asks; False if it is not (any more)."""
    if earlier is None or earlier.reply is None:
        return False
    services = context.services
    key = (place.chat, place.topic, fold(found.text), place.user)
    if key in services.around.pointed:
        return True
    before = services.by_question.get((place.chat, message))
    words = phrases(earlier.reply.language)
    try:
        shown = await say(
            context,
            place,
            [paragraph(words("group_answered"))],
            over=before.messages if before else (),
            reply_to=earlier.messages[0],
            reply_or_fail=True,
        )
    except BadRequest as error:
        if nothing_to_reply_to(error):
            return False  # it was deleted: answered anew
        raise
    services.around.pointed.put(key, value=True)
    services.by_question.put((place.chat, message), Given("", message, found.text, shown, earlier.previous))
    return True


async def _asked(update: Update, context: Context, found: Addressed) -> None:
    """Answer a command that is a question in short."""
    message = update.effective_message
    if message is None:
        return
    words, place = context.words(message.from_user), place_of(message, sender_of(message))
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    over = before.messages if before else ()
    text = words(ASKED[found.command])
    await give(context, place, message.message_id, text, language=words.language, over=over, reply_to=found.answers)


async def _help(update: Update, context: Context, found: Addressed) -> None:
    """Say how to ask here, and what the bot can see of what is said here."""
    message = update.effective_message
    if message is None:
        return
    if found.command == "start" and context.chat and not context.chat.active and await sender_decides(context, message):
        await activate(context, message)
    words = context.words(message.from_user)
    if context.bot.bot.can_read_all_group_messages:
        sees = words("group_sees_all")
    elif await is_admin(context, message.chat.id, context.bot.id):
        sees = words("group_sees_admin")
    else:
        sees = words("group_sees_asked")
    await _note(update, context, found, "group_help", username=context.bot.username, sees=sees)


async def _note(update: Update, context: Context, found: Addressed, key: str, **names: object) -> None:
    """Reply to a message with a phrase of our own; if it was replied to before, that reply is edited."""
    message = update.effective_message
    if message is None:
        return
    place = place_of(message, sender_of(message))
    before = await given_to(context, place.chat, message.message_id, was_there=bool(update.edited_message))
    blocks = [paragraph(text) for text in context.words(message.from_user)(key, **names).split("\n\n")]
    over = before.messages if before else ()
    shown = await say(context, place, blocks, over=over, reply_to=message.message_id)
    given = Given("", message.message_id, found.text, shown, before.previous if before else None)
    context.services.by_question.put((place.chat, message.message_id), given)


def _admit(context: Context, place: Place) -> Admission:
    """Whether the person and the group may ask once more."""
    guard = context.services.guard
    mine = guard.admit(place.user) if place.user > 0 else Admission.ANSWER
    return guard.admit(place.chat) if mine is Admission.ANSWER else mine


def _as_in_private(respond: Callable[[Update, Context], Awaitable[None]]) -> _Response:
    async def responding(update: Update, context: Context, _: Addressed) -> None:
        await respond(update, context)

    return responding


_RESPONSES: dict[str, _Response] = {
    ASK: _ask,
    "help": _help,
    "start": _help,
    **{name: _asked for name in ASKED if name != "help"},
    "check": _as_in_private(check),
    "verify": _as_in_private(verify),
    "feedback": _as_in_private(feedback),
    "follow": _as_in_private(follow),
    "following": _as_in_private(following),
    "settings": _as_in_private(settings),
    "privacy": _as_in_private(privacy),
    "stop": _as_in_private(stop),
}
"""What is done with each command in a group."""
