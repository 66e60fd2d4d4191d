"""docs/data-dictionary.md, written from the declaration of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.store.code_tables import CODE_TABLES
from pipeline.store.codes import CODE_LISTS, CodeList
from pipeline.store.document_tables import ERRORS
from pipeline.store.schema import Column, Table
from pipeline.store.tables import SCHEMA_VERSION, TABLES

_HEAD = f"""\
# Data dictionary

Version {SCHEMA_VERSION} of the schema. Generated from `pipeline/store/tables.py` by `python -m pipeline.store.dictionary`; a test fails when it is stale.

Every table is written twice, as Parquet and as CSV, with the same rows in the same order; code tables and `errors` as CSV only. `datapackage.json` beside them says what this page says, for machines.

* Offsets are half-open and count code points of the document's canonical text (`solieu text FILE`).
* Decimals are exact: `decimal128(38, 9)` in Parquet, plain digits with a point in CSV.
* Lists are lists in Parquet and JSON in CSV. An empty cell in CSV is a value that is not there.
* In CSV, a text that a spreadsheet would run as a formula has an apostrophe before it; Parquet has it unchanged.
* No cell holds the time of a run, so that the same documents, rules and program give the same bytes.
* A row that breaks what stands here is refused when it is made: its document fails, the others do not.

Mỗi bảng có hai tệp, Parquet và CSV, cùng dòng, cùng thứ tự. Số thập phân là chính xác; ô trống trong CSV nghĩa là không có giá trị; danh sách trong CSV viết bằng JSON.
"""  # noqa: E501 - lines of the page


def dictionary_markdown() -> str:
    """The whole page."""
    tables = [_section(table) for table in (*TABLES, ERRORS, *CODE_TABLES)]
    return "\n".join([_HEAD, *tables, "## Code lists · Danh mục\n", *(_codes(codes) for codes in CODE_LISTS)])


def _section(table: Table) -> str:
    lines = [
        f"## {table.name} · {table.vi}",
        "",
        f"{table.description} Sorted by {', '.join(table.order)}.",
        "",
        table.vi_description,
        "",
        *_keys(table),
        "| column | type | Vietnamese title | title | meaning | ý nghĩa |",
        "|---|---|---|---|---|---|",
        *(_line(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _keys(table: Table) -> Iterator[str]:
    if table.key:
        yield f"Primary key: {_names(table.key)}."
    for link in table.links:
        yield f"{_names(link.columns)} → `{link.table}` ({_names(link.target)})."
    if table.key or table.links:
        yield ""


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _line(column: Column) -> str:
    kind = column.kind + (f", {column.unit}" if column.unit else "") + (", may be empty" if column.nullable else "")
    meaning = column.description + (f" Codes: `{column.codes.name}`." if column.codes else "")
    return f"| `{column.name}` | {kind} | {column.vi} | {column.en} | {meaning} | {column.vi_description} |"


def _codes(codes: CodeList) -> str:
    lines = [
        f"### {codes.name}" + (" (other rules may use more)" if codes.open else ""),
        "",
        "| code | English | tiếng Việt |",
        "|---|---|---|",
        *(f"| `{code.code}` | {code.en} | {code.vi} |" for code in codes.codes),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(dictionary_markdown(), end="")
