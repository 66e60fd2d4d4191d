"""From the cache entries of the documents to the tables in the output folder."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.rulebook.book import Rulebook
from pipeline.run.between import Between
from pipeline.run.cache import Cache, key_of
from pipeline.run.worker import load_rows
from pipeline.store.code_tables import code_rows
from pipeline.store.dataset import files_of, publish
from pipeline.store.dictionary import dictionary_markdown
from pipeline.store.errors import write_errors
from pipeline.store.ledger import FileEntry, Ledger
from pipeline.store.rows import Rows, Versions, failed_row
from pipeline.store.tables import DOCUMENTS
from pipeline.store.versions import publisher_version, versions_of

_STATE = "published"


class DamagedError(Exception):
    """The rows of these documents are no longer in the cache, or no longer whole."""

    def __init__(self, doc_ids: set[str]) -> None:
        super().__init__(f"{len(doc_ids)} cache entries are damaged")
        self.doc_ids = doc_ids


@dataclass(frozen=True, slots=True)
class _Group:
    """One document: the file that stands for it, and every path where its bytes lie."""

    doc_id: str
    entry: FileEntry
    paths: tuple[str, ...]


def publish_dataset(
    directory: Path, entries: Iterable[FileEntry], cache: Cache, ledger: Ledger, rulebook: Rulebook
) -> bool:
    """Bring tables and errors.csv in step with the files of the dataset, and the code tables with the rules.

    Nothing is written where they already are (then it gives False). Raises DamagedError before any table
    is replaced if rows are missing.
    """
    versions = versions_of(rulebook)
    known = sorted(entries, key=lambda entry: (entry.path, entry.location))
    groups = _groups(known)
    content = _content(known, groups, versions)
    if ledger.state(_STATE) == _state(directory, content):
        return False
    write_errors(directory / "errors.csv", [entry.failure for entry in known if entry.failure])
    publish(directory, _rows(groups, cache, versions, rulebook), code_rows(rulebook))
    ledger.set_state(_STATE, _state(directory, content))
    return True


def _groups(entries: list[FileEntry]) -> list[_Group]:
    """Documents in the order of their ids. Of several files with the same bytes the first that could be read stands."""
    by_id: defaultdict[str, list[FileEntry]] = defaultdict(list)
    for entry in entries:
        if entry.doc_id is not None:
            by_id[entry.doc_id].append(entry)
    return [
        _Group(doc_id, min(same, key=lambda entry: entry.failure is not None), tuple(entry.path for entry in same))
        for doc_id, same in sorted(by_id.items())
    ]


def _rows(groups: list[_Group], cache: Cache, versions: Versions, rulebook: Rulebook) -> Iterator[Rows]:
    damaged: set[str] = set()
    between = Between(rulebook)
    for group in groups:
        entry = group.entry
        if entry.failure:
            rows: Rows | None = {DOCUMENTS.name: [failed_row(entry.failure, group.doc_id, entry.size, versions)]}
        else:
            rows = load_rows(cache, entry.made_from)
        if rows is None:
            damaged.add(group.doc_id)
            continue
        [document] = rows[DOCUMENTS.name]
        document.update(path=entry.path, paths=group.paths)
        between.add(rows)
        yield rows
    if damaged:
        raise DamagedError(damaged)
    yield between.rows()


def _content(entries: list[FileEntry], groups: list[_Group], versions: Versions) -> str:
    """A mark of everything that the tables and errors.csv will say."""
    parts = [dictionary_markdown(), publisher_version(), versions.parser, versions.rules or ""]
    for group in groups:
        parts += [group.doc_id, group.entry.made_from, group.entry.status, *group.paths, ""]
    for entry in entries:
        if entry.failure:
            failure = entry.failure
            parts += [failure.path, failure.doc_id or "", str(failure.cause), failure.message, failure.hint]
    return key_of(*parts)


def _state(directory: Path, content: str) -> str:
    """The mark together with the look of the files, so that one that was changed or removed is written again."""
    looks = {}
    for file in [*files_of(directory), directory / "errors.csv"]:
        status = file.stat() if file.exists() else None
        looks[file.name] = [status.st_size, status.st_mtime_ns] if status else None
    return json.dumps([content, looks])
