"""Phrases: each that the code asks for is there and gets what fills it, and none lies idle."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import knowledge
from knowledge.errors import LanguageError
from knowledge.language import answering, read
from knowledge.phrases import BOLD, PLAIN, Phrases
from knowledge.question import Kind, Trouble
from knowledge.store import Store

PACKAGE = Path(knowledge.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
ENDING = re.compile(r"_[a-z]+")
"""A constant that is put behind a key ("_least")."""


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the library with its syntax tree."""
    return tuple((path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text("utf-8"))) for path in MODULES)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every `say(...)` with where it stands."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield f"{name}:{node.lineno}", node


def keys_of(node: ast.expr) -> Iterator[str | re.Pattern[str]]:
    """The keys that an expression can be: constants, and patterns for those put together."""
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.IfExp():
            yield from keys_of(node.body)
            yield from keys_of(node.orelse)
        case ast.JoinedStr():
            yield pattern(node)


def pattern(node: ast.JoinedStr) -> re.Pattern[str]:
    """The texts that an f-string can become."""
    parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values)
    return re.compile("".join(parts))


def shape(phrases: Phrases, key: str) -> list[str]:
    """The forms of a phrase, one for each plural."""
    text = phrases._texts[key]
    return list(text.values()) if isinstance(text, dict) else [text]


