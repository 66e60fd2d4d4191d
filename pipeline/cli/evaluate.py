"""`solieu evaluate` and `solieu diff`: how good the facts are, and what changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import FILE, Mistake, report

if TYPE_CHECKING:
    from pipeline.evaluate.score import Document

_LINES = (".jsonl", ".ndjson")


@click.command(short_help="Score facts against gold; list every error.")
@click.argument("gold_dir", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="GOLD_DIR")
@click.argument("files", nargs=-1, type=FILE, metavar="[FILES…]")
@click.option("--out", type=FILE, metavar="DIR", help="Score the facts of a run instead of extracting anew.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores alone, as JSON.")
def evaluate(gold_dir: Path, files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Score against the gold files of GOLD_DIR, for each family at three levels, and list every error.

    Scored are the FILES (documents, or .jsonl as printed by `extract`), or the run in DIR, or else
    the documents that lie beside the gold. The exit code is 1 where gold has no document.

    \b
    solieu evaluate corpus/gold
    solieu evaluate corpus/gold --out outputs
    solieu evaluate corpus/gold facts.jsonl
    """
    if files and out:
        raise Mistake("FILES and --out cannot both be scored", "Give one of them.")
    from pipeline.evaluate.report import report_json, report_lines
    from pipeline.evaluate.score import score
    from pipeline.evaluate.sources import documents_beside, read_gold

    try:
        golds = read_gold(gold_dir)
        if not golds:
            raise Mistake(f"{gold_dir} holds no gold files", "Gold files are NAME.json; see docs/data-dictionary.md.")
        documents = _run_of(out) if out else documents_of(files or tuple(documents_beside(gold_dir, golds)))
        scores = score(golds, documents)
    except ValueError as problem:
        hint = "Gold is a JSON file for each document; facts are lines as `solieu extract` prints them."
        raise Mistake(str(problem), hint) from problem
    if as_json:
        click.echo(json.dumps(report_json(scores), ensure_ascii=False, indent=1))
    else:
        for line in report_lines(scores):
            click.echo(line)
    sys.exit(1 if scores.absent else 0)


@click.command(short_help="Show which facts two runs have otherwise.")
@click.argument("run_a", type=FILE)
@click.argument("run_b", type=FILE)
def diff(run_a: Path, run_b: Path) -> None:
    """Show the facts that were added (+), removed (-) or said otherwise (~) from RUN_A to RUN_B.

    A run is the folder of a dataset, or a .jsonl file as printed by `extract`.

    \b
    solieu run archive --out before
    …change a rule…
    solieu run archive --out after
    solieu diff before after
    """
    from pipeline.evaluate.difference import change_line, differences

    counts = {"+": 0, "-": 0, "~": 0}
    try:
        for change in differences(_run_of(run_a), _run_of(run_b)):
            line = change_line(change)
            counts[line[0]] += 1
            click.echo(line)
    except ValueError as problem:
        raise Mistake(str(problem), "Give the folder of a run, or lines as `solieu extract` prints them.") from problem
    click.echo(f"{counts['+']} added, {counts['-']} removed, {counts['~']} changed")


def _run_of(path: Path) -> Iterator[Document]:
    from pipeline.evaluate.sources import read_lines, read_run

    if path.suffix in _LINES:
        return read_lines(path)
    if not (path / "documents.parquet").is_file():
        raise Mistake(f"there is no finished run in {path}", "Run `solieu run PATH --out DIR` first.")
    return read_run(path)


def documents_of(files: tuple[Path, ...]) -> Iterator[Document]:
    from pipeline.evaluate.sources import read_lines
    from pipeline.process import process_file
    from pipeline.rulebook.book import load
    from pipeline.store.objects import object_of
    from pipeline.store.versions import versions_of

    for file in files:
        if file.suffix in _LINES:
            yield from read_lines(file)
        else:
            rulebook = load()
            made, failure = object_of(process_file(file, rulebook), versions_of(rulebook))
            if failure:
                report(failure)
            yield made
