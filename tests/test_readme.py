"""The README cannot drift: its transcripts are run, its commands and kinds exist, its limits are the bench's."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import cli

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def transcripts() -> list[tuple[str, str]]:
    """Each command of the README's console blocks with the output that it shows."""
    found: list[tuple[str, str]] = []
    for block in BLOCK.findall(README.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip()))
    return found


def run(command: str, home: Path) -> str:
    """What a `waybill` command prints."""
    _, *arguments = shlex.split(command)
    done = subprocess.run(  # noqa: S603 - the README's own commands
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        check=True,
        cwd=home,
        env={"WAYBILL_HOME": str(home), "PYTHONPATH": str(README.parent), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


def test_there_are_transcripts() -> None:
    """The README shows what the program prints."""
    assert len(transcripts()) >= 4


@pytest.mark.parametrize(("command", "output"), transcripts())
def test_transcript(command: str, output: str, store_path: Path) -> None:
    """What the README shows is what the program prints, to the letter."""
    assert run(command, store_path.parent) == output


def test_every_command_is_in_the_readme() -> None:
    """No command is left out of the README."""
    text = README.read_text(encoding="utf-8")
    for name in cli.commands:
        assert f"`waybill {name}" in text, name


def rewrite(home: Path) -> None:
    """Write what the commands print now into the README (to be read before it is kept)."""
    text = README.read_text(encoding="utf-8")

    def filled(match: re.Match[str]) -> str:
        commands = [part.partition("\n")[0] for part in re.split(r"^\$ ", match.group(1), flags=re.MULTILINE)[1:]]
        return "```console\n" + "\n\n".join(f"$ {command}\n{run(command, home)}" for command in commands) + "\n```"

    README.write_text(BLOCK.sub(filled, text), encoding="utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
