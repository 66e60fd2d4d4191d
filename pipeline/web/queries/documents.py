"""Documents, what each says, and which name which."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.web.folding import words_of
from pipeline.web.queries.conditions import Conditions, Page, paged

PER_PAGE = 50


def documents(
    db: sqlite3.Connection, words: str, area: str, doc_type: str, year: str, status: str, number: int, size: int
) -> Page[sqlite3.Row]:
    """Documents, the newest first. `words` are looked for in title, number and issuer."""
    conditions = Conditions()
    conditions.equal("area", area)
    conditions.equal("doc_type", doc_type)
    conditions.equal("status", status)
    if year:
        conditions.add("day BETWEEN ? AND ?", f"{year}-01-01", f"{year}-12-31")
    if words:
        for word in words_of(words):
            conditions.add("folded(coalesce(title, '') || ' ' || coalesce(number, '') || ' ' || coalesce(issuer, ''))"
                           " LIKE ?", f"%{word}%")  # fmt: skip
    order = "day IS NULL, day DESC, path"
    return paged(db, "*", "documents", conditions, order, number, size)


def document(db: sqlite3.Connection, doc_id: str) -> sqlite3.Row | None:
    """One document's row."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
    return row


def rows_of(db: sqlite3.Connection, table: str, doc_id: str) -> list[sqlite3.Row]:
    """A document's rows of `observations`, `references`, `dates` or `numerals`, in the order of the text."""
    return db.execute(f'SELECT * FROM "{table}" WHERE doc_id = ? ORDER BY char_start, char_end', (doc_id,)).fetchall()


def findings_of(db: sqlite3.Connection, doc_id: str) -> list[sqlite3.Row]:
    """A document's findings, the gravest first."""
    return db.execute(
        "SELECT * FROM checks WHERE doc_id = ? ORDER BY instr('error warning info', severity), message",
        (doc_id,),
    ).fetchall()


def targets(db: sqlite3.Connection, references: list[sqlite3.Row], doc_id: str) -> dict[str, str]:
    """Which documents of the archive the numbers of `references` name: number → doc_id.

    The same number is given by every authority, every year: only a document that the reference's
    other data point to is taken, and only if it is the only one.
    """
    found: dict[str, str] = {}
    for reference in references:
        rows = db.execute(
            "SELECT * FROM documents WHERE number = ? AND doc_id != ?", (reference["number"], doc_id)
        ).fetchall()
        fitting = [row["doc_id"] for row in rows if _fits(reference, row)]
        if len(fitting) == 1 and reference["role"] != "self":
            found[reference["number"]] = fitting[0]
    return found


def naming(db: sqlite3.Connection, document: sqlite3.Row) -> list[sqlite3.Row]:
    """The documents of the archive that name this one."""
    if not document["number"]:
        return []
    rows = db.execute(
        'SELECT * FROM "references" WHERE number = ? AND doc_id != ? AND role != ?',
        (document["number"], document["doc_id"], "self"),
    ).fetchall()
    ids = sorted({row["doc_id"] for row in rows if _fits(row, document)})
    return [
        row for doc_id in ids if (row := db.execute("SELECT * FROM documents WHERE doc_id = ?", (doc_id,)).fetchone())
    ]


def _fits(reference: sqlite3.Row, document: sqlite3.Row) -> bool:
    """Whether a reference with a document's number means it: nothing contradicts, and something besides agrees."""
    pairs = [(reference[name], document[name]) for name in ("issued_on", "ref_area", "issuer")]
    both = [(one, other) for one, other in pairs if one and other]
    day = pairs[0]
    if day in both:
        return bool(day[0] == day[1])
    return bool(both) and all(one == other for one, other in both)


def findings_by_observation(db: sqlite3.Connection, obs_ids: list[str]) -> dict[str, list[sqlite3.Row]]:
    """The findings that each of these observations takes part in."""
    return _taking_part(db, obs_ids, "checks", "check_observations", "check_id")


def agreements_by_observation(db: sqlite3.Connection, obs_ids: list[str]) -> dict[str, list[sqlite3.Row]]:
    """The identities, found to hold, that each of these observations takes part in."""
    return _taking_part(db, obs_ids, "agreements", "agreement_observations", "agreement_id")


def of_these(found: Mapping[str, list[sqlite3.Row]], obs_ids: Iterable[str]) -> list[sqlite3.Row]:
    """Of the findings or agreements of many observations those of these, each once."""
    rows = (row for obs_id in obs_ids for row in found.get(obs_id, ()))
    return list({tuple(row)[1:]: row for row in rows}.values())


def _taking_part(
    db: sqlite3.Connection, obs_ids: list[str], table: str, of_observations: str, key: str
) -> dict[str, list[sqlite3.Row]]:
    found: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for start in range(0, len(obs_ids), 500):
        some = obs_ids[start : start + 500]
        marks = ", ".join("?" * len(some))
        for row in db.execute(
            f"SELECT part.obs_id AS of, {table}.* FROM {of_observations} AS part JOIN {table} USING ({key})"
            f" WHERE part.obs_id IN ({marks})",
            some,
        ):
            found[row["of"]].append(row)
    return dict(found)
