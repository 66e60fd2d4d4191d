"""From the cache entries of the documents to the tables in the output folder."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from pipeline.model import Failure
from pipeline.review.snapshot import Snapshot, snapshot_of
from pipeline.rulebook.book import Rules
from pipeline.run.between import BETWEEN, PORTIONS, Between, Portion, between_of, portions_of
from pipeline.run.cache import Cache, LostError, key_of
from pipeline.run.engine import Work
from pipeline.run.shards import SHARDS, Shard, shards_of, tables
from pipeline.run.stated import INDICES, STATED, STATEMENTS, clear_incomplete, stated
from pipeline.store.code_tables import code_rows
from pipeline.store.dataset import files_of, publish_pieces
from pipeline.store.dictionary import dictionary_markdown
from pipeline.store.errors import write_errors
from pipeline.store.ledger import FileEntry, Ledger
from pipeline.store.pieces import Pieces, added
from pipeline.store.schema import Row
from pipeline.store.tables import CHECKS, SERIES

_STATE = "published"
_LAST_MADE = "shards"
"""In the ledger: the key of the shard that was last made for each place, as JSON."""


Maker: TypeAlias = Callable[[Sequence[Work]], set[str]]
"""Makes parts of the dataset, and gives the documents whose rows are lost."""


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
    shards = shards_of(known, rules, decided.marks, json.loads(ledger.state(_LAST_MADE) or "{}"))
    failures = [entry.failure for entry in known if entry.failure]
    content = _content(shards, failures, rules)
    if ledger.state(_STATE) == _state(directory, content):
        return False
    if lost := maker([_with_decisions(shard, decided) for shard in shards if not shard.is_made(cache)]):
        raise DamagedError(lost)
    try:
        given = {shard.stated_key: stated(shard.stated_key, cache) for shard in shards}
        between, portions = between_of(given, rules), portions_of(given)
        works: list[Work] = [*between, *portions]
        maker([work for work in works if not work.is_made(cache)])
        write_errors(directory / "errors.csv", failures)
        publish_pieces(directory, _pieces(shards, between, portions, cache, rules.version), code_rows(rules.book))
    except LostError:
        _clear_damaged(shards, cache)
        raise DamagedError(set()) from None
    kept = {
        SHARDS: (shard.key for shard in shards),
        STATED: given,
        INDICES: given,
        STATEMENTS: (key_of(key, indicator) for key, made in given.items() for indicator in made.indicators),
        PORTIONS: (portion.key for portion in portions),
        BETWEEN: (work.key for work in between),
    }
    for kind, keys in kept.items():
        cache.drop(kind, set(keys))
    ledger.set_state(_LAST_MADE, json.dumps({shard.place: shard.key for shard in shards}))
    ledger.set_state(_STATE, _state(directory, content))
    return True


def _with_decisions(shard: Shard, decided: Snapshot) -> Shard:
    found = decided.decisions([member.doc_id for member in shard.members])
    return replace(shard, decisions=tuple(decision for some in found.values() for decision in some))


def _clear_damaged(shards: list[Shard], cache: Cache) -> None:
    """Remove every damaged part at once, with all that must be made again with it."""
    for kind in (SHARDS, STATED, INDICES, STATEMENTS, PORTIONS, BETWEEN):
        for entry in list(cache.entries(kind)):
            cache.get(kind, entry.name)
    for shard in shards:
        with suppress(LostError):
            clear_incomplete(shard.stated_key, cache)


def _pieces(
    shards: list[Shard], between: list[Between], portions: list[Portion], cache: Cache, rules_version: str
) -> Iterator[Pieces]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in (row for work in between for row in work.made(cache)):
        found[str(row["doc_id"])].append(row)
    for shard in shards:
        made = tables(shard, cache, rules_version)
        if more := [row for member in shard.members for row in found.get(member.doc_id, ())]:
            made[CHECKS.name] = added(made.get(CHECKS.name), CHECKS, more)
        yield made
    for portion in portions:
        yield {SERIES.name: portion.made(cache)}


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
