"""Whether a number is a result, a goal, or the figure of a rule.

Plans write goals with the words and figures of results; what tells them apart is the nearest word of
intention or of achievement before the number, then the heading above it, then the kind of document.
A goal lies ahead: a number of a period that was over when the document was issued is a result.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

import regex

from pipeline.assemble.slots import Period
from pipeline.match.layers import Layers
from pipeline.model import BlockKind, DocumentFacts, Span
from pipeline.rulebook.cue_lists import StatusRules
from pipeline.text.fold import lower_view

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
# "71,3%, vượt chỉ tiêu": what is held against a goal is a result.
_BESIDE_GOAL = regex.compile(
    r"\s*%?\s*[,(]?\s*(?:vượt|thấp hơn|cao hơn|chưa đạt|hụt|không đạt)(?: so với)?\s+(?:chỉ tiêu|mục tiêu|kế hoạch)"
)
# "Nhóm A có chỉ số từ 90% trở lên gồm 2 đơn vị: Bộ Tư pháp (91,70%)", "theo quy định, đạt tỷ lệ 39,6%":
# the figure of a rule ends where its examples or the result begin.
_PAST_RULE = regex.compile(r"\d[^:]*:[^:]*\($|\d[^,]*,\s*(?:và|[^,;(]*\()[^()]*\($|^,\s*(?:đạt|đã|còn|giảm)(?!\w)")
_SENTENCE_END = regex.compile(r"[.!?](?=\s)")
_GOAL_BRACKET = regex.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|kế hoạch)(?!\w)[^,;.()]*\(\s*\Z|(?<!\w)(?:chỉ tiêu|mục tiêu)\s*\Z"
    r"|\(\s*(?:chỉ tiêu|mục tiêu|kế hoạch)(?!\w)[^,;.()\d]*\Z"
)


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
    view = layers.view
    if goal := _GOAL_BRACKET.search(_without_names(layers, Span(sentence.start, place.start))):
        return Status("target", Span(sentence.start + goal.start(), place.start), False)
    if _BESIDE_GOAL.match(view, place.end):
        return Status("actual", None, False)
    clause_start = max([sentence.start, *(m.end() for m in _CLAUSE_END.finditer(view, sentence.start, place.start))])
    past = period if period and issued and period.end < issued else None
    for start in (clause_start, sentence.start):
        cues = [
            cue
            for cue in rules.cues.finditer(view, start, place.start)
            if not _in_name(layers, cue.start())
            and not (cue.lastgroup == "reference" and _PAST_RULE.search(view, cue.end(), place.start))
        ]
        # A period that was over stands nearer than the cue: "phấn đấu đạt 90% (năm 2024: 88%)".
        if past and past.span and (not cues or cues[-1].end() <= past.span.start):
            return Status("actual", past.span, False)
        if cues:
            return Status(str(cues[-1].lastgroup), Span(*cues[-1].span()), False)
    if period and issued and period.start > issued:
        return Status("target", period.span, False)
    blocks = layers.document.blocks
    above = blocks[block].span.start
    cues = list(rules.cues.finditer(view, above, sentence.start))
    if cues and cues[-1].lastgroup == "target" and cues[-1].start() >= _last_break(view, above, sentence.start):
        return Status("target", Span(*cues[-1].span()), True)
    for n in range(block - 1, -1, -1):
        candidate = blocks[n]
        if candidate.kind in (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TITLE):
            words = candidate.span.of(view)
            if candidate.kind is not BlockKind.TITLE and rules.target_headings.search(words):
                return Status("target", candidate.span, True)
            if rules.result_headings.search(words):
                return Status("actual", candidate.span, True)
    if identity.doc_type in rules.target_documents or _is_plan_title(identity.title, rules):
        return Status("target", None, True)
    return Status("actual", None, False)


def _in_name(layers: Layers, at: int) -> bool:
    """Whether an offset lies within the name of an agency or place: "Sở Kế hoạch và Đầu tư" plans nothing."""
    before = bisect_right(layers.entities, Span(at, len(layers.view))) - 1
    return before >= 0 and layers.entities[before].end > at


def _without_names(layers: Layers, stretch: Span) -> str:
    """The words of a stretch, blank where the names of agencies and places stand."""
    words = list(stretch.of(layers.view))
    at = bisect_right(layers.entities, Span(stretch.start, stretch.start))
    while at < len(layers.entities) and layers.entities[at].start < stretch.end:
        name = layers.entities[at]
        words[name.start - stretch.start : name.end - stretch.start] = " " * (min(name.end, stretch.end) - name.start)
        at += 1
    return "".join(words)


def _last_break(view: str, start: int, end: int) -> int:
    """Where the last sentence of a stretch begins."""
    return max([start, *(m.end() for m in _SENTENCE_END.finditer(view, start, max(start, end - 2)))])


def _is_plan_title(title: str | None, rules: StatusRules) -> bool:
    if title is None:
        return False
    words = lower_view(title)
    return rules.target_titles.search(words) is not None and rules.result_titles.search(words) is None


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None
