"""Why a document is cited: as basis of the text, or otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.match.act_words import load_act_words
from pipeline.match.identifiers import Identifier

_OPENING = regex.compile(
    r"\W*(?:căn cứ|thực hiện|theo(?! dõi)|xét|(?:để|nhằm) (?:triển khai|thực hiện)|trên cơ sở)(?!\w)"
)
_SENTENCE_END = regex.compile(
    r"[.!?][\"')]?\s+(?=[\p{Lu}\n]|[a-zđ]\)\s|[-+•]\s)|\n\s*\n|:\s*\n|;\s*\n\s*(?=(?:Căn|Theo|Xét|Thực|Để|Nhằm)(?!\w))"
)
_ITEM_MARKS = " \n\t-–•+*\"'“(.)0123456789abcdđ"
_SOURCE = regex.compile(
    r"\s+(?:dõi(?!\w)|(?:báo cáo|số liệu|dữ liệu|thống kê|đánh giá|tổng hợp)(?!\s+(?:số|thẩm))[^,;:.()\d]{0,60},)"
)
"""Behind "theo": what follows where somebody is only watched, or a report is only the source."""
_PROPOSAL = regex.compile(r"(?<!\w)tờ\s+trình$")
# "Thực hiện A, Sở Tư pháp đã xây dựng Kế hoạch số …", "Căn cứ các văn bản trên, UBND tỉnh ban hành …": what was made
# thereupon is no basis itself.
_MADE_THEN = regex.compile(
    r"[,:]\s*(?:(?:ngày|trong|năm|tháng|đến|cùng ngày)(?!\w)[^,;.]{0,40},?\s+)?(?:lãnh đạo\s+|đồng chí\s+)?"
    r"(?:chủ tịch|giám đốc|thủ trưởng|bộ trưởng|thủ tướng|bí thư|ban thường vụ|ban chỉ đạo|chính phủ|ubnd"
    r"|ủy ban nhân dân|hđnd|hội đồng nhân dân|sở|bộ|ban|phòng|văn phòng|cục|chi cục|trung tâm|đảng ủy|huyện ủy|tỉnh ủy"
    r"|thành ủy|quận ủy|thanh tra|tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đơn vị|cơ quan)"
    r"(?!\w)[^,;:.()\d]{0,70}?"
    r"(?<!\w)(?:ban hành|ký|ra|xây dựng|phê duyệt|lập|có|phát hành)(?:\s+ban hành)?(?:\s+(?:các|kịp thời))?\s*"
    r"(?:(?:công văn|kế hoạch hành động|kế hoạch|quyết định|chỉ thị|thông báo|văn bản|báo cáo|chương trình|hướng dẫn"
    r"|công điện|quy chế|nghị quyết)\s*)?(?:\((?:tại\s+)?(?:quyết định|kế hoạch)\s+)?(?:số\s*)?$"
)
# "theo Quy chế theo dõi, đôn đốc ban hành kèm theo …", "thực hiện Kế hoạch CCHC được phê duyệt tại …": the document
# that a text stands on, and the one by which it came into force.
_BY_WHICH = regex.compile(
    r"(?:\s+\p{L}+){0,2}?\s+(?:quy chế|quy định|kế hoạch|đề án|chương trình|bộ (?:chỉ số|tiêu chí)|danh mục|quy trình"
    r"|phụ lục|chỉ tiêu|lộ trình|chiến lược)(?!\w)[^.;:\n]{0,160}?"
    r"(?:ban hành|kèm theo|quy định|nêu|phê duyệt|công bố)\s+(?:(?:tại|theo|kèm theo|bằng)\s+)?"
    r"(?:(?:các\s+)?(?:quyết định|nghị quyết|nghị định|thông tư|kế hoạch|chỉ thị|công văn|văn bản)"
    r"(?:\s+liên tịch)?(?:\s+số)?:?\s*)?"
)
_MARKS = regex.compile(r"\W{0,20}")
_LIST_BETWEEN = 260


def citation_role(text: str, view: str, acts: Sequence[Identifier], at: int) -> str:
    """basis or cites, for the document `acts[at]`, by the nearest cue before it in its sentence."""
    act = acts[at]
    start = sentence_start(text, act.start)
    before = view[start : act.start]
    if _MADE_THEN.search(before):
        return "cites"
    if view.startswith("căn cứ", _first_word(view, start)):
        return "basis"
    cues = [cue for cue in load_act_words().roles.finditer(before) if not _is_no_cue(before, cue)]
    if not cues:
        return "cites"
    last = cues[-1]
    # "thực hiện A ngày …, B ngày …; C": what follows in the list is governed by the same verb, whatever
    # the names of the documents say in between ("về việc ban hành …").
    if last.group() == "tiếp theo":
        return "cites"
    if last.group() == "triển khai" and not before[: last.start()].strip(_ITEM_MARKS):
        return "basis"
    if last.lastgroup == "cites":
        # "theo Quy chế … kèm theo A và B": up to the first of those named behind the cue.
        first = next((a.start - start for a in acts[: at + 1] if a.start - start >= last.end()), len(before))
        if len(cues) > 1 and cues[-2].lastgroup == "basis" and _BY_WHICH.fullmatch(before, cues[-2].end(), first):
            return "basis"
        earlier = [cue for cue in cues[:-1] if cue.lastgroup == "basis"]
        listed = at > 0 and any(start <= act.span.start < start + last.start() for act in acts[max(0, at - 20) : at])
        if earlier and listed and (_OPENING.match(before) or _in_list(before, last)):
            return "basis"
    return str(last.lastgroup)


def _is_no_cue(before: str, cue: regex.Match[str]) -> bool:
    """Whether a word only looks like a cue: that of "Tờ trình", "theo dõi", "Theo báo cáo, …"."""
    if _PROPOSAL.search(before[: cue.end()]):
        return True
    return cue.group() == "theo" and _SOURCE.match(before, cue.end()) is not None


def _in_list(before: str, cue: regex.Match[str]) -> bool:
    """Whether the cue belongs to the title of the document before in a list: a comma or ";" follows it."""
    return (
        regex.search(r"[,;]|(?<!\w)và(?!\w)", before[cue.end() :]) is not None
        and len(before) - cue.end() < _LIST_BETWEEN
    )


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence begins that holds `offset`; a line break alone ends none."""
    start = max(0, offset - 1500)
    for match in _SENTENCE_END.finditer(text, start, offset):
        start = match.end()
    return start


def _first_word(view: str, start: int) -> int:
    match = _MARKS.match(view, start)
    return match.end() if match else start
