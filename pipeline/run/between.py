"""What only all documents together give: the series, and the checks between documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.check import check_series
from pipeline.model import Finding, Observation
from pipeline.rulebook.book import Rulebook
from pipeline.series.collect import Collector
from pipeline.series.statement import Origin
from pipeline.store.reading import read_rows
from pipeline.store.records import observation_of
from pipeline.store.rows import Rows, finding_rows
from pipeline.store.schema import Row
from pipeline.store.tables import CHECKS, DOCUMENTS, OBSERVATIONS, SERIES

_INDEX = "index."


class Between:
    """Takes the rows of every document once; `rows` gives those of `series` and of `checks` at the end."""

    def __init__(self, rulebook: Rulebook, reviewed: Collection[str] = ()) -> None:
        """`reviewed` are the ids of observations that a person has accepted or corrected."""
        self._rulebook = rulebook
        self._collector = Collector(rulebook, reviewed)
        self._indices: dict[str, list[Observation]] = {}
        self._checks: list[Row] = []

    def add(self, rows: Rows) -> None:
        """One document. Its findings are held back, as those between documents stand among them."""
        [document] = rows[DOCUMENTS.name]
        origin = origin_of(document)
        observations = [observation_of(row) for row in rows.get(OBSERVATIONS.name, [])]
        self._collector.add_document(observations, origin)
        if published := [o for o in observations if o.indicator.startswith(_INDEX)]:
            self._indices[origin.doc_id] = published
        self._checks += rows.pop(CHECKS.name, [])

    def rows(self) -> Rows:
        """All rows of `series` and `checks`, sorted."""
        series = [SERIES.row(point, {}) for point in self._collector.points()]
        checks = [*self._checks, *self._between()]
        return {CHECKS.name: CHECKS.sorted(checks), SERIES.name: SERIES.sorted(series)}

    def _between(self) -> list[Row]:
        home = {o.obs_id: doc_id for doc_id, stated in self._indices.items() for o in stated}
        by_document: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in check_series(self._indices, self._rulebook):
            by_document[min(home[obs_id] for obs_id in finding.obs_ids)].append(finding)
        return [row for doc_id, findings in by_document.items() for row in finding_rows(findings, doc_id)]


def collect(directory: Path, rulebook: Rulebook) -> Collector:
    """What the documents of a dataset that is already written state. Raises DatasetError."""
    documents = {str(row["doc_id"]): origin_of(row) for rows in read_rows(directory, DOCUMENTS) for row in rows}
    stated: defaultdict[str, list[Observation]] = defaultdict(list)
    for rows in read_rows(directory, OBSERVATIONS):
        for row in rows:
            stated[str(row["doc_id"])].append(observation_of(row))
    collector = Collector(rulebook)
    for doc_id, observations in stated.items():
        collector.add_document(observations, documents[doc_id])
    return collector


def origin_of(document: Row) -> Origin:
    """A row of `documents` as a source of series."""
    cells: dict[str, Any] = document
    day = cells["issued_on"]
    if day is None and cells["published_at"]:
        day = date.fromisoformat(cells["published_at"][:10])
    return Origin(cells["doc_id"], cells["doc_type"], cells["ref_area"], cells["area_regime"], day)
