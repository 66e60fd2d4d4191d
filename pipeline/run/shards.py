"""Parts of the dataset, each some dozens of documents whose ids begin alike, made once and kept.

What one part says depends on its documents alone. So parts are made side by side, and a document that changes
costs its part anew and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pipeline.model import Failure, Observation
from pipeline.model.review import Decision
from pipeline.rulebook.book import Rulebook, Rules
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.reviewed import review_states, standing_observations, with_decisions
from pipeline.run.worker import kept_document, load_rows
from pipeline.series.collect import Collector, rules_read
from pipeline.series.statement import Origin, Statement
from pipeline.store.ledger import FileEntry
from pipeline.store.pieces import Piece, Pieces, pieces, restated
from pipeline.store.rows import Rows, failed_row, rules_columns
from pipeline.store.schema import Row
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS, TABLES
from pipeline.store.versions import publisher_version, versions_of

SHARDS, STATED = "shards", "stated"
"""The kinds of cache entries: the pieces of the tables of a shard, and what it gives to series and checks."""
_DOCUMENTS_A_SHARD = 128
_INDEX = "index."


class LostError(Exception):
    """A cache entry of a shard that is no longer there, or no longer whole."""


@dataclass(frozen=True, slots=True)
class Member:
    """One document: where its rows are kept, or why there are none, and every path where its bytes lie."""

    doc_id: str
    path: str
    paths: tuple[str, ...]
    size: int
    made_from: str
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that lie together, in the order of their ids, and the names of what they give: of the pieces of
    the tables, and of what they state, which also hangs on how the rules name subjects.

    `decisions` are those about their facts, in their order; only a shard that is to be made has them.
    """

    key: str
    stated_key: str
    members: tuple[Member, ...]
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of a shard, a piece for each table that has some, under the rules of the version that they name."""

    rules_version: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class OfIndicator:
    """How many statements a shard makes about an indicator, and these, encoded (`Statements`)."""

    indicator: str
    count: int
    statements: bytes


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of one indicator."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class OfDocument:
    """The observations of indices of one document."""

    doc_id: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a shard gives to what all documents together give."""

    indicators: tuple[OfIndicator, ...]
    indices: tuple[OfDocument, ...]


def shards_of(entries: Iterable[FileEntry], rules: Rules, marks: Mapping[str, str]) -> list[Shard]:
    """The documents of these files in shards, in the order of their ids.

    `marks` tells for each document with decisions what was decided (`review.journal.Snapshot`). Of several
    files with the same bytes the first that could be read stands. There are more shards (1, 4, 16 …) the more
    documents there are, so that each stays small.
    """
    by_id: defaultdict[str, list[FileEntry]] = defaultdict(list)
    for entry in entries:
        if entry.doc_id is not None:
            by_id[entry.doc_id].append(entry)
    bits = 0
    while len(by_id) >> bits > _DOCUMENTS_A_SHARD:
        bits += 2
    by_prefix: defaultdict[int, list[Member]] = defaultdict(list)
    for doc_id, same in sorted(by_id.items()):
        by_prefix[int(doc_id[:8], 16) >> (32 - bits)].append(_member(doc_id, same))
    common = (publisher_version(), versions_of(rules).parser)
    naming = rules_read(rules.texts)
    shards = []
    for members in by_prefix.values():
        key = key_of(*common, *(f"{member!r}{marks.get(member.doc_id, '')}" for member in members))
        shards.append(Shard(key, key_of(key, naming), tuple(members)))
    return shards


def _member(doc_id: str, same: list[FileEntry]) -> Member:
    entry = min(same, key=lambda entry: entry.failure is not None)
    paths = tuple(entry.path for entry in same)
    return Member(doc_id, entry.path, paths, entry.size, entry.made_from, entry.failure)


