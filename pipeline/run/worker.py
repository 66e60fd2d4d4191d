"""What a worker process does: one document from its file to its cache entry.

Texts and facts stay between worker and cache; the main process gets an Outcome, a few numbers.
"""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import Cause, Document, Failure, ReadError
from pipeline.process import document_id, extract_facts, failure_of, read_document
from pipeline.rulebook.changes import stretches_of
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.remote import RemoteError, source_bytes
from pipeline.store.plain import Json, keep, restore
from pipeline.store.rows import Material, material_from
from pipeline.store.tables import TABLES
from pipeline.store.versions import extractor_version, reader_version, versions_of

if TYPE_CHECKING:
    from pipeline.rulebook.book import Rulebook

READING, TEXT, FACTS = "reading", "text", "facts"
"""The kinds of cache entries: documents as read, what rules can meet in them, and rows of one document."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to do. `doc_id` is given where the bytes are known not to have changed; pages `left_out` are not
    read, because they took too long before."""

    source: str
    path: str
    doc_id: str | None = None
    size: int = 0
    force: bool = False
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: where its rows are kept, counts of what they hold, or a failure.

    `page` is the one that took too long; `left_out` are those that were therefore not read.
    """

    doc_id: str | None
    size: int
    made_from: str
    status: str
    figures: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None
    detail: str = ""
    was_read: bool = False
    page: int | None = None
    left_out: tuple[int, ...] = ()


def reading_key(doc_id: str, path: str) -> str:
    """The name of a document as read: its bytes, the ending that helps to recognise it, and the reader."""
    return key_of(READING, doc_id, _ending(path), reader_version())


def facts_key(doc_id: str, path: str, rules_version: str) -> str:
    """The name of a document's rows: how it was read, the rules, and the code that applies them."""
    return key_of(FACTS, reading_key(doc_id, path), rules_version, extractor_version())


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - asked for every file of every run; a Path is slow


class Worker:
    """Does tasks, one after another, with one rulebook and one cache."""

    def __init__(self, rulebook: Rulebook, cache: Cache, page_seconds: float = 0.0) -> None:
        self.rulebook = rulebook
        self.cache = cache
        self._page_seconds = page_seconds

    def do(self, task: Task) -> Outcome:
        """One task. Raises OSError where the cache cannot be written, RemoteError where a store cannot be reached; a
        bad document is an Outcome."""
        doc_id, size, data = task.doc_id, task.size, None
        if doc_id is None:
            try:
                data = source_bytes(task.source)
            except (OSError, ReadError) as problem:
                return Outcome(None, size, "", "failed", failure=failure_of(problem, task.path, None))
            doc_id, size = document_id(data), len(data)
        made_from = facts_key(doc_id, task.path, self.rulebook.version)
        anew = task.force or bool(task.left_out)
        if not anew and (kept := load_material(self.cache, made_from)) is not None:
            return _outcome(doc_id, size, made_from, kept)
        document = None if anew else kept_document(self.cache, doc_id, task.path)
        was_read = document is None
        try:
            if document is None:
                document = self._read(task, source_bytes(task.source) if data is None else data)
            made = material_from(document, extract_facts(document, self.rulebook), versions_of(self.rulebook))
            reading, facts = encode(document) if was_read else b"", packed(made)
            text = stretches_of(document).encode("utf-8", "surrogatepass")
        except RemoteError:
            raise
        except Exception as problem:
            failure = failure_of(problem, task.path, doc_id)
            detail = "".join(traceback.format_exception(problem, limit=-8)) if failure.cause is Cause.INTERNAL else ""
            return Outcome(doc_id, size, made_from, "failed", failure=failure, detail=detail, was_read=was_read)
        if was_read:
            self.cache.put(READING, reading_key(doc_id, task.path), reading)
        self.cache.put(TEXT, reading_key(doc_id, task.path), text)
        self.cache.put(FACTS, made_from, facts)
        return replace(_outcome(doc_id, size, made_from, made, was_read), left_out=task.left_out)

    def _read(self, task: Task, data: bytes) -> Document:
        """Read a document, to be kept; a page that takes too long costs this process, which `page_at` tells apart."""
        note = _note(self.cache, task)

        def page_begins(number: int) -> None:
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(str(number))
            # Nobody handles the signal: it ends the process whatever library holds it.
            signal.setitimer(signal.ITIMER_REAL, self._page_seconds)

        try:
            hears = page_begins if self._page_seconds else None
            return read_document(data, task.path, task.left_out, hears, measured=True)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            note.unlink(missing_ok=True)


def kept_document(cache: Cache, doc_id: str, path: str) -> Document | None:
    """A document as it was read; None where it is not kept, or no longer whole."""
    kept = cache.get(READING, reading_key(doc_id, path))
    return None if kept is None else decode(Document, kept)


def page_at(cache: Cache, task: Task) -> int | None:
    """The page that was being read when the worker of a task ended; None where that is not known."""
    note = _note(cache, task)
    try:
        return int(note.read_text())
    except (OSError, ValueError):
        return None
    finally:
        note.unlink(missing_ok=True)


def _note(cache: Cache, task: Task) -> Path:
    """Where a worker notes which page of a document it reads."""
    return cache.path("pages", key_of(task.source))


def packed(material: Material) -> bytes:
    """One document's rows as a cache entry; `load_material` gives them back."""
    kept = {table.name: keep(table, material[table.name]) for table in TABLES if table.name in material}
    return json.dumps(kept, ensure_ascii=False).encode("utf-8")


def load_material(cache: Cache, key: str) -> Material | None:
    """One document's rows as they were kept; None where they are not, or no longer whole."""
    content = cache.get(FACTS, key)
    if content is None:
        return None
    kept: dict[str, dict[str, list[Json]]] = json.loads(content)
    return {table.name: restore(table, kept[table.name]) for table in TABLES if table.name in kept}


def _outcome(doc_id: str, size: int, made_from: str, material: Material, was_read: bool = False) -> Outcome:
    [status] = material["documents"]["status"]
    return Outcome(doc_id, size, made_from, str(status), _figures(material), was_read=was_read)


def _figures(material: Material) -> dict[str, int]:
    """Counts of a document: pages, characters, facts by family, numerals, findings."""
    [pages], [chars] = (material["documents"][name] for name in ("pages", "chars"))
    families = Counter(str(indicator).partition(".")[0] for indicator in material["observations"]["indicator"])
    return {
        "pages": int(str(pages or 0)),
        "chars": int(str(chars)),
        **{f"facts.{family}": count for family, count in sorted(families.items())},
        "facts.references": len(material["references"]["doc_id"]),
        "facts.dates": len(material["dates"]["doc_id"]),
        "numerals": len(material["numerals"]["doc_id"]),
        "numerals_unexplained": material["numerals"]["class"].count("unexplained"),
        "findings": len(material["checks"]["doc_id"]),
    }
