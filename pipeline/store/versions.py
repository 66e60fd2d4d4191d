"""What a result was made with, so that it is made again when that changes, and only then."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from pipeline import __version__
from pipeline.store.rows import Versions

_PIPELINE = Path(__file__).parents[1]
READING = ("model", "read", "text")
"""The rooms whose code decides how a document is read."""
_ROWS = tuple(f"store/{name}.py" for name in ("rows", "schema", "codes", "columns", "fact_tables", "document_tables"))
EXTRACTION = (*READING, "values", "rulebook", "match", "assemble", "check", "extract.py", *_ROWS)
"""The rooms whose code decides what is read out of it."""
_LAID_OVER = ("anchoring", "cells", "overlay", "revision", "standing", "survival")
_TOGETHER = tuple(f"run/{name}.py" for name in ("between", "reviewed", "shards", "stated"))
_PUBLISHING = ("check", "series", "store", *_TOGETHER, *(f"review/{name}.py" for name in _LAID_OVER))
_READING_PACKAGES = ("lxml", "pdfplumber", "pypdfium2", "python-docx", "selectolax", "regex")
_EXTRACTION_PACKAGES = (*_READING_PACKAGES, "python-crfsuite", "spacy", "underthesea", "underthesea-core")


class Versioned(Protocol):
    """A rulebook, of which only the hash of its content matters here."""

    @property
    def version(self) -> str: ...


@cache
def reader_version() -> str:
    """A hash of the reader's code and of the packages that it reads with."""
    return _fingerprint(READING, _READING_PACKAGES)


@cache
def extractor_version() -> str:
    """A hash of the code, and of the packages, that turn a document into facts (rules apart)."""
    return _fingerprint(EXTRACTION, _EXTRACTION_PACKAGES)


@cache
def publisher_version() -> str:
    """A hash of the code that makes series, and files, of the rows of all documents."""
    return _fingerprint(_PUBLISHING, ("pyarrow",))


def versions_of(rulebook: Versioned) -> Versions:
    """What the rows say that they were made with."""
    return Versions(f"{__version__}+{extractor_version()[:12]}", rulebook.version)


def _fingerprint(rooms: tuple[str, ...], packages: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for file in _sources(rooms):
        digest.update(f"{file.relative_to(_PIPELINE).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for package in packages:
        try:
            digest.update(f"{package} {version(package)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{package} -\0".encode())
    return digest.hexdigest()


def _sources(rooms: tuple[str, ...]) -> list[Path]:
    """The files of the rooms, data files that lie among the code included."""
    files: list[Path] = []
    for room in rooms:
        place = _PIPELINE / room
        files += [place] if place.is_file() else [f for f in place.rglob("*") if f.is_file() and f.suffix != ".pyc"]
    return sorted(files)
