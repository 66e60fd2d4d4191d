"""One document from its bytes to its facts: the function that every command and engine runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import Cause, Document, Extraction, Failure, ReadError

if TYPE_CHECKING:
    from pipeline.rulebook.book import Rulebook


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: a document with its facts, or a failure that says why not."""

    path: str
    doc_id: str | None
    size: int
    document: Document | None = None
    extraction: Extraction | None = None
    failure: Failure | None = None


def process(data: bytes, path: str, rulebook: Rulebook) -> Result:
    """Read `data` and extract its facts. Pure: the same answer on any machine; never raises.

    `path` is recorded, and its ending may help to recognise the format; nothing is read from it.
    """
    doc_id = document_id(data)
    try:
        document = read_document(data, path)
        return Result(path, doc_id, len(data), document, extract_facts(document, rulebook))
    except Exception as problem:  # one bad document must not cost the others
        return Result(path, doc_id, len(data), failure=failure_of(problem, path, doc_id))


def process_file(file: Path, rulebook: Rulebook) -> Result:
    """`process` of a file; one that cannot be opened is a failure like any other."""
    try:
        data = file_bytes(file)
    except Exception as problem:
        return Result(str(file), None, 0, failure=failure_of(problem, str(file), None))
    return process(data, str(file), rulebook)


def file_bytes(file: Path) -> bytes:
    """The bytes of a file; raises OSError, or ReadError for one that is larger than any document."""
    refuse_large(file.stat().st_size)
    return file.read_bytes()


def refuse_large(size: int) -> None:
    """Raise ReadError for a file of more bytes than any document has."""
    from pipeline.read.settings import DEFAULT

    if size > DEFAULT.max_bytes:
        message = f"the file has {size:,} bytes, more than {DEFAULT.max_bytes:,}"
        raise ReadError(Cause.TOO_LARGE, message, "Split the file into its documents and run again.")


def document_id(data: bytes) -> str:
    """SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def read_document(
    data: bytes,
    path: str,
    left_out: tuple[int, ...] = (),
    page_begins: Callable[[int], None] | None = None,
    measured: bool = False,
) -> Document:
    """The bytes as a document; raises ReadError where they cannot be read.

    Pages `left_out` are passed over with a warning; `page_begins` hears of each page before it is read. One that
    is `measured` knows the places of all its characters, and needs its file no more.
    """
    from pipeline.read import ReadSettings, read_bytes

    settings = ReadSettings(left_out=left_out, page_begins=page_begins, measured=measured)
    document = read_bytes(data, path, settings)
    return document.measured() if measured else document


def extract_facts(document: Document, rulebook: Rulebook) -> Extraction:
    """The facts of a document that was read."""
    from pipeline.extract import extract

    return extract(document, rulebook)


def failure_of(problem: BaseException, path: str, doc_id: str | None) -> Failure:
    """A problem as a typed row of `errors.csv`."""
    if isinstance(problem, ReadError):
        return Failure(path, doc_id, problem.cause, problem.message, problem.hint)
    if isinstance(problem, MemoryError):
        message = "the document needs more memory than a document may use"
        return Failure(path, doc_id, Cause.MEMORY, message, "Raise the bound with --memory, or split the document.")
    if isinstance(problem, OSError):
        message = f"the file cannot be opened: {problem.strerror or type(problem).__name__}"
        hint = "Check that it exists and may be read."
        if isinstance(problem, IsADirectoryError):
            hint = "Give files, as in FOLDER/*.pdf; `solieu run FOLDER` reads all that lies below a folder."
        return Failure(path, doc_id, Cause.UNREADABLE, message, hint)
    if isinstance(problem, ModuleNotFoundError) and not (problem.name or "").startswith("pipeline"):
        message = f"the package {problem.name} is not installed"
        return Failure(path, doc_id, Cause.MISSING_PACKAGE, message, "Run `solieu doctor`: it tells what to install.")
    message = f"{type(problem).__name__}: {problem}"
    return Failure(path, doc_id, Cause.INTERNAL, message, "A defect of solieu: please report it with the document.")
