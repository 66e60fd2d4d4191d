"""Words by which a sentence, a clause or a number goes on about what was told before it."""

from __future__ import annotations

from pipeline.model import Span
from pipeline.text.spacing import spaced, spaced_regex

_PART_OPENER = spaced(
    r"\s*+(?:trong (?:đó|số (?:đó|này|ấy))|theo đó|cụ thể"
    r"|(?:chia|phân|xét|tính|thống kê) theo (?:cấp|đơn vị|địa bàn)|ở|riêng|còn|tại|trái lại)(?!\w)"
)
# "- Cấp tỉnh (11 TTHC)", "Cấp xã: 487 hồ sơ"
_LEVEL_ITEM = spaced(
    r"\s*(?:[-+•*]\s*)?(?:[a-zđ]\)\s*)?(?:ở |tại )?cấp (?:tỉnh|sở|thành phố|huyện|quận|xã|phường)"
    r"\s*(?:[:(]|là|có|gồm)?\s*\d"
)
_COMPARED = spaced(
    r"(?<!\w)(?:so với|hơn|cùng kỳ|kỳ trước|năm|quý|tháng|trước đó|chỉ tiêu|mục tiêu|kế hoạch)(?!\w)[^;.]*\(\s*\Z"
    r"|(?<!\w)(?:vượt|thấp hơn|cao hơn|so với|bằng|chưa đạt|hụt)(?: (?:nhiều|xa|khá xa|rất nhiều))?"
    r"(?: so với)? (?:chỉ tiêu|mục tiêu|kế hoạch)"
    r"(?: (?!\d)\w+){0,4}\s*\Z"
    r"|(?<!\w)(?:chỉ tiêu|mục tiêu)(?!\w)[^;.,()]*?(?:là|phải đạt|đề ra|giao)\s*(?:tối thiểu|ít nhất|trên"
    r"|phải đạt)?\s*\Z"
    r"|(?<!\w)(?:(?:thấp|cao) hơn(?: hẳn| nhiều)?(?: so với)?|so với) (?:mức|tỷ lệ|con số)\s*\Z"
    # "đạt 97,5%/80% chỉ tiêu"
    r"|^\s*%?\s*/\s*(?:kh|kế hoạch|chỉ tiêu|mục tiêu)?\s*\Z"
    # "Chỉ tiêu 80% … (thực hiện 71%)", "đăng ký 100% …, song 9 tháng mới đạt 96%": a goal, and what came of it.
    r"|\(\s*(?:thực hiện|thực tế|đến nay|hiện)(?: (?:mới|chỉ|đã))?(?: đạt)?\s*:?\s*\Z"
    r"|(?<!\w)(?:nhưng|song|tuy nhiên|thực tế)(?!\w)[^;.()]*(?<!\w)(?:mới|chỉ)(?: chỉ)? đạt"
    r"(?: (?:khoảng|gần|hơn|trên))?\s*\Z"
    r"|\(\s*cùng kỳ(?: năm (?:trước|ngoái))?\s*(?::|là|đạt|chỉ|có|tiếp nhận)?\s*\Z"
    r"|\(\s*(?:cùng kỳ )?(?:năm|quý|(?:\d{1,2} )?tháng|kỳ|kế hoạch|chỉ tiêu|mục tiêu)[^:()]*?(?::|là|đạt|chỉ)?\s*\Z"
)
# "nhích lên so với 99,1% của 6 tháng đầu năm 2021"
_AGAINST = spaced(r"(?<!\w)so với\s*\Z")
_OF_THEN = spaced(
    r"\s*%?\s*(?:hồ sơ |nhiệm vụ )?(?:của|trong|ở|hồi) (?:cùng kỳ|năm|quý|tháng|kỳ|\d tháng|nửa|thời điểm)(?!\w)"
)
_BASE_BRACKET = spaced(r"(?<!\w)so với(?!\w)[^;.()]*\(\s*\Z")
_AGAIN = spaced(
    r"\s*(?:[^,;.:]{0,40},\s*)?(?:(?:cả )?(?:hai|ba|bốn|các|những) (?:chỉ tiêu|chỉ số|tỷ lệ|tỉ lệ|con số)"
    r" (?:này|trên|đó)|đích|mục tiêu|chỉ tiêu"
    r"|kế hoạch|cùng kỳ|năm (?:trước|ngoái)|các (?:tỷ lệ|tỉ lệ|con số) (?:này|tương ứng))(?!\w)"
)
_ANAPHOR = spaced_regex(r"(?<!\w)(?<!(?:hai|ba|bốn|các|những) )(?:tỷ lệ|tỉ lệ|con số|số) (?:này|đó|ấy)(?!\w)")
_CUMULATIVE = spaced(r"(?<!\w)(?:lũy kế|cộng dồn|tính chung)(?!\w)")
_BY_NOW = spaced(
    r"\s*(?:(?:thì|nhưng|song|mà) )?(?:đến nay|hiện nay|hiện tại|hiện|nay|thực tế|kết quả),?"
    r"(?: (?:toàn )?(?:tỉnh|huyện|xã|thành phố|sở|bộ))?(?: đã| mới| chỉ| được)*"
    r"(?: thực hiện)? (?:đạt|là|vượt|lên)(?!\w)"
)
_TAKES_UP = spaced(
    r"\s*(?:[^,;.:]{0,40},\s*|(?:hiện|hiện nay|hiện tại|đến nay|nay) )?(?:tỷ lệ|tỉ lệ|con số) (?:này|đó|ấy)(?!\w)"
)
_OTHER_TIME = spaced(
    r"\s*%?\s*(?:hồ sơ|nhiệm vụ|thủ tục|tthc)?\s*(?:,|;|và|, và|, còn|, trong khi)\s*"
    r"(?:(?:riêng|tính riêng|trong đó)(?:,? (?:trong|của))? )?(?:của |ở )?(?:cả )?"
    r"(?:(?:năm|quý|tháng|6 tháng đầu năm) (?:[ivx]+ ?/ ?)?\d{1,4}(?:/\d{4})?|quý [ivx]+(?: năm \d{4})?|(?:năm )?nay"
    r"|\d{1,2} tháng(?: (?:đầu|cuối))?(?: năm(?: (?:\d{4}|nay))?)?)"
    r"(?: (?:là|đạt|chỉ|mới|đã|chiếm|có|lên|tăng|nâng|giảm|còn|xuống|tới|đến|chạm|vượt|ở|mức|ngưỡng)){0,5}\s*"
)
_WHO_HAS_MOST = spaced(
    r"[^\d;:.()]{0,80}?(?<!\w)(?:(?:nhiều|cao|lớn)(?: nhất| hơn cả)|(?:đứng|dẫn) đầu|đầu (?:bảng|danh sách))(?!\w)"
)
_MOST_ALONE = spaced(
    r"[\s\-•*+]*(?:(?:trong (?:đó|số (?:đó|này|ấy))|cụ thể|theo đó),? )?(?:(?:đơn vị|nơi|cơ quan|địa phương) )?"
    r"(?:có |tập trung )?(?:cao|thấp|nhiều|ít|lớn) (?:nhất|hơn cả)"
    r"(?:,? (?:là|vẫn là|ở|tại|thuộc về|phải kể (?:đến|tới)|rơi vào))?\s*"
)
_CHANGED = spaced(r"(?<!\w)(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn|bằng)(?!\w)")


