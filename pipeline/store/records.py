"""Rows turned back into the records that they were made of, as far as a table keeps them."""

from __future__ import annotations

from typing import Any

from pipeline.model import DocumentFacts, Evidence, Observation, Reference, Span
from pipeline.store.schema import Row

_SAME = (
    "obs_id", "indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject",
    "ref_area", "area_regime", "level", "time_period", "period_start", "period_end", "base_period", "obs_status",
    "quote", "table", "rule_id", "confidence", "reasons", "flags",
)  # fmt: skip


_OF_REFERENCE = (
    "number", "number_text", "doc_type", "role", "quote", "rule_id", "issuer", "ref_area", "issued_on", "title",
    "confidence",
)  # fmt: skip
_OF_DOCUMENT = (
    "title", "doc_type", "number", "issuer", "ref_area", "area_regime", "issued_on", "published_at", "source",
    "language", "period", "flags",
)  # fmt: skip


def observation_of(row: Row) -> Observation:
    """The observation of a row of `observations`, without its evidence, which is a table of its own."""
    cells: dict[str, Any] = {name: row[name] for name in _SAME}
    return Observation(span=_span(row, "char"), value_span=_span(row, "value"), **cells)


def evidence_of(row: Row) -> Evidence:
    """The record of a row of `evidence`."""
    return Evidence(str(row["role"]), _span(row, "char"), str(row["quote"]))


def reference_of(row: Row) -> Reference:
    """The record of a row of `references`."""
    cells: dict[str, Any] = {name: row[name] for name in _OF_REFERENCE}
    return Reference(span=_span(row, "char"), **cells)


def facts_of(row: Row) -> DocumentFacts:
    """What a document says about itself, from its row of `documents`."""
    cells: dict[str, Any] = {name: row[name] for name in _OF_DOCUMENT}
    return DocumentFacts(source_name=cells.pop("source"), **cells)


def _span(row: Row, name: str) -> Span:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return Span(start, end)
