"""From a document and its facts to rows: places, order, and what a table refuses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from store_samples import TEXT, document, extraction, span_of

from pipeline.model import Cause, Failure
from pipeline.store.rows import Versions, failed_row, rows_of
from pipeline.store.schema import Column, Kind, Table
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS, TABLES

VERSIONS = Versions("0.1+code", "rules-1")


def test_every_row_is_grounded_and_has_its_tables_columns() -> None:
    rows = rows_of(document(), extraction(), VERSIONS)
    assert {name: len(some) for name, some in rows.items()} == {
        "observations": 2,
        "evidence": 2,
        "references": 1,
        "dates": 1,
        "numerals": 3,
        "checks": 1,
        "agreements": 1,
        "documents": 1,
    }
    by_name = {table.name: table for table in TABLES}
    for name, some in rows.items():
        for row in some:
            assert tuple(row) == by_name[name].names
            if "quote" in row:
                assert TEXT[row["char_start"] : row["char_end"]] == row["quote"]  # type: ignore[misc]


def test_rows_stand_in_the_order_of_the_text_whatever_order_they_were_found_in() -> None:
    found = extraction()
    turned = replace(found, observations=found.observations[::-1], numerals=found.numerals[::-1])
    rows = rows_of(document(), found, VERSIONS)
    assert rows == rows_of(document(), turned, VERSIONS)
    assert [row["quote"] for row in rows["observations"]] == ["84,84%", "20/63"]
    assert [row["quote"] for row in rows["numerals"]] == ["203", "84,84", "63"]


def test_a_place_has_its_page_and_a_box_in_points() -> None:
    [row] = rows_of(document(), extraction(), VERSIONS)["dates"]
    line_start = TEXT.index("\n") + 1
    left = 10.0 * (span_of("2020").start - line_start)
    assert (row["page"], row["boxes"]) == (1, ((left, 12.0, left + 40.0, 24.0),))


def test_a_format_without_pages_has_neither() -> None:
    rows = rows_of(document(paged=False), extraction(), VERSIONS)
    assert {(row["page"], row["boxes"]) for row in rows["numerals"]} == {(None, ())}
    assert rows["documents"][0]["pages"] is None


def test_the_row_of_a_document() -> None:
    [row] = rows_of(document(), extraction(), VERSIONS)["documents"]
    assert row["path"] == "a/report.txt"
    assert row["number"] == "203/BC-UBND"
    assert (row["pages"], row["chars"], row["status"], row["error"]) == (1, len(TEXT), "ok", None)
    assert (row["parser_version"], row["rules_version"]) == ("0.1+code", "rules-1")


def test_a_document_with_warnings_is_partial() -> None:
    partly = replace(document(), warnings=("pages after the 3,000th were left out",))
    [row] = rows_of(partly, extraction(), VERSIONS)["documents"]
    assert (row["status"], row["error"]) == ("partial", "pages after the 3,000th were left out")


def test_the_row_of_a_failed_document_tells_the_cause() -> None:
    failure = Failure("b.pdf", "00", Cause.ENCRYPTED, "it has a password", "Save it without one.")
    row = failed_row(failure, "00", 17, VERSIONS)
    assert tuple(row) == DOCUMENTS.names
    assert (row["status"], row["error"], row["size"]) == ("failed", "encrypted: it has a password", 17)


def test_a_table_refuses_what_it_does_not_declare() -> None:
    table = Table(
        "t", "", "", "", (Column("a", Kind.TEXT, "", "", ""), Column("b", Kind.TEXT, "", "", "", True)), ("a",)
    )
    with pytest.raises(KeyError, match="t has no column c"):
        table.row(None, {"a": "x", "b": None, "c": "y"})
    with pytest.raises(ValueError, match=r"t\.a must not be empty"):
        table.row(None, {"a": None, "b": None})
    with pytest.raises(AttributeError):
        table.row(None, {"a": "x"})
    assert table.sorted([{"a": "y", "b": None}, {"a": "x", "b": None}])[0]["a"] == "x"


def test_every_table_sorts_by_columns_that_it_has() -> None:
    for table in TABLES:
        assert set(table.order) <= set(table.names), table.name
        assert len(set(table.names)) == len(table.names), table.name
        assert not {"path", "paths"} & set(table.order), f"{table.name} would depend on where files lie"


def test_values_keep_all_their_digits() -> None:
    rows = rows_of(document(), extraction(), VERSIONS)["observations"]
    assert rows[0]["value"] == Decimal("84.84")
    assert OBSERVATIONS.column("value").kind is Kind.DECIMAL
