"""What the bot keeps, in one database: one repository for each kind of thing, all over the same connection.

The releases have their table here and their queries where they are worked with.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import FatalError
from bot.state.chats import Chats
from bot.state.database import FILE, Database, address
from bot.state.following import Subscriptions
from bot.state.inbox import Answering, Handled, Inbox
from bot.state.migrate import migrate
from bot.state.opinions import Feedback, Questions
from bot.state.outbox import Outbox
from bot.state.process import Audit, Files, Leases, Marks
from bot.state.releases import Releases
from bot.state.talks import Answers, Conversations, Receipts
from bot.state.together import Together
from handlers.kept import Answered, Receipt, Standing


class State:
    """The repositories."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.chats = Chats(database)
        self.conversations = Conversations(database)
        self.answers = Answers(database)
        self.receipts = Receipts(database)
        self.feedback = Feedback(database)
        self.questions = Questions(database)
        self.subscriptions = Subscriptions(database)
        self.inbox = Inbox(database)
        self.outbox = Outbox(database)
        self.releases = Releases(database)
        self.leases = Leases(database)
        self.marks = Marks(database)
        self.files = Files(database)
        self.audit = Audit(database)
        self.along: Callable[[], Sequence[Answering]] = tuple
        """What goes into the same commit as whatever is kept next."""
        self._together = Together(
            database,
            {
                Receipt: self.receipts.write,
                Answered: self.answers.write,
                Standing: self.conversations.write,
                Answering: self.inbox.write_answering,
                Handled: self.inbox.write_handled,
            },
        )

    async def keep(self, *values: Receipt | Answered | Standing | Answering | Handled) -> None:
        """Keep what an update leaves behind; returns when it is safe."""
        await self._together.keep(*values, *self.along())

    def keep_later(self, *values: Handled) -> None:
        """Keep what nobody waits for, with whatever is kept next."""
        self._together.keep_later(*values)

    async def flush(self) -> None:
        """Return when all of that is kept."""
        await self._together.flush()


@asynccontextmanager
async def open_state(
    url: str | None, home: Path, clock: Callable[[], float] | None = None, *, file: str = FILE
) -> AsyncIterator[State]:
    """The state, up to date, for as long as the block lasts; `url` is the settings' address, None: `file` in `home`."""
    database = Database(address(url, home, file), clock)
    try:
        try:
            await migrate(database)
        except (SQLAlchemyError, OSError) as error:
            why = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise FatalError(f"the state database {database} cannot be opened: {why}") from None
        state = State(database)
        try:
            yield state
        finally:
            await state.flush()
    finally:
        await database.close()
