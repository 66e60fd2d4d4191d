"""What stands where a score of an index would, and is none: classes, maxima, gaps, what is said again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.match.index_claims import BARE_END
from pipeline.match.index_gaps import is_deducted, is_gap, is_of_moved_parts
from pipeline.match.index_held import Held
from pipeline.match.index_kinds import Kind, Reading
from pipeline.match.index_line import IndexLine, named_behind
from pipeline.match.index_scope import Scope
from pipeline.match.index_values import Amount, has_decimals
from pipeline.match.index_words import Words, starting_in
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.spacing import spaced, spaced_regex

_MEDIAN = spaced(r"(?<!\w)trung vị(?!\w)")
_BESIDE = spaced(r"\s*[;,–-]\s*")
_STRUCTURE = spaced(
    r"(?<!\w)(?:chia thành|cấu trúc|trụ cột chính|trọng số|thang điểm|tổng điểm (?:là )?(?:100|1\.000|1000)|"
    r"điểm tối đa|bao gồm \d+ (?:tiêu chí|nhóm|trụ cột|lĩnh vực))(?!\w)"
)
# "có 8 lĩnh vực, 43 tiêu chí; thẩm định 65 điểm"
_PARTS_TOLD = spaced(r"(?<!\w)(?:gồm|có) (?:tổng số )?\d+ (?:tiêu chí|nhóm|trụ cột|lĩnh vực|nội dung)(?!\w)")
_ANOTHER = spaced_regex(
    r"\p{Lu}|\((?:19|20)\d{2}\s*[):]|"
    r"(?<![\w.,/-])(?:19|20)\d{2}(?:\s*:| (?:đạt|là|được|còn|hạng|xếp|đứng|thứ|vị trí)(?!\w))|"
    r"(?<!\w)(?:năm|tỉnh|thành phố|huyện|xã|phường|cao nhất|thấp nhất|"
    r"mục tiêu|chỉ tiêu|kế hoạch|lần lượt|so với|từ|lên|xuống|nơi|kỳ|tháng|quý)(?!\w)"
)
_MEMBERS = spaced(
    r"(?:(?:^[\s•*+–-]*|[;,.:]\s*)(?:trong đó )?(?:có |cả )?"
    r"|(?<!\w)(?:có |cả |toàn bộ |liên tiếp |mục tiêu |phấn đấu |để |bảo đảm |đảm bảo ))"
    r"\d+%?(?:/\d+)? (?:tỉnh|sở|huyện|xã|phường|đơn vị|cơ quan|địa phương|bộ|quận|vùng)"
    r"(?:[^;.:\d]|(?:19|20)\d{2}(?!\d)){0,110}$"
    r"|(?<!\w)còn lại[^;.:\d]{0,20}$"
    r"|(?<!\w)(?:không|chưa|chẳng) (?:có |còn |để )?(?:tỉnh|thành phố|địa phương|đơn vị|sở|bộ|ban|ngành|huyện|quận"
    r"|thị xã"
    r"|xã|phường|cơ quan|nơi|vùng|ai)(?:,? [^;.:\d]{0,15})? nào(?!\w)"
    r"(?:[^;.:\d]|(?:19|20)\d{2}(?!\d)){0,60}$"
    # "Số tỉnh đạt trên 0,7 tăng từ 1 lên 2"
    r"|(?<!\w)(?:số|số lượng) (?:tỉnh|địa phương|đơn vị|sở|huyện|xã|phường|cơ quan|bộ)(?!\w)[^;.:\d]{0,60}$"
    # "sở nào có chỉ số CCHC dưới 80 điểm thì …": whoever that will be.
    r"|(?<!\w)(?:tỉnh|địa phương|đơn vị|sở|huyện|xã|phường|cơ quan|nơi) nào (?:có|để|mà|đạt|bị)(?!\w)[^;.:\d]{0,60}$"
)
# "Mức A từ 75 - 100 điểm", "nhóm B (từ 80% đến dưới 90%)", "xếp loại tốt: trên 80 điểm": the bounds of a class.
_CLASS_NAMED = spaced(
    r"(?<!\w)(?:(?:mức|nhóm|loại|hạng|xếp loại|bậc|cấp|nấc) [\"“']?(?:[a-đ]|[ivx]+|\d)[\"”']?(?!\w|[.,]\d)[^.;]{0,60}"
    r"|(?:mức|nhóm|loại|xếp loại|hạng) [\"“']?(?:rất |tương đối |công khai )*(?:xuất sắc|tốt|khá|trung bình|yếu|kém)"
    r"[\"”']?[\s(:,]*(?:(?:có|đạt|được|là|với|quy định) )*(?:(?:tổng |số )*điểm(?: số)? )?(?:từ |đạt )*)$"
)
# "mức hài lòng dao động từ 82% đến hơn 84%": the upper end.
_END_OF_BAND = spaced(
    r"(?<!\w)(?:dao động|trải|chạy|biến thiên|xê dịch|nằm trong khoảng|nằm giữa)(?!\w)[^.;()\d]{0,30}"
    r"\d[\d.,]*\s*(?:%|điểm)?\s*(?:đến|tới|và|-)\s*(?:mức|hơn|trên|gần|khoảng)?\s*$"
)
# "Đạt chỉ số trên 80%, bao gồm 14 đơn vị": so many are in the class.
_CLASS_COUNTED = spaced(
    r"\s*(?:điểm|%)?\s*(?:trở lên|trở xuống)?\s*,?\s*(?:bao gồm|gồm|có|với|là) (?:tất cả |tổng số )?\d+\s+(?:tỉnh|"
    r"thành phố|địa phương|đơn vị|cơ quan|sở|bộ|huyện|xã|phường)(?!\w)"
)
# "từ 80 điểm là Rất tốt", "dưới 60 điểm: Trung bình"
_CLASS_BEHIND = spaced(
    r"\s*(?:điểm|%)?\s*(?:trở lên|trở xuống)?,?\s*(?:được )?(?:là|:|=|thuộc|(?:xếp|đạt)(?= loại| mức| hạng))"
    r"\s*(?:loại |mức |hạng )*"
    r"[\"“']?(?:rất |tương đối )*(?:xuất sắc|tốt|khá|trung bình|yếu|kém|không đạt)(?!\w)"
)
_FROM_RIGHT_BEFORE = spaced(r"(?<!\w)từ(?: trên| mức)?\s*$")
# "điểm trung vị khối sở là 77,2 điểm; khối địa phương là 72,3 điểm"
_OF_GROUP = spaced(r"(?<!\w)(?:khối|các|cụm|nhóm|cấp)(?!\w)[^;:()\d]*$")
# "điểm thấp do số doanh nghiệp công nghệ số trên 1.000 dân mới đạt 0,31": what else is counted.
_COUNTS_ELSE = spaced(
    r"(?<!\w)(?:số|số lượng|lượng|tổng số) (?:doanh nghiệp|hồ sơ|người|hộ|thuê bao|dịch vụ|văn bản|cơ quan"
    r"|đơn vị|giao dịch|lượt|dân|thủ tục|tthc|nhiệm vụ|nhân lực|máy|tài khoản|xã|huyện)(?!\w)[^;:()]*$"
)
# "có tới 4 tỉnh có điểm số bằng 0": a score of several that nobody names.
_UNNAMED_MEMBERS = spaced(
    r"(?<!\w)(?:có|còn|tới|là|cá biệt|,)\s+(?:\d+|một|hai|ba|bốn|năm|một số|nhiều) "
    r"(?:tỉnh|thành phố|địa phương|đơn vị|cơ quan|sở|bộ|huyện|xã|phường) "
    r"(?:chỉ |mới )?(?:có|đạt|được|chỉ)(?: (?:điểm số|số điểm|điểm|chỉ số|kết quả|mức"
    r"|chỉ|là|đạt|bằng))*\s*$"
)
# "số điểm được các sở thẩm định là 86,39", "điểm tự chấm đạt 90": what the index is reckoned from.
_PART_OF_POINTS = spaced(
    r"(?<!\w)(?:số )?điểm(?: số)? (?:(?:(?:được|do|đã|qua) |(?=bộ nội vụ ))[^.;,()\d]{0,40}?)?"
    r"(?:thẩm định|tự chấm|tự đánh giá|tự thẩm định|điều tra(?: xã hội học| xhh)?|khảo sát|xã hội học|thưởng"
    r"|cộng thêm)(?!\w)[^.;,()\d]{0,25}$"
)
# "nơi lên nhiều nhất hơn 4 điểm", "chỉ số giảm sâu nhất mất 1,23 điểm", "yếu tố thấp nhất đạt 74,2%"
_EXTREME_UNNAMED = spaced(
    r"(?<!\w)(?:nơi|tỉnh|địa phương|đơn vị|sở|huyện|xã|(?P<part>chỉ số(?: thành phần| nội dung)?|yếu tố|lĩnh vực"
    r"|nội dung|tiêu chí|trụ cột|trục(?: nội dung)?))\s(?:có |được )?(?:(?:mức |điểm |điểm số |số điểm |độ )*"
    r"(?:tăng|giảm|lên|xuống|thăng|tụt|nhích|mất)(?: (?:điểm|hạng|bậc))* )?"
    r"(?:cao|thấp|nhiều|mạnh|sâu|ít|lớn|nhỏ|nhẹ) nhất(?:[^.;:()\d,]|,(?= (?:tăng|giảm|mất|lên|xuống|đạt|chỉ)))"
    r"{0,30}$"
)
_QUOTED_BEFORE = spaced(
    r"[\"“”](?P<name>[^\"“”]{3,60})[\"“”]\s*(?:(?:chỉ|mới|cũng|đạt|được|là|với|ở mức)\s+){0,3}\(?\s*\Z"
)
_TOPIC_LABEL = spaced(r"\s*(?:[-+•*]\s*|\d{1,2}[.)]\s*|[a-zđ]\)\s*)?về [^:;.,()\d]{3,60}:")
_END_OF_SEVERAL = spaced(r"(?:^|[,;:])\s*(?:cao|thấp) nhất(?: (?:là|đạt|chỉ|được|với|chỉ đạt))*\s*$")
_SEVERAL = spaced(
    r"(?<!\w)(?:\d{1,3}(?:/\d{1,3})?|các|khối|một số|nhiều) "
    r"(?:tỉnh|sở|huyện|xã|phường|bộ|đơn vị|cơ quan|địa phương)(?!\w)"
)
_NOT_REACHED = spaced(
    r"(?<!\w)(?:chưa|không|không thể) (?:đạt|vượt|lên|chạm|tới)(?: (?:được|đến|tới|nổi|mức|mốc|ngưỡng|con số))*\s*$"
)
_NOT_REACHED_BACK = 40
_BACK = 160
"""So many characters before a number the words stand that make it one of a class, of several or of a part."""
_THEN_NAMED = spaced(r"\s*(?:điểm|%)?\s*(?:,|là|gồm|bao gồm|:|\()")
_TO_NUMBER = spaced(
    r"(?:\s*(?:(?:xếp|đứng|giữ|về) )?(?:thứ|hạng|vị trí|vị trí thứ) (?:nhất|nhì|hai|ba|tư|\d{1,2})(?!\w))?"
    r"[\s:(=,\"”–-]*(?:thì|là|đạt|được)?[\s:(]*"
)
_NEXT_IN_TURN = spaced(r"\s*(?:,|;|và|, và)\s*")
_NEXT_BEHIND_ASIDE = spaced(r"\s*\([^()]*\)\s*(?:,|;|và|, và)\s*")
_STEPS = 10
_GOES_ON_TO = spaced(
    r"\s*,?\s*(?:(?:nhưng|song|và|tuy nhiên|lên|nên|cũng|mới|chỉ)\s+)*(?:đạt|được|còn|là|ở mức|có)?\s*"
)
_BARE_GOVERNORS = frozenset({"level", "is", "mean", "compared", "up_to", "down_to", "share", "rise", "fall"})


def is_no_score(
    line: IndexLine,
    held: Sequence[Held],
    atom: NumberAtom,
    reading: Reading,
    amount: Amount,
    words: Words,
    rules: IndexRules,
) -> bool:
    """Whether a number that is worded as a score, mean or change is none: a class, a maximum, a gap."""
    if _is_of_extreme(line, atom, reading, amount):
        return True
    if reading.kind is not Kind.SCORE_CHANGE:
        return (
            amount.is_share
            or _is_class(line, atom, words)
            or _is_top(line, atom, amount, words, rules)
            or _is_share_of_units(line, atom)
            or _is_of_unnamed_members(line, atom)
            or _is_end_of_nobody(line, atom, words)
            or _is_part_of_points(line, atom, amount)
            or _is_not_reached(line, atom)
            or _is_of_median(line, held, atom, reading, words)
            or _counts_else(line, atom, words)
            or _is_of_unread_part(line, atom, reading, amount)
        )
    if is_deducted(line, held, atom, amount):
        return True
    of_median = not held and _MEDIAN.search(line.view, line.span.start, atom.span.start) is not None
    return amount.out_of is not None or of_median or is_gap(line, atom) or is_of_moved_parts(line, atom, amount)


def _is_of_extreme(line: IndexLine, atom: NumberAtom, reading: Reading, amount: Amount) -> bool:
    """Whether a number is that of whichever part is at one end of the list, or a change that of whoever moved most,
    and nobody says which."""
    at = atom.text_span.start
    found = _EXTREME_UNNAMED.search(line.view, max(line.span.start, at - _BACK), at)
    if found is None:
        return False
    if found["part"] is not None:
        return amount.scope.component is None or (amount.scope.component_span or line.span).end <= found.start()
    if reading.kind is not Kind.SCORE_CHANGE:
        return False
    named = starting_in(line.entities, Span(found.start(), at))
    behind = _THEN_NAMED.match(line.view, atom.text_span.end, line.span.end)
    return not named and not (behind and starting_in(line.entities, Span(behind.start(), behind.end() + 40)))


def _is_class(line: IndexLine, atom: NumberAtom, words: Words) -> bool:
    """Whether a bound is that of a class: "27 tỉnh công khai đầy đủ (từ 75 điểm trở lên)", "5 huyện đạt
    trên 90%", "trải từ … đến …"."""
    classed = _CLASS_BEHIND.match(line.view, atom.text_span.end, line.span.end) is not None
    if atom.comparator == "eq" and atom.value_high is None:
        at = atom.text_span.start
        return classed and _FROM_RIGHT_BEFORE.search(line.view, max(line.span.start, at - 12), at) is not None
    if classed:
        return True
    if atom.value_high is not None and atom.comparator == "approx":
        return True
    before = line.view[line.span.start : atom.text_span.start]
    if _END_OF_BAND.search(before, max(0, len(before) - _BACK)):
        return True
    if _CLASS_NAMED.search(before, max(0, len(before) - _BACK)) or _CLASS_COUNTED.match(line.view, atom.text_span.end):
        return True
    is_level = words.last is not None and words.last.kind == "level" and not words.cut_off(words.last)
    if atom.comparator == "le" and atom.unit == "point" and not is_level:
        return True
    if "(" in words.lower and ")" not in words.lower[words.lower.rfind("(") :]:
        return True
    return _MEMBERS.search(before) is not None


