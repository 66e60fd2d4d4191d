"""What stands where a change of a score would, and is none: gaps to somebody else, points taken off, moves of some that
nobody names."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.match.index_held import Held
from pipeline.match.index_kinds import Kind
from pipeline.match.index_line import IndexLine
from pipeline.match.index_values import Amount
from pipeline.match.index_words import starting_in
from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced

# "cao hơn 2,4% so với mức chung cả nước": a gap, no change.
_GAP_BEHIND = spaced(
    r"\s*so với (?:mức |điểm |điểm số |chỉ số )*(?:trung bình|bình quân|chung|trung vị|cả nước|toàn quốc|"
    r"các tỉnh|(?:tỉnh|thành phố|bộ|sở|huyện|xã|phường|đơn vị|nơi|địa phương|cơ quan) (?:đứng|dẫn|xếp|cao nhất"
    r"|thấp nhất|đầu bảng|cuối bảng|liền kề|khác|(?:có|đạt) [^.;,()\d]{0,25}?(?:cao|thấp|tốt|kém) nhất))"
    r"(?!(?:(?!(?:và|tăng|giảm|xếp|so với)(?!\w))[^.;,()]){0,30}(?<!\w)(?:năm|kỳ)(?!\w))"
)
# "So với mặt bằng chung (84,05%), Bộ còn thấp hơn 2,2%"
_GAP_BEFORE = spaced(
    r"(?<!\w)so với (?:mặt bằng|(?:giá trị |điểm |điểm số |mức |chỉ số )*(?:trung bình|bình quân|chung)|cả nước"
    r"|toàn quốc|(?:tỉnh|địa phương|đơn vị|nơi|bộ|sở|huyện) (?:dẫn đầu|đứng đầu|cao nhất|xếp|đứng|liền))"
    r"(?!\w)(?:[^.;()]|\.(?=\d)|\([^()]*\))*,[^.;,()]*(?:hơn|kém|thua)\s*\Z"
)
_SET_AGAINST = spaced(r"\s*so với (?:của )?((?:tỉnh|thành phố|tp\.?|bộ|sở|huyện)?\s*)")
_SET_AGAINST_END = spaced(r"(?<!\w)so với (?:của )?(?:(?:tỉnh|thành phố|tp\.?|bộ|sở|huyện) )?\Z")
_APART = spaced(
    r"[\s,]*(?:\([^()]*\)[\s,]*)?(?:(?:thì|còn|vẫn|chỉ|đang) )*(?:(?:cao|thấp|nhiều|ít|nhỉnh|trội) )?(?:hơn|kém|thua)"
    r"(?: (?:hơn|tới|khoảng|gần|đến|những))*\s*"
)
# "4 trong 8 trục nội dung giảm điểm, giảm từ 0,05 đến 0,4 điểm"
_PARTS_MOVED = spaced(
    r"(?<!\w)(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|các)(?:\s*/\s*\d+| trong(?: số)? [^\W\d]+| trong \d+)? "
    r"(?:chỉ số|trục|nội dung|lĩnh vực|tiêu chí|trụ cột|tỉnh|thành phố|địa phương|đơn vị|sở|huyện|xã|phường|bộ)(?!\w)"
    r"(?:[^;.:()\d]|(?:19|20)\d{2}(?!\d)){0,80}?(?:tăng|giảm)(?!\w)(?:[^;.:()\d]|(?:19|20)\d{2}(?!\d)){0,40}$"
)
_DEDUCTED = spaced(
    r"(?<!\w)(?:bị trừ|trừ điểm|điểm trừ|bị mất điểm|mất điểm|điểm bị mất|điểm mất)(?!\w)(?:[^;.:]|\.(?=\d))*$"
)
_LOST = spaced(r"(?<!\w)(?:bị )?(?:mất|trừ)(?: (?:đi|tới|mất|khoảng))?\s*$")
_BACK = 160
"""So many characters before a number the words stand that make it one of several or a gap."""


def is_of_moved_parts(line: IndexLine, atom: NumberAtom, amount: Amount) -> bool:
    """Whether a change between two bounds is that of some parts, which nobody names."""
    if atom.value_high is None or amount.scope.component is not None:
        return False
    at = atom.text_span.start
    return _PARTS_MOVED.search(line.view, max(line.span.start, at - _BACK), at) is not None


def is_gap(line: IndexLine, atom: NumberAtom) -> bool:
    """Whether the words behind a difference tell from whom it is: "thấp hơn 10,86% so với Quảng Ninh"."""
    if _GAP_BEHIND.match(line.view, atom.text_span.end):
        return True
    at = atom.text_span.start
    if _GAP_BEFORE.search(line.view, line.span.start, at):
        return True
    for entity in starting_in(line.entities, Span(max(line.span.start, at - _BACK), at)):
        # "so với Quảng Ninh kém 4,1 điểm"
        if _SET_AGAINST_END.search(line.view, line.span.start, entity.start) and _APART.fullmatch(
            line.view, min(entity.end, at), at
        ):
            return True
    named = _SET_AGAINST.match(line.view, atom.text_span.end)
    return named is not None and any(named.start(1) <= entity.start <= named.end() for entity in line.entities)


def is_deducted(line: IndexLine, held: Sequence[Held], atom: NumberAtom, amount: Amount) -> bool:
    """Whether points are what was taken off the most that could be had: "đạt 14,25/17 điểm, mất 2,75 điểm", "bị trừ
    điểm nhiều nhất là Sở Y tế (-2,5 điểm)"."""
    at = atom.text_span.start
    clause = max(line.span.start, line.view.rfind(";", line.span.start, at) + 1)
    if _DEDUCTED.search(line.view, clause, at):
        return True
    scores = [h.mention for h in held if h.reading.kind is Kind.SCORE and h.scope.code == amount.scope.code]
    told = [mention for mention in scores if mention.out_of is not None]
    if any(mention.value + amount.value == mention.out_of for mention in told):
        return True
    # "7,84/10 điểm, xếp 58/63; mất 1 điểm ở tiêu chí xử lý văn bản"
    return bool(told) and _LOST.search(line.view, line.span.start, at) is not None
