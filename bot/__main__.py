"""The command line: `waybill`, which is also `python -m bot`.

Each command imports what it needs when it runs: `waybill ask` has half a second for everything.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from knowledge.errors import WaybillError

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waybill-bot", prog_name="waybill", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Export figures and arms deals, answered with their sources.

    Without a command: serves Telegram if WAYBILL_TOKEN is set, else opens the local chat.
    """
    if context.invoked_subcommand is None:
        from bot.settings import load

        context.invoke(run if load().token else chat)


@cli.command()
def run() -> None:
    """Serve Telegram by long polling."""
    import asyncio

    from bot import log
    from bot.errors import FatalError
    from bot.settings import load

    settings = load()
    if settings.token is None:
        raise FatalError("no token: set WAYBILL_TOKEN (@BotFather gives one), or talk here with `waybill chat`")
    token = settings.token.get_secret_value()
    log.set_up(token)
    from bot.progress import prepare
    from bot.serve import serve

    prepare(settings.home)
    asyncio.run(serve(settings, token))


@cli.command()
def chat() -> None:
    """Talk to the bot in this terminal: no token, no network. Piped lines are answered in order."""
    from bot import log
    from bot.home import find_home

    log.set_up()
    from bot.chat import chat as talk

    talk(find_home())


@cli.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help="Read questions from standard input and print answers, as lines of JSON.")
@click.option("--explain", is_flag=True, help="Print how the question was read.")
@click.option("--language", metavar="XX", help="The language of the question and the answer (found out by itself).")
def ask(question: tuple[str, ...], *, as_json: bool, jsonl: bool, explain: bool, language: str | None) -> None:
    """Answer one QUESTION, or with --jsonl the questions on standard input."""
    if jsonl == bool(question):
        raise click.UsageError("Give either a QUESTION or --jsonl.")
    if as_json + jsonl + explain > 1:
        raise click.UsageError("Give only one of --json, --jsonl and --explain.")
    _known(language)
    from bot.home import find_home, today
    from bot.progress import prepare
    from bot.questions import batch, one
    from knowledge.desk import Desk
    from knowledge.language import languages

    home = find_home()
    prepare(home)
    desk = Desk(home, today)
    if isinstance(sys.stdout, io.TextIOWrapper):  # JSON is UTF-8 whatever the terminal is; text loses what it lacks
        sys.stdout.reconfigure(encoding="utf-8" if jsonl or as_json else None, errors="replace")
    if not jsonl:
        click.echo(one(desk, " ".join(question), language, as_json=as_json, explain=explain))
        return
    for line in batch(desk, sys.stdin.buffer, languages(), language):
        print(line, flush=True)  # noqa: T201 - click.echo costs more than some answers


@cli.command()
@click.argument("topic", nargs=-1, required=True)
@click.option("--period", metavar="P", help="2026-Q3, 2026, 2026-03, ...; the newest whole quarter without it.")
@click.option("--language", metavar="XX", help="The language of the topic and the note (found out by itself).")
def digest(topic: tuple[str, ...], *, period: str | None, language: str | None) -> None:
    """Print what a follower of TOPIC would get for a quarter: steel, "Turkey to Ukraine", TB2, ..."""
    from bot.home import find_home, today
    from bot.progress import prepare
    from knowledge.desk import Desk
    from knowledge.errors import FactError
    from knowledge.period import Period

    try:
        of = Period.parse(period) if period else None
    except FactError as error:
        raise click.BadParameter(str(error), param_hint="--period") from None
    _known(language)
    home = find_home()
    prepare(home)
    click.echo(Desk(home, today).digest_now(" ".join(topic), of, language).plain())


def _known(language: str | None) -> None:
    from knowledge.language import languages

    if language and language not in languages():
        raise click.BadParameter(f"one of {', '.join(languages())} is needed.", param_hint="--language")


@cli.command()
def status() -> None:
    """Say how the bot is: facts, last refresh, what it is to send and could not."""
    import asyncio

    from bot.settings import load
    from bot.state import open_state
    from bot.status import status as lines_of

    settings = load()
    url = settings.state_url.get_secret_value() if settings.state_url else None

    async def lines() -> list[str]:
        async with open_state(url, settings.home) as state:
            return await lines_of(state, settings.home)

    for line in asyncio.run(lines()):
        click.echo(line)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the bot's state (not the facts) to FILE; it may be serving meanwhile."""
    from bot.backup import run_backup
    from bot.settings import load

    run_backup(load(), file)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a backup in the place of the bot's state; the bot must not be running."""
    from bot.backup import run_restore
    from bot.settings import load

    run_restore(load(), file)


@cli.group()
def facts() -> None:
    """The facts: shipped, imported, fetched."""


@facts.command("build")
def build_facts() -> None:
    """Build the fact store from the shipped fact files."""
    from bot.facts import run_build
    from bot.home import find_home

    run_build(find_home())


@facts.command("check")
def check_facts() -> None:
    """Check the shipped fact files and print all that is wrong with them."""
    from bot.facts import run_check

    run_check()


@facts.command("import")
@click.argument("kind", type=click.Choice(["tim", "sipri", "comtrade", "csv"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what would change and change nothing.")
def import_facts(kind: str, file: Path, *, dry_run: bool) -> None:
    """Import a publisher's FILE of a KIND, or (csv) a folder of facts in our own shape."""
    from bot.home import find_home
    from bot.imports import run_import

    run_import(find_home(), kind, file, dry_run=dry_run)


@facts.command("fetch")
@click.option("--reporter", default="", help="Numbers of the reporting countries (792 is Türkiye); all if none.")
@click.option("--period", required=True, help="Years (2022) or months (202203), with commas between them.")
@click.option("--partner", default="", help="Numbers of partners (0 is the world); all if none.")
@click.option("--flow", default="", help="M, X, RX or RM; all if none.")
@click.option("--commodity", default="TOTAL", show_default=True, help="HS codes, with commas between them.")
@click.option("--dry-run", is_flag=True, help="Print what would change and change nothing.")
def fetch_facts(*, reporter: str, period: str, partner: str, flow: str, commodity: str, dry_run: bool) -> None:
    """Fetch customs figures from UN Comtrade and import them (needs WAYBILL_COMTRADE_KEY)."""
    from bot.comtrade import Query, run_fetch
    from bot.settings import load

    run_fetch(load(), Query(reporter, period, partner, flow, commodity), dry_run=dry_run)


@facts.command("refresh")
def refresh_facts() -> None:
    """Fetch and import what TIM has published since."""
    from bot.alerts import alert_of
    from bot.refresh import run_refresh
    from bot.settings import load

    settings = load()
    run_refresh(settings, alert_of(settings))


@facts.command("browse")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port on this machine.")
def browse_facts(port: int) -> None:
    """Open the fact store in Datasette, read-only, on this machine (needs the extra `browse`)."""
    from bot.browse import run_browse
    from bot.home import find_home

    run_browse(find_home(), port)


def start(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status; whatever fails says so in one line on standard error."""
    try:
        # Not cli.main(), which takes a closed pipe for a failure.
        with cli.make_context("waybill", list(sys.argv[1:] if arguments is None else arguments)) as context:
            cli.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except WaybillError as error:
        click.echo(f"waybill: {error}", err=True)
        return FAILED
    return DONE


def main() -> None:
    """The console script."""
    sys.exit(start())


if __name__ == "__main__":
    main()
