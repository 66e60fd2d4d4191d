"""`solieu text` and `solieu tables`: a document as the reader sees it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.console import FILE, report

if TYPE_CHECKING:
    from pipeline.model import Document, Table


@click.command(short_help="Print the canonical text of a document, which all offsets refer to.")
@click.argument("file", type=FILE)
@click.option("--layout", is_flag=True, help="Show each block with its kind and offsets, and each page.")
def text(file: Path, layout: bool) -> None:
    """Print the canonical text of FILE: offsets of all facts refer to it.

    \b
    solieu text report.pdf > report.txt
    solieu text page.html --layout          which parts are headings, tables, page furniture
    """
    document = _read(file)
    if layout:
        for line in _layout(document):
            click.echo(line)
        return
    # Nothing is added in a pipe, so that offsets and length are those of the text itself.
    click.echo(document.text, nl=sys.stdout.isatty())


@click.command(short_help="Print the tables of a document as read.")
@click.argument("file", type=FILE)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
def tables(file: Path, form: str) -> None:
    """Print the tables of FILE. In CSV an empty line parts two tables; a merged cell stands at its first place.

    \b
    solieu tables annex.docx
    solieu tables annex.pdf --format json    with pages, offsets, merged cells and column headings
    """
    document = _read(file)
    _TABLE_WRITERS[form](document)


def _read(file: Path) -> Document:
    """The document, or an end with a cause and a hint."""
    from pipeline.process import failure_of, read_document

    try:
        return read_document(file.read_bytes(), str(file))
    except Exception as problem:
        report(failure_of(problem, str(file), None))
        sys.exit(1)


def _layout(document: Document) -> list[str]:
    lines = []
    page = None
    for block in document.blocks:
        at = document.page_of(block.span.start)
        if at != page:
            page = at
            lines.append(f"── page {page} ──")
        kind = block.kind + (f" {block.level}" if block.level else "")
        body = block.span.of(document.text).rstrip("\n").replace("\n", "\n" + " " * 30)
        lines.append(f"{f'{block.span.start}–{block.span.end}':>15} {kind:13} {body}")
    return lines


def _grid(table: Table, document: Document) -> list[list[str]]:
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.span.of(document.text)
    return grid


def _write_csv(document: Document) -> None:
    from pipeline.store.cells import defused

    writer = csv.writer(sys.stdout, lineterminator="\n")
    for table in document.tables:
        if table is not document.tables[0]:
            click.echo()
        writer.writerows([defused(cell) for cell in row] for row in _grid(table, document))


def _write_json(document: Document) -> None:
    click.echo(json.dumps([_table_object(table, document) for table in document.tables], ensure_ascii=False, indent=1))


def _table_object(table: Table, document: Document) -> dict[str, Any]:
    return {
        "number": table.number,
        "page": table.page,
        "caption": table.caption.of(document.text) if table.caption else None,
        "rows": table.rows,
        "columns": table.columns,
        "char_start": table.span.start,
        "char_end": table.span.end,
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "is_header": cell.is_header,
                "header": list(cell.header),
                "text": cell.span.of(document.text),
                "char_start": cell.span.start,
                "char_end": cell.span.end,
            }
            for cell in table.cells
        ],
    }


_TABLE_WRITERS: dict[str, Callable[[Document], None]] = {"csv": _write_csv, "json": _write_json}
