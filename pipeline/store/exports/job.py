"""What every export is given, and the tables that it publishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.code_tables import CODE_TABLES
from pipeline.store.document_tables import ERRORS
from pipeline.store.reading import read_rows
from pipeline.store.schema import Row, Table
from pipeline.store.tables import TABLES
from pipeline.store.validation import validate

PUBLISHED = (*TABLES, *CODE_TABLES, ERRORS)
"""Every table of a publication, in its order."""


class ExportError(Exception):
    """An export that cannot be made: why, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Job:
    """The dataset in `directory`, on its way to `place` (a file or a folder) or `address` (a database).

    `base_url` is where the web application shows a document, for hyperlinks.
    """

    directory: Path
    place: Path
    address: str = ""
    base_url: str = "http://127.0.0.1:8765"

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """Portions of a table, each held against its schema. Raises DatasetError, SchemaError."""
        for rows in read_rows(self.directory, table):
            validate(table, rows)
            yield rows
