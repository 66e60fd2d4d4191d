"""From a document and what was read out of it to the rows of the tables. Pure."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pipeline.model import Agreement, Document, Extraction, Failure, Finding, Span
from pipeline.store.schema import Columns, Row, Table, Value, columns_of, rows_from
from pipeline.store.tables import (
    AGREEMENTS,
    CHECKS,
    DATES,
    DOCUMENTS,
    EVIDENCE,
    NUMERALS,
    OBSERVATIONS,
    REFERENCES,
    TABLES,
)

UNREVIEWED: dict[str, Value] = {"review_state": "pending", "reviewed_value": None, "corrections": None}
"""What an observation has of review when it is read."""

Rows: TypeAlias = dict[str, list[Row]]
"""The rows of one document by the name of their table."""

Material: TypeAlias = Mapping[str, Columns]
"""The same as columns: what is only passed on is handled much faster so."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What the rows were made with."""

    parser: str
    rules: str | None = None


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


class Places:
    """Where the spans of one document stand: offsets, page, and a box a line."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [page.span.start for page in document.pages]
        self._known: dict[Span, dict[str, Value]] = {}

    def page(self, offset: int) -> int | None:
        """The number of the page that holds `offset`; None for formats without pages."""
        at = bisect_right(self._starts, offset) - 1
        return self._document.pages[at].number if at >= 0 else None

    def of(self, span: Span) -> dict[str, Value]:
        """The columns of a place. Boxes are those of the page on which the span begins."""
        page = self.page(span.start)
        boxes = tuple(
            (round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2))
            for box in self._document.boxes(span)
            if box.page == page
        )
        return {"char_start": span.start, "char_end": span.end, "page": page, "boxes": boxes}

    def of_all(self, spans: Sequence[Span]) -> Columns:
        """The same of many spans. The same words are evidence of many facts, and are measured once."""
        for span in set(spans) - self._known.keys():
            self._known[span] = self.of(span)
        places = list(map(self._known.__getitem__, spans))
        return {name: [place[name] for place in places] for name in ("char_start", "char_end", "page", "boxes")}


def rows_of(document: Document, extraction: Extraction, versions: Versions) -> Rows:
    """All rows of one document, each table in its own order."""
    return rows_in(material_from(document, extraction, versions))


def material_from(document: Document, extraction: Extraction, versions: Versions) -> Material:
    """The same as columns, as which they are made."""
    doc_id = document.source.doc_id
    places = Places(document)
    observations = extraction.observations
    evidence = [(o.obs_id, evidence) for o in observations for evidence in o.evidence]
    return {
        OBSERVATIONS.name: _placed(
            OBSERVATIONS,
            observations,
            doc_id,
            places,
            {
                "value_start": [o.value_span.start for o in observations],
                "value_end": [o.value_span.end for o in observations],
                **{name: [value] * len(observations) for name, value in UNREVIEWED.items()},
            },
        ),
        EVIDENCE.name: _placed(
            EVIDENCE, [one for _, one in evidence], doc_id, places, {"obs_id": [obs_id for obs_id, _ in evidence]}
        ),
        REFERENCES.name: _placed(REFERENCES, extraction.references, doc_id, places),
        DATES.name: _placed(DATES, extraction.dates, doc_id, places),
        NUMERALS.name: _placed(
            NUMERALS, extraction.numerals, doc_id, places, {"class": [n.category for n in extraction.numerals]}
        ),
        CHECKS.name: CHECKS.arranged(columns_of(CHECKS, finding_rows(extraction.findings, doc_id))),
        AGREEMENTS.name: AGREEMENTS.arranged(columns_of(AGREEMENTS, agreement_rows(extraction.agreements, doc_id))),
        DOCUMENTS.name: columns_of(DOCUMENTS, [_document_row(document, extraction, versions)]),
    }


def material_of(rows: Rows) -> Material:
    """Rows as columns."""
    return {table.name: columns_of(table, rows[table.name]) for table in TABLES if table.name in rows}


def rows_in(material: Material) -> Rows:
    """Columns as rows."""
    return {table.name: rows_from(table, material[table.name]) for table in TABLES if table.name in material}


def rules_columns(rules_version: str | None) -> dict[str, Value]:
    """The columns of `documents` that tell under which rules a row holds."""
    return {"rules_version": rules_version, "vocabulary_version": rules_version}


def failed_row(failure: Failure, doc_id: str | None, size: int, versions: Versions) -> Row:
    """The row of `documents` for a file that could not be read; without a doc_id it is for showing only."""
    return {
        **dict.fromkeys(DOCUMENTS.names),
        "doc_id": doc_id,
        "path": failure.path,
        "paths": (failure.path,),
        "size": size,
        "chars": 0,
        "ocr_pages": 0,
        "status": "failed",
        "error": f"{failure.cause}: {failure.message}",
        "flags": (),
        "parser_version": versions.parser,
        **rules_columns(versions.rules),
    }


def finding_rows(findings: Iterable[Finding], doc_id: str) -> list[Row]:
    """Rows of `checks`; a finding that is made twice stands once."""
    rows = {}
    for finding in findings:
        check_id = _hashed(doc_id, finding.check, *finding.obs_ids, finding.message)
        rows[check_id] = CHECKS.row(finding, {"check_id": check_id, "doc_id": doc_id})
    return list(rows.values())


def agreement_rows(agreements: Iterable[Agreement], doc_id: str) -> list[Row]:
    """Rows of `agreements`; one that two rules find stands once."""
    rows = {}
    for agreement in agreements:
        agreement_id = _hashed(doc_id, agreement.check, *agreement.obs_ids, agreement.statement)
        rows[agreement_id] = AGREEMENTS.row(agreement, {"agreement_id": agreement_id, "doc_id": doc_id})
    return list(rows.values())


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def text_hash(text: str) -> str:
    """What tells one canonical text from another: SHA-256 in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _placed(
    table: Table, records: Sequence[_Placed], doc_id: str, places: Places, given: Columns | None = None
) -> Columns:
    """The rows of records that stand somewhere in a document; `given` are columns that no record has."""
    placed = places.of_all([record.span for record in records])
    return table.filled(records, {"doc_id": [doc_id] * len(records), **placed, **(given or {})})


def _document_row(document: Document, extraction: Extraction, versions: Versions) -> Row:
    source = document.source
    return DOCUMENTS.row(
        extraction.facts,
        {
            "doc_id": source.doc_id,
            "path": source.path,
            "paths": (source.path,),
            "media_type": source.media_type,
            "size": source.size,
            "title": extraction.facts.title or document.title,
            "source": extraction.facts.source_name,
            "pages": len(document.pages) or None,
            "chars": len(document.text),
            "text_hash": text_hash(document.text),
            "encoding": document.encoding,
            "ocr_pages": sum(page.ocr for page in document.pages),
            "status": "partial" if document.warnings else "ok",
            "error": "; ".join(document.warnings) or None,
            "parser_version": versions.parser,
            **rules_columns(versions.rules),
        },
    )
