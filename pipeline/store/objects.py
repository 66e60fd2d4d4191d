"""A document and its facts as one JSON object: what `solieu extract` prints and `evaluate` reads."""

from __future__ import annotations

from pipeline.process import Result
from pipeline.store.plain import Json, json_row
from pipeline.store.rows import Rows, Versions, failed_row, rows_of
from pipeline.store.tables import CHECKS, DATES, DOCUMENTS, EVIDENCE, NUMERALS, OBSERVATIONS, REFERENCES

FACT_TABLES = (OBSERVATIONS, EVIDENCE, REFERENCES, DATES, NUMERALS, CHECKS)


def object_of(result: Result, versions: Versions) -> dict[str, Json]:
    """`document` (its row and its text) and one list for each table of facts.

    A document that failed has its status and error there, an empty text and empty lists.
    """
    rows: Rows = {table.name: [] for table in FACT_TABLES}
    text = ""
    if result.document is not None and result.extraction is not None:
        rows = rows_of(result.document, result.extraction, versions)
        document = rows[DOCUMENTS.name][0]
        text = result.document.text
    elif result.failure is not None:
        document = failed_row(result.failure, result.doc_id, result.size, versions)
    else:
        raise ValueError("a result holds a document with its extraction, or a failure")
    made: dict[str, Json] = {"document": {**json_row(DOCUMENTS, document), "text": text}}
    for table in FACT_TABLES:
        made[table.name] = [json_row(table, row) for row in rows[table.name]]
    return made
