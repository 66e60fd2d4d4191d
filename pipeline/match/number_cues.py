"""The words right around a number that say how it is meant: at least, about, as a rank, as a label.

All expressions look at a window of fixed length that ends or begins at the number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import regex

from pipeline.model import Span

_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word and what it says."""

    code: str
    span: Span


class Position(StrEnum):
    """What a cue in front of a number makes of it."""

    ORDINAL = "ordinal"
    SEQUENCE = "sequence"
    LABEL = "label"


# Words that may stand between a comparator and its number.
_LINK = r"(?:là|bằng|đạt|từ|được|có|phải|cũng|còn|mức|về|thực\shiện)"
_AT_LEAST = (
    r"ít\snhất|chí\sít|tối\sthiểu|không\s(?:được\s)?(?:dưới|(?:thấp|ít|nhỏ)\shơn|kém)|lớn\shơn\shoặc\sbằng|>\s?=|≥"
)
_AT_MOST = (
    r"tối\sđa|nhiều\snhất|không\s(?:được\s)?(?:(?:vượt\s)?quá|(?:cao\s|lớn\s|nhiều\s)?hơn)"
    r"|nhỏ\shơn\shoặc\sbằng|<\s?=|≤"
)
_ABOUT = (
    r"(?:vào\s)?khoảng|xấp\sx[ỉỷỹ]|chừng|~|≈|ước(?:\s(?:tính|khoảng|chừng|đạt|thực\shiện|có|được|giải\sngân|thu|là))*"
)
# "cao hơn 1,36%" states a difference, not a bound.
_MORE = (
    r"(?<!(?:cao|thấp|nhiều|ít|nhỏ|tốt|kém|sớm|muộn|nhanh|chậm|mạnh|sâu|dài|ngắn|đông|yếu|thua|trội|nhỉnh|hụt|rõ|đẹp|dày|xa|vượt)\s)"
    r"(?:hơn|lớn\shơn)"
)
_LESS = r"dưới|gần(?:\s(?:đạt|bằng|tới))?|ngót|non|chưa\s(?:đến|tới|đầy)|không\s(?:đến|tới|đầy)|(?<!\w)nhỏ\shơn|<"
_BEFORE = regex.compile(
    rf"(?r)(?<!\w)(?:"
    rf"(?P<ge>{_AT_LEAST})(?:\s?:)?(?:\s{_LINK}){{0,3}}"
    rf"|(?P<le>{_AT_MOST})(?:\s{_LINK}){{0,2}}"
    rf"|(?P<approx>(?:{_ABOUT})(?:\s(?:trên|hơn|gần|dưới))?|(?:trên|hơn)\skhoảng)(?:\s(?:là|từ|đạt|ở|mức)){{0,2}}"
    rf"|(?P<gt>trên|{_MORE}|>)(?:\sđến)?"
    rf"|(?P<lt>{_LESS})"
    rf")\s{{0,2}}"
)
_FROM = regex.compile(r"(?r)(?<!\w)từ(?:\s(?:trên|mức|ngưỡng))?\s")
_OPEN_END = regex.compile(
    r"(?:\s{1,2}(?!trở|và|hoặc|hay|thì|là)[^\W\d]+){0,5}?\s{1,2}(?P<turn>trở\s(?P<way>lên|xuống))(?!\w)"
)

