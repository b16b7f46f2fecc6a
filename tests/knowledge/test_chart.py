"""Pictures of answers: what they show, that everything has its room, and that they are the same every time."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from knowledge.answer import Answer, Arg, Figure, Phrase, Status, Table, say
from knowledge.chart import Picture, draw, paint, sketch
from knowledge.charts.canvas import BACK, MARGIN, WIDTH, Canvas
from knowledge.charts.caption import LONGEST, length
from knowledge.charts.lettering import Style, plain, width, wrapped
from knowledge.charts.paint import LEAST, laid_out
from knowledge.charts.plan import PLANS
from knowledge.charts.printed import Printed
from knowledge.charts.scale import places, ticks
from knowledge.charts.sketch import Bar, Block, Columns, Mark, Note, Rows, Sketch, Strip, Tone
from knowledge.desk import Desk
from knowledge.facts import Source
from knowledge.period import Period
from knowledge.phrases import Phrases
from knowledge.quantity import Quantity
from knowledge.question import Kind, Name
from knowledge.wording import Wording
from tests.knowledge.conftest import Ask
from tests.knowledge.golden import ask as ask_case
from tests.knowledge.golden import cases

TALLEST = 4000
"""Telegram takes pictures of up to 10,000 pixels, width and height together."""
EDGE = 8
"""Pixels into the margin that a letter's overhang may take."""


def sketched(ask: Ask, wording: Wording, *questions: str) -> Sketch:
    """The sketch of an answer that has a picture."""
    found = sketch(ask(*questions).answer, wording)
    assert found is not None
    return found


def bars(found: Sketch) -> list[Bar]:
    """Every bar."""
    return [bar for block in found.blocks if not isinstance(block, Strip) for bar in block.bars]


def shapes(found: Sketch) -> list[str]:
    """What the picture is made of."""
    return [type(block).__name__ for block in found.blocks]


def check_room(canvas: Canvas, height: int) -> None:
    """No text runs into the margins, none over another."""
    boxes = [(text.text, text.box()) for text in canvas.texts]
    for text, (left, top, right, bottom) in boxes:
        assert left >= MARGIN - EDGE, text
        assert right <= WIDTH - MARGIN + EDGE, text
        assert top >= MARGIN / 2, text
        assert bottom <= height - MARGIN / 2, text
    for (text, one), (other_text, other) in combinations(boxes, 2):
        # Marks below one line and above the next may come close: "Ç" over "Ǻ".
        apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] + 14 or other[3] <= one[1] + 14
        assert apart, f"{text!r} over {other_text!r}"


def check_picture(picture: Picture) -> None:
    """A PNG of the size that it says, with empty margins; a caption that Telegram takes."""
    with Image.open(BytesIO(picture.png)) as image:
        assert image.format == "PNG"
        assert image.size == (picture.width, picture.height) == (WIDTH, image.height)
        assert LEAST <= image.height <= TALLEST
        pixels = image.convert("RGB")
    side = MARGIN - EDGE - 4
    for box in (
        (0, 0, side, picture.height),
        (WIDTH - side, 0, WIDTH, picture.height),
        (0, picture.height - MARGIN // 2, WIDTH, picture.height),
        (0, 20, WIDTH, MARGIN // 2),
    ):
        assert pixels.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), rgb(BACK))]
    assert 0 < length(picture.caption) <= LONGEST


