"""Which files an archive holds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.model import Cause, Failure
from pipeline.run.remote import files_below, is_remote

NO_DOCUMENTS = frozenset(
    {".cfg", ".css", ".csv", ".ini", ".js", ".json", ".jsonl", ".lock", ".log", ".md", ".parquet", ".py", ".pyc"}
    | {".sha256", ".sh", ".sqlite", ".toml", ".tsv", ".yaml", ".yml"}
)
"""Endings of files that lie beside documents and are none. A file that is named itself is always taken."""


_NO_DOCUMENTS_HINT = "Check the path; hidden files and data files (.json, .csv, .md …) are not taken for documents."


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file to read.

    `source` opens it. `location` is its absolute path and tells files apart, `path` is the one that
    the dataset shows; both can be written anywhere (bytes of a name that are no UTF-8 are escaped).
    `signature` changes when the file is touched, last at `touched_ns` (nanoseconds since 1970).
    """

    source: str
    location: str
    path: str
    size: int
    signature: str
    touched_ns: int = 0


@dataclass(slots=True)
class Archive:
    """What was found below some paths (`roots`, absolute).

    `failures` are, by location, the things that could not even be listed; `skipped` counts the
    files that are no documents by their ending.
    """

    roots: tuple[str, ...] = ()
    files: list[ArchiveFile] = field(default_factory=list)
    failures: dict[str, Failure] = field(default_factory=dict)
    skipped: int = 0

    def covers(self, location: str) -> bool:
        """Whether a location is one of the paths asked for, or lies below one."""
        return any(location == root or location.startswith(root.rstrip("/") + "/") for root in self.roots)


def find(paths: Iterable[Path | str], leave_out: Path | str | None = None) -> Archive:
    """Every file below `paths`, folders or URLs, in the order of their shown paths, each once.

    Hidden files and folders are passed over, and so is what lies below `leave_out` (where the results
    go). Links to folders are followed unless they lead back to a folder that they lie in. A folder
    without any document, a folder that may not be listed, a dead link and what is no regular file
    are failures. Raises RemoteError where a store cannot be listed.
    """
    archive = Archive()
    found: dict[str, ArchiveFile] = {}
    for path in paths:
        if is_remote(path):
            found.update((file.location, file) for file in _remote(str(path), archive, leave_out))
            continue
        shown = os.path.normpath(path)
        root = os.path.normpath(Path(shown).absolute())
        archive.roots += (_printable(root),)
        if Path(root).is_dir():
            before = len(archive.failures)
            below = list(_below(root, shown, archive, leave_out if isinstance(leave_out, Path) else None))
            for file in below:
                found.setdefault(file.location, file)
            if not below and len(archive.failures) == before:
                _fail(archive, root, shown, Cause.EMPTY, "the folder holds no documents", _NO_DOCUMENTS_HINT)
        elif file_or_none := _file(root, shown, archive):
            found.setdefault(file_or_none.location, file_or_none)
    archive.files = sorted(found.values(), key=lambda file: (file.path, file.location))
    return archive


def _remote(root: str, archive: Archive, leave_out: Path | str | None) -> Iterator[ArchiveFile]:
    """The documents below a URL; one that names a file gives that file."""
    archive.roots += (root,)
    barred = f"{leave_out}".rstrip("/") + "/" if is_remote(leave_out or "") else None
    count = 0
    for stored in files_below(root):
        names = stored.below.split("/")
        if (barred and stored.url.startswith(barred)) or any(name.startswith((".", "~$")) for name in names):
            continue
        if os.path.splitext(stored.url)[1].lower() in NO_DOCUMENTS:  # noqa: PTH122 - a Path for each is slow
            archive.skipped += 1
            continue
        count += 1
        yield ArchiveFile(stored.url, stored.url, stored.url, stored.size, stored.mark, stored.touched_ns)
    if not count:
        _fail(archive, root, root, Cause.EMPTY, "the folder holds no documents", _NO_DOCUMENTS_HINT)


def _below(root: str, shown_root: str, archive: Archive, leave_out: Path | None) -> Iterator[ArchiveFile]:
    barred = leave_out.resolve() if leave_out else None
    pending = [(root, "" if shown_root == "." else shown_root + "/", frozenset[tuple[int, int]]())]
    while pending:
        folder, shown, above = pending.pop()
        try:
            status = Path(folder).stat()
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as problem:
            message = f"the folder cannot be listed: {_reason(problem)}"
            _fail(archive, folder, shown.rstrip("/") or ".", Cause.UNREADABLE, message, "Check its permissions.")
            continue
        here = (status.st_dev, status.st_ino)
        if here in above or (barred and Path(folder).resolve() == barred):
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir():
                pending.append((entry.path, f"{shown}{entry.name}/", above | {here}))
            elif os.path.splitext(entry.name)[1].lower() in NO_DOCUMENTS:  # noqa: PTH122 - a Path for each is slow
                archive.skipped += 1
            elif file := _file(entry, shown + entry.name, archive):
                yield file


def _file(place: str | os.DirEntry[str], shown: str, archive: Archive) -> ArchiveFile | None:
    location = os.fspath(place)
    try:
        status = Path(place).stat() if isinstance(place, str) else place.stat()
    except OSError as problem:
        hint = "The link leads nowhere." if Path(location).is_symlink() else "Check that it exists and may be read."
        _fail(archive, location, shown, Cause.UNREADABLE, f"the file cannot be opened: {_reason(problem)}", hint)
        return None
    if not stat.S_ISREG(status.st_mode):
        _fail(archive, location, shown, Cause.UNSUPPORTED, "this is no regular file", "Give files or folders.")
        return None
    signature = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
    touched = max(status.st_mtime_ns, status.st_ctime_ns)
    return ArchiveFile(location, _printable(location), _printable(shown), status.st_size, signature, touched)


def _fail(archive: Archive, location: str, shown: str, cause: Cause, message: str, hint: str) -> None:
    archive.failures[_printable(location)] = Failure(_printable(shown), None, cause, message, hint)


def _reason(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__


def _printable(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")
