"""Whether a number is a result, a goal, or the figure of a rule.

Plans write goals with the words and figures of results; what tells them apart is the nearest word of
intention or of achievement before the number, then the heading above it, then the kind of document.
A goal lies ahead: a number of a period that was over when the document was issued is a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from pipeline.assemble.slots import Period
from pipeline.match.layers import Layers
from pipeline.model import BlockKind, DocumentFacts, Span
from pipeline.rulebook.cue_lists import StatusRules
from pipeline.text.fold import lower_view

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class Status:
    """A status with the words that gave it, and whether they stand outside the sentence."""

    code: str
    span: Span | None
    inherited: bool


def status_of(
    place: Span, sentence: Span, block: int, period: Period | None, layers: Layers, identity: DocumentFacts,
    rules: StatusRules,
) -> Status:  # fmt: skip
    """The status of the number at `place`."""
    issued = identity.issued_on or _day(identity.published_at)
    if period and issued and period.end < issued:
        return Status("actual", period.span, False)
    view = layers.view
    clause_start = max([sentence.start, *(m.end() for m in _CLAUSE_END.finditer(view, sentence.start, place.start))])
    for start in (clause_start, sentence.start):
        if cues := list(rules.cues.finditer(view, start, place.start)):
            return Status(str(cues[-1].lastgroup), Span(*cues[-1].span()), False)
    if period and issued and period.start > issued:
        return Status("target", period.span, False)
    blocks = layers.document.blocks
    if cues := list(rules.cues.finditer(view, blocks[block].span.start, sentence.start)):
        if cues[-1].lastgroup == "target":
            return Status("target", Span(*cues[-1].span()), True)
    for n in range(block - 1, -1, -1):
        candidate = blocks[n]
        if candidate.kind in (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TITLE):
            words = candidate.span.of(view)
            if rules.target_headings.search(words):
                return Status("target", candidate.span, True)
            if rules.result_headings.search(words):
                return Status("actual", candidate.span, True)
    if identity.doc_type in rules.target_documents or _is_plan_title(identity.title, rules):
        return Status("target", None, True)
    return Status("actual", None, False)


def _is_plan_title(title: str | None, rules: StatusRules) -> bool:
    if title is None:
        return False
    words = lower_view(title)
    return rules.target_titles.search(words) is not None and rules.result_titles.search(words) is None


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None
