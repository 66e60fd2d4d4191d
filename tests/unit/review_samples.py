"""Facts and decisions for the tests of the review."""

from __future__ import annotations

from typing import Any

from pipeline.model.review import Decision, DecisionKind
from pipeline.review.journal import new_id
from pipeline.review.revision import revision_of

DOC_ID = "ab" * 32
FACT = {
    "indicator": "dossier.received", "index": None, "value": "8980", "value_high": None, "unit": "count",
    "comparator": "eq", "out_of": None, "scope": None, "subject": "Tỉnh Sơn La", "ref_area": "14",
    "area_regime": "63", "level": None, "time_period": "2021-S1", "base_period": None, "obs_status": "actual",
    "quote": "tiếp nhận 8,98 ngàn hồ sơ", "number": "8,98",
}  # fmt: skip
ADDED = {
    "indicator": "dossier.resolved", "value": "8000", "unit": "count", "subject": "Tỉnh Sơn La", "time_period": "2021",
    "quote": "đã giải quyết 8.000 hồ sơ", "char_start": "40", "char_end": "65", "value_start": "54", "value_end": "59",
}  # fmt: skip
_AFTER: dict[DecisionKind, dict[str, str | None]] = {DecisionKind.CORRECT: {"value": "8998"}, DecisionKind.ADD: ADDED}


def decision(kind: str = "accept", obs_id: str = "fact-1", reviewer: str = "Lan", **fields: Any) -> Decision:
    """A decision that the record takes; each call gives another id."""
    made = DecisionKind(kind)
    given: dict[str, Any] = {
        "decision_id": new_id(), "doc_id": DOC_ID, "at": "2026-11-24T08:30:00.000Z", "before": FACT,
        "after": _AFTER.get(made, {}), "revision": revision_of(FACT), "rule_id": "dossier.received",
        "note": "xem lại" if made is DecisionKind.NOTE else "",
    }  # fmt: skip
    return Decision(obs_id=obs_id, kind=made, reviewer=reviewer, **{**given, **fields})
