"""`solieu review`: the record of decisions: kept elsewhere, brought together, checked, and put to use."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.console import FILE, Mistake
from pipeline.cli.trust import draw, samples, trust
from pipeline.review.exports import FORMATS, Format, format_of

if TYPE_CHECKING:
    from pipeline.review.journal import Journal

_DECISIONS = "decisions"

_DIR = click.argument("directory", type=FILE, metavar="DIR")


@click.group(short_help="Decisions of reviewers: export, import, publish, samples, trust …")
def review() -> None:
    """What reviewers have decided about the facts of the dataset in DIR, the output folder of a run.

    Decisions are made at `solieu serve`. They lie in DIR/reviews.sqlite, which is only ever added to.

    \b
    solieu review export data decisions.jsonl     keep them elsewhere, or take them to another desk
    solieu review publish data                    bring the tables of the dataset in step with them
    solieu review draw data "Tháng 11"            a random sample to look at
    solieu review trust data                      which rules earn trust, which need work
    """


for _command in (trust, samples, draw):
    review.add_command(_command)


@review.command(name="export", short_help="Write every decision as a line of JSON, or facts in other formats.")
@_DIR
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), metavar="FILE")
@click.option("--format", "kind", type=click.Choice([_DECISIONS, *(one.name for one in FORMATS)]), default=_DECISIONS,
              show_default=True, help="What to write.")  # fmt: skip
@click.option("--base-url", default="http://127.0.0.1:8765", show_default=True, metavar="URL",
              help="Where `solieu serve` shows documents, for names and links in other formats.")  # fmt: skip
def export(directory: Path, file: Path, kind: str, base_url: str) -> None:
    """Write what was decided to FILE; - is standard output.

    decisions: every decision as a line of JSON, in its order; `solieu review import` reads it back.
    facts: every fact of the dataset as a line of JSON, with its evidence, what stands and who decided what.
    labelstudio: tasks for Label Studio, with the labelling interface beside them in FILE.xml.
    webannotation: facts and decisions as W3C Web Annotations in JSON-LD.

    \b
    solieu review export data decisions.jsonl
    solieu review export data tasks.json --format labelstudio
    solieu review export data annotations.jsonld --format webannotation
    """
    from pipeline.review.exchange import export_lines

    file.parent.mkdir(parents=True, exist_ok=True)
    if (format_ := format_of(kind)) is not None:
        _export_facts(directory, file, format_, base_url)
        return
    to_screen = str(file) == "-"
    with _journal(directory) as journal, click.open_file(str(file), "w", "utf-8", atomic=not to_screen) as stream:
        count = sum(1 for line in export_lines(journal) if stream.write(line))
    click.echo(f"{count} decisions", err=to_screen)


def _export_facts(directory: Path, file: Path, format_: Format, base_url: str) -> None:
    """Facts and decisions in a format of another tool. Says how many there are, and whose text is gone."""
    from pipeline.review.exports.label_studio import config
    from pipeline.review.exports.material import Reviewed, documents
    from pipeline.web.texts import Texts

    facts, without_text, indicators = 0, 0, set[str]()

    def counted() -> Iterator[Reviewed]:
        nonlocal facts, without_text
        for document in documents(directory, Texts(directory).document):
            facts += len(document.facts)
            without_text += document.read is None
            indicators.update(str(fact.row["indicator"]) for fact in document.facts)
            yield document

    to_screen = str(file) == "-"
    with dataset_problems(), click.open_file(str(file), "w", "utf-8", atomic=not to_screen) as stream:
        stream.writelines(format_.export(counted(), base_url))
    if format_.name == "labelstudio" and not to_screen:
        file.with_name(f"{file.name}.xml").write_text(config(indicators), encoding="utf-8")
    click.echo(f"{facts} facts", err=to_screen)
    if without_text:
        click.echo(f"{without_text} documents whose text can no longer be had", err=True)


@review.command(name="import", short_help="Take in the decisions of another desk.")
@_DIR
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True),
                metavar="FILE.jsonl")  # fmt: skip
def import_(directory: Path, file: Path) -> None:
    """Take in the decisions of another desk, in their order; what is known already changes nothing.

    Exit code 1 where a decision is in the record under the same id and says something else: it is left out.

    \b
    solieu review import data decisions.jsonl
    """
    from pipeline.review.exchange import LineError, import_lines
    from pipeline.review.wellformed import MalformedError

    if not directory.is_dir():
        raise Mistake(f"{directory} is no folder", "Give the output folder of a run.")
    try:
        with _journal(directory, new=True) as journal, click.open_file(str(file), encoding="utf-8") as lines:
            done = import_lines(journal, lines)
    except (LineError, MalformedError, UnicodeDecodeError) as problem:
        said = "this is no text in UTF-8" if isinstance(problem, UnicodeDecodeError) else problem
        raise Mistake(
            f"{file}: {said}",
            "Nothing was taken in. The file is what `solieu review export DIR FILE` writes; export it again.",
        ) from None
    for conflict in done.conflicts:
        click.echo(f"conflict: {conflict.decision_id} is in the record and says something else", err=True)
    for turned in done.turned:
        was, now = turned.before.verdict, turned.after.verdict
        assert was is not None
        assert now is not None
        click.echo(
            f"{turned.after.obs_id}: {was.reviewer} {turned.before.state}, {now.reviewer} {turned.after.state}: "
            "the later one stands"
        )
    click.echo(
        f"{done.added} decisions taken in, {done.known} known, {len(done.conflicts)} conflicts, "
        f"{len(done.turned)} facts decided otherwise"
    )
    sys.exit(1 if done.conflicts else 0)


@review.command(short_help="Check that no decision was changed or removed.")
@_DIR
def verify(directory: Path) -> None:
    """Check that the record is as it was written: no decision changed, removed or slipped in. Exit code 1 if not.

    \b
    solieu review verify data
    """
    with _journal(directory) as journal:
        problems = journal.verify()
        last = journal.since(max(0, journal.last_sequence() - 1))
    for problem in problems:
        click.echo(problem)
    if not problems:
        click.echo(f"{last[0].sequence if last else 0} decisions, all as they were recorded")
        if last:
            click.echo(f"chain {last[0].chain}")
    sys.exit(1 if problems else 0)


@review.command(short_help="List decisions about facts that are no longer read.")
@_DIR
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def orphans(directory: Path, as_json: bool) -> None:
    """List decisions about facts that are no longer read: the rules, or the archive, have changed.

    \b
    solieu review orphans data
    """
    from pipeline.review.current import orphans as found

    with dataset_problems():
        listed = found(directory)
    for stands, path in listed:
        verdict = stands.verdict
        assert verdict is not None
        words = stands.slots.get("quote") or stands.before.get("quote") or ""
        if as_json:
            told = {
                "obs_id": stands.obs_id, "doc_id": stands.doc_id, "path": path, "state": stands.state,
                "reviewer": verdict.reviewer, "at": verdict.at, "quote": words,
                "slots": {**stands.before, **stands.slots},
            }  # fmt: skip
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            where = path or f"a document that is gone ({stands.doc_id[:12]})"
            click.echo(f"{stands.obs_id}  {stands.state} by {verdict.reviewer}, {verdict.at}  {where}: {words}")
    if not as_json:
        click.echo(f"{len(listed)} orphaned decisions")


@review.command(short_help="Write what was reviewed as gold for `solieu evaluate`.")
@_DIR
@click.argument("gold_dir", type=FILE, metavar="GOLD_DIR")
def gold(directory: Path, gold_dir: Path) -> None:
    """Write what was reviewed as gold, a file for each document, for `solieu evaluate`.

    Families whose facts were all reviewed count in full; of the others only what was found right is asked for.

    \b
    solieu review gold data gold
    solieu evaluate gold --out data
    """
    from pipeline.evaluate.reviewed import gold_of
    from pipeline.review.current import current

    gold_dir.mkdir(parents=True, exist_ok=True)
    names: set[str] = set()
    facts = 0
    with dataset_problems():
        for reviewed in current(directory):
            made = gold_of(reviewed)
            if made is None:
                continue
            stem = Path(str(made["file"])).stem
            name = stem if stem not in names else f"{stem}-{str(reviewed.document['doc_id'])[:8]}"
            names.add(stem)
            (gold_dir / f"{name}.json").write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
            facts += len(made["observations"]) if isinstance(made["observations"], list) else 0
    click.echo(f"{facts} facts of {len(names)} documents in {gold_dir}")


@review.command(short_help="Bring the tables in step with what was decided.")
@_DIR
@click.option("--quiet", is_flag=True, help="Say nothing.")
def publish(directory: Path, quiet: bool) -> None:
    """Bring the tables in DIR in step with what was decided, without a look at the archive.

    The next `solieu run` does so too.

    \b
    solieu review publish data
    """
    from pipeline.cli.run import go
    from pipeline.run.job import LEDGER_NAME, Request

    if not (directory / LEDGER_NAME).exists():
        raise Mistake(f"there is no finished run in {directory}", "Run `solieu run PATH --out DIR` first.")
    sys.exit(go(Request((), directory, workers=1), quiet))


@contextmanager
def _journal(directory: Path, new: bool = False) -> Iterator[Journal]:
    """The record of a dataset; one that is not there is made where that is wanted, else it is a mistake."""
    from pipeline.review.journal import JOURNAL_NAME, Journal

    path = directory / JOURNAL_NAME
    if not new and not path.exists():
        raise Mistake(f"nothing has been reviewed in {directory}", "Review facts at `solieu serve`, page /review.")
    try:
        with Journal(path) as journal:
            yield journal
    except sqlite3.DatabaseError as problem:
        hint = "See whether the file is whole and may be written."
        raise Mistake(f"{path} cannot be used: {problem}", hint) from None


@contextmanager
def dataset_problems() -> Iterator[None]:
    """What is wrong with a dataset or its record, as a mistake with its hint."""
    from pipeline.review.snapshot import RecordError
    from pipeline.store.reading import DatasetError

    try:
        yield
    except DatasetError as problem:
        raise Mistake(problem.message, problem.hint) from None
    except RecordError as problem:
        raise Mistake(str(problem), "See whether the file is whole and may be written.") from None
