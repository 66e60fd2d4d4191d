"""What a run has to do: which files are new or touched, which are as they were, which are gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, replace

from pipeline.model import Cause
from pipeline.run.archive import Archive, ArchiveFile
from pipeline.run.cache import key_of
from pipeline.run.pool import Limits
from pipeline.run.worker import Task
from pipeline.store.ledger import FileEntry
from pipeline.store.versions import extractor_version, reader_version

_BOUND = frozenset({Cause.CRASH, Cause.TIMEOUT, Cause.MEMORY})
"""Failures that other limits may cure."""
_PASSING = frozenset({Cause.UNREADABLE, Cause.MISSING_PACKAGE})
"""Failures that may be gone the next time although the file is the same."""
_OF_RULES = frozenset({*_BOUND, Cause.INTERNAL})
"""Failures in which the rules may have had a part."""
_LARGE = 8 << 20
"""Bytes from which a file is begun before the others, so that a run does not end waiting for it."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything besides a document that its facts come from.

    `carries` tells whether the facts of a file hold under these rules although they were made under others.
    """

    rules_version: str
    limits: Limits
    carries: Callable[[FileEntry], bool]
    _marks: dict[Cause | None, str] = field(default_factory=dict)

    def mark(self, cause: Cause | None = None) -> str:
        """The mark of a result of this program: of facts, or of a failure of that cause. "" is never up to date.

        Facts of a document of which pages took too long have the mark of that failure: other limits may cure it.
        """
        if cause not in self._marks:
            limits = map(str, astuple(self.limits)) if cause in _BOUND else ()
            made = key_of(reader_version(), extractor_version(), *limits)[:16]
            self._marks[cause] = "" if cause in _PASSING else made
        return self._marks[cause]

    def kept(self, entry: FileEntry) -> FileEntry | None:
        """What is known of an untouched file, as it now stands; None where it has to be done again."""
        cause = entry.failure.cause if entry.failure else None
        marks = (self.mark(cause), self.mark(Cause.TIMEOUT)) if cause is None else (self.mark(cause),)
        if entry.doc_id is None or not entry.mark or entry.mark not in marks:
            return None
        if entry.rules == self.rules_version:
            return entry
        holds = cause not in _OF_RULES if cause else self.carries(entry)
        return replace(entry, rules=self.rules_version) if holds else None


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
        untouched = entry is not None and not force and entry.signature == file.signature
        if entry is not None and untouched and (holding := recipe.kept(entry)) is not None:
            kept[file.location] = _shown_as(holding, file.path)
        else:
            jobs.append(Job(file, _task(file, entry, force)))
    found = {file.location for file in archive.files}
    gone = [place for place in known.keys() - found - archive.failures.keys() if archive.covers(place)]
    for location in sorted(known.keys() - looked_at - archive.failures.keys() - set(gone)):
        entry = known[location]
        if (holding := entry if entry.doc_id is None else recipe.kept(entry)) is not None:
            kept[location] = holding
        else:
            file = ArchiveFile(location, location, entry.path, entry.size, entry.signature)
            jobs.append(Job(file, Task(file.source, file.path, entry.doc_id, entry.size)))
    jobs.sort(key=lambda job: (-(job.file.size // _LARGE), job.file.path, job.file.location))
    return Plan(jobs, kept, sorted(gone), len(archive.files) - len(settled))


def _shown_as(entry: FileEntry, path: str) -> FileEntry:
    if entry.path == path:
        return entry
    return replace(entry, path=path, failure=entry.failure and replace(entry.failure, path=path))


def _task(file: ArchiveFile, entry: FileEntry | None, force: bool) -> Task:
    """The bytes need no new hash where the file was not touched since it was read."""
    untouched = entry is not None and entry.signature == file.signature
    doc_id = entry.doc_id if entry is not None and untouched and not force else None
    # Pages may have been left out of what is kept of it.
    force = force or (entry is not None and entry.status == "partial")
    return Task(file.source, file.path, doc_id, file.size, force)
