"""The JSON API: the tables of the dataset for reading, filtered and in pages; columns as in the data dictionary."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import BaseModel, Field

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
from pipeline.web.folding import words_of
from pipeline.web.queries.conditions import Conditions, paged
from pipeline.web.queries.facts import all_words
from pipeline.web.view import View, Viewing

DESCRIPTION = (
    "Figures of government reports, read-only. Every answer carries an ETag; with If-None-Match an unchanged one costs"
    " nothing. The meaning of each column stands in docs/data-dictionary.md and in datapackage.json."
)


class Missing(BaseModel):
    """What was asked for is not there."""

    detail: str


router = APIRouter(
    prefix="/api",
    tags=["data"],
    responses={404: {"description": "There is no such row", "model": Missing}},
)

_MOST = 1_000
Number = Annotated[int, Query(ge=1, le=10_000_000, description="Page, from 1")]
Size = Annotated[int, Query(ge=1, le=_MOST, description="Rows of a page")]
Text = Annotated[str | None, Query(max_length=200)]
Area = Annotated[str | None, Query(pattern=r"^(63|34)-\d{2}$", description="List and code of a province: 63-14")]
Year = Annotated[int | None, Query(ge=1900, le=2200, description="The period lies in, or touches, this year")]
DocId = Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")]


class Rows(BaseModel):
    """A page of rows. `next` is the number of the next page, or null."""

    total: int = Field(description="How many rows the filters leave")
    page: int
    size: int
    next: int | None
    rows: list[dict[str, Any]]


@router.get("/observations", summary="Numbers that documents state about the world")
def observations(
    view: Viewing, q: Text = None, indicator: Text = None, index: Text = None, area: Area = None, year: Year = None,
    status: Text = None, doc_id: DocId = None, min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    page: Number = 1, size: Size = 100,
) -> Rows:  # fmt: skip
    conditions = _measured(indicator, index, area, year, status)
    conditions.equal("doc_id", doc_id)
    if min_confidence is not None:
        conditions.add("confidence >= ?", min_confidence)
    if words := words_of(q or ""):
        conditions.add("rowid IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)", all_words(words))
    return _rows(view, OBSERVATIONS, conditions, page, size)


@router.get("/observations/{obs_id}", summary="One observation with the words that it rests on")
def observation(view: Viewing, obs_id: Annotated[str, Path(max_length=200)]) -> dict[str, Any]:
    found = _one(view, OBSERVATIONS, "obs_id", obs_id)
    words = view.db.execute("SELECT * FROM evidence WHERE obs_id = ? ORDER BY char_start", (obs_id,)).fetchall()
    return {**found, "evidence": [_plain(EVIDENCE, row) for row in words]}


@router.get("/series", summary="The accepted value of each measure, subject and period, with its sources")
def series(
    view: Viewing, indicator: Text = None, index: Text = None, area: Area = None, year: Year = None,
    status: Text = None, agreement: Text = None, page: Number = 1, size: Size = 100,
) -> Rows:  # fmt: skip
    conditions = _measured(indicator, index, area, year, status)
    conditions.equal("agreement", agreement)
    return _rows(view, SERIES, conditions, page, size)


@router.get("/series/{point_id}", summary="One point of a series")
def point(view: Viewing, point_id: Annotated[str, Path(max_length=200)]) -> dict[str, Any]:
    return _one(view, SERIES, "point_id", point_id)


@router.get("/documents", summary="Documents")
def documents(
    view: Viewing, area: Area = None, doc_type: Text = None, number: Text = None, status: Text = None,
    page: Number = 1, size: Size = 100,
) -> Rows:  # fmt: skip
    conditions = Conditions()
    for name, value in (("area", area), ("doc_type", doc_type), ("number", number), ("status", status)):
        conditions.equal(name, value)
    return _rows(view, DOCUMENTS, conditions, page, size)


@router.get("/documents/{doc_id}", summary="One document")
def document(view: Viewing, doc_id: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> dict[str, Any]:
    return _one(view, DOCUMENTS, "doc_id", doc_id)


@router.get("/references", summary="Documents that are named by their number")
def references(
    view: Viewing, doc_id: DocId = None, number: Text = None, role: Text = None, page: Number = 1, size: Size = 100
) -> Rows:
    return _rows(view, REFERENCES, _equal(doc_id=doc_id, number=number, role=role), page, size)


@router.get("/checks", summary="Figures that contradict each other")
def checks(
    view: Viewing, doc_id: DocId = None, check: Text = None, severity: Text = None, page: Number = 1, size: Size = 100
) -> Rows:
    return _rows(view, CHECKS, _equal(doc_id=doc_id, check=check, severity=severity), page, size)


@router.get("/agreements", summary="Figures that bear each other out")
def agreements(view: Viewing, doc_id: DocId = None, check: Text = None, page: Number = 1, size: Size = 100) -> Rows:
    return _rows(view, AGREEMENTS, _equal(doc_id=doc_id, check=check), page, size)


@router.get("/dates", summary="Calendar expressions")
def dates(view: Viewing, doc_id: DocId = None, role: Text = None, page: Number = 1, size: Size = 100) -> Rows:
    return _rows(view, DATES, _equal(doc_id=doc_id, role=role), page, size)


@router.get("/numerals", summary="The account of every digit group")
def numerals(
    view: Viewing, doc_id: DocId = None, kind: Annotated[str | None, Query(alias="class", max_length=60)] = None,
    page: Number = 1, size: Size = 100,
) -> Rows:  # fmt: skip
    return _rows(view, NUMERALS, _equal(doc_id=doc_id, **{"class": kind}), page, size)


@router.get("/codes/{name}", summary="The names of codes: indicators, indices, provinces")
def codes(
    view: Viewing, name: Annotated[str, Path(pattern="^(indicators|indices|provinces)$")]
) -> list[dict[str, Any]]:
    return [dict(row) for row in view.db.execute(f"SELECT * FROM {name}")]


def _measured(
    indicator: str | None, index: str | None, area: str | None, year: int | None, status: str | None
) -> Conditions:
    conditions = _equal(indicator=indicator, index=index, area=area, obs_status=status)
    if year is not None:
        conditions.add("period_start <= ? AND period_end >= ?", f"{year}-12-31", f"{year}-01-01")
    return conditions


def _equal(**columns: str | None) -> Conditions:
    conditions = Conditions()
    for name, value in columns.items():
        conditions.equal(f'"{name}"', value)
    return conditions


def _rows(view: View, table: Table, conditions: Conditions, number: int, size: int) -> Rows:
    found = paged(view.db, "*", f'"{table.name}"', conditions, "rowid", number, size)
    rows = [_plain(table, row) for row in found.rows] if number == found.number else []
    return Rows(total=found.total, page=number, size=size, next=number + 1 if number < found.last else None, rows=rows)


def _one(view: View, table: Table, key: str, value: str) -> dict[str, Any]:
    row = view.db.execute(f'SELECT * FROM "{table.name}" WHERE {key} = ?', (value,)).fetchone()
    if row is None:
        raise HTTPException(404, f"there is no such row in {table.name}")
    return _plain(table, row)


def _plain(table: Table, row: sqlite3.Row) -> dict[str, Any]:
    """A row as the data dictionary has it: decimals as numbers, whole where they are whole; lists as lists."""
    return {
        column.name: None if row[column.name] is None else _TO_JSON.get(column.kind, _same)(row[column.name])
        for column in table.columns
    }


def _same(value: Any) -> Any:
    return value


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


_TO_JSON: dict[Kind, Callable[[Any], Any]] = {
    Kind.DECIMAL: _number, Kind.TEXTS: json.loads, Kind.BOXES: json.loads,
}  # fmt: skip
