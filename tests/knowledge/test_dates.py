"""Periods in text, as tables: tests/golden/dates.<language>.toml."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import EARLIEST, DateWords, Found, find_periods, with_year
from knowledge.errors import LanguageError
from knowledge.period import Period
from knowledge.question import Anchor, When
from knowledge.text import tokens

GOLDEN = Path(__file__).parents[1] / "golden"
LANGUAGE = Path(__file__).parents[2] / "knowledge" / "language"
LANGUAGES = ("en", "tr", "uk", "ru")
LEAST = {"en": 400, "tr": 200, "uk": 200, "ru": 100}
TODAY = date(2026, 10, 5)


def find(text: str, language: str = "en", today: date = TODAY) -> list[Found]:
    """The periods of a text."""
    return find_periods(tokens(text), DateWords.load(language), today, text)


def told(text: str, found: Found) -> str:
    """One find as the golden tables write it."""
    cut = tokens(text)
    words = text[cut[found.first].start : cut[found.last].end]
    when, what = found.when, ""
    if when.period:
        what = str(when.period)
    elif when.anchor:
        what = when.anchor.value
    elif found.part:
        what = f"?{found.part[0]:02}-{found.part[1]:02}"
    return f"{words} → {' '.join(filter(None, (what, when.grain, when.day, found.relative)))}"


def golden() -> list[tuple[str, str, list[str]]]:
    """Language, text and what is to be found, of every case."""
    cases: list[tuple[str, str, list[str]]] = []
    for language in LANGUAGES:
        table = tomllib.loads((GOLDEN / f"dates.{language}.toml").read_text(encoding="utf-8"))
        assert table.pop("today") == TODAY.isoformat()
        cases += [(language, text, []) for text in table.pop("nothing")["texts"]]
        cases += [(language, text, found) for section in table.values() for text, found in section.items()]
    return cases


CASES = golden()


@pytest.mark.parametrize(("language", "text", "found"), CASES)
def test_golden(language: str, text: str, found: list[str]) -> None:
    assert [told(text, one) for one in find(text, language)] == found


@pytest.mark.parametrize(("language", "least"), LEAST.items())
def test_there_are_cases_enough(language: str, least: int) -> None:
    assert sum(case[0] == language and bool(case[2]) for case in CASES) >= least - 50
    assert sum(case[0] == language for case in CASES) >= least


STYLES = {
    "quarter": (
        "Q{n} {year}", "q{n} {short}", "{n}Q{short}", "{year}Q{n}", "{year}-Q{n}", "Q{n}'{short}", "Q{n}-{year}",
        "{nth} quarter of {year}", "{year}, {nth} quarter", "{word} quarter {year}", "quarter {n} of {year}",
        "Q{n}/{year}", "{roman} quarter {year}", "exports in the {word} quarter of the year {year}", "Q{n} FY{year}",
    ),
    "half": (
        "H{n} {year}", "{n}H{short}", "{year}H{n}", "{year}-H{n}", "H{n}'{short}", "h{n} {short}", "{nth} half {year}",
        "the {word} half of {year}", "{year}'s {word} half", "{n}h {year}", "H{n}, {year}", "{word} half-year {year}",
    ),
    "month": (
        "{name} {year}", "{abbr} {year}", "{abbr} '{short}", "{year}-{n:02}", "{n:02}/{year}", "{year}/{n:02}",
        "{n:02}.{year}", "{year} {name}", "in {name} of {year}", "{name}, {year}", "the month of {name} {year}",
        "{abbr}. {year}", "{NAME} {year}", "{name} of the year {year}",
    ),
}  # fmt: skip
NAMES = "January February March April May June July August September October November December".split()  # noqa: SIM905
WORDS = ("first", "second", "third", "fourth")


@pytest.mark.parametrize(("kind", "style"), [(kind, style) for kind, styles in STYLES.items() for style in styles])
@given(year=st.integers(EARLIEST, 2035), month=st.integers(1, 12))
def test_codes_come_back(kind: str, style: str, year: int, month: int) -> None:
    count = {"quarter": 4, "half": 2, "month": 12}[kind]
    number = (month - 1) % count + 1
    if "short" in style:
        year = 2000 + year % 36
    text = style.format(
        n=number, year=year, short=f"{year % 100:02}", name=NAMES[month - 1], NAME=NAMES[month - 1].upper(),
        abbr=NAMES[month - 1][:3], nth=("1st", "2nd", "3rd", "4th")[(number - 1) % 4], word=WORDS[(number - 1) % 4],
        roman=("I", "II", "III", "IV")[(number - 1) % 4],
    )  # fmt: skip
    makers = {"quarter": Period.quarter, "half": Period.half, "month": Period.month}
    assert [(one.when.period, one.when.grain) for one in find(text)] == [(makers[kind](year, number), kind)]


@given(year=st.integers(EARLIEST, 2035), later=st.integers(1, 30))
def test_ranges_of_years_come_back(year: int, later: int) -> None:
    for text in (f"{year}-{year + later}", f"{year} – {year + later}", f"from {year} to {year + later}"):
        if year + later <= 2050:
            assert [one.when.period for one in find(text)] == [Period(year * 12, (year + later) * 12 + 11)]


PIECES = """
first last q1 2022 '22 22 march may of the and to from since until year quarter months 9 16 27 ago earlier same period
previous - – / , . ? ' 2021de çeyrek ilk son yıl'ın yıl geçen aynı 1. I квартал року з до січня перший рік тому I-й
2020-х 01.2022 27.01.2022 1q22 h1 9m25 between before after latest this that half early winter TB2 $ % a few 12 over
2024 2025
"""
SOUP = st.lists(st.sampled_from(PIECES.split()), max_size=14)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.one_of(st.text(), SOUP.map(" ".join), SOUP.map("".join)))
def test_any_text_is_read_without_overlaps(language: str, text: str) -> None:
    cut = tokens(text)
    words = DateWords.load(language)
    for found in (find_periods(cut, words, TODAY, text), find_periods(cut, words, TODAY)):
        last = -1
        for one in found:
            assert last < one.first <= one.last < len(cut)
            last = one.last
            assert one.when.period or one.when.anchor or one.relative or one.needs_year
            assert one.needs_year == (one.part is not None)
            if one.part:
                assert with_year(one, 2024).period is not None


@pytest.mark.parametrize(
    ("text", "year", "when"),
    [
        ("in the first quarter", 2022, When(Period.quarter(2022, 1), grain="quarter")),
        ("November to February", 2022, When(Period.parse("2021-11/2022-02"), grain="span")),
        ("on 28 June", 2022, When(Period.month(2022, 6), day="2022-06-28", grain="day")),
        ("on 29 February", 2023, When(Period.month(2023, 2), grain="month")),
        ("in 2020", 2023, When(Period.year(2020), grain="year")),
    ],
)
def test_with_year(text: str, year: int, when: When) -> None:
    (found,) = find(text)
    assert with_year(found, year) == when


def test_the_clock_is_handed_in() -> None:
    (found,) = find("last quarter", today=date(2025, 1, 1))
    assert found.when.period == Period.quarter(2024, 4)
    (found,) = find("last month", today=date(2025, 1, 31))
    assert found.when.period == Period.month(2024, 12)
    (found,) = find("ytd", today=date(2025, 1, 31))
    assert found.when.period == Period.month(2025, 1)


def test_a_range_keeps_its_ends() -> None:
    (found,) = find("growth from Q1 2020 to Q1 2024")
    assert [str(end.period) for end in found.ends] == ["2020-Q1", "2024-Q1"]
    assert find("in 2020")[0].ends == ()


def test_without_the_text_only_the_sure_readings_are_taken() -> None:
    words = DateWords.load("en")
    (found,) = find_periods(tokens("in 2020 24 drones"), words, TODAY)
    assert found.when.period == Period.year(2020)
    (found,) = find_periods(tokens("jan-apr 2021"), words, TODAY)
    assert str(found.when.period) == "2021-01/2021-04"
    (found,) = find_periods(tokens("sipri 2020-24"), words, TODAY)
    assert str(found.when.period) == "2020-01/2024-12"
    assert find_periods((), words, TODAY) == []


@pytest.mark.parametrize(("language", "text", "found"), CASES)
def test_without_the_text_nothing_but_signs_is_lost(language: str, text: str, found: list[str]) -> None:
    """Single spaces read the same with and without the text; only dashes, slashes and apostrophes may differ."""
    if set(text) & set("-–'’/.,—?!:()&") or len(re.findall(r"\d{4}", text)) > 1:
        return
    blind = find_periods(tokens(text), DateWords.load(language), TODAY)
    assert [told(text, one) for one in blind] == found


def test_anchors_are_left_to_the_data() -> None:
    assert find("latest quarter")[0].when == When(None, Anchor.LATEST, grain="quarter")
    assert find("best year ever")[0].when == When(None, Anchor.ALL)


def test_the_vocabulary_holds_the_plain_words() -> None:
    words = DateWords.load("uk")
    assert {"січня", "квартал", "початку"} <= words.vocabulary
    assert words.knows("кварталі")
    assert not words.knows("експорт")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[seasons]", "[saisons]", "the file lacks seasons"),
        ("spring =", "sprung =", r"\[seasons\] lacks spring"),
        ("[seasons]", '[seasons]\nfifth = ["x"]', r"\[seasons\] has fifth, which nothing uses"),
        ('1 = ["one"]', '1 = "one"', r"numbers\.1 must be a list of words"),
        ('1 = ["one"]', '1 = ["one-two"]', r"numbers\.1: 'one-two' is no word"),
        ('1 = ["one"]', '1 = ["*"]', r"numbers\.1: '\*' is no word"),
        ("from_is_since = false", "from_is_since = 0", r"\[settings\] must be true or false"),
        ("from_is_since = false", "", r"\[settings\] lacks from_is_since"),
        ("[months]", "[months", "cannot be read"),
    ],
)
def test_a_wrong_file_is_told_by_file_and_key(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (LANGUAGE / "dates.en.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "dates.xx.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LanguageError, match=rf"dates\.xx\.toml: .*{complaint}"):
        DateWords.read(path)


def test_a_missing_language_is_told() -> None:
    with pytest.raises(LanguageError, match=r"dates\.zz\.toml"):
        DateWords.load("zz")
