"""Places that are bounded and not told: "vào tốp 20", "nằm trong nhóm 15 địa phương dẫn đầu", as plans aim at them."""

from __future__ import annotations

from pipeline.match.index_line import IndexLine
from pipeline.match.numbers import NumberAtom
from pipeline.text.spacing import spaced

AMONG_FIRST = "among_first"
"""The reason of a place that is one of the first so many: a rank as a goal, and no result of anybody's."""

_AMONG = spaced(
    r"(?<!\w)(?:vào|trong|thuộc|lọt|nằm|đứng|giữ|giữ vững|duy trì|ở|lên|đạt|xếp|có mặt|góp mặt|lọt vào|trở lại|tại)\s+"
    r"(?:nhóm|t[oố]p)(?: (?:các|đầu|khoảng))*\s*$"
)
_OF_THE_FIRST = spaced(
    r"\s*(?:$|[.,;:()\n]|(?:trở lên|(?:các )?(?:tỉnh|thành phố|địa phương|đơn vị|sở|ban|ngành|cơ quan|huyện|xã"
    r"|phường|bộ"
    r"|thành)(?!\w)|dẫn đầu|đứng đầu|đầu|cả nước|toàn quốc|toàn tỉnh|của|về|trên|và|năm|cao nhất|tốt nhất|khá)(?!\w))"
)
_OF_OTHERS = spaced(r"[^.;()]{0,60}?(?<!\w)(?:cuối|chót|thấp|trung bình|yếu|kém)(?!\w)")
_NEAR = 30
_MOST = 100


def is_among_first(atom: NumberAtom, line: IndexLine) -> bool:
    """Whether a number tells how many are the first of a ranking, among whom somebody is or is to be."""
    if atom.unit is not None or atom.value != int(atom.value) or not 1 < atom.value <= _MOST or atom.out_of is not None:
        return False
    if atom.value_high is not None or atom.role or atom.sign:
        return False
    at = atom.number.start
    if not _AMONG.search(line.view, max(line.span.start, at - _NEAR), at):
        return False
    end = min(line.span.end, atom.span.end + _NEAR * 3)
    if not _OF_THE_FIRST.match(line.view, atom.span.end, end):
        return False
    return _OF_OTHERS.match(line.view, atom.span.end, end) is None
