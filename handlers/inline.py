"""Inline mode: whoever types `@bot question` in any chat picks an answer and posts it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, Update
from telegram.error import BadRequest

from handlers.articles import of_blocks, of_reply
from handlers.context import Context, Desk
from handlers.flood import Admission
from handlers.gate import chat_at
from handlers.markup import clean, page
from handlers.phrases import Phrases, phrases
from knowledge.answer import Status
from knowledge.question import NotUnderstood, Origin
from knowledge.text import fold

if TYPE_CHECKING:
    from knowledge.desk import Reply

CACHED = 300
"""Seconds for which Telegram may give the same results to the same words."""
START = "inline"
"""What the button to the private chat sends behind /start."""
_MOST = 8
"""Results, and questions that are tried for them."""
_OTHERS = 2
"""Questions behind the neighbours: each costs time, and whoever types waits for all of them."""
_CARRIED = "taken.carried"


@dataclass(frozen=True, slots=True)
class Found:
    """The results of one query."""

    articles: tuple[InlineQueryResultArticle, ...]
    language: str
    answered: bool


async def typed(update: Update, context: Context) -> None:
    """Answer an inline query.

    What depends on nothing but the words may be shared by all who type them: their language is found in them. Where the
    person's own language counts, Telegram is told to keep the results for them alone.
    """
    query = update.inline_query
    services = context.services
    if query is None or services.around.typing.admit(query.from_user.id) is not Admission.ANSWER:
        return
    if query.offset:
        await query.answer([])  # there is one page
        return
    text = clean(query.query).strip()
    chat = await chat_at(context, query.from_user.id)
    chosen = chat.language if chat else None
    if text:
        found = await _matching(context, text, chosen)
    else:
        found = await _latest(context, phrases(chosen or query.from_user.language_code))
    words = phrases(found.language)
    button = (
        None if found.answered and text else InlineQueryResultsButton(words("inline_button"), start_parameter=START)
    )
    try:
        await query.answer(found.articles, CACHED, is_personal=bool(chosen or not text), button=button)
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise  # else whoever typed has typed on


async def _matching(context: Context, text: str, language: str | None) -> Found:
    """The best answer to a text and its neighbours; to half a text, answers to what it may become."""
    services = context.services
    reply = await services.desk.ask(text, None, language)
    key = (reply.edition, services.today(), language, fold(text))
    found = services.around.found.get(key)
    if found is None:
        found = await _search(services.desk, text, reply)
        services.around.found.put(key, found)
    assert isinstance(found, Found)  # noqa: S101 - nothing else is put there
    return found


async def _search(desk: Desk, text: str, reply: Reply) -> Found:
    language = reply.language
    if _good(reply):
        replies = [reply, *await _neighbours(desk, reply)]
    else:
        texts = await desk.complete(text, language)
        if _is_about_something(reply):
            texts = (*texts, *reply.wording.suggestions)
            texts = texts or tuple(phrases(language)("inline_about", query=text).splitlines())
        replies = sorted(await _answered(desk, texts, language), key=partial(_lost, reply))
    if replies:
        return Found(await _articles(desk, replies), language, answered=True)
    words = phrases(language)
    known = await desk.ask(words("ask_coverage"), None, language)
    nothing = of_blocks(words("inline_nothing"), known.wording.lead, page(known.wording), known.edition)
    return Found((nothing,), language, answered=False)


async def _latest(context: Context, words: Phrases) -> Found:
    """The newest figures, for who has not typed anything yet."""
    services = context.services
    questions = words("inline_latest").splitlines()
    first = await services.desk.ask(questions[0], None, words.language)
    key = (first.edition, services.today(), words.language, "")
    found = services.around.found.get(key)
    if found is None:
        replies = await _answered(services.desk, questions, words.language)
        found = Found(await _articles(services.desk, replies), words.language, answered=True)
        services.around.found.put(key, found)
    assert isinstance(found, Found)  # noqa: S101 - nothing else is put there
    return found


async def _neighbours(desk: Desk, reply: Reply) -> list[Reply]:
    """What a reader would set beside an answer: a year earlier, the total it is part of, its share of that."""
    words = phrases(reply.language)
    earlier = await desk.ask(words("ask_year_earlier"), reply.conversation, reply.language)
    share = await desk.ask(words("ask_share"), reply.conversation, reply.language)
    totals = await _answered(desk, share.wording.suggestions, reply.language) if _good(share) else []
    others = await _answered(desk, reply.wording.suggestions[:_OTHERS], reply.language)
    return [_apart(one) for one in (earlier, *totals, share, *others) if _good(one)]


async def _answered(desk: Desk, texts: Iterable[str], language: str) -> list[Reply]:
    """The answers to those of the texts that have one; a text that asks back leads to what it offers."""
    out: list[Reply] = []
    for text in tuple(texts)[:_MOST]:
        reply = await desk.ask(text, None, language)
        if not _good(reply) and reply.answer.status is Status.CLARIFY and reply.wording.suggestions:
            reply = await desk.ask(reply.wording.suggestions[0], None, language)
        if _good(reply):
            out.append(reply)
    return out


async def _articles(desk: Desk, replies: Iterable[Reply]) -> tuple[InlineQueryResultArticle, ...]:
    """As results, each text once."""
    seen: dict[str, Reply] = {}
    for reply in replies:
        seen.setdefault(reply.wording.lead, reply)
    made = [await of_reply(desk, reply) for reply in list(seen.values())[:_MOST]]
    return tuple({article.id: article for article in made}.values())


def _good(reply: Reply) -> bool:
    return reply.answer.status is Status.ANSWERED and bool(reply.answer.sources)


def _is_about_something(reply: Reply) -> bool:
    """True if a text that has no answer names something of ours: what the reply offers then has to do with it."""
    outcome = reply.understanding.outcome
    if isinstance(outcome, NotUnderstood):
        return outcome.partial is not None and bool(outcome.partial.slots())
    return bool(outcome.slots())


def _lost(typed: Reply, found: Reply) -> int:
    """How much of what was named in a text an answer to its completion leaves out."""
    named, kept = typed.understanding.outcome, found.understanding.outcome
    before = named.partial if isinstance(named, NotUnderstood) else named
    if before is None or isinstance(kept, NotUnderstood):
        return 0
    values = [slot.value for slot in kept.slots()]
    return sum(slot.value not in values for slot in before.slots() if slot.origin is Origin.ASKED)


def _apart(reply: Reply) -> Reply:
    """The answer as it is read by itself: what it took over from another is said in its first sentence."""
    said = zip(reply.answer.taken_over, reply.wording.taken_over, strict=False)
    kept = tuple(text for phrase, text in said if phrase.key != _CARRIED)
    return replace(reply, wording=replace(reply.wording, taken_over=kept))
