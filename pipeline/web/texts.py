"""The documents behind the dataset: as they were read, and as they lie in the archive."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Document
from pipeline.run.cache import Cache
from pipeline.run.codec import decode
from pipeline.run.job import CACHE_NAME, LEDGER_NAME
from pipeline.run.worker import READING, reading_key

_SECONDS = 60
"""How long a document may be read anew while somebody waits for its page."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file of the archive: where it lies, the path that the dataset shows, and its bytes' SHA-256."""

    location: Path
    path: str
    doc_id: str

    def content(self) -> bytes | None:
        """The bytes; None where the file is gone or is no longer the one that was read."""
        try:
            data = self.location.read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == self.doc_id else None


@dataclass(frozen=True, slots=True)
class Texts:
    """Finds documents by their id, in the cache and the ledger beside the dataset."""

    dataset: Path

    def originals(self, doc_id: str) -> list[Original]:
        """Every file of the archive with these bytes, as the ledger knows them; nothing else is ever opened."""
        ledger = self.dataset / LEDGER_NAME
        if not ledger.exists():
            return []
        with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT location, path FROM files WHERE doc_id = ? AND NOT gone", (doc_id,)).fetchall()
        return [Original(Path(location), path, doc_id) for location, path in rows]

    def kept(self, doc_id: str) -> Document | None:
        """The document as the run read it, where the cache still has it."""
        cache = Cache(self.dataset / CACHE_NAME)
        for original in self.originals(doc_id):
            entry = cache.get(READING, reading_key(doc_id, original.path))
            if entry is not None:
                return decode(Document, entry)
        return None

    def document(self, doc_id: str) -> Document | None:
        """The document as it was read, else read anew (in a process of its own); None where it is gone."""
        document = self.kept(doc_id)
        if document is not None:
            return document
        for original in self.originals(doc_id):
            if original.content() is not None and (again := _read_anew(original)) is not None:
                return again
        return None


def _read_anew(original: Original) -> Document | None:
    command = [sys.executable, "-m", "pipeline.web.rereading", str(original.location), original.path]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return decode(Document, answer.stdout) if answer.returncode == 0 else None
