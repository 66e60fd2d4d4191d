"""Reviewed facts as gold: what `solieu evaluate` scores against, one file a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from pipeline.evaluate.score import CORE
from pipeline.model.review import SLOTS, ReviewState
from pipeline.review.current import Reviewed
from pipeline.review.overlay import standing_row
from pipeline.store.plain import Json, json_row
from pipeline.store.schema import Row
from pipeline.store.tables import OBSERVATIONS

_OPEN = frozenset({ReviewState.PENDING.value, ReviewState.CHANGED.value})


def gold_of(reviewed: Reviewed) -> dict[str, Json] | None:
    """The gold of a document; None where no fact of it has been reviewed.

    A family of which every fact has been reviewed is exhaustive: what else is read of it is wrong. Of any other
    the facts found right must be read, and what nobody has looked at counts neither for nor against.
    """
    rows = reviewed.observations
    right = [row for row in rows if row["review_state"] not in _OPEN]
    if not right:
        return None
    unseen = {_family(row) for row in rows if row["review_state"] in _OPEN}
    families = dict.fromkeys([*CORE, *(_family(row) for row in rows)])
    # What a document has no fact of is only known to be complete where all else has been looked at.
    seen = {_family(row) for row in right} if unseen else set(families)
    complete: list[Json] = [family for family in families if family in seen - unseen]
    document = reviewed.document
    return {
        "file": PurePath(str(document["path"])).name,
        "document": {name: str(document[name]) for name in ("doc_id", "title", "doc_type") if document[name]},
        "exhaustive": complete,
        "observations": list(_observations(right)),
    }


def _observations(rows: list[Row]) -> Iterator[Json]:
    for row in rows:
        if (stands := standing_row(row)) is not None:
            cells = json_row(OBSERVATIONS, stands)
            yield {name: cells[name] for name in (*SLOTS, "quote") if cells[name] is not None}


def _family(row: Row) -> str:
    return str(row["indicator"]).partition(".")[0]
