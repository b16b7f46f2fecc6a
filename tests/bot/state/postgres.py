"""A PostgreSQL server that is thrown away: on loopback, in a temporary folder, never as root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

USER = "waybill"
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class MissingError(Exception):
    """There is no server here, or it cannot be started; the text says why."""


class Cluster:
    """A running server; each database that it makes is empty."""

    def __init__(self, port: int) -> None:
        self._port = port

    def new_database(self) -> str:
        """The address of a database of one's own."""
        import psycopg  # noqa: PLC0415 - only where there is a server

        name = f"waybill_{uuid.uuid4().hex}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type,unused-ignore]
        return self._url(name).replace("postgresql://", "postgresql+psycopg://")

    def _url(self, name: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self._port}/{name}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server and stop it at the end."""
    binaries = _binaries()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="waybill-postgres-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data, port = folder / "data", _free_port()
        _run([binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"], owner, folder)
        settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} {_FAST}"
        start = [binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", settings, "start"]
        _run(start, owner, folder)
        try:
            yield Cluster(port)
        finally:
            with suppress(MissingError):
                _run([binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], owner, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    """The folder of the newest server's programs."""
    found = [
        path for place in _PLACES for path in Path("/").glob(place.removeprefix("/")) if (path / "initdb").exists()
    ]
    if in_path := shutil.which("initdb"):
        found.append(Path(in_path).parent)
    if not found:
        raise MissingError("no PostgreSQL server is installed (on Debian: apt install postgresql)")
    return max(found, key=lambda path: [int(part) for part in path.parts if part.isdigit()])


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root. None: whoever runs the tests."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise MissingError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(command: Sequence[object], owner: pwd.struct_passwd | None, folder: Path) -> None:
    who: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    words = [str(word) for word in command]
    with (folder / "output").open("w+") as output:  # not a pipe: the server keeps it open
        done = subprocess.run(  # noqa: S603 - our own words
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, cwd=folder, **who
        )
        output.seek(0)
        if done.returncode:
            raise MissingError(f"{Path(words[0]).name} failed: {output.read().strip()[-300:]}")


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
