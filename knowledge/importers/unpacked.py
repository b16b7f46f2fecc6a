"""Opens text files that publishers hand out plain, zipped or gzipped: one file in them, unpacked as it is read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from knowledge.errors import RefusedError
from knowledge.importers.files import opened

_MAGIC_ZIP, _MAGIC_GZIP = b"PK\x03\x04", b"\x1f\x8b"
_MOST_MEMBERS = 100
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        ...


@contextmanager
def unpacked(path: Path, packed: int, whole: int, tell: Callable[[float], object]) -> Iterator[BinaryIO]:
    """The content of a file of at most `packed` bytes that unpacks to at most `whole`; refused as it is read.

    `tell` hears with each block which share of the file, as it was handed in, is read.
    """
    with opened(path, packed) as file, ExitStack() as stack:
        head = file.read(4)
        file.seek(0)
        try:
            inner: _Readable = file
            if head == _MAGIC_ZIP:
                archive = stack.enter_context(zipfile.ZipFile(file))
                inner = stack.enter_context(archive.open(_only(archive, path.name)))
            elif head[:2] == _MAGIC_GZIP:
                inner = gzip.GzipFile(fileobj=file)
            size = path.stat().st_size
            bounded = _Bounded(inner, whole, path.name, lambda: tell(file.tell() / size))
            yield io.BufferedReader(bounded, 1 << 16)
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise RefusedError(f"{path.name} cannot be unpacked: it is damaged or cut short") from error


def _only(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The one file of an archive; what machines put beside it does not count."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise RefusedError(f"{name} holds {len(members):,} files: pack the one that is meant")
    files = [one for one in members if not one.is_dir() and not one.filename.startswith(("__MACOSX/", "."))]
    if len(files) != 1:
        raise RefusedError(f"{name} holds {len(files)} files: pack the one that is meant")
    if files[0].flag_bits & _ENCRYPTED:
        raise RefusedError(f"{name} is locked with a password: pack the file without one")
    if files[0].compress_type not in _METHODS:
        raise RefusedError(f"{name} is packed in an unusual way: pack it as a plain zip")
    return files[0]


class _Bounded(io.RawIOBase):
    """A stream that is refused when more comes out of it than there may be."""

    def __init__(self, inner: _Readable, whole: int, name: str, tell: Callable[[], object]) -> None:
        self._inner, self._left, self._whole, self._name, self._tell = inner, whole, whole, name, tell

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """The next bytes."""
        into = memoryview(buffer)
        block = self._inner.read(len(into))
        self._left -= len(block)
        if self._left < 0:
            raise RefusedError(
                f"{self._name} unpacks to more than {self._whole:,} bytes: that is the most that is read"
            )
        into[: len(block)] = block
        self._tell()
        return len(block)
