"""The schema: its version, its two languages, what it refuses, and the package that describes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from dataset_samples import write_dataset
from store_samples import document, extraction

from pipeline.model import Cause
from pipeline.rulebook.book import load
from pipeline.series.resolve import RESOLUTIONS
from pipeline.store.code_tables import CODE_TABLES, code_rows
from pipeline.store.codes import CAUSES, CODE_LISTS, NUMERAL_CLASSES, UNITS
from pipeline.store.codes import RESOLUTIONS as RESOLUTION_CODES
from pipeline.store.dataset import publish
from pipeline.store.package import DESCRIBED, package_of
from pipeline.store.parquet import arrow_table
from pipeline.store.rows import Versions, rows_of
from pipeline.store.schema import Row, SchemaError, Table, columns_of, rows_from
from pipeline.store.tables import OBSERVATIONS, SCHEMA_VERSION, SERIES, TABLES
from pipeline.store.validation import validate

RECORD = Path(__file__).with_name("schema.json")


def shape() -> dict[str, Any]:
    """What a consumer relies on: names, types, codes, bounds and keys, without titles and meanings."""
    return {
        "version": SCHEMA_VERSION,
        "tables": {
            table.name: {
                "key": list(table.key),
                "links": [[list(link.columns), link.table, list(link.target)] for link in table.links],
                "columns": {
                    column.name: [
                        str(column.kind), column.nullable, column.codes and column.codes.name, column.pattern,
                        column.low, column.high, column.unit,
                    ]
                    for column in table.columns
                },
            }
            for table in DESCRIBED
        },
        "codes": {codes.name: list(codes.values) for codes in CODE_LISTS},
    }  # fmt: skip


def test_the_schema_is_the_recorded_one_of_its_version() -> None:
    recorded = json.loads(RECORD.read_text("utf-8"))
    assert shape() == recorded, (
        "The schema has changed. Raise SCHEMA_VERSION in pipeline/store/tables.py (the first number if consumers must "
        "change something), then run: python tests/unit/test_schema.py, and say so in CHANGELOG.md."
    )


def test_a_change_without_a_new_version_is_not_recorded(tmp_path: Path) -> None:
    changed = shape()
    changed["tables"]["observations"]["columns"].pop("quote")
    (tmp_path / "schema.json").write_text(json.dumps(changed), "utf-8")
    with pytest.raises(SystemExit, match="SCHEMA_VERSION"):
        record(tmp_path / "schema.json")
    changed["version"] = "0.9"
    (tmp_path / "schema.json").write_text(json.dumps(changed), "utf-8")
    record(tmp_path / "schema.json")
    assert json.loads((tmp_path / "schema.json").read_text("utf-8")) == shape()


def record(place: Path) -> None:
    """Write the present schema down; refuses to do so under a version that stands there with another one."""
    known = json.loads(place.read_text("utf-8")) if place.exists() else {"version": None}
    if known["version"] == SCHEMA_VERSION and known != shape():
        raise SystemExit(f"Raise SCHEMA_VERSION first: {SCHEMA_VERSION} is another schema.")
    place.write_text(json.dumps(shape(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def test_everything_is_said_in_both_languages() -> None:
    for table in DESCRIBED:
        assert table.vi, table.name
        assert table.en, table.name
        assert table.description, table.name
        assert table.vi_description, table.name
        for column in table.columns:
            texts = (column.vi, column.en, column.description, column.vi_description)
            assert all(texts), f"{table.name}.{column.name}"
    for codes in CODE_LISTS:
        assert all(code.vi and code.en for code in codes.codes), codes.name
        assert len(set(codes.values)) == len(codes.values), codes.name


def test_keys_and_links_name_columns_that_are_there() -> None:
    by_name = {table.name: table for table in DESCRIBED}
    for table in DESCRIBED:
        assert table.key
        assert not any(table.column(name).nullable for name in table.key), table.name
        for link in table.links:
            assert set(link.columns) <= set(table.names)
            assert link.target == by_name[link.table].key


def test_code_lists_hold_what_the_program_and_the_rules_use() -> None:
    rulebook = load()
    assert {str(cause) for cause in Cause} == set(CAUSES.values)
    assert [name for name, _ in RESOLUTIONS] == list(RESOLUTION_CODES.values)
    assert {rule.category for rule in rulebook.numerals} <= set(NUMERAL_CLASSES.values)
    units = {row["unit"] for rows in code_rows(rulebook).values() for row in rows if row.get("unit")}
    assert units <= set(UNITS.values)


def test_code_tables_are_as_declared() -> None:
    rows = code_rows(load())
    for table in CODE_TABLES:
        validate(table, rows[table.name])
        keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
        assert len(set(keys)) == len(keys)
    assert sum(row["area_regime"] == "63" for row in rows["provinces"]) == 63
    assert sum(row["area_regime"] == "34" for row in rows["provinces"]) == 34
    assert {"index.score", "index.rank", "dossier.received"} <= {row["code"] for row in rows["indicators"]}
    papi = [row for row in rows["indices"] if row["part_of"] == "PAPI"]
    assert len(papi) == 8
    [sipas] = [row for row in rows["indices"] if row["code"] == "PAR_INDEX/sipas"]
    whole = next(row for row in rows["indices"] if row["code"] == "SIPAS")
    assert (sipas["part_of"], sipas["vi"], sipas["maximum"]) == ("PAR_INDEX", whole["vi"], 10)


MADE_RIGHT = [("period_start", datetime(2021, 1, 1)), ("flags", ["conflict"])]
"""What an Arrow array of the column's type makes a day and a list of text of: no fault can reach the disk."""


