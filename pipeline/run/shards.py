"""Parts of the dataset, each some dozens of documents whose ids begin alike, made once and kept.

What one part says depends on its documents alone. So parts are made side by side, and a document that changes
costs its part anew and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.model import Failure
from pipeline.model.review import Decision
from pipeline.rulebook.book import Rulebook, Rules
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.reviewed import with_decisions
from pipeline.run.stated import STATED, keep_stated
from pipeline.run.worker import kept_document, load_material
from pipeline.series.collect import rules_read
from pipeline.store.ledger import FileEntry
from pipeline.store.pieces import Piece, piece, restated
from pipeline.store.rows import Material, failed_row, material_of, rows_in, rules_columns
from pipeline.store.schema import columns_of, joined
from pipeline.store.tables import DOCUMENTS, TABLES
from pipeline.store.versions import publisher_version, versions_of

SHARDS = "shards"
"""The kind of cache entries that hold the pieces of the tables of a shard."""
_DOCUMENTS_A_SHARD = 128
_ROWS_A_DOCUMENT = 250


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

    @property
    def weight(self) -> int:
        return len(self.members) * _ROWS_A_DOCUMENT

    def is_made(self, cache: Cache) -> bool:
        """Whether what it gives is kept (it may still turn out to be damaged)."""
        return cache.path(SHARDS, self.key).exists() and cache.path(STATED, self.stated_key).exists()

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make what is not kept; gives the documents whose rows are lost (then nothing is made)."""
        decisions: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self.decisions:
            decisions[decision.doc_id].append(decision)
        documents: list[Material] = []
        lost: set[str] = set()
        for member in self.members:
            if (material := _material(member, cache, rulebook)) is None:
                lost.add(member.doc_id)
            elif decided := decisions.get(member.doc_id):
                reading = partial(kept_document, cache, member.doc_id, member.path)
                documents.append(material_of(with_decisions(rows_in(material), decided, rulebook, reading)))
            else:
                documents.append(material)
        if lost:
            return lost
        if not cache.path(SHARDS, self.key).exists():
            cache.put(SHARDS, self.key, encode(Tables(rulebook.version, tuple(_together(documents)))))
        if not cache.path(STATED, self.stated_key).exists():
            keep_stated(self.stated_key, documents, cache, rulebook)
        return set()


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of a shard, a piece for each table that has some, under the rules of the version that they name."""

    rules_version: str
    pieces: tuple[Piece, ...]


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
        decided = [marks.get(member.doc_id, "") for member in members]
        # What was decided is checked anew, with the rules of today.
        key = key_of(*common, rules.version if any(decided) else "", *map(repr, members), *decided)
        shards.append(Shard(key, key_of(key, naming), tuple(members)))
    return shards


def _member(doc_id: str, same: list[FileEntry]) -> Member:
    entry = min(same, key=lambda entry: entry.failure is not None)
    paths = tuple(entry.path for entry in same)
    return Member(doc_id, entry.path, paths, entry.size, entry.made_from, entry.failure)


def _material(member: Member, cache: Cache, rulebook: Rulebook) -> Material | None:
    if member.failure:
        row = failed_row(member.failure, member.doc_id, member.size, versions_of(rulebook))
        return {DOCUMENTS.name: columns_of(DOCUMENTS, [row])}
    if (made := load_material(cache, member.made_from)) is None:
        return None
    stated = {"path": member.path, "paths": member.paths, **rules_columns(rulebook.version)}
    document = {**made[DOCUMENTS.name], **{name: [value] for name, value in stated.items()}}
    return {**made, DOCUMENTS.name: document}


def _together(documents: Sequence[Material]) -> list[Piece]:
    """A piece for each table in which some document has rows."""
    made = []
    for table in TABLES:
        columns = joined(table, [material[table.name] for material in documents if table.name in material])
        if columns[table.names[0]]:
            made.append(piece(table, columns))
    return made


def tables(shard: Shard, cache: Cache, rules_version: str) -> dict[str, Piece]:
    """The pieces of a shard by the name of their table, under rules of that version, under which all of its
    documents hold. Raises LostError where they are not kept, or no longer whole."""
    made = decode(Tables, cache.need(SHARDS, shard.key))
    by_name = {some.table: some for some in made.pieces}
    if made.rules_version != rules_version:
        documents = by_name[DOCUMENTS.name]
        by_name[DOCUMENTS.name] = restated(documents, DOCUMENTS, rules_columns(rules_version))
    return by_name
