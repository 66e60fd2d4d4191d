"""Decisions laid over the rows of the dataset. Pure: the same rows and decisions give the same rows.

A row of `observations` keeps what the rules read: it leads back to its words, and the next run is held against it.
Beside it stands what a person decided: `review_state`, `reviewed_value` and `corrections`. Whatever is made of the
facts (series, checks between documents) takes them through `standing_row`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from pipeline.model.review import ON_PAGE, PLACE, SLOTS, Decision, DecisionKind, Fact, ReviewState, Standing
from pipeline.review.cells import corrected, days_of, typed
from pipeline.review.revision import OF_ADDED, fact_of
from pipeline.review.standing import standings
from pipeline.review.survival import Attached, attached, reads
from pipeline.store.rows import UNREVIEWED
from pipeline.store.schema import Row, Value
from pipeline.store.tables import OBSERVATIONS, REVIEWS

Moved: TypeAlias = Callable[[Fact], Fact | None]
"""Finds an added fact in another text than it was added to (`anchoring.anchored`)."""
ADDED_RULE = "review"
"""The rule_id of facts that a person added."""
_LEFT_OUT = frozenset({ReviewState.REJECTED.value, ReviewState.NO_SOURCE.value})
UNTOUCHED = frozenset({ReviewState.PENDING.value, ReviewState.ACCEPTED.value, ReviewState.CHANGED.value})
"""The states in which a fact without corrections stands as it was read."""
_VALUED = frozenset({ReviewState.ACCEPTED, ReviewState.CORRECTED, ReviewState.ADDED})


def reviewed_rows(
    rows: Iterable[Row], decisions: Sequence[Decision], text_hash: Value, moved: Moved | None = None
) -> list[Row]:
    """The observations of a document with what is decided about them, and those that were added.

    `rows` are as they were read, or as they were published with what was decided until then. `text_hash` is that
    of the document's canonical text as it is read now. An added fact of another text stands where it was
    published, else where `moved` finds its words; where these cannot be found it is left out.
    """
    published: dict[str, Row] = {}
    read: list[Row] = []
    for row in rows:
        if row["rule_id"] == ADDED_RULE:
            published[str(row["obs_id"])] = row
        else:
            read.append({**row, **UNREVIEWED})
    known = standings(decisions)
    hashes = {decision.obs_id: decision.source_hash for decision in decisions if decision.kind is DecisionKind.ADD}
    added: dict[tuple[str, ...], tuple[Standing, Fact]] = {}
    for obs_id, stands in known.items():
        if stands.added and (said := _placed(stands, hashes[obs_id] == text_hash, published.get(obs_id), moved)):
            added[_place_of(said)] = (stands, said)
    made = []
    for row in read:
        own, others = known.get(str(row["obs_id"])), added.get(_place_of(row))
        if own is not None and own.verdict is not None:
            row = _marked(row, attached(own, fact_of(row)))
        elif others is not None and others[0].state in _VALUED and reads(others[0], fact_of(row)):
            row = _marked(row, Attached(ReviewState.ACCEPTED, {}))
            del added[_place_of(row)]
        made.append(row)
    return OBSERVATIONS.sorted([*made, *(_added_row(stands, said) for stands, said in added.values())])


def _placed(stands: Standing, same_text: bool, published: Row | None, moved: Moved | None) -> Fact | None:
    """What an added fact says, with its place in the text as it is read now."""
    if same_text:
        return stands.slots
    if published is not None:
        place = {name: str(published[name]) for name in (*PLACE, *ON_PAGE) if published[name] is not None}
        return {**stands.slots, **place, "boxes": json.dumps(published["boxes"])}
    return moved(stands.slots) if moved else None


def standing_row(row: Row) -> Row | None:
    """A row of `observations` as it stands after review: with its corrections; None for a rejected one."""
    if row["review_state"] in _LEFT_OUT:
        return None
    corrections = row["corrections"]
    return row if corrections is None else corrected(row, json.loads(str(corrections)))


def review_rows(decisions: Iterable[Decision]) -> list[Row]:
    """The rows of `reviews`."""
    return REVIEWS.sorted(
        REVIEWS.row(
            decision,
            {
                "decision": decision.kind.value,
                "corrections": _json(decision.after),
                "before": _json(decision.before),
                "note": decision.note or None,
                "revision": decision.revision or None,
                "source_hash": decision.source_hash or None,
            },
        )
        for decision in decisions
    )


def _marked(row: Row, stands: Attached) -> Row:
    value: Value = None
    if stands.state in _VALUED or "value" in stands.slots:
        value = typed("value", stands.slots["value"]) if "value" in stands.slots else row["value"]
    return {
        **row, "review_state": stands.state.value, "reviewed_value": value, "corrections": _json(stands.slots),
    }  # fmt: skip


def _added_row(stands: Standing, said: Fact) -> Row:
    """The row of an added fact; its columns say what stands, as nothing was read."""
    slots = {**dict.fromkeys(SLOTS), "comparator": "eq", "obs_status": "actual", **said}
    offsets = {name: int(str(slots[name])) for name in PLACE if name != "quote"}
    page, boxes = said.get("page"), said.get("boxes")
    row = {slot: typed(slot, slots[slot]) for slot in SLOTS}
    made = OBSERVATIONS.row(
        None,
        {
            **row, **days_of(slots["time_period"]), **offsets, **UNREVIEWED,
            "obs_id": stands.obs_id, "doc_id": stands.doc_id, "quote": slots["quote"],
            "page": int(page) if page else None,
            "boxes": tuple(tuple(map(float, box)) for box in json.loads(boxes)) if boxes else (),
            "table": None, "rule_id": ADDED_RULE, "confidence": 1.0, "reasons": (), "flags": (),
            "review_state": stands.state.value,
        },
    )  # fmt: skip
    return {**made, "reviewed_value": made["value"] if stands.state in _VALUED else None}


def _place_of(cells: Row | Fact) -> tuple[str, ...]:
    """What tells a fact of a document from others: its measure, the place of its number, whom and when it is about."""
    named = (cells.get(name) for name in OF_ADDED)
    return tuple("" if cell is None else str(cell) for cell in named)


def _json(fact: Fact) -> str | None:
    return json.dumps(dict(fact), ensure_ascii=False, sort_keys=True) if fact else None