_RANK_VERB = regex.compile(
    r"(?r)(?<!\w)(?:xếp|hạng|đứng|trí|ở|giữ|lên|xuống|là|đạt|về|còn|bậc|từ|vững|ngôi|nguyên|chiếm|giành|tụt)\s"
)
_PLACE = (
    r"thứ\s(?:hạng|bậc|tự)(?:\sthứ)?|xếp\s(?:thứ|hạng|vị\strí)(?:\s(?:thứ|số))?|vị\s(?:trí|thứ)(?:\s(?:thứ|số))?|hạng(?:\s(?:thứ|số))?"
    r"|thứ|ngôi(?:\svị)?(?:\s(?:thứ|số))?|bậc(?:\sthứ)?|(?:xếp|đứng|giữ)\ssố"
)
_SERIES = (
    r"(?:lần|năm|kh[óo][áa]|kỳ\shọp|phiên|phiên\shọp|kỳ|đợt|ngày|tháng|tuần|quý|thế\shệ|cuộc|người|đại\shội|bước|giai\sđoạn|hội\snghị)"
    r"\sthứ"
)
_LABELS = (
    r"mức\sđộ|cấp\sđộ|mức|điều|(?<!tài\s)khoản|(?<!(?:danh|hạng|chuyên|đề|biên)\s)mục|phụ\slục(?:\ssố)?|mẫu(?:\ssố)?|biểu(?:\ssố)?"
    r"|tầng|đề\sán|chương\strình|chương|nghị\squyết(?:\ssố)?|nghị\sđịnh(?:\ssố)?|quyết\sđịnh\ssố|chỉ\sthị(?:\ssố)?|kế\shoạch\ssố"
    r"|báo\scáo\ssố|công\svăn\ssố|văn\sbản\ssố|thông\stư(?:\ssố)?|kết\sluận\ssố|tiểu\smục|(?<!\w)số\snhà|quận|nhóm|đợt|lần|bước"
    r"|khu\svực|iso|tcvn|covid|quốc\slộ|phiên\sbản|bản|kỳ|ban\schỉ\sđạo|bảng|hình|câu|trang|tuần"
)
_POSITION = regex.compile(
    rf"(?r)(?<!\w)(?:(?P<sequence>{_SERIES})|(?P<ordinal>{_PLACE})|(?P<top>t[oố]p)|(?P<label>{_LABELS}))(?:\slà|\s?:)?\s{{1,2}}"
)
_STANDS = regex.compile(r"(?r)(?<!\w)(?P<ordinal>xếp|đứng|hạng|về)\s{1,2}")
_MEDAL = regex.compile(r"(?r)(?:huân\schương|huy\schương|danh\shiệu|bằng\skhen)[^.;,]{0,30}")
_AND = regex.compile(r"\s?(?:,|-|/|và|hoặc|đến)\s{0,2}|\s(?:và|hoặc|đến)\s")
_ENUMERATION = regex.compile(r"\s?[,:]")
_WEEKDAY = regex.compile(r"\s?[,(]?\s?(?:ngày\s)?[0-9]{1,2}\s?[/.-]|\sh[àằ]ng\stuần")
_WEEKDAY_BEFORE = regex.compile(r"(?r)(?<!\w)(?:sáng|chiều|tối|trưa|ngày|vào)\s")
_RISE = r"tăng|nâng|tiến|nhảy|vọt|cải\sthiện|thăng|vươn|lên"
_FALL = r"giảm|hạ|rút|cắt|tụt|thụt|thu\shẹp|xuống"
_MOTION = regex.compile(rf"(?r)(?<!\w)(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?:\s[^\W\d]+){{0,6}}?\s")
_START = regex.compile(r"(?r)(?<!\w)từ(?:\s[^\W\d]+){0,4}\s{1,2}")
_TURN = regex.compile(
    r"(?r)(?<!\w)(?:lên|xuống|còn)(?:\s(?:đến|tới|còn|thành|mức|vị|trí|thứ|hạng|bậc|tự|là|số|khoảng|gần|hơn|trên|dưới|chỉ))*\s{1,2}"
)

_COUNTED_ABSENT = (
    r"hồ\ssơ|hs|nhiệm\svụ|thủ\stục|tthc|trường\shợp|văn\sbản|phản\sánh|kiến\snghị|đơn(?:\sthư|\svị)?|cơ\squan|địa\sphương"
    r"|(?:quá|trễ|chậm)\s(?:hạn|hẹn)"
)
_ABSENT = regex.compile(
    rf"(?<!\w)(?:(?P<verb>(?:không|chưa)\s(?:có|phát\ssinh|còn))\s(?:bất\skỳ\s|một\s)?(?:{_COUNTED_ABSENT})(?!\w)"
    rf"|(?P<none>không)\s(?:một\s)?(?:{_COUNTED_ABSENT})\snào(?!\w))"
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
    match = _POSITION.match(view, low, at) or (
        _STANDS.match(view, low, at) if regex.match(r"[0-9]{1,3}\s?/\s?[0-9]|nhất|nhì", view[at : at + 9]) else None
    )
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


def turns_to(view: str, start: int, at: int) -> bool:
    """Whether the words up to `at` lead a change to its end ("lên", "xuống còn", "còn")."""
    return _TURN.match(view, max(start, at - _WINDOW), at) is not None


def absences(view: str, start: int, end: int, timeout: float) -> list[tuple[Span, Span]]:
    """Where nothing of a counted thing is there: the denying words ("không có", "chưa có", "không"),
    and the same with the counted noun."""
    matches = _ABSENT.finditer(view, start, end, timeout=timeout)
    return [(Span(*m.span(m.lastgroup)), Span(*m.span())) for m in matches if m.lastgroup is not None]
