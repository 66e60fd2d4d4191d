"""`solieu export`: the dataset published to other formats and systems."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.console import FILE, Mistake

_TARGETS = "csv|parquet|partitioned|xlsx|datapackage|sdmx-csv|postgresql://…"


@click.command(short_help="Publish the dataset: CSV, Excel, Parquet, data package, SDMX, PostgreSQL.")
@click.argument("directory", type=FILE, metavar="DIR")
@click.option("--to", "target", required=True, metavar=_TARGETS, help="What to make of it.")
@click.option("--out", type=FILE, metavar="PATH", help="File or folder to write  [default: below DIR/exports]")
@click.option("--base-url", default="http://127.0.0.1:8765", show_default=True, metavar="URL",
              help="Where `solieu serve` shows documents, for the links in Excel.")  # fmt: skip
def export(directory: Path, target: str, out: Path | None, base_url: str) -> None:
    """Publish the dataset in DIR, the output folder of a run.

    Every row is held against its schema on the way. In CSV and Excel no text runs as a formula. PostgreSQL
    gets tables, keys and comments in a schema `solieu`; sent twice, the same dataset changes nothing.

    \b
    solieu export outputs --to xlsx --out so-lieu.xlsx
    solieu export outputs --to datapackage
    solieu export outputs --to partitioned --out tables     Parquet by document, for DuckDB, Spark …
    solieu export outputs --to postgresql://user@host/database
    """
    from pipeline.run.job import LEDGER_NAME
    from pipeline.store.exports import TARGETS, ExportError, Job, target_of
    from pipeline.store.reading import DatasetError, parquet_of
    from pipeline.store.schema import SchemaError
    from pipeline.store.tables import OBSERVATIONS

    found = target_of(target)
    if found is None:
        known = ", ".join(t.name for t in TARGETS if t.default) + " or postgresql://…"
        raise Mistake(f"there is no export to {target.partition('://')[0]!r}", f"Known: {known}.")
    try:
        parquet_of(directory, OBSERVATIONS)
        place = found.place(directory, out)
        if place.is_dir() and (place.resolve() == directory.resolve() or (place / LEDGER_NAME).exists()):
            hint = "Its own tables would be written over: give a folder of its own with --out."
            raise Mistake(f"{place} holds the dataset of a run", hint)
        lines = found.export(Job(directory, place, target, base_url))
    except (DatasetError, ExportError) as problem:
        raise Mistake(problem.message, problem.hint) from None
    except SchemaError as problem:
        click.echo(f"Error: {problem}\nHint: Run `solieu run` on the archive again.", err=True)
        sys.exit(1)
    for line in lines:
        click.echo(line)
