"""The dataset as it stands: its database, made anew when a run has published, and the names of its codes."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.review.plan import Plan
from pipeline.run.job import CACHE_NAME
from pipeline.web.database import CODE_TABLES, TABLES, connect
from pipeline.web.names import Names
from pipeline.web.page_images import PageImages
from pipeline.web.reviews import Reviews
from pipeline.web.texts import Texts

_LOOK_EVERY = 2.0
"""Seconds after which the files are looked at again."""
_HERE = Path(__file__).parent
_MAKERS = ("database.py", "building.py", "folding.py", "texts.py", "queue_tables.py", "risk.py")
"""The modules that decide what is in the database."""


class ArchiveError(Exception):
    """The database cannot be made; the message tells why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the dataset. `key` names its content."""

    key: str
    database: Path
    names: Names


class Archive:
    """The dataset in a folder. `snapshot` is what requests work with; it follows the runs into that folder."""

    def __init__(self, dataset: Path) -> None:
        """Makes the database where there is none of this content. Raises ArchiveError."""
        self.dataset = dataset
        self.texts = Texts(dataset)
        self.page_images = PageImages(self.texts)
        self.reviews = Reviews(dataset)
        self.plan = Plan(dataset)
        self._building = threading.Lock()
        self._looked = time.monotonic()
        self._look = self._files()
        self._snapshot = self._make()

    def snapshot(self) -> Snapshot:
        """The newest state. Where the files have changed, a new one is begun and this gives the old one."""
        if time.monotonic() - self._looked > _LOOK_EVERY:
            self._looked = time.monotonic()
            if self._files() != self._look and self._building.acquire(blocking=False):
                threading.Thread(target=self._follow, daemon=True).start()
        return self._snapshot

    @contextmanager
    def opened(self, snapshot: Snapshot) -> Iterator[sqlite3.Connection]:
        """A state for reading, beside what was decided and planned; closed with the block."""
        with closing(connect(snapshot.database)) as db:
            self.reviews.attach(db)
            self.plan.attach(db)
            yield db

    def key(self) -> str:
        """The name of all that pages can show now: the dataset and what was decided about it."""
        return hashlib.sha256(f"{self.snapshot().key} {self.reviews.look()}".encode()).hexdigest()[:32]

    def _follow(self) -> None:
        try:
            look = self._files()
            self._snapshot = self._make()
            self._look = look
        except (ArchiveError, OSError):
            pass  # a run is in the middle of publishing: the next look tries again
        finally:
            self._building.release()

    def _sources(self) -> list[Path]:
        tables = [self.dataset / f"{table.name}.parquet" for table in TABLES]
        return [*tables, *(self.dataset / f"{name}.csv" for name in CODE_TABLES)]

    def _files(self) -> tuple[tuple[int, int] | None, ...]:
        looks: list[tuple[int, int] | None] = []
        for path in self._sources():
            try:
                status = path.stat()
                looks.append((status.st_size, status.st_mtime_ns))
            except OSError:
                looks.append(None)
        return tuple(looks)

    def _make(self) -> Snapshot:
        key = _digest([*self._sources(), *(_HERE / name for name in _MAKERS)])
        database = _folder(self.dataset) / f"{key}.sqlite"
        if not database.exists():
            command = [sys.executable, "-m", "pipeline.web.building", str(self.dataset), str(database)]
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
            if answer.returncode:
                raise ArchiveError(answer.stderr.strip().splitlines()[-1] if answer.stderr.strip() else "it was killed")
        _keep_two(database)
        with closing(connect(database)) as db:
            return Snapshot(key, database, Names.of(db))


def _digest(paths: list[Path]) -> str:
    """A name for what is in these files together."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        if path.exists():
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:32]


def _keep_two(database: Path) -> None:
    """Remove the databases of older states but for the last one, which requests may still be reading."""
    with suppress(OSError):
        database.touch()
        for old in sorted(database.parent.glob("*.sqlite"), key=lambda file: file.stat().st_mtime_ns)[:-2]:
            old.unlink(missing_ok=True)


def _folder(dataset: Path) -> Path:
    """Where databases are kept: beside the dataset, or, where one may not write there, among temporary files."""
    beside = dataset / CACHE_NAME / "web"
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=beside):
            return beside
    except OSError:
        mine = (
            Path(tempfile.gettempdir())
            / f"solieu-web-{hashlib.sha256(str(dataset.absolute()).encode()).hexdigest()[:16]}"
        )
        mine.mkdir(mode=0o700, exist_ok=True)
        return mine
