"""What a decision must have to be taken into the record."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.model.review import PLACE, SLOTS, Decision, DecisionKind

LONGEST_NOTE = 4000
_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_OBS_ID = re.compile(r"[0-9A-Za-z_.:-]{1,80}")
_DOC_ID = re.compile(r"[0-9a-f]{64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_OF_ADDED = ("indicator", "value", "unit", *PLACE)


class MalformedError(ValueError):
    """A decision that the record does not take, and why."""


Rule = Callable[[Decision], bool]

_RULES: tuple[tuple[str, Rule], ...] = (
    ("decision_id: 8 to 64 letters, digits, - or _", lambda d: bool(_ID.fullmatch(d.decision_id))),
    ("obs_id: the id of an observation", lambda d: bool(_OBS_ID.fullmatch(d.obs_id))),
    ("doc_id: 64 hex digits", lambda d: bool(_DOC_ID.fullmatch(d.doc_id))),
    ("reviewer: a name", lambda d: bool(d.reviewer.strip())),
    ("at: UTC with milliseconds, as 2026-11-24T21:48:27.123Z", lambda d: bool(_AT.fullmatch(d.at))),
    ("before: slots, quote and number", lambda d: d.before.keys() <= {*SLOTS, "quote", "number"}),
    (f"note: at most {LONGEST_NOTE} characters", lambda d: len(d.note) <= LONGEST_NOTE),
    ("undoes: the decision that an undo takes back", lambda d: (d.kind is DecisionKind.UNDO) == bool(d.undoes)),
    ("note: what a note says", lambda d: d.kind is not DecisionKind.NOTE or bool(d.note.strip())),
    (
        "after: the slots that a correction changes",
        lambda d: d.kind is not DecisionKind.CORRECT or (bool(d.after) and d.after.keys() <= set(SLOTS)),
    ),
    (
        "after: indicator, value, unit and place of an added fact",
        lambda d: (
            d.kind is not DecisionKind.ADD
            or (all(d.after.get(name) for name in _OF_ADDED) and d.after.keys() <= {*SLOTS, *PLACE})
        ),
    ),
    (
        "after: only a correction and an added fact have one",
        lambda d: d.kind in (DecisionKind.CORRECT, DecisionKind.ADD) or not d.after,
    ),
)


def hold_to_form(decision: Decision) -> None:
    """Raises MalformedError, which tells what the decision lacks."""
    for told, holds in _RULES:
        if not holds(decision):
            raise MalformedError(f"{decision.kind} of {decision.obs_id}: {told}")
