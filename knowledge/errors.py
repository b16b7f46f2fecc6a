"""The errors of the package, one tree.

WaybillError
├── FactError          a fact file or a value in it is wrong (says which file, row, column)
│   ├── BadFactsError  several facts are wrong (in `knowledge.rows`)
│   └── RefusedError   a publisher's file is refused as a whole
├── StoreError         the fact store is missing, damaged or of another edition
└── LanguageError      a language file is wrong or incomplete

A question that is not understood is no error: it is a value (see `knowledge.question`).
"""


class WaybillError(Exception):
    """Base of every error that this package raises on purpose; its text is fit to be shown."""


class FactError(WaybillError):
    """A fact, or a file of facts, that cannot be taken."""


class RefusedError(FactError):
    """A publisher's file that is not taken; the text is one line that says why, and where."""


class StoreError(WaybillError):
    """The fact store cannot be opened or built."""


class LanguageError(WaybillError):
    """A language file that cannot be used."""
