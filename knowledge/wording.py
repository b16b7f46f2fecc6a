"""Answer to plain sentences: hedges and precision kept, sources numbered. Knows no markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list

from knowledge.answer import Answer, Arg, Phrase, Table
from knowledge.facts import Day, Source
from knowledge.numbers import Figures
from knowledge.period import Period
from knowledge.phrases import BOLD, PLAIN, Phrases
from knowledge.quantity import Quantity
from knowledge.question import Name
from knowledge.store import Store

_STRIP = str.maketrans("", "", BOLD + PLAIN)
_SOURCES_SHOWN = 5
_SIGNS = {"plus": " + ", "minus": " − "}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A numbered source."""

    number: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer in sentences. Bold runs stand between U+E000 and U+E001."""

    taken_over: tuple[str, ...]
    lead: str
    details: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] | None
    """The head and then the rows; None without a table."""
    caveats: tuple[str, ...]
    sources_label: str
    sources: tuple[SourceLine, ...]
    more: str
    """How many further reports there are; empty for none."""
    suggestions: tuple[str, ...]

    def plain(self) -> str:
        """The whole answer as plain text."""
        parts = [*self.taken_over, self.lead, *self.details]
        if self.table:
            parts.append(aligned(self.table))
        parts += self.caveats
        if self.sources:
            lines = [f"[{line.number}] {line.text}" for line in self.sources]
            parts.append(f"{self.sources_label}: " + " · ".join(lines + ([self.more] if self.more else [])))
        if self.suggestions:
            parts.append("\n".join(f"→ {text}" for text in self.suggestions))
        return "\n".join(part for part in parts if part).translate(_STRIP)


def aligned(table: Iterable[Iterable[str]]) -> str:
    """Rows in columns of equal width, the first to the left, the others to the right."""
    rows = [list(row) for row in table]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


class Wording:
    """Words answers in one language."""

    def __init__(self, language: str, store: Store) -> None:
        self.phrases = Phrases(language)
        self.figures = Figures(self.phrases)
        self._store = store
        self._countries = store.country_labels(language)

    def word(self, answer: Answer) -> Worded:
        """The answer in sentences."""
        suggestions = dict.fromkeys(self.say(phrase) for phrase in answer.suggestions)
        shown = answer.sources[:_SOURCES_SHOWN]
        hidden = len(answer.sources) - len(shown) + answer.more_sources
        return Worded(
            taken_over=tuple(self.say(phrase) for phrase in answer.taken_over),
            lead=" ".join(self.raised(self.say(phrase)) for phrase in answer.lead),
            details=tuple(self.raised(self.say(phrase)) for phrase in answer.details),
            table=self._table(answer.table) if answer.table else None,
            caveats=tuple(self.say(phrase) for phrase in answer.caveats),
            sources_label=self.phrases.fill("source.label", {}, self.arg),
            sources=tuple(
                SourceLine(number, self._source(source), source.url) for number, source in enumerate(shown, 1)
            ),
            more=self.phrases.fill("source.more", {"n": hidden}, self.arg) if hidden else "",
            suggestions=tuple(suggestions),
        )

    def say(self, phrase: Phrase) -> str:
        """One phrase as text."""
        values = [value for _, value in phrase.args if isinstance(value, Quantity)]
        return self.phrases.fill(phrase.key, dict(phrase.args), self._apart(values) if len(values) > 1 else self.arg)

    def _apart(self, values: Sequence[Quantity]) -> Callable[[Any, str], str]:
        """Words arguments so that values which differ do not look the same."""

        def word(value: Any, spec: str) -> str:
            digits = self.figures.digits(value, values) if isinstance(value, Quantity) and not spec else 0
            return self.figures.quantity(value, digits=digits) if digits else self.arg(value, spec)

        return word

    def arg(self, value: Arg | Any, spec: str) -> str:
        """One argument in words; see `knowledge.answer.Arg` for what it can be. `start` raises the first letter.

        `plus` and `minus` write several amounts out as a sum or a difference, in millions.
        A case of the language stands last: `{partner:dat}`, `{value:bare.gen}`.
        """
        if spec == "start":
            return self.raised(self.arg(value, ""))
        before, _, case = spec.rpartition(".")
        if self._as_a_whole(value, case):
            return self.phrases.inflection.decline(self.arg(value, before), case)
        match value:
            case Quantity():
                return self._quantity(value, spec)
            case Period():
                return self.figures.period(value, spec)
            case Day():
                return self.figures.day(value, spec)
            case Phrase():
                return self.say(value)
            case Name():
                return self._name(value, spec)
            case Source():
                return _safe(value.publisher)
            case tuple():
                return self._several(value, spec)
        return _safe(str(value))

    def _as_a_whole(self, value: Arg | Any, case: str) -> bool:
        """True if a case is hung on the words of a value; names and times have forms of their own."""
        inflection = self.phrases.inflection
        apart = (Period, Day, Name, tuple) if inflection.by_word else (Period, Day, Name)
        return case in inflection.cases and not isinstance(value, apart)

    def _several(self, values: tuple[Arg, ...], spec: str) -> str:
        """Several arguments as a sum or a list; where the specification is a verb's, the ending for all of them."""
        if spec in _SIGNS:
            return _SIGNS[spec].join(self.arg(item, "million") for item in values)
        ending = self.phrases.inflection.several(spec) if len(values) > 1 else None
        if ending is not None:
            return ending
        words = [self.arg(item, "" if spec in ("or", "apart") else spec) for item in values]
        if spec == "apart":
            # Of parts that have commas of their own.
            return "; ".join(words)
        return str(format_list(words, "or" if spec == "or" else "standard", self.phrases.locale))

    def raised(self, sentence: str) -> str:
        """A sentence that begins with a capital, also where it begins in bold."""
        start = 1 if sentence.startswith(BOLD) else 0
        capital = self.phrases.inflection.capital(sentence[start : start + 1])
        return sentence[:start] + capital + sentence[start + 1 :]

    def _quantity(self, value: Quantity, spec: str) -> str:
        if spec in ("low", "high"):
            ends = self.figures.bounds(value)
            return (ends[0] if spec == "low" else ends[1]) if ends else "?"
        return self.figures.million(value.value) if spec == "million" else self.figures.quantity(value, spec)

    def _name(self, name: Name, spec: str) -> str:
        # A language that declines names lists their forms: names.country_dat.UKR for `{partner:dat}`.
        # `any` is the form for all that are not listed: the ending of a verb that agrees with a country.
        form = f"names.{name.kind}_{spec}"
        for listed in (f"{form}.{name.id}", f"{form}.any"):
            if listed in self.phrases:
                return self.phrases.fill(listed, {}, self.arg)
        return self.phrases.inflection.decline(self._plain_name(name), spec)

    def _plain_name(self, name: Name) -> str:
        if f"names.{name.kind}.{name.id}" in self.phrases:
            return self.phrases.fill(f"names.{name.kind}.{name.id}", {}, self.arg)
        if name.kind in ("voice", "role", "topic"):
            return _safe(name.id)
        if name.kind == "country":
            return self._countries.get(name.id, name.id)
        if name.kind == "product":
            product = self._store.product(name.id)
            return product.label if product else name.id
        entity = self._store.entity(name.id)
        if entity and name.kind == "description":
            return _safe(entity.description)
        return _safe(entity.name) if entity else name.id.partition(":")[2] or name.id

    def _source(self, source: Source) -> str:
        args = {"publisher": source.publisher, "title": source.title, "date": Day(source.published)}
        return self.phrases.fill("source.line" if source.published else "source.line_undated", args, self.arg)

    def _table(self, table: Table) -> tuple[tuple[str, ...], ...]:
        head = tuple(self.say(phrase) for phrase in table.head)
        return (head, *(tuple(self.arg(cell, "cell") for cell in row) for row in table.rows))


def _safe(text: str) -> str:
    """Text of facts or users without the characters that mark bold runs."""
    return text.translate(_STRIP)
