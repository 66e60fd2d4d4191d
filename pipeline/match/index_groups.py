"""Numbers of an index that are of a group and nobody's own: means of a region, the nation, a kind of agencies."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.match.index_held import Held
from pipeline.match.index_kinds import Kind, Reading
from pipeline.match.index_line import IndexLine, scope_of
from pipeline.match.index_words import Governor, Words, has_capital, starting_in
from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced, spaced_regex

_TO_MEAN = spaced(
    r"[\s:(,]*(?:(?:cao|thấp) nhất[\s:(,]*)?(?:(?:trong )?năm \d{4}[\s:(,]*)?(?:[^\W\d][\w\s-]{1,20}\d{4}\)\s*)?"
    r"(?:(?:là|đạt|được|chỉ|ở mức|với|có)\s*)?[\s(]*"
)
IN_TURN = spaced(
    r"[\s,]*(?:lần lượt|theo thứ tự|tương ứng)\s*(?:là|đạt|được|ở mức|có)?"
    r"(?P<earlier>(?:\s*\d[\d.,]*\d\s*(?:%|điểm)?\s*(?:,|và|;)?)*)\s*"
)
"""Between the last of several groups and a figure that they have in turn; `earlier` are the figures before it."""
# "dẫn đầu cả nước", "38/63 tỉnh, thành phố trong cả nước", not "mức độ hài lòng trong cả nước".
_LEADS = spaced(
    r"(?:(?:đầu|nhất|quán quân|thứ \w+|hạng \w+|bảng|(?<!(?:19|20)\d)\d|tỉnh|thành phố|thành|tp"
    r"|địa phương|đơn vị|vị trí|điểm)"
    r"(?: của| trong)?|trên|so với|hơn|kém)\s+$"
)
# "Vùng Đông Nam Bộ xếp thứ 2 trong 6 vùng với 86,8%": what a region has is a mean.
_PLACED_AMONG_REGIONS = spaced(
    r"\s+(?:[^.;()\d]{0,25}\s)?(?:xếp|đứng|dẫn đầu|ở)(?!\w)[^.;()]{0,25}(?:trong|/)\s*(?:số )?(?:các|\d) vùng(?!\w)"
    r"(?:[^.;()\d]|(?:19|20)\d{2}){0,60}(?:,|với|đạt)\s*(?:đạt|điểm số|mức)?\s*"
)
# "Đồng bằng sông Hồng xếp thứ hai (0,6520)"
_HOLDS_PLACE = spaced(
    r"\s+(?:đã |tiếp tục |vẫn )?(?:xếp|đứng|ở|giữ|dẫn đầu|đứng đầu)"
    r"(?:\s(?:vị trí|thứ|hạng|nhất|nhì|hai|ba|tư|năm|\d))*\s*"
    r"(?:\(|,|với|, đạt|đạt)\s*(?:với|đạt|giá trị|mức|trung bình)?\s*"
)
_WITHIN = spaced(r"(?<!\w)(?:trong|ở|tại|thuộc|của|với|toàn)(?: (?:các tỉnh|vùng|khu vực|tỉnh))*\s*\Z")
_TO_LEVEL = spaced(r"\s*,?\s*(?:và )?(?:đạt|còn|chỉ còn|lên|xuống|ở mức)(?: mức)?\s*")
# "…; khối sở, ngành giảm nhẹ 0,4 điểm"
_NEXT_GROUP = spaced(
    r"[\s;,]*(?:còn |trong khi )?(?P<group>(?:khối|cụm|các) [^;:()\d]{2,40}?)(?= (?:tăng|giảm|đạt|cao hơn|thấp hơn))"
)
_PLACED_BACK = 250
_SHORT_FORM = spaced_regex(r"(?<!\p{L})\p{Lu}{2,6}(?!\p{L})")
_EARLIER = spaced(
    r"(?:^|[(;,]|(?<!\w)và)\s*(?:năm\s+)?\d{4}\s*(?::|là|đạt|được|chỉ)?\s*$"
    r"|(?<!\w)năm (?:ngoái|trước|\d{4})[^()]{0,20}\(\s*$"
)
_FURTHER_GROUP = spaced(
    r"(?:^|[;,]|(?<!\w)(?:hơn|kém|bằng|so với))\s*(?:còn\s+|của\s+)?(?:ubnd\s+)?(?:khối|các|cụm|vùng|khu vực"
    r"|nhóm cơ quan|cấp)\s[^();:]*[(:]?\s*$"
    # "; giá trị DTI 2023 cấp tỉnh là"
    r"|^\W*(?:còn\s+)?(?:giá trị|điểm|chỉ số)[^();:]*\s(?:cấp|khối) (?:bộ|tỉnh|huyện|sở|xã)(?!\w)[^();:]*$"
)
# "…; của UBND các huyện, thị xã, thành phố: 86,77%": a further group, by the name of its agencies.
_GROUP_NAMED = spaced(
    r"^\W*(?:(?:còn|và)\s+)?(?:(?:của|ở|tại|đối với|khối|cụm)\s+(?:(?:ubnd )?(?:các|khối|cấp)"
    r"|\d{1,3} (?:tỉnh|bộ|sở|huyện|xã|phường|đơn vị|cơ quan|địa phương)|bộ, ngành|địa phương|cả nước|toàn quốc)(?!\w)"
    r"[^();:\d]*(?::|(?<!\w)(?:là|đạt|ở mức|chỉ|được)(?!\w))\s*(?:là|đạt)?\s*)$"
)
# "; khối quận, huyện, TP Thủ Đức 86,6%": one that is alone of its kind among the members.
_KIND = r"(?:sở|ban|ngành|quận|huyện|thị xã|thành phố|xã|phường|đặc khu|thị trấn|cơ quan|đơn vị)"
_NEXT_BLOCK = spaced(
    rf"^\W*(?:(?:còn|và)\s+)?(?:khối|cụm)\s+{_KIND}(?:(?:, | và |,){_KIND})*(?:(?:, | và )(?:tp\.? ?"
    rf"|thành phố )[^\W\d]+"
    r"(?: [^\W\d]+)?)?\s*(?:là|đạt|:)?\s*"
)
# "bình quân 12 huyện, thành phố là 84,1%, 22 sở là 88,6%"
_NEXT_COUNTED = spaced(
    r"[\s,;]*(?:(?:còn|và)\s+)?\d{1,3} (?:tỉnh|bộ|sở|huyện|xã|phường|đơn vị|cơ quan)(?!\w)[^();:,.\d]{0,30}"
    r"(?:(?<!\w)(?:là|đạt|được|chỉ)|:)\s*"
)
_GROUP_ENTITY = spaced(r"(?:ubnd |ủy ban nhân dân )?(?:các|cấp|khối|toàn)(?!\w)")
_OTHER_END = spaced(r"[\s;,.]*(?:còn |trong khi |và )*(?:cao|thấp|tốt|kém|yếu) nhất (?:là|thuộc về|ở|:)(?!\w)")
_GROUP_LABEL = spaced(
    r"[\s•*+–-]*(?:(?:\d{1,2}|[ivx]+|[a-zđ])[.)]\s*)?(?:(?:kết quả|về|đối với|ở|tại|trong|riêng) )?"
    r"(?P<group>(?:(?:các|khối|cụm|nhóm|toàn|ubnd|cấp|\d{1,3}) )+)(?:sở|ban|ngành|cơ quan|đơn vị|huyện|thị xã|quận"
    r"|xã|phường|bộ"
    r"|địa phương)(?!\w)[^:.;()\d]{0,60}:\s*"
)
# Behind the label: the index, that it is meant as a whole, and no more.
_ONLY_INDEX = spaced(
    r"(?:(?:kết quả|điểm|điểm số|giá trị|mức|mức độ|tỷ lệ|tỉ lệ|chỉ số|cchc|cải cách hành chính|par index|sipas"
    r"|hài lòng|chung"
    r"|của khối|toàn khối|cả khối|năm (?:19|20)\d{2})[\s,]+)*(?:là|đạt|đạt mức|ở mức|được|:)?\s*"
)
_FURTHER_INDEX = spaced(
    r"[\s,;]*(?:(?:còn|và|với|của|về|trong đó)\s*,?\s*)?(?:chỉ số(?: nội dung| thành phần)? |nội dung |trục )?"
    r"[\"“”']*\s*(?:(?:năm )?(?:19|20)\d{2})?\s*(?:là|đạt|được|ở mức|:)?[\s:(]*"
)
# Not the last words of a longer name: "Viện Hàn lâm Khoa học xã hội Việt Nam xếp thứ 2".
_NATION_SPEAKS = spaced_regex(
    r"(?:\G\s*|[^\w\s]\s*|(?<!\w)(?:của|thì|là|mà|khi|và|để|thấy|cho|nay|hiện|tại|với|năm|\d{4}) )việt nam\s+"
    r"(?:đã|đang|tiếp tục|xếp|đứng|tăng|giảm|đạt|vươn|ở|thăng|hiện|cũng|được)(?!\w)"
)


def is_of_nation(line: IndexLine, atom: NumberAtom) -> bool:
    """Whether Việt Nam itself is ranked: "Việt Nam xếp thứ 44", not "chỉ số … ở Việt Nam đạt" nor "Ngân hàng Nhà
    nước Việt Nam đạt"."""
    start = max(line.span.start, line.view.rfind(";", line.span.start, atom.span.start) + 1)
    spoken = _NATION_SPEAKS.finditer(line.view, start, atom.span.start)
    names = [*line.names, *starting_in(line.entities, Span(start, atom.span.start))]
    return any(not any(name.start <= m.start() < name.end for name in names) for m in spoken)