def _is_part_of_points(line: IndexLine, atom: NumberAtom, amount: Amount) -> bool:
    """Whether points are some that a whole index is reckoned from, and of no component that has a name."""
    if amount.scope.component is not None:
        return False
    at = atom.text_span.start
    return _PART_OF_POINTS.search(line.view, max(line.span.start, at - _BACK), at) is not None


def _is_of_unnamed_members(line: IndexLine, atom: NumberAtom) -> bool:
    """Whether a score is that of so many units, which nobody names behind it."""
    at = atom.text_span.start
    if not _UNNAMED_MEMBERS.search(line.view, max(line.span.start, at - _BACK), at):
        return False
    named = _THEN_NAMED.match(line.view, atom.text_span.end, line.span.end)
    return named is None or not starting_in(line.entities, Span(named.start(), min(named.end() + 40, line.span.end)))


def _is_end_of_nobody(line: IndexLine, atom: NumberAtom, words: Words) -> bool:
    """Whether a score is the highest or lowest of several, and nobody says whose: "8 sở dưới 85 điểm, thấp nhất 79,25
    điểm"."""
    if words.entities or _END_OF_SEVERAL.search(line.view, words.start, atom.text_span.start) is None:
        return False
    if not _SEVERAL.search(line.view, line.span.start, atom.text_span.start):
        return False
    named = _THEN_NAMED.match(line.view, atom.text_span.end, line.span.end)
    return named is None or not starting_in(line.entities, Span(named.start(), min(named.end() + 40, line.span.end)))