def rgb(colour: str) -> tuple[int, int, int]:
    """#rrggbb as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16)


@pytest.mark.parametrize(
    ("question", "blocks"),
    [
        ("defence exports by month in 2025", ["Columns"]),
        ("defence exports by quarter since 2019", ["Columns"]),
        ("defence exports year by year", ["Columns"]),
        ("share of Ukraine in defence exports in q1 2022", ["Strip"]),
        ("what share of exports was defence in 2025", ["Strip", "Rows"]),
        ("top 5 buyers of defence exports 2021", ["Rows"]),
        ("which sectors grew fastest in 2025", ["Rows"]),
        ("record month for defence exports", ["Rows"]),
        ("compare exports of defence and chemicals in 2025", ["Rows"]),
        ("how much did defence exports grow in 2021", ["Rows"]),
        ("how much did defence exports grow in 2023", ["Rows", "Rows"]),
        ("how many times the 2019 defence exports were those of 2023", ["Rows"]),
        ("defence exports to Ukraine in q1 2022", ["Rows"]),
        ("sum of defence exports to Ukraine and Azerbaijan in 2021", ["Rows"]),
        ("what was the defence export target for 2023", ["Rows"]),
    ],
)
def test_what_has_a_picture(ask: Ask, wording: Wording, question: str, blocks: list[str]) -> None:
    """Series, shares, orders, comparisons, changes, ratios, sums, and amounts with the year before."""
    found = sketched(ask, wording, question)
    assert shapes(found) == blocks
    assert found.title
    assert found.subtitle
    assert found.source.startswith("Source")
    check_room(*laid_out(found))
    check_picture(paint(found))


@pytest.mark.parametrize(
    "question",
    [
        "hello",
        "how many TB2 did Poland order?",
        "what is Baykar?",
        "what did Demir say about exports?",
        "which sectors do you know?",
        "defence exports in 1985",
        "defence exports to Ukraine in 2024",
        "what share of world arms exports did Türkiye have in 1950?",
    ],
)
def test_what_has_none(ask: Ask, wording: Wording, question: str) -> None:
    """Talk, deals, definitions, statements, refusals, and a lone place or number."""
    assert draw(ask(question).answer, wording) is None


def test_golden_answers(desk: Desk, wording: Wording) -> None:
    """Every golden answer has a picture with room for everything, or none; one of each sort is drawn."""
    pictured: dict[str, int] = {}
    seen: set[str] = set()
    for case in cases():
        answer = ask_case(desk, case, case.wordings[0]).answer
        found = sketch(answer, wording)
        if found is None or found.key in seen:
            continue
        seen.add(found.key)
        canvas, height = laid_out(found)
        check_room(canvas, height)
        assert length(found.caption) <= LONGEST
        assert f"chart.title.{answer.lead[0].key}" in wording.phrases
        sort = answer.lead[0].key
        pictured[sort] = pictured.get(sort, 0) + 1
        if pictured[sort] == 1:
            check_picture(paint(found))
    # The shipped facts have no register: its pictures are tested with one.
    assert {sort.partition(".")[0] for sort in pictured} == set(PLANS) - {"register"}
    assert len(seen) >= 50


def test_headlines_are_of_sentences() -> None:
    """Every headline is the short form of a sentence, and asks for nothing else."""
    phrases = Phrases("en")
    own = {"chart.title.several", "chart.title.compare.unsure"}
    heads = {key for key in phrases.keys() if key.startswith("chart.title.")} - own  # noqa: SIM118 - no mapping
    assert len(heads) > 40
    assert [key for key in heads if key.removeprefix("chart.title.") not in phrases] == []


def test_a_series_names_its_finding(ask: Ask, wording: Wording) -> None:
    """The highest bar carries the title; the ticks are months, and the year stands once below."""
    found = sketched(ask, wording, "defence exports by month in 2025")
    assert found.title == "Exports of defence and aviation products, 2025: highest in December 2025, $2.571 billion"
    assert found.subtitle == "Türkiye: defence and aviation products, by month, $\xa0million"
    assert [bar.name for bar in bars(found) if bar.tone is Tone.MAIN] == ["Dec 2025"]
    assert [bar.tick for bar in bars(found)][:3] == ["Jan", "Feb", "Mar"]
    assert {bar.group for bar in bars(found)} == {"2025"}
    assert "Dec 2025 2,571" in found.caption
    assert "Turkish Exporters' Assembly" in found.caption


def test_the_newest_month_is_marked(ask: Ask, wording: Wording) -> None:
    """What the newest bulletin printed for the first time is provisional; what it only revised is not."""
    found = sketched(ask, wording, "defence exports by month 2026")
    assert [bar.name for bar in bars(found) if bar.provisional] == ["Sep 2026"]
    assert [note.mark for note in found.notes] == [Mark.HATCH]
    old = sketched(ask, wording, "defence exports by month in 2024")
    assert not any(bar.provisional for bar in bars(old))
    alone = sketched(ask, wording, "defence exports in September 2026")
    assert [bar.provisional for bar in bars(alone)] == [False, True]


def test_gaps_are_gaps(ask: Ask, wording: Wording) -> None:
    """A year without a figure keeps its place, and nothing is drawn in it."""
    found = sketched(ask, wording, "US defence purchases from Turkey year by year")
    values = {bar.name: bar.value for bar in bars(found)}
    assert values["2015"] is None
    assert values["2014"] is not None
    assert list(values) == sorted(values)
    assert "2015 –" in found.caption
    assert Mark.BAND in [note.mark for note in found.notes]


def test_a_line_breaks_at_a_gap() -> None:
    """Neighbours of a gap are not joined."""

    def joined(values: list[float | None]) -> int:
        known = tuple(Bar(str(at), value, str(value), tick=str(at)) for at, value in enumerate(values))
        canvas, _ = laid_out(framed(Columns(known, ((0.0, "0"), (50.0, "50")), joined=True)))
        return sum(shape.kind == "line" for shape in canvas._shapes)

    assert joined([1, 2, 3, 4, 5]) - joined([1, 2, None, 4, 5]) == 2


def test_bounds_where_they_matter(ask: Ask, wording: Wording) -> None:
    """Coarse figures carry whiskers, fine ones none; an open side is an arrow and keeps its hedge."""
    coarse = sketched(ask, wording, "Baykar exports in 2025")
    assert all(bar.low is not None and bar.high is not None for bar in bars(coarse))
    assert Mark.WHISKER in [note.mark for note in coarse.notes]
    fine = sketched(ask, wording, "defence exports in 2023")
    assert all(bar.low is None for bar in bars(fine) if bar.tone is not Tone.OTHER)
    opened = sketched(ask, wording, "where does Ukraine rank among buyers of defence exports in q1 2022")
    assert [bar.text for bar in bars(opened) if bar.more] == ["more than 200"]
    assert Mark.ARROW in [note.mark for note in opened.notes]


def test_the_one_asked_for_stands_out(ask: Ask, wording: Wording) -> None:
    """Also where the table ends before it."""
    found = sketched(ask, wording, "what rank was defence among sectors in 2025")
    block = found.blocks[0]
    assert isinstance(block, Rows)
    assert [bar.name for bar in block.bars if bar.tone is Tone.MAIN] == ["9. Defence and aviation products"]
    assert block.skips == (5,)
    near = sketched(ask, wording, "where does Ukraine rank among buyers of defence exports in q1 2022")
    assert [bar.name for bar in bars(near) if bar.tone is Tone.MAIN] == ["3. Ukraine"]


def test_who_disagrees_is_shown(ask: Ask, wording: Wording) -> None:
    """Another figure for the same stands beside the one that leads, by the name of its source."""
    found = sketched(ask, wording, "defence exports in May 2024")
    others = [bar.name for bar in bars(found) if bar.tone is Tone.OTHER]
    assert others
    assert all(name.startswith("May 2024, ") for name in others)
    assert Mark.OUTLINE in [note.mark for note in found.notes]


def test_growth_around_zero(ask: Ask, wording: Wording) -> None:
    """Falls go to the left and keep their sign."""
    found = sketched(ask, wording, "which sector's exports fell most in 2025")
    assert all(bar.value is not None and bar.value < 0 for bar in bars(found))
    assert all(bar.text.startswith("−") for bar in bars(found))


def test_an_index_is_not_taken_for_money(ask: Ask, wording: Wording) -> None:
    """The caveat goes with the picture, for who forwards it."""
    found = sketched(ask, wording, "biggest recipient of Turkish arms 2018-2022 according to SIPRI")
    assert any("not money" in note.text for note in found.notes)
    assert "not money" in found.caption


def test_the_same_picture_every_time(ask: Ask, wording: Wording) -> None:
    """The same bytes and key for the same answer, also in other threads; other figures, another key."""
    found = sketched(ask, wording, "defence exports by month 2026")
    first = paint(found)
    with ThreadPoolExecutor(4) as pool:
        assert all(again == first for again in pool.map(paint, [found] * 8))
    again = draw(ask("defence exports by month 2026").answer, wording)
    assert again == first
    assert sketched(ask, wording, "defence exports by month in 2025").key != found.key


def test_keys_last() -> None:
    """A key is the same in another process and another year: pictures that were sent are found again by it."""
    assert framed(Strip(4.2, ("4.2%",), ("all",))).key == "ef822dc1451847c505a32b80351bd511"


def test_no_library_is_loaded_before_the_first_picture() -> None:
    """Who asks in a terminal does not wait for one."""
    code = "import sys, knowledge.chart; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code


SOURCE = Source("s", "Yayıncı <b>$x^2$</b>", "t", "", "2026-10", "tr", "press")


def figure(value: float, period: str, **fields: str) -> Figure:
    """A figure of defence exports."""
    quantity = Quantity.reported(value, fields.pop("unit", "USD"), 1e5)
    return Figure(
        quantity, "value", (SOURCE,), "TUR", fields.get("partner", "WLD"), "defence-aerospace", Period.parse(period)
    )


def level(*figures: Figure, lead: str = "level.world") -> Answer:
    """An answer that gives the figures."""
    first = figures[0]
    args: dict[str, Arg] = {"value": first.quantity, "product": Name("product", first.product), "by": ""}
    phrase = say(lead, period=first.period or "", **args)
    return Answer(Status.ANSWERED, Kind.LEVEL, (phrase,), figures=figures, sources=(SOURCE,))


def test_markup_of_facts_is_only_text(wording: Wording) -> None:
    """What a source calls itself is printed as it is, not read as markup."""
    found = sketch(level(figure(2e9, "2025"), figure(1e9, "2024")), wording)
    assert found is not None
    assert "Yayıncı <b>$x^2$</b>" in found.source
    assert any("<b>$x^2$</b>" in text.text for text in laid_out(found)[0].texts)


def test_one_number_is_no_picture(wording: Wording) -> None:
    """Nor are two figures that would look the same, nor what cannot be drawn."""
    assert sketch(level(figure(2e9, "2025")), wording) is None
    assert sketch(level(figure(2e9, "2025"), figure(2e9, "2025")), wording) is None
    assert sketch(level(figure(2e9, "2025"), figure(float("inf"), "2024")), wording) is None
    assert sketch(level(figure(2e9, "2025"), figure(1e9, "2024", unit="EUR")), wording) is None


def test_too_many_are_none(wording: Wording) -> None:
    """More bars than a phone can show."""
    many = tuple(figure(1e9 + year * 1e7, str(year)) for year in range(1900, 2000))
    assert sketch(level(*many), wording) is None


def test_series_by_hand(wording: Wording) -> None:
    """Many years are a line; one known period is nothing."""

    def series(years: range) -> Answer:
        amounts = {year: Quantity.reported(1e9 + year, "USD", 10.0) for year in years}
        rows = tuple(
            (say("cell.period", period=Period.year(year)), say("cell.million", value=amount), say("cell.none"))
            for year, amount in amounts.items()
        )
        whole, top = Period(Period.year(years[0]).start, Period.year(years[-1]).end), Period.year(years[-1])
        lead = say(
            "series.lead", product=Name("product", "steel"), period=whole, top=amounts[years[-1]], top_period=top
        )
        figures = tuple(figure(amount.value, str(year)) for year, amount in amounts.items())
        table = Table((say("table.period"), say("table.million"), say("table.year_earlier")), rows)
        return Answer(Status.ANSWERED, Kind.SERIES, (lead,), table=table, figures=figures, sources=(SOURCE,))

    long = sketch(series(range(1990, 2026)), wording)
    assert long is not None
    assert isinstance(long.blocks[0], Columns)
    assert long.blocks[0].joined
    short = sketch(series(range(2020, 2026)), wording)
    assert short is not None
    assert isinstance(short.blocks[0], Columns)
    assert not short.blocks[0].joined
    assert sketch(series(range(2020, 2021)), wording) is None


@pytest.mark.parametrize(
    ("value", "step", "others", "text"),
    [
        (634108320, 10, (), "634.1"),
        (59100000, 100000, (), "59.1"),
        (4e9, 1e9, (2.57e10,), "4"),
        (2573e6, 1e6, (2.57e10,), "2.57"),
        (3.2e9, 1e8, (1e9,), "3,200"),
        (40000, 0, (8e8,), "0.040"),
        (0, 0, (), "0"),
        (12500, 0, (), "12.50"),
        (350, 0, (), "350"),
    ],
)
def test_numbers_keep_their_precision(
    wording: Wording, value: float, step: float, others: tuple[float, ...], text: str
) -> None:
    """One unit for a picture, and no more digits than the source gave or the picture bears."""
    quantities = [Quantity.reported(one, "USD", step if one == value else 10.0) for one in (value, *others)]
    printed = Printed.of(quantities, wording)
    assert printed.text(quantities[0]) in (text, f"{text}.000", f"{text}.00")
    assert printed.unit_key in wording.phrases


@given(st.lists(st.floats(-1e15, 1e15), min_size=1, max_size=9))
def test_ticks_span_what_they_measure(values: list[float]) -> None:
    """Round, rising, from at most the least value to at least the greatest, zero among them."""
    shown = ticks(values)
    least, most = min(*values, 0.0), max(*values, 0.0)
    slack = 1e-6 * (most - least) + 1e-9
    assert shown[0] <= least + slack
    assert shown[-1] >= most - slack
    assert 0.0 in shown
    assert 2 <= len(shown) <= 9
    assert list(shown) == sorted(set(shown))
    assert 0 <= places(shown[1] - shown[0]) <= 6


LETTERS = st.characters(categories=("Ll", "Lu", "Nd", "Zs", "Po"), max_codepoint=0x52F)
ANYTHING = st.text(max_size=90)


@given(ANYTHING)
def test_any_text_can_be_shown(text: str) -> None:
    """One line, without characters that steer the layout; in its own letters where the faces have them."""
    shown = plain(text)
    assert "\n" not in shown
    assert plain(shown) == shown
    width(shown, Style(30))
    for letters in ("İstanbul ğışçöü ĞIŞÇÖÜ", "Україна ґєії ҐЄІЇ’", "“Səlcuq”, №5 — $1 €2 £3 ₺4 −5%"):
        assert plain(letters) == letters


@given(st.text(LETTERS, max_size=300), st.integers(26, 54), st.integers(1, 4), st.booleans())
def test_lines_fit(text: str, size: int, most: int, even: bool) -> None:
    """Wrapped lines are as many as allowed and no wider than there is room."""
    lines = wrapped(text, Style(size), 500, most, even=even)
    assert len(lines) <= most
    assert all(width(line, Style(size)) <= 500 + 1 for line in lines)
    shown = plain(text).replace("\xa0", " ").split()
    if not any("…" in line for line in lines):
        assert "".join("".join(lines).split()) == "".join(shown)


def framed(*blocks: Block, title: str = "Title", notes: tuple[Note, ...] = (), source: str = "Source: S") -> Sketch:
    """A sketch of some blocks."""
    return Sketch(title, "Subtitle", blocks, notes, source, "caption")


VALUES = st.one_of(st.floats(-9999, 9999), st.floats(-100, 100), st.sampled_from((0.0, 1.0, 1e-6, 9999.0)))
NAMES = st.text(LETTERS, min_size=1, max_size=90).map(plain).filter(str.strip)


@st.composite
def bar(draw_value: st.DrawFn, *, gaps: bool, number: int, grain: str) -> Bar:
    """A bar as a plan would make it."""
    tick, group = (str(1990 + number), "") if grain == "year" else ("MJ"[number % 2], str(1990 + number // 12))
    value = draw_value(st.one_of(VALUES, st.none()) if gaps else VALUES)
    if value is None:
        return Bar("gap", None, "–", tick=tick, group=group)
    wide = draw_value(st.sampled_from((0.0, 0.0, 0.1, 0.5)))
    more = draw_value(st.booleans()) and not wide and value >= 0
    return Bar(
        draw_value(NAMES), value, f"{'more than ' if more else ''}{value:,.1f}",
        value - wide * abs(value) if wide else None, value + wide * abs(value) if wide else None,
        more=more, tone=draw_value(st.sampled_from(list(Tone))), provisional=draw_value(st.booleans()),
        tick=tick, group=group,
    )  # fmt: skip


@st.composite
def drawn(draw_value: st.DrawFn) -> Sketch:
    """Any picture that a plan could make, and some that none would."""
    count = draw_value(st.sampled_from((1, 2, 3, 5, 8, 12, 13, 25, 40)))
    kind = draw_value(st.sampled_from(("rows", "columns", "line", "strip")))
    grain = draw_value(st.sampled_from(("year", "month")))
    made = tuple(draw_value(bar(gaps=kind != "rows", number=at, grain=grain)) for at in range(count))
    block: Block = Rows(made, skips=draw_value(st.sampled_from(((), (count - 1,)))))
    if kind == "strip":
        percent = draw_value(st.floats(0, 100))
        block = Strip(percent, (f"{percent:.1f}%", draw_value(NAMES)), (draw_value(NAMES),))
    elif kind != "rows":
        made = (replace(made[0], value=made[0].value or 1.0, text="1"), *made[1:])
        ends = [end for one in made for end in (one.value, one.low, one.high) if end is not None]
        block = Columns(made, tuple((value, f"{value:,.0f}") for value in ticks(ends)), joined=kind == "line")
    notes = tuple(
        Note(draw_value(NAMES), mark) for mark in draw_value(st.lists(st.sampled_from(list(Mark)), max_size=3))
    )
    return framed(block, title=draw_value(NAMES) * draw_value(st.integers(1, 4)), notes=notes, source=draw_value(NAMES))


@settings(max_examples=300)
@given(drawn())
def test_everything_has_its_room(found: Sketch) -> None:
    """Long and short names and sets, tiny and huge values, on either side of zero: nothing overlaps or is cut off."""
    canvas, height = laid_out(found)
    check_room(canvas, height)
    assert LEAST <= height <= TALLEST


@settings(max_examples=25)
@given(drawn())
def test_everything_can_be_drawn(found: Sketch) -> None:
    """And its margins stay empty."""
    check_picture(paint(found))


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, st.floats(0, 1e12)), min_size=2, max_size=40), ANYTHING)
def test_captions_fit(wording: Wording, rows: list[tuple[str, float]], publisher: str) -> None:
    """However long the names are, the caption is one that Telegram takes, and ends with the source."""
    amounts = [Quantity.reported(value, "USD", 10.0) for _, value in rows]
    table = Table(
        (say("table.what"), say("table.million")),
        tuple(
            (say("cell.ranked", n=at, name=name), say("cell.million", value=amount))
            for at, ((name, _), amount) in enumerate(zip(rows, amounts, strict=True), 1)
        ),
    )
    source = replace(SOURCE, publisher=publisher)
    figures = tuple(Figure(amount, "value", (source,), "TUR", "WLD", "steel", Period.year(2025)) for amount in amounts)
    lead = Phrase("rank.sectors", (("first", rows[0][0]), ("value", amounts[0]), ("period", Period.year(2025))))
    found = sketch(
        Answer(Status.ANSWERED, Kind.RANK, (lead,), table=table, figures=figures, sources=(source,)), wording
    )
    assert found is not None
    assert 0 < length(found.caption) <= LONGEST
    assert found.caption.splitlines()[-1].startswith("Source: ")
