"""`solieu corpus`: documents to try the program on, with what a reader takes out of them."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.console import FILE, Mistake


@click.group(short_help="Make documents with gold, to try solieu on.")
def corpus() -> None:
    """Make documents of the genre, in any number and format, together with their gold.

    \b
    solieu corpus make --out try
    solieu evaluate try/gold
    """


@corpus.command(short_help="Write documents and their gold.")
@click.option("--out", type=FILE, required=True, metavar="DIR", help="Folder for documents/ and gold/.")
@click.option("--documents", type=click.IntRange(1), default=100, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("--formats", metavar="F,F…", help="Formats in turn.  [default: all that need no recognition]")
@click.option(
    "--wear", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="How worn scans and photographs are."
)
def make(out: Path, documents: int, seed: int, formats: str | None, wear: float) -> None:
    """Write DIR/documents and DIR/gold: reports, plans, notices, letters, decisions and news that nobody wrote.

    Every figure is invented. The gold comes from the writing itself, never from reading.
    Formats: txt, tcvn3 (text from before Unicode), html, mhtml, eml, docx, doc, rtf, odt, xlsx, csv, pdf,
    scan (PDF of worn pictures), jpg and png (photographs). docx and pdf need the extra `corpus`.

    \b
    solieu corpus make --documents 200 --seed 7 --formats pdf,docx --out try
    solieu corpus make --documents 20 --formats scan,jpg --wear 0.8 --out worn
    """
    from pipeline.synthesis.formats.makers import MAKERS
    from pipeline.synthesis.formats.needs import MissingPackageError
    from pipeline.synthesis.make import USUAL, make_corpus

    chosen = [name.strip() for name in formats.split(",")] if formats else list(USUAL)
    unknown = [name for name in chosen if name not in MAKERS]
    if unknown:
        raise Mistake(f"there is no format {', '.join(unknown)}", f"There are {', '.join(MAKERS)}.")
    if out.is_dir() and any(out.iterdir()):
        raise Mistake(f"{out} is not empty", "Name a new folder; nothing is overwritten.")
    try:
        for _ in make_corpus(out, documents, seed, chosen, wear):
            pass
    except MissingPackageError as missing:
        raise Mistake(str(missing), "Or leave docx, pdf, scan, jpg and png out of --formats.") from missing
    click.echo(f"{documents} documents in {out / 'documents'}, their gold in {out / 'gold'}")