def observation_rows() -> list[Row]:
    return rows_of(document(), extraction(), Versions("0.1", "rules-1"))["observations"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("doc_id", "A" * 64),
        ("doc_id", None),
        ("indicator", "dossier"),
        ("value", 84.84),
        ("value", Decimal("NaN")),
        ("comparator", "="),
        ("obs_status", "planned"),
        ("ref_area", "Sơn La"),
        ("ref_area", "14\n"),
        ("area_regime", "35"),
        ("level", "ward"),
        ("time_period", "2021-Q5"),
        ("time_period", "năm 2021"),
        ("period_start", datetime(2021, 1, 1)),
        ("period_start", "2021-01-01"),
        ("char_start", -1),
        ("char_start", True),
        ("page", 0),
        ("confidence", 1.5),
        ("flags", ["conflict"]),
        ("flags", (1,)),
        ("boxes", ((1.0, 2.0, 3.0),)),
        ("scope", "Cả nước"),
        ("unit", "%"),
    ],
)
def test_a_value_that_its_column_does_not_admit_is_refused_whoever_looks(column: str, value: Any) -> None:
    rows = observation_rows()
    assert OBSERVATIONS.column(column).fault(value) is not None
    with pytest.raises(SchemaError, match=rf"^observations\.{column} "):
        OBSERVATIONS.row(None, {**rows[0], column: value})
    rows[1][column] = value
    with pytest.raises(SchemaError, match=rf"^observations\.{column} "):
        OBSERVATIONS.filled([], columns_of(OBSERVATIONS, rows))
    if (column, value) in MADE_RIGHT:
        arrow_table(OBSERVATIONS, columns_of(OBSERVATIONS, rows))
    else:
        with pytest.raises(SchemaError, match=rf"^observations is not as declared: {column}: "):
            arrow_table(OBSERVATIONS, columns_of(OBSERVATIONS, rows))
    with pytest.raises(SchemaError, match=rf"^observations is not as declared: {column}: "):
        validate(OBSERVATIONS, rows)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("time_period", period)
        for period in ("2020", "2021-S1", "2022-Q4", "2021-06", "2021-06-18", "2021-12-15/2022-06-09", None)
    ]
    + [("scope", "region:tay-nguyen"), ("confidence", 1), ("flags", ()), ("boxes", ()), ("level", "commune")],
)
def test_a_value_that_its_column_admits_is_taken(column: str, value: Any) -> None:
    rows = observation_rows()
    assert OBSERVATIONS.row(None, {**rows[0], column: value})[column] == value
    rows[0][column] = value
    columns = columns_of(OBSERVATIONS, rows)
    assert OBSERVATIONS.filled([], columns) == columns
    assert arrow_table(OBSERVATIONS, columns).num_rows == len(rows)
    validate(OBSERVATIONS, rows)


@pytest.mark.parametrize("change", [lambda row: row.pop("quote"), lambda row: row.update(extra="x")])
def test_rows_with_other_columns_are_refused(change: Callable[[Row], Any]) -> None:
    rows = observation_rows()
    change(rows[0])
    with pytest.raises((SchemaError, KeyError)):
        publishable(OBSERVATIONS, rows)


