"""A document's rows with what was decided about its facts, and the checks of what stands then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.check import FAILED, check_document, failed_ids
from pipeline.model import Document, Evidence, Finding, Observation
from pipeline.model.review import Decision, Fact, ReviewState
from pipeline.review.anchoring import anchored
from pipeline.review.overlay import UNTOUCHED, review_rows, reviewed_rows, standing_row
from pipeline.rulebook.book import Rulebook
from pipeline.store.records import evidence_of, facts_of, observation_of, reference_of
from pipeline.store.rows import Rows, agreement_rows, finding_rows
from pipeline.store.schema import Row
from pipeline.store.tables import AGREEMENTS, CHECKS, DOCUMENTS, EVIDENCE, OBSERVATIONS, REFERENCES, REVIEWS


def with_decisions(
    rows: Rows, decisions: Sequence[Decision], rulebook: Rulebook, reading: Callable[[], Document | None]
) -> Rows:
    """The rows of a document with what was decided about its facts.

    `reading` gives the document as it was read, where that is kept; an added fact may have to be looked for in it.
    Where that changes a fact, takes one out or adds one, its figures are checked anew: a correction may be
    what a sum was short of.
    """
    [document] = rows[DOCUMENTS.name]

    def moved(fact: Fact) -> Fact | None:
        read = reading()
        return anchored(fact, read) if read else None

    observations = reviewed_rows(rows.get(OBSERVATIONS.name, []), decisions, document["text_hash"], moved)
    made = {**rows, OBSERVATIONS.name: observations, REVIEWS.name: review_rows(decisions)}
    return made if all(_is_as_read(row) for row in observations) else checked(made, rulebook)


def checked(rows: Rows, rulebook: Rulebook) -> Rows:
    """The rows of a document, its figures held against each other as they stand."""
    [document] = rows[DOCUMENTS.name]
    references = [reference_of(row) for row in rows.get(REFERENCES.name, [])]
    made = check_document(_standing(rows), references, facts_of(document), rulebook)
    return {
        **rows,
        OBSERVATIONS.name: _flagged(rows.get(OBSERVATIONS.name, []), made.findings),
        CHECKS.name: CHECKS.sorted(finding_rows(made.findings, str(document["doc_id"]))),
        AGREEMENTS.name: AGREEMENTS.sorted(agreement_rows(made.agreements, str(document["doc_id"]))),
    }


def standing_observations(rows: Iterable[Row]) -> list[Observation]:
    """The observations that stand after review."""
    return [observation_of(row) for made in rows if (row := standing_row(made)) is not None]


def review_states(rows: Iterable[Row]) -> dict[str, str]:
    """The review state of observations about which there is one, by obs_id."""
    return {str(row["obs_id"]): str(row["review_state"]) for row in rows if row["review_state"] != ReviewState.PENDING}


def _standing(rows: Rows) -> list[Observation]:
    """As `standing_observations`, with the evidence of each."""
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    for row in rows.get(EVIDENCE.name, []):
        evidence[str(row["obs_id"])].append(evidence_of(row))
    standing = standing_observations(rows.get(OBSERVATIONS.name, []))
    return [replace(o, evidence=tuple(evidence[o.obs_id])) for o in standing]


def _flagged(observations: Iterable[Row], findings: Iterable[Finding]) -> list[Row]:
    failed = failed_ids(findings)
    flagged = []
    for row in observations:
        flags = _texts(row["flags"])
        if row["obs_id"] not in failed:
            flags = tuple(flag for flag in flags if flag != FAILED)
        elif FAILED not in flags:
            flags = (*flags, FAILED)
        flagged.append({**row, "flags": flags})
    return flagged


def _texts(cell: object) -> tuple[str, ...]:
    assert isinstance(cell, tuple)
    return cell


def _is_as_read(row: Row) -> bool:
    return row["review_state"] in UNTOUCHED and row["corrections"] is None
