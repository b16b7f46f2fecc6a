"""Hostile and damaged files: each refused in one clear line, the home untouched, memory bounded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.importers import IMPORTERS
from tests.knowledge.importers.hostile import HOSTILE
from tests.knowledge.importing import tree

MEGABYTES = 300
_SCRIPT = """
import contextlib, io, json, re, resource, sys, time
from pathlib import Path
from bot.__main__ import start

def peak():
    # In bytes. What getrusage tells may be the parent's peak: Linux hands it on through fork and exec.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

for line in sys.stdin:
    kind, path = json.loads(line)
    out, err = io.StringIO(), io.StringIO()
    began = time.perf_counter()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = start(["facts", "import", kind, path])
    told = [status, out.getvalue(), err.getvalue(), peak() // 1_000_000, time.perf_counter() - began]
    print(json.dumps(told), flush=True)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, store_path: Path) -> Path:
    """A home of one's own."""
    place = tmp_path_factory.mktemp("home")
    shutil.copy(store_path, place)
    return place


@pytest.fixture(scope="module")
def process(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A process that imports what it is told to, one file after the other: its memory only grows."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("WAYBILL_")}
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", _SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path_factory.mktemp("empty"),
        env=env | {"WAYBILL_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[3])},
    ) as started:
        yield started
        assert started.stdin
        started.stdin.close()


def test_there_are_enough() -> None:
    """At least forty, of every kind."""
    assert len(HOSTILE) >= 40
    assert {kind for kind, _ in HOSTILE.values()} == set(IMPORTERS)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes and links to make")
@pytest.mark.parametrize("name", HOSTILE)
def test_refused_in_one_line(name: str, home: Path, process: subprocess.Popen[str], tmp_path: Path) -> None:
    """Exit status 1, one line that names the file, nothing else; the home stays as it was."""
    kind, make = HOSTILE[name]
    path = tmp_path / ("handed.xlsx" if kind == "tim" else "handed")
    make(path)
    before = _without_lock(home)
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps([kind, str(path)]) + "\n")
    process.stdin.flush()
    status, out, err, peak, seconds = json.loads(process.stdout.readline())
    assert (status, out) == (1, ""), err
    assert err.startswith("waybill: ")
    assert err.count("\n") == 1
    assert len(err) < 400, err
    assert "handed" in err
    assert "Traceback" not in err
    assert _without_lock(home) == before
    assert peak < MEGABYTES, f"{peak} MB"
    assert seconds < 30
    if path.is_file():
        path.unlink()  # some are large
    elif path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _without_lock(home: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(home).items() if not name.endswith(".lock")}
