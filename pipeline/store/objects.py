"""A document and its facts as one JSON object: what `solieu extract` prints and `evaluate` reads."""

from __future__ import annotations

from pipeline.model import Failure
from pipeline.process import Result, failure_of
from pipeline.store.plain import Json, json_row
from pipeline.store.rows import Rows, Versions, failed_row, rows_of
from pipeline.store.tables import AGREEMENTS, CHECKS, DATES, DOCUMENTS, EVIDENCE, NUMERALS, OBSERVATIONS, REFERENCES

FACT_TABLES = (OBSERVATIONS, EVIDENCE, REFERENCES, DATES, NUMERALS, CHECKS, AGREEMENTS)


def object_of(result: Result, versions: Versions) -> tuple[dict[str, Json], Failure | None]:
    """`document` (its row and its text) and one list for each table of facts; and the failure, if it is one.

    A document that failed has its status and error there, an empty text and empty lists. One whose
    facts the tables do not admit fails too.
    """
    failure = result.failure
    if result.document is not None and result.extraction is not None:
        try:
            rows = rows_of(result.document, result.extraction, versions)
        except ValueError as problem:
            failure = failure_of(problem, result.path, result.doc_id)
        else:
            return _object(rows, result.document.text), None
    if failure is None:
        raise ValueError("a result holds a document with its extraction, or a failure")
    row = failed_row(failure, result.doc_id, result.size, versions)
    return _object({DOCUMENTS.name: [row]}, ""), failure


def _object(rows: Rows, text: str) -> dict[str, Json]:
    [document] = rows[DOCUMENTS.name]
    made: dict[str, Json] = {"document": {**json_row(DOCUMENTS, document), "text": text}}
    for table in FACT_TABLES:
        made[table.name] = [json_row(table, row) for row in rows.get(table.name, [])]
    return made
