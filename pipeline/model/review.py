"""What a person decides about a fact. Decisions are only ever added; what stands is reckoned from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

SLOTS = (
    "indicator", "index", "value", "value_high", "unit", "comparator", "out_of", "scope", "subject", "ref_area",
    "area_regime", "level", "time_period", "base_period", "obs_status",
)  # fmt: skip
"""What a person can correct of a fact: columns of `observations`."""
PLACE = ("quote", "char_start", "char_end", "value_start", "value_end")
"""Where an added fact stands in the canonical text, beside its slots."""
ON_PAGE = ("page", "boxes")
"""Where it stands on its page, for formats with pages; the boxes as JSON."""

Fact: TypeAlias = Mapping[str, str | None]
"""Slots as text in their normal form (84.84, 2021-S1, percent); None for an empty one."""


class DecisionKind(StrEnum):
    """What a person does with a fact."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    NO_SOURCE = "no_source"
    NOTE = "note"
    SKIP = "skip"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one reviewer about one fact.

    `decision_id` is made by whoever decides, so that a decision that is sent twice counts once. `before` is the
    fact as the rules read it and the reviewer saw it: its `SLOTS`, with `quote` and `number`, the words of the
    figure. `after` holds the slots that a correction changes, all of them and no other; for an added fact all
    that it says, its `PLACE` and, where it has one, its place `ON_PAGE`. `revision` is the hash of `before`
    (`review.revision`), `source_hash` that of the canonical text (`documents.text_hash`). `undoes` names the
    decision that is taken back, `batch` those made together.

    `sequence` and `chain` are the journal's: the place in its order, from 1, and the hash that ties the decision
    to all before it.
    """

    decision_id: str
    obs_id: str
    doc_id: str
    kind: DecisionKind
    reviewer: str
    at: str
    """UTC, ISO 8601 with milliseconds: 2026-11-24T21:48:27.123Z."""
    before: Fact = field(default_factory=dict)
    after: Fact = field(default_factory=dict)
    note: str = ""
    source_hash: str = ""
    revision: str = ""
    rule_id: str | None = None
    parser_version: str | None = None
    rules_version: str | None = None
    undoes: str | None = None
    batch: str | None = None
    sequence: int = 0
    chain: str = ""


class ReviewState(StrEnum):
    """What stands of a fact after review."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"
    NO_SOURCE = "no_source"
    CHANGED = "changed"
    """The rules read another fact out of the same words since it was reviewed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reviewer holds of a fact: the last of their decisions that was not taken back."""

    decision_id: str
    reviewer: str
    kind: DecisionKind
    after: Fact
    at: str
    revision: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the decisions about one fact come to.

    `slots` are the corrected slots; of an added fact all that it says now. `verdict` is the one that stands for
    the dataset, the last; `verdicts` has one a reviewer, in the order in which they were given. `sequence` is
    the place of the last decision of any kind.
    """

    obs_id: str
    doc_id: str
    state: ReviewState
    slots: Fact
    added: bool
    verdict: Verdict | None
    verdicts: tuple[Verdict, ...]
    before: Fact
    """The fact as it was when the standing verdict was given."""
    notes: int
    skips: int
    sequence: int
