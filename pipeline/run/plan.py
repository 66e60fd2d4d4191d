"""What a run has to do: which files are new or touched, which are as they were, which are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.model import Cause
from pipeline.run.archive import Archive, ArchiveFile
from pipeline.run.cache import key_of
from pipeline.run.pool import Limits
from pipeline.run.worker import Task, facts_key
from pipeline.store.ledger import FileEntry

_BOUND = frozenset({Cause.CRASH, Cause.TIMEOUT, Cause.MEMORY})
"""Failures that other limits may cure."""
_PASSING = frozenset({Cause.UNREADABLE, Cause.MISSING_PACKAGE})
"""Failures that may be gone the next time although the file is the same."""
_LARGE = 8 << 20
"""Bytes from which a file is begun before the others, so that a run does not end waiting for it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything besides a document that its facts come from."""

    rules_version: str
    limits: Limits

    def made_from(self, doc_id: str, path: str, cause: Cause | None = None) -> str:
        """The mark of a result that is up to date: of facts, or of a failure of that cause."""
        key = facts_key(doc_id, path, self.rules_version)
        if cause in _PASSING:
            return ""
        if cause in _BOUND:
            return key_of(key, str(self.limits.seconds), str(self.limits.memory))
        return key


@dataclass(frozen=True, slots=True)
class Job:
    """A file and the task to do for it."""

    file: ArchiveFile
    task: Task


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, what stays, which locations are gone, and how many files are yet being written."""

    jobs: list[Job]
    kept: dict[str, FileEntry]
    gone: list[str]
    unsettled: int = 0


def plan(
    archive: Archive,
    known: Mapping[str, FileEntry],
    recipe: Recipe,
    force: bool,
    limit: int | None,
    settled_by_ns: int | None = None,
) -> Plan:
    """Compare what is there with what the ledger knows.

    Files that earlier runs took from elsewhere stay in the dataset and follow the rules too; only
    what lay below this run's paths can be gone. `limit` bounds how many of the files found are looked at.
    A file that was touched after `settled_by_ns` may not be whole: what is known of it stays for now.
    """
    settled = [file for file in archive.files if settled_by_ns is None or file.touched_ns <= settled_by_ns]
    files = settled if limit is None else settled[:limit]
    looked_at = {file.location for file in files}
    jobs: list[Job] = []
    kept: dict[str, FileEntry] = {}
    for file in files:
        entry = known.get(file.location)
        if entry is not None and not force and entry.signature == file.signature and _fresh(entry, file.path, recipe):
            kept[file.location] = _shown_as(entry, file.path)
        else:
            jobs.append(Job(file, _task(file, entry, force)))
    found = {file.location for file in archive.files}
    gone = [place for place in known if archive.covers(place) and place not in found and place not in archive.failures]
    for location, entry in known.items():
        if location in looked_at or location in archive.failures or location in set(gone):
            continue
        if entry.doc_id is None or _fresh(entry, entry.path, recipe):
            kept[location] = entry
        else:
            file = ArchiveFile(location, location, entry.path, entry.size, entry.signature)
            jobs.append(Job(file, Task(file.source, file.path, entry.doc_id, entry.size)))
    jobs.sort(key=lambda job: (-(job.file.size // _LARGE), job.file.path, job.file.location))
    return Plan(jobs, kept, gone, len(archive.files) - len(settled))


def _fresh(entry: FileEntry, path: str, recipe: Recipe) -> bool:
    cause = entry.failure.cause if entry.failure else None
    return entry.doc_id is not None and entry.made_from == recipe.made_from(entry.doc_id, path, cause) != ""


def _shown_as(entry: FileEntry, path: str) -> FileEntry:
    if entry.path == path:
        return entry
    return replace(entry, path=path, failure=entry.failure and replace(entry.failure, path=path))


def _task(file: ArchiveFile, entry: FileEntry | None, force: bool) -> Task:
    """The bytes need no new hash where the file was not touched since it was read."""
    untouched = entry is not None and entry.signature == file.signature
    doc_id = entry.doc_id if entry is not None and untouched and not force else None
    return Task(file.source, file.path, doc_id, file.size, force)
