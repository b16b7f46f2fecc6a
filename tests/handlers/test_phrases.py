"""Every language says everything, and what it says fits where it is shown."""

import ast
from pathlib import Path

import pytest

import handlers
from handlers.commands import menu
from handlers.phrases import compare, languages, make, phrases
from knowledge.errors import LanguageError

ENGLISH = {"examples": ["How much?"], "hello": "Hello **{name}**"}


def used() -> set[str]:
    """The keys that the handlers ask for: constant arguments, and the values of tables of keys."""
    sources = [file.read_text("utf-8") for file in Path(handlers.__file__).parent.glob("*.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_phrase_is_missing_or_idle() -> None:
    """Each phrase of the file is asked for somewhere; a missing one fails where it is asked for in the other tests."""
    keys = set(phrases("en").shape())
    assert len(keys) > 10
    idle = {key for key in keys - used() if not key.startswith("command_")}
    assert not idle


@pytest.mark.parametrize("language", languages())
def test_what_is_said_fits(language: str) -> None:
    """Notices of buttons have 200 letters, command descriptions 256, and a menu 100 commands."""
    words = phrases(language)
    assert len(words("forgotten")) <= 200
    assert all(3 <= len(command.description) <= 256 for command in menu(words))
    assert words.examples


def test_a_language_is_found_by_its_tag() -> None:
    """Regions are left aside; an unknown language, or none, is English."""
    assert (
        phrases("en-GB").language == phrases("EN").language == phrases(None).language == phrases("xx").language == "en"
    )


def test_bold_and_names_are_filled() -> None:
    """**Bold** becomes marks."""
    assert make("en", ENGLISH)("hello", name="you") == "Hello \ue000you\ue001"


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"examples": ["?"]}, "hello is missing"),
        (ENGLISH | {"more": "x"}, "more is not known"),
        (ENGLISH | {"hello": "Hi {who}"}, r"hello needs \['name'\]"),
    ],
)
def test_an_incomplete_language_is_refused(table: dict[str, object], why: str) -> None:
    """Missing keys, strange keys and other names are errors when it is loaded."""
    with pytest.raises(LanguageError, match=why):
        compare(make("en", ENGLISH), make("tr", table))


@pytest.mark.parametrize("table", [{"hello": ""}, {"hello": 1}, {"examples": []}, {"examples": "?"}, {"examples": [1]}])
def test_what_is_no_text_is_refused(table: dict[str, object]) -> None:
    """Empty phrases, numbers, and examples that are no list of questions."""
    with pytest.raises(LanguageError, match="tr: "):
        make("tr", ENGLISH | table)