def _is_not_reached(line: IndexLine, atom: NumberAtom) -> bool:
    """Whether a level is one that was not reached: "chưa đạt 85%"."""
    at = atom.text_span.start
    return _NOT_REACHED.search(line.view, max(line.span.start, at - _NOT_REACHED_BACK), at) is not None


def _is_of_median(line: IndexLine, held: Sequence[Held], atom: NumberAtom, reading: Reading, words: Words) -> bool:
    """Whether a number is an end of what a median moved by ("điểm trung vị nhích từ 64,37 lên 65,92 điểm"), or goes on
    with the next group of a sentence that told a median, which is no mean."""
    if reading.kind is Kind.SCORE and atom.role in ("change_from", "change_to"):
        clause = max(line.span.start, line.view.rfind(";", line.span.start, atom.text_span.start) + 1)
        return _MEDIAN.search(line.view, clause, atom.text_span.start) is not None
    told = not held and _MEDIAN.search(line.view, line.span.start, words.start) is not None
    return told and _OF_GROUP.search(line.view, words.start, atom.text_span.start) is not None


def _counts_else(line: IndexLine, atom: NumberAtom, words: Words) -> bool:
    """Whether a bare number is how many of something else there are."""
    return atom.unit is None and _COUNTS_ELSE.search(line.view, words.start, atom.text_span.start) is not None


