"""Opens files that strangers hand in: regular files only, of a bounded size, read in bounded lines."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import RefusedError

MAX_LINE = 64 * 1024
"""Bytes of one line of text."""


@contextmanager
def opened(path: Path, limit: int, name: str = "") -> Iterator[BinaryIO]:
    """A regular file of at most `limit` bytes, open for reading; whatever else stands there is refused, by its `name`.

    A link is followed: whoever names the file may name it by another name.
    """
    name = name or path.name
    try:
        # Without O_NONBLOCK a pipe that nobody writes to would keep us waiting for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise RefusedError(f"{name} cannot be read ({error.strerror or type(error).__name__})") from error
    try:
        _look(os.fstat(handle), name, limit)
    except RefusedError:
        os.close(handle)
        raise
    with open(handle, "rb") as file:  # noqa: PTH123 - a handle, no path
        yield file


def _look(status: os.stat_result, name: str, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError(f"{name} is no file: hand in the file that the publisher offers")
    if status.st_size > limit:
        raise RefusedError(f"{name} has {status.st_size:,} bytes: {limit:,} is the most that is read")
    if not status.st_size:
        raise RefusedError(f"{name} is empty")


def text_lines(file: BinaryIO, name: str, encodings: tuple[str, ...] = ("utf-8",)) -> Iterator[str]:
    """The lines of a file as text, a byte-order mark left out; refused is a line that is too long or has a NUL byte.

    Each line is read in the first of `encodings` that fits, and once one did not fit it is not tried any more.
    """
    left = list(encodings)
    number = 0
    while raw := file.readline(MAX_LINE + 1):
        number += 1
        if len(raw) > MAX_LINE:
            raise RefusedError(f"{name}:{number}: the line is longer than {MAX_LINE:,} bytes")
        if b"\0" in raw:
            raise RefusedError(f"{name}:{number}: the line holds a NUL byte, which no text file does")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        while left:
            try:
                line = raw.decode(left[0])
                break
            except UnicodeDecodeError:
                del left[0]
        else:
            raise RefusedError(f"{name}:{number}: the line is not {' or '.join(encodings).upper()} text")
        yield line
