"""The facts of a dataset with everything that has been decided until now, also since it was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.review import Decision, Standing
from pipeline.review.overlay import reviewed_rows
from pipeline.review.snapshot import snapshot_of
from pipeline.review.standing import standings
from pipeline.store.reading import read_rows
from pipeline.store.schema import Row
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document: its row, its observations with what was decided, and the decisions in their order."""

    document: Row
    observations: list[Row]
    decisions: tuple[Decision, ...]


def current(dataset: Path, doc_id: str | None = None) -> Iterator[Reviewed]:
    """The documents of a dataset, or one of them, in their order. Raises DatasetError."""
    documents = [row for rows in read_rows(dataset, DOCUMENTS) for row in rows if doc_id in (None, row["doc_id"])]
    wanted = {str(row["doc_id"]) for row in documents}
    read: defaultdict[str, list[Row]] = defaultdict(list)
    for rows in read_rows(dataset, OBSERVATIONS):
        for row in rows:
            if row["doc_id"] in wanted:
                read[str(row["doc_id"])].append(row)
    decided = snapshot_of(dataset).decisions(sorted(wanted))
    for document in documents:
        of = str(document["doc_id"])
        decisions = decided.get(of, ())
        yield Reviewed(document, reviewed_rows(read[of], decisions, document["text_hash"]), decisions)


def document_of(dataset: Path, obs_id: str) -> str | None:
    """The doc_id of an observation, read or added; None where there is none. Raises DatasetError."""
    for rows in read_rows(dataset, OBSERVATIONS):
        for row in rows:
            if row["obs_id"] == obs_id:
                return str(row["doc_id"])
    snapshot = snapshot_of(dataset)
    decided = snapshot.decisions(sorted(snapshot.marks))
    return next((d.doc_id for some in decided.values() for d in some if d.obs_id == obs_id), None)


def orphans(dataset: Path) -> list[tuple[Standing, str | None]]:
    """What stands of facts that are no longer read, each with the path of its document, None for one that is gone.

    Raises DatasetError.
    """
    paths: dict[str, str] = {}
    there: set[str] = set()
    for reviewed in current(dataset):
        paths[str(reviewed.document["doc_id"])] = str(reviewed.document["path"])
        there.update(str(row["obs_id"]) for row in reviewed.observations)
    snapshot = snapshot_of(dataset)
    decided = snapshot.decisions(sorted(snapshot.marks))
    known = standings(decision for some in decided.values() for decision in some)
    return [
        (stands, paths.get(stands.doc_id))
        for obs_id, stands in sorted(known.items())
        if stands.verdict is not None and obs_id not in there
    ]