def _is_of_unread_part(line: IndexLine, atom: NumberAtom, reading: Reading, amount: Amount) -> bool:
    """Whether a score is that of a part which the text names and no rule knows: "“Trách nhiệm giải trình” đạt 84,02%";
    "1. Về chính sách công: mức hài lòng đạt 84,11%" in a sentence without its index."""
    if reading.kind is not Kind.SCORE or amount.scope.component is not None:
        return False
    at = atom.text_span.start
    clause = max(line.span.start, line.view.rfind(";", line.span.start, at) + 1)
    quoted = _QUOTED_BEFORE.search(line.view, max(clause, at - _BACK), at)
    if quoted is not None and not starting_in(line.names, Span(*quoted.span("name"))):
        return True
    label = _TOPIC_LABEL.match(line.view, line.span.start, at)
    return label is not None and not line.names and not starting_in(line.entities, Span(*label.span()))


def _is_share_of_units(line: IndexLine, atom: NumberAtom) -> bool:
    """Whether a percentage is what the count of units before it comes to: "06/19 đơn vị (31,57%) xếp nhóm A"."""
    if atom.unit != "percent":
        return False
    before = [other for other in line.atoms if other.span.end <= atom.span.start][-1:]
    return any(
        ratio.kind is NumberKind.RATIO and ratio.out_of and abs(ratio.value * 100 / ratio.out_of - atom.value) < 1
        for ratio in before
    )


