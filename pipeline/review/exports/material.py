"""What the exports are made of: each document with its text, its facts, their evidence, and the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from pipeline.model import Document
from pipeline.model.review import Decision
from pipeline.review.journal import JOURNAL_NAME, Journal
from pipeline.review.overlay import ADDED_RULE, reviewed_rows
from pipeline.review.revision import normal
from pipeline.store.reading import read_rows
from pipeline.store.schema import Row, Table
from pipeline.store.tables import DOCUMENTS, EVIDENCE, OBSERVATIONS

TextOf: TypeAlias = Callable[[str], Document | None]
"""Gives the document of an id as it was read; None where neither the cache nor the file is there any more."""


@dataclass(frozen=True, slots=True)
class ReviewedFact:
    """A fact of the dataset, the words it rests on, and every decision about it, in their order.

    `row` says what the rules read, or, of an added fact, what stands; and what stands after review.
    """

    row: Mapping[str, Any]
    evidence: tuple[Mapping[str, Any], ...]
    decisions: tuple[Decision, ...]

    @property
    def added(self) -> bool:
        """Whether a person has added it; the rules have not read it."""
        return bool(self.row["rule_id"] == ADDED_RULE)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with its facts. `read` is None where its text cannot be had."""

    row: Mapping[str, Any]
    read: Document | None
    facts: tuple[ReviewedFact, ...]


def documents(dataset: Path, text_of: TextOf) -> Iterator[Reviewed]:
    """Every document of a dataset in the order of ids, one at a time. Raises DatasetError where there is none."""
    facts, evidence = _by_document(dataset, OBSERVATIONS), _by_document(dataset, EVIDENCE)
    decisions = _decisions(dataset)
    for portion in read_rows(dataset, DOCUMENTS):
        for row in portion:
            doc_id = str(row["doc_id"])
            decided = decisions(doc_id)
            words: dict[str, list[Row]] = {}
            for one in evidence(doc_id):
                words.setdefault(str(one["obs_id"]), []).append(one)
            yield Reviewed(row, text_of(doc_id), tuple(
                ReviewedFact(fact, tuple(words.get(obs_id, ())), tuple(d for d in decided if d.obs_id == obs_id))
                for fact in reviewed_rows(facts(doc_id), decided, row["text_hash"]) for obs_id in [str(fact["obs_id"])]
            ))  # fmt: skip


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON can say it: numbers of fixed places as text in their normal form, days as ISO."""
    return {name: _plain(name, cell) for name, cell in row.items()}


def _plain(name: str, cell: Any) -> Any:
    if isinstance(cell, tuple):
        return [_plain(name, part) for part in cell]
    return cell if cell is None or isinstance(cell, bool | int | float | str) else normal(name, cell)


def _by_document(dataset: Path, table: Table) -> Callable[[str], Sequence[Row]]:
    """The rows of a document, asked for in the order of ids, in which tables stand."""
    rows = (row for portion in read_rows(dataset, table) for row in portion)
    groups = groupby(rows, key=lambda row: str(row["doc_id"]))
    held: tuple[str, list[Row]] | None = None

    def of(doc_id: str) -> Sequence[Row]:
        nonlocal held
        while held is None or held[0] < doc_id:
            name, group = next(groups, ("\U0010ffff", iter(())))
            held = (name, list(group))
        return held[1] if held[0] == doc_id else ()

    return of


def _decisions(dataset: Path) -> Callable[[str], tuple[Decision, ...]]:
    """The decisions about the facts of a document, in their order."""
    path = dataset / JOURNAL_NAME
    found: dict[str, list[Decision]] = {}
    if path.exists():
        with Journal(path) as journal:
            for decision in journal.since():
                found.setdefault(decision.doc_id, []).append(decision)
    return lambda doc_id: tuple(found.get(doc_id, ()))