def read_of_group(
    line: IndexLine, held: Sequence[Held], atom: NumberAtom, reading: Reading | None, words: Words
) -> Reading | None:
    """A score right behind the name of a region, the nation or, after a mean, a further group, is a mean;
    so is the earlier value of a mean in brackets."""
    if reading is None or reading.kind is not Kind.SCORE or atom.role:
        return reading
    at = atom.text_span.start
    for match in line.phrases.finditer(line.frame.regions, _turn_start(line, held, words), at):
        lead = line.view[line.span.start : match.start()]
        reaches = _TO_MEAN.fullmatch(line.view, match.end(), at) or IN_TURN.fullmatch(line.view, match.end(), at)
        if reaches and not _LEADS.search(lead):
            return Reading(Kind.MEAN, governor=reading.governor, reason="group")
    last = held[-1] if held else None
    if last is None and _is_of_labelled_group(line, words):
        return Reading(Kind.MEAN, governor=reading.governor, reason="group")
    if last and last.reading.kind is Kind.RANK and _is_of_placed_region(line, at):
        return Reading(Kind.MEAN, governor=reading.governor, reason="group")
    if last and (_is_parallel_mean(line, held, atom, words) or _is_mean_of_extreme(line, last, atom, words)):
        return Reading(Kind.MEAN, governor=last.reading.governor, reason="parallel")
    if last is None or not last.is_of_group:
        return reading
    if _GROUP_NAMED.search(words.lower.replace("\x01", ",")) and not _names_one(line, words):
        return Reading(Kind.MEAN, governor=reading.governor, reason="group")
    if _NEXT_COUNTED.fullmatch(words.lower) or _NEXT_BLOCK.fullmatch(words.lower.replace("\x01", ",")):
        return Reading(Kind.MEAN, governor=reading.governor, reason="group")
    if _names_anyone(line, words, at):
        return reading
    if last.reading.kind is Kind.SCORE_CHANGE and _TO_LEVEL.fullmatch(words.lower):
        # "điểm trung bình khối sở tăng 3,1 điểm, đạt 66,4 điểm"
        return Reading(Kind.MEAN, governor=last.reading.governor, reason="parallel")
    if _EARLIER.search(words.lower):
        return Reading(Kind.MEAN, governor=last.reading.governor, reason="base")
    if _FURTHER_GROUP.search(words.lower):
        return Reading(Kind.MEAN, governor=reading.governor, reason="group")
    return reading


