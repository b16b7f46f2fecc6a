"""`waybill facts import`: a publisher's file imported, or only compared with what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bot.errors import FatalError
from bot.home import today
from bot.progress import progress
from knowledge.customs import FLOWS, reporter
from knowledge.difference import MOST, Change, Deal, Difference, Figure
from knowledge.facts import WORLD
from knowledge.imports import Outcome, import_file
from knowledge.rows import BadFactsError

_QUESTIONS = 40
"""Questions that are printed; the others are counted."""


def run_import(home: Path, kind: str, file: Path, *, dry_run: bool) -> None:
    """Import a file and print what changed; with `dry_run` print what would change."""
    try:
        with progress(lines=False) as tell:
            outcome = import_file(home, kind, file, today=today(), dry_run=dry_run, progress=tell)
    except BadFactsError as error:
        # Whoever only tries wants the whole list; otherwise the first will do.
        if not dry_run or len(error.findings) == 1:
            raise
        for found in error.findings:
            click.echo(str(found))
        raise FatalError(f"{file.name} is refused: {len(error.findings)} of its rows are wrong") from error
    for line in report(outcome, dry_run=dry_run):
        click.echo(line)


def report(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    """What an import changed, in lines; all of it, for someone who decides on it."""
    found = outcome.difference
    if outcome.known:
        yield "nothing changes: this was imported before"
        return
    yield from found.notes
    yield from _rows("new", found.new)
    yield from _rows("revised", found.revised)
    yield from _rows("withdrawn", found.withdrawn)
    for table, (new, changed) in found.others.items():
        yield f"{table}: {new:,} new, {changed:,} changed"
    if found.history:
        yield f"history only, nothing current changes: {found.history:,}"
    yield f"unchanged: {found.unchanged:,}"
    yield from _refused(found)
    yield from _questions(outcome)
    if outcome.part:
        yield f"imported: {outcome.part}"
    else:
        yield "a dry run: nothing was changed" if dry_run and found else "nothing changes"


def _rows(word: str, change: Change) -> Iterator[str]:
    yield f"{word}: {change.count:,}"
    for figure in change.figures:
        yield f"  {_figure(figure)}"
    for deal in change.deals:
        yield f"  {_deal(deal)}"
    if change.count > MOST:
        yield f"  ... and {change.count - MOST:,} more"


def _figure(figure: Figure) -> str:
    if counted := FLOWS.get(figure.measure):
        # Both sides count the same goods: which of them is told first.
        by = reporter(figure.measure, figure.exporter, figure.partner)
        other = figure.exporter if counted.into else figure.partner
        ends = "" if other == WORLD else f" {'from' if counted.into else 'to'} {other}"
        flow, measure = f"{by}, {counted.words} of {figure.product}{ends}", ""
    else:
        flow = figure.product if figure.partner == WORLD else f"{figure.product} to {figure.partner}"
        if figure.exporter != "TUR":
            flow = f"{figure.exporter}: {flow}"
        measure = "" if figure.measure == "value" else f" {figure.measure}"
    values = " -> ".join(_number(value) for value in (figure.before, figure.after) if value is not None)
    percent = "" if figure.percent is None else f" ({figure.percent:+.2f}%)"
    return f"{flow} {figure.period}{measure}: {values} {figure.unit}{percent}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _deal(deal: Deal) -> str:
    changes = "; ".join(f"{field} {before or '-'} -> {after or '-'}" for field, before, after in deal.changes)
    return f"{deal.supplier} to {deal.recipient}: {deal.designation}{': ' + changes if changes else ''}"


def _refused(found: Difference) -> Iterator[str]:
    errors = [one for one in found.refused if one.severity == "error"]
    yield f"refused: {len(errors):,}"
    for one in errors:
        yield f"  {one}"
    for one in found.refused:
        if one.severity == "warning":
            yield f"doubtful: {one}"


def _questions(outcome: Outcome) -> Iterator[str]:
    asked = outcome.questions
    if not asked:
        return
    yield f"can be answered now: {len(asked):,}"
    for question in asked[:_QUESTIONS]:
        yield f"  {question}"
    if len(asked) > _QUESTIONS:
        yield f"  ... and {len(asked) - _QUESTIONS:,} more"
