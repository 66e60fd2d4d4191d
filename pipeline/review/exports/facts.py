"""JSON lines: each fact with its document, its evidence, what stands of it (review_state, reviewed_value,
corrections, as in the dataset), and every decision about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.review.exports.material import Reviewed, ReviewedFact, plain
from pipeline.review.lines import object_of

_OF_DOCUMENT = ("doc_id", "path", "title", "number")


def export(documents: Iterable[Reviewed], base_url: str) -> Iterator[str]:
    """One line a fact."""
    for document in documents:
        named = {name: cell for name, cell in plain(document.row).items() if name in _OF_DOCUMENT}
        for fact in document.facts:
            yield json.dumps({"document": named, **_object(fact)}, ensure_ascii=False) + "\n"


def _object(fact: ReviewedFact) -> dict[str, Any]:
    return {
        "fact": plain(fact.row),
        "evidence": [plain(row) for row in fact.evidence],
        "decisions": [object_of(decision) for decision in fact.decisions],
    }
