"""Search over facts and full text. Accents, tone marks and case do not count: "son la" finds "Sơn La"."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from pipeline.web.folding import occurrences, words_of
from pipeline.web.queries.facts import all_words

FACTS_SHOWN = 20
PASSAGES_SHOWN = 20
_ENOUGH = 1_000
"""Hits beyond which counting and sorting end: nobody reads further, and a frequent word must not cost a second."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document, cut into pieces that are, or are not, what was looked for."""

    document: sqlite3.Row
    offset: int
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Hits:
    """The number of hits (at most _ENOUGH) and those that are shown."""

    number: int
    rows: list[sqlite3.Row]

    @property
    def many(self) -> bool:
        return self.number >= _ENOUGH


def search_facts(db: sqlite3.Connection, query: str) -> Hits:
    """Facts with all words of `query`; first those with the words side by side."""
    ids = _matches(db, "fact_words", query)
    found = [
        row
        for number in ids[:FACTS_SHOWN]
        if (row := db.execute(
            "SELECT observations.*, documents.title AS document_title, documents.path FROM observations"
            " JOIN documents USING (doc_id) WHERE observations.rowid = ?", (number,)
        ).fetchone())
    ]  # fmt: skip
    return Hits(len(ids), found)


def search_texts(db: sqlite3.Connection, query: str) -> tuple[int, list[Passage]]:
    """Passages with all words of `query`; first those with the words side by side."""
    ids = _matches(db, "passage_words", query)
    words = words_of(query)
    found = []
    for number in ids[:PASSAGES_SHOWN]:
        row = db.execute("SELECT * FROM passages WHERE id = ?", (number,)).fetchone()
        document = db.execute("SELECT * FROM documents WHERE doc_id = ?", (row["doc_id"],)).fetchone()
        places = occurrences(row["text"], words)
        offset = row["char_start"] + (places[0][0] if places else 0)
        found.append(Passage(document, offset, _cut(row["text"], places)))
    return len(ids), found


def search_documents(db: sqlite3.Connection, query: str) -> list[sqlite3.Row]:
    """Documents whose own number is what was asked for ("203/bc-ubnd")."""
    wanted = "".join(query.split())
    return db.execute(
        "SELECT * FROM documents WHERE number IS NOT NULL AND folded(number) = folded(?) ORDER BY day DESC LIMIT 10",
        (wanted,),
    ).fetchall()


def _matches(db: sqlite3.Connection, table: str, query: str) -> list[int]:
    words = words_of(query)
    if not words:
        return []
    together = '"' + " ".join(words) + '"*'
    ids: dict[int, None] = {}
    for match in dict.fromkeys((together, all_words(words))):
        rows = db.execute(
            f"SELECT rowid FROM (SELECT rowid, rank FROM {table} WHERE {table} MATCH ? LIMIT {_ENOUGH}) ORDER BY rank",
            (match,),
        )
        ids.update(dict.fromkeys(row[0] for row in rows))
    return list(ids)[:_ENOUGH]


def _cut(text: str, places: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in places:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]
