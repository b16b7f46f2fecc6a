"""Fact files from admins: a dry run with the difference as a message, and a button that imports them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.constants import ChatAction, FileSizeLimit

from handlers.about import not_text
from handlers.context import Context, Place, place_of
from handlers.markup import Block, Run, paragraph
from handlers.phrases import Phrases
from handlers.press import Pressed, acknowledge
from handlers.replies import say
from handlers.seal import Press
from handlers.unanswered import tell

TRY, APPLY, DROP = "i", "a", "z"
"""Find out what a file would change, as a file of a kind; import it; throw it away."""
MOST = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Bytes that Telegram hands over."""
_LINES = 40
"""Lines of a difference that a message shows, the last one among them; the whole is sent as a file."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a run of the importer."""

    done: bool
    """False: the file was refused; the lines say why."""
    lines: tuple[str, ...]
    changes: bool = False
    """True if there is anything to import."""


class Uploads(Protocol):
    """Whoever keeps uploaded files and runs the importer over them."""

    kinds: Sequence[str]

    async def take(self, name: str, content: bytes) -> str:
        """Keep a file for a while; its key."""
        ...

    async def guess(self, key: str) -> str | None:
        """The kind of file that it is, where it shows."""
        ...

    async def run(self, key: str, kind: str, *, dry: bool) -> Trial | None:
        """Run the importer; None if the file is no longer there."""
        ...

    async def drop(self, key: str) -> None:
        """Throw the file away."""
        ...


async def document(update: Update, context: Context) -> None:
    """Take a file from an admin and tell what it would change; to all others it is nothing that can be read."""
    message, user, uploads = update.effective_message, update.effective_user, context.services.uploads
    if message is None or user is None or message.document is None:
        return
    if user.id not in context.services.admins or uploads is None:
        await not_text(update, context)
        return
    words, place = context.words(user), place_of(message, user.id)
    if (message.document.file_size or 0) > MOST:
        await say(context, place, [paragraph(words("upload_too_big", limit=MOST // 1_000_000))])
        return
    file = await message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    key = await uploads.take(message.document.file_name or "file", content)
    wanted = (message.caption or "").strip().lower()
    kind = wanted if wanted in uploads.kinds else await uploads.guess(key)
    if kind is None:
        await say(context, place, [paragraph(words("upload_kind"))], _kinds(context, place, key))
        return
    await _try(context, place, key, kind, words)


async def as_kind(context: Context, pressed: Pressed) -> None:
    """Try the file as the kind that was pressed."""
    uploads = context.services.uploads
    if uploads and await _may(context, pressed) and pressed.press.number < len(uploads.kinds):
        words, kind = context.words(pressed.query.from_user), uploads.kinds[pressed.press.number]
        await _try(context, pressed.place, pressed.press.answer, kind, words)


async def apply(context: Context, pressed: Pressed) -> None:
    """Import the file, note who did, and tell those who were waiting for an answer."""
    services = context.services
    uploads = services.uploads
    if uploads is None or not await _may(context, pressed) or pressed.press.number >= len(uploads.kinds):
        return
    user, kind = pressed.query.from_user, uploads.kinds[pressed.press.number]
    words = context.words(user)
    await context.bot.send_chat_action(pressed.place.chat, ChatAction.TYPING)
    trial = await uploads.run(pressed.press.answer, kind, dry=False)
    if trial is None:
        await say(context, pressed.place, [paragraph(words("upload_gone"))])
        return
    over = (pressed.message.message_id,)
    await _report(context, pressed.place, words("upload_applied" if trial.done else "upload_refused"), trial, over=over)
    if trial.done:
        await services.keep.audit.add(user.id, "import", f"{kind}: {trial.lines[-1] if trial.lines else ''}")
        await uploads.drop(pressed.press.answer)
        answered = await tell(context, services)
        if answered:
            await say(context, pressed.place, [paragraph(words("upload_answers", count=answered))])


async def drop(context: Context, pressed: Pressed) -> None:
    """Throw the file away."""
    uploads = context.services.uploads
    if uploads and await _may(context, pressed):
        await uploads.drop(pressed.press.answer)
        text = context.words(pressed.query.from_user)("upload_dropped")
        await say(context, pressed.place, [paragraph(text)], over=(pressed.message.message_id,))


async def _may(context: Context, pressed: Pressed) -> bool:
    """True for an admin: rights can have gone since the button was sent."""
    allowed = pressed.query.from_user.id in context.services.admins
    await acknowledge(pressed.query, None if allowed else context.words(pressed.query.from_user)("forgotten"))
    return allowed


async def _try(context: Context, place: Place, key: str, kind: str, words: Phrases) -> None:
    uploads = context.services.uploads
    assert uploads  # noqa: S101 - whoever calls has looked
    await context.bot.send_chat_action(place.chat, ChatAction.TYPING)
    trial = await uploads.run(key, kind, dry=True)
    if trial is None:
        await say(context, place, [paragraph(words("upload_gone"))])
        return
    if not trial.done:
        await _report(context, place, words("upload_refused"), trial, _kinds(context, place, key))
        return
    seal, number = context.services.seal, uploads.kinds.index(kind)
    buttons = [("button_drop", DROP), *([("button_apply", APPLY)] if trial.changes else [])]
    row = [
        InlineKeyboardButton(words(label), callback_data=seal.close(Press(action, number, key), place.chat))
        for label, action in reversed(buttons)
    ]
    await _report(context, place, words("upload_tried", kind=kind), trial, InlineKeyboardMarkup([row]))


def _kinds(context: Context, place: Place, key: str) -> InlineKeyboardMarkup:
    """A button for each kind of file."""
    uploads, seal = context.services.uploads, context.services.seal
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(kind, callback_data=seal.close(Press(TRY, number, key), place.chat))]
            for number, kind in enumerate(uploads.kinds if uploads else ())
        ]
    )


async def _report(
    context: Context,
    place: Place,
    title: str,
    trial: Trial,
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    over: Sequence[int] = (),
) -> None:
    """Show what the importer said: its first lines, and all of them as a file if they are more."""
    cut = len(trial.lines) > _LINES
    lines = (*trial.lines[: _LINES - 2], "…", trial.lines[-1]) if cut else trial.lines
    blocks = [paragraph(title), Block((Run("\n".join(lines)),), table=True)]
    await say(context, place, blocks, keyboard, over=over)
    if cut:
        file = InputFile("\n".join(trial.lines).encode(), "difference.txt")
        await context.bot.send_document(place.chat, file, message_thread_id=place.topic)
