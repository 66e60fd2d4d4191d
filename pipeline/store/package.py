"""`datapackage.json`: the dataset described for machines (Data Package, version 2), in English and Vietnamese.

Fields have their titles, descriptions, units, bounds and code lists; tables their keys. Vietnamese stands
in the properties that end in `@vi`, after the Data Package recipe for languages. No time stands in it, so
that the same dataset has the same description.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.store.code_tables import CODE_TABLES
from pipeline.store.document_tables import ERRORS
from pipeline.store.files import write_text
from pipeline.store.schema import Column, Kind, Link, Table
from pipeline.store.tables import SCHEMA_VERSION, TABLES

NAME = "datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
"""Of the tables; the documents themselves are not part of the package."""
DESCRIBED = (*TABLES, *CODE_TABLES, ERRORS)
"""The tables that a package may hold, in this order; those whose CSV file is there are described."""

_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "number",
    Kind.FLOAT: "number",
    Kind.DATE: "date",
    Kind.TEXTS: "array",
    Kind.BOXES: "array",
}


def write_package(directory: Path) -> None:
    """Describe the CSV files in `directory`, with their sizes and hashes."""
    write_text(directory / NAME, json.dumps(package_of(directory), ensure_ascii=False, indent=1) + "\n")


def package_of(directory: Path) -> dict[str, Any]:
    """The description of the tables whose CSV file lies in `directory`."""
    present = [table for table in DESCRIBED if (directory / f"{table.name}.csv").exists()]
    names = {table.name for table in present}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "solieu",
        "version": SCHEMA_VERSION,
        "languages": ["en", "vi"],
        "title": "Figures of Vietnamese government reports",
        "title@vi": "Số liệu từ báo cáo của các cơ quan nhà nước Việt Nam",
        "description": "What reports on administrative reform state: index scores and ranks, dossiers, tasks, "
        "procedures, each led back to its words. `version` is that of the schema.",
        "description@vi": "Điều các báo cáo cải cách hành chính nêu: điểm và thứ hạng chỉ số, hồ sơ, nhiệm vụ, thủ "
        "tục, mỗi con số kèm câu chữ gốc. `version` là phiên bản của lược đồ.",
        "keywords": ["cải cách hành chính", "PAR INDEX", "SIPAS", "PAPI", "PCI", "Vietnam"],
        "licenses": [LICENCE],
        "sources": [{"title": "The documents that documents.csv lists", "path": "documents.csv"}],
        "resources": [_resource(table, directory, names) for table in present],
    }


def _resource(table: Table, directory: Path, names: set[str]) -> dict[str, Any]:
    path = directory / f"{table.name}.csv"
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": table.name,
        "title": table.en,
        "title@vi": table.vi,
        "description": table.description,
        "description@vi": table.vi_description,
        "path": path.name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table, names),
    }


def _schema(table: Table, names: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if links := list(_links(table.links, names)):
        schema["foreignKeys"] = links
    return schema


def _links(links: Iterable[Link], names: set[str]) -> Iterable[dict[str, Any]]:
    for link in links:
        if link.table in names:
            yield {
                "fields": list(link.columns),
                "reference": {"resource": link.table, "fields": list(link.target)},
            }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.en,
        "title@vi": column.vi,
        "description": column.description,
        "description@vi": column.vi_description,
    }
    if column.unit is not None:
        field["unit"] = column.unit
    if column.codes is not None:
        field["codeList"] = column.codes.name
        field["categories"] = [
            {"value": code.code, "label": code.en, "label@vi": code.vi} for code in column.codes.codes
        ]
    if constraints := dict(_constraints(column)):
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> Iterable[tuple[str, Any]]:
    if not column.nullable:
        yield "required", True
    if column.codes is not None and not column.codes.open:
        yield "enum", [code.code for code in column.codes.codes]
    if column.pattern is not None:
        yield "pattern", column.pattern
    if column.low is not None:
        yield "minimum", column.low
    if column.high is not None:
        yield "maximum", column.high
