"""Customs figures as answers: by name, as mirror, beside TIM's; and what is never set against what. Rows made up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.answer import Status
from knowledge.desk import Desk, Reply
from knowledge.imports import import_file
from tests.knowledge.importers.comtrade_files import Trade, handed
from tests.knowledge.importing import TODAY

Ask = Callable[[str], Reply]
TRADES = (
    Trade("TUR", "X", "WLD", "254000000000"),
    Trade("TUR", "X", "DEU", "21000000000"),
    Trade("DEU", "M", "TUR", "26000000000.125"),
    Trade("DEU", "M", "WLD", "1500000000000"),
    Trade("CHN", "X", "TUR", "34000000000"),
    Trade("TUR", "RX", "WLD", "3000000000"),
    Trade("DEU", "M", "FRA", "70000000000"),
    *(Trade("UKR", "M", "TUR", f"{month}000000", f"2022{month:02}") for month in range(1, 13)),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, store_path: Path) -> Ask:
    """Asks a store into which made-up customs figures were imported."""
    home = tmp_path_factory.mktemp("customs")
    shutil.copy(store_path, home)
    import_file(home, "comtrade", handed(home / "in.csv", *TRADES), today=TODAY)
    desk = Desk(home, lambda: TODAY)
    return lambda text: desk.ask_now(text, language="en")


ALL = "goods of all kinds"
CUSTOMS = "By customs figures (UN Comtrade), "
ANSWERED = (
    (
        "Turkey's total exports in 2022 by customs figures",
        (
            f"{CUSTOMS}exports of {ALL} by Türkiye in 2022 came to $254.0 billion, as Türkiye reported them.\n"
            "A different count, $226.6 billion, is the one of the Turkish Exporters' Assembly (TIM); it is not "
            "compared with customs figures here."
        ),
        ("customs_export", 254e9),
    ),
    (
        "How much did Germany import from Turkey in 2022?",
        (
            f"{CUSTOMS}imports of {ALL} by Germany from Türkiye in 2022 came to $26.00 billion, as "
            "Germany reported them.\nThe other side of the same trade, as Türkiye reported it: "
            "exports of $21.00 billion."
        ),
        ("customs_import", 26000000000.125),
    ),
    (
        "What did Turkey import from China in 2022?",
        (
            f"{CUSTOMS}exports of {ALL} by China to Türkiye in 2022 came to $34.00 billion, as China "
            "reported them.\nWhat Türkiye itself reported is not here: this is the other side's figure (mirror data)."
        ),
        ("customs_export", 34e9),
    ),
    (
        "How much did Germany import in 2022?",
        f"{CUSTOMS}imports of {ALL} by Germany in 2022 came to $1,500 billion, as Germany reported them.",
        ("customs_import", 1.5e12),
    ),
    (
        "Turkey's re-exports in 2022",
        f"{CUSTOMS}re-exports of {ALL} by Türkiye in 2022 came to $3.000 billion, as Türkiye reported them.",
        ("customs_re_export", 3e9),
    ),
    (
        "How much did Ukraine import from Turkey in the first quarter of 2022 by customs figures?",
        (
            f"{CUSTOMS}imports of {ALL} by Ukraine from Türkiye in the first quarter of 2022 came to "
            "$6.000 million, as Ukraine reported them.\nAdded up from its 3 months."
        ),
        ("customs_import", 6e6),
    ),
    (
        "Turkish exports in 2022 according to UN Comtrade",
        f"{CUSTOMS}exports of {ALL} by Türkiye in 2022 came to $254.0 billion",
        ("customs_export", 254e9),
    ),
)


@pytest.mark.parametrize(("text", "begins", "figure"), ANSWERED, ids=[text for text, *_ in ANSWERED])
def test_customs_figures_are_told_as_such(ask: Ask, text: str, begins: str, figure: tuple[str, float]) -> None:
    """Who reported what; the other side and TIM beside it, never merged."""
    reply = ask(text)
    assert reply.text.startswith(begins), reply.text
    first = reply.answer.figures[0]
    assert (first.measure, first.quantity.value) == figure
    assert first.quantity.unit == "USD"
    assert all(source.publisher == "UN Comtrade" for source in first.sources)


def test_tims_answer_stands_with_the_customs_figure_beside_it(ask: Ask) -> None:
    """TIM leads as before; the other count is named as such."""
    reply = ask("exports of all goods in 2022")
    assert reply.text.startswith("Türkiye exported $226.6 billion of goods of all kinds in 2022, by the figures of the")
    assert (
        f"{CUSTOMS}as Türkiye reported them, exports came to $254.0 billion: another count, which is not compared with "
        "the figure above."
    ) in reply.text
    assert [figure.measure for figure in reply.answer.figures if figure.quantity.value > 250e9] == ["customs_export"]


def test_other_answers_stay_as_they_were(ask: Ask) -> None:
    """Defence exports to Ukraine are TIM's, imports or not."""
    reply = ask("How much defence equipment did Ukraine buy from Turkey in the first quarter of 2022?")
    assert reply.text.startswith("$59.1 million of defence and aviation products went from Türkiye to Ukraine")


REFUSED = (
    ("Are TIM's total exports larger than the customs figures for 2022?", "TIM counts what exporters' unions register"),
    ("compare TIM's exports with customs figures for 2022", "TIM counts what exporters' unions register"),
    ("Compare SIPRI's arms exports of Turkey with TIM's defence exports in 2022", "SIPRI's index (TIV) measures the"),
    ("How much is the TIV of Turkish arms exports in dollars in 2024?", "SIPRI's index (TIV) measures the volume"),
    ("compare defence exports in 2025 with January to September 2026", "2025 is a whole year and "),
    ("defence services against steel in 2025", "Services and goods are counted in different ways"),
    ("steel exports in 2022 by customs figures", "Customs figures go by commodity codes, not by TIM's sectors"),
    (
        "Turkey's total exports in 2021 by customs figures",
        "I have no customs figure (UN Comtrade) for exports of goods",
    ),
    ("What share of Germany's imports came from Turkey in 2022 by customs figures?", "Of customs figures"),
)


@pytest.mark.parametrize(("text", "begins"), REFUSED, ids=[text for text, _ in REFUSED])
def test_apples_and_pears_are_refused_with_the_reason(ask: Ask, text: str, begins: str) -> None:
    """No figure at all, and why."""
    reply = ask(text)
    assert reply.text.startswith(begins), reply.text
    assert reply.answer.status is Status.DECLINED
    assert not reply.answer.figures


def test_without_an_import_it_is_said(store_path: Path) -> None:
    """The words are known, the figures are not."""
    desk = Desk(store_path.parent, lambda: TODAY)
    reply = desk.ask_now("Turkey's total exports in 2022 by customs figures", language="en")
    assert reply.text == "I have no customs figures: nothing of UN Comtrade's has been imported here."
