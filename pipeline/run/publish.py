"""From the cache entries of the documents to the tables in the output folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from pipeline.model import Failure
from pipeline.review.journal import Snapshot, snapshot_of
from pipeline.rulebook.book import Rulebook, Rules
from pipeline.run.between import rows_between, series_rows
from pipeline.run.cache import Cache, key_of
from pipeline.run.shards import SHARDS, STATED, LostError, Shard, Stated, is_made, shards_of, stated, tables
from pipeline.store.code_tables import code_rows
from pipeline.store.dataset import files_of, publish_pieces
from pipeline.store.dictionary import dictionary_markdown
from pipeline.store.errors import write_errors
from pipeline.store.ledger import FileEntry, Ledger
from pipeline.store.pieces import Pieces, piece
from pipeline.store.reading import rows_of_stream
from pipeline.store.tables import CHECKS, SERIES

_STATE = "published"


Maker: TypeAlias = Callable[[list[Shard]], set[str]]
"""Makes shards, and gives the documents whose rows are lost."""


class DamagedError(Exception):
    """The rows of these documents, or shards made of them, are no longer in the cache, or no longer whole."""

    def __init__(self, doc_ids: set[str]) -> None:
        super().__init__(f"{len(doc_ids)} cache entries are damaged")
        self.doc_ids = doc_ids


def publish_dataset(
    directory: Path, entries: Iterable[FileEntry], cache: Cache, ledger: Ledger, rules: Rules, maker: Maker
) -> bool:
    """Bring tables and errors.csv in step with the files of the dataset, and the code tables with the rules.

    What was decided about facts (`reviews.sqlite`) is laid over them. Nothing is written where they already
    are in step (then it gives False). Raises DamagedError before any table is replaced if rows are missing.
    """
    known = sorted(entries, key=lambda entry: (entry.path, entry.location))
    decided = snapshot_of(directory)
    shards = shards_of(known, rules, decided.marks)
    failures = [entry.failure for entry in known if entry.failure]
    content = _content(shards, failures, rules)
    if ledger.state(_STATE) == _state(directory, content):
        return False
    if lost := maker([_with_decisions(shard, decided) for shard in shards if not is_made(shard, cache)]):
        raise DamagedError(lost)
    write_errors(directory / "errors.csv", failures)
    try:
        publish_pieces(directory, _portions(shards, cache, rules.book), code_rows(rules.book))
    except LostError:
        raise DamagedError(set()) from None
    cache.drop(SHARDS, {shard.key for shard in shards})
    cache.drop(STATED, {shard.stated_key for shard in shards})
    ledger.set_state(_STATE, _state(directory, content))
    return True


def _with_decisions(shard: Shard, decided: Snapshot) -> Shard:
    found = decided.decisions([member.doc_id for member in shard.members])
    return replace(shard, decisions=tuple(decision for some in found.values() for decision in some))


def _portions(shards: list[Shard], cache: Cache, rulebook: Rulebook) -> Iterator[Pieces]:
    def given() -> Iterator[Stated]:
        return (stated(shard, cache) for shard in shards)

    between = rows_between(given(), rulebook)
    for shard in shards:
        made = tables(shard, cache, rulebook.version)
        if more := [row for member in shard.members for row in between.get(member.doc_id, ())]:
            own = rows_of_stream(made[CHECKS.name].arrow, CHECKS) if CHECKS.name in made else []
            made[CHECKS.name] = piece(CHECKS, CHECKS.sorted([*own, *more]))
        yield made
    for rows in series_rows(given, rulebook):
        yield {SERIES.name: piece(SERIES, rows)}


def _content(shards: list[Shard], failures: list[Failure], rules: Rules) -> str:
    """A mark of everything that the tables and errors.csv will say."""
    shown = (repr(failure) for failure in failures)
    return key_of(dictionary_markdown(), rules.version, *(shard.key for shard in shards), "", *shown)


def _state(directory: Path, content: str) -> str:
    """The mark together with the look of the files, so that one that was changed or removed is written again."""
    looks = {}
    for file in [*files_of(directory), directory / "errors.csv"]:
        status = file.stat() if file.exists() else None
        looks[file.name] = [status.st_size, status.st_mtime_ns] if status else None
    return json.dumps([content, looks])
