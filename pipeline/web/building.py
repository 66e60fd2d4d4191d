"""Making the database out of a dataset. Runs in a process of its own, so that its memory is given back.

python -m pipeline.web.building DATASET DATABASE
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.store.schema import Table
from pipeline.web.database import CODE_TABLES, INDEXES, TABLES, columns, create, quoted
from pipeline.web.folding import fold
from pipeline.web.queue_tables import make_queue, make_rules
from pipeline.web.texts import Texts

_ROWS_AT_ONCE = 5_000
_PASSAGE = 500
"""Characters that a search result's passage has at most, where the text has line ends."""


def build(dataset: Path, database: Path) -> None:
    """Write the database of `dataset` to `database`, whole or not at all. A table that is absent is empty."""
    part = database.with_name(f".{database.name}.{os.getpid()}.part")
    db = sqlite3.connect(part)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        create(db)
        for name in CODE_TABLES:
            _load_codes(db, name, dataset / f"{name}.csv")
        names = _Names.of(db)
        for table in TABLES:
            _load(db, table, dataset / f"{table.name}.parquet")
        db.executescript(INDEXES)
        _link(db)
        make_queue(db)
        make_rules(db)
        _index_facts(db, names)
        _index_texts(db, Texts(dataset))
        _count(db)
        db.executescript(
            "INSERT INTO passage_words(passage_words) VALUES('optimize'); INSERT INTO fact_words(fact_words)"
            " VALUES('optimize'); ANALYZE;"
        )
        db.commit()
        db.close()
        part.replace(database)
    finally:
        db.close()
        part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Names:
    """What is needed to word a fact for the search."""

    indicators: dict[str, str]
    indices: dict[str, str]
    provinces: dict[str, str]
    """By list and code: "63-14" → "Sơn La"."""

    @classmethod
    def of(cls, db: sqlite3.Connection) -> _Names:
        provinces: dict[str, str] = {}
        for regime, code, name in db.execute("SELECT area_regime, code, name FROM provinces"):
            area = f"{regime}-{code}"
            provinces[area] = f"{provinces[area]} {name}" if area in provinces else name
        indicators = {code: f"{vi} {en}" for code, vi, en in db.execute("SELECT code, vi, en FROM indicators")}
        indices = {
            code: f"{code.replace('_', ' ')} {vi or ''} {en or ''}"
            for code, vi, en in db.execute("SELECT code, vi, en FROM indices")
        }
        return cls(indicators, indices, provinces)


def _load_codes(db: sqlite3.Connection, name: str, path: Path) -> None:
    if not path.exists():
        return
    known = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [[row.get(column) or None for column in known] for row in csv.DictReader(stream)]
    db.executemany(f"INSERT OR REPLACE INTO {name} VALUES ({', '.join('?' * len(known))})", rows)


def _load(db: sqlite3.Connection, table: Table, path: Path) -> None:
    if not path.exists():
        return
    marks = ", ".join("?" * len(columns(table)))
    extra = _EXTRA.get(table.name)
    place = {name: at for at, name in enumerate(table.names)}
    for rows in _batches(path, table):
        if extra:
            rows = [[*row, *extra(row, place)] for row in rows]
        db.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", rows)


def _batches(path: Path, table: Table) -> Iterator[list[Any]]:
    """The rows of a Parquet file, in the order of the table's columns; a column that the file lacks is empty."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        there = set(file.schema_arrow.names)
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            cells = [
                [_cell(value) for value in batch.column(name).to_pylist()] if name in there else [None] * batch.num_rows
                for name in table.names
            ]
            yield list(zip(*cells, strict=True))


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value


def _area(row: list[Any], place: dict[str, int]) -> str | None:
    regime, code = row[place["area_regime"]], row[place["ref_area"]]
    return f"{regime}-{code}" if regime and code else None


def _of_document(row: list[Any], place: dict[str, int]) -> list[Any]:
    published = row[place["published_at"]]
    return [_area(row, place), row[place["issued_on"]] or (published[:10] if published else None), 0, 0, 0]


def _of_observation(row: list[Any], place: dict[str, int]) -> list[Any]:
    return [row[place["indicator"]].partition(".")[0], _area(row, place)]


def _of_series(row: list[Any], place: dict[str, int]) -> list[Any]:
    area = _area(row, place)
    whole = area is not None and row[place["subject_id"]] == "_T"
    return [row[place["indicator"]].partition(".")[0], area, int(whole)]


_EXTRA = {"documents": _of_document, "observations": _of_observation, "series": _of_series}


def _link(db: sqlite3.Connection) -> None:
    """Which findings, which agreements and which points of series an observation takes part in."""
    for target, key, source in (
        ("check_observations", "check_id", "checks"),
        ("agreement_observations", "agreement_id", "agreements"),
        ("point_observations", "point_id", "series"),
    ):
        db.execute(f"INSERT INTO {target} SELECT {key}, each.value FROM {source}, json_each({source}.obs_ids) AS each")


def _index_facts(db: sqlite3.Connection, names: _Names) -> None:
    rows = db.execute('SELECT rowid, indicator, "index", subject, area, time_period, quote FROM observations')

    def body(row: Any) -> str:
        _, indicator, index, subject, area, period, quote = row
        parts = (
            names.indicators.get(indicator, indicator), names.indices.get(index, index), subject,
            names.provinces.get(area), period, quote,
        )  # fmt: skip
        return fold(" · ".join(part for part in parts if part))

    db.executemany("INSERT INTO fact_words (rowid, body) VALUES (?, ?)", [(row[0], body(row)) for row in rows])


def _index_texts(db: sqlite3.Connection, texts: Texts) -> None:
    for (doc_id,) in db.execute("SELECT doc_id FROM documents WHERE status != 'failed'").fetchall():
        document = texts.kept(doc_id)
        if document is None:
            continue
        for start, passage in passages(document.text):
            cursor = db.execute(
                "INSERT INTO passages (doc_id, char_start, text) VALUES (?, ?, ?)", (doc_id, start, passage)
            )
            db.execute("INSERT INTO passage_words (rowid, body) VALUES (?, ?)", (cursor.lastrowid, fold(passage)))


def passages(text: str) -> Iterator[tuple[int, str]]:
    """`text` in pieces for the search, each with its offset: whole lines, short ones together."""
    start = end = 0
    for line in text.splitlines(keepends=True):
        if end > start and end + len(line) - start > _PASSAGE:
            yield start, text[start:end]
            start = end
        end += len(line)
    if text[start:end].strip():
        yield start, text[start:end]


def _count(db: sqlite3.Connection) -> None:
    """What each document gave."""
    for column, source in (
        ("facts", "observations"), ("findings", "checks"), ("unexplained", "numerals WHERE class = 'unexplained'"),
    ):  # fmt: skip
        db.execute(
            f"UPDATE documents SET {column} = counted.number FROM"
            f" (SELECT doc_id, count(*) AS number FROM {source} GROUP BY doc_id) AS counted"
            " WHERE documents.doc_id = counted.doc_id"
        )


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
