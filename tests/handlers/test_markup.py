"""Plain wording becomes HTML that Telegram takes, in parts that it takes, and nothing is lost on the way."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.markup import Block, Run, page, paragraph, render, table
from knowledge.wording import SourceLine, Worded
from tests.telegram_limits import Markup

letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"])
words = st.text(letters | st.sampled_from(" \n.<>&\"'"), max_size=40)
long_texts = st.builds(lambda text, times: text * times, words, st.integers(0, 300))
runs = st.builds(
    Run,
    long_texts,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "https://example.org/?a=1&b=%22", "tg://user?id=1"]),
)
blocks = st.builds(lambda some, pre: Block(tuple(some), pre), st.lists(runs, max_size=4), st.booleans())


def worded(lead: str = "Lead.", **fields: object) -> Worded:
    """An answer with only what a test is about."""
    empty = {"taken_over": (), "details": (), "table": None, "caveats": (), "sources_label": "Sources"}
    return Worded(**(empty | {"sources": (), "more": "", "suggestions": (), "lead": lead} | fields))  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    """The text without blank space, which a cut may swallow."""
    return "".join(text.split())


@given(st.lists(blocks, max_size=6))
def test_parts_are_what_telegram_takes_and_lose_nothing(given_blocks: list[Block]) -> None:
    """Every part is within the limits and not blank, tags are balanced, and all text is there in order."""
    parts = render(given_blocks)
    for part in parts:
        parsed = Markup(part.html)
        assert parsed.text.strip()
        assert parsed.text == part.plain
        assert len(parsed.text.encode("utf-16-le")) // 2 <= 4096
        assert len(part.html.encode()) <= 32_768
        assert parsed.entities <= 100
    want = "".join(run.text for block in given_blocks for run in block.runs)
    assert squeezed("".join(part.plain for part in parts)) == squeezed(want)


@given(st.text())
def test_any_text_at_all_is_safe(text: str) -> None:
    """Whatever a fact or a user says, controls and half characters included, the markup stays sound."""
    for part in render([paragraph(text), Block((Run(text, link=text),)), table([("head",), (text,)])]):
        Markup(part.html)
        part.html.encode()


def test_a_page_reads_in_order_with_bold_links_and_table() -> None:
    """What was taken over, lead, details, table, caveats, sources: each in its style."""
    parts = render(
        page(
            worded(
                "\ue000$59.1 million\ue001 & more",
                taken_over=("Taking over <Ukraine>.",),
                details=("It grew.",),
                table=(("Year", "Value"), ("2021", "1.9")),
                caveats=("Mind.",),
                sources=(SourceLine(1, "Daily Sabah", "https://a.example/?x=1&y=2"), SourceLine(2, "Dünya", "")),
                more="and 8 reports",
            )
        )
    )
    (part,) = parts
    assert part.html == (
        "<i>Taking over &lt;Ukraine&gt;.</i>\n\n"
        "<b>$59.1 million</b> &amp; more\n\n"
        "It grew.\n\n"
        "<pre>Year  Value\n2021    1.9</pre>\n\n"
        "Mind.\n\n"
        'Sources: [1] <a href="https://a.example/?x=1&amp;y=2">Daily Sabah</a> · [2] Dünya · and 8 reports'
    )


def test_a_short_answer_is_one_part_and_blocks_stay_whole() -> None:
    """Parts are cut between blocks: one that fits a message is never cut."""
    texts = ["a" * 3000, "b" * 3000, "c" * 900]
    assert [part.plain for part in render(map(paragraph, texts))] == [texts[0], f"{texts[1]}\n\n{texts[2]}"]


def test_a_long_block_is_cut_behind_a_sentence() -> None:
    """Where a block has to be cut, no sentence is."""
    sentence = "Exports of the sector grew in that year, by the figures of the assembly."
    parts = render([paragraph(" ".join([sentence] * 200))])
    assert len(parts) > 1
    assert all(part.plain.endswith("assembly.") and part.plain.startswith("Exports") for part in parts)


def test_a_table_is_cut_between_lines() -> None:
    """Each part of a long table has whole lines, in letters of one width."""
    rows = [(f"Sector {number}. Of steel", str(number)) for number in range(400)]
    parts = render([table(rows)])
    assert len(parts) > 1
    assert sum(len(part.plain.splitlines()) for part in parts) == 400
    assert all(part.html.startswith("<pre>") and part.html.endswith("</pre>") for part in parts)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "tg://user?id=1", "https://", "https://x" * 4000, ""])
def test_only_web_addresses_become_links(link: str) -> None:
    """Anything else stays text."""
    assert Markup(render([Block((Run("text", link=link),))])[0].html).links == []


def test_an_address_cannot_leave_its_attribute() -> None:
    """Quotes in an address are escaped."""
    link = 'https://a.example/"><b>'
    html = render([Block((Run("text", link=link),))])[0].html
    assert Markup(html).links == [link]
    assert unescape(html).count("<b>") == 1
    assert "<b>" not in html


def test_marks_for_bold_cannot_break_anything() -> None:
    """A start without an end, an end without a start, one in the other."""
    for text in ("\ue000a", "a\ue001", "\ue000a\ue000b\ue001c\ue001", "\ue001\ue000"):
        for part in render([paragraph(text)]):
            assert "\ue000" not in Markup(part.html).text


def test_marks_that_turn_text_around_are_dropped() -> None:
    """A name cannot change the reading direction of what follows it."""
    assert render([paragraph("a\u202eb\u2066c")])[0].plain == "abc"
