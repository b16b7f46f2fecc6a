"""Uploaded fact files: kept in the home for a day, and imported by a process of their own.

The importer reads what strangers may have made; in its own process it can use up neither the memory nor the time of
the bot, and what it says is what `waybill facts import` says.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from bot.offspring import run_facts
from handlers.uploads import Trial
from knowledge.importers import IMPORTERS

FOLDER = "uploads"
_KEPT = 24 * 3600.0
_SECONDS = 300.0
_MOST_MEMBERS, _MOST_UNPACKED = 100, 200 * 1024**2
_COMTRADE = ("reporterCode", "refYear")


class Uploads:
    """The files that admins sent."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / FOLDER
        self.kinds: Sequence[str] = tuple(IMPORTERS)

    async def take(self, name: str, content: bytes) -> str:
        """Keep a file for a day; its key."""
        return await asyncio.to_thread(self._take, name, content)

    async def guess(self, key: str) -> str | None:
        """The kind of file that it is, where it shows."""
        return await asyncio.to_thread(self._guess, key)

    async def run(self, key: str, kind: str, *, dry: bool) -> Trial | None:
        """Run the importer in a process of its own; None if the file is no longer there."""
        file = await asyncio.to_thread(self._file, key, kind)
        if file is None or kind not in self.kinds:
            return None
        if isinstance(file, str):
            return Trial(done=False, lines=(file,))
        arguments = ("import", kind, str(file), *(("--dry-run",) if dry else ()))
        try:
            ended = await run_facts(self._home, *arguments, seconds=_SECONDS)
        except TimeoutError:
            return Trial(done=False, lines=(f"the import took longer than {_SECONDS:.0f} seconds and was ended",))
        if ended.status:
            return Trial(done=False, lines=(*ended.out, *(ended.err[-1:] or ("the import ended without a word",))))
        return Trial(done=True, lines=ended.out, changes=not any("nothing changes" in line for line in ended.out[-1:]))

    async def drop(self, key: str) -> None:
        """Throw the file away."""
        await asyncio.to_thread(shutil.rmtree, self._place(key), ignore_errors=True)

    def _take(self, name: str, content: bytes) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            if time.time() - old.stat().st_mtime > _KEPT:
                shutil.rmtree(old, ignore_errors=True)
        key = secrets.token_hex(6)
        place = self._place(key)
        place.mkdir()
        (place / _safe(name)).write_bytes(content)
        return key

    def _guess(self, key: str) -> str | None:
        found = self._uploaded(key)
        if found is None:
            return None
        with found.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"PK"):
            return "tim" if found.suffix.lower() in (".xlsx", ".xlsm") else "csv"
        if all(word.encode() in head for word in _COMTRADE):
            return "comtrade"
        return "sipri" if b"SIPRI" in head else None

    def _file(self, key: str, kind: str) -> Path | str | None:
        """The file, or the folder that was packed in it; a text that says why it cannot be unpacked."""
        found = self._uploaded(key)
        if found is None or kind != "csv" or not zipfile.is_zipfile(found):
            return found
        folder = found.parent / "unpacked"
        return folder if folder.is_dir() else _unpack(found, folder)

    def _uploaded(self, key: str) -> Path | None:
        place = self._place(key)
        return next((path for path in place.iterdir() if path.is_file()), None) if place.is_dir() else None

    def _place(self, key: str) -> Path:
        return self._folder / re.sub(r"\W", "", key)


def _unpack(file: Path, folder: Path) -> Path | str:
    """Unpack a folder of facts, its tree made flat; only as much as anybody's facts need."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _MOST_UNPACKED:
                return f"{file.name} holds more than {_MOST_MEMBERS} files or {_MOST_UNPACKED:,} bytes"
            folder.mkdir()
            for one in members:
                name = _safe(one.filename)
                place = folder / "series" if Path(one.filename).parent.name == "series" else folder
                place.mkdir(exist_ok=True)
                with archive.open(one) as packed:
                    (place / name).write_bytes(packed.read(one.file_size + 1)[: one.file_size])
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        return f"{file.name} cannot be unpacked ({type(error).__name__})"
    return folder


def _safe(name: str) -> str:
    """A file's name without what could lead elsewhere."""
    return re.sub(r"[^\w.-]", "_", Path(name).name).lstrip(".")[-80:] or "file"
