"""docs/data-dictionary.md, written from the declaration of the tables."""

from __future__ import annotations

from pipeline.store.schema import Column, Table
from pipeline.store.tables import TABLES

_HEAD = """\
# Data dictionary

Generated from `pipeline/store/tables.py` by `python -m pipeline.store.dictionary`; a test fails when it is stale.

Every table is written twice, as Parquet and as CSV, with the same rows in the same order.

* Offsets are half-open and count code points of the document's canonical text (`solieu text FILE`).
* Decimals are exact: `decimal128(38, 9)` in Parquet, plain digits with a point in CSV.
* Lists are lists in Parquet and JSON in CSV. An empty cell in CSV is a value that is not there.
* In CSV, a text that a spreadsheet would run as a formula has an apostrophe before it; Parquet has it unchanged.
* No cell holds the time of a run, so that the same documents, rules and program give the same bytes.
"""


def dictionary_markdown() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES)])


def _section(table: Table) -> str:
    lines = [
        f"## {table.name} · {table.vi}",
        "",
        f"{table.description} Sorted by {', '.join(table.order)}.",
        "",
        "| column | type | Vietnamese title | title | meaning |",
        "|---|---|---|---|---|",
        *(_line(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    kind = column.kind + (", may be empty" if column.nullable else "")
    return f"| `{column.name}` | {kind} | {column.vi} | {column.en} | {column.description} |"


if __name__ == "__main__":
    print(dictionary_markdown(), end="")
