"""The dataset on the disk: exact, the same bytes for the same rows, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import document, extraction

from pipeline.model import Cause, Failure
from pipeline.store import dataset, parquet
from pipeline.store.cells import defused
from pipeline.store.delimited import decimal_text
from pipeline.store.dictionary import dictionary_markdown
from pipeline.store.errors import write_errors
from pipeline.store.files import clear_partial, partial, replacing
from pipeline.store.parquet import arrow_schema
from pipeline.store.plain import json_row, keep, restore
from pipeline.store.rows import Rows, Versions, rows_of
from pipeline.store.schema import columns_of, rows_from, storable
from pipeline.store.tables import DOCUMENTS, NUMERALS, OBSERVATIONS, TABLES

ROOT = Path(__file__).parents[2]


def rows() -> Rows:
    return rows_of(document(), extraction(), Versions("0.1", "rules-1"))


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_parquet_and_csv_hold_the_same_rows_exactly(tmp_path: Path) -> None:
    dataset.publish(tmp_path, [rows()])
    [score, rank] = pq.read_table(tmp_path / "observations.parquet").to_pylist()
    assert (score["value"], rank["value"], rank["out_of"]) == (Decimal("84.84"), 20, 63)
    assert (score["period_start"], score["flags"]) == (date(2020, 1, 1), ["inherited_period"])
    assert score["boxes"] == [list(rows()["observations"][0]["boxes"][0])]  # type: ignore[arg-type,index]
    with (tmp_path / "observations.csv").open(encoding="utf-8", newline="") as stream:
        [score, rank] = csv.DictReader(stream)
    assert (score["value"], rank["value"], rank["out_of"], score["out_of"]) == ("84.84", "20", "63", "")
    assert (score["period_start"], json.loads(score["flags"])) == ("2020-01-01", ["inherited_period"])
    assert json.loads(score["boxes"]) == [list(rows()["observations"][0]["boxes"][0])]  # type: ignore[arg-type,index]


def test_every_table_is_written_with_its_declared_schema_even_when_it_is_empty(tmp_path: Path) -> None:
    dataset.publish(tmp_path, [])
    for table in TABLES:
        written = pq.read_table(tmp_path / f"{table.name}.parquet")
        assert written.schema.equals(arrow_schema(table)), table.name
        assert written.num_rows == 0
        assert (tmp_path / f"{table.name}.csv").read_text("utf-8") == ",".join(table.names) + "\n"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        dataset.publish(tmp_path / name, [rows()])
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_many_rows_are_written_in_groups_and_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 4)
    dataset.publish(tmp_path, [rows(), rows(), rows()])
    written = pq.ParquetFile(tmp_path / "numerals.parquet")
    assert (written.metadata.num_rows, written.num_row_groups) == (9, 3)
    assert len((tmp_path / "numerals.csv").read_text("utf-8").splitlines()) == 10


def test_when_a_document_cannot_be_had_the_old_tables_stay(tmp_path: Path) -> None:
    dataset.publish(tmp_path, [rows()])
    before = digests(tmp_path)

    def broken() -> Iterator[Rows]:
        yield rows()
        raise LookupError("gone")

    with pytest.raises(LookupError):
        dataset.publish(tmp_path, broken())
    assert digests(tmp_path) == before


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("84.84", "84.84"),
        ("1634000000000", "1634000000000"),
        ("0.123456789", "0.123456789"),
        ("0.1234567891", "0.123456789"),
        ("99999999999999999999999999999", "99999999999999999999999999999"),
        ("1E+3", "1000"),
    ],
)
def test_decimals_keep_nine_places(value: str, kept: str, tmp_path: Path) -> None:
    assert storable(Decimal(value)) == Decimal(kept)
    made = rows()
    made["observations"][0]["value"] = storable(Decimal(value))
    dataset.publish(tmp_path, [made])
    assert pq.read_table(tmp_path / "observations.parquet")["value"][0].as_py() == Decimal(kept)


def test_a_number_larger_than_any_column_is_refused() -> None:
    with pytest.raises(ValueError, match="a number of 30 digits cannot be stored"):
        storable(Decimal(10**29))


def test_the_data_package_describes_the_files(tmp_path: Path) -> None:
    dataset.publish(tmp_path, [rows()])
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == [table.name for table in TABLES]
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+84 212 3859", "'+84 212 3859"),
        ("-Thủ tục hành chính", "'-Thủ tục hành chính"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        (" =1+1", "' =1+1"),
        ("\u00a0=1+1", "'\u00a0=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-2,91%", "-2,91%"),
        ("+3", "+3"),
        ("-1.634", "-1.634"),
        ("84,84%", "84,84%"),
        ("Chỉ số = 5", "Chỉ số = 5"),
        ("", ""),
    ],
)
def test_no_cell_runs_as_a_formula(text: str, cell: str) -> None:
    assert defused(text) == cell


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**15), max_value=10**15))
def test_decimals_in_csv_are_plain_and_exact(value: Decimal) -> None:
    text = decimal_text(value)
    assert Decimal(text) == value
    assert "e" not in text.lower()
    assert "." not in text or text[-1] not in "0."


def test_rows_that_are_kept_come_back_as_they_were() -> None:
    for table in TABLES:
        some = rows().get(table.name, [])
        columns = columns_of(table, some)
        assert restore(table, json.loads(json.dumps(keep(table, columns)))) == columns
        assert rows_from(table, columns) == some


def test_json_numbers_have_no_float_noise() -> None:
    [score, rank] = [json_row(OBSERVATIONS, row) for row in rows()["observations"]]
    assert json.dumps([score["value"], rank["value"], rank["out_of"], score["out_of"]]) == "[84.84, 20, 63, null]"
    assert score["period_start"] == "2020-01-01"
    assert [json_row(NUMERALS, row)["class"] for row in rows()["numerals"]] == [
        "reference",
        "observation",
        "unexplained",
    ]
    assert json_row(DOCUMENTS, rows()["documents"][0])["issued_on"] == "2021-06-18"


def test_errors_are_listed_by_path_with_cause_and_hint(tmp_path: Path) -> None:
    failures = [
        Failure("b.pdf", "bb", Cause.CORRUPT, 'it is "cut", in half', "Fetch it again."),
        Failure("=a.pdf", None, Cause.UNREADABLE, "no permission", "Ask for it."),
    ]
    write_errors(tmp_path / "errors.csv", failures)
    with (tmp_path / "errors.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["path", "doc_id", "cause", "message", "hint"],
            ["'=a.pdf", "", "unreadable", "no permission", "Ask for it."],
            ["b.pdf", "bb", "corrupt", 'it is "cut", in half', "Fetch it again."],
        ]


def replace_all(paths: list[Path], content: str, problem: Exception | None = None) -> None:
    with replacing(paths) as places:
        for place in places:
            place.write_text(content)
        if problem:
            raise problem


def test_files_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    replace_all(paths, "old")
    with pytest.raises(LookupError):
        replace_all(paths, "new", LookupError())
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["old", "old"]
    replace_all(paths, "new")
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["new", "new"]


def test_what_a_killed_run_left_half_written_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("whole")
    partial(tmp_path / "a").write_text("hal")
    clear_partial(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_data_dictionary_is_as_the_tables_are_declared() -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    assert written == dictionary_markdown(), "run: python -m pipeline.store.dictionary > docs/data-dictionary.md"