def _is_top(line: IndexLine, atom: NumberAtom, amount: Amount, words: Words, rules: IndexRules) -> bool:
    """Whether a round number is the most that can be had: "gồm chính quyền số (400 điểm), tổng điểm 1.000"."""
    if atom.out_of is not None or atom.unit not in ("point", None) or amount.value != int(amount.value):
        return False
    written = atom.number.of(line.view)
    if amount.scope.component and ("," in written or "." in written):
        # "Nhận thức số 1,0": who has all of a part writes it like any other score.
        return False
    tops = rules.indices[amount.scope.index or ""].scale.out_of
    if amount.value in tops or _STRUCTURE.search(line.view, line.span.start, atom.span.start):
        return True
    return not words.governors and _PARTS_TOLD.search(line.view, line.span.start, atom.span.start) is not None


def is_difference(line: IndexLine, following: Sequence[NumberAtom], atom: NumberAtom, words: Words) -> bool:
    """Whether the figures behind "tăng lên N" show N to be what was gained: "(66,3 điểm so với 48,98 điểm)"."""
    if words.kind not in ("up_to", "down_to") or words.direction() is None:
        return False
    levels = [a.value for a in following if a.unit in ("point", "percent") or (a.unit is None and has_decimals(a))]
    return any(abs(a - b) == atom.value for a, b in pairwise(levels)) or _is_small_step(line, following, atom)


def _is_small_step(line: IndexLine, following: Sequence[NumberAtom], atom: NumberAtom) -> bool:
    """Whether the level that a clause goes on to tell shows what came before to be a step: "nhích lên 0,09 điểm nhưng
    mới được 5,71 điểm"."""
    level = next(iter(following), None)
    if level is None or level.unit != atom.unit or level.value < _STEPS * atom.value:
        return False
    between = Span(atom.text_span.end, level.number.start)
    named = starting_in(line.names, between) or starting_in(line.entities, between)
    return not named and _GOES_ON_TO.fullmatch(line.view, between.start, between.end) is not None