def _names_one(line: IndexLine, words: Words) -> bool:
    """Whether the words name one agency or place; "UBND cấp huyện" is a group."""
    return any(_GROUP_ENTITY.match(line.view, *entity) is None for entity in words.entities)


def _names_anyone(line: IndexLine, words: Words, at: int) -> bool:
    """Whether the words name somebody; the names of indices and other short forms are nobody's."""
    taken = [n for n in line.names if words.start <= n.start and n.end <= at]
    left = words.normal
    for name in taken:
        left = left[: name.start - words.start] + " " * len(name) + left[name.end - words.start :]
    return bool(words.entities) or has_capital(_SHORT_FORM.sub(" ", left))


def _is_of_placed_region(line: IndexLine, at: int) -> bool:
    """Whether the words before an offset give a region its place among the regions, and name nobody else."""
    regions = list(line.phrases.finditer(line.frame.regions, max(line.span.start, at - _PLACED_BACK), at))
    if not regions or starting_in(line.entities, Span(regions[-1].end(), at)):
        return False
    held = _HOLDS_PLACE.fullmatch(line.view, regions[-1].end(), at) is not None
    if held and not _WITHIN.search(line.view, line.span.start, regions[-1].start()):
        return True
    return _PLACED_AMONG_REGIONS.fullmatch(line.view, regions[-1].end(), at) is not None


