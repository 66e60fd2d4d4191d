"""`solieu review trust`, `samples` and `draw`: how far the rules can be trusted, from the command line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import FILE, Mistake
from pipeline.cli.tabular import show

if TYPE_CHECKING:
    from pipeline.review.intervals import Share
    from pipeline.review.plan import Sample
    from pipeline.web.archive import Archive

_DIR = click.argument("directory", type=FILE, metavar="DIR")
_FORMAT = click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True,
                       help="For reading, or as CSV.")  # fmt: skip
_HEADS = ("facts", "reviewed", "wrong", "right", "from", "to", "trust")


@click.command(short_help="Show which rules earn trust and which need work.")
@_DIR
@click.option("--by", type=click.Choice(["rule", "indicator", "family"]), default="rule", show_default=True,
              help="What trust is told of.")  # fmt: skip
@click.option("--level", type=click.IntRange(1, 99), default=95, show_default=True, metavar="PERCENT",
              help="The share of right facts that is wanted.")  # fmt: skip
@click.option("--sample", metavar="NAME", help="Count the facts of this sample alone, and estimate the whole from it.")
@_FORMAT
def trust(directory: Path, by: str, level: int, sample: str | None, form: str) -> None:
    """Show how many facts of each rule were reviewed, and the share that was right with its 95% interval.

    earned: the whole interval reaches the level; lacking: all of it lies below, after five looks at least;
    open: it cannot be told yet. What was reviewed by the queue is the riskiest first: an estimate of the whole
    comes from a sample alone (solieu review draw). The same stands at /review/trust.

    \b
    solieu review trust data
    solieu review trust data --by family --level 98
    solieu review trust data --sample "Tháng 11" --format csv
    """
    from pipeline.web.trust.rules import overall, reviewed, trusted

    with _opened(directory) as (archive, db):
        strata = archive.plan.strata(_known(archive, sample).name) if sample else {}
        found = trusted(db, by, level / 100, sample or "")
        whole, covered = overall(db, sample, strata) if sample else (reviewed(found), 1.0)
    lines = [(by, *_HEADS)]
    lines += [
        (one.code, str(one.facts), str(one.looked_at), str(one.all_wrong), *_share(one.precision), one.trust.value)
        for one in found
        if one.looked_at
    ]
    show(lines, form)
    right, low, high = _share(whole)
    between = f"{right} right ({low} to {high}) of {whole.number} facts" if whole.number else "nothing looked at yet"
    about = f"the whole dataset, by the sample {sample}" if sample else "what was reviewed, no estimate of the whole"
    click.echo(f"{about}: {between}" + (f"; it speaks for {covered:.0%}" if 0 < covered < 1 else ""), err=True)


@click.command(short_help="List the samples for audit, and how far each was looked at.")
@_DIR
@_FORMAT
def samples(directory: Path, form: str) -> None:
    """List the samples for audit, the newest first, and how many facts of each were looked at.

    \b
    solieu review samples data
    """
    from pipeline.web.trust.drawing import progress

    with _opened(directory) as (archive, db):
        known, done = archive.plan.samples(), progress(db)
    lines = [("sample", "kind", "seed", "facts", "looked_at", "drawn_by", "at")]
    lines += [
        (one.name, one.kind, one.seed, str(one.size), str(done.get(one.name, (0, 0))[0]), one.made_by, one.at)
        for one in known
    ]
    show(lines, form)


@click.command(short_help="Draw a sample for audit by lot, and keep it.")
@_DIR
@click.argument("name")
@click.option("--size", type=click.IntRange(1, 100_000), default=200, show_default=True, metavar="N",
              help="How many facts.")  # fmt: skip
@click.option("--by-rule", is_flag=True, help="At random within every rule, five of each at least.")
@click.option("--seed", metavar="TEXT", help="The same seed draws the same facts.  [default: NAME]")
def draw(directory: Path, name: str, size: int, by_rule: bool, seed: str | None) -> None:
    """Draw a sample of the facts that the rules have read, by lot, and keep it under NAME.

    It is looked at in the queue (/review, filter *sample*); `solieu review trust --sample NAME` then estimates
    the whole dataset from it.

    \b
    solieu review draw data "Tháng 11" --size 300
    solieu review draw data "Mỗi quy tắc" --by-rule --seed 7
    """
    from pipeline.cli.users import whoever_runs
    from pipeline.people.database import Database
    from pipeline.people.events import Events
    from pipeline.people.person import WrongNameError, clean_name
    from pipeline.review.plan import TakenError
    from pipeline.web.trust.drawing import Wanted, drawn, told

    try:
        name = clean_name(name)
    except WrongNameError as problem:
        raise Mistake(str(problem), "The name is what the sample is called in the queue.") from None
    who = whoever_runs()
    with _opened(directory) as (archive, db):
        try:
            wanted = Wanted(name, "by_rule" if by_rule else "simple", size, seed or name)
            sample = drawn(db, archive.plan, wanted, who)
        except TakenError:
            raise Mistake(f"there is a sample {name} already", "Choose another name.") from None
    if Database.is_in(directory):
        people = Database(directory)
        try:
            Events(people).add(who, "sampled", told(sample))
        finally:
            people.close()
    click.echo(f"{sample.size} facts in the sample {sample.name}; look at them at `solieu serve`, page /review")


@contextmanager
def _opened(directory: Path) -> Iterator[tuple[Archive, sqlite3.Connection]]:
    """The dataset as the pages read it. What is wrong with it becomes a Mistake."""
    from pipeline.cli.review import dataset_problems
    from pipeline.store.reading import parquet_of
    from pipeline.store.tables import OBSERVATIONS
    from pipeline.web.archive import Archive, ArchiveError

    with dataset_problems():
        parquet_of(directory, OBSERVATIONS)
    try:
        archive = Archive(directory)
        with archive.opened(archive.snapshot()) as db:
            yield archive, db
    except ArchiveError as problem:
        hint = "Run `solieu run` again, with --force."
        raise Mistake(f"the dataset in {directory} cannot be read: {problem}", hint) from None
    except sqlite3.DatabaseError as problem:
        hint = "See whether reviews.sqlite and plan.sqlite are whole and may be written."
        raise Mistake(f"the record of {directory} cannot be used: {problem}", hint) from None


def _known(archive: Archive, name: str) -> Sample:
    for sample in archive.plan.samples():
        if sample.name == name:
            return sample
    raise Mistake(f"there is no sample {name}", "See which there are: solieu review samples DIR.")


def _share(share: Share) -> tuple[str, str, str]:
    """A share and its interval in percent; empty where nothing was looked at."""
    one, two, three = ("" if part is None else f"{part:.1%}" for part in (share.value, share.low, share.high))
    return one, two, three
