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
from zlib import crc32

from pipeline.check import check_series
from pipeline.model import Finding, Observation
from pipeline.rulebook.book import Rulebook, Rules
from pipeline.run.cache import Cache, key_of
from pipeline.run.codec import decode, encode
from pipeline.run.reviewed import review_states, standing_observations
from pipeline.run.stated import OfArea, Spot, Stated, indices_of, origin_of, statements_of
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
_STATEMENTS_A_PORTION = 2_000
"""About as many: fewer, and there is more to do for each portion; more, and a changed document costs more."""
_STATEMENTS_AT_ONCE = 30_000
"""As many are held at once, but for a spot that has more (some 40 MiB)."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Series that stand together, from the first spot to the last.

    `given` are the names of what shards state, each with those of its indicators that are asked for.
    """

    key: str
    given: tuple[tuple[str, tuple[str, ...]], ...]
    first: Spot
    last: Spot
    weight: int

    def is_made(self, cache: Cache) -> bool:
        return cache.path(PORTIONS, self.key).exists()

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make the rows. Raises LostError."""
        collector = Collector(rulebook)
        for stated_key, indicators in self.given:
            for indicator in indicators:
                collector.add(statements_of(stated_key, indicator, self.first, self.last, cache))
        rows = SERIES.filled(list(collector.points()), {})
        cache.put(PORTIONS, self.key, encode(piece(SERIES, rows)))
        return set()

    def made(self, cache: Cache) -> Piece:
        """The rows that were made. Raises LostError."""
        return decode(Piece, cache.need(PORTIONS, self.key))


def portions_of(given: Mapping[str, Stated]) -> list[Portion]:
    """All series in portions, in the order of the table; `given` is what shards state, by its name."""
    counts: Counter[Spot] = Counter()
    givers: defaultdict[Spot, list[tuple[str, str]]] = defaultdict(list)
    for key, stated in given.items():
        for some in stated.spots:
            counts[some.spot] += some.count
            givers[some.spot].append((key, some.digest))
    return [_portion(spots, givers, sum(counts[spot] for spot in spots)) for spots in _cuts(counts)]


def _cuts(counts: Mapping[Spot, int]) -> Iterator[list[Spot]]:
    """Spots that follow each other, as many at a time as make a good number of statements.

    Where a portion begins is told by the name of the spot, not by what stands before it: so a document more
    changes the portions of its own series, and no other.
    """
    apart = 1
    while counts and 4 * apart * sum(counts.values()) <= _STATEMENTS_A_PORTION * len(counts):
        apart *= 4
    together: list[Spot] = []
    size = 0
    for spot, count in sorted(counts.items()):
        begins = crc32("\x1f".join(spot).encode("utf-8")) % apart == 0
        if together and (begins or size + count > _STATEMENTS_AT_ONCE):
            yield together
            together, size = [], 0
        together.append(spot)
        size += count
    if together:
        yield together


def _portion(spots: Sequence[Spot], givers: Mapping[Spot, Sequence[tuple[str, str]]], weight: int) -> Portion:
    indicators: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for spot in spots:
        for key, _ in givers[spot]:
            indicators[key][spot[0]] = None
    made_of = (f"{spot} {digest}" for spot in spots for _, digest in givers[spot])
    given = tuple((key, tuple(names)) for key, names in indicators.items())
    return Portion(key_of(publisher_version(), *made_of), given, spots[0], spots[-1], weight)


@dataclass(frozen=True, slots=True)
class Between:
    """The checks between documents about one area; `given` are the names of what shards state.

    No check holds figures of one area against those of another.
    """

    key: str
    area: str
    given: tuple[str, ...]
    weight: int

    def is_made(self, cache: Cache) -> bool:
        return cache.path(BETWEEN, self.key).exists()

    def make(self, cache: Cache, rulebook: Rulebook) -> set[str]:
        """Make the rows of `checks` that documents give together. Raises LostError."""
        indices = {some.doc_id: some.observations for key in self.given for some in indices_of(key, self.area, cache)}
        home = {o.obs_id: doc_id for doc_id, observations in indices.items() for o in observations}
        by_document: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in check_series(indices, rulebook):
            by_document[min(home[obs_id] for obs_id in finding.obs_ids)].append(finding)
        rows = [row for doc_id, findings in by_document.items() for row in finding_rows(findings, doc_id)]
        kept = keep(CHECKS, columns_of(CHECKS, rows))
        cache.put(BETWEEN, self.key, json.dumps(kept, ensure_ascii=False).encode("utf-8"))
        return set()

    def made(self, cache: Cache) -> list[Row]:
        """The rows that were made. Raises LostError."""
        return rows_from(CHECKS, restore(CHECKS, json.loads(cache.need(BETWEEN, self.key))))


def between_of(given: Mapping[str, Stated], rules: Rules) -> list[Between]:
    """The checks between the documents of all shards; of the rules those of checks and indices have a say."""
    read = [text for name, text in sorted(rules.texts.items()) if name == "checks.yaml" or name.startswith("index/")]
    givers: defaultdict[str, dict[str, OfArea]] = defaultdict(dict)
    for key, stated in given.items():
        for some in stated.areas:
            givers[some.area][key] = some
    return [
        Between(
            key_of(publisher_version(), *read, "", area, *(some.digest for some in by_key.values())),
            area,
            tuple(by_key),
            sum(some.count for some in by_key.values()),
        )
        for area, by_key in givers.items()
    ]


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
