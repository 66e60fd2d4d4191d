"""`solieu run`: the main job."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import FILE, PLACE, Mistake

if TYPE_CHECKING:
    from pipeline.run.job import Request
    from pipeline.run.progress import Progress


_EXTRAS = {"dask": "dask", "distributed": "dask", "fsspec": "s3", "s3fs": "s3", "watchfiles": "watch"}
"""Packages that not every run needs, and the extra that brings them."""


@click.command(short_help="Turn an archive into the dataset: the main job.")
@click.argument("paths", nargs=-1, required=True, type=PLACE, metavar="PATH…")
@click.option("--out", type=PLACE, default="outputs", show_default=True, metavar="DIR", help="Where the dataset goes.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Worker processes  [default: one a core]")
@click.option("--force", is_flag=True, help="Do every document anew, whatever is known of it.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Look at the first N files only.")
@click.option("--dry-run", is_flag=True, help="List what would be done; write nothing.")
@click.option("--timeout", type=click.FloatRange(1), default=60, show_default=True, metavar="SECONDS",
              help="Time for a document, and again as much for every MiB of it.")  # fmt: skip
@click.option("--page-timeout", type=click.FloatRange(1), default=40, show_default=True, metavar="SECONDS",
              help="Time for a page of a PDF file; one that takes more, twice, is left out.")  # fmt: skip
@click.option("--memory", type=click.IntRange(256), default=1024, show_default=True, metavar="MIB",
              help="Memory that the reading of a document may take.")  # fmt: skip
@click.option(
    "--engine",
    default="local",
    show_default=True,
    metavar="ENGINE",
    help="Where documents are worked on: local, or dask://HOST:PORT.",
)
@click.option("--partitioned", is_flag=True,
              help="Write the tables as a partitioned Parquet data set too, into DIR/partitioned.")  # fmt: skip
@click.option("--state", type=FILE, metavar="FOLDER",
              help="Where a run into a store keeps its ledger and cache  [default: the user's cache]")  # fmt: skip
@click.option("--quiet", is_flag=True, help="Show no progress and no summary; failures still go to standard error.")
def run(
    paths: tuple[Path | str, ...],
    out: Path | str,
    workers: int | None,
    force: bool,
    limit: int | None,
    dry_run: bool,
    timeout: float,
    page_timeout: float,
    memory: int,
    engine: str,
    partitioned: bool,
    state: Path | None,
    quiet: bool,
) -> None:
    """Read every file below each PATH, and bring the dataset in DIR in step with them.

    What is unchanged since the last run is not read again; a run that was stopped goes on where it
    was. Files that leave the archive leave the dataset. Exit code 0: all read; 1: some documents
    failed (they are in DIR/errors.csv, with cause and hint); 2: wrong usage; 130: interrupted.

    \b
    solieu run archive
    solieu run archive/2023 archive/2024 --out data --workers 8
    solieu run archive --dry-run            how many files, how many of them new
    solieu run s3://bucket/archive --out s3://bucket/data      with solieu[s3]
    """
    if engine != "local" and not re.fullmatch(r"dask://[^/\s]+:\d+", engine):
        raise Mistake(f"there is no engine {engine!r}", "Give --engine local, or --engine dask://HOST:PORT.")
    for path in paths:
        if isinstance(path, Path) and not os.path.lexists(path):
            raise Mistake(f"there is nothing at {path}", "Give the path of a file or of a folder.")
    apart(paths, out)
    from pipeline.run.job import Request
    from pipeline.run.pool import Limits
    from pipeline.run.remote import state_of

    address = None if isinstance(out, Path) else out
    folder = out if isinstance(out, Path) else state or state_of(out)
    if folder.exists() and not folder.is_dir():
        raise Mistake(f"{folder} is a file", "Give the path of a folder with --out.")
    request = Request(
        paths, folder, workers or len(os.sched_getaffinity(0)), Limits(timeout, memory, page_timeout), force, limit,
        engine=engine, address=address, partitioned=partitioned,
    )  # fmt: skip
    sys.exit(_preview(request) if dry_run else go(request, quiet))


def apart(paths: Iterable[Path | str], out: Path | str) -> None:
    """Refuse to write the dataset where the archive lies: what is below DIR is never read. Raises Mistake."""
    if not isinstance(out, Path):
        return
    for path in paths:
        if isinstance(path, Path) and path.resolve().is_relative_to(out.resolve()):
            hint = "Give a folder of its own with --out; it may lie within the archive."
            raise Mistake(f"the dataset in {out} would lie over the archive {path}", hint)


def go(request: Request, quiet: bool) -> int:
    """Do a run and tell how it went; gives the exit code."""
    from pipeline.cli.summary import failures_text, summary
    from pipeline.rulebook.book import Rules
    from pipeline.run.job import run
    from pipeline.run.processes import collect_rarely

    collect_rarely()
    try:
        with explained(request):
            figures = run(request, Rules(), _progress(quiet))
    except KeyboardInterrupt:  # before there was anything to keep
        return 130
    if quiet:
        click.echo(failures_text(figures), err=True, nl=False)
    else:
        summary(figures, request.out, request.address)
    if figures.state == "interrupted":
        return 130
    return 1 if figures.failures else 0


@contextmanager
def explained(request: Request) -> Iterator[None]:
    """What keeps a run from going on, to the user with what to do; the command ends with it."""
    from pipeline.run.job import RunError
    from pipeline.run.lock import BusyError

    try:
        yield
    except BusyError as problem:
        hint = "Wait for it to end, or give another folder with --out."
        raise Mistake(f"another run is writing into {request.out}: {problem}", hint) from None
    except ModuleNotFoundError as problem:
        extra = _EXTRAS.get(problem.name or "")
        if extra is None:
            raise
        hint = f"Install it with: pip install 'solieu[{extra}]'"
        raise Mistake(f"the package {problem.name} is not installed", hint) from None
    except RunError as problem:
        click.echo(f"Error: {problem.message}\nHint: {problem.hint}", err=True)
        sys.exit(1)


def _progress(quiet: bool) -> Progress:
    from rich.console import Console

    from pipeline.run.progress import Display, Lines, Silent

    if quiet:
        return Silent()
    console = Console(stderr=True)
    return Display(console) if console.is_terminal else Lines(console)


def _preview(request: Request) -> int:
    from pipeline.rulebook.book import Rules
    from pipeline.run.job import preview

    with explained(request):
        archive, todo = preview(request, Rules())
    for job in todo.jobs:
        click.echo(f"{job.file.size:>12,}  {job.file.path}")
    for failure in archive.failures.values():
        click.echo(f"{'–':>12}  {failure.path}: {failure.message}")
    size = sum(job.file.size for job in todo.jobs)
    click.echo(
        f"{len(todo.jobs)} files to do ({size:,} bytes), {len(todo.kept)} up to date, {len(todo.gone)} gone, "
        f"{archive.skipped} no documents. Nothing was written."
    )
    return 0
