"""The objects of a JSON file's one list, read one at a time: the file is never in memory, and nothing nests deep."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from knowledge.errors import RefusedError
from knowledge.importers.files import MAX_LINE

_BLOCK = 1 << 16
_SPACE = " \t\r\n"


class JsonRows:
    """Reads `[{...}, ...]`, or the list under one of some names in `{"count": 2, "data": [{...}, ...]}`.

    Numbers come as the text that they are written in. Raises RefusedError, with the entry where reading had to end.
    """

    def __init__(self, file: BinaryIO, name: str, lists: tuple[str, ...]) -> None:
        self._file, self._name, self._lists = file, name, lists
        self._text = codecs.getincrementaldecoder("utf-8-sig")()
        self._buffer, self._at, self._ended = "", 0, False
        self._decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
        self._entry = 0

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(number of the entry, from 1; its cells)."""
        if self._peek() == "{":
            self._seek()
        if self._peek() != "[":
            raise self._refuse("the file is no list of rows")
        self._at += 1
        if self._peek() == "]":
            return
        while True:
            self._entry += 1
            value = self._value()
            if not isinstance(value, dict):
                raise self._refuse(f"entry {self._entry} is no row of named cells")
            yield self._entry, value
            sign = self._peek()
            self._at += 1
            if sign == "]":
                return
            if sign != ",":
                raise self._refuse(f"the list breaks off behind entry {self._entry}")

    def _seek(self) -> None:
        """Go to the list of rows in an object that tells other things too."""
        self._at += 1
        while self._peek() == '"':
            key = self._value()
            if self._peek() != ":":
                break
            self._at += 1
            if key in self._lists and self._peek() == "[":
                return
            self._value()
            if self._peek() == ",":
                self._at += 1
        raise self._refuse(f"the file has no list called {' or '.join(map(repr, self._lists))}")

    def _peek(self) -> str:
        """The next sign that is no space; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise self._refuse(f"entry {self._entry} is nested too deep") from None
            except json.JSONDecodeError:
                if len(self._buffer) - self._at > MAX_LINE:
                    raise self._refuse(
                        f"entry {self._entry} is longer than {MAX_LINE:,} characters, or broken"
                    ) from None
                if not self._more():
                    raise self._refuse(f"it breaks off in entry {self._entry}, or is no JSON there") from None
                continue
            self._at = end
            return value

    def _more(self) -> bool:
        """Read on; what was read before is let go."""
        if self._ended:
            return False
        block = self._file.read(_BLOCK)
        self._ended = not block
        try:
            text = self._text.decode(block, final=self._ended)
        except UnicodeDecodeError as error:
            raise self._refuse("the file is not UTF-8 text") from error
        if "\0" in text:
            raise self._refuse("the file holds a NUL byte, which no text file does")
        self._buffer, self._at = self._buffer[self._at :] + text, 0
        return True

    def _refuse(self, why: str) -> RefusedError:
        return RefusedError(
            f"{self._name}: {why}" if why.startswith(("entry", "it ", "the ")) else f"{self._name} {why}"
        )