def _turn_start(line: IndexLine, held: Sequence[Held], words: Words) -> int:
    """Where the groups of a number may stand: its own words, or those of the means that it goes on in turn."""
    return line.span.start if held and held[-1].reading.reason == "group" else words.start


def _is_parallel_mean(line: IndexLine, held: Sequence[Held], atom: NumberAtom, words: Words) -> bool:
    """Whether the number goes on a sentence about a mean with a further index or component: "bình quân cả nước về
    PAR INDEX là 86,98%, SIPAS là 82,66%"."""
    names = [n for n in line.names if words.start <= n.start and n.end <= atom.text_span.start]
    if not names or not all(h.is_of_group for h in held):
        return False
    ahead = line.view[words.start : names[0].start] + line.view[names[-1].end : atom.text_span.start]
    if _FURTHER_INDEX.fullmatch(ahead) is None:
        return False
    # "… đối với POBI 2018 là 51 điểm và POBI 2017 là 30,5 điểm": the same index of another year.
    dated = any(m.year is not None for m in line.mentions if m.span == names[-1])
    return dated or held[-1].scope.code != scope_of(line, atom.text_span).code


def _is_mean_of_extreme(line: IndexLine, last: Held, atom: NumberAtom, words: Words) -> bool:
    """Whether the number is that of the part at the other end, behind the mean of one: "điểm trung bình cao nhất
    thuộc về Tính minh bạch với 8,31 điểm; thấp nhất là Tiếp cận đất đai, 6,88 điểm"."""
    scope = scope_of(line, atom.text_span)
    if last.reading.kind is not Kind.MEAN or not last.scope.component or not scope.component or words.entities:
        return False
    return scope.component != last.scope.component and _OTHER_END.match(words.lower) is not None


def _is_of_labelled_group(line: IndexLine, words: Words) -> bool:
    """Whether a paragraph that a group labels goes on, behind the colon, with no more than the index: "1. Đối với các
    sở, ban, ngành: tỷ lệ hài lòng chung là 91,24%"."""
    label = _GROUP_LABEL.match(line.view, line.span.start, words.start + len(words.lower))
    if (
        label is None
        or _names_one(line, words)
        or words.start > label.start("group")
        or words.kind in ("rise", "fall", "rank")
    ):
        return False
    return _ONLY_INDEX.fullmatch(line.view, label.end(), words.start + len(words.lower)) is not None


def _is_compared(before: Sequence[Governor]) -> bool:
    """Whether the words before a mean set something against it."""
    return any(g.kind == "compared" for g in before)


def group_words(held: Sequence[Held], reading: Reading, words: Words) -> Span | None:
    """For a change of a mean, or behind one: the words of the mean, whose group it is of."""
    if reading.kind not in (Kind.SCORE_CHANGE, Kind.RANK_CHANGE):
        return None
    chunk = words.near_chunk()
    # "cao hơn so với trung bình cả nước và tăng 3 bậc": what one is compared with does not rise.
    if own := [g.span for n, g in enumerate(chunk) if g.kind == "mean" and not _is_compared(chunk[:n])]:
        return own[-1]
    if not held or words.names_anyone():
        return None
    if next_group := _NEXT_GROUP.match(words.lower):
        return Span(words.start + next_group.start("group"), words.start + next_group.end())
    last = held[-1].mention
    if last.indicator == Kind.MEAN.value:
        return next((span for role, span in last.cues if role == "mean"), last.quote_span)
    return next((span for role, span in last.cues if role == "group"), None)
