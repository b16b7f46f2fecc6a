"""The command line: what it prints, where, and with which exit status."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import start

QUESTION = "How much defence equipment did Turkey export to Ukraine in the first quarter of 2022?"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def waybill(store_path: Path, tmp_path: Path) -> Run:
    """Runs `python -m bot` as a process of its own, in an empty folder, with the built store."""

    def run(*arguments: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("WAYBILL_")}
        env = inherited | {"WAYBILL_HOME": str(store_path.parent), "PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot", *arguments],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env=env | variables,
        )

    return run


def test_one_question(waybill: Run) -> None:
    """The answer on standard output and nothing else anywhere."""
    done = waybill("ask", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert "$59.1 million" in done.stdout
    assert "\ue000" not in done.stdout


def test_one_question_as_json(waybill: Run) -> None:
    """One object, in one line."""
    done = waybill("ask", "--json", QUESTION)
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert (answer["question"], answer["status"], answer["figures"][0]["value"]) == (QUESTION, "answered", 59_100_000)


def test_unquoted_words_are_one_question(waybill: Run) -> None:
    """Not everybody quotes."""
    assert json.loads(waybill("ask", "--json", *QUESTION.split()).stdout)["question"] == QUESTION


def test_how_it_was_read(waybill: Run) -> None:
    """--explain names the slots."""
    done = waybill("ask", "--explain", QUESTION)
    assert done.returncode == 0
    assert "UKR" in done.stdout


def test_a_declined_question_is_done(waybill: Run) -> None:
    """Not to know is no failure."""
    done = waybill("ask", "--json", "xyzzy plugh?")
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] in ("declined", "clarify")


def test_lines_of_json(waybill: Run) -> None:
    """One answer a line, in order; a chat is one conversation; a broken line is declined."""
    lines = [
        {"id": "1", "question": QUESTION, "chat": "a"},
        {"id": "2", "question": "and a year earlier?", "chat": "a"},
    ]
    given = "\n".join([json.dumps(lines[0]), "broken", json.dumps(lines[1])])
    done = waybill("ask", "--jsonl", given=given, LC_ALL="C", PYTHONIOENCODING="")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [answer["id"] for answer in answers] == ["1", None, "2"]
    assert [answer["status"] for answer in answers] == ["answered", "declined", "answered"]
    assert answers[2]["figures"][0]["value"] == 1_900_000


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "--jsonl", "question"],
        ["ask", "--json", "--explain", "question"],
        ["ask", "--language", "xx", "question"],
        ["ask", "--nonsense"],
        ["nonsense"],
        ["facts"],
        ["facts", "nonsense"],
        ["run", "extra"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, with the usage on standard error."""
    assert start(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Usage: waybill" in printed.err


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["facts", "check", "--help"], ["--version"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0."""
    assert start(arguments) == 0
    assert "waybill" in capsys.readouterr().out


def test_facts_are_checked(waybill: Run) -> None:
    """The shipped ones are sound."""
    done = waybill("facts", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the fact files are sound" in done.stdout


def test_facts_are_built(waybill: Run, tmp_path: Path) -> None:
    """With plain lines of progress where there is no terminal."""
    done = waybill("facts", "build", WAYBILL_HOME=str(tmp_path / "new"))
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == "Reading the facts ..."
    assert "\x1b" not in done.stderr
    assert Path(done.stdout.removeprefix("built ").rpartition(" in ")[0]).is_file()


def test_a_store_is_built_on_first_use_and_mended_when_damaged(waybill: Run, tmp_path: Path) -> None:
    """Nobody has to know that there is one."""
    home = tmp_path / "new"
    assert "$59.1 million" in waybill("ask", QUESTION, WAYBILL_HOME=str(home)).stdout
    (path,) = [path for path in home.iterdir() if path.is_file()]
    path.write_bytes(path.read_bytes()[:5000])
    done = waybill("ask", QUESTION, WAYBILL_HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "")
    assert "$59.1 million" in done.stdout


def test_a_home_that_cannot_be_written(waybill: Run, tmp_path: Path) -> None:
    """One clear line, status 1."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = waybill("ask", QUESTION, WAYBILL_HOME=str(tmp_path / "file"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("waybill: the fact store cannot be written")


def test_serving_without_a_token(waybill: Run) -> None:
    """One line that says what to set."""
    done = waybill("run")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "WAYBILL_TOKEN" in done.stderr


def test_serving_with_a_token_that_is_none(waybill: Run) -> None:
    """Refused before anything is tried, and not told."""
    for arguments in (["run"], []):
        done = waybill(*arguments, WAYBILL_TOKEN="very-secret")  # noqa: S106 - made up
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "secret" not in done.stderr


def test_without_command_and_token_it_chats(waybill: Run) -> None:
    """Piped questions are answered in order, plainly, and it ends."""
    done = waybill(given=f"{QUESTION}\n\nand a year earlier?\n/quit\nnever asked\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.index("$59.1 million") < done.stdout.rindex("$1.9 million")
    assert "never" not in done.stdout
    assert "\x1b" not in done.stdout


def test_a_chat_with_nothing_to_ask_ends(waybill: Run) -> None:
    """An empty pipe."""
    done = waybill("chat")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [(["ask", "--jsonl"], json.dumps({"question": QUESTION})), (["chat"], QUESTION)],
    ids=["jsonl", "chat"],
)
def test_a_reader_that_has_enough_is_no_failure(store_path: Path, arguments: list[str], line: str) -> None:
    """A closed pipe ends it quietly."""
    env = os.environ | {"WAYBILL_HOME": str(store_path.parent)}
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(line.encode() + b"\n" + line.encode() + b"\n")
        process.stdin.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait() == 0


IMPORTED = """
import sys
from bot.__main__ import start
status = start(["ask", "--json", "exports to Ukraine in the first quarter of 2022"])
slow = ("telegram", "httpx", "sqlite_utils", "pydantic", "rich")
print([name for name in slow if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""


def test_asking_imports_nothing_slow(store_path: Path, tmp_path: Path) -> None:
    """Neither Telegram nor the builder of stores; the start is half of the time of an answer."""
    env = os.environ | {"WAYBILL_HOME": str(store_path.parent), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True, env=env, cwd=tmp_path
    )
    assert done.stderr == "[]\n"


def test_a_digest(waybill: Run) -> None:
    """A topic in words; a period by its code, or a line that says what one looks like."""
    done = waybill("digest", "steel", "--period", "2025-Q4")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Türkiye exported $")
    assert "in the fourth quarter of 2025" in done.stdout
    wrong = waybill("digest", "steel", "--period", "autumn")
    assert wrong.returncode == 2
    assert "write 2022, 2022-H1" in wrong.stderr
    assert waybill("digest").returncode == 2
