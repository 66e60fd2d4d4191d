"""What only all documents together give: the series, and the checks between documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.check import check_series
from pipeline.model import Finding, Observation
from pipeline.rulebook.book import Rulebook
from pipeline.run.codec import decode
from pipeline.run.reviewed import review_states, standing_observations
from pipeline.run.shards import Stated, Statements, origin_of
from pipeline.series.collect import Collector
from pipeline.store.reading import read_rows
from pipeline.store.rows import finding_rows
from pipeline.store.schema import Row
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS, SERIES

_STATEMENTS_AT_ONCE = 50_000
"""About as many statements are held at once (some 60 MiB)."""


def series_rows(given: Callable[[], Iterable[Stated]], rulebook: Rulebook) -> Iterator[list[Row]]:
    """The rows of `series` in their order, in portions: all series of some indicators at a time.

    `given` tells what each shard states, each time that it is asked.
    """
    counts: Counter[str] = Counter()
    for stated in given():
        counts.update({some.indicator: some.count for some in stated.indicators})
    for names in _portions(counts):
        collector = Collector(rulebook)
        for stated in given():
            for some in stated.indicators:
                if some.indicator in names:
                    collector.add(decode(Statements, some.statements).statements)
        yield SERIES.sorted(SERIES.row(point, {}) for point in collector.points())


def _portions(counts: Mapping[str, int]) -> Iterator[set[str]]:
    """Indicators in the order of their names, as many at a time as make a bounded number of statements."""
    names: set[str] = set()
    size = 0
    for name, count in sorted(counts.items()):
        if names and size + count > _STATEMENTS_AT_ONCE:
            yield names
            names, size = set(), 0
        names.add(name)
        size += count
    if names:
        yield names


def rows_between(given: Iterable[Stated], rulebook: Rulebook) -> dict[str, list[Row]]:
    """The rows of `checks` that documents give together, by the document under which they stand."""
    indices = {some.doc_id: some.observations for stated in given for some in stated.indices}
    home = {o.obs_id: doc_id for doc_id, observations in indices.items() for o in observations}
    by_document: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in check_series(indices, rulebook):
        by_document[min(home[obs_id] for obs_id in finding.obs_ids)].append(finding)
    return {doc_id: finding_rows(findings, doc_id) for doc_id, findings in by_document.items()}


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
