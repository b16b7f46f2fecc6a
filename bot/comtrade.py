"""`waybill facts fetch`: asks UN Comtrade, with one's own key, and imports what it answers.

The key goes into the library's addresses, and it prints what goes wrong with them: nothing that it prints or raises
gets out of here.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from bot.errors import FatalError
from bot.imports import run_import
from bot.settings import Settings

_MOST = 250_000
"""Rows that one question may bring: the interface gives no more."""
_MONTH = len("202203")


class Query(NamedTuple):
    """What is asked for, in UN Comtrade's own codes; an empty one stands for all."""

    reporter: str
    period: str
    """Years or months, with commas between them."""
    partner: str = ""
    flow: str = ""
    commodity: str = "TOTAL"


def run_fetch(settings: Settings, query: Query, *, dry_run: bool) -> None:
    """Fetch and import; with `dry_run` print what would change. Raises FatalError, which never holds the key."""
    if settings.comtrade_key is None:
        raise FatalError("no key: set WAYBILL_COMTRADE_KEY (comtradedeveloper.un.org gives one)")
    rows = fetched(settings.comtrade_key.get_secret_value(), query)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "comtrade.json"
        file.write_text(json.dumps(rows), "utf-8")
        run_import(settings.home, "comtrade", file, dry_run=dry_run)


def fetched(key: str, query: Query) -> Sequence[Any]:
    """The rows that UN Comtrade answers with. Raises FatalError, which never holds the key."""
    try:
        library = import_module("comtradeapicall")
    except ImportError:
        raise FatalError("comtradeapicall is not installed: pip install waybill-bot[comtrade]") from None
    periods = query.period.split(",")
    try:
        with _quiet():
            found = library.getFinalData(
                key, typeCode="C", freqCode="M" if len(periods[0]) == _MONTH else "A", clCode="HS",
                period=query.period, reporterCode=query.reporter or None, cmdCode=query.commodity,
                flowCode=query.flow or None, partnerCode=query.partner or None, partner2Code="0", customsCode="C00",
                motCode="0", maxRecords=_MOST, includeDesc=True,
            )  # fmt: skip
            rows = json.loads(found.to_json(orient="records", double_precision=6)) if found is not None else []
    except Exception as error:  # noqa: BLE001 - whatever it is, it may tell the key
        # What it says may hold the address, and that the key: only the kind of error is told.
        raise FatalError(f"UN Comtrade cannot be asked ({type(error).__name__}): try again later") from None
    if not rows:
        raise FatalError("UN Comtrade gave no rows: the key may be wrong, or there is nothing of the kind")
    if len(rows) >= _MOST:
        raise FatalError(f"UN Comtrade gave {len(rows):,} rows, its most: ask for less, so that nothing is cut off")
    return rows


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is printed or logged."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        logging.disable(before)