# "Tỷ lệ hồ sơ trực tuyến đạt 92%, phấn đấu cuối năm đạt 95%": what the same shall come to.
_AS_GOAL = spaced(
    r"\s*%?\s*(?:hồ sơ|nhiệm vụ|thủ tục|tthc)?\s*[,;(]\s*(?:và |nhưng |song |trong khi (?:đó )?)?"
    r"(?:(?:đặt )?mục tiêu|phấn đấu|chỉ tiêu|kế hoạch|yêu cầu|quyết tâm|dự kiến|cần đạt|phải đạt)"
    r"(?:,? (?:của|cả|tỉnh|huyện|xã|thành phố|đến|tới|hết|cuối|trong|vào|tháng|quý|năm|đề ra|đặt ra|giao|là|phải|cần|sẽ"
    r"|đạt|nâng|tăng|lên|còn|giảm|xuống|dưới|trên|khoảng|ít nhất|tối thiểu|mức|tỷ lệ này|con số này|đưa"
    r"|[ivx]{1,3}|\d{1,2}(?:[/-]\d{4})?|(?:19|20)\d\d))*\s*"
)


def breaks_down_before(view: str, sentence: Span) -> bool:
    """Whether a sentence begins as one that breaks down the sentence before ("Trong đó, cấp tỉnh 38")."""
    return any(opener.match(view, sentence.start, sentence.end) for opener in (_PART_OPENER, _LEVEL_ITEM))


