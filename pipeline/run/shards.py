"""Parts of the dataset, each some dozens of documents whose ids begin alike, made once and kept.

What one part says depends on its documents alone. So parts are made side by side, and a document that changes
costs its part anew and no other; and of that part only its own rows, as those of the others go over from the part
as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.model import Failure
from pipeline.model.review import Decision
from pipeline.rulebook.book import Rulebook, Rules
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.reviewed import with_decisions
from pipeline.run.stated import STATED, keep_stated, said_before, said_by
from pipeline.run.worker import kept_document, load_material
from pipeline.series.collect import rules_read
from pipeline.store.ledger import FileEntry
from pipeline.store.pieces import Piece, Sections, gathered, restated, sections
from pipeline.store.rows import Material, failed_row, material_of, rows_in, rules_columns
from pipeline.store.schema import columns_of
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

    `place` is the same as long as the documents are cut in the same way; `marks` tell for each document whether its
    rows are those that they were. `before` are the two names of the shard that was last made for the place.
    `decisions` are those about their facts, in their order; only a shard that is to be made has them.
    """

    place: str
    key: str
    stated_key: str
    members: tuple[Member, ...]
    marks: tuple[str, ...]
    before: tuple[str, str] | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def weight(self) -> int:
        return len(self.members) * _ROWS_A_DOCUMENT

    def is_made(self, cache: Cache) -> bool:
        """Whether what it gives is kept (it may still turn out to be damaged)."""
        return cache.path(SHARDS, self.key).exists() and cache.path(STATED, self.stated_key).exists()

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make what is not kept; gives the documents whose rows are lost (then nothing is made)."""
        kept = _tables_before(self, cache)
        said = said_before(self.before[1], cache) if self.before else {}
        known = said.keys() & set(kept.marks if kept else ())
        fresh = [n for n, mark in enumerate(self.marks) if mark not in known]
        materials = dict(zip(fresh, self._materials(fresh, cache, rulebook), strict=True))
        if lost := {self.members[n].doc_id for n, material in materials.items() if material is None}:
            return lost
        documents = {n: material for n, material in materials.items() if material is not None}
        if not cache.path(SHARDS, self.key).exists():
            made = _tables([self.marks[n] for n in documents], list(documents.values()), rulebook.version)
            cache.put(SHARDS, self.key, encode(_gathered(self.marks, [made, kept]) if kept else made))
        if not cache.path(STATED, self.stated_key).exists():
            said |= zip((self.marks[n] for n in documents), said_by(list(documents.values()), rulebook), strict=True)
            keep_stated(self.stated_key, {mark: said[mark] for mark in self.marks}, cache)
        return set()

    def _materials(self, which: Iterable[int], cache: Cache, rulebook: Rulebook) -> Iterator[Material | None]:
        """The rows of some of the documents, with what was decided about them; None where they are lost."""
        decisions: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self.decisions:
            decisions[decision.doc_id].append(decision)
        for member in (self.members[n] for n in which):
            material = _material(member, cache, rulebook)
            if material is not None and (decided := decisions.get(member.doc_id)):
                reading = partial(kept_document, cache, member.doc_id, member.path)
                material = material_of(with_decisions(rows_in(material), decided, rulebook, reading))
            yield material


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of documents, told by their marks: sections for each table, under the rules of the version that
    they name."""

    rules_version: str
    marks: tuple[str, ...]
    sections: tuple[Sections, ...]


def shards_of(
    entries: Iterable[FileEntry], rules: Rules, decided: Mapping[str, str], before: Mapping[str, str]
) -> list[Shard]:
    """The documents of these files in shards, in the order of their ids.

    `decided` marks for each document with decisions what was decided (`review.snapshot.Snapshot`); `before` gives
    for each place the key of the shard that was last made. Of several files with the same bytes the first that
    could be read stands. There are more shards (1, 4, 16 …) the more documents there are, so that each stays small.
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
    common = key_of(publisher_version(), versions_of(rules).parser)
    naming = rules_read(rules.texts)
    shards = []
    for prefix, members in by_prefix.items():
        marks = tuple(_mark(member, decided.get(member.doc_id, ""), rules) for member in members)
        key = key_of(common, *marks)
        place = f"{common[:16]}-{bits}-{prefix}"
        last = before.get(place)
        names = (last, key_of(last, naming)) if last else None
        shards.append(Shard(place, key, key_of(key, naming), tuple(members), marks, names))
    return shards


def _member(doc_id: str, same: list[FileEntry]) -> Member:
    entry = min(same, key=lambda entry: entry.failure is not None)
    paths = tuple(entry.path for entry in same)
    return Member(doc_id, entry.path, paths, entry.size, entry.made_from, entry.failure)


def _mark(member: Member, decided: str, rules: Rules) -> str:
    """What the rows of a document are made of. What was decided is checked anew, with the rules of today."""
    return key_of(repr(member), decided, rules.version if decided else "")


def _material(member: Member, cache: Cache, rulebook: Rulebook) -> Material | None:
    if member.failure:
        row = failed_row(member.failure, member.doc_id, member.size, versions_of(rulebook))
        return {DOCUMENTS.name: columns_of(DOCUMENTS, [row])}
    if (made := load_material(cache, member.made_from)) is None:
        return None
    stated = {"path": member.path, "paths": member.paths, **rules_columns(rulebook.version)}
    document = {**made[DOCUMENTS.name], **{name: [value] for name, value in stated.items()}}
    return {**made, DOCUMENTS.name: document}


def _tables(marks: Sequence[str], documents: Sequence[Material], rules_version: str) -> Tables:
    """Rows made of columns."""
    made = (sections(table, [material.get(table.name) for material in documents]) for table in TABLES)
    return Tables(rules_version, tuple(marks), tuple(made))


def _tables_before(shard: Shard, cache: Cache) -> Tables | None:
    """The rows of the shard that was last made for a place; None where they are not kept, or not whole."""
    content = cache.get(SHARDS, shard.before[0]) if shard.before else None
    return None if content is None else decode(Tables, content)


def _gathered(marks: Sequence[str], some: Sequence[Tables]) -> Tables:
    """The rows of the documents of these marks, each from the first tables that have it."""
    places = {mark: (which, n) for which in reversed(range(len(some))) for n, mark in enumerate(some[which].marks)}
    at = [places[mark] for mark in marks]
    newest = some[0].rules_version
    aligned = [some[0], *(_restated(one, newest) for one in some[1:])]
    return Tables(
        newest,
        tuple(marks),
        tuple(gathered(table, [one.sections[n] for one in aligned], at) for n, table in enumerate(TABLES)),
    )


def _restated(some: Tables, rules_version: str) -> Tables:
    """Rows that hold under rules of another version too."""
    if some.rules_version == rules_version:
        return some
    at = TABLES.index(DOCUMENTS)
    told = restated(some.sections[at], DOCUMENTS, rules_columns(rules_version))
    return Tables(rules_version, some.marks, (*some.sections[:at], told, *some.sections[at + 1 :]))


def tables(shard: Shard, cache: Cache, rules_version: str) -> dict[str, Piece]:
    """The pieces of a shard by the name of their table, under rules of that version, under which all of its
    documents hold. Raises LostError where they are not kept, or no longer whole."""
    made = _restated(decode(Tables, cache.need(SHARDS, shard.key)), rules_version)
    return {some.piece.table: some.piece for some in made.sections if any(some.rows)}
