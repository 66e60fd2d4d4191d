"""`solieu doctor`: what is installed, what is missing, what each missing part costs."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from pipeline.cli.console import FILE

PACKAGES = {
    "underthesea": "words of Vietnamese text: nothing can be extracted",
    "spacy": "matching over words: nothing can be extracted",
    "regex": "patterns: nothing can be extracted",
    "pypdfium2": "text of PDF files: no PDF can be read",
    "pdfplumber": "ruled tables of PDF files: their cells are read as running text",
    "lxml": "DOCX files cannot be read",
    "selectolax": "HTML files cannot be read",
    "pandas": "nothing can be exported: exports are not held against their schema",
    "pyarrow": "the tables cannot be written",
    "pandera": "nothing can be exported: exports are not held against their schema",
    "xlsxwriter": "no export to Excel",
    "pebble": "documents cannot be worked on in processes of their own: no run",
}
"""Packages that solieu stands on, and what is lost without each."""
PROGRAMS = {
    "tesseract": "scanned pages and images cannot be recognised (Debian: tesseract-ocr tesseract-ocr-vie)",
    "soffice": "DOC, XLS, PPT and RTF files cannot be converted (Debian: libreoffice-writer-nogui)",
}
"""Programs beside it, and what is lost without each."""
EXTRAS = {
    "web": (("argon2-cffi", "fastapi", "jinja2", "uvicorn"), "no `solieu serve`, no `solieu users`"),
    "watch": (("watchfiles",), "no `solieu watch`"),
    "s3": (("fsspec", "s3fs"), "no archive or dataset in an object store"),
    "dask": (("distributed",), "no run on a Dask cluster"),
    "postgres": (("psycopg",), "no export to PostgreSQL"),
    "corpus": (("python-docx", "reportlab"), "`solieu corpus make` writes no DOCX and no PDF"),
}
"""Extras of the package: what each needs, and what is lost without it."""


@click.command(short_help="Tell what is installed, what is missing, and what that costs.")
@click.option("--out", type=FILE, default="outputs", show_default=True, metavar="DIR", help="Whose cache to measure.")
def doctor(out: Path) -> None:
    """Tell what is installed, what is missing, and what each missing part costs.

    MISSING: install the package, solieu needs it (exit code 1). absent: solieu works, but for what the line says.

    \b
    solieu doctor
    solieu doctor --out data        whose cache to measure
    """
    from pipeline import __version__

    click.echo(f"solieu {__version__}, Python {sys.version.split()[0]}")
    missing = 0
    for package, cost in PACKAGES.items():
        if found := _version(package):
            click.echo(f"  ok       {package} {found}")
        else:
            missing += 1
            click.echo(f"  MISSING  {package}: {cost}")
    for program, cost in PROGRAMS.items():
        path = shutil.which(program)
        click.echo(f"  ok       {program}: {path}" if path else f"  absent   {program}: {cost}")
    for extra, (packages, cost) in EXTRAS.items():
        absent = [package for package in packages if not _version(package)]
        named = f"{', '.join(absent)} (pip install 'solieu[{extra}]'): {cost}"
        click.echo(f"  absent   {named}" if absent else f"  ok       {', '.join(packages)} (extra {extra})")
    _tell_rules()
    _tell_cache(out)
    sys.exit(1 if missing else 0)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _tell_rules() -> None:
    from pipeline.rulebook.book import load

    try:
        rulebook = load()
    except Exception as problem:
        click.echo(f"  BROKEN   rules: {problem}")
        return
    click.echo(f"  ok       rules, version {rulebook.version[:12]}")


def _tell_cache(out: Path) -> None:
    from pipeline.run.cache import Cache
    from pipeline.run.job import CACHE_NAME

    size = Cache(out / CACHE_NAME).size() if (out / CACHE_NAME).is_dir() else 0
    click.echo(f"  cache of {out}: {size / (1 << 20):,.1f} MiB (removing {out / CACHE_NAME} costs one full run)")
