"""The picture of an answer: drawn off the event loop, and only if Telegram does not have it yet."""

from __future__ import annotations

import asyncio

from telegram import InputFile, Message
from telegram.error import BadRequest

from handlers.context import Context
from handlers.markup import paragraph
from handlers.press import Pressed, answer_under
from handlers.refusals import no_pictures
from handlers.replies import say
from knowledge.chart import Sketch, paint

_NOT_KNOWN = ("wrong file identifier", "wrong remote file", "file reference")


async def picture(context: Context, pressed: Pressed) -> None:
    """Show the answer as a picture, its numbers in words beside it."""
    found = await answer_under(context, pressed)
    if found is None:
        return
    given, reply = found
    sketch = await context.services.desk.sketch(reply)
    if sketch is None:
        text = context.words(pressed.query.from_user)("no_picture")
        await say(context, pressed.place, [paragraph(text)], reply_to=pressed.under)
        return
    try:
        await _send(context, pressed, sketch, f"waybill-{given.id}.png")
    except BadRequest as error:
        if not no_pictures(error):
            raise
        await say(context, pressed.place, [paragraph(sketch.caption)], reply_to=pressed.under)


async def _send(context: Context, pressed: Pressed, sketch: Sketch, name: str) -> None:
    async def send(photo: str | InputFile) -> Message:
        return await context.bot.send_photo(
            pressed.place.chat,
            photo,
            sketch.caption,
            message_thread_id=pressed.place.topic,
            reply_parameters=pressed.replying,
        )

    files = context.services.keep.files
    file_id = await files.get(sketch.key)
    if file_id:
        try:
            await send(file_id)
        except BadRequest as error:
            if not any(text in error.message.lower() for text in _NOT_KNOWN):
                raise
            await files.forget(sketch.key)  # it was sent by another bot's token
        else:
            return
    drawn = await asyncio.to_thread(paint, sketch)
    message = await send(InputFile(drawn.png, name))
    if message.photo:
        await files.put(sketch.key, message.photo[-1].file_id)
