"""The token appears in no log line, traceback, warning or repr."""

import io
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot import log

TOKEN = "123456:AAEhBOweik6ad6PsVMdKqwLjGk5bZ9zLmNo"  # noqa: S105 - made up
OTHER = "987654321:AAFhBOweik6ad6PsVMdKqwLjGk5bZ9zLmNo"
SECRETS = (TOKEN, TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2], OTHER, OTHER.partition(":")[2])


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged after the set-up, which is undone afterwards."""
    stream = io.StringIO()
    hooks, root = (sys.excepthook, threading.excepthook), logging.getLogger()
    level = root.level
    handler = log.set_up(TOKEN, stream)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    sys.excepthook, threading.excepthook = hooks


def _reject(secret: str) -> None:
    """Fail as the libraries do."""
    cause = ConnectionError(f"cannot reach /bot{secret}/getMe")
    raise InvalidToken(f"The token `{secret}` was rejected") from cause


def silent(text: str) -> bool:
    """True if no form of a token is in the text."""
    return not any(secret in text for secret in SECRETS)


@pytest.mark.parametrize("secret", SECRETS[:4])
def test_messages_arguments_and_traces_are_redacted(lines: io.StringIO, secret: str) -> None:
    """Wherever the token stands in a record, of any logger, the line has a place-holder instead."""
    logger = logging.getLogger("telegram.ext.deep.below")
    logger.warning("in the message: %s" % secret)  # noqa: G002, UP031 - on purpose
    logger.warning("in an argument: %s", f"https://api.telegram.org/bot{secret}/getMe")
    logger.warning("in an object: %s", {"token": secret})
    try:
        _reject(secret)
    except InvalidToken:
        logger.exception("with %s", "trace")
    logger.warning("with the stack", stack_info=True)
    text = lines.getvalue()
    assert text.count(log.HIDDEN) >= 5
    assert "Traceback" in text
    assert silent(text)


def test_the_libraries_objects_are_redacted(lines: io.StringIO) -> None:
    """repr(bot) and bot.base_url hold the token; logged, they do not show it."""
    bot = Bot(TOKEN)
    logging.getLogger("bot").warning("%r %s", bot, bot.base_url)
    assert silent(lines.getvalue())
    assert log.HIDDEN in lines.getvalue()


def test_the_http_client_is_quiet(lines: io.StringIO) -> None:
    """At INFO it would log each address."""
    for name in ("httpx", "httpcore", "httpcore.http11"):
        logging.getLogger(name).info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert lines.getvalue() == ""


def test_warnings_are_redacted(lines: io.StringIO) -> None:
    """Warnings of libraries go to the log, and are redacted there."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"odd: {TOKEN}", UserWarning, stacklevel=1)
    assert log.HIDDEN in lines.getvalue()
    assert silent(lines.getvalue())


def test_the_redactor_itself_tells_nothing() -> None:
    """Neither do its repr and an empty token."""
    assert silent(repr(log.Redactor(TOKEN)) + repr(log.RedactingFormatter(log.Redactor(TOKEN))))
    assert log.Redactor()("nothing to hide, 12:30") == "nothing to hide, 12:30"


def test_short_tokens_of_test_servers_are_redacted() -> None:
    """A token that does not look like Telegram's is hidden because it was configured."""
    assert log.Redactor("1000:TEST")("/bot1000:TEST/getMe and 1000%3ATEST") == "/bot[token]/getMe and [token]"


UNCAUGHT = f"""
import threading
from bot import log
log.set_up({TOKEN!r})
def fail():
    raise ValueError("thread {OTHER}")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
raise ValueError("main {TOKEN}")
"""


def test_uncaught_errors_are_redacted() -> None:
    """The last words of a process, or of one of its threads, do not tell it either."""
    done = subprocess.run([sys.executable, "-c", UNCAUGHT], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert "thread [token]" in done.stderr
    assert "main [token]" in done.stderr
    assert silent(done.stderr.replace(UNCAUGHT, ""))
