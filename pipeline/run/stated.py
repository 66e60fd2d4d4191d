"""What a shard gives to what only all documents together give: its statements, and its observations of indices.

Kept in several cache entries, so that who asks for one indicator of all shards reads no other: a head that
tells what there is, an entry for each indicator, and one for the observations of indices. Within the entry of an
indicator the statements lie spot by spot, and document by document: only those that are asked for are made again,
and what a document stated goes over into the next shard as it is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, TypeAlias

from pipeline.model import Observation
from pipeline.rulebook.book import Rulebook
from pipeline.run.cache import Cache, LostError, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.reviewed import review_states, standing_observations
from pipeline.series.collect import Collector
from pipeline.series.statement import Origin, Statement
from pipeline.store.rows import Material
from pipeline.store.schema import Row, rows_from
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS

STATED, STATEMENTS, INDICES = "stated", "statements", "indices"
"""The kinds of cache entries."""
_INDEX = "index."

Spot: TypeAlias = tuple[str, str, str, str]
"""Where series stand in the table: indicator, index, area list, area; "" where there is none."""


@dataclass(frozen=True, slots=True)
class OfSpot:
    """What a shard states at one spot: how much, and a hash of it."""

    spot: Spot
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class OfArea:
    """A shard's observations of indices about one area ("" where there is none): how many, and a hash of them."""

    area: str
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a shard states, in the order of the spots, and its observations of indices, in that of the areas;
    `marks` tell its documents, and each one's place in its shard."""

    marks: tuple[str, ...]
    spots: tuple[OfSpot, ...]
    areas: tuple[OfArea, ...]

    @property
    def indicators(self) -> list[str]:
        """The indicators of which it states something."""
        return list(dict.fromkeys(one.spot[0] for one in self.spots))


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of one document at one spot."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class OfDocument:
    """The observations of indices of one document about one area."""

    doc_id: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one document gives to a spot or an area, encoded: its place in its shard, and of how much."""

    place: int
    count: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Spotted:
    """What the documents of a shard state at one spot."""

    spot: Spot
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class OfIndicator:
    """The statements of one indicator."""

    spots: tuple[Spotted, ...]


@dataclass(frozen=True, slots=True)
class InArea:
    """The observations of indices of a shard about one area."""

    area: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Indices:
    """The observations of indices of a shard."""

    areas: tuple[InArea, ...]


@dataclass(slots=True)
class Said:
    """What one document states, spot by spot, and its observations of indices, area by area; with each how many."""

    spots: dict[Spot, tuple[int, bytes]] = field(default_factory=dict)
    areas: dict[str, tuple[int, bytes]] = field(default_factory=dict)


def spot_of(statement: Statement) -> Spot:
    """Where the series of a statement stands."""
    key = statement.key
    return key.indicator, key.index or "", key.area_regime or "", key.ref_area or ""


def said_by(documents: Sequence[Material], rulebook: Rulebook) -> list[Said]:
    """What each of some documents of these columns states."""
    read = [_rows(columns) for columns in documents]
    collector = Collector(rulebook, review_states(row for _, rows in read for row in rows))
    return [_said(document, standing_observations(rows), collector) for document, rows in read]


def _rows(material: Material) -> tuple[Row, list[Row]]:
    """The row of a document, and those of its observations."""
    [document] = rows_from(DOCUMENTS, material[DOCUMENTS.name])
    return document, rows_from(OBSERVATIONS, material[OBSERVATIONS.name]) if OBSERVATIONS.name in material else []


def _said(document: Row, observations: Sequence[Observation], collector: Collector) -> Said:
    statements: defaultdict[Spot, list[Statement]] = defaultdict(list)
    for statement in collector.statements(observations, origin_of(document)):
        statements[spot_of(statement)].append(statement)
    indices: defaultdict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.indicator.startswith(_INDEX):
            indices[observation.ref_area or ""].append(observation)
    doc_id = str(document["doc_id"])
    return Said(
        {spot: (len(some), encode(Statements(tuple(some)))) for spot, some in statements.items()},
        {area: (len(some), encode(OfDocument(doc_id, tuple(some)))) for area, some in indices.items()},
    )


def said_before(key: str, cache: Cache) -> dict[str, Said]:
    """What was kept under a name, by the marks of its documents; empty where it is not there, or not whole."""
    try:
        head = stated(key, cache)
        of_indicators = [
            decode(OfIndicator, cache.need(STATEMENTS, key_of(key, indicator))) for indicator in head.indicators
        ]
        indices = decode(Indices, cache.need(INDICES, key))
    except LostError:
        return {}
    said = [Said() for _ in head.marks]
    for one in (spotted for some in of_indicators for spotted in some.spots):
        for part in one.parts:
            said[part.place].spots[one.spot] = part.count, part.content
    for area in indices.areas:
        for part in area.parts:
            said[part.place].areas[area.area] = part.count, part.content
    return dict(zip(head.marks, said, strict=True))


def keep_stated(key: str, documents: Mapping[str, Said], cache: Cache) -> None:
    """Keep under this name what documents state, by their marks; the head last, so that it stands for all."""
    spots: defaultdict[Spot, list[Part]] = defaultdict(list)
    areas: defaultdict[str, list[Part]] = defaultdict(list)
    for place, said in enumerate(documents.values()):
        for spot, some in said.spots.items():
            spots[spot].append(Part(place, *some))
        for area, some in said.areas.items():
            areas[area].append(Part(place, *some))
    spotted = [Spotted(spot, tuple(parts)) for spot, parts in sorted(spots.items())]
    for indicator, of_it in groupby(spotted, key=lambda one: one.spot[0]):
        cache.put(STATEMENTS, key_of(key, indicator), encode(OfIndicator(tuple(of_it))))
    in_areas = [InArea(area, tuple(parts)) for area, parts in sorted(areas.items())]
    cache.put(INDICES, key, encode(Indices(tuple(in_areas))))
    told = (
        tuple(OfSpot(one.spot, _count(one.parts), _digest(one.parts)) for one in spotted),
        tuple(OfArea(one.area, _count(one.parts), _digest(one.parts)) for one in in_areas),
    )
    cache.put(STATED, key, encode(Stated(tuple(documents), *told)))


def _count(parts: Iterable[Part]) -> int:
    return sum(part.count for part in parts)


def _digest(parts: Iterable[Part]) -> str:
    """A hash of what documents give, wherever they stand in their shard."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part.content).to_bytes(8, "little"))
        digest.update(part.content)
    return digest.hexdigest()[:32]