def ranks_units(view: str, start: int, first: int) -> bool:
    """Whether the words from the start of a sentence to its first number say who has most: "Nhiều nhất là Sở Y tế"."""
    return _WHO_HAS_MOST.match(view, start, first) is not None


def only_ranks(view: str, start: int, name: int) -> bool:
    """Whether a sentence begins with nothing but who has most, or least, and their name: "Cao nhất là Sở Y tế 8,4%"."""
    return _MOST_ALONE.fullmatch(view, start, name) is not None


def takes_up(view: str, sentence: Span) -> bool:
    """Whether a sentence goes on about the rate or number of the one before: "Tỷ lệ này năm 2020 là 55,7%"."""
    return _TAKES_UP.match(view, sentence.start, sentence.end) is not None


def goes_on_in_order(view: str, stretch: Span) -> bool:
    """Whether a sentence or a clause may give the measures told before at another time, or their goals: "năm 2023,
    các tỷ lệ này tương ứng là 52,7% và 43,9%"."""
    return _AGAIN.match(view, stretch.start, stretch.end) is not None


def points_back(view: str, stretch: Span) -> bool:
    """Whether a stretch says "tỷ lệ này", "con số ấy"."""
    return _ANAPHOR.search(view, stretch.start, stretch.end) is not None


def adds_up(view: str, left: Span) -> bool:
    """Whether the words left of a number make it the one before, counted up to now: "lũy kế", "đến nay đã đạt"."""
    return (
        _CUMULATIVE.search(view, left.start, left.end) is not None
        or _BY_NOW.match(view, left.start, left.end) is not None
    )


def is_compared(view: str, between: Span, after: int) -> bool:
    """Whether the words between two numbers, and those behind the second, make it what the first is held against:
    "nhỉnh hơn năm 2018 (99,6%)", "vượt chỉ tiêu kế hoạch giao (40%)", "so với 99,1% của quý trước"."""
    words = between.of(view)
    if _COMPARED.search(words) is not None:
        return True
    return _AGAINST.search(words) is not None and _OF_THEN.match(view, after) is not None


def in_base_bracket(view: str, before: Span) -> bool:
    """Whether the words before a number open a bracket for what something was before: "so với quý I/2023 (1.688"."""
    return _BASE_BRACKET.search(view, before.start, before.end) is not None


def at_another_time(view: str, between: Span) -> bool:
    """Whether nothing but another time stands between two numbers: "năm 2020 là 55,7% và năm 2019 là 20,15%"; or a
    goal of the first: "đạt 92%, phấn đấu cuối năm đạt 95%"."""
    return any(told.fullmatch(view, between.start, between.end) for told in (_OTHER_TIME, _AS_GOAL))


def tells_change(view: str, left: Span) -> bool:
    """Whether the words left of a number say how something changed, or against what it stands."""
    return _CHANGED.search(view, left.start, left.end) is not None
