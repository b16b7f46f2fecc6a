"""Answers a second of the real process, over real sockets, beside echo bots. `python -m tests.bench.telegram`.

Wants the simulator of the Bot API server: its folder is the argument, else `WAYBILL_BOTAPI`. Three bots, each a process
of its own, are asked the same in turns, so that a host that wanders wanders for all: Waybill; a stock echo bot (the
library's own request class, the better of one after the other and 64 at once); an echo bot with our request class.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.folder import DATA
from knowledge.store import build, store_path

HERE = Path(__file__)
ROOT = HERE.parents[2]
SIMULATOR = ROOT.parent / "shared" / "tools" / "botapi"
ROUNDS, ASKED, PEOPLE = 5, 3000, 64
TWICE, MOST_OF = 2.0, 0.6
"""How we want to compare with the stock echo bot, and with the one that has our request class."""
QUESTIONS = (
    "How much defence equipment did Turkey export to Ukraine in the first quarter of 2022?",
    "How much did Turkey's defence industry export last year?",
    "Which five sectors exported the most in 2025?",
    "Who has bought the Bayraktar TB2?",
    "steel exports in 2024",
    "and a year earlier?",
)


def echo() -> None:
    """Be an echo bot: the smallest that the library makes."""
    from telegram import Update  # noqa: PLC0415
    from telegram.ext import Application, ContextTypes, MessageHandler, filters  # noqa: PLC0415

    from bot.wire import PlainRequest  # noqa: PLC0415

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message and message.text:
            await context.bot.send_message(message.chat.id, message.text)

    at_once = int(os.environ["AT_ONCE"])
    builder = Application.builder().token(os.environ["WAYBILL_TOKEN"]).base_url(os.environ["WAYBILL_API_URL"])
    builder = builder.concurrent_updates(at_once if at_once > 1 else False)
    if os.environ["REQUEST"] == "ours":
        builder = builder.request(PlainRequest(64)).get_updates_request(PlainRequest(2))
    else:
        builder = builder.connection_pool_size(max(8, at_once))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


def bots(home: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """What is measured: a command and its environment."""
    itself = [sys.executable, "-m", "tests.bench.telegram", "echo"]
    return {
        "waybill": ([sys.executable, "-m", "bot", "run"], {"WAYBILL_HOME": str(home)}),
        "stock, in turn": (itself, {"REQUEST": "stock", "AT_ONCE": "1"}),
        "stock, 64 at once": (itself, {"REQUEST": "stock", "AT_ONCE": "64"}),
        "ours, 64 at once": (itself, {"REQUEST": "ours", "AT_ONCE": "64"}),
        "ours, in turn": (itself, {"REQUEST": "ours", "AT_ONCE": "1"}),
    }


async def measure(simulator: Path, home: Path, *, rounds: int = ROUNDS, asked: int = ASKED) -> dict[str, list[float]]:
    """Answers a second of each bot, round by round."""
    sys.path.insert(0, str(simulator))
    from sim.process import BotProcess, SimProcess  # type: ignore[import-not-found]  # noqa: PLC0415

    rates: dict[str, list[float]] = {}
    for number in range(rounds):
        for name, (command, environment) in bots(home).items():
            async with SimProcess(seed=number) as sim:
                given = environment | {"WAYBILL_TOKEN": sim.token, "WAYBILL_API_URL": sim.base_url}
                async with BotProcess(sim, command, given | {"PYTHONPATH": str(ROOT)}, cwd=home) as process:
                    for question in QUESTIONS:
                        await sim.bulk_questions(8, 2, text=question)
                    done: dict[str, Any] = {"answered": 0, "seconds": 0.0}
                    before = process.usage()["cpu_s"]
                    for question in QUESTIONS:
                        found = await sim.bulk_questions(asked // len(QUESTIONS), PEOPLE, text=question)
                        if found["unanswered"]:
                            raise SystemExit(f"{name}: {found}")
                        done = {key: done[key] + found[key] for key in done}
                    work = (process.usage()["cpu_s"] - before) / done["answered"] * 1e6
                    await process.kill9()
            rates.setdefault(name, []).append(done["answered"] / done["seconds"])
            told = f"{rates[name][-1]:.0f} a second, {work:.0f} µs of processor an answer"
            sys.stderr.write(f"round {number + 1}, {name}: {told}\n")
    return rates


def report(rates: dict[str, list[float]]) -> bool:
    """Print the table; True if we are where we want to be."""
    middle = {name: statistics.median(each) for name, each in rates.items()}
    for name, rate in middle.items():
        spread = f"{min(rates[name]):.0f} to {max(rates[name]):.0f}"
        sys.stdout.write(f"{name:20} {rate:7.0f} answers a second   ({spread})\n")
    stock = max(rate for name, rate in middle.items() if name.startswith("stock"))
    same = max(rate for name, rate in middle.items() if name.startswith("ours"))
    ours = middle["waybill"]
    sys.stdout.write(f"waybill is {ours / stock:.2f} times the stock echo bot (wanted: {TWICE})\n")
    sys.stdout.write(f"waybill is {ours / same:.0%} of an echo bot with its request class (wanted: {MOST_OF:.0%})\n")
    return ours >= TWICE * stock and ours >= MOST_OF * same


def main() -> None:
    """Measure."""
    if sys.argv[1:] == ["echo"]:
        echo()
        return
    simulator = Path(sys.argv[1] if sys.argv[1:] else os.environ.get("WAYBILL_BOTAPI", SIMULATOR))
    if not (simulator / "sim").is_dir():
        raise SystemExit(f"there is no simulator of the Bot API server in {simulator}")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build(DATA, store_path(home), date.today())  # noqa: DTZ011 - as the bot does
        rates = asyncio.run(measure(simulator, home))
    if os.environ.get("WAYBILL_BENCH_JSON"):
        Path(os.environ["WAYBILL_BENCH_JSON"]).write_text(json.dumps(rates), "utf-8")
    if not report(rates):
        raise SystemExit("slower than wanted")


if __name__ == "__main__":
    main()