def stated(key: str, cache: Cache) -> Stated:
    """What was kept under a name; raises LostError where it is not there, or no longer whole."""
    return decode(Stated, cache.need(STATED, key))


def statements_of(key: str, indicator: str, first: Spot, last: Spot, cache: Cache) -> Iterator[Statement]:
    """The statements of an indicator from one spot to another; raises LostError as `stated`."""
    kept = decode(OfIndicator, _part(cache, STATEMENTS, key_of(key, indicator), key))
    for one in kept.spots:
        if first <= one.spot <= last:
            for part in one.parts:
                yield from decode(Statements, part.content).statements


def indices_of(key: str, area: str, cache: Cache) -> Iterator[OfDocument]:
    """The observations of indices about one area; raises LostError as `stated`."""
    for one in decode(Indices, _part(cache, INDICES, key, key)).areas:
        if one.area == area:
            yield from (decode(OfDocument, part.content) for part in one.parts)


def clear_incomplete(key: str, cache: Cache) -> None:
    """Remove the head of what was kept under a name, if a part of it is missing. Raises LostError without a head."""
    parts = [(STATEMENTS, key_of(key, indicator)) for indicator in stated(key, cache).indicators]
    if not all(cache.path(*part).exists() for part in [*parts, (INDICES, key)]):
        cache.path(STATED, key).unlink(missing_ok=True)


def _part(cache: Cache, kind: str, key: str, head: str) -> bytes:
    try:
        return cache.need(kind, key)
    except LostError:
        cache.path(STATED, head).unlink(missing_ok=True)  # all of it is to be made again
        raise


def origin_of(document: Row) -> Origin:
    """A row of `documents` as a source of series."""
    cells: dict[str, Any] = document
    day = cells["issued_on"]
    if day is None and cells["published_at"]:
        day = date.fromisoformat(cells["published_at"][:10])
    return Origin(cells["doc_id"], cells["doc_type"], cells["ref_area"], cells["area_regime"], day)
