"""`solieu extract`: the facts of a few documents, to standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.console import FILE, report

if TYPE_CHECKING:
    from pipeline.model import Failure


@click.command(short_help="Extract the facts of documents to standard output; nothing is stored.")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json", "table"]),
    default="jsonl",
    show_default=True,
    help="jsonl: one object a line for each document; json: a list of them, indented; table: for reading.",
)
def extract(files: tuple[Path, ...], form: str) -> None:
    """Extract the facts of each FILE to standard output; nothing is stored.

    A document that cannot be read has status "failed" and no facts; the exit code is then 1.

    \b
    solieu extract report.pdf --format table
    solieu extract archive/*.docx > facts.jsonl
    solieu extract report.pdf | jq '.observations[] | [.indicator, .value, .quote]'
    """
    failures: list[Failure] = []
    _WRITERS[form](_objects(files, failures))
    for failure in failures:
        report(failure)
    sys.exit(1 if failures else 0)


def _objects(files: Iterable[Path], failures: list[Failure]) -> Iterator[dict[str, Any]]:
    """One object for each file; what failed is also put into `failures`."""
    from pipeline.process import process_file
    from pipeline.rulebook.book import load
    from pipeline.run.processes import collect_rarely
    from pipeline.store.objects import object_of
    from pipeline.store.versions import versions_of

    collect_rarely()
    rulebook = load()
    versions = versions_of(rulebook)
    for file in files:
        made, failure = object_of(process_file(file, rulebook), versions)
        if failure:
            failures.append(failure)
        yield made


def _write_lines(objects: Iterator[dict[str, Any]]) -> None:
    for made in objects:
        click.echo(json.dumps(made, ensure_ascii=False))


def _write_list(objects: Iterator[dict[str, Any]]) -> None:
    click.echo(json.dumps(list(objects), ensure_ascii=False, indent=1))


def _write_tables(objects: Iterator[dict[str, Any]]) -> None:
    from rich.console import Console

    from pipeline.cli.facts import facts_table

    # Piped output is for a file or another program: give every column its room there.
    console = Console(width=None if sys.stdout.isatty() else 200)
    for made in objects:
        console.print(facts_table(made))


_WRITERS: dict[str, Callable[[Iterator[dict[str, Any]]], None]] = {
    "jsonl": _write_lines,
    "json": _write_list,
    "table": _write_tables,
}