def stands_alone(line: IndexLine, held: Sequence[Held], atom: NumberAtom, words: Words) -> bool:
    """Whether a number without a unit stands where a score would: behind a governor, a bracket or a
    name, and in front of no noun."""
    is_named = line.frame.score_nouns.search(words.lower) is not None
    if line.frame.counters.search(words.lower):
        return False
    ends = BARE_END.match(line.view, atom.span.end) or named_behind(line, atom.span.end)
    if not ends and not (is_named and has_decimals(atom)):
        return False
    last = words.last
    if (
        atom.role
        or (words.is_and and held)
        or words.lower.rstrip().endswith(("(", ":", "="))
        or (last and last.kind in _BARE_GOVERNORS and not words.cut_off(last))
    ):
        return True
    at = atom.text_span.start
    if is_named or _is_beside_place(line, held, at):
        return True
    names = [*line.names, *starting_in(line.entities, Span(line.span.start, at))]
    if _goes_on_in_turn(line, held, at):
        return True
    return any(name.end <= at and _TO_NUMBER.fullmatch(line.view, name.end, at) for name in names)


def _goes_on_in_turn(line: IndexLine, held: Sequence[Held], at: int) -> bool:
    """Whether the number goes on scores that several have in turn: "lần lượt 45,78, 45,70 và 45,61 điểm"."""
    if not held or held[-1].reading.kind is not Kind.SCORE:
        return False
    last = held[-1].atom.text_span
    if _NEXT_IN_TURN.fullmatch(line.view, last.end, at) is None:
        return False
    return line.phrases.search(line.frame.aligned, max(line.span.start, last.start - _BACK), last.start) is not None


def _is_beside_place(line: IndexLine, held: Sequence[Held], at: int) -> bool:
    """Whether the number stands beside a place in one bracket: "Hà Nội (thứ 3; 0,7530)"."""
    if not held or held[-1].reading.kind is not Kind.RANK:
        return False
    place = held[-1].atom.text_span
    opening = line.view.rfind("(", line.span.start, place.start)
    in_bracket = opening >= 0 and ")" not in line.view[opening:at]
    return in_bracket and _BESIDE.fullmatch(line.view, place.end, at) is not None


def restated(
    line: IndexLine, held: Sequence[Held], atom: NumberAtom, scope: Scope, reading: Reading, words: Words
) -> int | None:
    """The held number that this one says again in another unit: "86,15 điểm, đạt 86,15%"."""
    if not held or reading.kind is not Kind.SCORE or atom.role:
        return None
    last = held[-1]
    # "Cải cách thể chế: 9,42/10 điểm, bằng 94,15%": a per cent of a part is one of its own maximum.
    same = last.scope.code == scope.code or (last.scope.index == scope.index and scope.component is None)
    if last.reading.kind is not Kind.SCORE or not same or last.atom.role:
        return None
    units = {last.atom.unit or "point", atom.unit or "point"}
    # The index may be named again: "đạt 62,6 điểm, chỉ số cải cách hành chính đạt 94,49%".
    again = [n for n in line.names if words.start <= n.start and n.end <= words.start + len(words.normal)]
    said = words.normal if not again else (
        words.normal[: again[0].start - words.start] + words.normal[again[-1].end - words.start :]
    )  # fmt: skip
    plain = not regex.search(r"\p{Lu}|(?<!\w)năm(?!\w)|[;.]", said) and len(said.split()) <= 6
    return len(held) - 1 if units == {"percent", "point"} and plain else None


def is_stray(line: IndexLine, held: Sequence[Held], atom: NumberAtom, scope: Scope, reading: Reading) -> bool:
    """A further score of the same index needs a reason: another name, year, or end of a change."""
    if reading.kind is not Kind.SCORE or atom.role or reading.reason == "base":
        return False
    same = [h for h in held if h.reading.kind is Kind.SCORE and h.scope.code == scope.code]
    if not same:
        return False
    last = same[-1].atom
    between = line.normal[last.text_span.end : atom.text_span.start]
    if starting_in(line.entities, Span(min(last.text_span.end, atom.text_span.start), atom.text_span.start)):
        return False
    in_turn = line.phrases.search(line.frame.aligned, line.span.start, last.span.start) is not None
    if in_turn and _NEXT_BEHIND_ASIDE.fullmatch(between):
        return False  # "các năm sau lần lượt là 62,47 điểm (hạng 38), 62,97 điểm (hạng 45)"
    return _ANOTHER.search(between) is None and not (last.role or between.strip() in (",", "và", ";", "("))
