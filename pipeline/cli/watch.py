"""`solieu watch`: the dataset kept in step with folders into which files keep coming."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from pipeline.cli.console import FILE, Mistake


@click.command(short_help="Keep the dataset in step with a folder into which files keep coming.")
@click.argument("folders", nargs=-1, required=True, type=FILE, metavar="DIR…")
@click.option("--out", type=FILE, default="outputs", show_default=True, metavar="OUT", help="Where the dataset goes.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Worker processes  [default: one a core]")
@click.option("--settle", type=click.FloatRange(0.1), default=2, show_default=True, metavar="SECONDS",
              help="A file is taken once nobody has touched it for so long.")  # fmt: skip
def watch(folders: tuple[Path, ...], out: Path, workers: int | None, settle: float) -> None:
    """Run on each DIR now, and again whenever a file below it comes, changes or goes; Ctrl-C ends it.

    \b
    solieu watch incoming --out data
    """
    for folder in folders:
        if not folder.is_dir():
            raise Mistake(f"there is no folder {folder}", "Give the path of a folder; it may be empty.")
    from pipeline.cli.run import apart, explained
    from pipeline.rulebook.book import Rules
    from pipeline.run.job import Request
    from pipeline.run.progress import Silent
    from pipeline.run.watch import watch as runs

    apart(folders, out)
    request = Request(folders, out, workers or len(os.sched_getaffinity(0)), settle=settle)
    with suppress(KeyboardInterrupt), explained(request):
        for figures in runs(request, Rules(), Silent()):
            click.echo(
                f"{figures.finished}  {figures.documents:,} documents, {figures.done:,} new or changed, "
                f"{figures.gone:,} gone, {len(figures.failures):,} failed, in {figures.seconds:.1f} s"
            )