def publishable(table: Table, rows: list[Row]) -> None:
    """Raise where rows do not have the columns of their table, no fewer and no more."""
    assert table.names
    validate(table, rows)
    if any(tuple(row) != table.names for row in rows):
        raise SchemaError("other columns")


def test_a_table_with_a_bad_row_is_not_written_and_the_old_one_stays(tmp_path: Path) -> None:
    publish(tmp_path, [{"observations": observation_rows()}])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    rows = observation_rows()
    rows[0]["obs_status"] = "maybe"
    with pytest.raises(SchemaError, match="obs_status"):
        publish(tmp_path, [{"observations": rows}])
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_statement_of_the_same_key_stands_once() -> None:
    rows = observation_rows()
    twice = [*rows, dict(rows[0], quote="again")]
    assert rows_from(OBSERVATIONS, OBSERVATIONS.arranged(columns_of(OBSERVATIONS, twice))) == rows


def test_a_point_of_a_series_must_say_how_it_was_chosen() -> None:
    assert SERIES.column("agreement").fault("unknown") is not None
    assert SERIES.column("resolved_by").fault("guess") is not None
    assert {"origin", "agreement", "resolved_by", "obs_ids", "others", "derived_from"} <= set(SERIES.names)


def test_the_data_package_is_valid_for_frictionless(tmp_path: Path) -> None:
    """Types, required cells, codes, forms, bounds, primary and foreign keys, sizes and hashes of every file."""
    frictionless = pytest.importorskip("frictionless")
    write_dataset(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "fieldName", "note"]) == []
    assert [task.name for task in report.tasks] == [table.name for table in DESCRIBED]
    assert {task.name: task.stats.get("rows") for task in report.tasks}["observations"] == 10


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("observations.csv", ",actual,", ",maybe,", "constraint-error"),
        ("observations.csv", ",finance.disbursed,", ",finance.unknown,", "foreign-key"),
        ("documents.csv", "a/0.txt", "a/000.txt", "byte-count"),
    ],
)
def test_frictionless_sees_what_is_wrong(tmp_path: Path, file: str, old: str, new: str, error: str) -> None:
    frictionless = pytest.importorskip("frictionless")
    write_dataset(tmp_path)
    path = tmp_path / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8", newline="")
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert error in {kind for (kind,) in report.flatten(["type"])}


def test_the_package_has_version_licence_sources_keys_and_codes_in_both_languages(tmp_path: Path) -> None:
    package = package_of(write_dataset(tmp_path))
    assert (package["version"], package["languages"]) == (SCHEMA_VERSION, ["en", "vi"])
    assert package["licenses"][0]["name"]
    assert package["sources"][0]["path"] == "documents.csv"
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert {table.name for table in TABLES} | {"indicators", "indices", "provinces", "errors"} == set(resources)
    observations = resources["observations"]["schema"]
    assert observations["primaryKey"] == ["obs_id"]
    assert {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}} in observations[
        "foreignKeys"
    ]
    fields = {field["name"]: field for field in observations["fields"]}
    assert fields["value"]["title@vi"] == "Giá trị"
    assert fields["char_start"]["unit"] == "code point"
    assert fields["comparator"]["categories"][1] == {
        "value": "ge",
        "label": "at least",
        "label@vi": "ít nhất, từ … trở lên",
    }
    assert fields["confidence"]["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    causes = resources["errors"]["schema"]["fields"][2]
    assert causes["constraints"]["enum"] == list(CAUSES.values)


def test_a_package_links_only_to_what_it_holds(tmp_path: Path) -> None:
    publish(tmp_path, [])
    resources = {resource["name"]: resource for resource in package_of(tmp_path)["resources"]}
    assert set(resources) == {table.name for table in TABLES}
    targets = {key["reference"]["resource"] for r in resources.values() for key in r["schema"].get("foreignKeys", [])}
    assert targets <= set(resources)


def test_dates_of_rows_are_days(tmp_path: Path) -> None:
    rows = observation_rows()
    assert isinstance(rows[0]["period_start"], date)
    with pytest.raises(SchemaError):
        OBSERVATIONS.row(replace(extraction().observations[0]), {**rows[0], "period_start": datetime(2020, 1, 1)})


if __name__ == "__main__":
    record(RECORD)