def make(shard: Shard, cache: Cache, rulebook: Rulebook) -> set[str]:
    """Make what a shard gives and is not kept; gives the documents whose rows are lost (then nothing is made)."""
    decisions: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in shard.decisions:
        decisions[decision.doc_id].append(decision)
    documents: list[Rows] = []
    lost: set[str] = set()
    for member in shard.members:
        if (rows := _rows(member, cache, rulebook)) is None:
            lost.add(member.doc_id)
        else:
            decided = decisions.get(member.doc_id)
            reading = partial(kept_document, cache, member.doc_id, member.path)
            documents.append(with_decisions(rows, decided, rulebook, reading) if decided else rows)
    if lost:
        return lost
    if not cache.path(SHARDS, shard.key).exists():
        cache.put(SHARDS, shard.key, encode(Tables(rulebook.version, tuple(_together(documents).values()))))
    if not cache.path(STATED, shard.stated_key).exists():
        cache.put(STATED, shard.stated_key, encode(_stated(documents, rulebook)))
    return set()


def _rows(member: Member, cache: Cache, rulebook: Rulebook) -> Rows | None:
    if member.failure:
        return {DOCUMENTS.name: [failed_row(member.failure, member.doc_id, member.size, versions_of(rulebook))]}
    if (rows := load_rows(cache, member.made_from)) is not None:
        [document] = rows[DOCUMENTS.name]
        document.update(path=member.path, paths=member.paths, **rules_columns(rulebook.version))
    return rows


def _together(documents: Iterable[Rows]) -> Pieces:
    together: Rows = {table.name: [] for table in TABLES}
    for rows in documents:
        for name, some in rows.items():
            together[name] += some
    return pieces(together)


def _stated(documents: Sequence[Rows], rulebook: Rulebook) -> Stated:
    observed = [rows.get(OBSERVATIONS.name, []) for rows in documents]
    collector = Collector(rulebook, review_states(row for rows in observed for row in rows))
    statements: defaultdict[str, list[Statement]] = defaultdict(list)
    indices: list[OfDocument] = []
    for rows in documents:
        [document] = rows[DOCUMENTS.name]
        observations = standing_observations(rows.get(OBSERVATIONS.name, []))
        for statement in collector.statements(observations, origin_of(document)):
            statements[statement.key.indicator].append(statement)
        if published := tuple(o for o in observations if o.indicator.startswith(_INDEX)):
            indices.append(OfDocument(str(document["doc_id"]), published))
    of_indicators = (
        OfIndicator(name, len(some), encode(Statements(tuple(some)))) for name, some in sorted(statements.items())
    )
    return Stated(tuple(of_indicators), tuple(indices))


def is_made(shard: Shard, cache: Cache) -> bool:
    """Whether what a shard gives is kept (it may still turn out to be damaged)."""
    return cache.path(SHARDS, shard.key).exists() and cache.path(STATED, shard.stated_key).exists()


def tables(shard: Shard, cache: Cache, rules_version: str) -> dict[str, Piece]:
    """The pieces of a shard by the name of their table, under rules of that version, under which all of its
    documents hold. Raises LostError where they are not kept, or no longer whole."""
    made = decode(Tables, _kept(cache, SHARDS, shard.key))
    by_name = {some.table: some for some in made.pieces}
    if made.rules_version != rules_version:
        documents = by_name[DOCUMENTS.name]
        by_name[DOCUMENTS.name] = restated(documents, DOCUMENTS, rules_columns(rules_version))
    return by_name


def stated(shard: Shard, cache: Cache) -> Stated:
    """What a shard gives to series and checks; raises LostError as `tables`."""
    return decode(Stated, _kept(cache, STATED, shard.stated_key))


def _kept(cache: Cache, kind: str, key: str) -> bytes:
    content = cache.get(kind, key)
    if content is None:
        raise LostError(f"the {kind} entry {key}")
    return content


def origin_of(document: Row) -> Origin:
    """A row of `documents` as a source of series."""
    cells: dict[str, Any] = document
    day = cells["issued_on"]
    if day is None and cells["published_at"]:
        day = date.fromisoformat(cells["published_at"][:10])
    return Origin(cells["doc_id"], cells["doc_type"], cells["ref_area"], cells["area_regime"], day)