def fields(text: str) -> set[str]:
    """The arguments that a text wants."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


GRAMMAR = ("names.", "period.", "number.", "ordinal.", "date.")
"""Where a language has more than English: forms for its cases."""
ENGLISH = Phrases("en")
DESCRIBING = [code for code in answering() if any("names.description." in key for key in sorted(Phrases(code).keys()))]
"""Languages that have the descriptions of the facts in their own words."""
KEYS = ENGLISH.keys()


def test_there_is_something_to_check() -> None:
    """The modules were found, and they speak."""
    assert len(list(calls())) > 150
    assert len(KEYS) > 300


def test_what_is_said_is_there() -> None:
    """Every key that the code asks for exists; one that is put together exists in some form."""
    missing = []
    for place, call in calls():
        for key in keys_of(call.args[0]):
            found = key in ENGLISH if isinstance(key, str) else any(key.fullmatch(known) for known in KEYS)
            if not found:
                missing.append(f"{place}: {key if isinstance(key, str) else key.pattern}")
    assert missing == []


def test_what_is_said_gets_what_it_wants() -> None:
    """A phrase that is asked for by name is given everything that stands in it."""
    lacking = []
    for place, call in calls():
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {str(keyword.arg) for keyword in call.keywords}
        for key in keys_of(call.args[0]):
            if isinstance(key, str) and key in ENGLISH:
                wanted = set().union(*(fields(text) for text in shape(ENGLISH, key)))
                if wanted - given:
                    lacking.append(f"{place}: {key} lacks {', '.join(sorted(wanted - given))}")
    assert lacking == []


def used(key: str) -> bool:
    """True if the code can ask for a key: by a constant, with a constant ending, or by one that is put together."""
    endings = (text for text in constants() if ENDING.fullmatch(text) and key.endswith(text))
    return (
        key in constants()
        or any(key.removesuffix(ending) in constants() for ending in endings)
        or any(found.fullmatch(key) for found in patterns())
    )


@cache
def constants() -> frozenset[str]:
    """Every constant text of the code."""
    return frozenset(
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Every text that is put together and begins like a key."""
    heads = {key.partition(".")[0] for key in KEYS}
    found = [node for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    return tuple(pattern(node) for node in found if _head(node) in heads)


def _head(node: ast.JoinedStr) -> str:
    first = node.values[0]
    text = str(first.value) if isinstance(first, ast.Constant) else ""
    return text.partition(".")[0] if "." in text else ""


def test_no_phrase_lies_idle() -> None:
    """Whatever stands in the files can be said."""
    assert sorted(key for key in KEYS if not used(key)) == []


@pytest.mark.parametrize("language", answering())
def test_every_language_says_the_same(language: str) -> None:
    """A language lacks no phrase that English has, has none that is not said, and wants no other arguments."""
    other = Phrases(language)
    bare = {key for key in KEYS if not key.startswith("names.")}
    assert sorted(bare - other.keys()) == []
    assert sorted(key for key in other.keys() - KEYS if not key.startswith(GRAMMAR)) == []
    for key in bare:
        wanted = set().union(*(fields(text) for text in shape(other, key)))
        assert wanted <= set().union(*(fields(text) for text in shape(ENGLISH, key))) | {"n"}, key


def test_every_trouble_and_kind_is_worded() -> None:
    """Each way to fail has its phrase, each measure that is not held its own, each kind its help line."""
    understood = {Trouble.OUTSIDE_PERIOD, Trouble.NO_FACT, Trouble.OTHER_MEASURE}
    assert all(f"trouble.{trouble}" in ENGLISH for trouble in set(Trouble) - understood)
    assert all(f"trouble.other_measure.{concept}" in ENGLISH for concept in (*read("en")["outside"], "other_flow"))
    assert all(f"help.line.{kind}" in ENGLISH for kind in set(Kind) - {Kind.HELP, Kind.SMALLTALK})


@pytest.mark.parametrize("language", answering())
def test_names_are_of_something(store: Store, language: str) -> None:
    """A name in the files is the name of something in the store, or of something that the code names."""
    systems = {event.system for event in store.events()} | {entity.entity_id for entity in store.entities()}
    quoted = {row.attributed_to for row in store.observations(measure=None)}
    known: dict[str, set[str]] = {
        "country": {*store.country_labels("en"), "WLD"},
        "product": {product.product_id for product in store.products()},
        "region": set(read("en")["regions"]),
        "who": quoted,
        "system": systems,
        "description": {entity.entity_id for entity in store.entities()},
    }
    strange = []
    for key in sorted(Phrases(language).keys()):
        if key.startswith("names."):
            _, kind, name = key.split(".", 2)
            if name != "any" and (
                kind in known
                and name not in constants()
                and not any(name in (one, f"{one}.plural") for one in known[kind])
            ):
                strange.append(key)
    assert strange == []


@pytest.mark.parametrize("language", DESCRIBING)
def test_descriptions_are_all_in_one_language(store: Store, language: str) -> None:
    """A language that describes anything in its own words describes everything so."""
    described = {f"names.description.{entity.entity_id}" for entity in store.entities()}
    assert sorted(described - Phrases(language).keys()) == []


@pytest.mark.parametrize("language", answering())
def test_bold_is_balanced(language: str) -> None:
    """Every bold run ends, and none is empty; what is bold in one language is in all."""
    phrases = Phrases(language)
    for key in sorted(phrases.keys()):
        if key in ENGLISH and not key.startswith("names."):
            assert any(BOLD in text for text in shape(phrases, key)) == any(
                BOLD in text for text in shape(ENGLISH, key)
            )
        for text in shape(phrases, key):
            assert text.count(BOLD) == text.count(PLAIN), key
            assert BOLD + PLAIN not in text, key
            assert "**" not in text, key


def word(value: Any, spec: str) -> str:
    """An argument as it is, with its specification."""
    return f"{value}{f'|{spec}' if spec else ''}"


def test_plurals_follow_n() -> None:
    """The number called n chooses the form."""
    one, many = (ENGLISH.fill("source.more", {"n": n}, word) for n in (1, 3))
    assert one != many
    assert "1" in one
    assert "3" in many


def test_a_specification_reaches_the_word() -> None:
    """What stands behind the colon says how to word the argument."""
    text = ENGLISH.fill("gap.newest", {"period": "P"}, word)
    assert "P" in text
    assert "period|in" in ENGLISH.fill("ask.level", {"product": "product", "period": "period"}, word)


def test_a_missing_phrase_is_named() -> None:
    """Nobody is left to guess which key is wrong."""
    with pytest.raises(LanguageError, match=r"phrases/en: there is no phrase 'no\.such'"):
        ENGLISH.fill("no.such", {}, word)
