"""The fact store: opened read-only, asked by name.

SQL is spoken here, in what building takes (`build`, `schema` and those beside them), and in the modules of the
queries: `store_figures`, `store_reports`, `register_sql`, `name_book`.
"""

# ruff: noqa: S608 - the parts of statements are written in this module; every value is bound.

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from knowledge.errors import StoreError
from knowledge.facts import Entity, Product, Source
from knowledge.folder import DATA, Fingerprint, Part, parts_of, unchanged
from knowledge.name_book import NameBook
from knowledge.question import Name
from knowledge.register_sql import Register
from knowledge.sql import ENTITY, Where, columns, entity
from knowledge.store_figures import OFFICIAL, Figures
from knowledge.store_file import asks
from knowledge.store_reports import Reports

__all__ = ["OFFICIAL", "Progress", "Store", "build", "open_store", "store_path"]

Progress = Callable[[str, int, int], None]
"""Called as (step, done, of) while a store is built; the counts are rows."""
FILE = "facts.db"
"""Name of the store in its home folder."""


class Store(Figures, Reports):
    """An open fact store, read-only. One connection, to be used in the thread that opened it.

    Raises StoreError if the file is missing, damaged or of another schema.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._sources: dict[str, Source] = {}
        self._entities: dict[str, Entity | None] = {}
        self._products: dict[str, Product] | None = None
        self._register = Register(self._asked)

    def is_fresh(self, folder: Path, parts: Sequence[Part] = ()) -> bool:
        """True if the store was built from the fact files of `folder` and of these imports as they are now."""
        return unchanged(folder, self.files(), parts)

    def files(self) -> list[Fingerprint]:
        """The fact files that the store was built from."""
        return [Fingerprint(*row) for row in self._all("SELECT * FROM file")]

    @asks
    def entity(self, entity_id: str) -> Entity | None:
        """The entity of this id; None if there is none."""
        if entity_id not in self._entities:
            rows = self._all(f"SELECT {ENTITY} FROM entity WHERE entity_id = ?", entity_id)
            self._entities[entity_id] = entity(rows[0]) if rows else None
        return self._entities[entity_id]

    @asks
    def entities(self, kind: str | None = None, role: str | None = None) -> list[Entity]:
        """All entities, or those of a kind, or those that have a role (system, supplier) in some event; by id."""
        asked = Where().equal("kind", kind)
        if role is not None:
            asked.add("entity_id IN (SELECT entity_id FROM event_entity WHERE role = ?)", role)
        sql = f"SELECT {ENTITY} FROM entity {asked} ORDER BY entity_id"
        return [entity(row) for row in self._all(sql, *asked.values)]

    @asks
    def described(self, kind: str, word: str) -> list[Entity]:
        """The entities of a kind whose description has a word in it, by id."""
        sql = f"SELECT {ENTITY} FROM entity WHERE kind = ? AND instr(lower(description), ?) ORDER BY entity_id"
        return [entity(row) for row in self._all(sql, kind, word)]

    @asks
    def bearers(self, word: str) -> int:
        """How many entities have a folded word in a name."""
        sql = "SELECT coalesce(sum(things), 0) FROM name_word WHERE language = '' AND word = ?"
        return int(self._all(sql, word)[0][0])

    def product(self, product_id: str) -> Product | None:
        """The product of this id; None if there is none."""
        return self._all_products().get(product_id)

    def products(self, level: str | None = None) -> list[Product]:
        """All products, or those of a level, parents before their parts."""
        return [product for product in self._all_products().values() if level in (None, product.level)]

    @asks
    def source(self, source_id: str) -> Source:
        """The source of this id. Raises KeyError if there is none."""
        if source_id not in self._sources:
            rows = self._all(f"SELECT {columns('source')} FROM source WHERE source_id = ?", source_id)
            if not rows:
                raise KeyError(source_id)
            self._sources[source_id] = Source(*rows[0])
        return self._sources[source_id]

    def source_count(self) -> int:
        """How many sources there are."""
        return dict(self._edition.counts)["source"]

    @asks
    def country_labels(self, language: str) -> dict[str, str]:
        """Country code → name to show, in en, tr, uk or ru."""
        return dict(self._all("SELECT country, label FROM country_label WHERE language = ?", language))

    def names(self, language: str) -> NameBook:
        """The names in `language` and in every script that the entities carry: one at a time, or (name, what) for all.

        A folded name is the space-joined folds of its tokens: "TB-2" is "tb 2". One name can stand for several.
        """
        return NameBook(self._asked, language)

    @asks
    def names_of(self, kind: str, language: str) -> list[tuple[str, str]]:
        """(folded name, id) of everything of one kind, in a language and in every script."""
        sql = "SELECT fold, id FROM name WHERE language IN (?, '') AND kind = ? ORDER BY fold, id"
        return self._all(sql, language, kind)

    @asks
    def named(self, fold: str, language: str) -> list[Name]:
        """What a folded name stands for, exactly; empty if nothing."""
        sql = "SELECT kind, id FROM name WHERE language IN (?, '') AND fold = ? ORDER BY kind, id"
        return [Name(kind, id_) for kind, id_ in self._all(sql, language, fold)]

    @property
    def register(self) -> Register:
        """The deals of registers of arms transfers; false where the store has none."""
        return self._register

    @asks
    def _all_products(self) -> dict[str, Product]:
        if self._products is None:
            rows = self._all(
                "SELECT product_id, level, coalesce(parent, ''), label, official FROM product ORDER BY rowid"
            )
            self._products = {row[0]: Product(*row) for row in rows}
        return self._products


def store_path(home: Path) -> Path:
    """Where the store of a home folder is."""
    return home / FILE


def open_store(home: Path, *, today: date, progress: Progress | None = None, folder: Path = DATA) -> Store:
    """The store in `home`, built first if it is missing, stale (other facts, imports or schema) or damaged.

    `today` becomes the build date of a new store. Raises StoreError if it cannot be built, FactError if the
    facts in `folder` are wrong.
    """
    path = store_path(home)
    # Another process with other facts may swap its store in between our build and our look at it.
    for _ in range(3):
        parts = parts_of(home)
        try:
            store = Store(path)
            if store.is_fresh(folder, parts):
                return store
            store.close()
        except StoreError:
            pass
        build(folder, path, today, progress, parts)
    return Store(path)


def build(folder: Path, path: Path, today: date, progress: Progress | None = None, parts: Sequence[Part] = ()) -> None:
    """Build the store of the facts in `folder` and of imports at `path`, beside the old one, which it replaces.

    Raises FactError if a fact is wrong, StoreError if the store cannot be written; the old store then stays.
    """
    # Imported here: reading fact files takes much that opening a store at every start does not.
    from knowledge.build import build as build_now  # noqa: PLC0415

    build_now(folder, path, today, progress, parts)
