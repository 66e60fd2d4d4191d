"""What a shard gives to what only all documents together give: its statements, and its observations of indices.

Kept in several cache entries, so that who asks for one indicator of all shards reads no other: a head that
tells what there is, an entry for each indicator, and one for the observations of indices. Within the entry of an
indicator the statements lie spot by spot, and only those that are asked for are made again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
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
    """What a shard states, in the order of the spots, and its observations of indices, in that of the areas."""

    spots: tuple[OfSpot, ...]
    areas: tuple[OfArea, ...]

    @property
    def indicators(self) -> list[str]:
        """The indicators of which it states something."""
        return list(dict.fromkeys(one.spot[0] for one in self.spots))


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of one spot."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Spotted:
    """The statements of one spot, encoded."""

    spot: Spot
    content: bytes


@dataclass(frozen=True, slots=True)
class OfIndicator:
    """The statements of one indicator."""

    spots: tuple[Spotted, ...]


@dataclass(frozen=True, slots=True)
class OfDocument:
    """The observations of indices of one document."""

    doc_id: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Documents:
    """The observations of indices of some documents, about one area."""

    documents: tuple[OfDocument, ...]


@dataclass(frozen=True, slots=True)
class InArea:
    """The same, encoded, with the area."""

    area: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Indices:
    """The observations of indices of a shard."""

    areas: tuple[InArea, ...]


def spot_of(statement: Statement) -> Spot:
    """Where the series of a statement stands."""
    key = statement.key
    return key.indicator, key.index or "", key.area_regime or "", key.ref_area or ""


def keep_stated(key: str, documents: Sequence[Material], cache: Cache, rulebook: Rulebook) -> None:
    """Keep under this name what documents of these columns state; the head last, so that it stands for all."""
    read = [_rows(columns) for columns in documents]
    collector = Collector(rulebook, review_states(row for _, rows in read for row in rows))
    statements: defaultdict[Spot, list[Statement]] = defaultdict(list)
    indices: defaultdict[str, list[tuple[str, Observation]]] = defaultdict(list)
    for document, rows in read:
        observations = standing_observations(rows)
        for statement in collector.statements(observations, origin_of(document)):
            statements[spot_of(statement)].append(statement)
        for observation in observations:
            if observation.indicator.startswith(_INDEX):
                indices[observation.ref_area or ""].append((str(document["doc_id"]), observation))
    found = []
    for indicator, spots in groupby(sorted(statements.items()), key=lambda item: item[0][0]):
        made = [Spotted(spot, encode(Statements(tuple(some)))) for spot, some in spots]
        cache.put(STATEMENTS, key_of(key, indicator), encode(OfIndicator(tuple(made))))
        found += [OfSpot(one.spot, len(statements[one.spot]), _digest(one.content)) for one in made]
    areas = [InArea(area, encode(_documents(some))) for area, some in sorted(indices.items())]
    cache.put(INDICES, key, encode(Indices(tuple(areas))))
    told = tuple(OfArea(one.area, len(indices[one.area]), _digest(one.content)) for one in areas)
    cache.put(STATED, key, encode(Stated(tuple(found), told)))


def _rows(material: Material) -> tuple[Row, list[Row]]:
    """The row of a document, and those of its observations."""
    [document] = rows_from(DOCUMENTS, material[DOCUMENTS.name])
    return document, rows_from(OBSERVATIONS, material[OBSERVATIONS.name]) if OBSERVATIONS.name in material else []


def _documents(observations: Iterable[tuple[str, Observation]]) -> Documents:
    """Observations, each with its document; those of a document follow each other."""
    by_document = groupby(observations, key=itemgetter(0))
    return Documents(tuple(OfDocument(doc_id, tuple(o for _, o in some)) for doc_id, some in by_document))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def stated(key: str, cache: Cache) -> Stated:
    """What was kept under a name; raises LostError where it is not there, or no longer whole."""
    return decode(Stated, cache.need(STATED, key))


def statements_of(key: str, indicator: str, first: Spot, last: Spot, cache: Cache) -> Iterator[Statement]:
    """The statements of an indicator from one spot to another; raises LostError as `stated`."""
    kept = decode(OfIndicator, _part(cache, STATEMENTS, key_of(key, indicator), key))
    for one in kept.spots:
        if first <= one.spot <= last:
            yield from decode(Statements, one.content).statements


def indices_of(key: str, area: str, cache: Cache) -> Iterator[OfDocument]:
    """The observations of indices about one area; raises LostError as `stated`."""
    for one in decode(Indices, _part(cache, INDICES, key, key)).areas:
        if one.area == area:
            yield from decode(Documents, one.content).documents


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
