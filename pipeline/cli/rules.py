"""`solieu rules`: for someone who writes rules and no Python. The work is done by `authoring`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from pipeline.cli.console import FILE, Mistake

_LONGEST_PATH = 250
_TRY = "Give a sentence in quotation marks, or the path of a file."


@click.group(short_help="Check, try and list the rules.")
def rules() -> None:
    """Check, try and list the rules in `rules/`.

    \b
    solieu rules check
    solieu rules try "Năm 2022, chỉ số PAPI xếp thứ 20/63 tỉnh, thành phố"
    """


@rules.command(short_help="Validate every rule file and run its examples.")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--twins/--no-twins", default=True, show_default=True, help="Run the machine-made twins of examples too.")
def check(name: str | None, twins: bool) -> None:
    """Validate every rule file, run its examples and try every branch of its phrases.

    With NAME, the name of a rule file without its ending, only that file's examples and phrases are run.
    Exit code 1: something is to be mended.

    \b
    solieu rules check                all of them
    solieu rules check dossier        rules/measures/dossier.yaml alone
    """
    from pipeline.authoring import commands

    sys.exit(commands.check(name, twins=twins))


@rules.command(name="try", short_help="Show what the rules read in a text or file, and why.")
@click.argument("text", metavar="TEXT|FILE")
def try_(text: str) -> None:
    """Show what the rules read in TEXT, or in a FILE, and why.

    \b
    solieu rules try "Năm 2022, chỉ số PAPI xếp thứ 20/63 tỉnh, thành phố"
    solieu rules try report.pdf
    """
    from pipeline.authoring import commands
    from pipeline.model import ReadError

    if not text.strip():
        raise Mistake("there is no text", _TRY)
    if len(text) < _LONGEST_PATH and Path(text).is_dir():
        raise Mistake(f"{text} is a folder", "Give a sentence in quotation marks, or the path of a file in it.")
    if re.fullmatch(r"\S+\.[A-Za-z]{2,5}", text) and not Path(text).exists():
        raise Mistake(f"there is no file {text}", _TRY)
    try:
        sys.exit(commands.try_text(text))
    except ReadError as problem:
        raise Mistake(f"{text}: {problem.cause}: {problem.message}", problem.hint or _TRY) from None


@rules.command(name="list", short_help="List every measure with its code, names and unit.")
def list_() -> None:
    """List every measure with its code, names and unit.

    \b
    solieu rules list
    solieu rules list | grep overdue
    """
    from pipeline.authoring import commands

    sys.exit(commands.list_rules())


@rules.command(short_help="Write the catalogue of the rules.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.  [default: docs/rules.md]"
)
def doc(out: Path | None) -> None:
    """Write the catalogue of the rules: every measure and index with its codes and words.

    \b
    solieu rules doc
    solieu rules doc --out catalogue.md
    """
    from pipeline.authoring import commands

    sys.exit(commands.doc(out))


@rules.command(short_help="Write a reviewed fact as an entry of its rule file.")
@click.argument("obs_id", metavar="OBS_ID")
@click.option("--out", type=FILE, default="outputs", show_default=True, metavar="DIR", help="The dataset.")
@click.option("--why", default="", metavar="TEXT", help="What a known miss or a negative says of itself.")
def example(obs_id: str, out: Path, why: str) -> None:
    """Write a reviewed fact as an entry of its rule file: its sentence, and the facts that stand in it.

    It is an example, a known miss where the rules read something else, or a negative where nothing stands.
    The entry goes to standard output, where it belongs and what to look at to standard error.

    \b
    solieu rules example 869ab740bdc1e845673e-1 --out data
    """
    from pipeline.authoring.from_review import example_of
    from pipeline.cli.review import dataset_problems
    from pipeline.review.current import current, document_of
    from pipeline.rulebook.book import load
    from pipeline.web.texts import Texts

    with dataset_problems():
        doc_id = document_of(out, obs_id)
        reviewed = next(iter(current(out, doc_id)), None) if doc_id else None
    if doc_id is None or reviewed is None:
        raise Mistake(f"there is no observation {obs_id} in {out}", "Ids stand in observations.csv and at /review.")
    document = Texts(out).document(doc_id)
    if document is None:
        hint = "Run `solieu run` on the archive again: what was read is kept in the cache."
        raise Mistake(f"the text of {reviewed.document['path']} is no longer there", hint)
    written = example_of(document, reviewed.observations, obs_id, load(), why)
    click.echo(f"# rules/{written.file.parent.name}/{written.file.name}, under {written.kind}:", err=True)
    for remark in written.remarks:
        click.echo(f"# {remark}", err=True)
    click.echo(written.yaml, nl=False)


@rules.command(short_help="Show what a change of the rules gains and loses.")
@click.argument("archive", type=FILE, default=Path("corpus"))
@click.option("--facts", type=FILE, metavar="JSONL", help="Facts as printed by `extract`, instead of reading anew.")
@click.option("--record", "anew", is_flag=True, help="Record what the archive gives now, to compare with later.")
def diff(archive: Path, facts: Path | None, anew: bool) -> None:
    """Show what the rules gain and lose over ARCHIVE (corpus/) since it was recorded.

    Every fact that was lost, gained or changed, with its sentence and judged by ARCHIVE/gold; and the
    scores before and after. The recording is ARCHIVE/recorded.jsonl, under version control.

    \b
    …change a rule…
    solieu rules diff              losses and gains
    solieu rules diff --record     accept them
    """
    from pipeline.cli.evaluate import documents_of
    from pipeline.evaluate.recording import difference_lines, read_recording, record
    from pipeline.evaluate.sources import documents_beside, read_gold

    recording = archive / "recorded.jsonl"
    if not (archive / "gold").is_dir():
        raise Mistake(f"there is no gold in {archive}", "Name a folder with documents/ and gold/, such as corpus.")
    golds = read_gold(archive / "gold")
    files = (facts,) if facts else tuple(documents_beside(archive / "gold", golds))
    after = list(documents_of(files))
    if anew:
        click.echo(f"{record(recording, after)} facts of {len(after)} documents recorded in {recording}")
        return
    if not recording.is_file():
        raise Mistake(f"{archive} was never recorded", f"Run `solieu rules diff {archive} --record` first.")
    try:
        before = read_recording(recording)
    except ValueError as problem:
        raise Mistake(str(problem), "Record it again with --record.") from problem
    for line in difference_lines(before, after, golds):
        click.echo(line)
