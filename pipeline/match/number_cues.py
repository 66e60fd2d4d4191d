"""The words right around a number that say how it is meant: at least, about, as a rank, as a label.

All expressions look at a window of fixed length that ends or begins at the number.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from pipeline.match.counted_nouns import load_counted_nouns
from pipeline.match.number_tokens import closely_spaced, looked_up
from pipeline.model import Span
from pipeline.text.phrase_places import PhraseSet, PhraseText

_WINDOW = 60


class Cue(NamedTuple):
    """A cue word and what it says."""

    code: str
    span: Span


class Position(StrEnum):
    """What a cue in front of a number makes of it."""

    ORDINAL = "ordinal"
    SEQUENCE = "sequence"
    LABEL = "label"


# Words that may stand between a comparator and its number.
_LINK = r"(?:là|bằng|đạt|từ|được|có|phải|cũng|còn|mức|về|thực hiện)"
_AT_LEAST = r"ít nhất|chí ít|tối thiểu|không (?:được )?(?:dưới|(?:thấp|ít|nhỏ) hơn|kém)|lớn hơn hoặc bằng|>\s?=|≥"
_AT_MOST = (
    r"tối đa|nhiều nhất|không (?:được |để |có )?(?:(?:vượt )?quá|(?:cao |lớn |nhiều )?hơn)"
    r"|nhỏ hơn hoặc bằng|<\s?=|≤"
)
_ABOUT = (
    r"(?:vào )?(?:(?<!trong )khoảng|khoảng(?! từ))"
    r"|xấp x[ỉỷỹ]|chừng|~|≈|(?<!(?:quy|mong|mơ|hiệp|công|giao) )ước(?: [^\W\d]+){0,3}?"
)
# "cao hơn 1,36%" states a difference, not a bound.
_MORE = (
    r"(?<!(?:cao|thấp|nhiều|ít|nhỏ|tốt|kém|sớm|muộn|nhanh|chậm|mạnh|sâu|dài|ngắn|đông|yếu|thua|trội|nhỉnh|hụt|rõ|xa) )"
    r"(?:hơn|lớn hơn)"
)
_LESS = r"dưới|gần(?: (?:đạt|bằng|tới))?|ngót|non|chưa (?:đến|tới|đầy)|không (?:đến|tới|đầy)|(?<!\w)nhỏ hơn|<"
_BEFORE = closely_spaced(
    rf"(?r)(?<!\w)(?:"
    rf"(?P<ge>{_AT_LEAST})(?:\s?:)?(?:\s{_LINK}){{0,3}}"
    rf"|(?P<le>{_AT_MOST})(?:\s{_LINK}){{0,2}}"
    rf"|(?P<approx>(?:{_ABOUT})(?: (?:trên|hơn|gần|dưới))?|(?:trên|hơn) khoảng)(?: (?:là|từ|đạt|ở|mức)){{0,2}}"
    rf"|(?P<gt>trên|{_MORE}|(?<!(?:chưa|nào có|nào để|đơn vị có|không có|không để) )(?:vượt )?quá|>)(?: đến)?"
    rf"|(?P<lt>{_LESS})"
    rf")\s{{0,2}}"
)
_FROM = closely_spaced(r"(?r)(?<!\w)từ(?: (?:trên|mức|ngưỡng))? ")
_OPEN_END = closely_spaced(r"(?: (?!trở|và|hoặc|hay|thì|là)[^\W\d]+){0,5}? (?P<turn>trở (?P<way>lên|xuống))(?!\w)")

_RANK_VERB = closely_spaced(
    r"(?r)(?<!\w)(?:xếp|hạng|đứng|trí|ở|giữ|lên|xuống|là|đạt|về|còn|bậc|từ|vững|ngôi|nguyên|chiếm|giành|tụt) "
)
_PLACE = (
    r"thứ (?:hạng|bậc|tự)(?: thứ)?|xếp (?:thứ|hạng|vị trí)(?: (?:thứ|số))?|vị (?:trí|thứ)(?: (?:thứ|số))?"
    r"|hạng(?: (?:thứ|số))?|thứ|ngôi(?: vị)?(?: (?:thứ|số))?|bậc(?: thứ)?|(?:xếp|đứng|giữ) số"
)
_SERIES = (
    r"(?:lần|năm|kh[óo][áa]|kỳ họp|phiên|phiên họp|kỳ|đợt|ngày|tháng|tuần|quý|thế hệ|cuộc|người|đại hội|bước|phần)"
    r" thứ"
)
_LABELS = (
    r"mức độ|cấp độ|mức|điều|(?<!tài )khoản|(?<!(?:danh|hạng|chuyên|đề|biên) )mục|tiểu mục|phụ lục(?: số)?"
    r"|mẫu(?: số)?|biểu(?: số)?|tầng|đề án|chương trình|chương|nghị quyết(?: số)?|nghị định(?: số)?|chỉ thị(?: số)?"
    r"|thông tư(?: số)?|(?:quyết định|kế hoạch|báo cáo|công văn|văn bản|kết luận) số|số nhà|quận|nhóm|đợt|lần|bước"
    r"|khu vực|iso|tcvn|covid|quốc lộ|phiên bản|(?<!(?:cùng|trong) )kỳ|ban chỉ đạo|bảng|hình|câu|trang|tuần"
)
_POSITION = closely_spaced(
    rf"(?r)(?<!\w)(?:(?P<sequence>{_SERIES})|(?P<ordinal>{_PLACE})(?: là| từ|\s?:)?|(?P<top>t[oố]p)"
    rf"|(?P<label>{_LABELS})) "
)
_STANDS = closely_spaced(r"(?r)(?<!\w)(?P<ordinal>xếp|đứng|hạng|về) ")
# "xếp 20/63", "đứng nhất": without "thứ" only these are places.
_PLAIN_PLACE = closely_spaced(r"[0-9]{1,3}\s?/\s?[0-9]|nhất|nhì")
_MEDAL = closely_spaced(r"(?r)(?:huân chương|huy chương|danh hiệu|bằng khen)[^.;,]{0,30}")
_AND = closely_spaced(r"\s?(?:,|-|/|và|hoặc|đến)\s{0,2}| (?:và|hoặc|đến) ")
_ENUMERATION = closely_spaced(r"\s?[,:]")
_WEEKDAY = closely_spaced(r"\s?[,(–-]?\s?(?:ngày )?[0-9]{1,2}\s?[/.-]| h[àằ]ng tuần")
_WEEKDAY_BEFORE = closely_spaced(r"(?r)(?<!\w)(?:sáng|chiều|tối|trưa|ngày|vào) ")
_RISE = r"tăng|nâng|tiến|nhảy|vọt|cải thiện|thăng|vươn|lên"
_FALL = r"giảm|hạ|rút|cắt|tụt|thụt|thu hẹp|xuống"
_MOTION = closely_spaced(rf"(?r)(?<!\w)(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?: [^\W\d]+){{0,6}}? ")
_START = closely_spaced(r"(?r)(?<!\w)từ(?: [^\W\d]+){0,4} ")
_TO_PLACE = r"(?: (?:đến|tới|còn|thành|mức|vị|trí|thứ|hạng|bậc|tự|là|số|khoảng|gần|hơn|trên|dưới|chỉ)){0,5} "
_TURN = closely_spaced(rf"(?r)(?<!\w)(?:lên|xuống|còn){_TO_PLACE}")
_REACH = closely_spaced(rf"(?r)(?<!\w)(?:đến|tới|sang){_TO_PLACE}")


@cache
def _absent() -> PhraseSet:
    nouns = load_counted_nouns().absent
    return looked_up(
        ("không", "chưa"),
        rf"(?<!\w)(?:(?P<verb>(?:không|chưa) (?:có|phát sinh|còn|để(?: (?:xảy ra|phát sinh))?)) (?:bất kỳ |một )?"
        rf"(?:{nouns})(?!\w)"
        rf"|(?P<none>không(?: để)?) (?:một )?(?:{nouns}) nào(?!\w))",
    )


def comparator_before(view: str, at: int, floor: int) -> Cue | None:
    """The comparator (ge, gt, le, lt, approx) that ends at `at`, not reaching back beyond `floor`."""
    match = _BEFORE.match(view, max(floor, at - _WINDOW), at)
    if match is None or match.lastgroup is None:
        return None
    return Cue(match.lastgroup, Span(*match.span(match.lastgroup)))


def comparator_after(view: str, at: int, end: int, reversed_scale: bool) -> Cue | None:
    """ "trở lên" (ge) or "trở xuống" (le) behind a number; for ranks the other way round."""
    match = _OPEN_END.match(view, at, min(end, at + _WINDOW))
    if match is None:
        return None
    upward = (match["way"] == "lên") is not reversed_scale
    return Cue("ge" if upward else "le", Span(*match.span("turn")))


def from_before(view: str, at: int, floor: int) -> Span | None:
    """The word "từ" right before `at`."""
    match = _FROM.match(view, max(floor, at - _WINDOW), at)
    return Span(match.start(), match.start() + 2) if match else None


def position_before(view: str, at: int, end: int, floor: int) -> Cue | None:
    """What a naming word in front makes of the number at `at`, which ends at `end`.

    An ordinal is a place in a ranking ("xếp thứ", "vị trí", "hạng", "top"); a sequence counts
    occurrences, weekdays and points of a speech ("lần thứ", "Thứ Hai", "Thứ nhất, …"); a label names.
    """
    low = max(floor, at - _WINDOW)
    match = _POSITION.match(view, low, at)
    if match is None and _PLAIN_PLACE.match(view, at):
        match = _STANDS.match(view, low, at)
    if match is None or match.lastgroup is None:
        return None
    code, span = match.lastgroup, Span(*match.span(match.lastgroup))
    if code == "top":
        return Cue(Position.ORDINAL, span)
    if code == "ordinal" and _no_place(view, span, end, low):
        code = Position.SEQUENCE
    return Cue(code, span)


def _no_place(view: str, cue: Span, end: int, low: int) -> bool:
    """Whether "thứ N" is a weekday, a medal class, or opens a point of a speech."""
    if _MEDAL.match(view, low, cue.start):
        return True
    if cue.of(view) != "thứ":
        return False
    if _WEEKDAY.match(view, end) or _WEEKDAY_BEFORE.match(view, low, cue.start):
        return True
    if view[end - 1].isdigit():
        return False
    return bool(_ENUMERATION.match(view, end)) and not _RANK_VERB.match(view, low, cue.start)


def continues_label(view: str, start: int, end: int) -> bool:
    """Whether only a comma or "và" parts two numbers, as in "mức độ 3, 4"."""
    return _AND.fullmatch(view, start, end) is not None


def motion_before(view: str, at: int, floor: int) -> int:
    """+1 after a verb of rising, -1 after one of falling, 0 after none (within six words)."""
    match = _MOTION.match(view, max(floor, at - _WINDOW), at)
    return 0 if match is None else 1 if match["rise"] else -1


def starts_change(view: str, at: int, floor: int) -> Span | None:
    """The "từ" that opens a change at the number at `at` ("từ vị trí 46"), at most four words before."""
    match = _START.match(view, max(floor, at - _WINDOW), at)
    return Span(match.start(), match.start() + 2) if match else None


def turns_to(view: str, start: int, at: int, between_places: bool) -> bool:
    """Whether the words up to `at` lead a change to its end: "lên", "xuống còn", "còn"; between two
    places in a ranking "đến" and "tới" do so too."""
    low = max(start, at - _WINDOW)
    return bool(_TURN.match(view, low, at) or (between_places and _REACH.match(view, low, at)))


def absences(text: PhraseText, start: int, end: int) -> list[tuple[Span, Span]]:
    """Where nothing of a counted thing is there: the denying words ("không có", "chưa có", "không"),
    and the same with the counted noun."""
    matches = text.finditer(_absent(), start, end)
    return [(Span(*m.span(m.lastgroup)), Span(*m.span())) for m in matches if m.lastgroup is not None]
