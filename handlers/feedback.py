"""What people think of answers: thumbs, reactions, comments. Kept by the answer's id; one opinion a person."""

from __future__ import annotations

from telegram import ReactionTypeEmoji, Update

from handlers.ask import notice
from handlers.context import Context, argument, place_of, under
from handlers.markup import clean
from handlers.press import Pressed, acknowledge
from handlers.prompts import Prompt, ask_for
from handlers.receipts import new_id, shown_on

PROMPT = "feedback"
"""The kind of prompt that asks for a comment."""
_LONGEST = 1000
_GOOD = frozenset("👍❤🔥🥰👏😁🎉🤩🙏👌😍💯🤝🏆😎")
_BAD = frozenset("👎🤮💩🤬😡🤡🥱😢😭🥴😐🤨")


async def thumb(context: Context, pressed: Pressed, verdict: int) -> None:
    """Keep a thumb; who is not content is asked what is wrong."""
    query, words = pressed.query, context.words(pressed.query.from_user)
    await context.services.keep.feedback.give(pressed.press.answer, query.from_user.id, verdict)
    await acknowledge(query, words("thanks"), alert=False)
    if verdict < 0 and not pressed.place.owner:  # a group is not asked what one of it thinks
        answer_id = pressed.press.answer
        await ask_for(context, pressed.place, words("what_is_wrong"), Prompt(PROMPT, answer_id, answer_id))


async def feedback(update: Update, context: Context) -> None:
    """/feedback with a comment: on the answer that it replies to, else on the bot; without one, it is asked for."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.text is None:
        return
    to = message.reply_to_message
    about = (shown_on(to, context.bot.username) if to else None) or f"general{new_id()}"
    comment = argument(message)
    if comment:
        await comment_on(update, context, about, comment)
        return
    words = context.words(user)
    shown = words("feedback_general") if about.startswith("general") else about
    prompt = Prompt(PROMPT, about, shown)
    await ask_for(context, place_of(message, user.id), words("feedback_ask"), prompt, reply_to=under(message))


async def comment_on(update: Update, context: Context, about: str, comment: str) -> None:
    """Keep a comment."""
    user = update.effective_user
    if user is None:
        return
    await context.services.keep.feedback.give(about, user.id, 0, clean(comment)[:_LONGEST])
    await notice(update, context, context.words(user)("feedback_kept"))


async def reacted(update: Update, context: Context) -> None:
    """Take a reaction to an answer for a thumb, where Telegram tells of them."""
    reaction = update.message_reaction
    if reaction is None or reaction.user is None:
        return
    emoji = {one.emoji for one in reaction.new_reaction if isinstance(one, ReactionTypeEmoji)}
    verdict = bool(emoji & _GOOD) - bool(emoji & _BAD)
    if verdict:
        found = await context.services.keep.answers.by_message(reaction.chat.id, reaction.message_id)
        if found:
            await context.services.keep.feedback.give(found.receipt, reaction.user.id, verdict)
