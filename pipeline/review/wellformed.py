"""What a decision must have to be taken into the record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields

from pipeline.model.review import ON_PAGE, PLACE, SLOTS, Decision, DecisionKind
from pipeline.review.cells import typed
from pipeline.review.revision import revision_of

LONGEST_NOTE, LONGEST_NAME = 4000, 200
_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_OBS_ID = re.compile(r"[0-9A-Za-z_.:-]{1,80}")
_DOC_ID = re.compile(r"[0-9a-f]{64}")
_HASH = re.compile(r"([0-9a-f]{64})?")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_SEEN = {*SLOTS, "quote", "number"}
_OF_ADDED = ("indicator", "value", "unit", *PLACE)
_OF_READ = frozenset({DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.NO_SOURCE})


class MalformedError(ValueError):
    """A decision that the record does not take, and why."""


def _is_name(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST_NAME


def _texts(d: Decision) -> Iterator[str]:
    values = (getattr(d, field.name) for field in fields(d))
    for value in values:
        yield from (
            text for text in (value.values() if isinstance(value, Mapping) else (value,)) if isinstance(text, str)
        )


def _can_be_kept(text: str) -> bool:
    """Whether text is Unicode without a NUL, which PostgreSQL does not take."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _tells_what_was_seen(d: Decision) -> bool:
    if d.kind in _OF_READ:
        return d.before.keys() == _SEEN and d.revision == revision_of(d.before)
    return d.before.keys() <= _SEEN


def _has_place(d: Decision) -> bool:
    """Whether the words of an added fact hold its number, and its boxes are four sides each."""
    try:
        start, end, number_start, number_end = (int(str(d.after[name])) for name in PLACE[1:])
        boxes = json.loads(d.after.get("boxes") or "[]")
        page = int(d.after.get("page") or 1)
        sides = [float(side) for box in boxes for side in box]
    except (ValueError, TypeError):
        return False
    within = 0 <= start <= number_start < number_end <= end
    return within and end - start == len(str(d.after["quote"])) and page > 0 and len(sides) == 4 * len(boxes)


_RULES: tuple[tuple[str, Callable[[Decision], bool]], ...] = (
    ("decision_id: 8 to 64 letters, digits, - or _", lambda d: bool(_ID.fullmatch(d.decision_id))),
    ("obs_id: the id of an observation", lambda d: bool(_OBS_ID.fullmatch(d.obs_id))),
    ("doc_id: 64 hex digits", lambda d: bool(_DOC_ID.fullmatch(d.doc_id))),
    ("source_hash: 64 hex digits", lambda d: bool(_HASH.fullmatch(d.source_hash))),
    (f"reviewer: a name of at most {LONGEST_NAME} characters in one line", lambda d: _is_name(d.reviewer)),
    ("text that no table can hold", lambda d: all(map(_can_be_kept, _texts(d)))),
    ("at: UTC with milliseconds, as 2026-11-24T21:48:27.123Z", lambda d: bool(_AT.fullmatch(d.at))),
    ("before, revision: all slots of the fact as seen, its quote and number, and their hash", _tells_what_was_seen),
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
            or (
                all(d.after.get(name) for name in _OF_ADDED)
                and d.after.keys() <= {*SLOTS, *PLACE, *ON_PAGE}
                and _has_place(d)
            )
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
    for slot in decision.after.keys() & set(SLOTS):
        try:
            typed(slot, decision.after[slot])
        except ValueError as problem:
            raise MalformedError(f"{decision.kind} of {decision.obs_id}: {problem}") from None
