"""What only all documents together give: the series, and the checks between documents.

Both are made of what the shards state, in parts that any worker can make, each kept under a name that tells
what it was made of: what has not changed is not made again.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.check import check_series
from pipeline.model import Finding, Observation
from pipeline.rulebook.book import Rulebook, Rules
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.reviewed import review_states, standing_observations
from pipeline.run.stated import Place, Stated, indices_of, origin_of, place_of, statements_of
from pipeline.series.collect import Collector
from pipeline.store.pieces import Piece, piece
from pipeline.store.plain import keep, restore
from pipeline.store.reading import read_rows
from pipeline.store.rows import finding_rows
from pipeline.store.schema import Row, columns_of, rows_from
from pipeline.store.tables import CHECKS, DOCUMENTS, OBSERVATIONS, SERIES
from pipeline.store.versions import publisher_version

PORTIONS, BETWEEN = "series", "between"
"""The kinds of cache entries: a portion of the table of series, and the findings between documents."""
_STATEMENTS_AT_ONCE = 30_000
"""About as many statements are held at once (some 40 MiB)."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Series that stand together: those of some indicators, or of one indicator from one place to another.

    `given` are the names of what shards state, each with those of the indicators that it has.
    """

    key: str
    given: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[Place, Place] | None = None

    def is_made(self, cache: Cache) -> bool:
        return cache.path(PORTIONS, self.key).exists()

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make the rows. Raises LostError."""
        collector = Collector(rulebook)
        for stated_key, indicators in self.given:
            for indicator in indicators:
                statements = statements_of(stated_key, indicator, cache)
                if self.places is not None:
                    low, high = self.places
                    statements = tuple(s for s in statements if low <= place_of(s) <= high)
                collector.add(statements)
        rows = SERIES.sorted(SERIES.row(point, {}) for point in collector.points())
        cache.put(PORTIONS, self.key, encode(piece(SERIES, columns_of(SERIES, rows))))
        return set()

    def made(self, cache: Cache) -> Piece:
        """The rows that were made. Raises LostError."""
        return decode(Piece, cache.need(PORTIONS, self.key))


def portions_of(given: Mapping[str, Stated]) -> list[Portion]:
    """All series in portions, in the order of the table; `given` is what shards state, by its name."""
    counts: defaultdict[str, Counter[Place]] = defaultdict(Counter)
    digests: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, stated in given.items():
        for some in stated.indicators:
            counts[some.indicator].update({each.place: each.count for each in some.places})
            digests[some.indicator][key] = some.digest
    return [_portion(indicators, places, digests) for indicators, places in _cuts(counts)]


def _cuts(counts: Mapping[str, Counter[Place]]) -> Iterator[tuple[list[str], tuple[Place, Place] | None]]:
    """Indicators in their order, as many at a time as make a bounded number of statements; a large one in parts."""
    together: list[str] = []
    size = 0
    for indicator, by_place in sorted(counts.items()):
        if together and size + by_place.total() > _STATEMENTS_AT_ONCE:
            yield together, None
            together, size = [], 0
        if by_place.total() > _STATEMENTS_AT_ONCE:
            yield from (([indicator], places) for places in _ranges(by_place))
        else:
            together.append(indicator)
            size += by_place.total()
    if together:
        yield together, None


def _ranges(by_place: Counter[Place]) -> Iterator[tuple[Place, Place]]:
    first, last, size = None, None, 0
    for place, count in sorted(by_place.items()):
        if first is not None and last is not None and size + count > _STATEMENTS_AT_ONCE:
            yield first, last
            first, size = None, 0
        first, last, size = first or place, place, size + count
    if first is not None and last is not None:
        yield first, last


def _portion(
    indicators: Sequence[str], places: tuple[Place, Place] | None, digests: Mapping[str, Mapping[str, str]]
) -> Portion:
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for indicator in indicators:
        for key in digests[indicator]:
            by_key[key].append(indicator)
    made_of = (f"{name} {digest}" for name in indicators for digest in digests[name].values())
    key = key_of(publisher_version(), repr(places), *made_of)
    return Portion(key, tuple((key, tuple(names)) for key, names in by_key.items()), places)


@dataclass(frozen=True, slots=True)
class Between:
    """The checks between documents; `given` are the names of what shards state."""

    key: str
    given: tuple[str, ...]

    def is_made(self, cache: Cache) -> bool:
        return cache.path(BETWEEN, self.key).exists()

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make the rows of `checks` that documents give together. Raises LostError."""
        indices = {some.doc_id: some.observations for key in self.given for some in indices_of(key, cache)}
        home = {o.obs_id: doc_id for doc_id, observations in indices.items() for o in observations}
        by_document: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in check_series(indices, rulebook):
            by_document[min(home[obs_id] for obs_id in finding.obs_ids)].append(finding)
        rows = [row for doc_id, findings in by_document.items() for row in finding_rows(findings, doc_id)]
        cache.put(
            BETWEEN, self.key, json.dumps(keep(CHECKS, columns_of(CHECKS, rows)), ensure_ascii=False).encode("utf-8")
        )
        return set()

    def made(self, cache: Cache) -> dict[str, list[Row]]:
        """The rows that were made, by the document under which they stand. Raises LostError."""
        by_document: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows_from(CHECKS, restore(CHECKS, json.loads(cache.need(BETWEEN, self.key)))):
            by_document[str(row["doc_id"])].append(row)
        return by_document


def between_of(given: Mapping[str, Stated], rules: Rules) -> Between:
    """The checks between the documents of all shards; of the rules those of checks and indices have a say."""
    read = (text for name, text in sorted(rules.texts.items()) if name == "checks.yaml" or name.startswith("index/"))
    digests = (stated.indices for stated in given.values())
    return Between(key_of(publisher_version(), *read, "", *digests), tuple(given))


def collect(directory: Path, rulebook: Rulebook) -> Collector:
    """What the documents of a dataset that is already written state. Raises DatasetError."""
    documents = {str(row["doc_id"]): origin_of(row) for rows in read_rows(directory, DOCUMENTS) for row in rows}
    stated: defaultdict[str, list[Observation]] = defaultdict(list)
    states: dict[str, str] = {}
    home: dict[str, str] = {}
    for rows in read_rows(directory, OBSERVATIONS):
        home.update({str(row["obs_id"]): str(row["doc_id"]) for row in rows})
        states |= review_states(rows)
        for observation in standing_observations(rows):
            stated[home[observation.obs_id]].append(observation)
    collector = Collector(rulebook, states)
    for doc_id, observations in stated.items():
        collector.add_document(observations, documents[doc_id])
    return collector
