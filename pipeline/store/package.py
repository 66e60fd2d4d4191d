"""`datapackage.json`: the dataset described for machines (Data Package, version 2)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.store.files import write_text
from pipeline.store.schema import Column, Kind, Table
from pipeline.store.tables import TABLES

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
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "solieu",
        "title": "Figures of Vietnamese government reports",
        "resources": [_resource(table, directory) for table in TABLES],
    }
    write_text(directory / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def _resource(table: Table, directory: Path) -> dict[str, Any]:
    path = directory / f"{table.name}.csv"
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": table.name,
        "title": table.en,
        "description": table.description,
        "path": path.name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": [_field(column) for column in table.columns]},
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": column.en,
        "description": f"{column.vi}. {column.description}",
    }
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field
