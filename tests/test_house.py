"""The house rules that a program can check, read from the syntax trees of every module."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "knowledge")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 300
"""Lines of a module. A longer one holds more than one idea."""
ALLOWED = {"bot": {"bot", "handlers", "knowledge"}, "handlers": {"handlers", "knowledge"}, "knowledge": {"knowledge"}}
"""Which packages of ours each may import: bot → handlers → knowledge, never back."""
FORBIDDEN = {
    "bot": set[str](),
    "handlers": {"sqlite3", "sqlite_utils", "sqlalchemy", "os", "httpx", "knowledge.store", "knowledge.build"},
    "knowledge": {"telegram", "httpx", "click", "pydantic", "pydantic_settings", "rich", "os.environ"},
}
"""Handlers know no database, environment or network; knowledge is a library that knows no Telegram and no terminal."""
CLOCKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
    "time.localtime",
    "time.gmtime",
}
"""Dates come from above: only `bot/` may ask what day it is."""


NOT_IMPORTED = {"aiosqlite", "defusedxml", "psycopg", "sniffio", "tzdata"}
"""Dependencies that no module imports: SQLAlchemy is told the names of its drivers in the database's address; without
sniffio, httpcore looks for it in vain at every request; openpyxl reads XML by defusedxml where that is installed; a
bare machine has no time zones but those of tzdata."""


def named(path: Path) -> str:
    """A module's path as a name for a test."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """The dotted names of everything that a module imports, also within functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, root: str) -> bool:
    """True if the dotted name is `root` or lies in it."""
    return name == root or name.startswith(f"{root}.")


def test_every_module_was_seen() -> None:
    """The list that the other tests go through is what git has, and nothing is outside the three packages."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git work tree")
    there = {name for name in listed.stdout.splitlines() if not name.startswith("tests/") and (ROOT / name).exists()}
    assert there == {named(path) for path in MODULES}
    assert {name.partition("/")[0] for name in there} == set(PACKAGES)
    assert all((ROOT / package / "__init__.py") in MODULES for package in PACKAGES)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_go_one_way(path: Path) -> None:
    """From bot to handlers to knowledge, and each knows only what its place allows."""
    package = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        if name.partition(".")[0] in PACKAGES:
            assert name.partition(".")[0] in ALLOWED[package], f"imports {name}"
        assert not any(within(name, forbidden) for forbidden in FORBIDDEN[package]), f"imports {name}"
        assert not within(name, "tests"), f"imports {name}"


@pytest.mark.parametrize("path", [path for path in MODULES if path.relative_to(ROOT).parts[0] != "bot"], ids=named)
def test_nobody_below_the_process_asks_for_the_day(path: Path) -> None:
    """The date is an argument, so that every answer can be had again."""
    assert not CLOCKS.intersection(imports(path))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            assert ".".join(ast.unparse(node).split(".")[-2:]) not in CLOCKS, f"line {node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_are_short(path: Path) -> None:
    """One idea each."""
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_what_is_public_says_what_it_does(path: Path) -> None:
    """Modules, public classes, and public functions and methods have docstrings, also those that override."""
    module = tree(path)
    documented = ast.get_docstring(module) is not None
    assert documented, "the module has no docstring"
    holders: list[tuple[ast.AST, bool]] = [(module, True)]
    while holders:
        holder, public = holders.pop()
        for node in ast.iter_child_nodes(holder):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                shown = public and not node.name.startswith("_")
                if shown:
                    assert ast.get_docstring(node), f"line {node.lineno}: {node.name} has no docstring"
                if isinstance(node, ast.ClassDef):
                    holders.append((node, shown))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_markup_is_made_in_one_place(path: Path) -> None:
    """Nobody but the markup module writes tags around what others say."""
    if named(path) == "handlers/markup.py":
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            assert not any(tag in text for tag in ("<b>", "<i>", "<a ", "<pre>", "<code>")), f"line {node.lineno}"


def test_what_is_imported_is_declared() -> None:
    """Every library that a module imports is a dependency by itself, not by the grace of another; and none is idle."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    roots = {name.partition(".")[0] for path in MODULES for name in imports(path)}
    libraries = roots - set(sys.stdlib_module_names) - set(PACKAGES)
    owners = packages_distributions()
    used = {owner.lower() for library in libraries for owner in owners[library]}
    assert used <= declared
    assert declared - used == NOT_IMPORTED


def test_the_top_level_is_fixed() -> None:
    """Beside the house itself only what a repository needs."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("not a git work tree")
    tops = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    allowed = {*PACKAGES, "tests", "pyproject.toml", "README.md", "LICENSE", "Makefile"}
    assert {name for name in tops if not name.startswith(".")} <= allowed


def test_no_file_knows_the_machine_that_it_was_written_on() -> None:
    """What lies outside is found from where the project is."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("not a git work tree")
    at_home = re.compile(rb"(?<![\w.}])/(?:home|Users|work)/\w")
    files = [ROOT / name for name in listed.stdout.splitlines() if not name.startswith("knowledge/data/")]
    assert len(files) > 100
    assert [path.name for path in files if path.is_file() and at_home.search(path.read_bytes())] == []
