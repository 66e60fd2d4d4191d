"""Decisions made of what the reviewer saw: rows of `observations` and `documents`, typed or as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Document, Span
from pipeline.model.review import Decision, DecisionKind, Fact
from pipeline.review.journal import new_id, now
from pipeline.review.revision import added_id, fact_of, revision_of
from pipeline.store.rows import Places, text_hash


@dataclass(frozen=True, slots=True)
class Hand:
    """Who decides, and under which ids; a new id and the present time where none are given."""

    reviewer: str
    decision_id: str | None = None
    batch: str | None = None
    at: str | None = None


def decide(
    kind: DecisionKind,
    hand: Hand,
    seen: Mapping[str, object],
    document: Mapping[str, object],
    after: Fact | None = None,
    note: str = "",
) -> Decision:
    """A decision about a fact: `seen` is its row of `observations`, `document` that of `documents`.

    `after` holds the slots that a correction changes, in their normal form (`slots.parse_slot`).
    Raises KeyError where a column is missing.
    """
    fact = fact_of(seen)
    return Decision(
        decision_id=hand.decision_id or new_id(),
        obs_id=str(seen["obs_id"]),
        doc_id=str(seen["doc_id"]),
        kind=kind,
        reviewer=hand.reviewer,
        at=hand.at or now(),
        before=fact,
        after=after or {},
        note=note,
        source_hash=str(document["text_hash"] or ""),
        revision=revision_of(fact),
        rule_id=str(seen["rule_id"]),
        parser_version=str(document["parser_version"]),
        rules_version=str(document["rules_version"]),
        batch=hand.batch,
    )


def add(
    hand: Hand, document: Document, row: Mapping[str, object], slots: Fact, words: Span, number: Span, note: str = ""
) -> Decision:
    """The decision that adds a fact: its slots, and where its words and its number stand in the document's text.

    `row` is the document's row of `documents`. Raises ValueError where the number lies outside of the words.
    """
    if not words.covers(number) or number.start == number.end:
        raise ValueError("the number is no part of the words")
    place = Places(document).of(words)
    after: dict[str, str | None] = {
        **{slot: value for slot, value in slots.items() if value is not None},
        "quote": words.of(document.text),
        "char_start": str(words.start),
        "char_end": str(words.end),
        "value_start": str(number.start),
        "value_end": str(number.end),
    }
    if place["page"] is not None:
        after |= {"page": str(place["page"]), "boxes": json.dumps(place["boxes"])}
    doc_id = document.source.doc_id
    return Decision(
        decision_id=hand.decision_id or new_id(),
        obs_id=added_id(doc_id, after),
        doc_id=doc_id,
        kind=DecisionKind.ADD,
        reviewer=hand.reviewer,
        at=hand.at or now(),
        after=after,
        note=note,
        source_hash=text_hash(document.text),
        parser_version=str(row["parser_version"]),
        rules_version=str(row["rules_version"]),
        batch=hand.batch,
    )


def undo(hand: Hand, decision: Decision, note: str = "") -> Decision:
    """The decision that takes another one back."""
    return Decision(
        decision_id=hand.decision_id or new_id(),
        obs_id=decision.obs_id,
        doc_id=decision.doc_id,
        kind=DecisionKind.UNDO,
        reviewer=hand.reviewer,
        at=hand.at or now(),
        note=note,
        undoes=decision.decision_id,
        batch=hand.batch,
    )
