"""The database that the pages are read from: the dataset's tables in SQLite, indexed for reading and search.

It is made out of the dataset alone and can be thrown away; nothing but the dataset is the truth. Columns
follow the declarations in `pipeline.store.tables`, so that a new column needs no work here.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipeline.store.schema import Kind, Table
from pipeline.store.tables import (
    AGREEMENTS,
    CHECKS,
    DATES,
    DOCUMENTS,
    EVIDENCE,
    NUMERALS,
    OBSERVATIONS,
    REFERENCES,
    SERIES,
)
from pipeline.web.folding import fold

TABLES: tuple[Table, ...] = (DOCUMENTS, OBSERVATIONS, EVIDENCE, REFERENCES, DATES, NUMERALS, CHECKS, AGREEMENTS, SERIES)
CODE_TABLES = ("indicators", "indices", "provinces")
"""Written as CSV only; read as they are."""

EXTRA: dict[str, tuple[str, ...]] = {
    "documents": ("area TEXT", "day TEXT", "facts INTEGER", "findings INTEGER", "unexplained INTEGER"),
    "observations": ("family TEXT", "area TEXT"),
    "series": ("family TEXT", "area TEXT", "whole INTEGER"),
}
"""Columns that are worked out while the database is made.

area: list and code of the province in one ("63-14"); family: what stands before the point of an indicator;
whole: the subject is the province itself, not an agency or district of it; day: of issue, else of publication.
"""

_TYPES = {Kind.INTEGER: "INTEGER", Kind.DECIMAL: "REAL", Kind.FLOAT: "REAL"}

_OTHER = """
CREATE TABLE check_observations (check_id TEXT, obs_id TEXT);
CREATE TABLE agreement_observations (agreement_id TEXT, obs_id TEXT);
CREATE TABLE point_observations (point_id TEXT, obs_id TEXT);
CREATE TABLE queue (
    place INTEGER PRIMARY KEY, fact INTEGER, obs_id TEXT, risk REAL, parts TEXT, revision TEXT, stood TEXT
);
CREATE TABLE rules (rule_id TEXT PRIMARY KEY, file TEXT, line INTEGER, gives TEXT, words TEXT) WITHOUT ROWID;
CREATE TABLE passages (id INTEGER PRIMARY KEY, doc_id TEXT, char_start INTEGER, text TEXT);
CREATE VIRTUAL TABLE passage_words USING fts5(body, content='', detail='full');
CREATE VIRTUAL TABLE fact_words USING fts5(body, content='', detail='full');
"""

INDEXES = """
CREATE UNIQUE INDEX documents_id ON documents (doc_id);
CREATE INDEX documents_day ON documents (day);
CREATE INDEX documents_number ON documents (number);
CREATE UNIQUE INDEX observations_id ON observations (obs_id);
CREATE INDEX observations_document ON observations (doc_id, char_start);
CREATE INDEX observations_measure ON observations (family, indicator, "index");
CREATE INDEX observations_area ON observations (area, family);
CREATE INDEX observations_rule ON observations (rule_id);
CREATE INDEX observations_subject ON observations (subject);
CREATE INDEX observations_period ON observations (time_period);
CREATE INDEX evidence_observation ON evidence (obs_id);
CREATE INDEX references_document ON "references" (doc_id);
CREATE INDEX references_number ON "references" (number);
CREATE INDEX dates_document ON dates (doc_id);
CREATE INDEX numerals_class ON numerals (class);
CREATE INDEX numerals_document ON numerals (doc_id, char_start);
CREATE INDEX checks_document ON checks (doc_id);
CREATE INDEX check_observations_id ON check_observations (obs_id);
CREATE INDEX agreement_observations_id ON agreement_observations (obs_id);
CREATE UNIQUE INDEX checks_id ON checks (check_id);
CREATE UNIQUE INDEX agreements_id ON agreements (agreement_id);
CREATE INDEX point_observations_id ON point_observations (obs_id);
CREATE UNIQUE INDEX series_point ON series (point_id);
CREATE INDEX series_measure ON series (family, "index", indicator, whole, period_end);
CREATE INDEX series_area ON series (area, family, whole);
CREATE INDEX passages_document ON passages (doc_id);
CREATE UNIQUE INDEX queue_fact ON queue (fact);
CREATE INDEX queue_id ON queue (obs_id, revision, stood);
"""


def quoted(name: str) -> str:
    """A name of a table or column as SQL takes it, whatever word it is (index, table, references …)."""
    return '"' + name.replace('"', '""') + '"'


def columns(table: Table) -> list[str]:
    """The names of a table's columns in the database, in their order, those of EXTRA last."""
    return [*table.names, *(extra.split()[0] for extra in EXTRA.get(table.name, ()))]


def create(db: sqlite3.Connection) -> None:
    """All tables, empty."""
    for table in TABLES:
        parts = [f"{quoted(column.name)} {_TYPES.get(column.kind, 'TEXT')}" for column in table.columns]
        parts += EXTRA.get(table.name, ())
        db.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(parts)})")
    db.execute("CREATE TABLE indicators (code TEXT PRIMARY KEY, vi TEXT, en TEXT, unit TEXT)")
    db.execute("CREATE TABLE indices (code TEXT PRIMARY KEY, vi TEXT, en TEXT, unit TEXT, part_of TEXT, maximum TEXT)")
    db.execute(
        "CREATE TABLE provinces (area_regime TEXT, code TEXT, name TEXT, kind TEXT, valid_from TEXT, valid_to TEXT,"
        " successor TEXT)"
    )
    db.executescript(_OTHER)


def connect(path: Path) -> sqlite3.Connection:
    """The finished database, for reading only. Cheap: a request opens its own."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA cache_size = -4000")
    db.create_function("folded", 1, fold, deterministic=True)
    db.execute("PRAGMA mmap_size = 268435456")
    return db
