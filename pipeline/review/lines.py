"""A decision as a JSON object and back: what the journal hashes, and a line of an export."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pipeline.model.review import Decision, DecisionKind
from pipeline.review.wellformed import MalformedError

_OF_JOURNAL = ("sequence", "chain")
FIELDS = tuple(field.name for field in fields(Decision) if field.name not in _OF_JOURNAL)
_MAPPINGS = ("before", "after")
_TEXTS = ("decision_id", "obs_id", "doc_id", "kind", "reviewer", "at", "note", "source_hash", "revision")


def object_of(decision: Decision) -> dict[str, Any]:
    """What was decided, as JSON; without what the journal adds."""
    return {name: dict(value) if name in _MAPPINGS else value for name in FIELDS for value in [getattr(decision, name)]}


def canonical(decision: Decision) -> str:
    """What was decided, as the one text that is hashed."""
    return json.dumps(object_of(decision), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decision_of(made: Any) -> Decision:
    """The decision of a JSON object; raises MalformedError where it is none."""
    if not isinstance(made, Mapping):
        raise MalformedError("a decision is a JSON object")
    if missing := [name for name in ("decision_id", "obs_id", "doc_id", "kind", "reviewer", "at") if name not in made]:
        raise MalformedError(f"without {', '.join(missing)}")
    cells = {name: made[name] for name in FIELDS if name in made}
    for name, value in cells.items():
        if name in _MAPPINGS:
            fine = isinstance(value, Mapping) and all(isinstance(v, str | None) for v in value.values())
        else:
            fine = isinstance(value, str) or (value is None and name not in _TEXTS)
        if not fine:
            raise MalformedError(f"{name} is {value!r}")
    try:
        return Decision(**{**cells, "kind": DecisionKind(cells["kind"])})
    except ValueError:
        raise MalformedError(f"kind is {cells['kind']!r}, not one of {', '.join(DecisionKind)}") from None
