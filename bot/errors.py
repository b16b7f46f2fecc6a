"""The error that ends the process with one clear line."""

from __future__ import annotations

from knowledge.errors import WaybillError


class FatalError(WaybillError):
    """The work cannot be done; the text is one line that says why and what would help."""
